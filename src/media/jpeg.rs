//! JPEG: a list of segments, each with a marker and a length, then the picture's data (ITU T.81, annex B).
//!
//! Kept are the tables, frames and scans, the colour profile, the JFIF header without its small picture,
//! and Adobe's note on how colours are written. Everything after the end of the picture goes: second
//! pictures, depth maps, the film of a moving photo.

use super::{exif, take};

const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const COMMENT: u8 = 0xFE;
const EXIF: &[u8] = b"Exif\0\0";

/// The picture without metadata; nothing where it is damaged.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    let mut kept = Vec::with_capacity(bytes.len());
    let (mut has_frame, mut has_scan) = (false, false);
    while let Some((marker, payload)) = next_segment(&mut rest) {
        match marker {
            END if has_frame && has_scan => {
                kept.extend([0xFF, END]);
                return Some(with_header(bytes, &kept));
            }
            END => return None,
            SCAN => {
                has_scan = true;
                push(&mut kept, marker, payload);
                kept.extend_from_slice(take_scan(&mut rest));
            }
            // JFIF's header comes first, so `with_header` writes it; JFXX holds a small picture.
            0xE0 | COMMENT | 0xF0..=0xFD => {}
            0xE2 if payload.starts_with(b"ICC_PROFILE\0") => push(&mut kept, marker, payload),
            // What follows Adobe's twelve bytes is nobody's.
            0xEE if payload.starts_with(b"Adobe") && payload.len() >= 12 => push(&mut kept, marker, &payload[..12]),
            0xE1..=0xEF => {}
            0xC0..=0xDF => {
                has_frame |= is_frame(marker);
                push(&mut kept, marker, payload);
            }
            _ => {}
        }
    }
    None
}

/// The orientation that the Exif data before the first scan give.
pub fn orientation(bytes: &[u8]) -> Option<u8> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    while let Some((marker, payload)) = next_segment(&mut rest) {
        match marker {
            0xE1 => {
                if let Some(tiff) = payload.strip_prefix(EXIF) {
                    return exif::orientation(tiff);
                }
            }
            SCAN | END => return None,
            _ => {}
        }
    }
    None
}

/// The start of the file before the segments that were kept.
fn with_header(bytes: &[u8], kept: &[u8]) -> Vec<u8> {
    let mut cleaned = Vec::with_capacity(kept.len() + 64);
    cleaned.extend([0xFF, 0xD8]);
    if let Some(jfif) = jfif_header(bytes) {
        push(&mut cleaned, 0xE0, &jfif);
    }
    if let Some(tiff) = exif::only_orientation(orientation(bytes)) {
        push(&mut cleaned, 0xE1, &[EXIF, &tiff].concat());
    }
    cleaned.extend_from_slice(kept);
    cleaned
}

/// The JFIF header (version and density of pixels), with a small picture of no size.
fn jfif_header(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    while let Some((marker, payload)) = next_segment(&mut rest) {
        match marker {
            0xE0 if payload.starts_with(b"JFIF\0") => return Some([payload.get(..12)?, &[0, 0]].concat()),
            SCAN | END => return None,
            _ => {}
        }
    }
    None
}

/// The next marker with what belongs to it; bytes before the marker are skipped, as decoders do.
fn next_segment<'b>(rest: &mut &'b [u8]) -> Option<(u8, &'b [u8])> {
    loop {
        let start = rest.iter().position(|byte| *byte == 0xFF)?;
        take(rest, start)?;
        let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
        take(rest, fill)?;
        match take(rest, 1)? {
            [END] => return Some((END, &[])),
            // Stray zeros, restarts and starts have no length.
            [0x00 | 0x01 | 0xD0..=0xD8] => {}
            [marker] => {
                let length = usize::from(u16::from_be_bytes(take(rest, 2)?.try_into().ok()?));
                return Some((*marker, take(rest, length.checked_sub(2)?)?));
            }
            _ => return None,
        }
    }
}

/// The data of a scan: up to the next marker that is not a restart.
fn take_scan<'b>(rest: &mut &'b [u8]) -> &'b [u8] {
    let is_end = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
    let length = rest.windows(2).position(is_end).unwrap_or(rest.len());
    take(rest, length).unwrap_or_default()
}

/// Frames are C0 to CF without the tables DHT, JPG and DAC.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

fn push(bytes: &mut Vec<u8>, marker: u8, payload: &[u8]) {
    bytes.extend([0xFF, marker]);
    // A payload was read with a length of two bytes, or is one of our own few bytes.
    bytes.extend(u16::try_from(payload.len() + 2).unwrap_or_default().to_be_bytes());
    bytes.extend_from_slice(payload);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::{size_px, without_metadata};

    const SECRET: &[u8] = b"51.5074N 0.1278W";

    fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        push(&mut bytes, marker, payload);
        bytes
    }

    /// Tables, a frame of 16 by 8 grey pixels, and a scan; the numbers are those of T.81, shortened.
    fn picture() -> Vec<u8> {
        [
            segment(0xDB, &[&[0][..], &[1; 64]].concat()),
            segment(0xC0, &[8, 0, 8, 0, 16, 1, 1, 0x11, 0]),
            segment(0xC4, &[0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            segment(0xC4, &[0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            segment(SCAN, &[1, 1, 0, 0, 63, 0]),
            vec![0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xFF, 0xD9],
        ]
        .concat()
    }

    fn exif_with(orientation: u8) -> Vec<u8> {
        let mut tiff = exif::only_orientation(Some(8)).unwrap();
        tiff[18] = orientation;
        segment(0xE1, &[EXIF, &tiff, SECRET].concat())
    }

    fn photo(orientation: u8) -> Vec<u8> {
        let icc = segment(0xE2, b"ICC_PROFILE\0\x01\x01profile");
        [
            vec![0xFF, 0xD8],
            segment(0xE0, &[b"JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x01", SECRET].concat()),
            segment(0xE0, &[b"JFXX\0\x10", SECRET].concat()),
            exif_with(orientation),
            segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>", SECRET].concat()),
            segment(0xE2, &[b"MPF\0", SECRET].concat()),
            icc,
            segment(0xED, &[b"Photoshop 3.0\08BIM", SECRET].concat()),
            segment(0xEE, &[b"Adobe\0\x64\0\0\0\0\x01", SECRET].concat()),
            segment(0xEF, SECRET),
            segment(COMMENT, SECRET),
            picture(),
            [&[0xFF, 0xD8][..], &exif_with(1), SECRET].concat(),
        ]
        .concat()
    }

    fn has(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn only_the_picture_its_colours_and_its_orientation_stay() {
        for (orientation, exif) in [
            (1, Vec::new()),
            (6, {
                let tiff = exif::only_orientation(Some(6)).unwrap();
                segment(0xE1, &[EXIF, &tiff].concat())
            }),
        ] {
            let cleaned = without_metadata(photo(orientation), "jpg").unwrap();
            let expected = [
                vec![0xFF, 0xD8],
                segment(0xE0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\0\0"),
                exif,
                segment(0xE2, b"ICC_PROFILE\0\x01\x01profile"),
                segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01"),
                picture(),
            ]
            .concat();
            assert_eq!(cleaned, expected);
            assert!(!has(&cleaned, SECRET) && !has(&cleaned, b"xmpmeta"));
            assert_eq!(without_metadata(cleaned.clone(), "jpg"), Ok(cleaned));
        }
    }

    #[test]
    fn a_name_does_not_hide_what_a_file_is() {
        assert!(!has(&without_metadata(photo(1), "png").unwrap(), SECRET));
        assert!(!has(&without_metadata(photo(1), "pdf").unwrap(), SECRET));
    }

    #[test]
    fn a_picture_that_was_cut_off_is_refused() {
        let photo = [vec![0xFF, 0xD8], exif_with(1), picture()].concat();
        for end in 3..photo.len() {
            assert!(without_metadata(photo[..end].to_vec(), "jpg").is_err(), "cut off at {end}");
        }
    }

    #[test]
    fn a_picture_on_its_side_is_measured_as_it_is_shown() {
        assert_eq!(size_px(&photo(1)), Some((16, 8)));
        assert_eq!(size_px(&photo(3)), Some((16, 8)));
        assert_eq!(size_px(&photo(6)), Some((8, 16)));
        assert_eq!(size_px(&without_metadata(photo(6), "jpg").unwrap()), Some((8, 16)));
    }
}
