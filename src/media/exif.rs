//! The one thing that we keep of a picture's Exif data: which way up it is (Exif 2.32 §4.6.4).
//!
//! Exif data are a TIFF file: a header, then a list of entries of twelve bytes each.

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

/// The orientation that Exif data give, from 1 (upright) to 8; nothing where they give none.
pub fn orientation(tiff: &[u8]) -> Option<u8> {
    let is_little_endian = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = [*tiff.get(at)?, *tiff.get(at.checked_add(1)?)?];
        Some(if is_little_endian { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let offset = tiff.get(4..8)?.try_into().ok()?;
    let offset = if is_little_endian { u32::from_le_bytes(offset) } else { u32::from_be_bytes(offset) };
    let list = usize::try_from(offset).ok()?;
    let entries = usize::from(short(list)?);
    let entry = (0..entries).map(|index| list + 2 + index * 12).find(|at| short(*at) == Some(ORIENTATION))?;
    (short(entry + 2)? == SHORT).then_some(())?;
    u8::try_from(short(entry + 8)?).ok().filter(|orientation| (1..=8).contains(orientation))
}

/// Exif data that say the orientation and nothing else; nothing for an upright picture.
pub fn only_orientation(orientation: Option<u8>) -> Option<Vec<u8>> {
    let orientation = orientation.filter(|orientation| *orientation != 1)?;
    let mut tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    Some(tiff)
}

/// A browser turns such a picture by a quarter.
pub fn lies_on_its_side(orientation: u8) -> bool {
    orientation >= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_orientation_reads_back() {
        for value in 2..=8 {
            assert_eq!(orientation(&only_orientation(Some(value)).unwrap()), Some(value));
        }
        assert_eq!(only_orientation(Some(1)), None);
        assert_eq!(orientation(b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"), Some(6));
        assert_eq!(orientation(b"II*\0\xFF\xFF\xFF\xFF"), None);
    }
}
