//! The bytes of a calendar file into text: UTF-8, UTF-16 or Windows-1252.
//!
//! **Invariant:** any bytes give a text; what cannot be read becomes U+FFFD.

use std::borrow::Cow;

/// The characters of Windows-1252 from 0x80 to 0x9f; all others are those of Latin-1. The five bytes that
/// mean nothing are control characters, as in the WHATWG Encoding Standard §9.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file: UTF-8 with or without a byte order mark, UTF-16 with one or known by its zeroes, else
/// Windows-1252. A file that is UTF-8 but for a few bytes keeps its UTF-8.
pub fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf_8(rest).into_owned(),
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        // `BE` of `BEGIN:VCALENDAR`.
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => utf_16(bytes, u16::from_le_bytes),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => utf_16(bytes, u16::from_be_bytes),
        _ => utf_8(bytes).into_owned(),
    }
}

/// UTF-8, or else what most of the file is: one stray byte must not spoil every other accent.
pub(super) fn utf_8(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let (mut letters, mut stray) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        stray += chunk.invalid().len();
    }
    if letters > stray {
        return String::from_utf8_lossy(bytes);
    }
    let letter = |byte: &u8| match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(*byte - 0x80)],
        _ => char::from(*byte),
    };
    Cow::Owned(bytes.iter().map(letter).collect())
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_every_encoding() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(text(bytes), expected);
        check("Tŷ “Coffi”".as_bytes(), "Tŷ “Coffi”");
        check(b"\xef\xbb\xbfBEGIN", "BEGIN");
        check(b"Caf\xe9 \x93tea\x94 \x80", "Café “tea” €");
        check("ŷŷŷ\u{e9}".as_bytes(), "ŷŷŷé");
        check(&["ŷŷ – ".as_bytes(), b"\xe9"].concat(), "ŷŷ – \u{fffd}");
        let wide = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        let little: Vec<u8> = wide("BEGIN ŷ😀").into_iter().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = wide("BEGIN ŷ😀").into_iter().flat_map(u16::to_be_bytes).collect();
        check(&[b"\xff\xfe", little.as_slice()].concat(), "BEGIN ŷ😀");
        check(&[b"\xfe\xff", big.as_slice()].concat(), "BEGIN ŷ😀");
        check(&little, "BEGIN ŷ😀");
        check(&big, "BEGIN ŷ😀");
        check(b"\xff\xfeB\0\0\xd8\x01", "B\u{fffd}");
        check(b"", "");
    }
}
