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
    UNKNOWN_ASSET: Error, "theme/unknown-asset",
        "A template asks for an asset that the theme does not have. Check the name given to `asset(path=...)` \
         against the files in the theme's assets folder.";
}
