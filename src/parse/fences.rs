//! Where the two parts of a file stand: the fields between the two `---` lines, and the text below.
//!
//! 1. A file that begins with a line `---` has front matter up to the next such line.
//! 2. A file that does not, but has lines that look like fields, has a slip in these lines: then everything that was
//!    meant for the team alone would be readable, so it is an error. So are fields below the line that ends them.
//!
//! **Invariant:** what looks like a field is decided by the names that the kinds ask for, and by nothing else.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::tz::TimeZone;

use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::fields::Fields;
use crate::model::kinds::KINDS;
use crate::parse::front_matter;
use crate::path::SourcePath;
use crate::yaml::{Node, Value};

/// Where the two parts of a file stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the fences; nothing where there is no front matter.
    pub front_matter: Option<Range<usize>>,
    pub body: Range<usize>,
}

/// Fields that say what must not be seen: one of them alone looks like front matter.
const TELLING: [&str; 8] = ["title", "draft", "private", "owner", "consent", "person", "unlisted", "review_by"];

/// A line with its place in the file.
type Line<'t> = (&'t str, Range<usize>);

/// Where lines stand that may be fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// In a file without front matter, in whatever case, and however they are marked or set in.
    Alone,
    /// Below front matter, where `Cost: free` is a sentence and what is set in is an example.
    Below,
}

/// Characters that nobody sees, and that programs leave at the beginning of a file.
const INVISIBLE: [char; 3] = ['\u{200B}', '\u{2060}', '\u{FEFF}'];

/// Finds the front matter of a file. Spaces after a fence, empty lines above it and a missing newline after the closing
/// one are fine.
///
/// Reports: `yaml/fence-not-closed`, `page/front-matter-not-yaml`, `page/fields-in-text`.
pub fn split(path: &SourcePath, text: &str) -> Result<Parts, Diagnostic> {
    let lines: Vec<Line<'_>> = lines_with_places(text).skip_while(|(line, _)| line.trim().is_empty()).collect();
    let without = || Ok(Parts { front_matter: None, body: 0..text.len() });
    let Some((first, fence)) = lines.first() else { return without() };
    if first.trim_end() == "+++" {
        let message = "the front matter is not written in YAML";
        let diagnostic = Diagnostic::new(&codes::page::TOML_FRONT_MATTER, Place::new(path, fence.clone()), message);
        return Err(diagnostic.help("put it between `---` lines and write each field as `name: value`"));
    }
    if first.trim_start_matches(INVISIBLE).trim_end() != "---" {
        return slip(path, &lines).map_or_else(without, Err);
    }
    let is_end = |(line, _): &Line<'_>| matches!(line.trim_end(), "---" | "...");
    let Some(end) = lines.iter().skip(1).position(is_end).map(|at| at + 1) else {
        let place = Place::new(path, fence.start..fence.start + 3);
        let diagnostic =
            Diagnostic::new(&codes::yaml::FENCE_NOT_CLOSED, place, "the front matter that begins here never ends");
        return Err(diagnostic.help("put a line with just `---` after its last field"));
    };
    match below(path, &lines[end + 1..]) {
        Some(slip) => Err(slip),
        None => Ok(Parts { front_matter: Some(fence.end..lines[end].1.start), body: lines[end].1.end..text.len() }),
    }
}

fn lines_with_places(text: &str) -> impl Iterator<Item = Line<'_>> {
    // Very old programs end lines otherwise.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    text.split_inclusive(end).scan(0, |at, line| {
        let from = *at;
        *at += line.len();
        Some((line, from..*at))
    })
}

/// What is wrong with a file that does not begin with `---` and has fields all the same.
fn slip(path: &SourcePath, lines: &[Line<'_>]) -> Option<Diagnostic> {
    let begins = |lines: &[Line<'_>]| are_fields(lines, Standing::Alone);
    let (first, _) = lines.first()?;
    if begins(lines) {
        let message = "these lines would be readable on the page: no line `---` stands above them";
        return Some(fault(
            path,
            lines,
            message,
            "put a line with just `---` above the first field, and one below the last",
        ));
    }
    if is_code_fence(first) && begins(&lines[1..]) {
        let message = format!("the fields below `{}` would be readable on the page", first.trim());
        return Some(fault(
            path,
            lines,
            &message,
            "write a line with just `---` in its place, and one below the last field",
        ));
    }
    let at = lines.iter().take_while(|(line, _)| !is_code_fence(line)).position(|(line, _)| is_like_fence(line))?;
    if !begins(&lines[at + 1..]) {
        return None;
    }
    let line = lines[at].0.trim_end();
    if line == "---" {
        let message = "the fields below this line would be readable on the page: something stands above it";
        return Some(fault(
            path,
            &lines[at..],
            message,
            "let the file begin with the line `---`, and put what stands above it below the fields",
        ));
    }
    let message = format!("the fields below `{line}` would be readable on the page: that line is not `---`");
    let help = "write three hyphens and nothing else, `---`, on a line above the fields and on one below them";
    Some(fault(path, &lines[at..], &message, help))
}

/// What is wrong with a text in which fields follow its front matter, or a line of dashes.
fn below(path: &SourcePath, lines: &[Line<'_>]) -> Option<Diagnostic> {
    let mut is_code = false;
    let mut may_begin = true;
    for (at, (line, _)) in lines.iter().enumerate() {
        is_code ^= is_code_fence(line);
        if may_begin && !is_code && are_fields(&lines[at..], Standing::Below) {
            let message =
                "these lines would be readable on the page: they stand below the line `---` that ends the fields";
            let help = "move them above that line; if they are part of the text, begin them with a capital letter";
            return Some(fault(path, &lines[at..], message, help));
        }
        may_begin = is_like_fence(line) || may_begin && line.trim().is_empty();
    }
    None
}

fn fault(path: &SourcePath, lines: &[Line<'_>], message: &str, help: &str) -> Diagnostic {
    let bytes = lines.first().map_or(0..0, |(line, bytes)| bytes.start..bytes.start + line.trim_end().len());
    Diagnostic::new(&codes::page::FIELDS_IN_TEXT, Place::new(path, bytes), message).help(help)
}

/// Whether lines begin with what looks like front matter: two fields, one that ends at a fence, or one that says what
/// must not be seen.
fn are_fields(lines: &[Line<'_>], standing: Standing) -> bool {
    let Some(first) = lines.first().and_then(|(line, _)| field(line, standing)) else { return false };
    let mut fields = 0;
    for (line, _) in lines {
        if field(line, standing).is_some() {
            fields += 1;
        } else if is_like_fence(line) || is_code_fence(line) {
            return true;
        } else if !goes_on(line) {
            break;
        }
    }
    fields > 1 || TELLING.contains(&first.as_str())
}

/// The field that a line may be, by its name in lower case; nothing for a name that no kind asks for.
fn field(line: &str, standing: Standing) -> Option<String> {
    let line = match standing {
        Standing::Alone => line.trim_start_matches(|c: char| c.is_whitespace() || "{>".contains(c)),
        Standing::Below if line.starts_with("    ") => return None,
        Standing::Below => line.trim_start_matches(' '),
    };
    let name = name_of(line)?;
    let lower = name.to_lowercase();
    let is_known = names().contains(lower.as_str());
    (is_known && (standing == Standing::Alone || lower == name)).then_some(lower)
}

/// The name before a colon, or an equals sign with spaces round it.
fn name_of(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let (name, value) = line.split_once(" = ").or_else(|| line.split_once(':'))?;
    let name = name.trim_matches('"');
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    let is_field = value.is_empty() || value.starts_with([' ', '\t']) || line.contains(" = ");
    (is_name && is_field).then_some(name)
}

/// The names of all fields that a page of any kind can have.
fn names() -> BTreeSet<&'static str> {
    let path = SourcePath::from("");
    let node = Node { value: Value::Empty, bytes: 0..0 };
    let read = |row: &crate::model::kinds::KindRow| {
        let mut faults = Vec::new();
        let mut fields = Fields::new(&path, &node, &mut faults);
        front_matter::read_meta(&mut fields, None);
        (row.read)(&mut fields, &TimeZone::UTC);
        fields.asked()
    };
    KINDS.iter().flat_map(read).collect()
}

/// Whether a line can stand between two fields.
fn goes_on(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#']) || name_of(line).is_some()
}

/// Whether a line is made of dashes alone: `---`, and what a hand, a word processor or a chat makes of it.
fn is_like_fence(line: &str) -> bool {
    let is_long = |c: char| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}');
    let is_aside = |c: char| c.is_whitespace() || c == '>' || INVISIBLE.contains(&c);
    let signs = || line.chars().filter(|c| !is_aside(*c));
    signs().all(|c| is_long(c) || "-*=_+".contains(c)) && (signs().nth(1).is_some() || signs().any(is_long))
}

fn is_code_fence(line: &str) -> bool {
    line.starts_with("```") || line.starts_with("~~~")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_split(text: &str, front_matter: Option<&str>, body: &str) {
        let parts = split(&SourcePath::from("content/a.md"), text).unwrap();
        assert_eq!(parts.front_matter.map(|bytes| &text[bytes]), front_matter, "{text:?}");
        assert_eq!(&text[parts.body], body, "{text:?}");
    }

    #[test]
    fn front_matter_stands_between_fences() {
        check_split("---\ntitle: A\n---\nText", Some("title: A\n"), "Text");
        check_split("---  \r\ntitle: A\r\n--- \r\nText", Some("title: A\r\n"), "Text");
        check_split("---\ntitle: A\n---", Some("title: A\n"), "");
        check_split("\n \n---\ntitle: A\n---\n", Some("title: A\n"), "");
        check_split("\u{200b}---\ntitle: A\n---\n", Some("title: A\n"), "");
        check_split("---\rtitle: A\r---\rText", Some("title: A\r"), "Text");
        check_split("Just text\n---\n", None, "Just text\n---\n");
        check_split("", None, "");
    }

    #[test]
    fn fences_that_never_close_and_toml_are_reported() {
        let path = SourcePath::from("content/a.md");
        assert_eq!(split(&path, "---\ntitle: A\n").unwrap_err().code.id, "yaml/fence-not-closed");
        assert_eq!(split(&path, "+++\ntitle = 'A'\n+++\n").unwrap_err().code.id, "page/front-matter-not-yaml");
    }

    /// A text with a slip, and what stands at the place of the message.
    fn check_slip(text: &str, place: &str) {
        let fault = split(&SourcePath::from("content/a.md"), text).expect_err(text);
        assert_eq!(fault.code.id, "page/fields-in-text", "{text}");
        let bytes = fault.place.unwrap();
        assert_eq!(&text[bytes.start..bytes.end], place, "{text}");
        assert!(fault.message.contains("would be readable"), "{}", fault.message);
    }

    #[test]
    fn a_slip_in_a_fence_shows_nothing_that_was_meant_for_the_team() {
        let fields = "title: A\nowner: Sam\nprivate: x\n";
        check_slip(&format!("{fields}---\nText\n"), "title: A");
        check_slip(&format!("{fields}\nText\n"), "title: A");
        check_slip("Title: A\nDate: 2026-05-01\n\nText\n", "Title: A");
        check_slip("draft: true\n\nText\n", "draft: true");
        for text in
            [" title: Jo\n owner: x\n---\n", "title = \"Jo\"\nText.\n", "{\"title\": \"Jo\", \"draft\": true}\n"]
        {
            check_slip(text, text.lines().next().unwrap());
        }
        for fence in [
            "—",
            "–––",
            "----",
            "- - -",
            " ---",
            "\t---",
            "−−−",
            "--",
            "-- -",
            "---\u{2014}",
            "***",
            "===",
            "> ---",
            "\u{200b} ---",
        ] {
            check_slip(&format!("{fence}\n{fields}---\nText\n"), fence);
        }
        check_slip(&format!("```yaml\n{fields}```\nText\n"), "```yaml");
        check_slip(&format!("My page\n---\n{fields}---\nText\n"), "---");
        check_slip(&format!("# My page\n\n—\n{fields}—\nText\n"), "—");
        let good = "---\ntitle: A\n---\n";
        check_slip(&format!("{good}draft: true\nowner: x\n---\nText\n"), "draft: true");
        check_slip(&format!("{good}\n---\ndraft: true\n---\nText\n"), "draft: true");
        check_slip(&format!("{good}tags: [a]\nsummary: B\n\nText\n"), "tags: [a]");
        check_slip(&format!("{good}cost: free\n---\nText\n"), "cost: free");
        check_slip(&format!("{good}Text.\n\n---\ndraft: true\n---\nText\n"), "draft: true");
    }

    #[test]
    fn dashes_tables_and_sentences_with_a_colon_are_text() {
        let good = "---\ntitle: A\n---\n";
        for text in [
            "Note: we are closed on Monday.\n",
            "Cost: free\nVenue: the hall\n",
            "A quiet day — and a walk.\n\n—\n\nMore text.\n",
            "| a | b |\n| --- | --- |\n| c | d |\n",
            "First.\n\n---\n\nSecond: more.\n",
            "---\n\nText below a line.\n",
            "contact: ring Jo\n\nText.\n",
            "- - -\nText\n",
            "Opening times\n---\nCost: free\nVenue: the hall\n",
            "Once more:\n\n```yaml\n---\ntitle: A\n---\n```\n\n---\n\nText.\n",
            "    title: A\n    owner: B\n",
            "x = y + 1\n",
            "Once more:\n\n```yaml\n---\ntitle: A\n---\n```\n",
        ] {
            let text = format!("{good}{text}");
            assert!(split(&SourcePath::from("content/a.md"), &text).is_ok(), "{text}");
        }
        for text in [
            "Note: we are closed.\n\nMore.\n",
            "# Title\n\nText.\n\n---\n\nNote: more.\n",
            "----\n\nText.\n",
            "—\nJo: that was a quote.\n",
            "Cost: free\n\nThe hall.\n",
            "How to write:\n\n```yaml\n---\ntitle: A\n---\n```\n",
        ] {
            check_split(text, None, text);
        }
    }
}
