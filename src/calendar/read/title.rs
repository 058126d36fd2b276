//! What stands before the title of an event that is off: `Cancelled: Tea and talk`.

use super::ForeignStatus;

/// Words that stand before the title of an event that is off, in small letters.
const OFF: [(&str, ForeignStatus); 5] = [
    ("cancelled", ForeignStatus::Cancelled),
    ("canceled", ForeignStatus::Cancelled),
    ("wedi’i ganslo", ForeignStatus::Cancelled),
    ("postponed", ForeignStatus::Postponed),
    ("wedi’i ohirio", ForeignStatus::Postponed),
];

/// What the words before a title say, and the title without them.
pub fn status_in_title(title: &str) -> (Option<ForeignStatus>, String) {
    let small = title.to_lowercase().replace('\'', "’");
    let bare = small.trim_start_matches(['[', '(', '*']);
    for (word, status) in OFF {
        let Some(rest) = bare.strip_prefix(word) else { continue };
        let closed = rest.trim_start_matches([']', ')', '*']);
        let is_mark = closed.trim_start().starts_with([':', '-', '–', '—']) || closed.len() < rest.len();
        let rest = closed.trim_start_matches(|letter: char| letter.is_whitespace() || ":-–—!".contains(letter));
        // Small letters of what stands before have as many characters as the capital ones.
        let skipped = small[..small.len() - rest.len()].chars().count();
        let title: String = title.chars().skip(skipped).collect();
        if is_mark && !title.is_empty() {
            return (Some(status), title);
        }
    }
    (None, title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_that_an_event_is_off() {
        let check = |title: &str, status, expected: &str| {
            assert_eq!(status_in_title(title), (status, expected.to_owned()), "{title}");
        };
        check("Cancelled: Tea & talk", Some(ForeignStatus::Cancelled), "Tea & talk");
        check("CANCELLED - Ŵalk", Some(ForeignStatus::Cancelled), "Ŵalk");
        check("[Canceled] Choir", Some(ForeignStatus::Cancelled), "Choir");
        check("Wedi'i ganslo: Côr", Some(ForeignStatus::Cancelled), "Côr");
        check("Postponed: Choir", Some(ForeignStatus::Postponed), "Choir");
        check("Cancelled trains: a talk", None, "Cancelled trains: a talk");
        check("Cancelled", None, "Cancelled");
        check("Tea", None, "Tea");
    }
}
