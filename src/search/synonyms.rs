//! Names for one thing: a page that says one of them is found by the others, too, with a lower weight.
//!
//! The index takes them in, so that what finds pages need not know of them. A single word in the running text is left
//! alone: it may mean something else there.

use super::{Term, Terms, Weight, words};

const LABEL: u8 = Weight::Label as u8;

/// A few times as many as there are words in all names.
const BITS: usize = 1024;

/// Groups of names, as their words.
#[derive(Clone, Debug)]
pub struct Synonyms {
    /// Of all names, in the order of letters.
    words: Vec<Box<[u8]>>,
    /// A bit for each of the words, by a hash of its beginning: most words of a document are told from these by it.
    bits: [u64; BITS / 64],
    groups: Vec<Vec<Name>>,
}

/// One word or several that follow one another.
#[derive(Clone, Debug)]
struct Name {
    /// In small letters.
    said: String,
    /// Places in `Synonyms::words`.
    words: Vec<usize>,
}

impl Synonyms {
    /// The groups of a text: a comma between names, a semicolon between groups.
    pub fn groups(text: &str) -> impl Iterator<Item = Vec<String>> {
        text.split(';').map(|group| group.split(',').map(|name| name.trim().to_owned()).collect())
    }

    pub fn of(groups: &[Vec<String>]) -> Self {
        let split =
            |name: &str| Terms::of(name, []).iter().map(|term| Box::from(term.word)).collect::<Vec<Box<[u8]>>>();
        let mut words: Vec<Box<[u8]>> = groups.iter().flatten().flat_map(|name| split(name)).collect();
        words.sort_unstable();
        words.dedup();
        let name = |name: &String| Name {
            said: name.to_lowercase(),
            words: split(name).iter().filter_map(|word| words.binary_search(word).ok()).collect(),
        };
        let groups = groups.iter().map(|group| group.iter().map(name).collect()).collect();
        let mut bits = [0; BITS / 64];
        for (at, bit) in words.iter().map(|word| bit(words::start(word))) {
            bits[at] |= bit;
        }
        Synonyms { words, bits, groups }
    }

    /// The words of a document and those that mean the same; `says` knows whether some words follow one another in it.
    pub fn widen(&self, terms: Terms, says: impl Fn(&str) -> bool) -> Terms {
        if self.groups.is_empty() {
            return terms;
        }
        let mut weights: Vec<Option<u8>> = vec![None; self.words.len()];
        for (at, term) in terms.iter().filter_map(|term| Some((self.place(&term)?, term))) {
            weights[at] = Some(term.weight);
        }
        let mut wider = weights.clone();
        for group in &self.groups {
            let weight = |name: &Name| {
                let least = name.words.iter().map(|at| weights[*at]).min().flatten()?;
                (if name.said.contains(' ') { says(&name.said) } else { least >= LABEL }).then_some(least)
            };
            if group.iter().flat_map(|name| &name.words).all(|at| weights[*at].is_none()) {
                continue;
            }
            let said: Vec<Option<u8>> = group.iter().map(weight).collect();
            let Some(heaviest) = said.iter().copied().flatten().max() else { continue };
            for (name, own) in group.iter().zip(&said) {
                // What is said in other words, too, is meant all the more.
                let is_said_twice = said.iter().flatten().filter(|weight| **weight >= LABEL).count() > 1;
                let more = own.filter(|own| *own == LABEL && is_said_twice).map(|own| own + 1);
                let weight = more.unwrap_or(heaviest.saturating_sub(1));
                for at in &name.words {
                    wider[*at] = wider[*at].max(Some(weight));
                }
            }
        }
        if wider == weights {
            return terms;
        }
        let known =
            terms.iter().map(|term| (term.word, self.place(&term).and_then(|at| wider[at]).unwrap_or(term.weight)));
        let is_new = |at: &usize| weights[*at].is_none();
        let new = (0..wider.len()).filter(is_new).filter_map(|at| Some((&*self.words[at], wider[at]?)));
        Terms::written(known.chain(new))
    }

    fn place(&self, term: &Term<'_>) -> Option<usize> {
        let (at, bit) = bit(term.start);
        if self.bits[at] & bit == 0 {
            return None;
        }
        self.words.binary_search_by(|word| (**word).cmp(term.word)).ok()
    }
}

impl Default for Synonyms {
    fn default() -> Self {
        Synonyms::of(&[])
    }
}

/// Which bit stands for a word with that start: of which number, and as a mask.
fn bit(start: u128) -> (usize, u64) {
    let hash = ((start ^ (start >> 64)) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54;
    ((hash / 64) as usize, 1 << (hash % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, text: &str, expected: &[(&str, u8)]) {
        let groups = [["food bank", "foodbank", "pantry"].map(str::to_owned).to_vec()];
        let all = format!("{title} {text}").to_lowercase();
        let terms = Terms::of(text, [(title, Weight::Title)]);
        let terms = Synonyms::of(&groups).widen(terms, |name| all.contains(name));
        let mut found: Vec<(String, u8)> =
            terms.iter().map(|term| (String::from_utf8_lossy(term.word).into_owned(), term.weight)).collect();
        found.sort();
        let expected: Vec<(String, u8)> = expected.iter().map(|(word, weight)| ((*word).to_owned(), *weight)).collect();
        assert_eq!(found, expected, "{title} {text}");
    }

    #[test]
    fn a_page_is_found_by_all_names_of_what_it_says() {
        check("Pantry", "food", &[("bank", 2), ("food", 2), ("foodbank", 2), ("pantry", 3)]);
        check("Help", "a food bank", &[("bank", 0), ("food", 0), ("foodbank", 0), ("help", 3), ("pantry", 0)]);
        check("Visit", "the pantry", &[("pantry", 0), ("visit", 3)]);
        check("River bank", "food", &[("bank", 3), ("food", 0), ("river", 3)]);
        check("Tea", "", &[("tea", 3)]);
    }
}
