//! What is most likely wrong with text that is no YAML, in plain words.

use std::ops::Range;

use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::lines::with_places;
use crate::path::SourcePath;
use crate::signs::{Invisible, plain};

/// What is wrong with a line, and what to write instead.
type Mistake = (String, String);

/// Says in plain words why the text cannot be read, from the line where reading stopped. `reason` is the reader's own.
pub(super) fn unreadable(path: &SourcePath, text: &str, yaml: Range<usize>, at: usize, reason: &str) -> Diagnostic {
    let at = super::floor_boundary(text, at.clamp(yaml.start, yaml.end));
    let (line, start) = line_at(text, at, &yaml);
    let near = || std::iter::once((line, start)).chain(line_before(text, start, &yaml));
    // An unclosed quote or a colon is noticed only further down, or reported for the text as a whole; the
    // line that has it is the one to show. Lines without a colon may be text, unless reading stopped at them.
    let told = |(line, start, (message, help)): (_, _, Mistake)| (line, start, message, help);
    let culprit = near()
        .find_map(|(line, start)| Some((line, start, wrong_value(line)?)))
        .or_else(|| near().find_map(|(line, start)| Some((line, start, wrong_name(line)?))))
        .or_else(|| lines(text, &yaml).find_map(|(line, start)| Some((line, start, wrong_value(line)?))));
    let (line, start, message, help) = culprit.map(told).unwrap_or_else(|| {
        let is_further_in = reason.contains("mapping values are not allowed") && line.starts_with(' ');
        let (message, help) = if is_further_in {
            (
                "this line stands further in than the line above it, which already has a value",
                "begin the line where the field above begins",
            )
        } else {
            (
                "this line cannot be read",
                "write each field as `name: value` on a line of its own, and put a value with special signs in quotes",
            )
        };
        (line, start, message.to_owned(), help.to_owned())
    });
    let indent = line.len() - line.trim_start().len();
    let shown = start + indent..start + line.trim_end().len().max(indent);
    Diagnostic::new(&codes::yaml::SYNTAX, Place::new(path, shown), message).help(help)
}

/// A line that is no `name: value`.
fn wrong_name(line: &str) -> Option<Mistake> {
    let written = line.trim();
    if let Some(item) = written.strip_prefix("* ") {
        return Some(("an entry of a list begins with a hyphen".to_owned(), format!("write `- {}`", item.trim())));
    }
    let name_length = written.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(written.len());
    let (name, rest) = written.split_at(name_length);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || written.contains(": ") {
        return None;
    }
    if let Some(value) = rest.strip_prefix(':').filter(|value| !value.is_empty() && !value.starts_with("//")) {
        let message = match value.chars().next().and_then(Invisible::of) {
            Some(sign) => {
                format!("{} stands after the colon of `{name}`, where a plain space belongs", sign.name())
            }
            None => format!("the colon after `{name}` needs a space behind it"),
        };
        return Some((message, format!("type it again: `{name}: {}`", plain(value).trim())));
    }
    let value = rest.trim();
    let has_value = rest.starts_with(' ') && !value.is_empty() && !value.contains(':');
    has_value.then(|| (format!("there is no colon after `{name}`"), format!("write `{name}: {value}`")))
}

/// A `name: value` of which the value cannot be read.
fn wrong_value(line: &str) -> Option<Mistake> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim().trim_start_matches("- ");
    let value = value.trim_start_matches(' ').trim_end();
    if let Some(mark) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        return wrong_quotes(key, value, mark);
    }
    if value.contains(": ") && !value.starts_with(['{', '[', '|', '>']) {
        let message = format!("the value of `{key}` holds a colon, so it cannot be told where it ends");
        return Some((message, format!("put the value in quotes: `{key}: {}`", quoted(without_curly(value)))));
    }
    if value.starts_with(['@', '`', '%', '&', '*', '!']) {
        let message = format!("the value of `{key}` begins with a sign that has a meaning of its own in YAML");
        return Some((message, format!("put the value in quotes: `{key}: {}`", quoted(value))));
    }
    let unclosed = |open, close| value.matches(open).count() > value.matches(close).count();
    if (value.starts_with('[') && unclosed('[', ']')) || (value.starts_with('{') && unclosed('{', '}')) {
        return Some((
            format!("the bracket that opens the value of `{key}` is never closed"),
            format!("close it: `{key}: {value}{}`", if value.starts_with('[') { ']' } else { '}' }),
        ));
    }
    let items = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'))?;
    if items.contains(['[', '{', '"', '\''])
        || !items.split(',').any(|item| item.trim().starts_with(['#', '@', '*', '&']))
    {
        return None;
    }
    let items: Vec<String> = items.split(',').map(|item| quoted(item.trim())).collect();
    let message = format!("an entry of `{key}` begins with a sign that has a meaning of its own in YAML");
    Some((message, format!("put the entries in quotes: `{key}: [{}]`", items.join(", "))))
}

/// A value that begins with a quotation mark.
fn wrong_quotes(key: &str, value: &str, mark: char) -> Option<Mistake> {
    let inner = &value[1..];
    // Two single marks stand for one.
    let closing = if mark == '"' { inner.find('"') } else { inner.replace("''", "  ").find('\'') };
    let write = |text: &str| format!("put the value in quotes: `{key}: {}`", quoted(text));
    let close = || {
        let whole = quoted(inner);
        let how = if whole.starts_with(mark) {
            "put the same mark at the end of the value"
        } else {
            "put the value in quotes"
        };
        format!("{how}: `{key}: {whole}`")
    };
    let Some(closing) = closing else {
        let message = format!("the quotation mark that opens the value of `{key}` is never closed");
        return Some((message, close()));
    };
    let after = &inner[closing + 1..];
    if after.trim().is_empty() || after.trim_start().starts_with('#') {
        return None;
    }
    if let Some(text) = inner.strip_suffix(mark).filter(|_| !is_closing(inner, closing)) {
        let name = if mark == '"' {
            "quotation marks inside quotation marks"
        } else {
            "an apostrophe inside single quotation marks"
        };
        return Some((format!("the value of `{key}` has {name}"), write(text)));
    }
    if is_closing(inner, closing) {
        return Some((format!("the value of `{key}` goes on after its closing quotation mark"), write(value)));
    }
    let message = format!("the quotation mark that opens the value of `{key}` is never closed");
    Some((message, close()))
}

/// Whether a mark ends words, rather than standing before or inside of one.
fn is_closing(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back().is_some_and(|c| !c.is_whitespace());
    let after = text[at + 1..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    before && after
}

/// A text as YAML reads it back, in the quotes that need least care.
pub(super) fn quoted(text: &str) -> String {
    match (text.contains(['"', '\\']), text.contains('\'')) {
        (false, _) => format!("\"{text}\""),
        (true, false) => format!("'{text}'"),
        (true, true) => format!("'{}'", text.replace('\'', "''")),
    }
}

/// The text without the curly quotation marks around it, which mean nothing to YAML.
fn without_curly(text: &str) -> &str {
    let inner = text.strip_prefix(['“', '‘', '”']).and_then(|text| text.strip_suffix(['”', '’', '“']));
    inner.unwrap_or(text)
}

fn lines<'t>(text: &'t str, yaml: &Range<usize>) -> impl Iterator<Item = (&'t str, usize)> {
    with_places(text, yaml.clone()).map(|(start, line)| (line.trim_end_matches(['\n', '\r']), start))
}

fn line_at<'t>(text: &'t str, at: usize, yaml: &Range<usize>) -> (&'t str, usize) {
    let start = text[yaml.start..at].rfind('\n').map_or(yaml.start, |newline| yaml.start + newline + 1);
    let end = text[start..yaml.end].find('\n').map_or(yaml.end, |newline| start + newline);
    (&text[start..end], start)
}

/// The nearest line above that is not empty.
fn line_before<'t>(text: &'t str, start: usize, yaml: &Range<usize>) -> Option<(&'t str, usize)> {
    let mut start = start;
    while start > yaml.start {
        let line = line_at(text, start - 1, yaml);
        if !line.0.trim().is_empty() {
            return Some(line);
        }
        start = line.1;
    }
    None
}
