//! The text of a calendar file: escaped values, quoted parameters, addresses, folded lines.
//!
//! **Invariant:** whatever goes in, what comes out has no control character and no line of its own, so
//! a title cannot add a property to the file.

use std::borrow::Cow;
use std::fmt::Write;

use ical::property::Property;

/// A value of type TEXT: `\ ; ,` and line ends escaped (RFC 5545 §3.3.11).
pub fn escape(text: &str) -> String {
    let cleaned = clean(text);
    let mut escaped = String::with_capacity(cleaned.len() + cleaned.len() / 16);
    let mut rest = cleaned.as_ref();
    while let Some(at) = rest.find(['\\', ';', ',', '\n']) {
        let (head, tail) = rest.split_at(at);
        escaped.push_str(head);
        escaped.push('\\');
        escaped.push_str(if tail.starts_with('\n') { "n" } else { &tail[..1] });
        rest = &tail[1..];
    }
    escaped.push_str(rest);
    escaped
}

/// What `escape` wrote, as it was.
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => {}
            },
            _ => plain.push(letter),
        }
    }
    plain
}

/// Text without control characters; every kind of line end becomes `\n`, a tab a space.
pub fn clean(text: &str) -> Cow<'_, str> {
    let is_unclean = |c: char| c != '\n' && c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    if !text.contains(is_unclean) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\t' => cleaned.push(' '),
            _ if is_unclean(letter) => {}
            _ => cleaned.push(letter),
        }
    }
    Cow::Owned(cleaned)
}

/// The text on one line: each line end and what space is around it becomes `between`.
pub fn one_line(text: &str, between: &str) -> String {
    let cleaned = clean(text);
    let mut line = String::with_capacity(cleaned.len());
    for part in cleaned.split('\n') {
        let mut space = if line.is_empty() { "" } else { between };
        for word in part.split_whitespace() {
            line.push_str(space);
            line.push_str(word);
            space = " ";
        }
    }
    line
}

/// The value of a parameter in quotes, with RFC 6868's escapes (`^'` for a quote).
pub fn parameter(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in one_line(text, " ").chars() {
        match letter {
            '^' => quoted.push_str("^^"),
            '"' => quoted.push_str("^'"),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A value of type URI: what may not stand in an address is percent-encoded (RFC 3986 §2.1).
pub fn uri(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for byte in address.trim().bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => drop(write!(encoded, "%{byte:02X}")),
            0x21..=0x7e => encoded.push(byte.into()),
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

/// Lines of a calendar file, folded at 75 octets without cutting a character in two (RFC 5545 §3.1).
#[derive(Clone, Debug, Default)]
pub struct Lines {
    folded: Vec<u8>,
    /// The line that is being written, as long as it is.
    line: String,
}

impl Lines {
    /// A component with what `inner` writes in it.
    pub fn component(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        self.push("BEGIN", name);
        inner(self);
        self.push("END", name);
    }

    pub fn properties(&mut self, properties: &[Property]) {
        for property in properties {
            self.push(&property.name, property.value.as_deref().unwrap_or_default());
        }
    }

    /// Lines that are folded already.
    pub fn append(&mut self, lines: &Lines) {
        self.folded.extend_from_slice(&lines.folded);
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.folded
    }

    /// A line with its value as it is, which must hold no line end.
    pub fn push(&mut self, name: &str, value: &str) {
        self.line.clear();
        for part in [name, ":", value] {
            self.line.push_str(part);
        }
        let mut rest = self.line.as_str();
        let mut room = 75;
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            self.folded.extend_from_slice(head.as_bytes());
            self.folded.extend_from_slice(b"\r\n ");
            rest = tail;
            room = 74;
        }
        self.folded.extend_from_slice(rest.as_bytes());
        self.folded.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        let check = |text, expected: &str| assert_eq!(escape(text), expected);
        check("St Mary’s Hall, 1 High Street; Leeds", "St Mary’s Hall\\, 1 High Street\\; Leeds");
        check("a back\\slash", "a back\\\\slash");
        check("one\r\ntwo\rthree\nfour\u{2028}five", "one\\ntwo\\nthree\\nfour\\nfive");
        check("a\tb\u{0}\u{7}\u{7f}c\u{feff}", "a bc");
    }

    #[test]
    fn parameters_and_addresses_are_safe() {
        assert_eq!(parameter("The \"Hub\": teas; coffees ^"), "\"The ^'Hub^': teas; coffees ^^\"");
        assert_eq!(parameter(""), "\"\"");
        assert_eq!(
            uri("https://example.org/tŷ newydd/?a=1,2;3#b\r\n"),
            "https://example.org/t%C5%B7%20newydd/?a=1,2;3#b"
        );
        assert_eq!(one_line(" The Hall \n\n 1 High  Street\n", ", "), "The Hall, 1 High Street");
    }

    #[test]
    fn lines_are_folded_by_octets() {
        let fold = |value: &str| {
            let mut lines = Lines::default();
            lines.push("SUMMARY", value);
            String::from_utf8(lines.into_bytes()).unwrap()
        };
        let long = "ŷ".repeat(100);
        let text = fold(&long);
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{long}\r\n"));
        assert_eq!(fold("b"), "SUMMARY:b\r\n");
        assert_eq!(fold(&"x".repeat(67)).len(), 77, "75 octets need no fold");
    }
}
