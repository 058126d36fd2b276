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
    FILE_NOT_READABLE: Error, "publish/file-not-readable",
        "A file of the site's folder was there when the build began and could not be read when it was needed. \
         Check that it still exists and that you may open it, then build again.";
}
