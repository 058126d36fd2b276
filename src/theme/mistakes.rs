//! What is wrong with a template, said with its place and with the name that was most likely meant.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::path::nearest;

/// The filters that a template may use: those of Tera, and ours.
pub const FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "qr_code",
    "replace",
    "reverse",
    "round",
    "safe",
    "say",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// The functions that a template may use.
pub const FUNCTIONS: &[&str] = &["asset", "range", "throw"];

/// What to write where nothing better is known.
const HELP: &str = "correct the template, or delete your copy of it to use the built-in one";

/// A message about a template in plain words, with what to write instead; `texts` are all templates by name.
pub fn explained(message: &str, texts: &BTreeMap<String, Arc<str>>) -> (String, String) {
    if message == "unknown tag" {
        let message = "this ends something that is not the last thing that was opened";
        let help = "close what was opened last before it, with `{% endif %}`, `{% endfor %}` or the end that it has";
        return (message.to_owned(), help.to_owned());
    }
    let (message, listed) = match message.split_once(". Available ") {
        Some((message, listed)) => (message, listed.split_once(": ").map(|(_, names)| names)),
        None => (message, None),
    };
    let name = quoted(message).unwrap_or_default();
    let near = if let Some(names) = listed {
        nearest(name, names.split(", ").map(str::trim))
    } else if message.contains("filter") {
        nearest(name, FILTERS.iter().copied())
    } else if message.contains("function") {
        nearest(name, FUNCTIONS.iter().copied())
    } else if message.contains("template `") || message.contains("no template") {
        nearest(name, texts.keys().map(String::as_str))
    } else if message.starts_with("block ") {
        nearest(name, texts.values().flat_map(|text| blocks(text)).filter(|block| *block != name))
    } else {
        None
    };
    let help = match (near, listed) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        // `words` is put in before a template is read.
        (None, Some(names)) if message.starts_with("variable") => format!("there are {names}, words"),
        (None, Some(names)) => format!("there are {names}"),
        (None, None) => HELP.to_owned(),
    };
    (message.to_owned(), help)
}

/// What stands between the first back quotes of a message.
pub fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

/// Where a name stands in a template by itself.
pub fn place(text: &str, name: &str) -> Option<Range<usize>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let is_free = |at: &usize| {
        let before = text[..*at].chars().next_back().is_none_or(|c| !is_part(c));
        let after = text[at + name.len()..].chars().next().is_none_or(|c| !is_part(c));
        before && after
    };
    let at = text.match_indices(name).map(|(at, _)| at).find(is_free).filter(|_| !name.is_empty())?;
    Some(at..at + name.len())
}

/// The names of the blocks in a template.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    text.split("{% block ").skip(1).filter_map(|rest| rest.split_whitespace().next())
}
