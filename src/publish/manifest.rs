//! The record of what was published: `.fingerpost` at the top of the output folder, one line a file.
//!
//! ```text
//! Fingerpost site, manifest 1
//! =⇥program=…|template base.html=…            parts that many files share, numbered from 0
//! +⇥0⇥8123⇥1779350400000000000⇥…⇥page=…⇥about/index.html
//! ?⇥news/index.html                            ours, in an unknown state: a build was under way
//! .⇥…                                          the fingerprint of everything above
//! ```
//!
//! A line `+` holds the number of the shared parts, length, time of the last change, fingerprint of the
//! bytes, the file's own parts and its path; fields are parted by tabs, lines are sorted by path.
//! **Invariant:** a text that was cut off or changed does not read: its last line would not fit.

use std::collections::HashMap;
use std::fmt::Write;

use crate::hash::Fingerprint;

use super::disk::FileState;

/// The manifest's name in the output folder.
pub const NAME: &str = ".fingerpost";

const MARK: &str = "Fingerpost site, manifest ";
const VERSION: &str = "1";

/// What was published, sorted by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest<'t> {
    pub entries: Vec<Entry<'t>>,
}

/// One file of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    pub path: &'t str,
    /// Absent where a build began to write the file and did not say that it finished.
    pub record: Option<Record<'t>>,
}

/// What a file was made of, and what came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'t> {
    pub file: FileState,
    /// The fingerprint of its bytes.
    pub content: Fingerprint,
    /// The parts that it shares with many: the program and its templates, as `diff` writes them.
    pub shared: &'t str,
    /// The parts of its own.
    pub own: &'t str,
}

/// Whether a text is a manifest at all, of whatever version.
pub fn is_manifest(text: &[u8]) -> bool {
    text.starts_with(MARK.as_bytes())
}

impl<'t> Manifest<'t> {
    /// Reads what `write` wrote; nothing for a text that is damaged or of another version.
    pub fn read(text: &'t str) -> Option<Self> {
        let body_end = text.strip_suffix('\n')?.rfind('\n')? + 1;
        let (body, last) = text.split_at(body_end);
        if last.strip_prefix(".\t")?.trim_end() != Fingerprint::of_bytes(body.as_bytes()).to_string() {
            return None;
        }
        let mut lines = body.lines();
        if lines.next()?.strip_prefix(MARK)? != VERSION {
            return None;
        }
        let (mut shared, mut entries) = (Vec::new(), Vec::new());
        for line in lines {
            match line.split_once('\t')? {
                ("=", parts) => shared.push(parts),
                ("+", fields) => entries.push(read_entry(fields, &shared)?),
                ("?", path) => entries.push(Entry { path, record: None }),
                _ => return None,
            }
        }
        entries.is_sorted_by(|a, b| a.path < b.path).then_some(Manifest { entries })
    }

    pub fn get(&self, path: &str) -> Option<Entry<'t>> {
        let index = self.entries.binary_search_by(|entry| entry.path.cmp(path)).ok()?;
        self.entries.get(index).copied()
    }

    /// The text of the manifest; the entries may come in any order.
    pub fn write(mut self) -> String {
        self.entries.sort_by(|a, b| a.path.cmp(b.path));
        let mut text = format!("{MARK}{VERSION}\n");
        let mut numbers = HashMap::new();
        for record in self.entries.iter().filter_map(|entry| entry.record) {
            let number = numbers.len();
            numbers.entry(record.shared).or_insert_with(|| {
                push_line(&mut text, format_args!("=\t{}", record.shared));
                number
            });
        }
        for entry in &self.entries {
            match entry.record {
                None => push_line(&mut text, format_args!("?\t{}", entry.path)),
                Some(Record { file, content, shared, own }) => {
                    let (number, FileState { length, modified }) = (numbers[shared], file);
                    let path = entry.path;
                    push_line(&mut text, format_args!("+\t{number}\t{length}\t{modified}\t{content}\t{own}\t{path}"));
                }
            }
        }
        let fingerprint = Fingerprint::of_bytes(text.as_bytes());
        push_line(&mut text, format_args!(".\t{fingerprint}"));
        text
    }
}

fn read_entry<'t>(fields: &'t str, shared: &[&'t str]) -> Option<Entry<'t>> {
    let mut fields = fields.splitn(6, '\t');
    let shared = *shared.get(fields.next()?.parse::<usize>().ok()?)?;
    let file = FileState { length: fields.next()?.parse().ok()?, modified: fields.next()?.parse().ok()? };
    let content = Fingerprint::parse(fields.next()?)?;
    let own = fields.next()?;
    Some(Entry { path: fields.next()?, record: Some(Record { file, content, shared, own }) })
}

fn push_line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest<'static> {
        let record = Record {
            file: FileState { length: 12, modified: 1_779_350_400_000_000_000 },
            content: Fingerprint::of_bytes(b"a"),
            shared: "program=1|template page.html=2",
            own: "page=3",
        };
        let entries = vec![
            Entry { path: "a b/index.html", record: Some(record) },
            Entry { path: "b.css", record: None },
            Entry { path: "c.css", record: Some(Record { own: "", ..record }) },
        ];
        Manifest { entries }
    }

    #[test]
    fn a_manifest_reads_back_in_the_order_of_its_paths() {
        let mut shuffled = manifest();
        shuffled.entries.reverse();
        let text = shuffled.write();
        assert_eq!(Manifest::read(&text), Some(manifest()));
        assert_eq!(manifest().get("b.css"), Some(Entry { path: "b.css", record: None }));
        assert_eq!(manifest().get("b.cs"), None);
        assert_eq!(Manifest::read(&Manifest::default().write()), Some(Manifest::default()));
    }

    #[test]
    fn a_damaged_or_foreign_manifest_does_not_read() {
        let text = manifest().write();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(Manifest::read(&text[..end]), None, "cut off at {end}");
        }
        assert_eq!(Manifest::read(&text.replace("b.css", "x.css")), None);
        assert_eq!(Manifest::read(&text.replace("manifest 1", "manifest 2")), None);
        assert_eq!(Manifest::read("<!doctype html>\n"), None);
        assert!(is_manifest(text.as_bytes()) && !is_manifest(b"") && !is_manifest(b"Fingerpost"));
    }
}
