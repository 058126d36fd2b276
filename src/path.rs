//! Names of places: where a source lies, where an output goes, and the words that stand in addresses.
//!
//! Both kinds of path are relative, use `/` on every system, and never contain `..`.
//! A `SourcePath` starts at the project folder (`content/blog/thanks.md`), an `OutputPath` at the
//! built site (`blog/thanks/index.html`).

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use deunicode::deunicode;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A source file's path from the project folder, as messages show it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourcePath(Arc<str>);

/// A file's path inside the built site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OutputPath(Arc<str>);

macro_rules! path_type {
    ($name:ident) => {
        impl $name {
            /// Takes a relative path with `/` between its parts.
            pub fn new(path: impl Into<Arc<str>>) -> Self {
                $name(path.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The part after the last dot of the file name, in lower case; empty where there is none.
            pub fn extension(&self) -> String {
                match self.file_name().rsplit_once('.') {
                    Some((stem, extension)) if !stem.is_empty() => extension.to_ascii_lowercase(),
                    _ => String::new(),
                }
            }

            /// The last part of the path.
            pub fn file_name(&self) -> &str {
                self.0.rsplit('/').next().unwrap_or_default()
            }

            /// The folder that holds the file, without a slash at its end; empty at the top.
            pub fn folder(&self) -> &str {
                self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Ord for $name {
            /// By bytes; a path is most often compared with itself, when two maps are walked side by side.
            fn cmp(&self, other: &Self) -> Ordering {
                if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.0.cmp(&other.0) }
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map($name::new)
            }
        }

        impl From<&str> for $name {
            fn from(path: &str) -> Self {
                $name::new(path)
            }
        }
    };
}

path_type!(SourcePath);
path_type!(OutputPath);

/// The folder below `content/` in which calendars of partners lie.
pub const CALENDARS: &str = "calendars/";

impl SourcePath {
    /// Whether it is a partner's calendar.
    pub fn is_calendar(&self) -> bool {
        let name = self.in_content().strip_prefix(CALENDARS).and_then(|name| name.strip_suffix(".ics"));
        name.is_some_and(|name| !name.contains('/')) && self.0.starts_with("content/")
    }

    /// The file in which it stands: an event of a calendar in that calendar, everything else in its own.
    pub fn file(&self) -> SourcePath {
        let folder = self.folder();
        if folder.ends_with(".ics") && SourcePath::from(folder).is_calendar() { folder.into() } else { self.clone() }
    }

    /// The path below `content/`; the whole path for what lies elsewhere.
    pub fn in_content(&self) -> &str {
        self.0.strip_prefix("content/").unwrap_or(&self.0)
    }
}

impl OutputPath {
    /// The file that a web server sends for an address below the site's root (`/about/` is
    /// `about/index.html`).
    pub fn of_address(address: &str) -> Self {
        let path = address.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') {
            OutputPath::new(format!("{path}index.html"))
        } else {
            OutputPath::new(path)
        }
    }
}

/// Joins a relative path to a folder and resolves `.` and `..`; `None` when it climbs out of the top.
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The way from a folder to a path, both from the top: what `join` resolves to that path again.
pub fn relative(folder: &str, path: &str) -> String {
    let folders: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    // The last part of the path is its file, which is no folder to share.
    let shared = folders.iter().zip(parts.iter().take(parts.len().saturating_sub(1)));
    let shared = shared.take_while(|(folder, part)| folder == part).count();
    format!("{}{}", "../".repeat(folders.len() - shared), parts[shared..].join("/"))
}

/// Reads what is percent-encoded.
pub fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match (byte, hex) {
            (b'%', Some(decoded)) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The whole address of `url`, which begins at the server's root or is whole already.
pub fn absolute(origin: &str, url: &str) -> String {
    if url.starts_with('/') { format!("{origin}{url}") } else { url.to_owned() }
}

/// A title as it stands in an address: ASCII, lower case, words joined by single hyphens.
/// Empty where nothing of the text can be written so.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut hyphen_due = false;
    let plain = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(deunicode(text)) };
    for c in plain.chars() {
        if c.is_ascii_alphanumeric() {
            if hyphen_due && !slug.is_empty() {
                slug.push('-');
            }
            hyphen_due = false;
            slug.push(c.to_ascii_lowercase());
        } else if c != '\'' {
            hyphen_due = true;
        }
    }
    slug
}

/// Percent-encodes what RFC 3986 does not allow in a path.
pub fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The entry of `known` that somebody most likely meant by `written`, if one is near enough.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let reach = match written.chars().count() {
        0..=2 => 1,
        3..=5 => 2,
        length => (length / 3).min(6),
    };
    let letters = written.is_ascii().then(|| Letters::of(&written));
    let mut found: Option<(usize, &str)> = None;
    for word in known {
        // Of two as near, the first one counts.
        let Some(limit) = found.map_or(Some(reach), |(distance, _)| distance.checked_sub(1)) else { break };
        let least = letters.as_ref().filter(|_| word.is_ascii()).map_or(0, |letters| letters.least_changes(word));
        if least <= limit {
            let distance = strsim::osa_distance(&written, &word.to_lowercase());
            found = if distance <= limit { Some((distance, word)) } else { found };
        }
    }
    found.map(|(_, word)| word)
}

/// How often each letter stands in a word of ASCII, the cases of a letter (and some signs) taken together.
///
/// It tells most of the words that are far from another, a hundred times faster than their distance would.
struct Letters([u16; 32]);

impl Letters {
    fn of(word: &str) -> Self {
        let mut counts = [0_u16; 32];
        for byte in word.bytes() {
            let count = &mut counts[usize::from(byte % 32)];
            *count = count.saturating_add(1);
        }
        Letters(counts)
    }

    /// How many letters must go from a word, or come to it: no fewer changes make the one of the other.
    fn least_changes(&self, word: &str) -> usize {
        let surplus = |of: &Letters, over: &Letters| -> usize {
            of.0.iter().zip(over.0).map(|(of, over)| usize::from(of.saturating_sub(over))).sum()
        };
        let other = Letters::of(word);
        surplus(self, &other).max(surplus(&other, self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_ascii() {
        for (text, expected) in [
            ("Tea and talk", "tea-and-talk"),
            ("  What's on — May 2026! ", "whats-on-may-2026"),
            ("Caffi Ŵyl & Tŷ", "caffi-wyl-ty"),
            ("北京", "bei-jing"),
            ("???", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn joining_resolves_dots_and_refuses_to_leave_the_top() {
        assert_eq!(join("content/blog", "../events/tea.md").as_deref(), Some("content/events/tea.md"));
        assert_eq!(join("content", "./a/./b.png").as_deref(), Some("content/a/b.png"));
        assert_eq!(join("content", "../../etc/passwd"), None);
    }

    #[test]
    fn the_way_from_a_folder_leads_to_the_path() {
        for (folder, path, expected) in [
            ("content/blog", "content/media/a.png", "../media/a.png"),
            ("content", "content/media/a.png", "media/a.png"),
            ("content/blog/2026", "content/blog/a.md", "../a.md"),
            ("content/blog", "content/blog", "../blog"),
        ] {
            assert_eq!(relative(folder, path), expected);
            assert_eq!(join(folder, expected).as_deref(), Some(path));
        }
    }

    #[test]
    fn the_nearest_word_is_offered_only_when_it_is_near() {
        assert_eq!(nearest("sumary", ["summary", "slug"]), Some("summary"));
        assert_eq!(nearest("Title", ["title"]), Some("title"));
        assert_eq!(nearest("layout", ["title", "slug", "date"]), None);
    }

    /// `nearest`, word by word.
    fn slow_nearest<'a>(written: &str, reach: usize, known: &[&'a str]) -> Option<&'a str> {
        let distances = known.iter().map(|word| (strsim::osa_distance(written, &word.to_lowercase()), *word));
        distances.filter(|(distance, _)| *distance <= reach).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
    }

    proptest::proptest! {
        #[test]
        fn no_near_word_is_passed_over(
            written in "[abŵ/-]{9,17}",
            known in proptest::collection::vec("[aAbBŵ/-]{6,20}", 0..40),
        ) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let reach = (written.chars().count() / 3).min(6);
            proptest::prop_assert_eq!(nearest(&written, known.iter().copied()), slow_nearest(&written, reach, &known));
        }
    }

    #[test]
    fn addresses_name_the_file_that_a_server_sends() {
        assert_eq!(OutputPath::of_address("/").as_str(), "index.html");
        assert_eq!(OutputPath::of_address("/about/").as_str(), "about/index.html");
        assert_eq!(OutputPath::of_address("/blog/rss.xml").as_str(), "blog/rss.xml");
    }

    #[test]
    fn extensions_are_lower_case_and_hidden_files_have_none() {
        assert_eq!(SourcePath::from("content/media/A.JPG").extension(), "jpg");
        assert_eq!(SourcePath::from("content/.gitkeep").extension(), "");
    }
}
