//! The files of words: `words/<language>.yaml` of the built-in theme, and those of a site's own theme over them.
//!
//! 1. English is complete and says which words there are, and which values each may name.
//! 2. The built-in file of the site's language lies over it, word by word.
//! 3. So do the files of the site's own theme, for the language (`en.yaml`) and then for the region (`en-GB.yaml`).
//!
//! A word that sends people to the team may have a text for each way to reach it: `phone`, `email` and `neither`. The
//! one that is true of the site is its text.
//!
//! A group named `own` is the theme's own: what stands there need not be in English first.

use std::collections::{BTreeMap, BTreeSet};

use icu_plurals::PluralCategory;
use include_dir::{Dir, include_dir};

use crate::codes::theme as codes;
use crate::config::Contact;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::fields::one_of;
use crate::hash::Fingerprint;
use crate::path::{SourcePath, nearest};
use crate::source::Sources;
use crate::words::{Rules, Text, Word, Words, category_name};
use crate::yaml::{self, Node, Value};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/waymark/words");

/// The language that has every word.
const COMPLETE: &str = "en";
/// The group whose words a theme may choose freely.
pub const OWN: &str = "own";

/// The groups that the program says in what it makes itself; templates say these and all others.
pub const OF_PROGRAM: [&str; 18] = [
    "dates",
    "repeats",
    "status",
    "notice",
    "flags",
    "facts",
    "access_facts",
    "titles",
    "summaries",
    "empty",
    "pager",
    "feeds",
    "calendars",
    "messages",
    "directory",
    "open_data",
    "find",
    "crisis",
];

/// How people reach the team, in the way that is asked of them first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Phone,
    Email,
    Neither,
}

/// What a word's texts for these are named.
const WAYS: [(&str, Reach); 3] = [("phone", Reach::Phone), ("email", Reach::Email), ("neither", Reach::Neither)];

impl Reach {
    pub fn of(contact: &Contact) -> Self {
        match contact {
            Contact { phone: Some(_), .. } => Reach::Phone,
            Contact { email: Some(_), .. } => Reach::Email,
            _ => Reach::Neither,
        }
    }
}

/// Of all words that the program says.
pub fn of_program(words: &Words) -> Fingerprint {
    let groups: Vec<Vec<_>> = OF_PROGRAM.iter().map(|group| words.group(group).collect()).collect();
    Fingerprint::of(&groups)
}

/// The words of a site that changes none of them, for tests.
#[cfg(test)]
pub fn english() -> Words {
    words_of(COMPLETE)
}

/// The same in a language.
#[cfg(test)]
pub fn words_of(language: &str) -> Words {
    read(&Sources::default(), "waymark", (language, &[]), Reach::Phone, &mut Report::default())
}

/// The words of a language (BCP 47) on a site with that theme, whose team is reached in that way; `others` are further
/// languages of the site.
///
/// Reports: `theme/unknown-word`, `theme/word-not-usable`, `theme/words-not-read`, `yaml/not-readable`.
pub fn read(
    sources: &Sources,
    theme: &str,
    (language, others): (&str, &[String]),
    reach: Reach,
    report: &mut Report,
) -> Words {
    let mut words = Reading { words: BTreeMap::new(), rules: Rules::of(language), reach, is_built_in: true, report };
    let names = file_names(language);
    for name in std::iter::once(COMPLETE).chain(names.iter().copied().filter(|name| *name != COMPLETE)) {
        let path = format!("{name}.yaml");
        if let Some(text) = BUILT_IN.get_file(&path).and_then(|file| file.contents_utf8()) {
            words.lay_over(&SourcePath::new(format!("themes/waymark/words/{path}")), text);
        }
    }
    words.is_built_in = false;
    let folder = format!("themes/{theme}/words/");
    for name in names {
        let path = SourcePath::new(format!("{folder}{name}.yaml"));
        if let Some(text) = sources.text(&path) {
            words.lay_over(&path, text);
        }
    }
    let Reading { words, rules, report, .. } = words;
    not_read(sources, &folder, language, others, report);
    Words::new(words, rules)
}

/// `en` and `en-GB` for `en-GB`.
fn file_names(language: &str) -> Vec<&str> {
    let short = language.split('-').next().unwrap_or(language);
    if short == language { vec![short] } else { vec![short, language] }
}

/// Files for languages that the site does not have, but for those that the built-in theme has, too.
fn not_read(sources: &Sources, folder: &str, language: &str, others: &[String], report: &mut Report) {
    let languages = std::iter::once(language).chain(others.iter().map(String::as_str));
    let wanted: BTreeSet<String> = languages.flat_map(file_names).map(|name| format!("{folder}{name}.yaml")).collect();
    for path in sources.others.keys().filter(|path| path.as_str().starts_with(folder)) {
        if !wanted.contains(path.as_str()) && BUILT_IN.get_file(path.file_name()).is_none() {
            let message = format!("nothing reads the words in {}", path.file_name());
            let help =
                format!("the language of the site is {language}: name the file `{}.yaml`", file_names(language)[0]);
            report.push(Diagnostic::new(&codes::WORDS_NOT_READ, Place::file(path), message).help(help));
        }
    }
}

/// The way to reach the team that a key names.
fn way(key: &Node) -> Option<Reach> {
    let Value::Text(written) = &key.value else { return None };
    WAYS.iter().find(|(name, _)| name == written).map(|(_, reach)| *reach)
}

struct Reading<'r> {
    words: BTreeMap<Box<str>, Word>,
    rules: Rules,
    reach: Reach,
    is_built_in: bool,
    report: &'r mut Report,
}

impl Reading<'_> {
    fn lay_over(&mut self, path: &SourcePath, text: &str) {
        let node = match yaml::read(path, text, 0..text.len()) {
            Ok(node) => node,
            Err(fault) => return self.report.push(fault),
        };
        let groups: Vec<String> =
            self.words.keys().filter_map(|name| Some(name.split_once('.')?.0.to_owned())).collect();
        for (key, group, words) in self.entries(path, &node) {
            let is_free = self.words.is_empty() || self.is_built_in || group == OWN;
            if !is_free && !groups.iter().any(|known| known == group) {
                self.unknown(path, key, group, groups.iter().map(String::as_str));
                continue;
            }
            for (key, name, word) in self.entries(path, words) {
                self.word(path, key, &format!("{group}.{name}"), word, is_free);
            }
        }
    }

    /// The entries of a map: the key's node, its text, and the value.
    fn entries<'n>(&mut self, path: &SourcePath, node: &'n Node) -> Vec<(&'n Node, &'n str, &'n Node)> {
        match &node.value {
            Value::Map(map) => map
                .iter()
                .filter_map(|(key, value)| match &key.value {
                    Value::Text(name) => Some((key, name.as_str(), value)),
                    _ => None,
                })
                .collect(),
            Value::Empty => Vec::new(),
            Value::Text(_) | Value::List(_) => {
                self.not_usable(
                    path,
                    node,
                    "words stand in groups here".to_owned(),
                    "write `word: ...` lines, each further in than the name of the group above them",
                );
                Vec::new()
            }
        }
    }

    fn word(&mut self, path: &SourcePath, key: &Node, name: &str, node: &Node, is_free: bool) {
        let Some(forms) = self.forms(path, name, node) else { return };
        let Some(known) = self.words.get(name) else {
            if is_free {
                self.words.insert(name.into(), Word::new(forms));
            } else {
                let (group, word) = name.split_once('.').unwrap_or((name, ""));
                let names: Vec<String> = self
                    .words
                    .keys()
                    .filter_map(|name| Some(name.strip_prefix(group)?.strip_prefix('.')?.to_owned()))
                    .collect();
                self.unknown(path, key, word, names.iter().map(String::as_str));
            }
            return;
        };
        let values: Vec<&str> = known.values().collect();
        let unknown = forms.values().flat_map(Text::values).find(|value| !values.contains(value));
        let fault = match unknown {
            Some(value) if values.is_empty() => {
                Some((format!("`{name}` has no value `{{{value}}}`"), "leave out what stands in braces".to_owned()))
            }
            Some(value) => {
                let braced: Vec<String> = values.iter().map(|value| format!("{{{value}}}")).collect();
                let listed = one_of(&braced.iter().map(String::as_str).collect::<Vec<_>>());
                Some((format!("`{name}` has no value `{{{value}}}`"), format!("it can say {listed}")))
            }
            None if forms.len() > 1 && !known.is_counted() => Some((
                format!("`{name}` has no count, so there is one way to say it"),
                "write its text on the same line, after the colon".to_owned(),
            )),
            None => None,
        };
        match fault {
            Some((message, help)) => self.not_usable(path, node, message, &help),
            None => {
                let word = known.with_forms(forms);
                self.words.insert(name.into(), word);
            }
        }
    }

    /// Of a word with a text for each way to reach the team, the one that is true of the site.
    fn text_for_way<'n>(
        &mut self,
        path: &SourcePath,
        name: &str,
        node: &Node,
        map: &'n [(Node, Node)],
    ) -> Option<&'n Node> {
        if let Some((key, _)) = map.iter().find(|(key, _)| way(key).is_none()) {
            let message = format!("`{name}` has a text for each way to reach you, and this is none");
            self.not_usable(path, key, message, &format!("the ways are {}", one_of(&WAYS.map(|(way, _)| way))));
        }
        if let Some((missing, _)) = WAYS.iter().find(|(_, reach)| !map.iter().any(|(key, _)| way(key) == Some(*reach)))
        {
            let message = format!("the text `{missing}` of `{name}` is missing");
            let help = format!("add `{missing}: ...`: it is said on a site that can be reached in that way only");
            self.not_usable(path, node, message, &help);
        }
        map.iter().find(|(key, _)| way(key) == Some(self.reach)).map(|(_, text)| text)
    }

    /// The forms of a word: a text, or one for each plural category.
    fn forms(&mut self, path: &SourcePath, name: &str, node: &Node) -> Option<BTreeMap<PluralCategory, Text>> {
        let map = match &node.value {
            Value::Text(text) => {
                return Some(BTreeMap::from([(PluralCategory::Other, Text::read(text.trim_matches('\n')))]));
            }
            Value::Map(map) if map.iter().any(|(key, _)| way(key).is_some()) => {
                let node = self.text_for_way(path, name, node, map)?;
                return self.forms(path, name, node);
            }
            Value::Map(map) => map,
            // Nothing after the colon leaves the word as it is.
            Value::Empty => return None,
            Value::List(_) => {
                self.not_usable(
                    path,
                    node,
                    format!("`{name}` is a single text"),
                    "write it on the same line, after the colon",
                );
                return None;
            }
        };
        let known = self.words.get(name).filter(|_| !self.is_built_in);
        let categories: BTreeSet<_> =
            known.map_or_else(|| PluralCategory::all().collect(), |word| self.rules.categories(word));
        let mut forms = BTreeMap::new();
        for (key, value) in map {
            let Value::Text(form) = &key.value else { continue };
            let category = categories.iter().copied().find(|category| category_name(*category) == form);
            match (category, &value.value) {
                (Some(category), Value::Text(text)) => {
                    forms.insert(category, Text::read(text.trim_matches('\n')));
                }
                (Some(_), _) => self.not_usable(
                    path,
                    value,
                    format!("`{form}` of `{name}` is a single text"),
                    "write it after the colon",
                ),
                (None, _) => {
                    let known: Vec<&str> = categories.iter().map(|category| category_name(*category)).collect();
                    let message = format!("`{form}` is no form of a word in this language");
                    self.not_usable(path, key, message, &format!("the forms are {}", one_of(&known)));
                }
            }
        }
        if !forms.contains_key(&PluralCategory::Other) {
            let message = format!("the form `other` of `{name}` is missing");
            self.not_usable(
                path,
                node,
                message,
                "add `other: ...`: it is said of every number that has no form of its own",
            );
            return None;
        }
        Some(forms)
    }

    fn unknown<'k>(&mut self, path: &SourcePath, key: &Node, written: &str, known: impl Iterator<Item = &'k str>) {
        let message = format!("there is no word `{written}` here");
        let help = match nearest(written, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("words of your own stand in a group named `{OWN}`"),
        };
        self.report
            .push(Diagnostic::new(&codes::UNKNOWN_WORD, Place::new(path, key.bytes.clone()), message).help(help));
    }

    fn not_usable(&mut self, path: &SourcePath, node: &Node, message: String, help: &str) {
        let place = Place::new(path, node.bytes.clone());
        self.report.push(Diagnostic::new(&codes::WORD_NOT_USABLE, place, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::{Content, Source};

    fn read_files(language: &str, files: &[(&str, &str)]) -> (Words, Vec<String>) {
        read_files_of(language, Reach::Phone, files)
    }

    fn read_files_of(language: &str, reach: Reach, files: &[(&str, &str)]) -> (Words, Vec<String>) {
        let mut sources = Sources::default();
        for (path, text) in files {
            let path = SourcePath::new(*path);
            let fingerprint = Fingerprint::of_bytes(text.as_bytes());
            sources.insert(Arc::new(Source { path, fingerprint, content: Content::Text((*text).into()) }));
        }
        let mut report = Report::default();
        let words = read(&sources, "ours", (language, &[]), reach, &mut report);
        let faults = report.iter().map(|fault| {
            let place = fault.place.as_ref().map_or("", |place| {
                let text = files.iter().find(|(path, _)| *path == place.path.as_str()).map_or("", |(_, text)| text);
                text.get(place.start..place.end).unwrap_or_default()
            });
            format!("{} [{place}] {} | {}", fault.code.id, fault.message, fault.help.clone().unwrap_or_default())
        });
        let faults = faults.collect();
        (words, faults)
    }

    #[test]
    fn the_built_in_words_are_without_fault_in_every_language() {
        for file in BUILT_IN.files() {
            let language = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
            for (_, reach) in WAYS {
                let (_, faults) = read_files_of(&language, reach, &[]);
                assert!(faults.is_empty(), "{language}: {faults:#?}");
            }
        }
    }

    #[test]
    fn a_team_changes_single_words() {
        let (words, faults) = read_files(
            "en-GB",
            &[
                ("themes/ours/words/en.yaml", "event:\n  when: Date\n  where: Place\nown:\n  motto: Be kind\n"),
                ("themes/ours/words/en-GB.yaml", "event:\n  where: Where we meet\n"),
            ],
        );
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(words.text("event.when"), "Date");
        assert_eq!(words.text("event.where"), "Where we meet");
        assert_eq!(words.text("own.motto"), "Be kind");
        assert_eq!(words.text("event.cost"), "Cost");
    }

    #[test]
    fn a_word_says_how_this_team_is_reached() {
        let own = [("themes/ours/words/en.yaml", "own:\n  ask: {phone: Ring, email: Write, neither: Wait}\n")];
        for (reach, expected) in [(Reach::Phone, "Ring"), (Reach::Email, "Write"), (Reach::Neither, "Wait")] {
            let (words, faults) = read_files_of("en", reach, &own);
            assert_eq!((words.text("own.ask"), faults), (expected, Vec::new()));
        }
        let (words, faults) =
            read_files("en", &[("themes/ours/words/en.yaml", "access:\n  not_known: {phone: Ring, fax: Fax}\n")]);
        assert_eq!(words.text("access.not_known"), "Ring");
        assert_eq!(faults.len(), 2, "{faults:#?}");
    }

    #[test]
    fn what_is_wrong_with_words_is_said_at_its_place() {
        let check = |text: &str, expected: &str| {
            let (_, faults) = read_files("en", &[("themes/ours/words/en.yaml", text)]);
            assert_eq!(faults, [expected], "{text}");
        };
        check(
            "evnt:\n  when: Date\n",
            "theme/unknown-word [evnt] there is no word `evnt` here | did you mean `event`?",
        );
        check("event:\n  wen: Date\n", "theme/unknown-word [wen] there is no word `wen` here | did you mean `when`?");
        check(
            "event:\n  when: \"{day}\"\n",
            "theme/word-not-usable [\"{day}\"] `event.when` has no value `{day}` | leave out what stands in braces",
        );
        check(
            "list:\n  events:\n    one: one event\n    few: some\n    other: \"{count} events\"\n",
            "theme/word-not-usable [few] `few` is no form of a word in this language | the forms are `one` or `other`",
        );
        check(
            "list:\n  events:\n    one: one event\n",
            "theme/word-not-usable [one: one event] the form `other` of `list.events` is missing | add `other: ...`: it \
             is said of every number that has no form of its own",
        );
        check(
            "event:\n  when:\n    one: a\n    other: b\n",
            "theme/word-not-usable [one: a\n    other: b] `event.when` has no count, so there is one way to say it | write \
             its text on the same line, after the colon",
        );
        check(
            "event: [a]\n",
            "theme/word-not-usable [[a] words stand in groups here | write `word: ...` lines, each further in than the name \
             of the group above them",
        );
        let (_, faults) = read_files("en", &[("themes/ours/words/english.yaml", "event:\n  when: Date\n")]);
        assert_eq!(
            faults,
            [
                "theme/words-not-read [] nothing reads the words in english.yaml | the language of the site is en: name the \
              file `en.yaml`"
            ]
        );
    }
}
