//! Signs that nobody sees, and that come with words which are copied from elsewhere.

/// The first sign in a text that takes no room or looks like a plain space, by what people may know it as.
pub fn invisible(text: &str) -> Option<&'static str> {
    text.chars().find_map(|c| match c {
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' => Some("a no-break space"),
        '\u{ad}' => Some("a soft hyphen"),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {
            Some("an invisible sign")
        }
        _ => None,
    })
}

/// The text without such signs, and with plain hyphens and spaces for those that look like them.
pub fn plain(text: &str) -> String {
    let seen = text
        .chars()
        .filter(|c| !matches!(invisible(c.encode_utf8(&mut [0; 4])), Some("an invisible sign" | "a soft hyphen")));
    seen.map(|c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        space if invisible(space.encode_utf8(&mut [0; 4])).is_some() => ' ',
        other => other,
    })
    .collect()
}
