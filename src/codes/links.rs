//! Codes for links, pictures and files that a page names.

use super::codes;

codes! {
    BROKEN: Warning, "links/broken",
        "A link points at a page or file of this site that does not exist. The message names the nearest one that \
         does. Links to other content are best written as the path of the source file, such as \
         `../events/tea-and-talk.md`, because they survive a change of address.";
    ANCHOR_BROKEN: Warning, "links/anchor-broken",
        "A link points at a place within a page (the part after `#`), and the page has no such place. Every heading \
         is a place: its words in lower case, with hyphens for spaces.";
    HELD_BACK: Warning, "links/to-page-not-published",
        "A link points at a page that exists and is not published: it is a draft, it is scheduled, it has expired or \
         it is a story without living consent. Readers see the words without a link.";
    OUTSIDE: Error, "links/outside",
        "A path climbs out of the folder of the site, so what it names cannot be published. Put the file into \
         `content/` and use its path there.";
    NOT_AN_ADDRESS: Warning, "links/not-an-address",
        "A link leads to a place from which readers get nothing: to the preview or a file on your own computer, or to an \
         address with a slip of the pen before or after its colon. Readers see the words without a link. Write the \
         path of a file in `content/`, an address that begins with https://, or `mailto:` with one e-mail address.";
    PICTURE_CLEANED: Warning, "links/picture-cleaned",
        "A drawing (SVG) can hold scripts, forms, and addresses that are fetched from other sites without a reader's \
         knowledge. These are taken out before it is published, and the message names them. If the drawing looks \
         different now, export it again as plain SVG with its text as paths, or as PNG.";
    PICTURE_MISSING: Warning, "links/picture-missing",
        "A picture that a page shows does not exist, so its words stand in its place. The message names the nearest \
         one that does.";
    PICTURE_ELSEWHERE: Warning, "links/picture-elsewhere",
        "A picture lies on another site. Readers' browsers would ask that site for it, which tells it who reads \
         this page, so it is left out and its words stand in its place. Put the picture into the folder and name it there.";
    ALT_MISSING: Error, "links/picture-without-alt",
        "The page's `image` has no `alt`, so people who cannot see it learn nothing of it. Write what the picture \
         shows, or `alt: \"\"` if it is decoration.";
    ALT_SAYS_NOTHING: Warning, "links/alt-says-nothing",
        "The words for a picture are the name of a file, or no more than `photo`, so people who cannot see it learn nothing \
         of it. Write what it shows, or `\"\"` if it is decoration.";
    REDIRECT_BROKEN: Error, "links/redirect-broken",
        "`redirects` in site.yaml sends readers to an address that the site does not have. The message names the nearest \
         one that it has. Write that one behind the colon, or delete the line.";
    REDIRECT_IN_A_CIRCLE: Error, "links/redirect-in-a-circle",
        "`redirects` in site.yaml sends readers from an address to that address again, straight or by way of others, so \
         they never arrive. Write an address that the site has behind the colon, or delete the line.";
    ALIAS_NOT_AN_ADDRESS: Error, "links/alias-not-an-address",
        "An alias is an older address of the page on this site, from its root and without the site's name, such as \
         `/old/page/`. The page's own address is no alias.";
}
