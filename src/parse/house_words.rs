//! The words that a team has agreed not to use (`words: {avoid: ...}` in site.yaml), where they are used all the same.

use crate::codes;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::lines::with_places;
use crate::parse::fences::Parts;
use crate::path::SourcePath;

/// Looks at the title, the summary and the text, but for code and addresses.
///
/// Reports: `page/word-to-avoid`, at each place.
pub fn check(path: &SourcePath, text: &str, parts: &Parts, config: &Config) -> Vec<Diagnostic> {
    if config.avoided.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let shown = parts.front_matter.iter().flat_map(|part| with_places(text, part.clone()));
    let shown = shown.filter(|(_, line)| line.starts_with("title:") || line.starts_with("summary:"));
    let mut is_code = false;
    let written = with_places(text, parts.body.clone()).filter(|(_, line)| {
        let is_fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    for (start, line) in shown.chain(written) {
        for (term, prefer) in &config.avoided {
            let places = places(line, term).map(|at| Place::new(path, start + at..start + at + term.len()));
            found.extend(places.map(|place| {
                let message = format!("“{term}” is one of the words that site.yaml says to avoid");
                let help = match prefer {
                    Some(prefer) => format!("write “{prefer}”"),
                    None => "say it in another way".to_owned(),
                };
                Diagnostic::new(&codes::page::WORD_TO_AVOID, place, message).help(help)
            }));
        }
    }
    found
}

/// Where a term stands as words of its own, in any case.
fn places(line: &str, term: &str) -> impl Iterator<Item = usize> {
    let is_part = |c: char| c.is_alphanumeric() || "/_@`=&".contains(c);
    let is_free = move |at: &usize| {
        let before = line[..*at].chars().next_back().is_none_or(|c| !is_part(c));
        let after = line[at + term.len()..].chars().next().is_none_or(|c| !is_part(c));
        before && after && line[..*at].matches('`').count().is_multiple_of(2)
    };
    let is_here =
        move |at: &usize| line.get(*at..at + term.len()).is_some_and(|found| found.eq_ignore_ascii_case(term));
    line.char_indices().map(|(at, _)| at).filter(is_here).filter(is_free)
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn terms_are_found_as_words_of_their_own() {
        let found = |line| places(line, "service user").collect::<Vec<_>>();
        assert_eq!(found("A Service user, a service user."), [2, 18]);
        assert!(found("Service users, `service user` and /service user/").is_empty());
        assert!(found("ŵservice userŷ").is_empty());
    }
}
