//! Pictures without what their takers did not mean to publish: bytes in, bytes out.
//!
//! A photo can say where it was taken, when, by whom and with which device, and can carry a small copy of
//! itself from before it was cropped. `without_metadata` keeps only those parts of a picture that make up
//! what one sees, with its colour profile and the way it is turned; the picture itself is never
//! compressed anew. What a file is, its first bytes say, not its name.
//!
//! **Invariant:** parts are kept by name; whatever is unknown is left out, and a format that we cannot
//! take apart is refused.

pub mod draw;
mod exif;
mod gif;
mod jpeg;
mod png;
pub mod qr_code;
pub mod resize;
pub mod svg;
pub mod variants;
mod webp;

const DAMAGED: &str = "the picture is damaged or was only copied in part; save or download it again";

/// A file as it may be published: a picture without metadata, a drawing without what could do harm, all others as
/// they are.
///
/// Errors: why the file cannot be published, as the second half of a sentence.
pub fn clean(bytes: Vec<u8>, extension: &str) -> Result<Vec<u8>, String> {
    match extension {
        "svg" => svg::clean(&bytes).map(|(cleaned, _)| cleaned),
        _ => without_metadata(bytes, extension),
    }
}

/// A file's bytes without camera, author and place; files that are no pictures are returned as they are.
///
/// Errors: why the file cannot be published, as the second half of a sentence.
pub fn without_metadata(bytes: Vec<u8>, extension: &str) -> Result<Vec<u8>, String> {
    let cleaned = match Kind::of(&bytes) {
        Kind::Jpeg => jpeg::clean(&bytes),
        Kind::Png => png::clean(&bytes),
        Kind::Webp => webp::clean(&bytes),
        Kind::Gif => gif::clean(&bytes),
        Kind::Refused(format) => return Err(refusal(format)),
        Kind::Other => return other(bytes, extension),
    };
    cleaned.ok_or_else(|| DAMAGED.to_owned())
}

/// Width and height in pixels as a browser shows the picture: one that lies on its side is turned.
///
/// Takes the beginning of the file; `wants_more` says whether that is enough.
pub fn size_px(header: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(header).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    let is_turned = orientation(header).is_some_and(exif::lies_on_its_side);
    Some(if is_turned { (height, width) } else { (width, height) })
}

/// Whether the size may stand further on than the beginning of a file goes: a JPEG has it after whatever programs wrote
/// about it, and how a WebP is turned stands at its end.
pub fn wants_more(header: &[u8]) -> bool {
    match Kind::of(header) {
        Kind::Jpeg => imagesize::blob_size(header).is_err(),
        Kind::Webp => webp::says_how_it_is_turned(header),
        Kind::Png | Kind::Gif | Kind::Refused(_) | Kind::Other => false,
    }
}

/// How a picture is turned, from 1 (upright) to 8; nothing where it does not say.
fn orientation(bytes: &[u8]) -> Option<u8> {
    match Kind::of(bytes) {
        Kind::Jpeg => jpeg::orientation(bytes),
        Kind::Png => png::orientation(bytes),
        Kind::Webp => webp::orientation(bytes),
        Kind::Gif | Kind::Refused(_) | Kind::Other => None,
    }
}

/// What a file is, by its first bytes.
enum Kind {
    Jpeg,
    Png,
    Webp,
    Gif,
    /// A picture that we cannot take apart, with its name.
    Refused(&'static str),
    Other,
}

impl Kind {
    fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Kind::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Kind::Png,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Kind::Webp,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Kind::Gif,
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Kind::Refused("TIFF or camera raw"),
            [b'8', b'B', b'P', b'S', ..] => Kind::Refused("Photoshop"),
            [0xFF, 0x0A, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Kind::Refused("JPEG XL"),
            [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] => Kind::Refused("JPEG 2000"),
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4) {
                Some(b"avif" | b"avis") => Kind::Refused("AVIF"),
                Some(b"crx ") => Kind::Refused("camera raw"),
                Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
                    Kind::Refused("HEIC")
                }
                _ => Kind::Other,
            },
            _ => Kind::Other,
        }
    }
}

/// A file that does not begin like a picture: fine, unless its name says that it is one.
fn other(bytes: Vec<u8>, extension: &str) -> Result<Vec<u8>, String> {
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "jfif" | "png" | "webp" | "gif" if bytes.is_empty() => Err("the file is empty".to_owned()),
        "jpg" | "jpeg" | "jfif" | "png" | "webp" | "gif" => {
            Err(format!("its name ends in .{extension}, but it does not begin like a picture; {DAMAGED}"))
        }
        "heic" | "heif" | "hif" => Err(refusal("HEIC")),
        "avif" => Err(refusal("AVIF")),
        "tif" | "tiff" => Err(refusal("TIFF")),
        "psd" | "psb" => Err(refusal("Photoshop")),
        "jxl" => Err(refusal("JPEG XL")),
        "jp2" | "j2k" | "jpx" => Err(refusal("JPEG 2000")),
        "dng" | "cr2" | "cr3" | "crw" | "nef" | "nrw" | "arw" | "srf" | "sr2" | "orf" | "rw2" | "raf" | "pef"
        | "srw" | "raw" | "3fr" | "kdc" => Err(refusal("camera raw")),
        _ => Ok(bytes),
    }
}

fn refusal(format: &str) -> String {
    format!(
        "it is a {format} picture, from which we cannot remove hidden details such as where it was taken; \
         save it as JPEG"
    )
}

/// The first `length` bytes, which are taken off.
fn take<'b>(bytes: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formats_that_we_cannot_take_apart_are_refused_with_advice() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
        let expected = "it is a HEIC picture, from which we cannot remove hidden details such as where it was taken; \
                        save it as JPEG";
        assert_eq!(without_metadata(heic, "jpg").unwrap_err(), expected);
        for (bytes, extension) in [
            (&b"II*\0"[..], "tif"),
            (b"MM\0*", "jpg"),
            (b"8BPS", "psd"),
            (b"\0\0\0\x18ftypavif", "avif"),
            (b"FUJIFILMCCD-RAW", "RAF"),
            (b"", "heic"),
        ] {
            let why = without_metadata(bytes.to_vec(), extension).unwrap_err();
            assert!(why.ends_with("save it as JPEG"), "{extension}: {why}");
        }
    }

    #[test]
    fn files_that_are_no_pictures_pass_and_false_names_do_not() {
        for (bytes, extension) in [
            (&b"%PDF-1.7"[..], "pdf"),
            (b"PK\x03\x04", "docx"),
            (b"\0\0\0\x18ftypisom", "mp4"),
            (b"<svg/>", "svg"),
            (b"", "txt"),
        ] {
            assert_eq!(without_metadata(bytes.to_vec(), extension).as_deref(), Ok(bytes), "{extension}");
        }
        assert_eq!(without_metadata(Vec::new(), "png").unwrap_err(), "the file is empty");
        assert!(without_metadata(b"<!doctype html>".to_vec(), "jpg").unwrap_err().contains("does not begin like"));
    }

    fn any_beginning() -> impl Strategy<Value = Vec<u8>> {
        prop::sample::select(vec![
            b"".to_vec(),
            b"\xFF\xD8\xFF\xE1\0\x20Exif\0\0II*\0\x08\0\0\0".to_vec(),
            b"\xFF\xD8\xFF\xDA\0\x02".to_vec(),
            b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec(),
            b"RIFF\x40\0\0\0WEBPVP8X".to_vec(),
            b"RIFF\xFF\xFF\xFF\xFFWEBPANMF\x20\0\0\0".to_vec(),
            b"GIF89a\x01\0\x01\0\x80\0\0".to_vec(),
        ])
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(start in any_beginning(), rest in prop::collection::vec(any::<u8>(), 0..200)) {
            let bytes = [start, rest].concat();
            let _ = size_px(&bytes);
            let _ = exif::orientation(&bytes);
            if let Ok(cleaned) = without_metadata(bytes, "jpg") {
                prop_assert_eq!(without_metadata(cleaned.clone(), "jpg"), Ok(cleaned));
            }
        }
    }
}
