//! Codes for putting the site in its place.

use super::codes;

codes! {
    ONE_ADDRESS_TWICE: Error, "publish/one-address-twice",
        "Two things would be written to the same address, so one of them would be lost. The message names \
         both. Give one of them another address: rename its file, or set `slug:` in its front matter.";
    NOT_OURS: Error, "publish/folder-not-ours",
        "The output folder holds files and was not made by Fingerpost, so writing there could destroy \
         something. Choose an empty folder with --output, or empty this one yourself if nothing in it matters.";
    FILE_NOT_PUBLISHABLE: Error, "publish/file-not-publishable",
        "A picture or file cannot be published as it is: it is broken, or it is of a type from which we cannot \
         remove hidden details such as where a photo was taken. Save it again as JPEG, PNG or WebP.";
    PICTURE_NOT_SHOWN: Note, "publish/picture-not-shown",
        "Everything in `content/media/` and beside a page that is no story is published, so that other websites and \
         posters can link to it, and no page of yours shows these pictures. Whoever knows or guesses the address of one \
         can see it. Take pictures out of `content/` for which you have no consent, or no use. If all of them are meant to \
         be there, write `severity: {publish/picture-not-shown: off}` in site.yaml.";
    FILE_NOT_LINKED: Note, "publish/file-not-linked",
        "Everything in `content/media/` and beside a page that is no story is published, and no page of yours links to \
         these files. Whoever knows or guesses the address of one can read it. Take out of `content/` what is for the team \
         alone. If all of them are meant to be there, write `severity: {publish/file-not-linked: off}` in site.yaml.";
    FILE_LEFT_OUT: Note, "publish/file-left-out",
        "These files lie in `content/` and are not published, because no page shows them or links to them. Beside a story \
         only what the story names is published: a signed form or notes from the talk may lie there, though they are \
         best kept elsewhere. Name a file in the text of a page if readers should have it.";
    FILE_NOT_READ: Note, "publish/file-not-read",
        "A page is a plain text file whose name ends in `.md`. This file lies where pages lie and ends otherwise, so \
         nothing is made of it. Windows and macOS may hide the last part of a name: `tea.md` may be `tea.md.txt`.";
    FILE_NOT_READABLE: Error, "publish/file-not-readable",
        "A file of the site's folder was there when the build began and could not be read when it was needed. \
         Check that it still exists and that you may open it, then build again.";
    FILE_AND_FOLDER: Error, "publish/file-and-folder",
        "One thing would be written to an address, and another would be written below it, as if the first were a \
         folder. A place cannot be both. The message names both; give one of them another address: rename its \
         file, or set `slug:` in its front matter.";
    ADDRESS_NOT_USABLE: Error, "publish/address-not-usable",
        "Something would be written to an address that cannot be a place in the output folder: it is empty, it \
         climbs out of the folder, it begins with `.fingerpost`, or it has a backslash or a line break in its \
         name. Rename the file that it comes from.";
    PLACE_TAKEN: Error, "publish/place-taken",
        "In the output folder, a file, folder or link that Fingerpost did not put there lies where a file of the \
         site would go. It is left alone, because writing over it could destroy something. Move it away or delete \
         it, then build again. If it should be part of the site, put it into content/ instead.";
    ANOTHER_BUILD: Error, "publish/another-build",
        "Another build is writing to the same output folder. Wait until it has finished, then build again; or \
         give this one another folder with --output.";
    FEED_GONE: Warning, "publish/feed-gone",
        "The last build published a calendar or a blog feed at this address, and the site has it no longer. Programs of \
         people who subscribed to it ask for that address again and again, and follow no page that says where it went. If \
         an area, category, venue or calendar has another id now, write the old one beside it: `was: [old-id]`; then the \
         same calendar is served at both addresses. For a page that moved write `aliases:`. If the feed is given up for \
         good, name it in `retired_feeds:` of site.yaml.";
    CALENDAR_TOO_LONG: Warning, "publish/calendar-too-long",
        "A calendar has become longer than some programs read: Google Calendar stops at about 1 MB, and then shows \
         nothing new. Keep events that are over for a shorter time, with `feeds: {past: 3 months}` in site.yaml, and delete \
         events that nobody needs any more.";
    RECORD_DAMAGED: Warning, "publish/record-damaged",
        "The file .fingerpost in the output folder, the record of what was published, is damaged or was written \
         by another version. The site is made anew, but files of pages that no longer exist are not known any \
         more and may still lie in the output folder. Empty the folder and build once more to be rid of them.";
}
