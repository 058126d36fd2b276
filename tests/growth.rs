//! A preview that runs all day holds no more in the evening than in the morning.
//!
//! The bytes that the program holds are counted, not what the system gave it: so the figure is the same on
//! every system, and a busy machine changes nothing. For that this test is a process of its own.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test writes its own site, and fails by panicking"
)]

use std::alloc::System;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cap::Cap;
use fingerpost::artefact::Planned;
use fingerpost::assemble::Drafts;
use fingerpost::load::Look;
use fingerpost::pipeline::{self, Cache, Project};
use fingerpost::publish;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

const REBUILDS: usize = 1000;
/// Until here the memory may grow to its size.
const SETTLED: usize = 200;
/// After so many rebuilds the folder is as it was, but for numbers in texts, which have the same length.
const ROUND: usize = 20;
/// A rebuild that left a single short text behind would leave more.
const MARGIN: usize = 8 * 1024;

const PAGES: usize = 5;

#[test]
fn a_thousand_rebuilds_hold_no_more_than_a_few() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let write = |path: &str, text: String| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("content/site.yaml", settings(0));
    for page in 0..PAGES {
        write(&format!("content/page-{page}.md"), text("Page", 0, page));
        write(&format!("content/blog/post-{page}.md"), text("Post", 0, page));
        let dates = format!("start: 2026-06-01 1{page}:00\nrepeats: {{every: week}}\nonline: https://example.org\n");
        write(&format!("content/events/event-{page}.md"), format!("---\ntitle: Event {page}\n{dates}---\nCome.\n"));
    }
    let mut cache = Cache::default();
    let mut shown = run(root, Look::Everywhere, 0, &mut cache);
    let mut held = Vec::new();
    for rebuild in 1..=REBUILDS {
        let changed = match rebuild % ROUND {
            1 => edited(&write, "content/site.yaml", settings(rebuild)),
            2 => edited(&write, "themes/waymark/templates/page.html", format!("{rebuild:05} {{{{ page.title }}}}")),
            3 => removed(root, "themes/waymark/templates/page.html"),
            4 => edited(&write, "content/blog/new.md", text("New", rebuild, 0)),
            5 => removed(root, "content/blog/new.md"),
            6 => renamed(root, "content/blog", "content/news"),
            7 => renamed(root, "content/news", "content/blog"),
            8 => edited(&write, "content/page-1.md", "---\ntitle: [\n".to_owned()),
            9 => edited(&write, "content/page-1.md", text("Page", rebuild, 1)),
            // Nothing but the time.
            10 => BTreeSet::new(),
            // A title, which lists and other pages show.
            11..14 => edited(&write, "content/blog/post-2.md", text(&format!("{rebuild:05}"), rebuild, 2)),
            _ => edited(&write, "content/page-3.md", text("Page", rebuild, 3)),
        };
        let changed = changed.into_iter().map(|path| root.join(path)).collect();
        let planned = run(root, Look::At(changed), rebuild, &mut cache);
        let page = planned.plan.get(&"page-3/index.html".into()).unwrap();
        assert!(!publish::bytes_of(page, &planned).unwrap().is_empty());
        // The preview shows the old site until the new one is there.
        shown = planned;
        if rebuild % ROUND == 0 {
            held.push(MEMORY.allocated());
        }
    }
    drop(shown);
    let (settled, last) = (held[SETTLED / ROUND - 1], *held.last().unwrap());
    assert!(last <= settled + MARGIN, "{settled} bytes became {last}: {held:?}");
    drop(cache);
    assert!(MEMORY.allocated() < last / 2, "most of it was the cache and the site");
}

fn run(root: &Path, look: Look, rebuild: usize, cache: &mut Cache) -> Planned {
    let now = format!("2026-06-01T10:{:02}:00Z", rebuild % ROUND);
    let project = Project { root, now: now.parse().unwrap(), drafts: Drafts::LeftOut, look };
    pipeline::run(&project, cache, &mut |_| {}).unwrap().planned.unwrap()
}

fn settings(number: usize) -> String {
    format!("name: Mill Lane {number:05}\nurl: https://mill.example.org\n")
}

/// A page that links to the next one, and to one that is not there.
fn text(title: &str, number: usize, page: usize) -> String {
    let next = (page + 1) % PAGES;
    format!("---\ntitle: {title}\ndate: 2026-05-01\ntags: [tea]\n---\n{number:05} [x](page-{next}.md) [y](lost.md)\n")
}

fn edited(write: &dyn Fn(&str, String), path: &str, text: String) -> BTreeSet<PathBuf> {
    write(path, text);
    [path.into()].into()
}

fn removed(root: &Path, path: &str) -> BTreeSet<PathBuf> {
    fs::remove_file(root.join(path)).unwrap();
    [path.into()].into()
}

fn renamed(root: &Path, from: &str, to: &str) -> BTreeSet<PathBuf> {
    fs::rename(root.join(from), root.join(to)).unwrap();
    [from.into(), to.into()].into()
}
