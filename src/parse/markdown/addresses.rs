//! Addresses that run or hide something instead of leading somewhere.

use std::ops::Range;

use super::faults::Faults;
use crate::codes::markdown::LINK_NOT_SAFE;

/// Whether an address runs or hides something instead of leading somewhere.
pub fn is_unsafe(target: &str) -> bool {
    // Browsers skip white space and control characters in front of and inside of a scheme.
    let letters = target.chars().filter(|c| !c.is_whitespace() && !c.is_control()).map(|c| c.to_ascii_lowercase());
    let begins_with = |scheme: &&str| letters.clone().take(scheme.len()).eq(scheme.chars());
    ["javascript:", "vbscript:", "data:"].iter().any(begins_with)
}

pub fn not_safe(place: Range<usize>, faults: &mut Faults<'_>) {
    let help = "link to a page or a file, such as `/contact/` or `poster.pdf`";
    faults.add(&LINK_NOT_SAFE, place, "this address runs or hides something instead of leading somewhere", help);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_seen_through_what_browsers_skip() {
        for target in ["javascript:x", " JavaScript:x", "java\tscript:x", "vbscript:x", "data:text/html,x"] {
            assert!(is_unsafe(target), "{target}");
        }
        for target in ["/javascript:x", "https://example.org/?data:x", "data.csv", "mailto:a@b.org", ""] {
            assert!(!is_unsafe(target), "{target}");
        }
    }
}
