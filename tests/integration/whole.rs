//! A site from which nothing changed is not even planned; whatever changed, it is built again.

use std::fs;
use std::path::Path;

use crate::program::{Folder, Run};
use crate::project::{Tree, assert_same, tree};

const EVENT: &str = "---\ntitle: Tea\nsummary: Tea for all.\nstart: 2026-11-23 14:00\nend: 2026-11-23 15:00\nonline: https://example.org/tea\n---\n\nCome.\n";
const POST: &str = "---\ntitle: News\nsummary: What is new.\ndate: 2026-11-24\n---\n\nNews.\n";

/// Noon in London on Monday 23 November 2026, and later.
const NOON: &str = "2026-11-23T12:00:00Z";
const BEFORE_THE_END: &str = "2026-11-23T14:59:59Z";
const AFTER_THE_END: &str = "2026-11-23T15:00:00Z";
const NEXT_DAY: &str = "2026-11-24T12:00:00Z";

fn site() -> Folder {
    let folder = Folder::with_site();
    folder.write("content/events/tea.md", EVENT);
    // So that there is a calendar of all events when the only event goes, and nothing to warn of.
    folder.write("content/events/index.md", "---\ntitle: Events\nsummary: What is on.\n---\n\nWhat is on.\n");
    folder.write("content/blog/news.md", POST);
    folder
}

fn build(folder: &Folder, now: &str) -> Run {
    let run = folder.run(&["build", "--today", now, "--timings"]);
    run.assert_code(0);
    run
}

fn was_planned(run: &Run) -> bool {
    run.stdout.contains("assemble")
}

/// What a first build makes of the folder.
fn cold(folder: &Folder, now: &str) -> Tree {
    let fresh = Folder::new();
    let output = fresh.path("public");
    fs::remove_dir_all(folder.path(".fingerpost-cache")).unwrap();
    folder.run(&["build", "--today", now, "--output", output.to_str().unwrap()]).assert_code(0);
    site_of(&output)
}

fn site_of(output: &Path) -> Tree {
    tree(output).into_iter().filter(|(path, _)| path != ".fingerpost").collect()
}

/// Builds, changes something, and builds again: the site is planned anew and comes out as a first build would make it.
fn check(what: &str, now: &str, change: impl FnOnce(&Folder)) {
    let folder = site();
    build(&folder, NOON);
    assert!(!was_planned(&build(&folder, NOON)), "{what}: planned though nothing changed");
    change(&folder);
    assert!(was_planned(&build(&folder, now)), "{what}: not planned");
    assert_same(&site_of(&folder.path("public")), &cold(&folder, now), what);
}

#[test]
fn nothing_changed_until_something_does() {
    check("a text", NOON, |folder| {
        folder.write("content/index.md", "---\ntitle: Home\nsummary: Hello.\n---\n\nHello.\n")
    });
    check("a new file", NOON, |folder| {
        folder.write("content/about.md", "---\ntitle: About\nsummary: Us.\n---\n\nUs.\n")
    });
    check("a deleted file", NOON, |folder| fs::remove_file(folder.path("content/events/tea.md")).unwrap());
    check("the settings", NOON, |folder| {
        folder.write("content/site.yaml", "name: Other service\nurl: https://www.example.org\n");
    });
    check("a template", NOON, |folder| folder.write("themes/waymark/templates/not-found.html", "<p>Nothing here.</p>"));
    check("a page that somebody changed", NOON, |folder| folder.write("public/index.html", "by hand"));
    check("a page that somebody removed", NOON, |folder| fs::remove_file(folder.path("public/index.html")).unwrap());
    check("the end of an event", AFTER_THE_END, |_| {});
    check("a day on which a post appears", NEXT_DAY, |_| {});
}

#[test]
fn the_same_hour_and_the_same_problems_are_kept() {
    let folder = site();
    build(&folder, NOON);
    let again = build(&folder, BEFORE_THE_END);
    assert!(!was_planned(&again), "planned before the event has ended");
    again.assert_stdout("0 files written").assert_stdout("1 page held back: scheduled (1)");
    // A site with a warning is planned each time, so that the warning is said each time.
    folder.write("content/faulty.md", "---\ntitle: Faulty\nsumary: A slip.\n---\n\nText.\n");
    for _ in 0..2 {
        let run = build(&folder, NOON);
        assert!(was_planned(&run) && run.stderr.contains("sumary"), "{}", run.stderr);
    }
}
