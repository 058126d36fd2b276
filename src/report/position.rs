//! Lines and columns of a place in a text, both from 1; columns count characters.

use serde::Serialize;

use crate::diagnostic::Place;

use super::TextOf;

/// Where a place begins and ends; the end is the first character after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

/// The position of a place; nothing for a file as a whole or one without text.
pub fn of(place: &Place, text_of: TextOf<'_>) -> Option<Position> {
    if place.end == 0 {
        return None;
    }
    let text = text_of(&place.path)?;
    let (start, end) = within(place, &text);
    let (line, column) = line_and_column(&text, start);
    let (end_line, end_column) = line_and_column(&text, end);
    Some(Position { line, column, end_line, end_column })
}

/// The bytes of a place that lie within a text, at the borders of characters.
pub fn within(place: &Place, text: &str) -> (usize, usize) {
    let start = text.floor_char_boundary(place.start);
    (start, text.ceil_char_boundary(place.end.min(text.len())).max(start))
}

fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..byte];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_places_stay_within_the_text() {
        let text = "a\nTŷ b\n";
        for (bytes, expected) in [
            (0..1, (1, 1, 1, 2)),
            (6..7, (2, 4, 2, 5)),
            (4..6, (2, 2, 2, 4)),
            (2..99, (2, 1, 3, 1)),
            (90..99, (3, 1, 3, 1)),
            (usize::MAX..usize::MAX, (3, 1, 3, 1)),
        ] {
            let position = of(&Place::new(&"a".into(), bytes.clone()), &|_| Some(text.into())).unwrap();
            let found = (position.line, position.column, position.end_line, position.end_column);
            assert_eq!(found, expected, "{bytes:?}");
        }
        assert_eq!(of(&Place::file(&"a".into()), &|_| Some(text.into())), None);
    }
}
