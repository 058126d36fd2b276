//! A set of words that gives each a number: the innermost loop of search, so every instruction counts.
//!
//! A word is known by its first sixteen bytes, as one number that sorts as they do; only longer words are compared by
//! their letters.

/// Words, each once, numbered from 0 in the order in which they came.
pub struct WordSet {
    words: Vec<Word>,
    /// The letters of words of more than sixteen bytes.
    letters: Vec<u8>,
    /// Where words stand by the hash of their start, plus one; 0 where there is none. A power of two, at most half full.
    places: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Word {
    start: u128,
    /// Where it stands in `letters`, if it is long.
    from: u32,
    length: u32,
}

/// So many bytes are in a start.
const START: usize = 16;

/// Places at first: enough for the words of most documents.
const PLACES: usize = 1024;

impl Default for WordSet {
    fn default() -> Self {
        WordSet { words: Vec::with_capacity(PLACES / 2), letters: Vec::new(), places: vec![0; PLACES] }
    }
}

impl WordSet {
    /// The number of a word in small letters, which is the next one where it is new. Of a word longer than its start,
    /// ASCII letters may be large.
    #[inline]
    pub fn number(&mut self, start: u128, word: &[u8]) -> usize {
        let mask = self.places.len() - 1;
        let length = word.len() as u32;
        let mut place = hash(start, length) & mask;
        while let Some(number) = (self.places[place] as usize).checked_sub(1) {
            let known = &self.words[number];
            let is_it = known.start == start && known.length == length;
            if is_it && (word.len() <= START || self.whole(known).eq_ignore_ascii_case(word)) {
                return number;
            }
            place = (place + 1) & mask;
        }
        self.add(start, word, place)
    }

    fn add(&mut self, start: u128, word: &[u8], place: usize) -> usize {
        let from = self.letters.len() as u32;
        if word.len() > START {
            self.letters.extend(word.iter().map(u8::to_ascii_lowercase));
        }
        self.words.push(Word { start, from, length: word.len() as u32 });
        self.places[place] = self.words.len() as u32;
        if self.words.len() * 2 > self.places.len() {
            self.grow();
        }
        self.words.len() - 1
    }

    /// All numbers, in the order of their words.
    pub fn sorted(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.words.len()).collect();
        let rest = |word: &Word| if word.length as usize > START { self.whole(word) } else { &[] };
        order.sort_unstable_by(|a, b| {
            let (a, b) = (&self.words[*a], &self.words[*b]);
            a.start.cmp(&b.start).then_with(|| rest(a).cmp(rest(b)))
        });
        order
    }

    /// How many bytes a word has.
    pub fn length(&self, number: usize) -> usize {
        self.words[number].length as usize
    }

    /// Appends the letters of a word.
    pub fn write(&self, number: usize, out: &mut Vec<u8>) {
        let word = &self.words[number];
        let length = word.length as usize;
        if length > START {
            return out.extend_from_slice(self.whole(word));
        }
        // All sixteen bytes, always: quicker than as many as there are.
        out.extend_from_slice(&word.start.to_be_bytes());
        out.truncate(out.len() + length - START);
    }

    fn whole(&self, word: &Word) -> &[u8] {
        &self.letters[word.from as usize..(word.from + word.length) as usize]
    }

    fn grow(&mut self) {
        self.places = vec![0; self.places.len() * 2];
        let mask = self.places.len() - 1;
        for (number, word) in self.words.iter().enumerate() {
            let mut place = hash(word.start, word.length) & mask;
            while self.places[place] != 0 {
                place = (place + 1) & mask;
            }
            self.places[place] = number as u32 + 1;
        }
    }
}

fn hash(start: u128, length: u32) -> usize {
    let seed = (start >> 64) as u64 ^ (start as u64).rotate_left(29) ^ u64::from(length);
    let mixed = u128::from(seed) * 0x9e37_79b9_7f4a_7c15;
    (mixed >> 64) as usize ^ mixed as usize
}

/// The first sixteen bytes as a number; zeros stand for those beyond the end.
#[inline]
pub fn start(word: &[u8]) -> u128 {
    u128::from_be_bytes(word.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; START];
        padded[..word.len()].copy_from_slice(word);
        padded
    }))
}

/// The start of `length` bytes, of which `rest` may go on with other things.
#[inline]
pub fn start_within(rest: &[u8], length: usize) -> u128 {
    let whole = start(rest);
    if length < START { whole & !(u128::MAX >> (8 * length)) } else { whole }
}

/// The start of the ASCII letters and digits that a text begins with, in small letters, and how many bytes they are.
#[inline]
pub fn ascii(rest: &[u8]) -> (u128, usize) {
    let whole = start(rest);
    let (first, mut length) = small((whole >> 64) as u64);
    let mut start = u128::from(first) << 64;
    if length == 8 {
        let (second, more) = small(whole as u64);
        start |= u128::from(second);
        length += more;
    }
    if length == START {
        let is_between = |byte: &u8| !byte.is_ascii_alphanumeric();
        length = rest.iter().position(is_between).unwrap_or(rest.len());
    }
    (start, length)
}

/// Of eight bytes the letters and digits that they begin with, in small letters, and how many they are.
///
/// All eight at once: adding lifts the bytes from a bound on above 127, and no byte carries into the next.
fn small(eight: u64) -> (u64, usize) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    let from = |bytes: u64, bound: u8| bytes + u64::from(128 - bound) * EACH;
    let seven = eight & !TOP;
    // Small letters and digits have this bit already, and no other sign becomes one of them by it.
    let small = seven | (u64::from(b' ') * EACH);
    let letters = from(small, b'a') & !from(small, b'z' + 1);
    let digits = from(seven, b'0') & !from(seven, b'9' + 1);
    let between = !(letters | digits) | eight;
    let length = (between & TOP).leading_zeros() as usize / 8;
    (if length == 8 { small } else { small & !(u64::MAX >> (8 * length)) }, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, length: usize) {
        let (found, found_length) = ascii(text.as_bytes());
        let mut word = found.to_be_bytes().to_vec();
        word.retain(|byte| *byte != 0);
        assert_eq!((String::from_utf8(word).unwrap().as_str(), found_length), (expected, length), "{text}");
    }

    #[test]
    fn a_word_ends_where_letters_and_digits_end() {
        check("", "", 0);
        check(" tea", "", 0);
        check("Tea,", "tea", 3);
        check("tea@home[Z`{", "tea", 3);
        check("Az09/:", "az09", 4);
        check("caf\u{e9}", "caf", 3);
        check("NEIGHBOURS and", "neighbours", 10);
        check("neighbou", "neighbou", 8);
        check("befriendingSIXTEENTHS!", "befriendingsixte", 21);
    }

    #[test]
    fn a_start_leaves_out_what_follows_the_word() {
        assert_eq!(start_within(b"tea and more than sixteen", 3), start(b"tea"));
        assert_eq!(start_within(b"tea", 3), start(b"tea"));
        assert_eq!(start_within(b"befriendingsixteenths", 21), start(b"befriendingsixte"));
    }

    #[test]
    fn words_have_one_number_each_and_sort_as_text_does() {
        let mut words: Vec<String> = (0..3000).map(|at| format!("word{at}")).collect();
        words
            .extend(["befriendingsixteenths", "befriendingsixteenth", "befriendingsixte", "a", "é"].map(str::to_owned));
        let mut set = WordSet::default();
        for _ in 0..2 {
            for (number, word) in words.iter().enumerate() {
                assert_eq!(set.number(start(word.as_bytes()), word.as_bytes()), number, "{word}");
            }
        }
        let text = |number: usize| {
            let mut letters = Vec::new();
            set.write(number, &mut letters);
            assert_eq!(letters.len(), set.length(number));
            String::from_utf8(letters).unwrap()
        };
        let sorted: Vec<String> = set.sorted().into_iter().map(text).collect();
        words.sort();
        assert_eq!(sorted, words);
    }
}
