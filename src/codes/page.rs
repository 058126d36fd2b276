//! Codes for front matter that every kind of page has.

use super::codes;

codes! {
    TITLE_MISSING: Error, "page/title-missing",
        "Every page needs a title: it is the page's heading and its words in lists, feeds and search results. \
         Add `title: ...` between the two `---` lines at the top of the file.";
    NO_FRONT_MATTER: Warning, "page/no-front-matter",
        "The file has no front matter, so its title is made from its first heading or its name. Begin the file with \
         a line `---`, then `title: ...` and other fields, then a line `---`.";
    TOML_FRONT_MATTER: Error, "page/front-matter-not-yaml",
        "The front matter stands between `+++` lines and is written in TOML, as some other generators have it. Put it \
         between `---` lines and write each field as `name: value`.";
    FIELDS_IN_TEXT: Error, "page/fields-in-text",
        "Lines that look like fields, such as `owner: Jo`, stand where readers would see them, because a line that should be \
         `---` is missing or is something else: a long dash, four hyphens, a space in front. A draft would be published, \
         and notes for the team could be read. Begin the file with a line of three hyphens, `---`, write all fields \
         below it, then one more line `---`, then the text.";
    EMPTY: Warning, "page/empty",
        "There is nothing in the file, so no page is made of it. Write its title between two `---` lines and the text \
         below, or delete the file.";
    NOT_A_TEXT: Error, "page/not-a-text-file",
        "The file's name ends in `.md`, and it is no text file: it is a document of a word processor, a PDF, or text saved \
         in an encoding that is not UTF-8. Copy the words into a new file in a plain text editor, and save that as UTF-8.";
    FOLDER_NEARLY_A_SECTION: Warning, "page/folder-nearly-a-section",
        "A folder below `content/` is nearly called like a section, such as `event` for `events`. What lies in it is made \
         into plain pages, so events are in no calendar and posts in no list. Give the folder the name of the section.";
    WORD_TO_AVOID: Note, "page/word-to-avoid",
        "The page uses a word that `words: {avoid: ...}` in site.yaml lists. The message says what the team has agreed to \
         write instead. To hear nothing of it, write `severity: {page/word-to-avoid: off}` in site.yaml.";
    DATE_MISSING: Warning, "page/date-missing",
        "A post or story without a date stands at the end of its list and shows no date. Add `date: 2026-05-21`, or put \
         the date in front of the file's name.";
    SUMMARY_MISSING: Note, "page/summary-missing",
        "The page has no summary and no first paragraph, so lists, search results and link previews say nothing about \
         it. Add `summary: ...`.";
    SLUG_EMPTY: Error, "page/no-address",
        "No address can be made from the file's name or `slug`: an address needs letters from a to z or digits. Give \
         the page a `slug:`.";
    NOT_UTF_8: Error, "page/not-utf-8",
        "The file was not saved as UTF-8, the one way to write letters that everybody can read, so some of its letters \
         would be shown wrong. Open it in your editor, choose Save as, and set the encoding to UTF-8.";
    UNKNOWN_CATEGORY: Error, "page/unknown-category",
        "The page names a category that site.yaml does not list. The message names the one that you may have meant. Add \
         it to `categories` in site.yaml if it is new.";
    UNKNOWN_AREA: Error, "page/unknown-area",
        "The page names an area that site.yaml does not list. The message names the one that you may have meant. Add it \
         to `areas` in site.yaml if it is new.";
    UNKNOWN_NEED: Error, "page/unknown-need",
        "The page names a need that site.yaml does not list. The message names the one that you may have meant. Add it \
         to `needs` in site.yaml if it is new.";
    UNKNOWN_CAMPAIGN: Error, "page/unknown-campaign",
        "The page names a campaign that has no file in `content/campaigns/`. A campaign is named by its file or folder, \
         such as `link-worker-day-2027`.";
    UNKNOWN_LANGUAGE: Warning, "page/unknown-language",
        "The file's name ends in a language that `languages` in site.yaml does not list, so the file is left out. Add the \
         language there, or rename the file.";
    UNLIKELY: Warning, "page/unlikely",
        "A date or an age can be read, and is one that nobody means: an event ten years ahead or longer than a year, a page \
         that expires before its date, a day of checking that has not come, a lowest age above the highest. Check the digits.";
    REVIEW_DUE: Warning, "page/review-due",
        "The page was to be looked at again by now. Check that it is still right, then set `review_by:` to a later date, \
         or `updated:` (for a source of help, `checked:`) to today.";
}
