//! The words of the site in one language: everything that program and theme say to readers.
//!
//! A word has a name of two parts (`event.when`) and says a text; `{name}` in the text is a place for a value.
//! Where a count decides how a language says it, a word has several forms, by the plural categories of the Unicode
//! CLDR (zero, one, two, few, many, other). Words are plain text, never HTML.
//!
//! **Invariant:** nothing here knows where words come from; `config::words` reads them.

mod dates;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use icu_plurals::{PluralCategory, PluralRules};
use icu_provider::prelude::icu_locale_core::Locale;

pub use dates::Dates;

/// What decides the form of a word: how many there are.
pub const COUNT: &str = "count";
/// What decides the form of a word: which one in a row it is.
pub const ORDINAL: &str = "ordinal";

/// All words of one language, by their names.
#[derive(Default)]
pub struct Words {
    /// The words of dates, found already.
    pub dates: Dates,
    words: BTreeMap<Box<str>, Word>,
    rules: Rules,
}

/// A word with its forms.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    /// By the plural category; a word that no count changes has the form `other` only.
    forms: BTreeMap<PluralCategory, Text>,
    /// The values that it may name: those of its English text.
    values: BTreeSet<Box<str>>,
}

/// A text with places for values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text(Vec<Piece>);

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    Said(Box<str>),
    /// The name of the value that stands here.
    Value(Box<str>),
}

/// How a language counts.
#[derive(Default)]
pub struct Rules {
    cardinal: Option<PluralRules>,
    ordinal: Option<PluralRules>,
}

/// A value that a word says.
#[derive(Clone, Copy, Debug)]
pub enum Value<'v> {
    Text(&'v str),
    Number(i64),
}

impl Words {
    pub fn new(words: BTreeMap<Box<str>, Word>, rules: Rules) -> Self {
        Words { dates: Dates::of(&words), words, rules }
    }

    /// A word without values; empty where there is none of that name.
    pub fn text(&self, name: &str) -> &str {
        match self.words.get(name).and_then(|word| word.forms.get(&PluralCategory::Other)).map(|text| &text.0[..]) {
            Some([Piece::Said(said)]) => said,
            _ => "",
        }
    }

    /// A word with its values; empty where there is none of that name, and so is a value that is not given.
    pub fn say(&self, name: &str, values: &[(&str, Value<'_>)]) -> String {
        let mut said = String::with_capacity(64);
        self.push(&mut said, name, values);
        said
    }

    /// Adds a word with its values to a text.
    pub fn push(&self, to: &mut String, name: &str, values: &[(&str, Value<'_>)]) {
        let number = |wanted: &str| {
            values.iter().find_map(|(name, value)| match value {
                Value::Number(number) if *name == wanted => Some(*number),
                _ => None,
            })
        };
        let Some(word) = self.words.get(name) else { return };
        for piece in self.pieces(word, number) {
            match piece {
                Piece::Said(said) => to.push_str(said),
                Piece::Value(name) => {
                    if let Some((_, value)) = values.iter().find(|(given, _)| *given == &**name) {
                        value.push(to);
                    }
                }
            }
        }
    }

    /// The parts of the form of a word that its count or place in a row asks for; `number` knows these by name.
    pub fn pieces<'w>(&'w self, word: &'w Word, number: impl Fn(&str) -> Option<i64>) -> &'w [Piece] {
        let category = match word.forms.len() {
            0 | 1 => PluralCategory::Other,
            _ => match (number(COUNT), number(ORDINAL)) {
                (Some(count), _) => self.rules.of_count(count),
                (None, Some(ordinal)) => self.rules.of_ordinal(ordinal),
                (None, None) => PluralCategory::Other,
            },
        };
        word.forms.get(&category).or_else(|| word.forms.get(&PluralCategory::Other)).map_or(&[], |text| &text.0)
    }

    pub fn get(&self, name: &str) -> Option<&Word> {
        self.words.get(name)
    }

    /// The names of all words, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(|name| &**name)
    }

    /// The words of a group by their names within it.
    pub fn group<'w>(&'w self, group: &'w str) -> impl Iterator<Item = (&'w str, &'w Word)> {
        self.words.iter().filter_map(move |(name, word)| {
            let name = name.strip_prefix(group)?.strip_prefix('.')?;
            Some((name, word))
        })
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Words").field(&self.words).finish()
    }
}

impl Word {
    /// A word of these forms; it may name the values that they name. What has more than one has a count.
    pub fn new(forms: BTreeMap<PluralCategory, Text>) -> Self {
        let mut values: BTreeSet<Box<str>> = forms.values().flat_map(Text::values).map(Box::from).collect();
        if forms.len() > 1 && !values.contains(ORDINAL) {
            values.insert(COUNT.into());
        }
        Word { forms, values }
    }

    /// The same word in other forms.
    pub fn with_forms(&self, forms: BTreeMap<PluralCategory, Text>) -> Self {
        Word { forms, values: self.values.clone() }
    }

    /// The names of the values that it says, or may say.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|value| &**value)
    }

    /// Whether a count or a place in a row may decide how it is said.
    pub fn is_counted(&self) -> bool {
        self.values.contains(COUNT) || self.values.contains(ORDINAL)
    }

    /// Its forms with the names of their categories: `one`, `other`.
    pub fn forms(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.forms.iter().map(|(category, text)| (category_name(*category), text.to_string()))
    }
}

impl Text {
    /// Reads a text; what stands in braces is the name of a value.
    pub fn read(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            if !before.is_empty() {
                pieces.push(Piece::Said(before.into()));
            }
            pieces.push(Piece::Value(name.trim().into()));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Said(rest.into()));
        }
        Text(pieces)
    }

    /// Adds the text, with what `value` adds in the place of each value.
    pub fn fill(&self, to: &mut String, value: impl Fn(&str, &mut String)) {
        for piece in &self.0 {
            match piece {
                Piece::Said(said) => to.push_str(said),
                Piece::Value(name) => value(name, to),
            }
        }
    }

    /// The names of its values.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Value(name) => Some(&**name),
            Piece::Said(_) => None,
        })
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Said(said) => f.write_str(said),
            Piece::Value(name) => write!(f, "{{{name}}}"),
        })
    }
}

impl Rules {
    /// The rules of a language (BCP 47); one that the CLDR does not know counts as `other` always.
    pub fn of(language: &str) -> Self {
        let locale: Option<Locale> = language.parse().ok();
        let rules = |read: fn(icu_plurals::PluralRulesPreferences) -> Result<PluralRules, _>| {
            locale.as_ref().and_then(|locale| read(locale.into()).ok())
        };
        Rules { cardinal: rules(PluralRules::try_new_cardinal), ordinal: rules(PluralRules::try_new_ordinal) }
    }

    fn of_count(&self, count: i64) -> PluralCategory {
        self.cardinal.as_ref().map_or(PluralCategory::Other, |rules| rules.category_for(count))
    }

    fn of_ordinal(&self, ordinal: i64) -> PluralCategory {
        self.ordinal.as_ref().map_or(PluralCategory::Other, |rules| rules.category_for(ordinal))
    }

    /// The categories in which the language says a word, in the order zero, one, two, few, many, other.
    pub fn categories(&self, word: &Word) -> BTreeSet<PluralCategory> {
        let rules = if word.values.contains(ORDINAL) { &self.ordinal } else { &self.cardinal };
        let known = rules.iter().flat_map(|rules| rules.categories());
        known.chain([PluralCategory::Other]).collect()
    }
}

/// The CLDR's name of a category.
pub fn category_name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

impl Value<'_> {
    fn push(self, to: &mut String) {
        match self {
            Value::Text(text) => to.push_str(text),
            Value::Number(number) => to.push_str(&number.to_string()),
        }
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Self {
        Value::Text(text)
    }
}

impl<'v> From<&'v String> for Value<'v> {
    fn from(text: &'v String) -> Self {
        Value::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Number(number)
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str, word: &[(PluralCategory, &str)]) -> Words {
        let forms = word.iter().map(|(category, text)| (*category, Text::read(text))).collect();
        Words::new(BTreeMap::from([("a.b".into(), Word::new(forms))]), Rules::of(language))
    }

    #[test]
    fn a_word_says_its_values() {
        let words = words("en", &[(PluralCategory::Other, "{count} of {total}, {nothing}.")]);
        assert_eq!(words.say("a.b", &[("count", 1_i64.into()), ("total", "two".into())]), "1 of two, .");
        assert_eq!(words.text("a.b"), "", "it has values");
        assert_eq!(words.say("a.c", &[]), "");
        assert_eq!(Text::read("a {b} c").to_string(), "a {b} c");
    }

    #[test]
    fn every_language_counts_in_its_own_way() {
        use PluralCategory::{Few, Many, One, Other, Two, Zero};
        let all = [(Zero, "0"), (One, "1"), (Two, "2"), (Few, "few"), (Many, "many"), (Other, "{count} other")];
        let check = |language: &str, expected: &[(i64, &str)]| {
            let words = words(language, &all);
            for (count, said) in expected {
                assert_eq!(words.say("a.b", &[("count", (*count).into())]), *said, "{language} {count}");
            }
        };
        check("en-GB", &[(0, "0 other"), (1, "1"), (2, "2 other")]);
        check("cy", &[(0, "0"), (1, "1"), (2, "2"), (3, "few"), (6, "many"), (7, "7 other")]);
        check("pl", &[(1, "1"), (3, "few"), (5, "many")]);
        check("ur", &[(1, "1"), (2, "2 other")]);
        check("not a language", &[(1, "1 other")]);
        let ordinals =
            words("en", &[(One, "{ordinal}st"), (Two, "{ordinal}nd"), (Few, "{ordinal}rd"), (Other, "{ordinal}th")]);
        let said = [1, 2, 3, 11, 22, 112].map(|number: i64| ordinals.say("a.b", &[("ordinal", number.into())]));
        assert_eq!(said, ["1st", "2nd", "3rd", "11th", "22nd", "112th"]);
    }

    #[test]
    fn a_form_that_is_not_there_is_the_other_one() {
        let words = words("cy", &[(PluralCategory::One, "un"), (PluralCategory::Other, "{count}")]);
        assert_eq!(words.say("a.b", &[("count", 2_i64.into())]), "2");
    }
}
