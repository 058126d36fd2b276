//! Codes for the text of a page.

use super::codes;

codes! {
    FOREIGN_SHORTCODE: Warning, "markdown/foreign-shortcode",
        "The text holds a shortcode of another site generator, such as `{{< youtube ... >}}` or `{% include ... %}`. \
         It means nothing here, so it is left out of the page. Replace it with a link, a picture or a component; \
         `fingerpost explain component/unknown` lists the components.";
    ALT_MISSING: Warning, "markdown/picture-without-words",
        "A picture has no words between its square brackets, so people who cannot see it learn nothing of it. \
         Write what the picture shows: `![Three people around a table](tea.jpg)`.";
    HEADING_TOP: Note, "markdown/first-level-heading",
        "The text has a heading of the first level (`# ...`). The page's title is already that heading, so this \
         one becomes a heading of the second level. Write `## ...` to say so yourself.";
    LINK_NOT_SAFE: Error, "markdown/link-not-safe",
        "A link or a picture begins with `javascript:`, `vbscript:` or `data:`. Such an address runs or hides \
         something instead of leading somewhere, so it is left out. Link to a page or a file.";
    LINK_WITHOUT_WORDS: Warning, "markdown/link-without-words",
        "A link has no words between its square brackets, so nobody can see it and a screen reader has nothing \
         to say. Write where it leads: `[Our events](/events/)`.";
    ELEMENT_LEFT_OUT: Warning, "markdown/element-left-out",
        "The text holds an HTML element that pages may not have, because it could run a program, load something \
         from elsewhere or change how the site looks. The element is left out. Most of them have a counterpart in \
         Markdown or a component; the message names it.";
    REMARK_NOT_CLOSED: Error, "markdown/remark-not-closed",
        "A remark begins with `<!--` and never ends, so everything below it would be missing from the page. Put `-->` at \
         its end, or delete the remark.";
    TWO_VERSIONS: Warning, "markdown/two-versions",
        "A program that brings together what two people wrote could not decide between them, and left both versions in the \
         text with lines of signs around them. Keep what is right and delete the rest, with the lines of signs.";
    NOT_UNDERSTOOD: Warning, "markdown/not-understood",
        "Something looks like a link, a picture, a list, a heading, a table or a footnote, and is none for want of a sign \
         or for one too many. So readers see the signs themselves. The message shows what to write.";
    NOTE_NOT_USED: Warning, "markdown/note-not-used",
        "A footnote is written down and nothing in the text refers to it, so it is left out of the page. Put its \
         mark, such as `[^1]`, behind the words that it explains, or delete it.";
}
