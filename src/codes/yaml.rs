//! Codes for text that is not readable as YAML.

use super::codes;

codes! {
    SYNTAX: Error, "yaml/not-readable",
        "The lines between the two `---` lines, or the YAML file, cannot be read. The most common reasons \
         are a colon followed by a space inside a value (put the whole value in quotes: `title: \"Tea: and \
         talk\"`), a quotation mark that is never closed, a tab where spaces belong, and lines that do not \
         line up under each other.";
    DUPLICATE_KEY: Warning, "yaml/duplicate-key",
        "The same key stands twice in one place. Only the last one counts, so what the first says is lost. \
         Delete the one that you do not want.";
    LOST_BEHIND_HASH: Warning, "yaml/lost-behind-hash",
        "A space and a hash sign begin a comment, which nobody reads but the team. Here a word follows the sign at once, as \
         in a hashtag or a colour, so it is most likely meant to be read. Put the whole value in quotes: \
         `title: \"Meet #LinkWorkerDay\"`. If it is a comment, write a space after the sign.";
    FENCE_NOT_CLOSED: Error, "yaml/fence-not-closed",
        "The file begins with a `---` line, so what follows should be front matter, but no second `---` line \
         ends it. Put a line with just `---` after the last field and before the text.";
}
