//! The pages of one word, as the signs in which they stand in a file.
//!
//! A page is a number: the distance from the page before, times four, plus the weight of the word there. It is written
//! five bits in a sign, the lowest first. The last sign is one of the 32 from `@` on, and those before it are of the 32
//! from the grave accent on. The backslash, which JSON would write twice, is `<`, whose lowest five bits are the same.

/// The sign for 0, where it is the last.
const LAST_SIGN: u8 = b'@';
/// The sign for 0, where more follow.
const EARLIER_SIGN: u8 = b'`';
/// What a number is multiplied by, so that a weight fits beside it.
const WEIGHTS: u64 = 4;

/// Pages by rising numbers, each with a weight from 0 to 3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Postings {
    signs: Vec<u8>,
    /// The number of the last page.
    last: u32,
}

impl Postings {
    /// Adds a page; its number is above all that are there.
    pub fn push(&mut self, number: u32, weight: u8) {
        push(u64::from(number - self.last) * WEIGHTS + u64::from(weight), &mut self.signs);
        self.last = number;
    }

    /// Adds the pages of others, whose numbers are all above those that are there.
    pub fn append(&mut self, later: &Postings) {
        let mut rest = later.signs.as_slice();
        if let Some((number, weight)) = page_after(0, &mut rest) {
            self.push(number, weight);
            self.signs.extend_from_slice(rest);
            self.last = later.last;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.signs.is_empty()
    }

    /// Each page with its weight.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u8)> {
        let mut rest = self.signs.as_slice();
        let mut last = 0;
        std::iter::from_fn(move || {
            let page = page_after(last, &mut rest)?;
            last = page.0;
            Some(page)
        })
    }

    /// The same pages, but for one, which has this weight or is not there.
    pub fn with(&self, number: u32, weight: Option<u8>) -> Postings {
        let mut changed = Postings::default();
        let before = self.iter().take_while(|page| page.0 < number);
        let after = self.iter().skip_while(|page| page.0 <= number);
        for (number, weight) in before.chain(weight.map(|weight| (number, weight))).chain(after) {
            changed.push(number, weight);
        }
        changed
    }

    /// As it stands in a file.
    pub fn signs(&self) -> &[u8] {
        &self.signs
    }
}

fn push(mut value: u64, signs: &mut Vec<u8>) {
    loop {
        let rest = value >> 5;
        let sign = (value & 31) as u8 + if rest > 0 { EARLIER_SIGN } else { LAST_SIGN };
        signs.push(if sign == b'\\' { b'<' } else { sign });
        if rest == 0 {
            return;
        }
        value = rest;
    }
}

/// Takes the first page; `last` is the number of the one before.
fn page_after(last: u32, signs: &mut &[u8]) -> Option<(u32, u8)> {
    let (mut value, mut bits) = (0, 0);
    loop {
        let (sign, rest) = signs.split_first()?;
        *signs = rest;
        value |= u64::from(sign & 31) << bits;
        bits += 5;
        if *sign < EARLIER_SIGN {
            return Some((last + (value / WEIGHTS) as u32, (value % WEIGHTS) as u8));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn postings(pages: &[(u32, u8)]) -> Postings {
        let mut postings = Postings::default();
        pages.iter().for_each(|(number, weight)| postings.push(*number, *weight));
        postings
    }

    #[test]
    fn numbers_are_written_five_bits_at_a_time() {
        for (value, expected) in [(0, "@"), (31, "_"), (32, "`A"), (1023, "\x7f_"), (28, "<"), (25 * 33, "yY")] {
            let mut signs = Vec::new();
            push(value, &mut signs);
            assert_eq!(String::from_utf8(signs).unwrap(), expected, "{value}");
        }
    }

    #[test]
    fn pages_are_read_as_they_were_written() {
        let pages: Vec<(u32, u8)> = (0..2000_u32).map(|at| (at * at, (at % 4) as u8)).collect();
        assert!(postings(&pages).iter().eq(pages.iter().copied()));
        for at in [0, 1, 700, 2000] {
            let mut first = postings(&pages[..at]);
            first.append(&postings(&pages[at..]));
            assert_eq!(first, postings(&pages), "{at}");
        }
    }

    #[test]
    fn one_page_may_come_go_and_change() {
        let all = postings(&[(3, 0), (5, 1), (90, 3)]);
        assert_eq!(all.with(5, None), postings(&[(3, 0), (90, 3)]));
        assert_eq!(all.with(5, None).with(5, Some(1)), all);
        assert_eq!(all.with(90, Some(0)), postings(&[(3, 0), (5, 1), (90, 0)]));
        assert_eq!(all.with(0, Some(2)).with(99, Some(2)), postings(&[(0, 2), (3, 0), (5, 1), (90, 3), (99, 2)]));
        assert!(postings(&[(5, 0)]).with(5, None).is_empty());
    }
}
