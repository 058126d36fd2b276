//! Words that YAML takes for a comment, so that nobody reads them: `title: Meet #LinkWorkerDay`.

use std::ops::Range;

use super::mistakes::quoted;
use super::{Node, Value};
use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::lines::with_places;
use crate::path::SourcePath;

/// What stands behind a `#` with a word right after it, and is lost. A comment has a space after its `#`.
///
/// Reports: `yaml/lost-behind-hash`.
pub fn lost(path: &SourcePath, text: &str, yaml: Range<usize>, node: &Node) -> Vec<Diagnostic> {
    if !text[yaml.clone()].contains('#') {
        return Vec::new();
    }
    let mut read = Vec::new();
    scalars(node, &mut read);
    let mut faults = Vec::new();
    for (start, line) in with_places(text, yaml) {
        let is_read = |at: usize| read.iter().any(|bytes| bytes.contains(&at));
        let comment = line.match_indices('#').map(|(at, _)| at).find(|at| {
            let begins = line[..*at].ends_with([' ', '\t']);
            begins && !is_read(start + at)
        });
        let comment = comment.filter(|at| line[at + 1..].starts_with(char::is_alphanumeric));
        // A line with nothing before the sign is a comment as people write it.
        let written = comment.map(|at| (at, line[..at].trim())).filter(|(_, before)| !before.is_empty());
        if let Some((at, before)) = written {
            let (lead, value) = match (before.split_once(": "), before.strip_prefix("- ")) {
                (Some((name, value)), _) => (format!("{name}: "), value),
                (None, Some(item)) => ("- ".to_owned(), item),
                (None, None) => (format!("{before} "), ""),
            };
            let rest = line[at..].trim_end();
            let whole = quoted(format!("{} {rest}", value.trim().trim_matches(['"', '\''])).trim());
            let message = format!("`{rest}` is taken for a comment, so nobody reads it");
            let place = Place::new(path, start + at..start + at + rest.len());
            let help = format!("put the value in quotes: `{lead}{whole}`; a comment has a space after its `#`");
            faults.push(Diagnostic::new(&codes::yaml::LOST_BEHIND_HASH, place, message).help(help));
        }
    }
    faults
}

/// The places of all that is read.
fn scalars(node: &Node, found: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Empty => {}
        Value::Text(_) => found.push(node.bytes.clone()),
        Value::List(items) => items.iter().for_each(|item| scalars(item, found)),
        Value::Map(entries) => entries.iter().for_each(|(key, value)| {
            scalars(key, found);
            scalars(value, found);
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::read;

    #[test]
    fn what_is_lost_is_told_and_a_comment_is_not() {
        for (yaml, help) in [
            ("title: Meet #LinkWorkerDay\n", Some("`title: \"Meet #LinkWorkerDay\"`")),
            ("hashtags: #Tea\ntitle: A\n", Some("`hashtags: \"#Tea\"`")),
            ("tags:\n  - a #b\n", Some("`- \"a #b\"`")),
            ("colour: #6b0f3c\n", Some("`colour: \"#6b0f3c\"`")),
            ("title: A # a comment\n", None),
            ("#title: A\n  #b: c\nd: e\n", None),
            ("title: 'A #b'\nurl: https://x.org/#a\nt: a#b\n", None),
            ("summary: |\n  A #b\n  #c\n  d\ntitle: x # y #z\n", None),
            ("summary: >-\n  A #b\n  c\n\ntitle: x\n", None),
            ("title: A ## b\n", None),
        ] {
            let path = SourcePath::from("a.md");
            let node = read(&path, yaml, 0..yaml.len()).unwrap();
            let found = lost(&path, yaml, 0..yaml.len(), &node);
            let found: Vec<_> = found.iter().filter_map(|fault| fault.help.as_deref()).collect();
            assert_eq!(found.len(), usize::from(help.is_some()), "{yaml}: {found:?}");
            assert!(found.iter().all(|found| found.contains(help.unwrap())), "{yaml}: {found:?}");
        }
    }
}
