//! Codes for front matter that every kind of page has.

use super::codes;

codes! {
    TITLE_MISSING: Error, "page/title-missing",
        "Every page needs a title: it is the page's heading and its words in lists, feeds and search results. \
         Add `title: ...` between the two `---` lines at the top of the file.";
    UNKNOWN_KEY: Warning, "page/unknown-key",
        "The front matter has a key that looks like a misspelling of one that we know, so what it says may be \
         lost. Correct it, or keep it if your theme uses it.";
}
