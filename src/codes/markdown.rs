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
}
