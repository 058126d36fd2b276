//! The words by which a page is found: in lower case, without accents, each once, with a weight.
//!
//! What a word is stands here and in `search.js`, word for word the same, and a test compares the two. Endings are left
//! on: which words have one stem is decided where somebody searches, so there is one stemmer and not two.

use serde::{Deserialize, Serialize};
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Words that say nothing about a page, in the order of letters, none longer than eight bytes.
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
    /// In the summary, or often in the text.
    Summary = 1,
    /// Among tags, needs, areas, categories, places and providers.
    Label = 2,
    Title = 3,
}

/// The words of a document in the order of their bytes, each followed by a byte from 1 to 4: its weight and one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Terms(Box<str>);

/// The beginnings of words that have a file of their own: one or two signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShardKey([u8; 2]);

impl Terms {
    /// The words of a text.
    pub fn of_text(text: &str) -> Self {
        let mut gathered = Gathered::default();
        gathered.text(text, Weight::Text);
        gathered.finish()
    }

    /// These words and those of fields, each with the heavier weight where it is in both.
    pub fn with_fields<'f>(&self, fields: impl IntoIterator<Item = (&'f str, Weight)>) -> Self {
        let mut gathered = Gathered::default();
        for (text, weight) in fields {
            gathered.text(text, weight);
        }
        let fields = gathered.finish();
        let mut merged = String::with_capacity(self.0.len() + fields.0.len());
        let (mut these, mut those) = (self.entries().peekable(), fields.entries().peekable());
        loop {
            let order = match (these.peek(), those.peek()) {
                (Some(this), Some(that)) => word_of(this).cmp(word_of(that)),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => return Terms(merged.into_boxed_str()),
            };
            // The heavier of two entries of one word is the greater text.
            let entry = match order {
                std::cmp::Ordering::Less => these.next(),
                std::cmp::Ordering::Greater => those.next(),
                std::cmp::Ordering::Equal => these.next().max(those.next()),
            };
            merged.push_str(entry.unwrap_or_default());
        }
    }

    /// Each word with its weight from 0 to 3.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u8)> {
        self.entries().map(weighted)
    }

    /// The shards that have words of these, each with the place where its words begin and with them as one text, which
    /// is the same where they are the same.
    pub fn by_shard(&self, depth: usize) -> impl Iterator<Item = (ShardKey, usize, &str)> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let (start, stretch) = (from, self.stretch(from, depth));
            from += stretch.len();
            Some((ShardKey::of(stretch, depth)?, start, stretch))
        })
    }

    /// The words of the shard that begins at a place that `by_shard` named, with their weights.
    pub fn from(&self, place: usize, depth: usize) -> impl Iterator<Item = (&str, u8)> {
        entries(self.stretch(place, depth)).map(weighted)
    }

    fn stretch(&self, from: usize, depth: usize) -> &str {
        let rest = self.0.get(from..).unwrap_or_default();
        let key = ShardKey::of(rest, depth);
        let length = entries(rest).take_while(|entry| ShardKey::of(entry, depth) == key).map(str::len).sum();
        &rest[..length]
    }

    fn entries(&self) -> impl Iterator<Item = &str> {
        entries(&self.0)
    }
}

fn entries(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.bytes().position(|byte| byte <= 4)?;
        let (entry, after) = rest.split_at(end + 1);
        rest = after;
        Some(entry)
    })
}

fn weighted(entry: &str) -> (&str, u8) {
    (word_of(entry), entry.as_bytes()[entry.len() - 1] - 1)
}

fn word_of(entry: &str) -> &str {
    &entry[..entry.len() - 1]
}

impl ShardKey {
    /// Where a word stands, by its first `depth` signs (1 or 2); nothing for an empty text.
    fn of(word: &str, depth: usize) -> Option<Self> {
        let bytes = word.as_bytes();
        let sign = |at: usize| match bytes.get(at) {
            Some(byte) if byte.is_ascii_lowercase() => *byte,
            Some(byte) if byte.is_ascii_digit() => b'0',
            _ => b'_',
        };
        bytes.first().map(|_| ShardKey([sign(0), if depth > 1 { sign(1) } else { b' ' }]))
    }

    /// Keys by number: from 0 and below `NUMBERS`.
    pub fn number(self) -> usize {
        let number = |sign: u8| match sign {
            b'a'..=b'z' => usize::from(sign - b'a') + 3,
            b'0' => 2,
            b'_' => 1,
            _ => 0,
        };
        number(self.0[0]) * 29 + number(self.0[1])
    }

    pub const NUMBERS: usize = 29 * 29;

    /// `b`, or `be`: as it stands in the name of the shard's file.
    pub fn name(self) -> String {
        self.0.iter().map(|byte| char::from(*byte)).filter(|sign| *sign != ' ').collect()
    }
}

/// Words while they are gathered: each once.
#[derive(Default)]
struct Gathered {
    /// The letters of every word, and of the one that is being read.
    letters: Vec<u8>,
    words: Vec<Word>,
    /// Where words stand by the hash of their letters, plus one; 0 where there is none. A power of two.
    places: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Word {
    /// The first eight bytes, as a number that sorts as they do.
    start: u64,
    from: u32,
    to: u32,
    count: u32,
    weight: Weight,
}

impl Gathered {
    fn text(&mut self, text: &str, weight: Weight) {
        let bytes = text.as_bytes();
        let mut from = self.letters.len();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                self.letters.push(byte.to_ascii_lowercase());
                at += 1;
                continue;
            }
            let sign = if byte.is_ascii() { None } else { text[at..].chars().next() };
            at += sign.map_or(1, char::len_utf8);
            match sign {
                Some(sign) if is_combining_mark(sign) => {}
                Some(sign) if sign.is_alphanumeric() => self.push(sign),
                _ => {
                    self.end_word(from, weight);
                    from = self.letters.len();
                }
            }
        }
        self.end_word(from, weight);
    }

    /// A letter beyond ASCII: small, and without its accent.
    fn push(&mut self, sign: char) {
        for small in sign.to_lowercase() {
            decompose_canonical(small, |part| {
                if !is_combining_mark(part) {
                    self.letters.extend_from_slice(part.encode_utf8(&mut [0; 4]).as_bytes());
                }
            });
        }
    }

    fn end_word(&mut self, from: usize, weight: Weight) {
        if self.places.len() < self.words.len() * 2 + 2 {
            self.grow();
        }
        let length = self.letters.len() - from;
        let (letters, to) = (&self.letters[from..], self.letters.len());
        let start = start(letters);
        if !(2..=LONGEST).contains(&length) || (length <= 8 && STARTS.binary_search(&start).is_ok()) {
            return self.letters.truncate(from);
        }
        let mask = self.places.len() - 1;
        let mut place = hash(start, letters) & mask;
        loop {
            let Some(known) = (self.places[place] as usize).checked_sub(1) else { break };
            let word = &mut self.words[known];
            if word.start == start && self.letters[word.from as usize..word.to as usize] == self.letters[from..] {
                word.count += 1;
                word.weight = word.weight.max(weight);
                return self.letters.truncate(from);
            }
            place = (place + 1) & mask;
        }
        self.words.push(Word { start, from: from as u32, to: to as u32, count: 1, weight });
        self.places[place] = self.words.len() as u32;
    }

    fn grow(&mut self) {
        self.places = vec![0; (self.words.len() * 4).next_power_of_two().max(64)];
        let mask = self.places.len() - 1;
        for (at, word) in self.words.iter().enumerate() {
            let mut place = hash(word.start, &self.letters[word.from as usize..word.to as usize]) & mask;
            while self.places[place] != 0 {
                place = (place + 1) & mask;
            }
            self.places[place] = at as u32 + 1;
        }
    }

    fn finish(mut self) -> Terms {
        let letters = &self.letters;
        let word = |word: &Word| &letters[word.from as usize..word.to as usize];
        self.words.sort_unstable_by(|a, b| a.start.cmp(&b.start).then_with(|| word(a).cmp(word(b))));
        let mut bytes = Vec::with_capacity(self.letters.len() + self.words.len());
        for found in &self.words {
            bytes.extend_from_slice(word(found));
            let is_often = found.count >= OFTEN && found.weight == Weight::Text;
            bytes.push(1 + if is_often { Weight::Summary } else { found.weight } as u8);
        }
        Terms(String::from_utf8(bytes).unwrap_or_default().into_boxed_str())
    }
}

/// The first eight bytes of a word as a number.
const fn start(letters: &[u8]) -> u64 {
    let mut start = 0;
    let mut at = 0;
    while at < 8 {
        start = start << 8 | if at < letters.len() { letters[at] as u64 } else { 0 };
        at += 1;
    }
    start
}

fn hash(start: u64, letters: &[u8]) -> usize {
    let last = letters.last().map_or(0, |byte| u64::from(*byte));
    let mixed = (start ^ (letters.len() as u64) << 3 ^ last << 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as usize
}

const STARTS: [u64; STOP_WORDS.len()] = {
    let mut starts = [0; STOP_WORDS.len()];
    let mut at = 0;
    while at < starts.len() {
        starts[at] = start(STOP_WORDS[at].as_bytes());
        at += 1;
    }
    starts
};

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let terms = Terms::of_text(text);
        let words: Vec<String> = terms.iter().map(|(word, weight)| format!("{word}{weight}")).collect();
        assert_eq!(words.join(" "), expected, "{text}");
    }

    #[test]
    fn stop_words_are_in_order() {
        assert!(STARTS.is_sorted());
        assert!(STOP_WORDS.iter().all(|word| (2..=8).contains(&word.len())));
    }

    #[test]
    fn words_are_small_letters_without_accents_and_each_once() {
        check("", "");
        check("Tea, tea and Talk: the TEA-room.", "room0 talk0 tea1");
        check("The carer’s bus; don't!", "bus0 carer0 don0");
        check("Café Ŵyl e\u{301}te\u{301} Straße", "cafe0 ete0 straße0 wyl0");
        check("a 1 22 111", "1110 220");
        check("茶話会 tea", "tea0 茶話会0");
        check(&"x".repeat(41), "");
        check("befriend befriending befriends befrienders", "befriend0 befrienders0 befriending0 befriends0");
    }

    #[test]
    fn many_words_are_all_found_again() {
        let words: Vec<String> = (0..3000).map(|at| format!("word{at:04}")).collect();
        let terms = Terms::of_text(&format!("{} {}", words.join(" "), words.join("-")));
        assert!(terms.iter().map(|(word, _)| word).eq(words.iter().map(String::as_str)));
    }

    #[test]
    fn fields_weigh_more_than_the_text() {
        let terms = Terms::of_text("tea tea tea talk walk").with_fields([
            ("Tea and Talk", Weight::Title),
            ("company", Weight::Label),
            ("walk", Weight::Summary),
        ]);
        let words: Vec<String> = terms.iter().map(|(word, weight)| format!("{word}{weight}")).collect();
        assert_eq!(words.join(" "), "company2 talk3 tea3 walk1");
    }

    #[test]
    fn shards_are_stretches_of_the_words() {
        let terms = Terms::of_text("bus bench book 22 ŵyl école");
        let shards = |depth| -> Vec<String> {
            let shards = terms.by_shard(depth);
            shards.map(|(key, _, words)| format!("{}:{}", key.name(), entries(words).count())).collect()
        };
        assert_eq!(shards(1).join(" "), "0:1 b:3 e:1 w:1");
        assert_eq!(shards(2).join(" "), "00:1 be:1 bo:1 bu:1 ec:1 wy:1");
        let place = terms.by_shard(2).nth(2).unwrap().1;
        assert!(terms.from(place, 2).eq([("book", 0)]));
    }
}
