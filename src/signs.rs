//! Signs that nobody sees, and that come with words which are copied from elsewhere.

/// How a sign is not what it seems: it takes no room, or looks like a plain space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invisible {
    Space,
    SoftHyphen,
    NoRoom,
}

impl Invisible {
    pub fn of(sign: char) -> Option<Self> {
        match sign {
            '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' => Some(Invisible::Space),
            '\u{ad}' => Some(Invisible::SoftHyphen),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {
                Some(Invisible::NoRoom)
            }
            _ => None,
        }
    }

    /// What people may know it as.
    pub fn name(self) -> &'static str {
        match self {
            Invisible::Space => "a no-break space",
            Invisible::SoftHyphen => "a soft hyphen",
            Invisible::NoRoom => "an invisible sign",
        }
    }
}

/// The first such sign in a text, by its name.
pub fn invisible(text: &str) -> Option<&'static str> {
    text.chars().find_map(Invisible::of).map(Invisible::name)
}

/// The text without such signs, and with plain hyphens and spaces for those that look like them.
pub fn plain(text: &str) -> String {
    let seen = |sign: char| match (Invisible::of(sign), sign) {
        (Some(Invisible::NoRoom | Invisible::SoftHyphen), _) => None,
        (Some(Invisible::Space), _) => Some(' '),
        (None, '\u{2010}'..='\u{2015}' | '\u{2212}') => Some('-'),
        (None, other) => Some(other),
    };
    text.chars().filter_map(seen).collect()
}
