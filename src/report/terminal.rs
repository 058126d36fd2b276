//! Problems for people: what is wrong, the line that it is in, and what to write instead.

use std::collections::BTreeMap;
use std::sync::Arc;

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Place, Report, Severity};
use crate::path::SourcePath;

use super::TextOf;
use super::position;

/// Longer lines are cut to what surrounds the place.
const WIDTH: usize = 100;

/// How the text may look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    /// With escape sequences for colours.
    Coloured,
}

/// Every problem with its lines, most serious first; empty where there are none.
pub fn terminal(report: &Report, text_of: TextOf<'_>, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let renderer = renderer.term_width(WIDTH);
    let shown = |diagnostic| show(diagnostic, text_of, &renderer) + "\n\n";
    report.iter().map(shown).collect()
}

fn show(diagnostic: &Diagnostic, text_of: TextOf<'_>, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(printable(&diagnostic.sentence())).id(diagnostic.code.id);
    let texts = texts(diagnostic, text_of);
    let mut group = Group::with_title(title).elements(places(diagnostic, &texts));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    renderer.render(&[group])
}

/// The texts of every file that a problem speaks of.
fn texts<'d>(diagnostic: &'d Diagnostic, text_of: TextOf<'_>) -> BTreeMap<&'d SourcePath, Arc<str>> {
    let labelled = diagnostic.labels.iter().map(|(place, _)| place);
    let places = diagnostic.place.iter().chain(labelled);
    places.filter_map(|place| Some((&place.path, text_of(&place.path)?))).collect()
}

/// One piece of text for each file, in the order in which the problem names them.
fn places<'d>(diagnostic: &'d Diagnostic, texts: &'d BTreeMap<&SourcePath, Arc<str>>) -> Vec<Element<'d>> {
    let main = diagnostic.place.iter().map(|place| (place, None));
    let labels = diagnostic.labels.iter().map(|(place, words)| (place, Some(words.as_str())));
    let all: Vec<(&Place, Option<&str>)> = main.chain(labels).collect();
    let mut elements = Vec::new();
    for (index, (place, _)) in all.iter().enumerate() {
        if all[..index].iter().any(|(earlier, _)| earlier.path == place.path) {
            continue;
        }
        let same_file = || all.iter().filter(|(other, _)| other.path == place.path);
        let annotations = |text: &'d str| {
            same_file()
                .filter(|(place, _)| place.end > 0)
                .map(|(place, words)| annotation(place, *words, text))
                .collect::<Vec<_>>()
        };
        let text = texts.get(&place.path).map(|text| &**text);
        match text.map(|text| (text, annotations(text))) {
            Some((text, annotations)) if !annotations.is_empty() => {
                elements.push(Snippet::source(text).path(place.path.as_str()).annotations(annotations).into());
            }
            _ => elements.push(Origin::path(place.path.as_str()).into()),
        }
        let about_the_file = same_file().filter(|(place, _)| place.end == 0).filter_map(|(_, words)| *words);
        elements.extend(about_the_file.map(|words| Level::NOTE.message(printable(words)).into()));
    }
    elements
}

/// The first line of a place, marked.
fn annotation<'d>(place: &Place, words: Option<&'d str>, text: &str) -> Annotation<'d> {
    let (start, end) = position::within(place, text);
    let first_line = text[start..end].lines().next().unwrap_or_default();
    let kind = if words.is_none() { AnnotationKind::Primary } else { AnnotationKind::Context };
    kind.span(start..start + first_line.len()).label(words)
}

/// Text of others could hold characters that move, hide or turn round what a terminal shows.
fn printable(text: &str) -> String {
    let turns_round = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let is_safe = |c: char| c == '\n' || !(c.is_control() || turns_round(c));
    text.chars().map(|c| if is_safe(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{report, text_of};
    use super::*;
    use crate::codes;

    fn show_in(text: &str, bytes: std::ops::Range<usize>) -> String {
        let place = Place::new(&"content/a.md".into(), bytes);
        let diagnostic = Diagnostic::new(&codes::page::TITLE_MISSING, place, "here");
        show(&diagnostic, &|_| Some(text.into()), &Renderer::plain().term_width(WIDTH))
    }

    #[test]
    fn problems_show_their_lines_and_help() {
        insta::assert_snapshot!(terminal(&report(), &text_of, Style::Plain), @r##"
        error[publish/folder-not-ours]: public holds files

        error[page/title-missing]: the page has no title
        --> content/a,b.md

        warning[field/unknown]: "titel" is not known: 100%
         --> content/a,b.md:2:1
          |
        2 | titel: Tŷ    té
          | ^^^^^    ------ its value
         ::: content/c.md
          = note: the other one
          = help: write `title`
        "##);
    }

    #[test]
    fn colours_are_asked_for() {
        assert!(terminal(&report(), &text_of, Style::Coloured).contains("\u{1b}["));
        assert!(!terminal(&report(), &text_of, Style::Plain).contains('\u{1b}'));
    }

    #[test]
    fn a_message_cannot_steer_the_terminal() {
        let diagnostic = Diagnostic::nowhere(&codes::publish::NOT_OURS, "a\u{1b}[2Jb").help("c\u{202E}d");
        let shown = show(&diagnostic, &|_| None, &Renderer::plain());
        assert!(!shown.contains(['\u{1b}', '\u{202E}']), "{shown:?}");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = "word ".repeat(1000);
        let shown = show_in(&text, 2500..2504);
        assert!(shown.lines().all(|line| line.chars().count() <= WIDTH + 20), "{shown}");
        insta::assert_snapshot!(shown, @r##"
        error[page/title-missing]: here
         --> content/a.md:1:2501
          |
        1 | ...rd word word word word word word word word word word word word word word word word word wo...
          |                                               ^^^^
        "##);
    }

    #[test]
    fn the_mark_stands_under_wide_characters_and_tabs() {
        insta::assert_snapshot!(show_in("\tTŷ 北京: x\n", 11..12), @r##"
        error[page/title-missing]: here
         --> content/a.md:1:7
          |
        1 |     Tŷ 北京: x
          |            ^
        "##);
    }

    #[test]
    fn the_end_of_the_text_and_many_lines_can_be_marked() {
        insta::assert_snapshot!(show_in("one\ntwo\n", 900..901), @r##"
        error[page/title-missing]: here
         --> content/a.md:2:5
          |
        2 | two
          |    ^
        "##);
        insta::assert_snapshot!(show_in("one\r\ntwo\r\n", 0..9), @r##"
        error[page/title-missing]: here
         --> content/a.md:1:1
          |
        1 | one
          | ^^^
        "##);
    }

    proptest! {
        #[test]
        fn no_place_makes_it_panic(text in "\\PC{0,20}\n?[\t\r\n\u{0}a-cŷ京]{0,30}", start in 0..70_usize, length in 0..70_usize) {
            show_in(&text, start..start + length);
        }
    }
}
