//! Reads the fields of a map one by one: what is wrong with one of them never hides another.
//!
//! 1. `Fields::new` takes a map and reports keys that stand there twice; the last one counts.
//! 2. Each reading method names a field and its type; it returns the value, or reports what is wrong
//!    with it and returns nothing.
//! 3. `finish` reports the keys that nobody asked for, and `extra` returns them as they are. What is missing is reported
//!    then, too: a key that was most likely meant for it is the one mistake to tell.

mod forms;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::date::{self, When};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::path::{SourcePath, nearest};
use crate::signs::invisible;
use crate::yaml::{Node, Value};

pub use forms::OPENING;

/// A value with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Located<T> {
    pub value: T,
    /// In the file that the value was read from.
    pub bytes: Range<usize>,
}

/// The fields of one map.
pub struct Fields<'n, 'r> {
    path: &'n SourcePath,
    /// Bytes of the map, for what is missing.
    whole: Range<usize>,
    entries: Vec<Entry<'n>>,
    /// Whether there is a map at all; where there is none, nothing more is missing from it.
    is_map: bool,
    /// Every name that was asked for.
    known: Vec<&'static str>,
    /// What must be there and is not.
    missing: Vec<(&'static str, Diagnostic)>,
    /// Where the map stands, for messages: ``" in `consent`"``; empty at the top.
    within: String,
    /// How a key is reported that nobody asked for.
    unknown: &'static codes::Code,
    faults: &'r mut Vec<Diagnostic>,
}

struct Entry<'n> {
    key: &'n str,
    key_bytes: Range<usize>,
    node: &'n Node,
    is_read: bool,
}

impl<'n, 'r> Fields<'n, 'r> {
    /// Takes the fields of a map; nothing but a map has fields, so for anything else it reports
    /// `field/not-a-map` and goes on as with an empty one.
    pub fn new(path: &'n SourcePath, node: &'n Node, faults: &'r mut Vec<Diagnostic>) -> Self {
        Fields::within(path, node, "", faults)
    }

    /// The fields of the map `name`.
    fn within(path: &'n SourcePath, node: &'n Node, name: &str, faults: &'r mut Vec<Diagnostic>) -> Self {
        let within = if name.is_empty() { String::new() } else { format!(" in `{name}`") };
        let mut entries: Vec<Entry<'n>> = Vec::new();
        match &node.value {
            Value::Map(map) => {
                for (key, value) in map {
                    let Value::Text(name) = &key.value else { continue };
                    if let Some(first) = entries.iter_mut().find(|entry| entry.key == name) {
                        let message = format!("`{name}` stands here twice; the last one counts");
                        faults.push(
                            Diagnostic::new(&codes::yaml::DUPLICATE_KEY, Place::new(path, key.bytes.clone()), message)
                                .label(Place::new(path, first.key_bytes.clone()), "the first one")
                                .help("delete the one that you do not want"),
                        );
                        first.key_bytes = key.bytes.clone();
                        first.node = value;
                    } else {
                        entries.push(Entry { key: name, key_bytes: key.bytes.clone(), node: value, is_read: false });
                    }
                }
            }
            Value::Empty => {}
            Value::Text(_) | Value::List(_) => faults.push(
                Diagnostic::new(
                    &codes::field::NOT_A_MAP,
                    Place::new(path, node.bytes.clone()),
                    format!("fields were expected here{within}"),
                )
                .help(forms::advice(name)),
            ),
        }
        let is_map = matches!(node.value, Value::Map(_) | Value::Empty);
        Fields {
            path,
            whole: node.bytes.clone(),
            entries,
            is_map,
            known: Vec::new(),
            missing: Vec::new(),
            within,
            unknown: &codes::field::UNKNOWN,
            faults,
        }
    }

    /// Whether there is something written that can hold fields.
    pub fn is_map(&self) -> bool {
        !self.entries.is_empty()
    }

    pub fn path(&self) -> &'n SourcePath {
        self.path
    }

    /// Whether the field is there and not empty.
    pub fn has(&mut self, name: &'static str) -> bool {
        self.known.push(name);
        self.entries.iter().any(|entry| entry.key == name && entry.node.value != Value::Empty)
    }

    /// Whether a key stands here, be it a field or not.
    pub fn names(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// The node of a field, unread; nothing where it is absent or empty.
    pub fn node(&mut self, name: &'static str) -> Option<&'n Node> {
        self.known.push(name);
        let entry = self.entries.iter_mut().find(|entry| entry.key == name)?;
        entry.is_read = true;
        (entry.node.value != Value::Empty).then_some(entry.node)
    }

    /// The key's own bytes, for messages about the field as a whole.
    pub fn key_bytes(&self, name: &str) -> Range<usize> {
        let entry = self.entries.iter().find(|entry| entry.key == name);
        entry.map_or(self.whole.start..self.whole.start, |entry| entry.key_bytes.clone())
    }

    /// Plain text on one line or several.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        self.located(name).map(|located| located.value)
    }

    /// Plain text with its place.
    pub fn located(&mut self, name: &'static str) -> Option<Located<String>> {
        let node = self.node(name)?;
        self.text_of(name, node)
    }

    /// Text that must be there.
    ///
    /// Reports: `field/missing`.
    pub fn required_text(&mut self, name: &'static str, example: &str) -> Option<String> {
        if !self.has(name) {
            self.missing(name, example);
            return None;
        }
        self.text(name)
    }

    /// Reports that a field must be there.
    pub fn missing(&mut self, name: &'static str, example: &str) {
        let bytes = self.whole.start..self.whole.start;
        let message = format!("`{name}` is missing{}", self.within);
        self.lacks(name, &codes::field::MISSING, bytes, message, format!("add `{example}`"));
    }

    /// Reports in words of its own that a field must be there.
    pub fn lacks(
        &mut self,
        name: &'static str,
        code: &'static codes::Code,
        bytes: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.is_map {
            let fault = Diagnostic::new(code, Place::new(self.path, bytes), message).help(help);
            self.missing.push((name, fault));
        }
    }

    /// Reports that the map as a whole is not what it should be; its keys are not told one by one then.
    pub fn not_of_form(&mut self, message: impl Into<String>, form: &str) {
        self.wrong(&codes::field::NOT_A_MAP, self.whole.clone(), message, format!("write it as in `{form}`"));
        self.entries.clear();
    }

    /// How many problems were found so far, in all fields.
    pub fn found(&self) -> usize {
        self.faults.len()
    }

    /// How many errors were found so far, in all fields.
    pub fn errors(&self) -> usize {
        self.faults.iter().filter(|fault| fault.severity == Severity::Error).count()
    }

    /// Whether a field that is not there is most likely the one that a key nobody asked for was meant to be. To be asked
    /// when everything was read.
    pub fn is_misspelt(&self, name: &str) -> bool {
        self.unread().any(|entry| self.meant(entry.key) == Some(name))
    }

    /// The entries that nobody asked for.
    fn unread(&self) -> impl Iterator<Item = &Entry<'n>> {
        self.entries.iter().filter(|entry| !self.known.contains(&entry.key))
    }

    /// The field that was most likely meant by a key: what is missing comes before what is not there, and that before what is
    /// there as well.
    fn meant(&self, key: &str) -> Option<&'static str> {
        let missing = self.missing.iter().map(|(name, _)| *name);
        let is_there = |name: &&str| self.entries.iter().any(|entry| entry.key == *name);
        nearest(key, missing)
            .or_else(|| nearest(key, self.known.iter().copied().filter(|name| !is_there(name))))
            .or_else(|| nearest(key, self.known.iter().copied()))
    }

    /// What is wrong with a key that nobody asked for, and what to write instead if it is near to a field.
    fn no_field(&self, key: &str, near: Option<&str>) -> (String, Option<String>) {
        match (near, invisible(key)) {
            (Some(near), Some(sign)) => {
                let message = format!("there is {sign} in the name of the field `{near}`, which cannot be seen");
                (message, Some(format!("delete the name and type it again: `{near}`")))
            }
            _ => {
                let help = near.map(|near| format!("did you mean `{near}`?"));
                (format!("there is no field `{key}`{}", self.within), help)
            }
        }
    }

    /// Reports what is missing; a key that was meant for it is told in its place, as serious as what is missing.
    fn report_missing(&mut self) -> Vec<&'n str> {
        let mut told = Vec::new();
        for (name, mut fault) in std::mem::take(&mut self.missing) {
            let slip = self.unread().find(|entry| nearest(entry.key, [name]).is_some());
            if let Some(entry) = slip.filter(|entry| !told.contains(&entry.key)) {
                fault = Diagnostic::new(
                    fault.code,
                    Place::new(self.path, entry.key_bytes.clone()),
                    self.no_field(entry.key, Some(name)).0,
                )
                .help(self.no_field(entry.key, Some(name)).1.unwrap_or_default());
                told.push(entry.key);
            }
            self.faults.push(fault);
        }
        told
    }

    /// A list of texts; a single text is a list of one.
    pub fn texts(&mut self, name: &'static str) -> Vec<Located<String>> {
        let Some(node) = self.node(name) else { return Vec::new() };
        match &node.value {
            Value::List(items) => items
                .iter()
                .filter(|item| item.value != Value::Empty)
                .filter_map(|item| self.text_of(name, item))
                .collect(),
            _ => self.text_of(name, node).into_iter().collect(),
        }
    }

    /// `true` or `false`, also written `yes` or `no`.
    pub fn flag(&mut self, name: &'static str) -> Option<bool> {
        let located = self.located(name)?;
        match located.value.to_lowercase().as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => {
                let message = format!("`{name}` is true or false, and `{}` is neither", located.value);
                self.wrong(&codes::field::NOT_YES_OR_NO, located.bytes, message, format!("write `{name}: true`"));
                None
            }
        }
    }

    /// A whole number that is not negative.
    pub fn number(&mut self, name: &'static str) -> Option<u32> {
        let located = self.located(name)?;
        let number = located.value.parse().ok();
        if number.is_none() {
            let message = format!("`{name}` is a whole number, and `{}` is not", located.value);
            let help = "write the number itself in digits, without a word beside it";
            self.wrong(&codes::field::NOT_A_NUMBER, located.bytes, message, help);
        }
        number
    }

    /// A date, or a date and time.
    pub fn when(&mut self, name: &'static str) -> Option<Located<When>> {
        let located = self.located(name)?;
        self.when_of(located)
    }

    /// A list of dates.
    pub fn whens(&mut self, name: &'static str) -> Vec<Located<When>> {
        self.texts(name).into_iter().filter_map(|located| self.when_of(located)).collect()
    }

    fn when_of(&mut self, located: Located<String>) -> Option<Located<When>> {
        match date::parse(&located.value) {
            Ok(value) => Some(Located { value, bytes: located.bytes }),
            Err(fault) => {
                self.wrong(&codes::field::NOT_A_DATE, located.bytes, fault.message, fault.help);
                None
            }
        }
    }

    /// A value that `read` makes of a text, or says why it cannot.
    pub fn parsed<T>(
        &mut self,
        name: &'static str,
        code: &'static codes::Code,
        read: impl Fn(&str) -> Result<T, date::Fault>,
    ) -> Option<Located<T>> {
        let located = self.located(name)?;
        match read(&located.value) {
            Ok(value) => Some(Located { value, bytes: located.bytes }),
            Err(fault) => {
                self.wrong(code, located.bytes, fault.message, fault.help);
                None
            }
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, name: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let located = self.located(name)?;
        self.choice_of(name, &located, choices)
    }

    /// A list of a few words.
    pub fn choices<T: Copy>(&mut self, name: &'static str, choices: &[(&str, T)]) -> Vec<T> {
        let texts = self.texts(name);
        texts.iter().filter_map(|located| self.choice_of(name, located, choices)).collect()
    }

    fn choice_of<T: Copy>(&mut self, name: &str, located: &Located<String>, choices: &[(&str, T)]) -> Option<T> {
        let written = located.value.to_lowercase().replace([' ', '_'], "-");
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == written) {
            return Some(*value);
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let message = format!("`{}` is nothing that `{name}` can be", located.value);
        let help = match nearest(&written, words.iter().copied()) {
            Some(word) => format!("did you mean `{word}`? It can be {}", one_of(&words)),
            None => format!("it can be {}", one_of(&words)),
        };
        self.wrong(&codes::field::NOT_ONE_OF, located.bytes.clone(), message, help);
        None
    }

    /// The fields of a nested map. Keys that `read` did not ask for are reported.
    pub fn map<T>(&mut self, name: &'static str, read: impl FnOnce(&mut Fields<'n, '_>) -> T) -> Option<T> {
        let node = self.node(name)?;
        Some(self.map_of(name, node, read))
    }

    /// A list of nested maps; a single map is a list of one.
    pub fn maps<T>(&mut self, name: &'static str, mut read: impl FnMut(&mut Fields<'n, '_>) -> T) -> Vec<T> {
        let Some(node) = self.node(name) else { return Vec::new() };
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        items.iter().map(|item| self.map_of(name, item, &mut read)).collect()
    }

    /// The entries of a map whose keys the writer chose, each with its node.
    pub fn entries(&mut self, name: &'static str) -> Vec<(Located<String>, &'n Node)> {
        let Some(node) = self.node(name) else { return Vec::new() };
        let Value::Map(map) = &node.value else {
            self.map_of(name, node, |_| ());
            return Vec::new();
        };
        let named = |(key, value): &'n (Node, Node)| match &key.value {
            Value::Text(text) => Some((Located { value: text.clone(), bytes: key.bytes.clone() }, value)),
            _ => None,
        };
        map.iter().filter_map(named).collect()
    }

    /// Reads the fields of a node that another method returned.
    pub fn map_of<T>(&mut self, name: &str, node: &'n Node, read: impl FnOnce(&mut Fields<'n, '_>) -> T) -> T {
        let mut fields = Fields::within(self.path, node, name, self.faults);
        let value = read(&mut fields);
        fields.finish();
        value
    }

    /// The text of a node that another method returned.
    pub fn text_of(&mut self, name: &str, node: &Node) -> Option<Located<String>> {
        match &node.value {
            Value::Text(text) => Some(Located { value: text.trim().to_owned(), bytes: node.bytes.clone() }),
            Value::Empty => None,
            Value::List(_) | Value::Map(_) => {
                let message = format!("`{name}` takes a single text here");
                let help = format!("write `{name}: ...` on one line");
                self.wrong(&codes::field::NOT_TEXT, node.bytes.clone(), message, help);
                None
            }
        }
    }

    /// Reports a fault of a value.
    pub fn wrong(
        &mut self,
        code: &'static codes::Code,
        bytes: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.faults.push(Diagnostic::new(code, Place::new(self.path, bytes), message).help(help));
    }

    /// Reports a fault that concerns more than one place.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.faults.push(diagnostic);
    }

    /// Reports every key that nobody asked for.
    pub fn finish(mut self) {
        let told = self.report_missing();
        let unread: Vec<Diagnostic> = self
            .unread()
            .filter(|entry| !told.contains(&entry.key))
            .map(|entry| {
                let (message, near) = self.no_field(entry.key, self.meant(entry.key));
                let help = match near {
                    Some(near) => near,
                    None => format!("the fields here are {}", all_of(&self.known)),
                };
                let place = Place::new(self.path, entry.key_bytes.clone());
                Diagnostic::new(self.unknown, place, message).help(help)
            })
            .collect();
        self.faults.extend(unread);
    }

    /// Says how `finish` reports the keys that nobody asked for, where one that has no effect would do harm.
    pub fn unknown_is(&mut self, code: &'static codes::Code) {
        self.unknown = code;
    }

    /// Takes out the keys that nobody asked for so far and of which `judge`, given the key and its text, says something.
    pub fn take_unasked<T>(
        &mut self,
        mut judge: impl FnMut(&'n str, Option<&'n str>) -> Option<T>,
    ) -> Vec<(&'n str, Range<usize>, T)> {
        let mut taken = Vec::new();
        let known = &self.known;
        self.entries.retain(|entry| {
            let text = match &entry.node.value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            };
            let judged = if known.contains(&entry.key) { None } else { judge(entry.key, text) };
            let stays = judged.is_none();
            taken.extend(judged.map(|judged| (entry.key, entry.key_bytes.clone(), judged)));
            stays
        });
        taken
    }

    /// The names that were asked for.
    pub fn asked(self) -> Vec<&'static str> {
        self.known
    }

    /// Whether a problem of that kind was found in the file so far.
    pub fn has_fault(&self, code: &codes::Code) -> bool {
        self.faults.iter().any(|fault| fault.code == code)
    }

    /// The keys that nobody asked for, for themes; one that is near a known key, or that people write for another
    /// one (`misplaced`, with what to write), is reported: nothing would be made of it.
    pub fn extra(mut self, misplaced: &[(&[&str], &str)]) -> Vec<(String, Node)> {
        let told = self.report_missing();
        let mut extra = Vec::new();
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&entry.key)) {
            let unread = self.known.iter().filter(|name| !self.entries.iter().any(|e| e.key == **name));
            let plain = entry.key.to_lowercase().replace(['-', ' '], "_");
            let elsewhere = misplaced.iter().find(|(names, _)| names.contains(&plain.as_str()));
            let (message, near) = self.no_field(entry.key, nearest(entry.key, unread.copied()));
            let help = elsewhere.map(|(_, help)| (*help).to_owned()).or(near);
            if let Some(help) = help.filter(|_| !told.contains(&entry.key)) {
                let place = Place::new(self.path, entry.key_bytes.clone());
                self.faults.push(Diagnostic::new(&codes::field::UNKNOWN, place, message).help(help));
            }
            extra.push((entry.key.to_owned(), entry.node.clone()));
        }
        extra
    }
}

/// `a`, `b` or `c`, each in back quotes.
pub fn one_of(words: &[&str]) -> String {
    listed(words, "or")
}

/// `a`, `b` and `c`, each in back quotes, in the order of the alphabet.
pub fn all_of(words: &[&str]) -> String {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.dedup();
    listed(&words, "and")
}

fn listed(words: &[&str], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, others)) => format!("{} {last} {end}", others.join(", ")),
    }
}
