//! What was meant as Markdown and is shown to readers as it stands, for want of a sign or for one too many.
//!
//! 1. `Understood` notes during the parse which places of a text the parser made something of.
//! 2. `check` looks at the lines of the rest, for forms that hardly anybody means as plain words.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::faults::Faults;
use crate::codes::markdown as codes;
use crate::lines::with_places;

/// Places that the parser made something of, in the order in which they begin.
#[derive(Default)]
pub struct Understood {
    code: Vec<Range<usize>>,
    others: Vec<Range<usize>>,
}

impl Understood {
    pub fn note(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => self.code.push(range.clone()),
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Start(Tag::HtmlBlock | Tag::Link { .. } | Tag::Image { .. } | Tag::Table(_)) => {
                self.others.push(range.clone());
            }
            _ => {}
        }
    }

    fn is_code(&self, at: usize) -> bool {
        holds(&self.code, at)
    }

    fn has(&self, at: usize) -> bool {
        self.is_code(at) || holds(&self.others, at)
    }
}

/// Whether a place lies in one of the ranges; some of them may lie inside of others.
fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let before = ranges.partition_point(|range| range.start <= at);
    // A link inside of a picture, and a tag inside of a block, are the only ones that nest, and not deep.
    ranges[..before].iter().rev().take(16).any(|range| at < range.end)
}

/// Reports: `markdown/remark-not-closed`, `markdown/two-versions`, `markdown/not-understood`.
pub fn check(text: &str, understood: &Understood, faults: &mut Faults<'_>) {
    remark(text, understood, faults);
    let mut before = "";
    let mut conflict = None;
    for (start, line) in with_places(text, 0..text.len()) {
        let written = line.trim();
        let at = start + line.len() - line.trim_start().len();
        if !written.is_empty() && !understood.is_code(at) {
            if written.starts_with("<<<<<<< ") {
                conflict = Some(at);
                faults.add(
                    &codes::TWO_VERSIONS,
                    at..at + written.len(),
                    "two versions of these lines stand here one after the other",
                    "keep what is right, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
                );
            }
            if let Some((length, message, help)) = block(written, before).filter(|_| !understood.has(at)) {
                faults.add(&codes::NOT_UNDERSTOOD, at..at + length, message, help);
            }
            spans(line, start, understood, faults);
        }
        before = written;
    }
    if let Some(at) = conflict {
        // The line between the two versions makes a heading of what stands above it.
        let base = faults.start;
        let follows = |fault: &crate::diagnostic::Diagnostic| {
            fault.code.id == codes::HEADING_TOP.id && fault.place.as_ref().is_some_and(|place| place.end > base + at)
        };
        faults.found.retain(|fault| !follows(fault));
    }
}

/// A remark without its end hides all that follows.
fn remark(text: &str, understood: &Understood, faults: &mut Faults<'_>) {
    let mut from = 0;
    while let Some(at) = text[from..].find("<!--").map(|at| from + at) {
        from = at + 4;
        if understood.is_code(at) {
            continue;
        }
        match text[from..].find("-->") {
            Some(end) => from += end + 3,
            None => {
                let message = "the remark that begins here never ends, so nobody sees what stands below it";
                let help = "put `-->` at the end of the remark";
                return faults.add(&codes::REMARK_NOT_CLOSED, at..at + 4, message, help);
            }
        }
    }
}

type Mistake = (usize, String, String);

/// What is wrong with a whole line: how much of it to show, the message, and what to write instead.
fn block(line: &str, before: &str) -> Option<Mistake> {
    const BULLETS: [char; 6] = ['•', '·', '●', '▪', '◦', '‣'];
    if let Some(item) = line.strip_prefix(BULLETS).filter(|_| !before.starts_with(BULLETS)) {
        let sign = line.len() - item.len();
        let message = "this sign makes no list, so the lines run into one another".to_owned();
        return Some((sign, message, format!("begin each line with a hyphen and a space: `- {}`", item.trim())));
    }
    let marks = line.len() - line.trim_start_matches('#').len();
    // One sign alone may begin a hashtag.
    if (2..=6).contains(&marks) && line[marks..].starts_with(char::is_alphabetic) {
        let message = "a heading needs a space behind its signs".to_owned();
        return Some((marks, message, format!("write `{} {}`", &line[..marks], line[marks..].trim())));
    }
    let is_row =
        |line: &str| line.len() > 2 && line.starts_with('|') && line.ends_with('|') && line.matches('|').count() > 2;
    if is_row(line) && !is_row(before) {
        let rule = "| --- ".repeat(line.matches('|').count() - 1);
        let message = "these lines are no table yet: the line below the heads of its columns is missing".to_owned();
        return Some((line.len(), message, format!("put a line `{rule}|` below the first one")));
    }
    None
}

/// Links and notes in a line that are none; `start` is where the line begins.
fn spans(line: &str, start: usize, understood: &Understood, faults: &mut Faults<'_>) {
    let is_open = |at: usize| !understood.has(start + at) && !line[..at].ends_with('\\');
    for (at, _) in line.match_indices('[').filter(|(at, _)| is_open(*at)) {
        let Some((words, after)) = line[at + 1..].split_once(']') else { continue };
        let end = at + 1 + words.len() + 1;
        let mut tell = |from: usize, to: usize, message: String, help: String| {
            faults.add(&codes::NOT_UNDERSTOOD, start + from..start + to, message, help);
        };
        if let Some(label) = words.strip_prefix('^').filter(|label| !label.is_empty() && !label.contains(' ')) {
            if !after.starts_with(':') {
                let help = format!("write the note on a line of its own, `[^{label}]: ...`, or delete the mark");
                tell(at, end, format!("there is no note `[^{label}]`"), help);
            }
            continue;
        }
        let is_picture = line[..at].ends_with('!');
        let (from, sign, what) = if is_picture { (at - 1, "!", "picture") } else { (at, "", "link") };
        if let Some((target, _)) = after.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            let bare = target.trim();
            // A title in quotation marks may follow an address.
            if bare.contains(' ') && !bare.contains(['"', '\'']) && !bare.starts_with('<') {
                let better = match bare.starts_with("mailto:") {
                    true => "mailto:hello@example.org".to_owned(),
                    false => bare.replace(' ', "%20"),
                };
                let message = format!("this is no {what}, because there is a space in its address");
                tell(from, end + target.len() + 2, message, format!("write `{sign}[{words}]({better})`"));
            }
            continue;
        }
        if let Some((target, _)) = after.strip_prefix(" (").and_then(|rest| rest.split_once(')')) {
            if is_address(target) {
                let message = format!("this is no {what}, because a space stands between its two brackets");
                tell(from, end + target.len() + 3, message, format!("write `{sign}[{words}]({target})`"));
            }
            continue;
        }
        let turned = line[..at].strip_suffix(')').and_then(|before| before.rsplit_once('('));
        if let Some((lead, shown)) = turned.filter(|_| is_address(words)) {
            let message = "this is no link, because its brackets are the wrong way round".to_owned();
            tell(lead.len(), end, message, format!("write `[{shown}]({words})`"));
        }
    }
}

/// Whether a text can be nothing but where a link leads.
fn is_address(text: &str) -> bool {
    let leads = text.contains("://") || text.starts_with(['/', '.', '#']) || text.starts_with("mailto:");
    !text.is_empty() && !text.contains(' ') && (leads || text.ends_with(".md"))
}

#[cfg(test)]
mod tests {
    use crate::parse::markdown::{Options, read};
    use crate::path::SourcePath;

    fn found(text: &str) -> Vec<(&'static str, String)> {
        let (_, faults) = read(&SourcePath::from("content/a.md"), text, 0..text.len(), &Options::default());
        faults.into_iter().map(|fault| (fault.code.id, fault.help.unwrap_or_default().into_string())).collect()
    }

    #[test]
    fn what_was_meant_as_markdown_is_told_with_what_to_write() {
        for (text, help) in [
            ("![Big](../media/Big Photo.png)", "`![Big](../media/Big%20Photo.png)`"),
            ("See [doc](../media/My Doc.pdf).", "`[doc](../media/My%20Doc.pdf)`"),
            ("[jo](mailto:jo at example.org)", "mailto:hello@example.org"),
            ("See [x] (../about.md).", "`[x](../about.md)`"),
            ("See (z)[../about.md].", "`[z](../about.md)`"),
            ("• Tea\n• Talk", "`- Tea`"),
            ("####Head", "`#### Head`"),
            ("| a | b |\n| c | d |", "`| --- | --- |`"),
            ("Text[^2].", "`[^2]: ...`"),
        ] {
            let found = found(text);
            assert!(
                matches!(&found[..], [(id, told)] if *id == "markdown/not-understood" && told.contains(help)),
                "{text}: {found:?}"
            );
        }
        assert_eq!(found("Text\n\n<!-- todo\n\nMore")[0].0, "markdown/remark-not-closed");
        let conflict = "A\n\n<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> other\n";
        assert_eq!(found(conflict).iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["markdown/two-versions"]);
    }

    #[test]
    fn what_may_be_plain_words_is_left_alone() {
        for text in [
            "`[x] (../about.md)` and `<!--`",
            "    ####Head\n    | a | b |",
            "```\n• x\n<<<<<<< HEAD\n<!-- \n```",
            "#LinkWorkerDay is here",
            "He said [so] (and meant it).",
            "| a | b |\n| --- | --- |\n| c | d |",
            "[x](../about.md \"A title\")",
            "[x](<../my doc.md>)",
            "A[^1].\n\n[^1]: Note.",
            "<!-- done -->\nText",
            "Ring (day)[night].",
            "\\[x] (../about.md)",
            "- [ ] Tea\n- [x] Talk",
            "One • two • three",
            "> quote\n\n=======",
        ] {
            let found: Vec<_> =
                found(text).into_iter().filter(|(id, _)| *id != "markdown/first-level-heading").collect();
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}
