//! The plain words of a text while it is read: its first paragraph, and how many words it has.

/// The words found so far.
#[derive(Debug, Default)]
pub struct Plain {
    pub words: usize,
    is_in_word: bool,
    /// The first paragraph that stands in the open, and the first of any other.
    top: String,
    inner: String,
    target: Target,
    /// All words, where search is to find them.
    all: Option<String>,
}

/// Where the words of the present paragraph go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Target {
    #[default]
    Nowhere,
    Top,
    Inner,
}

/// Where a paragraph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In the text itself.
    Open,
    /// In a component, a list, a quotation or a note.
    Inside,
}

impl Plain {
    /// Keeps all words as well, so that search finds them.
    pub fn searched(length: usize) -> Self {
        Plain { all: Some(String::with_capacity(length)), ..Plain::default() }
    }

    pub fn start_paragraph(&mut self, standing: Standing) {
        self.gap();
        self.target = match standing {
            Standing::Open if self.top.is_empty() => Target::Top,
            Standing::Inside if self.top.is_empty() && self.inner.is_empty() => Target::Inner,
            _ => Target::Nowhere,
        };
    }

    pub fn end_paragraph(&mut self) {
        self.gap();
        self.target = Target::Nowhere;
    }

    /// Takes words; they may go on in the next call.
    pub fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return };
        self.words += usize::from(!self.is_in_word && *first > b' ') + beginnings(bytes);
        self.is_in_word = *last > b' ';
        if let Some(all) = &mut self.all {
            all.push_str(text);
        }
        match self.target {
            Target::Nowhere => {}
            Target::Top => push_collapsed(&mut self.top, text),
            Target::Inner => push_collapsed(&mut self.inner, text),
        }
    }

    /// Ends the word that was being read.
    pub fn gap(&mut self) {
        self.is_in_word = false;
        if let Some(all) = &mut self.all {
            all.push(' ');
        }
        match self.target {
            Target::Nowhere => {}
            Target::Top => push_collapsed(&mut self.top, " "),
            Target::Inner => push_collapsed(&mut self.inner, " "),
        }
    }

    /// The first paragraph, the number of words, and all of them where search is to find them.
    pub fn finish(self) -> (String, usize, String) {
        let lead = if self.top.is_empty() { self.inner } else { self.top };
        (lead.trim_end().to_owned(), self.words, self.all.unwrap_or_default())
    }
}

/// How many words begin after white space.
fn beginnings(text: &[u8]) -> usize {
    // So many at a time that one byte holds their number: the processor counts them side by side.
    let chunks = text.chunks(255).zip(text[1..].chunks(255));
    let begin = |(before, here): (&u8, &u8)| u8::from((*before <= b' ') & (*here > b' '));
    chunks.map(|(before, here)| usize::from(before.iter().zip(here).map(begin).sum::<u8>())).sum()
}

/// Appends text with one space for each stretch of white space, and none at the start.
pub fn push_collapsed(to: &mut String, text: &str) {
    if is_collapsed(text) {
        let begins_word = to.is_empty() || to.ends_with(' ');
        return to.push_str(if begins_word { text.strip_prefix(' ').unwrap_or(text) } else { text });
    }
    for (index, word) in text.split(char::is_whitespace).enumerate() {
        if index > 0 && !to.is_empty() && !to.ends_with(' ') {
            to.push(' ');
        }
        to.push_str(word);
    }
}

/// Whether white space is single spaces only; of text beyond ASCII that is not known.
fn is_collapsed(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a way out in between, the processor looks at many side by side.
    let is_plain = bytes.iter().fold(true, |is_plain, byte| is_plain & matches!(byte, b' '..=b'~'));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    is_plain && !pairs.fold(false, |found, (here, next)| found | ((*here == b' ') & (*next == b' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_becomes_single_spaces() {
        for (to, text, expected) in [
            ("", " a b ", "a b "),
            ("a", " b", "a b"),
            ("a ", " b", "a b"),
            ("a", " ", "a "),
            ("a ", "  b\n\u{a0}c", "a b c"),
            ("", "\u{2003}ŵ  y\t", "ŵ y "),
        ] {
            let mut found = to.to_owned();
            push_collapsed(&mut found, text);
            assert_eq!(found, expected, "{to:?} {text:?}");
        }
    }

    #[test]
    fn words_are_counted_over_any_length() {
        for length in [1, 127, 128, 254, 255, 256, 257, 600] {
            let mut plain = Plain::default();
            plain.text(&"a ".repeat(length));
            assert_eq!(plain.words, length);
        }
    }

    #[test]
    fn the_lead_is_the_first_open_paragraph_and_words_may_come_in_pieces() {
        let mut plain = Plain::searched(0);
        plain.start_paragraph(Standing::Inside);
        plain.text("In a box");
        plain.end_paragraph();
        plain.start_paragraph(Standing::Open);
        plain.text("Tea  an");
        plain.text("d");
        plain.gap();
        plain.text("talk ");
        plain.end_paragraph();
        let (lead, words, all) = plain.finish();
        assert_eq!((lead.as_str(), words), ("Tea and talk", 6));
        assert_eq!(all, " In a box  Tea  and talk  ");
    }
}
