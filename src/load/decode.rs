//! The bytes of a file that should be text -> its text, with what is wrong with them.

use std::sync::Arc;

use crate::calendar;
use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::path::SourcePath;

/// What a file that is no text begins with, what it is, and how a text can be made of it.
const OTHER_FILES: [(&[u8], &str, &str); 4] = [
    (b"PK\x03\x04", "a Word file", COPY),
    (b"\xD0\xCF\x11\xE0", "an old Word file", COPY),
    (b"{\\rtf", "a rich text file", COPY),
    (b"%PDF", "a PDF file", COPY),
];
const COPY: &str = "copy its words into a new file in a plain text editor, and save that one with this name";
const SAVE_AS: &str = "open it in your editor, choose Save as, and set the encoding to UTF-8";

/// So far a file is looked at to see what it is.
const BEGINNING: usize = 1024;

/// The text of a file, without a byte order mark.
///
/// Reports: `page/not-utf-8`; `page/not-a-text-file` alone where there is no text to read.
pub fn decode(path: &SourcePath, bytes: Vec<u8>) -> (Arc<str>, Vec<Diagnostic>) {
    if path.is_calendar() {
        // Partners' programs write in whatever encoding they like.
        return (calendar::read::text(&bytes).into(), Vec::new());
    }
    if let Some((what, help)) = other_file(&bytes) {
        let message = format!("this is {what}, not a text file");
        let fault = Diagnostic::new(&codes::page::NOT_A_TEXT, Place::file(path), message).help(help);
        return ("".into(), vec![fault]);
    }
    match String::from_utf8(bytes) {
        Ok(text) => match text.strip_prefix('\u{feff}') {
            Some(text) => (text.into(), Vec::new()),
            None => (text.into(), Vec::new()),
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            let place = Place::new(path, at..at);
            let message = "from here on letters would be shown wrong: the file was not saved as UTF-8";
            (text.into(), vec![Diagnostic::new(&codes::page::NOT_UTF_8, place, message).help(SAVE_AS)])
        }
    }
}

/// What a file is that holds no text that could be read, and what to do.
fn other_file(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let known = OTHER_FILES.iter().find(|(start, ..)| bytes.starts_with(start));
    if let Some((_, what, help)) = known {
        return Some((what, help));
    }
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    let has_mark = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if !has_mark && memchr::memchr(0, beginning).is_none() {
        return None;
    }
    let nuls = |parity: usize| beginning.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    // In UTF-16 every second byte of an English text is 0.
    let is_wide =
        has_mark || (nuls(0) + nuls(1)) * 4 > beginning.len() && nuls(0).min(nuls(1)) * 4 < nuls(0).max(nuls(1));
    if is_wide {
        return Some(("a text saved as UTF-16", SAVE_AS));
    }
    Some(("a picture, sound or program", COPY))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The message about a file with these bytes; nothing where all is well.
    fn message(bytes: &[u8]) -> String {
        let (_, faults) = decode(&SourcePath::from("content/a.md"), bytes.to_vec());
        faults.iter().map(|fault| format!("{}: {}", fault.code.id, fault.message)).collect()
    }

    #[test]
    fn a_file_that_is_no_text_is_named_for_what_it_is() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let not_text = |what: &str| format!("page/not-a-text-file: this is {what}, not a text file");
        assert_eq!(message(b"PK\x03\x04\x14\0\x06\0"), not_text("a Word file"));
        assert_eq!(message(b"%PDF-1.7\n%\xE2\xE3"), not_text("a PDF file"));
        assert_eq!(message(&wide("---\ntitle: A\n---\n")), not_text("a text saved as UTF-16"));
        assert_eq!(message(&wide("\u{feff}---\ntitle: A\n---\n")), not_text("a text saved as UTF-16"));
        assert_eq!(message(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), not_text("a picture, sound or program"));
        assert!(message(b"---\ntitle: Caf\xE9\n---\n").starts_with("page/not-utf-8"));
        assert_eq!(message("\u{feff}---\ntitle: Café — tea\n---\n".as_bytes()), "");
        assert_eq!(message(b""), "");
    }
}
