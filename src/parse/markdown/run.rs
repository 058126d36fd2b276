//! Text that reached us in pieces, with the place in the source that each came from.

use std::ops::Range;

/// Neighbouring pieces as one text.
#[derive(Debug, Default)]
pub struct Run {
    pub text: String,
    pub pieces: Vec<Piece>,
}

/// One piece of a run.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Where it begins in the text of the run.
    pub at: usize,
    pub length: usize,
    /// Where it stands in the source; of another length where the source writes it in another way
    /// (`&amp;`, `--`).
    pub source: Range<usize>,
}

impl Run {
    pub fn push(&mut self, text: &str, source: Range<usize>) {
        self.pieces.push(Piece { at: self.text.len(), length: text.len(), source });
        self.text.push_str(text);
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// The place in the source of a range of the text.
    pub fn place(&self, range: Range<usize>) -> Range<usize> {
        let first = self.piece_at(range.start);
        let last = self.piece_at(range.end.saturating_sub(1).max(range.start));
        match (first, last) {
            (Some(first), Some(last)) => {
                let start = match first.is_verbatim() {
                    true => first.source.start + (range.start - first.at),
                    false => first.source.start,
                };
                let end = match last.is_verbatim() {
                    true => last.source.start + (range.end - last.at).min(last.length),
                    false => last.source.end,
                };
                start..end.max(start)
            }
            _ => 0..0,
        }
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(next.checked_sub(1)?)
    }
}

impl Piece {
    /// Whether the source has the same bytes.
    pub fn is_verbatim(&self) -> bool {
        self.source.len() == self.length
    }

    pub fn range(&self) -> Range<usize> {
        self.at..self.at + self.length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_exact_in_verbatim_pieces_and_whole_in_others() {
        let mut run = Run::default();
        run.push("tea ", 10..14);
        run.push("&", 14..19);
        run.push(" talk", 19..24);
        assert_eq!(run.text, "tea & talk");
        assert_eq!(run.place(1..3), 11..13);
        assert_eq!(run.place(4..5), 14..19);
        assert_eq!(run.place(2..8), 12..22);
    }
}
