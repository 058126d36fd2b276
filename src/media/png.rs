//! PNG: chunks with a length, a name of four letters and a checksum (W3C PNG, third edition, §5).
//!
//! Kept are the chunks that say what one sees, animation and colour profile included. Text, Exif data,
//! times and what programs add for themselves go, and so does everything after the last chunk.

use super::{exif, take};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// The picture without metadata; nothing where it is damaged.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut cleaned = Vec::with_capacity(bytes.len());
    cleaned.extend_from_slice(SIGNATURE);
    let (mut orientation, mut has_data) = (None, false);
    loop {
        let start = rest;
        let length = usize::try_from(u32::from_be_bytes(take(&mut rest, 4)?.try_into().ok()?)).ok()?;
        let name = take(&mut rest, 4)?;
        let payload = take(&mut rest, length)?;
        take(&mut rest, 4)?;
        let chunk = start.get(..length.checked_add(12)?)?;
        if cleaned.len() == SIGNATURE.len() && name != b"IHDR" {
            return None;
        }
        match name {
            b"IEND" => {
                cleaned.extend_from_slice(chunk);
                return has_data.then_some(cleaned);
            }
            b"eXIf" => orientation = exif::orientation(payload),
            b"IDAT" => {
                // Exif data may stand before the picture only, as far as all decoders agree.
                if let Some(tiff) = exif::only_orientation(orientation.take()) {
                    push(&mut cleaned, b"eXIf", &tiff);
                }
                has_data = true;
                cleaned.extend_from_slice(chunk);
            }
            b"IHDR" | b"PLTE" | b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB" | b"iCCP" | b"cICP" | b"mDCV" | b"cLLI"
            | b"sBIT" | b"bKGD" | b"hIST" | b"pHYs" | b"sPLT" | b"acTL" | b"fcTL" | b"fdAT" => {
                cleaned.extend_from_slice(chunk);
            }
            // A chunk with a capital letter is needed for decoding, and this one no browser knows.
            [first, ..] if first.is_ascii_uppercase() => return None,
            _ => {}
        }
    }
}

/// The orientation that the Exif data before the picture give.
pub fn orientation(bytes: &[u8]) -> Option<u8> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    loop {
        let length = usize::try_from(u32::from_be_bytes(take(&mut rest, 4)?.try_into().ok()?)).ok()?;
        let name = take(&mut rest, 4)?;
        let payload = take(&mut rest, length)?;
        take(&mut rest, 4)?;
        match name {
            b"eXIf" => return exif::orientation(payload),
            b"IDAT" | b"IEND" => return None,
            _ => {}
        }
    }
}

fn push(bytes: &mut Vec<u8>, name: &[u8; 4], payload: &[u8]) {
    bytes.extend(u32::try_from(payload.len()).unwrap_or_default().to_be_bytes());
    let checked = [name, payload].concat();
    bytes.extend_from_slice(&checked);
    bytes.extend(checksum(&checked).to_be_bytes());
}

/// CRC-32 as in §5.5; only for a few bytes, so it keeps no table.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::{size_px, without_metadata};

    const SECRET: &[u8] = b"51.5074N 0.1278W";

    fn chunk(name: &[u8; 4], payload: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        push(&mut bytes, name, payload);
        bytes
    }

    fn picture(before: &[Vec<u8>], after: &[Vec<u8>]) -> Vec<u8> {
        let header = chunk(b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
        let data = chunk(b"IDAT", &[0x78, 1, 1, 3, 0, 0xFC, 0xFF, 0, 1, 2, 0, 8, 0, 4]);
        [SIGNATURE.to_vec(), header, before.concat(), data, after.concat(), chunk(b"IEND", b"")].concat()
    }

    #[test]
    fn text_exif_and_what_follows_the_picture_go() {
        let profile = chunk(b"iCCP", b"profile\0\0x");
        let turned = chunk(b"eXIf", &exif::only_orientation(Some(6)).unwrap());
        let exif = chunk(b"eXIf", &[&exif::only_orientation(Some(6)).unwrap(), SECRET].concat());
        let before = [profile.clone(), chunk(b"tEXt", SECRET), chunk(b"zTXt", SECRET), exif, chunk(b"tIME", &[0; 7])];
        let bytes = [picture(&before, &[chunk(b"iTXt", SECRET), chunk(b"prVW", SECRET)]), SECRET.to_vec()].concat();
        assert_eq!(size_px(&bytes), Some((1, 2)), "it is turned");
        let cleaned = without_metadata(bytes, "jpg").unwrap();
        assert_eq!(cleaned, picture(&[profile, turned], &[]));
    }

    #[test]
    fn a_damaged_picture_is_refused() {
        let bytes = picture(&[], &[]);
        for end in SIGNATURE.len()..bytes.len() {
            assert!(without_metadata(bytes[..end].to_vec(), "png").is_err(), "cut off at {end}");
        }
        assert!(without_metadata(picture(&[chunk(b"CgBI", b"")], &[]), "png").is_err());
        assert_eq!(checksum(b"IEND"), 0xAE42_6082);
    }
}
