//! WebP: a RIFF file of chunks with a name of four letters and a length (RFC 9649).
//!
//! Kept are the picture or its frames, transparency, animation and colour profile. Exif and XMP data and
//! unknown chunks go, in frames too, and so does everything after the end of the file that its header gives.

use super::{exif, take};

const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// The picture without metadata; nothing where it is damaged.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(b"RIFF")?;
    let length = usize::try_from(u32::from_le_bytes(take(&mut rest, 4)?.try_into().ok()?)).ok()?;
    let mut rest = rest.get(..length)?.strip_prefix(b"WEBP")?;
    let mut body = Vec::with_capacity(bytes.len());
    let (mut orientation, mut has_picture, mut is_extended) = (None, false, false);
    while !rest.is_empty() {
        let (name, payload) = next_chunk(&mut rest)?;
        match name {
            b"VP8X" if body.is_empty() && payload.len() == 10 => {
                is_extended = true;
                let mut header = payload.to_vec();
                header[0] &= !(HAS_EXIF | HAS_XMP);
                push(&mut body, name, &header);
            }
            b"VP8X" => return None,
            b"VP8 " | b"VP8L" => {
                has_picture = true;
                push(&mut body, name, payload);
            }
            b"ANMF" => {
                has_picture = true;
                push(&mut body, name, &clean_frame(payload)?);
            }
            b"ICCP" | b"ANIM" | b"ALPH" => push(&mut body, name, payload),
            b"EXIF" => orientation = exif_orientation(payload),
            _ => {}
        }
    }
    if let Some(tiff) = exif::only_orientation(orientation).filter(|_| is_extended) {
        push(&mut body, b"EXIF", &tiff);
        // The flags are the first byte of the first chunk's payload.
        *body.get_mut(8)? |= HAS_EXIF;
    }
    let length = u32::try_from(body.len() + 4).ok()?.to_le_bytes();
    has_picture.then(|| [b"RIFF", &length[..], b"WEBP", &body].concat())
}

/// Whether the header says that Exif data follow.
pub fn says_how_it_is_turned(header: &[u8]) -> bool {
    header.get(12..16) == Some(b"VP8X") && header.get(20).is_some_and(|flags| flags & HAS_EXIF != 0)
}

/// The orientation that Exif data give where the header says that there are any.
pub fn orientation(bytes: &[u8]) -> Option<u8> {
    if !says_how_it_is_turned(bytes) {
        return None;
    }
    let mut rest = bytes.get(12..)?;
    loop {
        if let (b"EXIF", payload) = next_chunk(&mut rest)? {
            return exif_orientation(payload);
        }
    }
}

/// Some programs write the name that Exif data have in a JPEG here, too.
fn exif_orientation(payload: &[u8]) -> Option<u8> {
    exif::orientation(payload.strip_prefix(b"Exif\0\0").unwrap_or(payload))
}

/// A frame of an animation: sixteen bytes of its own, then chunks.
fn clean_frame(mut frame: &[u8]) -> Option<Vec<u8>> {
    let mut cleaned = take(&mut frame, 16)?.to_vec();
    while !frame.is_empty() {
        let (name, payload) = next_chunk(&mut frame)?;
        if matches!(name, b"ALPH" | b"VP8 " | b"VP8L") {
            push(&mut cleaned, name, payload);
        }
    }
    Some(cleaned)
}

fn next_chunk<'b>(rest: &mut &'b [u8]) -> Option<(&'b [u8; 4], &'b [u8])> {
    let name = take(rest, 4)?.try_into().ok()?;
    let length = usize::try_from(u32::from_le_bytes(take(rest, 4)?.try_into().ok()?)).ok()?;
    let payload = take(rest, length)?;
    // Some writers leave out the last padding byte.
    let padding = (length % 2).min(rest.len());
    take(rest, padding)?;
    Some((name, payload))
}

fn push(bytes: &mut Vec<u8>, name: &[u8; 4], payload: &[u8]) {
    bytes.extend_from_slice(name);
    // A payload was read with a length of four bytes and never grows by more than ours.
    bytes.extend(u32::try_from(payload.len()).unwrap_or_default().to_le_bytes());
    bytes.extend_from_slice(payload);
    bytes.extend_from_slice(&[0][..payload.len() % 2]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::{size_px, without_metadata};

    const SECRET: &[u8] = b"51.5074N 0.1278W";
    /// A picture of one pixel (the start of its data says so).
    const LOSSLESS: &[u8] = b"\x2F\0\0\0\0\x07\x10\x11\x11\x88\x88\x08\x07";

    fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut body = b"WEBP".to_vec();
        chunks.iter().for_each(|(name, payload)| push(&mut body, name, payload));
        [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
    }

    fn header(flags: u8) -> [u8; 10] {
        [flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    }

    #[test]
    fn exif_xmp_and_unknown_chunks_go() {
        let turned = exif::only_orientation(Some(6)).unwrap();
        for (tiff, flags) in [(vec![], 0x20), (turned.clone(), 0x28)] {
            let exif = [b"Exif\0\0", &tiff[..], SECRET].concat();
            let bytes = file(&[
                (b"VP8X", &header(0x2C)),
                (b"ICCP", b"profile"),
                (b"VP8L", LOSSLESS),
                (b"EXIF", &exif),
                (b"XMP ", SECRET),
                (b"note", SECRET),
            ]);
            assert_eq!(size_px(&bytes), Some((1, 1)));
            let mut expected = vec![(b"VP8X", &header(flags)[..]), (b"ICCP", b"profile"), (b"VP8L", LOSSLESS)]
                .into_iter()
                .map(|(name, payload): (&[u8; 4], &[u8])| (name, payload.to_vec()))
                .collect::<Vec<_>>();
            if !tiff.is_empty() {
                expected.push((b"EXIF", tiff));
            }
            let expected: Vec<_> = expected.iter().map(|(name, payload)| (*name, payload.as_slice())).collect();
            assert_eq!(without_metadata([bytes, SECRET.to_vec()].concat(), "webp"), Ok(file(&expected)));
        }
    }

    #[test]
    fn frames_lose_their_unknown_chunks() {
        let frame = |chunks: &[(&[u8; 4], &[u8])]| [&[7; 16][..], &file(chunks)[12..]].concat();
        let (dirty, clean) = (frame(&[(b"VP8L", LOSSLESS), (b"note", SECRET)]), frame(&[(b"VP8L", LOSSLESS)]));
        let animation = |frame| file(&[(b"VP8X", &header(2)), (b"ANIM", &[0; 6]), (b"ANMF", frame)]);
        assert_eq!(without_metadata(animation(&dirty), "webp"), Ok(animation(&clean)));
    }

    #[test]
    fn a_picture_that_was_cut_off_is_refused() {
        let bytes = file(&[(b"VP8L", LOSSLESS)]);
        assert_eq!(without_metadata(bytes.clone(), "webp"), Ok(bytes.clone()));
        for end in 12..bytes.len() {
            assert!(without_metadata(bytes[..end].to_vec(), "webp").is_err(), "cut off at {end}");
        }
    }
}
