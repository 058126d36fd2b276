//! Codes for templates and assets.

use super::codes;

codes! {
    TEMPLATE_NOT_READABLE: Error, "theme/template-not-readable",
        "A template of your theme cannot be read. The message points at the place. Deleting your copy of the \
         file brings back the built-in one.";
    TEMPLATE_FAILED: Error, "theme/template-failed",
        "A template names something that does not exist, or uses a value in a way that does not work. The \
         message points at the place in the template and names the page that was being made. ARCHITECTURE.md \
         says where every variable is described.";
    TEMPLATE_NOT_USED: Note, "theme/template-not-used",
        "Your theme has a template that no page is made with and that no other template includes, so it has no effect. \
         Most often its name is a slip of the pen; the message names the one that you may have meant.";
    NO_SUCH_THEME: Error, "theme/no-such-theme",
        "`theme:` in site.yaml names a folder below `themes/` that does not exist, so the site would look like the built-in \
         theme. The message names the one that you may have meant.";
    UNKNOWN_ASSET: Error, "theme/unknown-asset",
        "A template asks for an asset that the theme does not have. Check the name given to `asset(path=...)` \
         against the files in the theme's assets folder.";
    NO_SUCH_WORD: Error, "theme/no-such-word",
        "A template says a word of the site that does not exist, or says it without the values that it has. The \
         message names the word that you may have meant. The words stand in `words/en.yaml` of the built-in theme; \
         words of your own go into the group `own` of your theme's file of that name.";
    UNKNOWN_WORD: Warning, "theme/unknown-word",
        "The file of words in your theme changes a word that does not exist, so the line has no effect. Most often it \
         is a slip of the pen; the message names the word that you may have meant.";
    WORD_NOT_USABLE: Error, "theme/word-not-usable",
        "A word in your theme's file of words cannot be said like that: it names a value that the word does not \
         have, or gives forms for counts that the language does not know. The message says what the word can say.";
    WORDS_NOT_READ: Warning, "theme/words-not-read",
        "A file of words in your theme is for a language that the site does not have. Such a file is named by the \
         language as `language:` in site.yaml has it, in short or in full: `en.yaml` or `en-GB.yaml`.";
}
