//! GIF: a header, a palette, then blocks, each a chain of at most 255 bytes a link (GIF89a §15 to §27).
//!
//! Kept are pictures, their timing, how often an animation runs and its colour profile. Comments, XMP
//! data and what programs add for themselves go, and so does everything after the last block.

use super::take;

/// The picture without metadata; nothing where it is damaged.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    let mut cleaned = Vec::with_capacity(bytes.len());
    let header = take(&mut rest, 13)?;
    cleaned.extend_from_slice(header);
    cleaned.extend_from_slice(take(&mut rest, palette_length(*header.get(10)?))?);
    let mut has_picture = false;
    loop {
        let start = rest;
        let is_kept = match take(&mut rest, 1)? {
            [0x3B] => {
                cleaned.push(0x3B);
                return has_picture.then_some(cleaned);
            }
            [0x2C] => {
                has_picture = true;
                let descriptor = take(&mut rest, 9)?;
                take(&mut rest, palette_length(*descriptor.get(8)?))?;
                take(&mut rest, 1)?;
                take_chain(&mut rest)?;
                true
            }
            [0x21] => {
                let label = take(&mut rest, 1)?;
                let chain = take_chain(&mut rest)?;
                // Timing, or an application whose name says that it is about the picture.
                let is_wanted = |name: &&[u8]| chain.get(1..).is_some_and(|chain| chain.starts_with(name));
                label == [0xF9]
                    || label == [0xFF] && [&b"NETSCAPE2.0"[..], b"ANIMEXTS1.0", b"ICCRGBG1012"].iter().any(is_wanted)
            }
            _ => return None,
        };
        if is_kept {
            cleaned.extend_from_slice(start.get(..start.len() - rest.len())?);
        }
    }
}

/// How many bytes the palette has that a packed field speaks of.
fn palette_length(packed: u8) -> usize {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

/// A chain of links, each with its length before it; the last one is empty.
fn take_chain<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let start = *rest;
    while let [length @ 1..=255] = take(rest, 1)? {
        take(rest, usize::from(*length))?;
    }
    start.get(..start.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use crate::media::{size_px, without_metadata};

    fn gif(blocks: &[&[u8]]) -> Vec<u8> {
        let header = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF";
        let picture = b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
        [header, &blocks.concat()[..], picture, b"\x3B"].concat()
    }

    #[test]
    fn comments_and_notes_of_programs_go() {
        let (timing, loops) = (&b"\x21\xF9\x04\0\x0A\0\0\0"[..], &b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0"[..]);
        let comment = b"\x21\xFE\x10secret, a place.\0";
        let xmp = b"\x21\xFF\x0BXMP DataXMP\x06secret\0";
        let bytes = [gif(&[loops, comment, timing, xmp]), b"secret".to_vec()].concat();
        assert_eq!(size_px(&bytes), Some((1, 1)));
        assert_eq!(without_metadata(bytes, "gif"), Ok(gif(&[loops, timing])));
    }

    #[test]
    fn a_picture_that_was_cut_off_is_refused() {
        let bytes = gif(&[]);
        for end in 6..bytes.len() {
            assert!(without_metadata(bytes[..end].to_vec(), "gif").is_err(), "cut off at {end}");
        }
    }
}
