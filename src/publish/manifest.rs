//! The record of what was published: `.fingerpost` at the top of the output folder, one line a file.
//!
//! ```text
//! Fingerpost site, manifest 2
//! @⇥…⇥2026-11-24T00:00:00Z⇥…⇥207⇥              what the whole site was made from, and when it stands
//! =⇥template post.html⇥…                       what many files are made of
//! ~⇥events/calendar.ics                        a feed that people may have subscribed to
//! #⇥its own text and facts|…⇥post.html         the names of parts and of templates, numbered from 0
//! +⇥0⇥8123⇥1779350400000000000⇥…⇥…⇥about/index.html
//! ?⇥news/index.html                            ours, in an unknown state: a build was under way
//! .⇥…                                          the fingerprint of everything above
//! ```
//!
//! A line `+` holds the number of its names, length, time of the last change, fingerprint of the bytes, the
//! file's own parts in the order of their names, and its path; fields are parted by tabs, lines are sorted by
//! path. **Invariant:** a text that was cut off or changed does not read: its last line would not fit.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

use crate::artefact::{Prepared, addresses};
use crate::hash::Fingerprint;

use super::disk::FileState;
use super::whole::Whole;

/// The manifest's name in the output folder.
pub const NAME: &str = addresses::OURS;

const MARK: &str = "Fingerpost site, manifest ";
const VERSION: &str = "2";

/// What was published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest<'t> {
    /// Only of a site that was built without a problem.
    pub whole: Option<Whole>,
    /// What many files are made of, by name: the program, the addresses of assets, each template.
    pub shared: BTreeMap<Cow<'t, str>, Fingerprint>,
    /// The paths of feeds that people may have subscribed to, whether or not the site still has them.
    pub subscribed: BTreeSet<&'t str>,
    /// Sorted by path.
    pub entries: Vec<Entry<'t>>,
}

/// One file of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    pub path: &'t str,
    /// Absent where a build began to write the file and did not say that it finished.
    pub record: Option<Record<'t>>,
}

/// What a file was made of, and what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<'t> {
    pub file: FileState,
    /// The fingerprint of its bytes.
    pub content: Fingerprint,
    pub made_of: MadeOf<'t>,
}

/// The parts of a file's own, and the templates whose names stand for shared ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeOf<'t> {
    /// `its own text and facts|the pages beside it⇥post.html|components/callout.html`.
    names: Cow<'t, str>,
    /// 16 digits for each part.
    parts: Cow<'t, str>,
}

/// The digits of a part's fingerprint.
const DIGITS: usize = 16;

impl MadeOf<'_> {
    pub fn of(prepared: &Prepared<'_>) -> MadeOf<'static> {
        let named: Vec<&str> = prepared.parts.0.iter().map(|(words, _)| *words).collect();
        let mut parts = String::with_capacity(named.len() * DIGITS);
        for (_, fingerprint) in &prepared.parts.0 {
            push(&mut parts, format_args!("{}", fingerprint.brief()));
        }
        let names = format!("{}\t{}", named.join("|"), prepared.templates.join("|"));
        MadeOf { names: names.into(), parts: parts.into() }
    }

    /// The names of the parts with their fingerprints in short.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        let (words, _) = self.names.split_once('\t').unwrap_or((&self.names, ""));
        let digits = (0..).map(|at| self.parts.get(at * DIGITS..(at + 1) * DIGITS).unwrap_or_default());
        words.split('|').filter(|words| !words.is_empty()).zip(digits)
    }

    pub fn templates(&self) -> impl Iterator<Item = &str> {
        let (_, templates) = self.names.split_once('\t').unwrap_or_default();
        templates.split('|').filter(|template| !template.is_empty())
    }
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
        let (mut manifest, mut names) = (Manifest::default(), Vec::new());
        for line in lines {
            match line.split_once('\t')? {
                ("=", shared) => {
                    let (name, fingerprint) = shared.rsplit_once('\t')?;
                    manifest.shared.insert(name.into(), Fingerprint::parse(fingerprint)?);
                }
                ("@", fields) => manifest.whole = Some(read_whole(fields)?),
                ("~", path) => drop(manifest.subscribed.insert(path)),
                ("#", line) => names.push(line),
                ("+", fields) => manifest.entries.push(read_entry(fields, &names)?),
                ("?", path) => manifest.entries.push(Entry { path, record: None }),
                _ => return None,
            }
        }
        manifest.entries.is_sorted_by(|a, b| a.path < b.path).then_some(manifest)
    }

    pub fn get(&self, path: &str) -> Option<&Entry<'t>> {
        let index = self.entries.binary_search_by(|entry| entry.path.cmp(path)).ok()?;
        self.entries.get(index)
    }

    /// The text of the manifest; the entries may come in any order.
    pub fn write(mut self) -> String {
        self.entries.sort_by(|a, b| a.path.cmp(b.path));
        let mut text = String::with_capacity(1024 + self.entries.len() * 256);
        push(&mut text, format_args!("{MARK}{VERSION}\n"));
        if let Some(Whole { made_from, from, until, pages, held_back }) = &self.whole {
            push(&mut text, format_args!("@\t{made_from}\t{from}\t{until}\t{pages}\t{held_back}\n"));
        }
        for (name, fingerprint) in &self.shared {
            push(&mut text, format_args!("=\t{name}\t{fingerprint}\n"));
        }
        for path in &self.subscribed {
            push(&mut text, format_args!("~\t{path}\n"));
        }
        let mut numbers = HashMap::new();
        for record in self.entries.iter().filter_map(|entry| entry.record.as_ref()) {
            let number = numbers.len();
            numbers.entry(record.made_of.names.as_ref()).or_insert_with_key(|names| {
                push(&mut text, format_args!("#\t{names}\n"));
                number
            });
        }
        for Entry { path, record } in &self.entries {
            match record {
                None => push(&mut text, format_args!("?\t{path}\n")),
                Some(Record { file: FileState { length, modified }, content, made_of }) => {
                    let (number, parts) = (numbers[made_of.names.as_ref()], &made_of.parts);
                    push(&mut text, format_args!("+\t{number}\t{length}\t{modified}\t{content}\t{parts}\t{path}\n"));
                }
            }
        }
        let fingerprint = Fingerprint::of_bytes(text.as_bytes());
        push(&mut text, format_args!(".\t{fingerprint}\n"));
        text
    }
}

fn read_whole(fields: &str) -> Option<Whole> {
    let mut fields = fields.splitn(5, '\t');
    Some(Whole {
        made_from: Fingerprint::parse(fields.next()?)?,
        from: fields.next()?.parse().ok()?,
        until: fields.next()?.parse().ok()?,
        pages: fields.next()?.parse().ok()?,
        held_back: fields.next()?.to_owned(),
    })
}

fn read_entry<'t>(fields: &'t str, names: &[&'t str]) -> Option<Entry<'t>> {
    let mut fields = fields.splitn(6, '\t');
    let names = *names.get(fields.next()?.parse::<usize>().ok()?)?;
    let file = FileState { length: fields.next()?.parse().ok()?, modified: fields.next()?.parse().ok()? };
    let content = Fingerprint::parse(fields.next()?)?;
    let made_of = MadeOf { names: names.into(), parts: fields.next()?.into() };
    Some(Entry { path: fields.next()?, record: Some(Record { file, content, made_of }) })
}

fn push(text: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = text.write_fmt(words);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest<'static> {
        let record = Record {
            file: FileState { length: 12, modified: 1_779_350_400_000_000_000 },
            content: Fingerprint::of_bytes(b"a"),
            made_of: MadeOf { names: "page|card\tpage.html".into(), parts: "00000000000000010000000000000002".into() },
        };
        let entries = vec![
            Entry { path: "a b/index.html", record: Some(record.clone()) },
            Entry { path: "b.css", record: None },
            Entry {
                path: "c.css",
                record: Some(Record { made_of: MadeOf { names: "\t".into(), parts: "".into() }, ..record }),
            },
        ];
        let shared = [("program".into(), Fingerprint::of(&1)), ("template page.html".into(), Fingerprint::of(&2))];
        let whole = Whole {
            made_from: Fingerprint::of(&3),
            from: jiff::Timestamp::UNIX_EPOCH,
            until: jiff::Timestamp::MAX,
            pages: 2,
            held_back: "1 page held back: draft (1)".to_owned(),
        };
        Manifest { whole: Some(whole), shared: shared.into(), subscribed: ["a b/calendar.ics"].into(), entries }
    }

    #[test]
    fn a_manifest_reads_back_in_the_order_of_its_paths() {
        let mut shuffled = manifest();
        shuffled.entries.reverse();
        let text = shuffled.write();
        assert_eq!(Manifest::read(&text), Some(manifest()));
        assert_eq!(manifest().get("b.css"), Some(&Entry { path: "b.css", record: None }));
        assert_eq!(manifest().get("b.cs"), None);
        assert_eq!(Manifest::read(&Manifest::default().write()), Some(Manifest::default()));
    }

    #[test]
    fn what_a_file_is_made_of_reads_back() {
        let manifest = manifest();
        let made_of = |at: usize| manifest.entries[at].record.as_ref().map(|record| record.made_of.clone()).unwrap();
        let parts = [("page", "0000000000000001"), ("card", "0000000000000002")];
        assert_eq!(made_of(0).parts().collect::<Vec<_>>(), parts);
        assert_eq!(made_of(0).templates().collect::<Vec<_>>(), ["page.html"]);
        assert_eq!((made_of(2).parts().count(), made_of(2).templates().count()), (0, 0));
    }

    #[test]
    fn a_damaged_or_foreign_manifest_does_not_read() {
        let text = manifest().write();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(Manifest::read(&text[..end]), None, "cut off at {end}");
        }
        assert_eq!(Manifest::read(&text.replace("b.css", "x.css")), None);
        assert_eq!(Manifest::read(&text.replace("manifest 2", "manifest 1")), None);
        assert_eq!(Manifest::read("<!doctype html>\n"), None);
        assert!(is_manifest(text.as_bytes()) && !is_manifest(b"") && !is_manifest(b"Fingerpost"));
    }
}
