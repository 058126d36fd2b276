//! The words by which a page is found: in lower case, without accents, each once, with a weight.
//!
//! What a word is stands here and in the script, word for word the same, and a test compares the two. Endings are left
//! on: which words have one stem is decided where somebody searches, so there is one stemmer and not two.

use serde::{Deserialize, Serialize};
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

pub use postings::Postings;
pub use synonyms::Synonyms;
pub use words::WordSet;

mod postings;
mod synonyms;
pub mod words;

/// Words that say nothing about a page, in the order of letters.
pub const STOP_WORDS: [&str; 92] = [
    "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been", "before",
    "being", "but", "by", "can", "could", "did", "do", "does", "each", "for", "from", "get", "had", "has", "have",
    "he", "her", "here", "him", "his", "how", "if", "in", "into", "is", "it", "its", "ll", "may", "me", "more", "most",
    "my", "no", "not", "of", "on", "one", "or", "other", "our", "out", "over", "own", "re", "she", "so", "some",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "too",
    "up", "us", "ve", "very", "was", "we", "were", "what", "when", "which", "who", "will", "with", "you", "your",
];

/// Longer words, in bytes, are addresses and slips.
const LONGEST: usize = 40;
/// So many times in a text, and a word says more about it.
const OFTEN: u32 = 3;

/// Where a word stands: what it says about the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// In the text.
    Text = 0,
    /// Among tags, needs, areas, categories, places, providers and access facts, or often in the text.
    Label = 1,
    /// In the summary.
    Summary = 2,
    Title = 3,
}

impl Weight {
    /// The next lower one; a title stays what it is.
    pub fn less(self) -> Self {
        match self {
            Weight::Title => Weight::Title,
            Weight::Summary => Weight::Label,
            Weight::Label | Weight::Text => Weight::Text,
        }
    }
}

/// The words of a document in the order in which they come, as one text: each has a sign before it that says how many
/// bytes it has, and one from 1 to 4 behind it, its weight and one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Terms(Box<str>);

/// The beginnings of words that have a file of their own: one or two signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShardKey([u8; 2]);

impl Terms {
    /// The words of a text and of fields, each with the heaviest of its weights.
    pub fn of<'f>(text: &str, fields: impl IntoIterator<Item = (&'f str, Weight)>) -> Self {
        let mut gathered = Gathered::new();
        gathered.text(text, Weight::Text);
        for (field, weight) in fields {
            gathered.text(field, weight);
        }
        gathered.finish()
    }

    /// The terms of words with their weights, as `iter` gives them.
    fn written<'t>(words: impl Iterator<Item = (&'t [u8], u8)>) -> Self {
        let mut bytes = Vec::new();
        for (word, weight) in words {
            bytes.push(word.len() as u8);
            bytes.extend_from_slice(word);
            bytes.push(1 + weight);
        }
        Terms(String::from_utf8(bytes).unwrap_or_default().into_boxed_str())
    }

    /// Each word, once, with its weight.
    pub fn iter(&self) -> impl Iterator<Item = Term<'_>> {
        let mut rest = self.0.as_bytes();
        std::iter::from_fn(move || {
            let (length, after) = rest.split_first()?;
            let (word, after) = after.split_at_checked(usize::from(*length))?;
            let start = words::start_within(&rest[1..], word.len());
            let (weight, after) = after.split_first()?;
            rest = after;
            Some(Term { start, word, weight: weight - 1 })
        })
    }
}

/// A word of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term<'t> {
    /// As `WordSet` wants it.
    pub start: u128,
    pub word: &'t [u8],
    /// From 0 to 3.
    pub weight: u8,
}

impl ShardKey {
    /// Where a word stands, by its first `depth` letters: 1 or 2. What is no small letter of English is `_`.
    pub fn of(word: &[u8], depth: usize) -> Self {
        let is_first_of_letter = |byte: &u8| byte & 0xc0 != 0x80;
        let sign = |byte: u8| if byte.is_ascii_lowercase() { byte } else { b'_' };
        let mut signs = word.iter().copied().filter(is_first_of_letter).map(sign);
        let mut next = || signs.next().unwrap_or(b'_');
        ShardKey([next(), if depth > 1 { next() } else { b' ' }])
    }

    /// `b`, or `be`: as it stands in the name of the shard's file.
    pub fn name(self) -> String {
        self.0.iter().map(|byte| char::from(*byte)).filter(|sign| *sign != ' ').collect()
    }
}

/// Words while they are gathered, with what is told of each. The first are the stop words.
struct Gathered {
    words: WordSet,
    told: Vec<Told>,
}

#[derive(Clone, Copy)]
struct Told {
    count: u32,
    weight: Weight,
}

impl Gathered {
    fn new() -> Self {
        let mut gathered = Gathered { words: WordSet::default(), told: Vec::with_capacity(512) };
        for word in STOP_WORDS {
            gathered.add(words::start(word.as_bytes()), word.as_bytes(), Weight::Text);
        }
        gathered
    }

    fn text(&mut self, text: &str, weight: Weight) {
        let bytes = text.as_bytes();
        let mut from = 0;
        while let Some(rest) = bytes.get(from..).filter(|rest| !rest.is_empty()) {
            let (start, length) = words::ascii(rest);
            let between = match rest[length..] {
                // Quotation marks, dashes and their like, U+2000 to U+203F.
                [0xe2, 0x80, ..] => 3,
                [beyond, ..] if !beyond.is_ascii() => {
                    from = self.beyond_ascii(text, from, weight);
                    continue;
                }
                _ => 1,
            };
            if length > 1 {
                self.add(start, &rest[..length], weight);
            }
            from += length + between;
        }
    }

    /// Takes a word with letters beyond ASCII: in lower case, without accents. Returns where it ends.
    fn beyond_ascii(&mut self, text: &str, from: usize, weight: Weight) -> usize {
        let mut word = String::new();
        let mut at = from;
        for sign in text[from..].chars() {
            if !(sign.is_alphanumeric() || is_combining_mark(sign)) {
                at += if word.is_empty() { sign.len_utf8() } else { 0 };
                break;
            }
            at += sign.len_utf8();
            for small in sign.to_lowercase() {
                decompose_canonical(small, |part| word.extend(Some(part).filter(|part| !is_combining_mark(*part))));
            }
        }
        if word.len() > 1 {
            self.add(words::start(word.as_bytes()), word.as_bytes(), weight);
        }
        at
    }

    fn add(&mut self, start: u128, word: &[u8], weight: Weight) {
        if word.len() > LONGEST {
            return;
        }
        match self.told.get_mut(self.words.number(start, word)) {
            Some(told) => *told = Told { count: told.count + 1, weight: told.weight.max(weight) },
            None => self.told.push(Told { count: 1, weight }),
        }
    }

    fn finish(self) -> Terms {
        let mut bytes = Vec::with_capacity(self.told.len() * 10);
        for (number, Told { count, weight }) in self.told.into_iter().enumerate().skip(STOP_WORDS.len()) {
            let is_often = count >= OFTEN && weight == Weight::Text;
            bytes.push(self.words.length(number) as u8);
            self.words.write(number, &mut bytes);
            bytes.push(1 + if is_often { Weight::Label } else { weight } as u8);
        }
        Terms(String::from_utf8(bytes).unwrap_or_default().into_boxed_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each word with its weight behind it.
    fn words_of(terms: &Terms) -> String {
        let words: Vec<String> =
            terms.iter().map(|term| format!("{}{}", String::from_utf8_lossy(term.word), term.weight)).collect();
        words.join(" ")
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(words_of(&Terms::of(text, [])), expected, "{text}");
    }

    #[test]
    fn words_are_small_letters_without_accents_and_each_once() {
        check("", "");
        check("Tea, tea and Talk: the TEA-room.", "tea1 talk0 room0");
        check("The carer’s bus; don't!", "carer0 bus0 don0");
        check("“tea”–talk… ‘é’", "tea0 talk0");
        check("é“tea”ŵ–talk", "tea0 talk0");
        check("Café Ŵyl e\u{301}te\u{301} Straße", "cafe0 wyl0 ete0 straße0");
        check("a 1 22 111", "220 1110");
        check("茶話会 tea", "茶話会0 tea0");
        check(&"x".repeat(41), "");
        check(
            "Befriendingsixteenth BefriendingSIXTEENTHS befriendingsixteenth",
            "befriendingsixteenth0 befriendingsixteenths0",
        );
        check("Befriendinges Befriendinges É befriendingÉs aé’b1", "befriendinges1 ae0 b10");
        check("befriend befriending befriends befrienders", "befriend0 befriending0 befriends0 befrienders0");
    }

    #[test]
    fn many_words_are_all_found_again() {
        let words: [String; 3000] = std::array::from_fn(|at| format!("word{at:04}x"));
        let terms = Terms::of(&format!("{} {}", words.join(" "), words.join("-")), []);
        assert_eq!(words_of(&terms), words.map(|word| word + "0").join(" "));
    }

    #[test]
    fn fields_weigh_more_than_the_text() {
        let terms = Terms::of(
            "tea tea tea talk walk",
            [("Tea and Talk", Weight::Title), ("company", Weight::Label), ("walk", Weight::Summary)],
        );
        assert_eq!(words_of(&terms), "tea3 talk3 walk2 company1");
    }

    #[test]
    fn shards_are_named_by_the_beginnings_of_words() {
        let shards = |depth| {
            let words = ["bus", "bench", "22", "øl", "茶話会", "b2"];
            words.map(|word| ShardKey::of(word.as_bytes(), depth).name()).join(" ")
        };
        assert_eq!(shards(1), "b b _ _ _ b");
        assert_eq!(shards(2), "bu be __ _l __ b_");
    }
}
