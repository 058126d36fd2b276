//! The part of YAML that people write every day: `name: value` lines, lists and maps, nested by
//! indentation or in brackets, with values on one line, plain or in quotes.
//!
//! It is read here in a tenth of the time that serde-saphyr takes for it.
//!
//! **Invariant:** what is read here, serde-saphyr reads as the same tree with the same places (a test
//! compares the two). Whatever could be anything else is not read here: comments, anchors, tags, values of
//! several lines, most escapes, and every mistake.

use std::ops::Range;

use super::{Node, Value};

/// How many maps and lists may stand inside of one another, and how many bytes there may be: so few that
/// no limit of `super::read_any` is reached.
const DEEPEST: usize = 8;
const LONGEST: usize = 64 * 1024;

/// Reads YAML that stands at `base` in its file; nothing where it is more than everyday YAML.
pub fn read(yaml: &str, base: usize) -> Option<Node> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in yaml.split('\n') {
        let end = start + line.strip_suffix('\r').unwrap_or(line).len();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if start + indent < end {
            lines.push(Line { indent, bytes: start + indent..end });
        }
        start += line.len() + 1;
    }
    let is_short = yaml.len() <= LONGEST && !lines.is_empty();
    let mut reader = Reader { yaml, base, lines: lines.iter().peekable() };
    let node = is_short.then(|| reader.map(0, 0))??;
    reader.lines.next().is_none().then_some(node)
}

/// A line that is not blank.
struct Line {
    indent: usize,
    /// Without the indentation and the line's end.
    bytes: Range<usize>,
}

struct Reader<'y> {
    yaml: &'y str,
    base: usize,
    lines: std::iter::Peekable<std::slice::Iter<'y, Line>>,
}

/// Where a value on one line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// On the rest of its line.
    Open,
    InBrackets,
}

impl<'y> Reader<'y> {
    /// The `name: value` lines from here on that stand `indent` spaces in.
    fn map(&mut self, indent: usize, depth: usize) -> Option<Node> {
        let mut entries = Vec::new();
        while let Some(line) = self.lines.next_if(|line| line.indent == indent) {
            let mut cursor = Cursor { text: &self.yaml[..line.bytes.end], at: line.bytes.start, base: self.base };
            let key = cursor.key()?;
            let value = if cursor.is_at_end() { self.below(&key, indent, depth)? } else { cursor.value(depth)? };
            entries.push((key, value));
            self.is_dedented(indent).then_some(())?;
        }
        let bytes = entries.first()?.0.bytes.start..entries.last()?.1.bytes.end;
        Some(Node { value: Value::Map(entries), bytes })
    }

    /// The value of a key on whose line nothing else stands.
    fn below(&mut self, key: &Node, indent: usize, depth: usize) -> Option<Node> {
        let next = self.lines.peek().copied().filter(|next| next.indent >= indent);
        let is_list = next.is_some_and(|next| self.yaml[next.bytes.clone()].starts_with("- "));
        match next {
            _ if depth == DEEPEST => None,
            Some(next) if is_list => self.list(next.indent, indent, depth + 1),
            Some(next) if next.indent > indent => self.map(next.indent, depth + 1),
            _ => Some(Node { value: Value::Empty, bytes: key.bytes.end..key.bytes.end }),
        }
    }

    /// The `- value` lines from here on that stand `indent` spaces in, below a key with `outer` spaces.
    fn list(&mut self, indent: usize, outer: usize, depth: usize) -> Option<Node> {
        let mut items: Vec<Node> = Vec::new();
        let start = self.base + self.lines.peek()?.bytes.start;
        let is_item = |line: &&Line| line.indent == indent && self.yaml[line.bytes.clone()].starts_with("- ");
        while let Some(line) = self.lines.next_if(is_item) {
            let at = line.bytes.start + 2;
            items.push(Cursor { text: &self.yaml[..line.bytes.end], at, base: self.base }.value(depth)?);
            self.is_dedented(indent).then_some(())?;
        }
        // What serde-saphyr takes for the beginning of a list that is no further in than its key.
        let start = if indent == outer { items.first()?.bytes.start } else { start };
        let bytes = start..items.last()?.bytes.end;
        Some(Node { value: Value::List(items), bytes })
    }

    /// Whether the next line does not go on with the value of the line before.
    fn is_dedented(&mut self, indent: usize) -> bool {
        self.lines.peek().is_none_or(|next| next.indent <= indent)
    }
}

/// A place on a line.
struct Cursor<'y> {
    /// Up to the end of the line.
    text: &'y str,
    at: usize,
    base: usize,
}

impl<'y> Cursor<'y> {
    fn rest(&self) -> &'y str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches(' ').len();
    }

    fn is_at_end(&mut self) -> bool {
        self.skip_spaces();
        self.rest().is_empty()
    }

    fn take(&mut self, sign: char) -> Option<()> {
        self.at += self.rest().strip_prefix(sign).map(|_| sign.len_utf8())?;
        Some(())
    }

    fn node(&self, value: Value, start: usize) -> Node {
        Node { value, bytes: self.base + start..self.base + self.at }
    }

    /// A name with its colon.
    fn key(&mut self) -> Option<Node> {
        let is_in_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let start = self.at;
        let length = self.rest().bytes().take_while(|byte| is_in_name(*byte)).count();
        let name = &self.rest()[..length];
        self.at += length;
        let key = self.node(Value::Text(name.to_owned()), start);
        self.take(':')?;
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_null(name) && length < 100;
        (is_name && (self.rest().is_empty() || self.rest().starts_with(' '))).then_some(key)
    }

    /// A value that takes the rest of the line.
    fn value(&mut self, depth: usize) -> Option<Node> {
        self.skip_spaces();
        let node = self.any(Standing::Open, depth)?;
        self.is_at_end().then_some(node)
    }

    fn any(&mut self, standing: Standing, depth: usize) -> Option<Node> {
        let start = self.at;
        match self.rest().as_bytes().first()? {
            _ if depth == DEEPEST => None,
            b'[' => {
                let mut items = Vec::new();
                self.in_brackets('[', ']', |cursor| {
                    items.push(cursor.any(Standing::InBrackets, depth + 1)?);
                    Some(())
                })?;
                let end = items.last().map_or(self.base + start + 1, |last| last.bytes.end);
                Some(Node { value: Value::List(items), bytes: self.base + start..end })
            }
            b'{' => {
                let mut entries = Vec::new();
                self.in_brackets('{', '}', |cursor| {
                    let key = cursor.key()?;
                    cursor.skip_spaces();
                    entries.push((key, cursor.any(Standing::InBrackets, depth + 1)?));
                    Some(())
                })?;
                let end = entries.last().map_or(self.base + start + 1, |(_, last)| last.bytes.end);
                Some(Node { value: Value::Map(entries), bytes: self.base + start..end })
            }
            b'"' => self.double_quoted(),
            b'\'' => self.single_quoted(),
            _ => self.plain(standing),
        }
    }

    /// What stands between two brackets, with commas between.
    fn in_brackets(&mut self, open: char, close: char, mut read: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take(open)?;
        self.skip_spaces();
        if self.take(close).is_some() {
            return Some(());
        }
        loop {
            read(self)?;
            self.skip_spaces();
            if self.take(close).is_some() {
                return Some(());
            }
            self.take(',')?;
            self.skip_spaces();
        }
    }

    fn double_quoted(&mut self) -> Option<Node> {
        let start = self.at;
        let mut text = String::new();
        self.take('"')?;
        loop {
            let rest = self.rest();
            let length = rest.find(|c| matches!(c, '"' | '\\') || !is_everyday(c))?;
            text.push_str(&rest[..length]);
            self.at += length;
            if self.take('"').is_some() {
                return Some(self.node(Value::Text(text), start));
            }
            self.take('\\')?;
            let escaped = self.rest().chars().next().filter(|c| matches!(c, '"' | '\\'))?;
            self.take(escaped)?;
            text.push(escaped);
        }
    }

    fn single_quoted(&mut self) -> Option<Node> {
        let start = self.at;
        self.take('\'')?;
        let rest = self.rest();
        let length = rest.find(|c| c == '\'' || !is_everyday(c))?;
        self.at += length;
        self.take('\'')?;
        // Two stand for one.
        (!self.rest().starts_with('\'')).then(|| self.node(Value::Text(rest[..length].to_owned()), start))
    }

    fn plain(&mut self, standing: Standing) -> Option<Node> {
        let start = self.at;
        let rest = self.rest();
        let ends = |c| standing == Standing::InBrackets && matches!(c, ',' | ']' | '}');
        let length = rest.find(|c| ends(c) || !is_everyday(c)).unwrap_or(rest.len());
        let is_whole = rest[length..].chars().next().is_none_or(ends);
        let text = rest[..length].trim_end_matches(' ');
        self.at += text.len();
        let bytes = text.as_bytes();
        let begins_well = text.starts_with(|c: char| c.is_alphanumeric() || c == '/');
        // A colon may end a name, and `#` may begin a comment.
        let has_no_mark = bytes.iter().enumerate().all(|(at, byte)| match byte {
            b':' => bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'/'),
            b'#' => bytes[..at].last() != Some(&b' '),
            b'[' | b'{' => standing == Standing::Open,
            _ => true,
        });
        let is_text = begins_well && has_no_mark && is_whole && !is_null(text) && !may_be_infinite(text);
        is_text.then(|| self.node(Value::Text(text.to_owned()), start))
    }
}

/// Whether a character is no control character, no line end, and nothing that is not shown.
fn is_everyday(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{a0}'..='\u{1fff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{d7ff}' | '\u{10000}'..='\u{1fffd}')
}

fn is_null(text: &str) -> bool {
    matches!(text, "null" | "Null" | "NULL")
}

/// Whether a number may be too great for serde-saphyr.
fn may_be_infinite(text: &str) -> bool {
    let has_exponent = text.contains(['e', 'E']);
    (has_exponent || text.len() > 100) && text.bytes().all(|byte| byte.is_ascii_digit() || b"_.eE+-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::path::SourcePath;
    use crate::yaml::read_any;

    /// Whether the text is read here, and in that case as serde-saphyr reads it.
    fn is_read(yaml: &str) -> bool {
        let text = format!("---\n{yaml}");
        let found = read(yaml, 4);
        if let Some(node) = &found {
            assert_eq!(Ok(node.clone()), read_any(&SourcePath::from("a.md"), &text, 4..text.len()), "{yaml}");
        }
        found.is_some()
    }

    #[test]
    fn everyday_yaml_is_read_as_serde_saphyr_reads_it() {
        for yaml in [
            "title: Tea, talk (and 'cake') at 10:30\ndate: 2026-05-21T10:00:00+01:00\n",
            "title: \"Tea: \\\"the\\\" talk #1\"  \r\n\r\nslug: 'a b'\r\n",
            "draft: no\nphone: 07700\nversion: 1.10\nhex: 0x1f\nroom: 1_000\nday: on",
            "tags: [tea, \"talk, cake\", 'x', new friends ]\nnone: []\nno: {}\n",
            "repeats: {every: week, on: [tuesday, friday], rule: \"A;B=C\"}",
            "image:\n  src: /a.png\n  alt: A café\nplace:\n    name:\n     street: x\ntags:\n- a\n- \"b\"\nareas:\n  - c\nlast: d",
            "summary:\ntitle: Ŵyl £5\nend:",
            "a: 1\na: 2",
        ] {
            assert!(is_read(yaml), "{yaml}");
        }
    }

    #[test]
    fn whatever_could_be_more_is_left_alone() {
        for yaml in [
            "",
            "# a: b",
            "a: b # c",
            "a: b\n  c",
            "a: b: c",
            "a: b:",
            "a: - b",
            "a: ~",
            "a: 1e999",
            "a: null",
            "a: &b c",
            "a: |\n  b",
            "a: \"b\\n\"",
            "a: 'it''s'",
            "a: \"b\" c",
            "a: [b",
            "a: [b: c]",
            "a: [b, ]",
            "a: {b}",
            "a:\n\tb: c",
            "a:\n - b: c",
            "a:\n  b: c\n d: e",
            "a:\n - b\n  c: d",
            " a: b",
            "a: \u{85}",
            "a: \u{2028}",
            "\"a\": b",
            "a:b",
            "<<: a",
            "a",
            "- a",
        ] {
            assert!(!is_read(yaml), "{yaml}");
        }
    }

    /// What everyday YAML is made of, and what is near to it.
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "\n", "\n", "\n", "\n  ", "\n  ", "\n    ", "\n- ", "\n  - ", "\r\n", "\t", " ", "  ", ": ", ": ", ":", ", ", ",",
        "a", "b: ", "c:", "title: ", "tags: [", "x: {y: ", "[", "]", "{", "}", "\"", "\"", "\\\"", "'", "''", "- ", "-", "#",
        " #", "? ", "?", "&a", "*a", "!", "!!str ", "|", ">", "%", "@", "`", "~", "null", "yes", "on", "07", "1.5", "1e9", "1e999", "e9", "E", "NULL", "Inf", "Infinity", "TRUE", "y",
        "0x1", "0o7", ".5", ".inf", "2026-05-21", "10:30", "+1", "=", "<<: ", "é", "£", "…", "😀", "\u{a0}", "\u{85}",
        "\u{feff}", "\u{2028}", "\u{7f}", "...", "---", "/", "(", "_", "1_0", "true", "NaN",
    ];

    fn pieces() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_is_read_in_two_ways(yaml in pieces()) {
            is_read(&yaml);
        }

        #[test]
        fn no_value_is_read_in_two_ways(value in pieces(), other in pieces()) {
            is_read(&format!("a: {value}\nb: [{other}]\nc: \"{value}\"\nd: {{e: {other}}}\nf:\n  g: {other}\nh:\n- {value}\n"));
            is_read(&format!("a: {value}"));
            is_read(&format!("a: [{value}, {other}]"));
            is_read(&format!("a:\n  - {value}\nb: {{c: {other}}}"));
            is_read(&format!("a:\n  b: {value}\n  c:\n  - {other}"));
        }
    }
}
