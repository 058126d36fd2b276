//! A preview that is not spared: thousands of writes, renames and deletions of every kind while it runs, and
//! after each round it shows what a build of the same folder makes.
//!
//! Each round ends with one more save. Once the preview shows that, it has seen everything before it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use fingerpost::load::Look;
use fingerpost::pipeline::Cache;
use fingerpost::publish;

use crate::program::Folder;
use crate::project::{PNG, Project};
use crate::serve::Preview;

const ROUNDS: usize = 36;
/// Rounds between two comparisons with a build.
const COMPARED: usize = 3;
/// The most that happens in a round; in every other one it is little.
const DEEDS: usize = 240;

/// Folders that come, go and move; none lies where files have fields of their own.
const FOLDERS: &[&str] = &["a", "a/deep", "a/deep/deeper", "b", "b/deep", "blog", "blog/deep", "c", "media"];
const NAMES: &[&str] = &["one.md", "two.md", "three.md", "four.md", "five.md", "door.png", "leaf.pdf", "note.txt"];

/// Knuth's generator: the same deeds every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }
}

/// `TORTURE_SEED` asks for other deeds than a usual run has.
fn seed() -> u64 {
    std::env::var("TORTURE_SEED").map_or(7, |seed| seed.parse().unwrap())
}

/// Somebody, or something, that works on a site's folder without a pause.
struct Worker {
    root: PathBuf,
    random: Random,
    /// Counts what is written: no two texts are the same, though many have the same length.
    written: usize,
    /// Files that no build could publish as they are.
    broken: BTreeSet<PathBuf>,
}

impl Worker {
    fn folder(&mut self) -> PathBuf {
        self.root.join("content").join(self.random.of(FOLDERS))
    }

    fn file(&mut self) -> PathBuf {
        let folder = self.folder();
        folder.join(self.random.of(NAMES))
    }

    /// What stands in a file of that name, never twice the same.
    fn bytes(&mut self, path: &Path) -> Vec<u8> {
        self.written += 1;
        let number = self.written;
        let other = format!("../{}/{}", self.random.of(FOLDERS), self.random.of(NAMES));
        match path.extension().unwrap().to_str().unwrap() {
            "md" => {
                format!("---\ntitle: Page {number:06}\nsummary: A.\ndate: 2026-05-01\n---\n\n[Other]({other})\n").into()
            }
            "png" => [PNG, format!("{number:06}").as_bytes()].concat(),
            "pdf" => [b"%PDF-1.4 \xff\x00\xfe", format!("{number:06}").as_bytes()].concat(),
            _ => format!("{number:06}").into(),
        }
    }

    fn write(&mut self, path: &Path) {
        let bytes = self.bytes(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self.broken.remove(path);
    }

    fn rename(&mut self, from: &Path, to: &Path) {
        if !from.exists() || from.starts_with(to) || to.starts_with(from) {
            return;
        }
        self.remove(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(from, to).unwrap();
        let moved: Vec<_> = self.broken.iter().filter(|path| path.starts_with(from)).cloned().collect();
        for path in moved {
            let inner = path.strip_prefix(from).unwrap();
            self.broken.insert(if inner.as_os_str().is_empty() { to.to_owned() } else { to.join(inner) });
            self.broken.remove(&path);
        }
    }

    fn remove(&mut self, path: &Path) {
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else if path.exists() {
            fs::remove_file(path).unwrap();
        }
        self.broken.retain(|broken| !broken.starts_with(path));
    }

    fn deed(&mut self) {
        let (file, folder) = (self.file(), self.folder());
        match self.random.below(40) {
            0..8 => self.write(&file),
            // A save by way of another name, and one that keeps the old text.
            8..13 => {
                let beside = file.with_file_name(".new.md.tmp");
                let bytes = self.bytes(&file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(&beside, bytes).unwrap();
                self.rename(&beside, &file);
                self.broken.remove(&file);
            }
            13..15 => {
                self.rename(&file, &file.with_extension("md~"));
                self.write(&file);
            }
            // A save in two steps, and several close together.
            15..17 => {
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(&file, "").unwrap();
                self.write(&file);
            }
            17..19 => (0..5).for_each(|_| self.write(&file)),
            19..22 => {
                let to = self.file().with_extension(file.extension().unwrap());
                self.rename(&file, &to);
            }
            22..26 => self.remove(&file),
            26..28 => self.remove(&folder),
            28..31 => {
                let to = self.folder();
                self.rename(&folder, &to);
            }
            // Out of sight, and back in at another place.
            31 => {
                let (away, to) = (self.root.join("away"), self.folder());
                self.rename(&folder, &away);
                self.rename(&away, &to);
            }
            // A folder that is new, with all that it holds.
            32..34 => {
                self.remove(&folder);
                for name in NAMES {
                    self.write(&folder.join(name));
                }
            }
            34..36 => (0..60).for_each(|_| {
                let file = self.file();
                self.write(&file);
            }),
            36..38 if file.extension().unwrap() == "md" => {
                self.write(&file);
                let is_cut_off = self.random.below(2) == 0;
                fs::write(&file, if is_cut_off { &b"---\ntitle: [\n"[..] } else { b"---\ntitle: \xff\xfe\n---\n" })
                    .unwrap();
                self.broken.insert(file);
            }
            38 => {
                self.written += 1;
                let css = format!("body {{ width: {}px }}\n", self.written);
                self.save("themes/waymark/assets/css/more.css", &css);
            }
            39 if self.random.below(8) == 0 => {
                let (content, away) = (self.root.join("content"), self.root.join("old"));
                fs::rename(&content, &away).unwrap();
                fs::rename(&away, &content).unwrap();
            }
            _ => {}
        }
    }

    fn save(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn mend(&mut self) {
        for path in std::mem::take(&mut self.broken) {
            self.write(&path);
        }
    }
}

/// Waits until the preview has seen the last save.
fn wait_for(preview: &Preview, words: &str) {
    loop {
        let page = preview.open("/last/");
        if preview.get("/last/").text().contains(words) {
            return;
        }
        while page.next().0 != "reload" {}
    }
}

/// Fails unless the preview shows every page of a build, and nothing at the addresses that there were once.
fn compare(preview: &Preview, folder: &Folder, known: &mut BTreeSet<String>, about: &str) {
    let project = Project::at(folder.path("")).now("2026-11-23T12:00:00Z");
    let built = project.run(Look::Everywhere, &mut Cache::default());
    assert!(!built.report.has_errors(), "{about}: {:?}", built.report.iter().next());
    let planned = built.planned.unwrap();
    for artefact in planned.plan.artefacts.values() {
        let path = artefact.path.to_string();
        let bytes = publish::bytes_of(artefact, &planned).unwrap();
        let answer = preview.get(&format!("/{path}"));
        assert_eq!(answer.status, 200, "{about}: {path}");
        let shown = answer.without_script();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(shown == bytes, "{about}: {path}\n--- shown\n{}\n--- built\n{}", text(&shown), text(&bytes));
        known.insert(path);
    }
    for path in known.iter().filter(|path| planned.plan.get(&path.as_str().into()).is_none()) {
        assert_eq!(preview.get(&format!("/{path}")).status, 404, "{about}: {path}");
    }
}

#[test]
fn whatever_happens_to_the_folder_the_preview_shows_what_a_build_makes() {
    let folder = Folder::with_site();
    let root = folder.path("").canonicalize().unwrap();
    let mut worker = Worker { root, random: Random(seed()), written: 0, broken: BTreeSet::new() };
    worker.save("content/last.md", "---\ntitle: Last\nsummary: A.\n---\n\nRound 0.\n");
    let preview = Preview::of(&folder);
    let mut known = BTreeSet::new();
    for round in 1..=ROUNDS {
        let deeds = 1 + worker.random.below(if round % 2 == 0 { DEEDS } else { 4 });
        (0..deeds).for_each(|_| worker.deed());
        worker.mend();
        // A look at the disk takes its time: it may meet the last word, and have missed what was written before. The
        // look that meets the second word began when the first had been seen.
        for word in ["First", "Second"] {
            let words = format!("{word} word of round {round}.");
            worker.save("content/last.md", &format!("---\ntitle: Last\nsummary: A.\n---\n\n{words}\n"));
            wait_for(&preview, &words);
        }
        if round % COMPARED == 0 {
            compare(&preview, &folder, &mut known, &format!("round {round}"));
        }
    }
}
