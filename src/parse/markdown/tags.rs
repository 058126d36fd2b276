//! HTML cut into tags and what stands between them, as browsers cut it.
//!
//! Only as much of the rules as tags need that are whole; what is not whole is told apart.

use std::borrow::Cow;
use std::ops::Range;

/// One part of a chunk of HTML.
pub struct Token<'t> {
    pub range: Range<usize>,
    pub kind: TokenKind<'t>,
}

pub enum TokenKind<'t> {
    Text,
    /// A comment, or a declaration.
    Remark,
    /// A `<` that begins a tag without an end.
    Broken,
    Tag(Tag<'t>),
}

pub struct Tag<'t> {
    pub start: usize,
    pub name: &'t str,
    pub is_closing: bool,
    pub attributes: Vec<Attribute<'t>>,
}

pub struct Attribute<'t> {
    pub name: &'t str,
    /// Without its quotes; empty where there is none.
    pub value: Range<usize>,
    pub range: Range<usize>,
}

impl Tag<'_> {
    pub fn lower_name(&self) -> Cow<'_, str> {
        match self.name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(self.name.to_ascii_lowercase()),
            false => Cow::Borrowed(self.name),
        }
    }
}

impl Attribute<'_> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The token that begins at `at`.
pub fn read(text: &str, at: usize) -> Token<'_> {
    let rest = &text[at..];
    let begins_tag = |rest: &str| {
        let name = rest.strip_prefix("</").or(rest.strip_prefix('<')).unwrap_or_default();
        name.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let length = |end: Option<usize>| end.unwrap_or(rest.len());
    let (kind, length) = if let Some(remark) = rest.strip_prefix("<!--") {
        // `<!-->` and `<!--->` are whole comments.
        let end = match remark.starts_with('>') || remark.starts_with("->") {
            true => remark.find('>').map(|end| end + 5),
            false => remark.find("-->").map(|end| end + 7),
        };
        (TokenKind::Remark, length(end))
    } else if rest.starts_with("<!") || rest.starts_with("<?") {
        (TokenKind::Remark, length(rest.find('>').map(|end| end + 1)))
    } else if begins_tag(rest) {
        match read_tag(text, at) {
            Some((tag, end)) => (TokenKind::Tag(tag), end - at),
            None => (TokenKind::Broken, 1),
        }
    } else {
        let is_next =
            |at: usize| begins_tag(&rest[at..]) || rest[at..].starts_with("<!") || rest[at..].starts_with("<?");
        let end = rest.match_indices('<').map(|(at, _)| at).find(|at| *at > 0 && is_next(*at));
        (TokenKind::Text, length(end))
    };
    Token { range: at..at + length, kind }
}

/// A tag and where it ends; nothing where its end is missing.
fn read_tag(text: &str, start: usize) -> Option<(Tag<'_>, usize)> {
    let is_closing = text[start..].starts_with("</");
    let name_start = start + if is_closing { 2 } else { 1 };
    let find = |from: usize, stops: fn(char) -> bool| text[from..].find(stops).map(|at| from + at);
    let name_end = find(name_start, |c| c.is_whitespace() || c == '/' || c == '>')?;
    let mut tag = Tag { start, name: &text[name_start..name_end], is_closing, attributes: Vec::new() };
    let mut at = name_end;
    loop {
        at = find(at, |c| !c.is_whitespace() && c != '/')?;
        if text[at..].starts_with('>') {
            return Some((tag, at + 1));
        }
        let from = at;
        // A `=` at the beginning of a name belongs to the name.
        let first = text[from..].chars().next().map_or(1, char::len_utf8);
        let name_end = find(from + first, |c| c.is_whitespace() || matches!(c, '/' | '>' | '='))?;
        let after = find(name_end, |c| !c.is_whitespace())?;
        let mut attribute = Attribute { name: &text[from..name_end], value: name_end..name_end, range: from..name_end };
        at = name_end;
        if text[after..].starts_with('=') {
            let value = find(after + 1, |c| !c.is_whitespace())?;
            (attribute.value, at) = match text.as_bytes()[value] {
                quote @ (b'"' | b'\'') => {
                    let end = value + 1 + text[value + 1..].find(char::from(quote))?;
                    (value + 1..end, end + 1)
                }
                _ => {
                    let end = find(value, |c| c.is_whitespace() || c == '>')?;
                    (value..end, end)
                }
            };
            attribute.range.end = at;
        }
        tag.attributes.push(attribute);
    }
}

/// Reads the character references that occur in attributes.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((character, length)) => {
                decoded.push(character);
                rest = &rest[length..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The character that a reference at the start of `text` stands for, and the length of the reference.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text[..text.floor_char_boundary(12)].find(';')?;
    let name = &text[1..end];
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "colon" => ':',
        "Tab" => '\t',
        "NewLine" => '\n',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str]) {
        let mut at = 0;
        let mut found = Vec::new();
        while at < html.len() {
            let token = read(html, at);
            at = token.range.end;
            found.push(match token.kind {
                TokenKind::Text => format!("text {}", &html[token.range]),
                TokenKind::Remark => "remark".to_owned(),
                TokenKind::Broken => "broken".to_owned(),
                TokenKind::Tag(tag) => {
                    let attributes: String =
                        tag.attributes.iter().map(|a| format!(" {}[{}]", a.name, &html[a.value.clone()])).collect();
                    format!("{}{}{attributes}", if tag.is_closing { "/" } else { "" }, tag.name)
                }
            });
        }
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn tags_are_read_as_browsers_read_them() {
        check("<a href=x>b</a>", &["a href[x]", "text b", "/a"]);
        check("<img src='a\"b' alt = \"c>d\"/>", &["img src[a\"b] alt[c>d]"]);
        check("a < b <!-- <i> --><br/>", &["text a < b ", "remark", "br"]);
        check("<input disabled value=1>", &["input disabled[] value[1]"]);
        check("<div class=\"a", &["broken", "text div class=\"a"]);
    }

    #[test]
    fn references_are_decoded() {
        assert_eq!(decode("a&amp;b&#x3a;&#99;&unknown;&"), "a&b:c&unknown;&");
    }
}
