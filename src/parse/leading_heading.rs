//! The heading of the first level that a text may begin with: the title of a page that has none.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// The plain words of the heading, and where the text goes on after it.
pub fn title(text: &str, body: Range<usize>) -> Option<(String, usize)> {
    let mut events = Parser::new(text.get(body.clone())?).into_offset_iter();
    let (Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), heading) = events.next()? else { return None };
    let mut title = String::new();
    for (event, _) in events {
        match event {
            Event::Text(words) | Event::Code(words) => title.push_str(&words),
            Event::SoftBreak | Event::HardBreak => title.push(' '),
            Event::End(TagEnd::Heading(_)) => break,
            _ => {}
        }
    }
    let title = title.trim().to_owned();
    (!title.is_empty()).then_some((title, body.start + heading.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_heading_at_the_very_start_is_the_title() {
        let check = |text: &str| title(text, 0..text.len()).map(|(title, end)| (title, text[end..].to_owned()));
        assert_eq!(check("\n# Tea *and* `talk`\n\nText"), Some(("Tea and talk".to_owned(), "\nText".to_owned())));
        assert_eq!(check("Tea\n===\nText"), Some(("Tea".to_owned(), "Text".to_owned())));
        assert_eq!(check("Text\n\n# Tea\n"), None);
        assert_eq!(check("## Tea\n"), None);
        assert_eq!(check(""), None);
    }
}
