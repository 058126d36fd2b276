//! The lines of a calendar file, unfolded: each with its name, its parameters and its value (RFC 5545 §3.1).
//!
//! 1. Lines end with CRLF, LF or CR; blank ones do not count.
//! 2. A line that begins with a space goes on with the one before; so does one without a name, where the one
//!    before is text that somebody forgot to fold.
//! 3. Parameters and values are taken apart when somebody asks for them.
//!
//! **Invariant:** every text has its lines, in time that grows with its length and no faster.

use std::borrow::Cow;
use std::ops::Range;

use super::encoding;
use crate::calendar::text;

/// A line of a file, whole.
#[derive(Clone, Debug)]
pub struct Line<'t> {
    /// In capitals.
    pub name: String,
    /// Of its first part in the text.
    pub bytes: Range<usize>,
    /// All that follows the name, from its `;` or `:` on.
    rest: Cow<'t, str>,
    is_quoted_printable: bool,
}

/// Names whose values hold no colon, so that a zone's name may hold one without its quotes.
const MOMENTS: [&str; 5] = ["DTSTART", "DTEND", "EXDATE", "RDATE", "RECURRENCE-ID"];

/// Names of texts that people write, in which a line end is most often lost.
const TEXTS: [&str; 5] = ["SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "X-ALT-DESC"];

/// The lines of a text, in its order.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut open: Option<Unfolded<'_>> = None;
    for (at, physical) in physical(text) {
        if let Some(line) = &mut open {
            if line.is_soft_broken() {
                let joined = line.text.to_mut();
                joined.pop();
                joined.push_str(physical);
                continue;
            }
            if let Some(more) = physical.strip_prefix([' ', '\t']) {
                line.text.to_mut().push_str(more);
                continue;
            }
        }
        let skipped = physical.len() - physical.trim_start_matches(is_noise).len();
        let bare = &physical[skipped..];
        if bare.is_empty() {
            continue;
        }
        let next = Unfolded { text: Cow::Borrowed(bare), at: at + skipped, length: bare.len(), is_encoded: None };
        close(open.replace(next), &mut lines);
    }
    close(open, &mut lines);
    lines
}

/// A line while it is put together.
struct Unfolded<'t> {
    text: Cow<'t, str>,
    at: usize,
    /// Of its first part, in bytes.
    length: usize,
    /// Whether it is quoted-printable, once somebody wanted to know.
    is_encoded: Option<bool>,
}

impl Unfolded<'_> {
    /// Whether it ends in a soft line break, which may stand without a fold (RFC 2045 §6.7).
    fn is_soft_broken(&mut self) -> bool {
        let text = &self.text;
        text.ends_with('=')
            && *self.is_encoded.get_or_insert_with(|| {
                Line::begin(Cow::Borrowed(text), 0..0).is_ok_and(|line| line.is_quoted_printable)
            })
    }
}

/// Control characters mean nothing in a calendar (§3.1), and a tab is a space.
/// A line that has a name is one; what has none goes on with the text before it.
fn close<'t>(line: Option<Unfolded<'t>>, lines: &mut Vec<Line<'t>>) {
    let Some(mut line) = line else { return };
    if line.text.contains(char::is_control) {
        let bare = line.text.chars().map(|letter| if letter == '\t' { ' ' } else { letter });
        line.text = Cow::Owned(bare.filter(|letter| !letter.is_control()).collect());
    }
    match Line::begin(line.text, line.at..line.at + line.length) {
        Ok(line) => lines.push(line),
        Err(text) => {
            if let Some(last) = lines.last_mut().filter(|last| TEXTS.contains(&last.name.as_str())) {
                let rest = last.rest.to_mut();
                rest.push_str("\\n");
                rest.push_str(&text);
            }
        }
    }
}

fn is_noise(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || letter == '\u{feff}'
}

/// The lines as they stand, with where each begins.
fn physical(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let begin = at;
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let is_pair = rest[end..].starts_with("\r\n");
        at += end + if is_pair { 2 } else { 1 };
        Some((begin, &rest[..end]))
    })
}

impl<'t> Line<'t> {
    /// The text again where it has no name.
    fn begin(text: Cow<'t, str>, bytes: Range<usize>) -> Result<Self, Cow<'t, str>> {
        let Some(end) = text.find([':', ';']) else { return Err(text) };
        let name = text[..end].trim_matches(is_noise);
        let is_name = !name.is_empty()
            && name.len() <= 100
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if !is_name {
            return Err(text);
        }
        let name = name.to_ascii_uppercase();
        let rest = match text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[end..]),
            Cow::Owned(mut text) => Cow::Owned(text.split_off(end)),
        };
        let mut line = Line { name, bytes, rest, is_quoted_printable: false };
        let is_encoded = |(name, value): &(String, String)| {
            name == "QUOTED-PRINTABLE" || name == "ENCODING" && value.eq_ignore_ascii_case("quoted-printable")
        };
        line.is_quoted_printable = line.has_parameters() && line.parameters().iter().any(is_encoded);
        Ok(line)
    }

    fn has_parameters(&self) -> bool {
        self.rest.starts_with(';')
    }

    /// The value as it stands.
    pub fn value(&self) -> &str {
        self.split().1.trim()
    }

    /// The value as text, its escapes undone (RFC 5545 §3.3.11), without control characters.
    pub fn text(&self) -> String {
        let value = self.split().1;
        let plain = if self.is_quoted_printable {
            encoding::utf_8(&quoted_printable(value)).into_owned()
        } else {
            text::unescape(value)
        };
        text::clean(&plain).trim().to_owned()
    }

    /// The values of a list of texts, of which each is escaped on its own.
    pub fn texts(&self) -> Vec<String> {
        let value = self.split().1;
        let mut texts = vec![String::new()];
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            match (letter, texts.last_mut()) {
                (',', _) => texts.push(String::new()),
                (_, None) => {}
                (letter, Some(text)) => {
                    text.push(letter);
                    if letter == '\\' {
                        text.extend(letters.next());
                    }
                }
            }
        }
        texts.iter().map(|text| text::one_line(&text::unescape(text), " ")).collect()
    }

    /// The value of a parameter on one line, its escapes undone (RFC 6868): as it is written again.
    pub fn parameter(&self, name: &str) -> Option<String> {
        if !self.has_parameters() {
            return None;
        }
        self.parameters().into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// What stands before the colon and after it.
    fn split(&self) -> (&str, &str) {
        let rest = self.rest.as_ref();
        let colon = match MOMENTS.contains(&self.name.as_str()) {
            true => rest.rfind(':'),
            false => outside_quotes(rest, b':').next(),
        };
        // A quote that is never closed hides the colon.
        let colon = colon.or_else(|| rest.find(':'));
        colon.map_or((rest, ""), |colon| (&rest[..colon], &rest[colon + 1..]))
    }

    /// Names in capitals.
    fn parameters(&self) -> Vec<(String, String)> {
        let (parameters, _) = self.split();
        let mut ends: Vec<usize> = outside_quotes(parameters, b';').collect();
        ends.push(parameters.len());
        let mut begin = 0;
        let mut found = Vec::with_capacity(ends.len());
        for end in ends {
            let one = parameters.get(begin..end).unwrap_or_default();
            begin = end + 1;
            let (name, value) = one.split_once('=').unwrap_or((one, ""));
            if !name.trim().is_empty() {
                found.push((name.trim().to_ascii_uppercase(), plain_parameter(value)));
            }
        }
        found
    }
}

/// Where a sign stands outside quotes.
fn outside_quotes(text: &str, sign: u8) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let found = at + memchr::memchr2(b'"', sign, bytes.get(at..)?)?;
            at = found + 1;
            if bytes[found] == sign {
                return Some(found);
            }
            // Without a closing one it is no quote, and the next search ends the same way at once.
            at = match memchr::memchr(b'"', &bytes[at..]) {
                Some(length) => at + length + 1,
                None => return last_part(bytes, sign, &mut at),
            };
        }
    })
}

fn last_part(bytes: &[u8], sign: u8, at: &mut usize) -> Option<usize> {
    let found = *at + memchr::memchr(sign, &bytes[*at..])?;
    *at = found + 1;
    Some(found)
}

fn plain_parameter(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut letters = value.trim().chars().filter(|letter| *letter != '"');
    while let Some(letter) = letters.next() {
        match letter {
            '^' => match letters.next() {
                Some('\'') => plain.push('"'),
                Some('n') => plain.push(' '),
                Some('^') => plain.push('^'),
                other => {
                    plain.push('^');
                    plain.extend(other);
                }
            },
            _ => plain.push(letter),
        }
    }
    text::one_line(&plain, " ")
}

/// `=C3=A9` as the bytes that it stands for (RFC 2045 §6.7).
fn quoted_printable(value: &str) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.filter(|_| *first == b'=').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                rest = &tail[2..];
            }
            None => {
                decoded.push(*first);
                rest = tail;
            }
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_unfolded() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<String> = lines(text).iter().map(|line| format!("{}={}", line.name, line.text())).collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("SUMMARY:Tea\r\n and talk\r\nUID:1", &["SUMMARY=Teaand talk", "UID=1"]);
        check("SUMMARY:Tea\n  and\n\t talk", &["SUMMARY=Tea and talk"]);
        check("SUMMARY:Tea\n \n  and talk", &["SUMMARY=Tea and talk"]);
        check("summary:a\rUid:b\r\r\nx:c", &["SUMMARY=a", "UID=b", "X=c"]);
        check("\u{feff}BEGIN:VEVENT\n\n\n\0UID:1\u{7}2", &["BEGIN=VEVENT", "UID=12"]);
        check(
            "DESCRIPTION:one\nand two, without a fold\nUID:1",
            &["DESCRIPTION=one\nand two, without a fold", "UID=1"],
        );
        check("DTSTART\n ;VALUE=DATE\n :20260521\nSUMMARY\n :Tea", &["DTSTART=20260521", "SUMMARY=Tea"]);
        check("DTSTART:20260521\nlost words", &["DTSTART=20260521"]);
        check("SUMMARY:a\\, b\\;\\n\\\\c", &["SUMMARY=a, b;\n\\c"]);
        check("SUMMARY;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9 a=\nnd tea=0Anow", &["SUMMARY=Café and tea\nnow"]);
        check("SUMMARY;QUOTED-PRINTABLE:Caf=E9 ==", &["SUMMARY=Café =="]);
        check("", &[]);
    }

    #[test]
    fn parameters_and_values_are_told_apart() {
        let check = |text: &str, name: &str, parameter: Option<&str>, value: &str| {
            let found = lines(text);
            assert_eq!(found[0].parameter(name).as_deref(), parameter, "{text}");
            assert_eq!(found[0].value(), value, "{text}");
        };
        check("DTSTART;TZID=Europe/London:20260521T100000", "TZID", Some("Europe/London"), "20260521T100000");
        check("DTSTART;TZID=\"(UTC+00:00) Dublin\":20260521", "TZID", Some("(UTC+00:00) Dublin"), "20260521");
        check("DTSTART;TZID=(UTC+00:00) Dublin:20260521", "TZID", Some("(UTC+00:00) Dublin"), "20260521");
        check("ORGANIZER;CN=\"a;b:^'c^'\";X=y:mailto:d", "CN", Some("a;b:\"c\""), "mailto:d");
        check("X;A=\"open:value", "A", Some("open"), "value");
        check("X;A:b;c=d", "A", Some(""), "b;c=d");
        check("X:b;A=d", "A", None, "b;A=d");
        check("X;A=b", "A", Some("b"), "");
        assert_eq!(lines("CATEGORIES:a\\, b,c,,d e")[0].texts(), ["a, b", "c", "", "d e"]);
    }

    #[test]
    fn long_lines_take_no_longer_for_their_quotes() {
        let text = format!("X{}:v", ";A=\"".repeat(300_000));
        assert_eq!(lines(&text).len(), 1);
        assert_eq!(lines(&text)[0].value(), "v");
    }
}
