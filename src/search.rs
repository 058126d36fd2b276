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

/// The words of a document in the order of their bytes, as one text: each has a sign before it that says how many bytes
/// it has, and one from 1 to 4 behind it, its weight and one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Terms(Box<str>);

/// The beginnings of words that have a file of their own: one or two signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShardKey([u8; 2]);

impl Terms {
    /// The words of a text and of fields, each with the heaviest of its weights.
    pub fn of<'f>(text: &str, fields: impl IntoIterator<Item = (&'f str, Weight)>) -> Self {
        let mut gathered = Gathered::default();
        gathered.text(text, Weight::Text);
        for (field, weight) in fields {
            gathered.text(field, weight);
        }
        gathered.finish()
    }

    /// Each word with its weight from 0 to 3.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u8)> {
        entries(&self.0).map(word_and_weight)
    }

    /// The shards that have words of these, each with the place where its words begin and with them as one text, which
    /// is the same where they are the same.
    pub fn by_shard(&self, depth: usize) -> impl Iterator<Item = (ShardKey, usize, &str)> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let (start, (key, stretch)) = (from, self.stretch(from, depth)?);
            from += stretch.len();
            Some((key, start, stretch))
        })
    }

    /// The words of the shard that begins at a place that `by_shard` named, with their weights.
    pub fn from(&self, place: usize, depth: usize) -> impl Iterator<Item = (&str, u8)> {
        let stretch = self.stretch(place, depth).map_or("", |(_, stretch)| stretch);
        entries(stretch).map(word_and_weight)
    }

    fn stretch(&self, from: usize, depth: usize) -> Option<(ShardKey, &str)> {
        let bytes = self.0.as_bytes();
        let key = |at: usize| bytes.get(at + 1..).filter(|rest| !rest.is_empty()).map(|rest| ShardKey::of(rest, depth));
        let own = key(from)?;
        let mut to = from;
        while key(to) == Some(own) {
            to += usize::from(bytes[to]) + 2;
        }
        Some((own, self.0.get(from..to)?))
    }
}

/// Each word with the signs around it.
fn entries(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let length = usize::from(*rest.as_bytes().first()?) + 2;
        let (entry, after) = rest.split_at_checked(length)?;
        rest = after;
        Some(entry)
    })
}

fn word_and_weight(entry: &str) -> (&str, u8) {
    let last = entry.len() - 1;
    (&entry[1..last], entry.as_bytes()[last] - 1)
}

impl ShardKey {
    /// Where a word stands, by its first `depth` signs: 1 or 2.
    fn of(word: &[u8], depth: usize) -> Self {
        let sign = |at: usize| SHARD_SIGNS[usize::from(word.get(at).copied().unwrap_or_default())];
        ShardKey([sign(0), if depth > 1 { sign(1) } else { b' ' }])
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

/// Small letters are themselves, digits `0`, and all else `_`.
const SHARD_SIGNS: [u8; 256] = {
    let mut signs = [b'_'; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_lowercase() {
            signs[byte] = byte as u8;
        } else if (byte as u8).is_ascii_digit() {
            signs[byte] = b'0';
        }
        byte += 1;
    }
    signs
};

/// Words while they are gathered: each once. A document has hundreds, and there are many documents, so every
/// instruction for a letter counts.
#[derive(Default)]
struct Gathered {
    /// The letters of words of more than sixteen bytes.
    letters: Vec<u8>,
    words: Vec<Word>,
    /// Where words stand by the hash of their letters, plus one; 0 where there is none. A power of two.
    places: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Word {
    /// The first sixteen bytes, as numbers that sort as they do.
    start: [u64; 2],
    /// Where it stands in `letters`.
    from: u32,
    length: u32,
    count: u32,
    weight: Weight,
}

impl Gathered {
    fn text(&mut self, text: &str, weight: Weight) {
        let bytes = text.as_bytes();
        let mut from = 0;
        while let Some(rest) = bytes.get(from..).filter(|rest| !rest.is_empty()) {
            let (first, mut length) = Eight::at(rest).word();
            let mut start = [first, 0];
            if length == 8 {
                let (second, more) = Eight::at(&rest[8..]).word();
                start[1] = second;
                length += more;
            }
            if length == 16 {
                let is_between = |byte: &u8| !byte.is_ascii_alphanumeric();
                length = rest.iter().position(is_between).unwrap_or(rest.len());
            }
            if rest.get(length).is_some_and(|byte| !byte.is_ascii()) {
                from = self.beyond_ascii(text, from, weight);
                continue;
            }
            if length > 1 {
                self.add(&rest[..length], start, weight);
            }
            from += length + 1;
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
            let bytes = word.as_bytes();
            self.add(bytes, [Eight::at(bytes).0, Eight::at(bytes.get(8..).unwrap_or_default()).0], weight);
        }
        at
    }

    /// Takes a word; `start` are its first sixteen bytes in lower case.
    fn add(&mut self, word: &[u8], start: [u64; 2], weight: Weight) {
        if word.len() > LONGEST {
            return;
        }
        if self.places.len() < self.words.len() * 2 + 2 {
            self.grow();
        }
        let mask = self.places.len() - 1;
        let mut place = hash(start, word.len() as u32) & mask;
        while let Some(known) = (self.places[place] as usize).checked_sub(1) {
            let known = &mut self.words[known];
            let whole = || &self.letters[known.from as usize..(known.from + known.length) as usize];
            if known.start == start
                && known.length as usize == word.len()
                && (word.len() <= 16 || whole().eq_ignore_ascii_case(word))
            {
                known.count += 1;
                known.weight = known.weight.max(weight);
                return;
            }
            place = (place + 1) & mask;
        }
        let (from, length) = (self.letters.len() as u32, word.len() as u32);
        if word.len() > 16 {
            self.letters.extend(word.iter().map(u8::to_ascii_lowercase));
        }
        self.words.push(Word { start, from, length, count: 1, weight });
        self.places[place] = self.words.len() as u32;
    }

    fn grow(&mut self) {
        self.places = vec![0; (self.words.len() * 4).next_power_of_two().max(1024)];
        let mask = self.places.len() - 1;
        for (at, word) in self.words.iter().enumerate() {
            let mut place = hash(word.start, word.length) & mask;
            while self.places[place] != 0 {
                place = (place + 1) & mask;
            }
            self.places[place] = at as u32 + 1;
        }
    }

    fn finish(self) -> Terms {
        let whole = |word: &Word| &self.letters[word.from as usize..(word.from + word.length) as usize];
        let rest = |word: &Word| if word.length > 16 { whole(word) } else { &[] };
        let is_stop_word = |word: &&Word| word.length <= 8 && STARTS.binary_search(&word.start[0]).is_ok();
        let mut order: Vec<(u64, &Word)> =
            self.words.iter().filter(|word| !is_stop_word(word)).map(|word| (word.start[0], word)).collect();
        order.sort_unstable_by(|(a, one), (b, other)| {
            a.cmp(b).then_with(|| one.start[1].cmp(&other.start[1]).then_with(|| rest(one).cmp(rest(other))))
        });
        let mut bytes = Vec::with_capacity(self.words.len() * 12);
        for (_, word) in order {
            bytes.push(word.length as u8);
            if word.length > 16 {
                bytes.extend_from_slice(whole(word));
            } else {
                let start = (u128::from(word.start[0]) << 64 | u128::from(word.start[1])).to_be_bytes();
                bytes.extend_from_slice(&start[..word.length as usize]);
            }
            let is_often = word.count >= OFTEN && word.weight == Weight::Text;
            bytes.push(1 + if is_often { Weight::Summary } else { word.weight } as u8);
        }
        Terms(String::from_utf8(bytes).unwrap_or_default().into_boxed_str())
    }
}

/// Eight bytes as a number that sorts as they do; zeros stand for those beyond the end.
#[derive(Clone, Copy)]
struct Eight(u64);

impl Eight {
    fn at(bytes: &[u8]) -> Self {
        match bytes.first_chunk() {
            Some(eight) => Eight(u64::from_be_bytes(*eight)),
            None => {
                let mut eight = [0; 8];
                eight[..bytes.len()].copy_from_slice(bytes);
                Eight(u64::from_be_bytes(eight))
            }
        }
    }

    /// The ASCII letters and digits that it begins with, in lower case, and how many they are.
    ///
    /// All eight at once: adding lifts the bytes from a bound on above 127, and no byte carries into the next.
    fn word(self) -> (u64, usize) {
        const EACH: u64 = 0x0101_0101_0101_0101;
        const TOP: u64 = 0x80 * EACH;
        let from = |bytes: u64, bound: u8| bytes + u64::from(128 - bound) * EACH;
        let seven = self.0 & !TOP;
        // Small letters and digits have this bit already, and no other sign becomes one of them by it.
        let small = seven | (u64::from(b' ') * EACH);
        let letters = from(small, b'a') & !from(small, b'z' + 1);
        let digits = from(seven, b'0') & !from(seven, b'9' + 1);
        let between = !(letters | digits) | self.0;
        let length = (between & TOP).leading_zeros() as usize / 8;
        (if length == 8 { small } else { small & !(u64::MAX >> (8 * length)) }, length)
    }
}

fn hash(start: [u64; 2], length: u32) -> usize {
    let seed = start[0] ^ start[1].rotate_left(29) ^ u64::from(length);
    let mixed = u128::from(seed) * 0x9e37_79b9_7f4a_7c15;
    (mixed >> 64) as usize ^ mixed as usize
}

const STARTS: [u64; STOP_WORDS.len()] = {
    let mut starts = [0; STOP_WORDS.len()];
    let mut at = 0;
    while at < starts.len() {
        let word = STOP_WORDS[at].as_bytes();
        let mut letter = 0;
        while letter < 8 {
            starts[at] = starts[at] << 8 | if letter < word.len() { word[letter] as u64 } else { 0 };
            letter += 1;
        }
        at += 1;
    }
    starts
};

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let terms = Terms::of(text, []);
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
        check(
            "Befriendingsixteenth BefriendingSIXTEENTHS befriendingsixteenth",
            "befriendingsixteenth0 befriendingsixteenths0",
        );
        check("Befriendinges Befriendinges É befriendingÉs aé’b1", "ae0 b10 befriendinges1");
        check("befriend befriending befriends befrienders", "befriend0 befrienders0 befriending0 befriends0");
    }

    #[test]
    fn many_words_are_all_found_again() {
        let words: Vec<String> = (0..3000).map(|at| format!("word{at:04}")).collect();
        let terms = Terms::of(&format!("{} {}", words.join(" "), words.join("-")), []);
        assert!(terms.iter().map(|(word, _)| word).eq(words.iter().map(String::as_str)));
    }

    #[test]
    fn fields_weigh_more_than_the_text() {
        let terms = Terms::of(
            "tea tea tea talk walk",
            [("Tea and Talk", Weight::Title), ("company", Weight::Label), ("walk", Weight::Summary)],
        );
        let words: Vec<String> = terms.iter().map(|(word, weight)| format!("{word}{weight}")).collect();
        assert_eq!(words.join(" "), "company2 talk3 tea3 walk1");
    }

    #[test]
    fn shards_are_stretches_of_the_words() {
        let terms = Terms::of("bus bench book 22 ŵyl école", []);
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
