//! A small site in a temporary folder, built in process at a fixed moment.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fingerpost::assemble::Drafts;
use fingerpost::diagnostic::{Diagnostic, Report};
use fingerpost::load::{self, Look};
use fingerpost::path::SourcePath;
use fingerpost::pipeline::{self, Cache, Finished};
use fingerpost::publish::{self, Changes};
use fingerpost::report::{self, Style};
use jiff::Timestamp;
use tempfile::TempDir;

/// The moment at which a site is seen unless a test says otherwise: noon in London on 1 June 2026.
pub const NOW: &str = "2026-06-01T11:00:00Z";

/// The settings of a site that says no more than it must.
pub const SITE: &str = "name: Mill Lane Link\nurl: https://mill.example.org\n";

/// A PNG of one pixel.
pub const PNG: &[u8] = include_bytes!("pixel.png");

/// Every file of an output folder by its path, the manifest among them.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// A site's folder and the folder that it is built into.
pub struct Project {
    folder: Folder,
    output: TempDir,
    now: Timestamp,
    drafts: Drafts,
}

/// A folder that goes away with the test, or one that stays.
enum Folder {
    Temporary(TempDir),
    Fixed(PathBuf),
}

impl Project {
    /// A site with the smallest settings and nothing else.
    pub fn new() -> Self {
        Project::empty().file("content/site.yaml", SITE)
    }

    /// A folder without any file.
    pub fn empty() -> Self {
        Project::of(Folder::Temporary(TempDir::new().unwrap()))
    }

    /// A site that lies in `folder` and is only read.
    pub fn at(folder: PathBuf) -> Self {
        Project::of(Folder::Fixed(folder))
    }

    fn of(folder: Folder) -> Self {
        Project { folder, output: TempDir::new().unwrap(), now: NOW.parse().unwrap(), drafts: Drafts::LeftOut }
    }

    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(path, bytes);
        self
    }

    pub fn now(mut self, now: &str) -> Self {
        self.set_now(now);
        self
    }

    pub fn with_drafts(mut self) -> Self {
        self.drafts = Drafts::Included;
        self
    }

    pub fn set_now(&mut self, now: &str) {
        self.now = now.parse().unwrap();
    }

    pub fn set_drafts(&mut self, drafts: Drafts) {
        self.drafts = drafts;
    }

    pub fn root(&self) -> &Path {
        match &self.folder {
            Folder::Temporary(folder) => folder.path(),
            Folder::Fixed(folder) => folder,
        }
    }

    pub fn output(&self) -> &Path {
        self.output.path()
    }

    /// Writes a file of the site.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        write(self.root(), path, bytes.as_ref());
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    /// Builds into the project's own output folder.
    pub fn build(&self) -> Built {
        self.build_into(self.output(), &mut Cache::default())
    }

    /// Builds with what an earlier build of the same process remembers.
    pub fn build_warm(&self, cache: &mut Cache) -> Built {
        self.build_into(self.output(), cache)
    }

    /// The same, told where to look.
    pub fn build_looking(&self, look: Look, cache: &mut Cache) -> Built {
        self.publish_into(self.output(), self.run(look, cache))
    }

    pub fn build_into(&self, output: &Path, cache: &mut Cache) -> Built {
        self.publish_into(output, self.run(Look::Everywhere, cache))
    }

    fn publish_into(&self, output: &Path, mut finished: Finished) -> Built {
        let publish = |planned| publish::publish(planned, output, None, &publish::Deaf, &mut finished.report).unwrap();
        let changes = finished.planned.as_ref().map(publish).unwrap_or_default();
        Built::of(changes, finished, tree(output))
    }

    /// Notes what calendars are told, as a bare build does.
    pub fn keep_history(&self) {
        let planned = self.run(Look::Everywhere, &mut Cache::default()).planned.unwrap();
        pipeline::keep_history(self.root(), &planned.site).unwrap();
    }

    /// Plans the site; nothing is made.
    pub fn run(&self, look: Look, cache: &mut Cache) -> Finished {
        let project = pipeline::Project { root: self.root(), now: self.now, drafts: self.drafts, look };
        pipeline::run(&project, cache, &mut |_| {}).unwrap()
    }

    /// Makes every file and writes none.
    pub fn check(&self) -> Built {
        let mut finished = self.run(Look::Everywhere, &mut Cache::default());
        if let Some(planned) = &finished.planned {
            publish::rehearse(planned, &mut finished.report);
        }
        Built::of(Changes::default(), finished, Tree::new())
    }
}

/// What a build left behind.
pub struct Built {
    pub changes: Changes,
    pub report: Report,
    /// The texts of the files that the report speaks of.
    texts: BTreeMap<SourcePath, Arc<str>>,
    pub tree: Tree,
}

impl Built {
    fn of(changes: Changes, finished: Finished, tree: Tree) -> Self {
        let Finished { report, sources, .. } = finished;
        let labels =
            |diagnostic: &Diagnostic| diagnostic.labels.iter().map(|(place, _)| place.clone()).collect::<Vec<_>>();
        let places =
            report.iter().flat_map(|diagnostic| diagnostic.place.clone().into_iter().chain(labels(diagnostic)));
        let texts = places.filter_map(|place| Some((place.path.clone(), load::text_of(&sources, &place.path)?)));
        Built { changes, texts: texts.collect(), report, tree }
    }

    /// Fails unless nothing at all is wrong.
    pub fn clean(self) -> Self {
        assert_eq!(self.terminal(), "");
        self
    }

    /// Fails if the build was refused.
    pub fn without_errors(self) -> Self {
        assert!(!self.report.has_errors(), "{}", self.terminal());
        self
    }

    /// The codes of everything that is wrong, most serious first.
    pub fn codes(&self) -> Vec<&'static str> {
        self.report.iter().map(|diagnostic| diagnostic.code.id).collect()
    }

    /// The problems with that code.
    pub fn with_code(&self, id: &str) -> Vec<&Diagnostic> {
        self.report.iter().filter(|diagnostic| diagnostic.code.id == id).collect()
    }

    /// The report as a terminal shows it.
    pub fn terminal(&self) -> String {
        let text_of = |path: &SourcePath| self.texts.get(path).map(Arc::clone);
        report::terminal(&self.report, &text_of, Style::Plain)
    }

    /// The line, from 1, in which a problem begins.
    pub fn line(&self, diagnostic: &Diagnostic) -> usize {
        let place = diagnostic.place.as_ref().unwrap();
        let text = &self.texts[&place.path];
        text[..place.start].matches('\n').count() + 1
    }

    pub fn has(&self, path: &str) -> bool {
        self.tree.contains_key(path)
    }

    /// The text of an output file.
    pub fn text(&self, path: &str) -> &str {
        let bytes = self.tree.get(path).unwrap_or_else(|| panic!("no {path} among {:#?}", self.tree.keys()));
        std::str::from_utf8(bytes).unwrap()
    }

    /// Every file but the record of the build.
    pub fn site(&self) -> Tree {
        self.tree.iter().filter(|(path, _)| *path != ".fingerpost").map(|(p, b)| (p.clone(), b.clone())).collect()
    }
}

/// Every file below a folder, by its path with `/` between the parts.
pub fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    let mut due = vec![folder.to_owned()];
    while let Some(current) = due.pop() {
        let Ok(entries) = fs::read_dir(&current) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                due.push(path);
            } else {
                let parts = path.strip_prefix(folder).unwrap().components();
                let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
                found.insert(parts.join("/"), fs::read(&path).unwrap());
            }
        }
    }
    found
}

pub fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let place = folder.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, bytes).unwrap();
}

/// Fails with the names of the files that differ, not with their bytes.
pub fn assert_same(left: &Tree, right: &Tree, about: &str) {
    let all: std::collections::BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    let differing: Vec<&String> = all.into_iter().filter(|path| left.get(*path) != right.get(*path)).collect();
    let Some(first) = differing.first() else { return };
    let text = |tree: &Tree| tree.get(*first).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    panic!("{about}: {differing:?} differ\n--- left\n{:?}\n--- right\n{:?}", text(left), text(right));
}
