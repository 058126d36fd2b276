//! A warm build equals a cold one, byte for byte, whatever was edited in between, whatever the time is, and
//! whether the warm one looks everywhere or is told where to look.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::mem;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use fingerpost::artefact::Artefact;
use fingerpost::assemble::Drafts;
use fingerpost::diagnostic::Diagnostic;
use fingerpost::hash::Fingerprint;
use fingerpost::load::{self, Look};
use fingerpost::path::SourcePath;
use fingerpost::pipeline::{Cache, Finished};
use fingerpost::publish;
use fingerpost::report::{self, Style};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use proptest::sample::select;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use tempfile::TempDir;

use crate::edits::{self, Edit, Editor};
use crate::project::{Built, NOW, Project, assert_same};

/// What happens between two builds.
#[derive(Clone, Debug)]
enum Happening {
    Edit(Edit),
    /// The site is seen at another moment: so many seconds after one that matters.
    Now(&'static str, i64),
    /// So many minutes pass.
    Later(i64),
    Drafts(Drafts),
}

/// Everything that the texts of `edits` wait for happens at one of these moments.
const MOMENTS: &[&str] = &[
    NOW,
    // Long before, and long after.
    "2026-05-20T11:00:00Z",
    "2027-06-01T11:00:00Z",
    // The walk and the tea of 26 May are over.
    "2026-05-26T11:00:00Z",
    // Midnight in London and in New York, at which a campaign begins, a post appears, and events are over.
    "2026-05-31T23:00:00Z",
    "2026-06-01T04:00:00Z",
    "2026-06-01T23:00:00Z",
    "2026-06-02T04:00:00Z",
    // The walk begins, and is over.
    "2026-06-02T10:00:00Z",
    "2026-06-02T02:00:00Z",
    "2026-06-02T06:00:00Z",
    // A post appears, and a page is to be looked at again.
    "2026-06-02T11:30:00Z",
    "2026-06-02T16:30:00Z",
    // A post goes.
    "2026-06-03T16:00:00Z",
    "2026-06-03T21:00:00Z",
    // Consent has ended.
    "2026-07-01T23:00:00Z",
    // A campaign is near, and the clocks go back.
    "2026-05-28T23:00:00Z",
    "2026-10-25T01:00:00Z",
];

fn happening() -> impl Strategy<Value = Happening> {
    let seconds = select(vec![0, -1, 1, -60, 60, -300, 300]);
    prop_oneof![
        12 => edits::edit().prop_map(Happening::Edit),
        3 => (select(MOMENTS), seconds).prop_map(|(moment, seconds)| Happening::Now(moment, seconds)),
        2 => (-3..200_i64).prop_map(Happening::Later),
        1 => select(vec![Drafts::LeftOut, Drafts::Included]).prop_map(Happening::Drafts),
    ]
}

/// How the warm run is told of what happened.
#[derive(Clone, Copy, Debug)]
enum Told {
    Everywhere,
    Exactly,
}

fn steps() -> impl Strategy<Value = Vec<(Vec<Happening>, Told)>> {
    let told = prop_oneof![1 => Just(Told::Everywhere), 3 => Just(Told::Exactly)];
    prop::collection::vec((prop::collection::vec(happening(), 1..5), told), 1..6)
}

/// A site that somebody works on.
struct Desk {
    project: Project,
    editor: Editor,
    now: Timestamp,
}

impl Desk {
    fn new(left_out: &[usize]) -> Self {
        let project = Project::empty();
        edits::write_site(project.root(), left_out);
        Desk { project, editor: Editor::default(), now: NOW.parse().unwrap() }
    }

    fn happens(&mut self, happening: &Happening) {
        match happening {
            Happening::Edit(edit) => self.editor.make(self.project.root(), *edit),
            Happening::Now(moment, seconds) => self.now = moment.parse::<Timestamp>().unwrap() + seconds.seconds(),
            Happening::Later(minutes) => self.now += minutes.minutes(),
            Happening::Drafts(drafts) => self.project.set_drafts(*drafts),
        }
        self.project.set_now(&self.now.to_string());
    }

    fn look(&mut self, told: Told) -> Look {
        let touched = mem::take(&mut self.editor.touched);
        match told {
            Told::Everywhere => Look::Everywhere,
            Told::Exactly => Look::At(touched),
        }
    }
}

/// Every planned file: the fingerprint of what its bytes depend on, and its bytes or what is wrong with it.
type Made = BTreeMap<String, (Fingerprint, Result<Vec<u8>, Diagnostic>)>;

fn made(finished: &Finished) -> Made {
    let Some(planned) = &finished.planned else { return Made::new() };
    let theme = &planned.theme;
    let make = |artefact: &Artefact| {
        let prepared = artefact.prepare(&planned.site);
        let template =
            |name: &&'static str| (theme.fingerprint(name), theme.names_assets(name).then_some(theme.assets));
        let templates: Vec<_> = prepared.templates.iter().map(template).collect();
        (Fingerprint::of(&(&prepared.parts, templates)), publish::bytes_of(artefact, planned))
    };
    let artefacts: Vec<&Artefact> = planned.plan.artefacts.values().collect();
    artefacts.par_iter().map(|artefact| (artefact.path.to_string(), make(artefact))).collect()
}

fn words(finished: &Finished) -> String {
    let text_of = |path: &SourcePath| -> Option<Arc<str>> { load::text_of(&finished.sources, path) };
    report::terminal(&finished.report, &text_of, Style::Plain)
}

/// Fails with the first file that differs.
fn assert_all_same(one: &Made, other: &Made) {
    let all: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let text = |made: Option<&(Fingerprint, Result<Vec<u8>, Diagnostic>)>| match made {
        Some((fingerprint, Ok(bytes))) => format!("{fingerprint}\n{}", String::from_utf8_lossy(bytes)),
        made => format!("{made:?}"),
    };
    for path in all {
        let (one, other) = (one.get(path), other.get(path));
        assert!(one == other, "{path}\n--- one\n{}\n--- other\n{}", text(one), text(other));
    }
}

/// Files that stand, because what their bytes depend on is as it was, are as they were.
fn assert_rightly_kept(before: &Made, now: &Made) {
    for (path, (fingerprint, made)) in now {
        let Some((known, kept)) = before.get(path).filter(|(known, _)| known == fingerprint) else { continue };
        assert!(kept == made, "{path} with {known}\n--- before\n{kept:?}\n--- now\n{made:?}");
    }
}

/// What a build says, but of feeds that an earlier build published and that the site has no longer: a first build knows
/// nothing of those.
fn without_gone_feeds(built: &Built) -> String {
    let is_other = |block: &&str| !block.starts_with("warning[publish/feed-gone]");
    built.terminal().split("\n\n").filter(is_other).collect::<Vec<_>>().join("\n\n")
}

/// `PROPTEST_CASES` asks for more cases than a usual run has.
fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").map_or(usual, |cases| cases.parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(40), max_shrink_iters: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_warm_build_equals_a_cold_one(left_out in prop::collection::vec(0..1000_usize, 0..3), steps in steps()) {
        let mut desk = Desk::new(&left_out);
        let mut cache = Cache::default();
        desk.project.build_warm(&mut cache);
        for (happenings, told) in &steps {
            happenings.iter().for_each(|happening| desk.happens(happening));
            let look = desk.look(*told);
            let warm = desk.project.build_looking(look, &mut cache);
            let fresh = TempDir::new().unwrap();
            let cold = desk.project.build_into(fresh.path(), &mut Cache::default());
            prop_assert_eq!(without_gone_feeds(&warm), cold.terminal());
            if !cold.report.has_errors() {
                assert_same(&warm.site(), &cold.site(), "warm and cold");
            }
            // Another process finds nothing left to do.
            let again = desk.project.build();
            assert_same(&again.tree, &warm.tree, "a build with an empty memory");
            prop_assert_eq!((again.changes.written, again.changes.removed), (0, 0));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(60), max_shrink_iters: 400, failure_persistence: None, ..Default::default() })]

    /// The preview makes its pages so: of a plan that a warm run made, with nothing published.
    #[test]
    fn a_warm_plan_makes_what_a_cold_one_makes(
        left_out in prop::collection::vec(0..1000_usize, 0..3),
        steps in steps(),
    ) {
        let mut desk = Desk::new(&left_out);
        let mut cache = Cache::default();
        let mut before = made(&desk.project.run(Look::Everywhere, &mut cache));
        for (happenings, told) in &steps {
            happenings.iter().for_each(|happening| desk.happens(happening));
            let look = desk.look(*told);
            let warm = desk.project.run(look, &mut cache);
            let cold = desk.project.run(Look::Everywhere, &mut Cache::default());
            prop_assert_eq!(words(&warm), words(&cold));
            let (now, of_cold) = (made(&warm), made(&cold));
            assert_all_same(&now, &of_cold);
            // Another process, which knows what the last one left beside the content.
            let mut recalled = Cache::default().recall(desk.project.root());
            let later = desk.project.run(Look::Everywhere, &mut recalled);
            prop_assert_eq!(words(&later), words(&cold));
            assert_all_same(&made(&later), &of_cold);
            recalled.keep(desk.project.root(), later.planned.as_ref().map(|planned| &planned.site));
            assert_rightly_kept(&before, &now);
            before = now;
            let until = |finished: &Finished| finished.planned.as_ref().map(|planned| planned.site.until);
            prop_assert!(until(&warm) <= until(&cold), "something would be missed");
        }
    }

    /// Until the moment that a site names, the same sources make the same site.
    #[test]
    fn nothing_changes_by_itself_before_the_moment_that_a_site_names(
        left_out in prop::collection::vec(0..1000_usize, 0..3),
        happenings in prop::collection::vec(happening(), 1..6),
        moment in select(MOMENTS),
    ) {
        let mut desk = Desk::new(&left_out);
        happenings.iter().for_each(|happening| desk.happens(happening));
        desk.happens(&Happening::Now(moment, -600));
        let before = desk.project.run(Look::Everywhere, &mut Cache::default());
        let Some(planned) = &before.planned else { return Ok(()) };
        desk.now = planned.site.until - 1.nanoseconds();
        desk.happens(&Happening::Later(0));
        let after = desk.project.run(Look::Everywhere, &mut Cache::default());
        prop_assert_eq!(words(&before), words(&after));
        assert_all_same(&made(&before), &made(&after));
    }
}

#[test]
fn the_site_that_is_edited_has_no_errors() {
    Desk::new(&[]).project.build().without_errors();
}

/// A text of the same length, at a time that the file system's clock cannot tell from the last one.
#[test]
fn a_save_right_after_another_one_is_read() {
    let desk = Desk::new(&[]);
    let path = desk.project.root().join("content/blog/c.md");
    let mut cache = Cache::default();
    let mut title_after = |text: &str, look: Look| {
        fs::write(&path, text).unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(UNIX_EPOCH).unwrap();
        let finished = desk.project.run(look, &mut cache);
        let site = finished.planned.unwrap().site;
        site.page_of(&"content/blog/c.md".into()).unwrap().document.meta.title.clone()
    };
    assert_eq!(title_after("---\ntitle: One\n---\n", Look::Everywhere), "One");
    assert_eq!(title_after("---\ntitle: Two\n---\n", Look::At([path.clone()].into())), "Two");
}

/// Two folders with files of the same names, lengths and times change places.
#[cfg(unix)]
#[test]
fn a_folder_that_takes_the_place_of_another_one_is_read() {
    let desk = Desk::new(&[]);
    let at = |path: &str| desk.project.root().join(path);
    for title in ["One", "Two"] {
        desk.project.write(&format!("content/{title}/page.md"), format!("---\ntitle: {title}\n---\n"));
        let file = fs::File::options().write(true).open(at(&format!("content/{title}/page.md"))).unwrap();
        file.set_modified(UNIX_EPOCH).unwrap();
    }
    let mut cache = Cache::default();
    desk.project.run(Look::Everywhere, &mut cache);
    for (from, to) in [("content/One", "One"), ("content/Two", "content/One"), ("One", "content/Two")] {
        fs::rename(at(from), at(to)).unwrap();
    }
    let site = desk.project.run(Look::Everywhere, &mut cache).planned.unwrap().site;
    assert_eq!(site.page_of(&"content/One/page.md".into()).unwrap().document.meta.title, "Two");
}

#[test]
fn faults_of_links_go_with_the_file() {
    let mut desk = Desk::new(&[]);
    desk.project.write("content/lost.md", "---\ntitle: Lost\n---\n[x](/nowhere/)\n");
    let mut cache = Cache::default();
    desk.project.run(Look::Everywhere, &mut cache);
    fs::create_dir(desk.project.root().join("content/lost")).unwrap();
    let (from, to) = ("content/lost.md", "content/lost/index.md");
    fs::rename(desk.project.root().join(from), desk.project.root().join(to)).unwrap();
    desk.editor.touched.extend([from, to].map(|path| desk.project.root().join(path)));
    let look = desk.look(Told::Exactly);
    let warm = desk.project.run(look, &mut cache);
    assert_eq!(words(&warm), words(&desk.project.run(Look::Everywhere, &mut Cache::default())));
}

/// Settings say the order of areas and of places, which no page knows.
#[test]
fn lists_have_the_order_of_the_settings_of_now() {
    let settings = |areas: &str| format!("name: Mill\nurl: https://mill.example.org\nareas: [{areas}]\n");
    let (far, near) = ("{id: far, name: Far}", "{id: near, name: Near}");
    let event = |area: &str, venue: &str| {
        format!("---\ntitle: {area}\nstart: 2026-06-10\nvenue: {venue}\nareas: [{area}]\n---\nCome.\n")
    };
    let project = Project::empty()
        .file("content/site.yaml", settings(&format!("{far}, {near}")))
        .file("content/venues.yaml", "barn: {name: A Barn}\nhall: {name: The Hall}\n")
        .file("content/events/far.md", event("far", "barn"))
        .file("content/events/near.md", event("near", "hall"));
    let mut cache = Cache::default();
    project.build_warm(&mut cache);
    for (path, text) in [
        ("content/site.yaml", settings(&format!("{near}, {far}"))),
        ("content/venues.yaml", "barn: {name: Z Barn}\nhall: {name: The Hall}\n".to_owned()),
    ] {
        project.write(path, text);
        let warm = project.build_warm(&mut cache);
        let fresh = TempDir::new().unwrap();
        assert_same(&warm.site(), &project.build_into(fresh.path(), &mut Cache::default()).site(), path);
    }
}
