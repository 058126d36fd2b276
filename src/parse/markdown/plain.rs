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
        for byte in text.bytes() {
            let is_space = byte <= b' ';
            self.words += usize::from(!is_space && !self.is_in_word);
            self.is_in_word = !is_space;
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
        match self.target {
            Target::Nowhere => {}
            Target::Top => push_collapsed(&mut self.top, " "),
            Target::Inner => push_collapsed(&mut self.inner, " "),
        }
    }

    /// The first paragraph, and the number of words.
    pub fn finish(self) -> (String, usize) {
        let lead = if self.top.is_empty() { self.inner } else { self.top };
        (lead.trim_end().to_owned(), self.words)
    }
}

/// Appends text with one space for each stretch of white space, and none at the start.
pub fn push_collapsed(to: &mut String, text: &str) {
    for (index, word) in text.split(char::is_whitespace).enumerate() {
        if index > 0 && !to.is_empty() && !to.ends_with(' ') {
            to.push(' ');
        }
        to.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lead_is_the_first_open_paragraph_and_words_may_come_in_pieces() {
        let mut plain = Plain::default();
        plain.start_paragraph(Standing::Inside);
        plain.text("In a box");
        plain.end_paragraph();
        plain.start_paragraph(Standing::Open);
        plain.text("Tea  an");
        plain.text("d");
        plain.gap();
        plain.text("talk ");
        plain.end_paragraph();
        assert_eq!(plain.finish(), ("Tea and talk".to_owned(), 6));
    }
}
