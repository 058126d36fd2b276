//! The lines of a text with their places in it.

use std::ops::Range;

/// The lines of a part of a text, each with the byte at which it begins in the whole and with the sign that ends it.
pub fn with_places(text: &str, part: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let start = part.start;
    text[part].split_inclusive('\n').scan(start, |next, line| {
        let at = *next;
        *next += line.len();
        Some((at, line))
    })
}

#[cfg(test)]
mod tests {
    use super::with_places;

    #[test]
    fn lines_have_their_places_in_the_whole() {
        let text = "a\nŵb\r\n\nc";
        let found: Vec<(usize, &str)> = with_places(text, 2..text.len()).collect();
        assert_eq!(found, [(2, "ŵb\r\n"), (7, "\n"), (8, "c")]);
        assert!(found.iter().all(|(at, line)| text[*at..].starts_with(line)));
        assert_eq!(with_places(text, 2..2).count(), 0);
    }
}
