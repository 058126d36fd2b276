//! What publishing promises, tried on real folders: a warm build equals a cold one, errors change nothing,
//! what is not ours stays, and a machine that stops at any step leaves whole files.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::artefact::{Artefact, Owner, Parts, Prepared, addresses};
use crate::assemble::{self, Drafts, Material, Moment, SiteCache, Unread};
use crate::hash::Fingerprint;
use crate::model::html::Html;
use crate::path::SourcePath;
use crate::site::{SiteFile, Texts};
use crate::source::{Content, DiskFile, Source, Sources};
use crate::theme::Theme;

type Files<'a> = &'a [(&'a str, &'a str)];

/// A plan with these files; one with the text `fault` cannot be made.
fn plan<'a>(files: impl IntoIterator<Item = &'a (&'a str, &'a str)>) -> Plan {
    Plan::of(files.into_iter().map(|(path, text)| artefact(path, text)))
}

/// Its key is its path, its text, and what stands for the text in its fingerprint.
fn artefact(path: &str, text: &str) -> Artefact {
    artefact_of(path, text, text)
}

fn artefact_of(path: &str, text: &str, part: &str) -> Artefact {
    let owner = Owner::named(format!("the page of {path}.md"));
    let stage = match path.rsplit('.').next() {
        Some("html") => Stage::Page,
        Some("xml") => Stage::Data,
        _ => Stage::Asset,
    };
    let key = [path, text, part].map(str::to_owned);
    Artefact::new(path.into(), owner, stage, key, |_, [path, text, part]| {
        let parts = Parts::default().with("the text of its source", Fingerprint::of(&part));
        Prepared::new(parts, vec!["page.html"], [path.clone(), text.clone()], |[path, text], _| match text.as_str() {
            "fault" => Err(Diagnostic::nowhere(&codes::theme::TEMPLATE_FAILED, format!("a fault in {path}"))),
            text => Ok(text.as_bytes().to_vec()),
        })
    })
}

fn planned(plan: Plan, program: Fingerprint) -> Planned {
    let mut sources = Sources::default();
    let path = SourcePath::from(crate::config::SITE_FILE);
    let content = Content::Text("name: A\nurl: https://example.org\n".into());
    sources.insert(Arc::new(Source { path, fingerprint: Fingerprint::default(), content }));
    let mut report = Report::default();
    let config = crate::config::read(&sources, &mut report).unwrap();
    let moment = Moment { now: jiff::Timestamp::UNIX_EPOCH, drafts: Drafts::LeftOut };
    let texts = Texts { root: "".into(), read: |_, _, _| Ok(Html::default()) };
    let mut cache = SiteCache::default();
    let documents = Arc::default();
    let material = Material {
        config,
        sources: &sources,
        documents: &documents,
        unread: Unread::default(),
        assets: BTreeMap::new(),
        texts,
    };
    let site = assemble::site(material, moment, &mut cache, &mut report);
    Planned { site, plan: Arc::new(plan), theme: Theme::default(), program }
}

fn run_on(disk: &Disk, plan: Plan) -> anyhow::Result<(Changes, Vec<String>)> {
    let mut report = Report::default();
    report.extend(plan.faults.iter().cloned());
    let changes = publish_on(disk, &planned(plan, Fingerprint::default()), None, &Deaf, &mut report)?;
    Ok((changes, report.iter().map(|d| format!("{}: {}", d.code.id, d.message)).collect()))
}

/// Publishes and expects no problem.
fn publish_into(output: &Path, files: Files<'_>) -> Changes {
    let (changes, problems) = run_on(&Disk::new(output), plan(files)).unwrap();
    assert_eq!(problems, [""; 0]);
    changes
}

/// Publishes and returns the problems, checking that nothing changed.
fn problems_of(output: &Path, files: Files<'_>) -> Vec<String> {
    let before = (tree(output), fs::read(output.join(manifest::NAME)).ok());
    let (changes, problems) = run_on(&Disk::new(output), plan(files)).unwrap();
    assert_eq!(changes, Changes::default());
    assert_eq!((tree(output), fs::read(output.join(manifest::NAME)).ok()), before);
    problems
}

/// Every file with its bytes and every folder, without the manifest.
fn tree(output: &Path) -> BTreeMap<String, Option<String>> {
    let entries = walkdir::WalkDir::new(output).min_depth(1).into_iter().filter_map(Result::ok);
    entries
        .filter(|entry| entry.file_name() != manifest::NAME)
        .map(|entry| {
            let path = entry.path().strip_prefix(output).unwrap().to_str().unwrap().to_owned();
            let is_file = entry.file_type().is_file();
            (path, is_file.then(|| String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned()))
        })
        .collect()
}

fn clean(files: Files<'_>) -> BTreeMap<String, Option<String>> {
    let output = TempDir::new().unwrap();
    publish_into(output.path(), files);
    tree(output.path())
}

/// Gives a file a time long ago, so that writing it shows.
fn make_old(path: &Path) -> SystemTime {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    time
}

fn why_of(output: &Path, files: Files<'_>, program: u128, path: &str) -> String {
    let program = Fingerprint::parse(&format!("{program:x}")).unwrap();
    why(&planned(plan(files), program), output, &path.into()).unwrap()
}

const SITE: Files<'static> =
    &[("index.html", "home"), ("about/index.html", "about"), ("style.css", "css"), ("feeds/blog.xml", "feed")];

#[test]
fn a_first_build_fills_an_absent_folder_and_a_second_one_touches_nothing() {
    let top = TempDir::new().unwrap();
    let output = top.path().join("deep/public");
    let changes = publish_into(&output, SITE);
    assert_eq!(changes, Changes { pages: 2, written: 4, kept: 0, removed: 0, bytes: 16 });
    let paths: Vec<_> = tree(&output).into_keys().collect();
    assert_eq!(paths, ["about", "about/index.html", "feeds", "feeds/blog.xml", "index.html", "style.css"]);

    let folder_time = fs::metadata(&output).unwrap().modified().unwrap();
    assert_eq!(publish_into(&output, SITE), Changes { pages: 2, written: 0, kept: 4, removed: 0, bytes: 0 });
    assert_eq!(fs::metadata(&output).unwrap().modified().unwrap(), folder_time);
}

#[test]
fn an_edit_writes_what_it_changes_and_stale_files_go_with_their_folders() {
    let output = TempDir::new().unwrap();
    publish_into(output.path(), SITE);
    fs::write(output.path().join("feeds/notes.txt"), "by hand").unwrap();
    let files = &[("index.html", "home!"), ("style.css", "css"), ("new/a/index.html", "a")];
    let changes = publish_into(output.path(), files);
    assert_eq!(changes, Changes { pages: 2, written: 2, kept: 1, removed: 2, bytes: 6 });
    let mut expected = clean(files);
    expected.insert("feeds".to_owned(), None);
    expected.insert("feeds/notes.txt".to_owned(), Some("by hand".to_owned()));
    assert_eq!(tree(output.path()), expected);
}

#[test]
fn identical_bytes_stay_untouched_though_their_parts_changed() {
    let output = TempDir::new().unwrap();
    publish_into(output.path(), SITE);
    let page = output.path().join("index.html");
    let time = make_old(&page);
    let with_comment = || {
        let plan = Plan::of(SITE.iter().map(|(path, text)| artefact_of(path, text, "comment")));
        run_on(&Disk::new(output.path()), plan).unwrap().0
    };
    let changes = with_comment();
    assert_eq!((changes.written, changes.kept), (0, 4));
    assert_eq!(fs::metadata(&page).unwrap().modified().unwrap(), time);
    assert_eq!(with_comment().kept, 4);
}

#[test]
fn files_changed_or_removed_by_hand_are_made_again() {
    let output = TempDir::new().unwrap();
    publish_into(output.path(), SITE);
    fs::write(output.path().join("index.html"), "HOME").unwrap();
    make_old(&output.path().join("index.html"));
    fs::remove_dir_all(output.path().join("about")).unwrap();
    assert_eq!(publish_into(output.path(), SITE).written, 2);
    assert_eq!(tree(output.path()), clean(SITE));
}

#[test]
fn errors_change_nothing_and_are_all_reported() {
    let output = TempDir::new().unwrap();
    let faults = &[("index.html", "new"), ("a.html", "fault"), ("b.html", "fault")];
    let expected = ["theme/template-failed: a fault in a.html", "theme/template-failed: a fault in b.html"];
    assert_eq!(problems_of(&output.path().join("absent"), faults), expected);
    assert!(!output.path().join("absent").exists());
    fs::write(output.path().join(".gitkeep"), "").unwrap();
    assert_eq!(problems_of(output.path(), faults), expected);
    publish_into(output.path(), SITE);
    assert_eq!(problems_of(output.path(), faults), expected);
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let output = TempDir::new().unwrap();
    fs::write(output.path().join("thesis.txt"), "ten years").unwrap();
    let problems = problems_of(output.path(), SITE);
    assert!(problems[0].ends_with("holds files that Fingerpost did not make, such as thesis.txt"), "{problems:?}");
    assert_eq!(tree(output.path()).len(), 1);
}

#[test]
fn hidden_files_do_not_make_a_folder_foreign_and_are_kept() {
    let output = TempDir::new().unwrap();
    fs::create_dir(output.path().join(".git")).unwrap();
    fs::write(output.path().join(".git/HEAD"), "main").unwrap();
    fs::write(output.path().join(".nojekyll"), "").unwrap();
    publish_into(output.path(), &[("index.html", "home"), (".nojekyll", "")]);
    assert_eq!(problems_of(output.path(), &[(".git", "home")])[0].split(": ").next(), Some("publish/place-taken"));
}

#[test]
fn foreign_files_at_planned_places_are_kept_unless_they_are_the_same() {
    let output = TempDir::new().unwrap();
    publish_into(output.path(), SITE);
    fs::write(output.path().join("same.css"), "same").unwrap();
    fs::write(output.path().join("other.css"), "mine").unwrap();
    let problems = problems_of(output.path(), &[("same.css", "same"), ("other.css", "other"), ("other.css/a", "a")]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    let problems = problems_of(output.path(), &[("same.css", "same"), ("other.css", "other")]);
    let expected = "publish/place-taken: the page of other.css.md cannot be written to /other.css: /other.css in the \
                    output folder was not put there by Fingerpost";
    assert_eq!(problems, [expected]);
    assert_eq!(problems_of(output.path(), &[("other.css/a", "a")]).len(), 1);
    fs::create_dir_all(output.path().join("x/y")).unwrap();
    fs::write(output.path().join("x/y/z"), "mine").unwrap();
    assert!(problems_of(output.path(), &[("x", "a")])[0].contains("/x/y/z in the output folder"));
    assert_eq!(publish_into(output.path(), &[("same.css", "same")]).kept, 1);
}

#[test]
fn a_path_that_is_file_and_folder_or_leaves_the_folder_is_reported() {
    let output = TempDir::new().unwrap();
    let files = &[("a", "1"), ("a-b", "2"), ("a/b/c", "3"), ("../x", "4")];
    assert_eq!(
        problems_of(output.path(), files),
        [
            "publish/address-not-usable: the page of ../x.md cannot be written to `/../x`",
            "publish/file-and-folder: /a would be a file (the page of a.md) and also a folder (of the page of \
             a/b/c.md, at /a/b/c)",
        ]
    );
}

#[test]
fn a_damaged_manifest_makes_everything_again_and_deletes_nothing() {
    let output = TempDir::new().unwrap();
    publish_into(output.path(), SITE);
    let manifest = output.path().join(manifest::NAME);
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, &text[..text.len() / 2]).unwrap();
    let files = &[("index.html", "new"), ("about/index.html", "about")];
    let (changes, problems) = run_on(&Disk::new(output.path()), plan(files)).unwrap();
    assert!(problems[0].starts_with("publish/record-damaged"), "{problems:?}");
    assert_eq!((changes.written, changes.kept, changes.removed), (1, 1, 0));
    assert_eq!(tree(output.path()).len(), clean(SITE).len());
    assert_eq!(publish_into(output.path(), files).kept, 2);
}

#[test]
fn two_builds_do_not_write_to_one_folder() {
    let output = TempDir::new().unwrap();
    publish_into(output.path(), SITE);
    let disk = Disk::new(output.path());
    let lock = Lock::take(&disk).unwrap();
    let problems = problems_of(output.path(), &[("index.html", "new")]);
    assert!(problems[0].starts_with("publish/another-build"), "{problems:?}");
    drop(lock);
    fs::write(output.path().join(lock::NAME), "left by a crash").unwrap();
    publish_into(output.path(), &[("index.html", "new")]);
    assert_eq!(tree(output.path()).len(), 1);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_for_writing_or_deleting() {
    use std::os::unix::fs::symlink;
    let top = TempDir::new().unwrap();
    let (real, output, elsewhere) = (top.path().join("real"), top.path().join("out"), top.path().join("elsewhere"));
    fs::create_dir(&real).unwrap();
    symlink(&real, &output).unwrap();
    publish_into(&output, SITE);
    assert!(real.join("index.html").exists());

    fs::rename(real.join("about"), &elsewhere).unwrap();
    symlink(&elsewhere, real.join("about")).unwrap();
    assert_eq!(problems_of(&output, &[("about/index.html", "new")]).len(), 1);
    publish_into(&output, &[("index.html", "home")]);
    assert_eq!(fs::read_to_string(elsewhere.join("index.html")).unwrap(), "about");
    assert!(real.join("about").is_symlink());
}

#[test]
fn broken_and_missing_files_are_reported_with_their_reasons() {
    let output = TempDir::new().unwrap();
    let present = output.path().join("a.jpg");
    fs::write(&present, "x").unwrap();
    let files = [("a.jpg", present), ("b.jpg", output.path().join("gone.jpg"))];
    let plan = Plan::of(files.iter().enumerate().map(|(at, (path, _))| {
        let owner = Owner::named(format!("the file {path}"));
        Artefact::new((*path).into(), owner, Stage::Asset, at, |site, at| {
            Prepared::copy(Parts::default(), &site.files[*at].file, |_, _| Err("it is broken".to_owned()))
        })
    }));
    let mut planned = planned(plan, Fingerprint::default());
    planned.site.files = files
        .into_iter()
        .map(|(path, location)| SiteFile {
            path: path.into(),
            source: path.into(),
            fingerprint: Fingerprint::default(),
            file: DiskFile { location, length: 1, size_px: None, form: None, removed: Box::default() },
        })
        .collect();
    let mut report = Report::default();
    publish_on(&Disk::new(&output.path().join("public")), &planned, None, &Deaf, &mut report).unwrap();
    let problems: Vec<String> = report.iter().map(|d| format!("{}: {}", d.code.id, d.message)).collect();
    assert_eq!(problems[0], "publish/file-not-publishable: the file a.jpg cannot be published: it is broken");
    assert!(problems[1].starts_with("publish/file-not-readable"), "{problems:?}");
}

#[test]
fn large_files_and_many_small_ones_come_out_whole() {
    let output = TempDir::new().unwrap();
    let texts: Vec<(String, String)> =
        (0..600).map(|i| (format!("{i}/index.html"), "x".repeat(if i % 100 == 0 { 300_000 } else { i }))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    publish_into(output.path(), &files);
    for (path, text) in &files {
        assert_eq!(fs::read(output.path().join(path)).unwrap(), text.as_bytes());
    }
}

#[test]
fn a_first_build_that_cannot_write_leaves_nothing() {
    // Longer than file systems let a name be.
    let long = "x".repeat(300);
    for path in [format!("{long}/index.html"), format!("a/{long}.html")] {
        let output = TempDir::new().unwrap();
        let files: Files<'_> = &[("a/b/index.html", "a"), (&path, "x"), ("z/index.html", "z"), ("index.html", "home")];
        assert!(run_on(&Disk::new(output.path()), plan(files)).is_err());
        assert_eq!(tree(output.path()), BTreeMap::new());
        assert!(!output.path().join(manifest::NAME).exists());
    }
}

#[test]
fn every_reason_is_told() {
    let output = TempDir::new().unwrap();
    let edited = &[("index.html", "new")];
    assert_eq!(why_of(output.path(), SITE, 0, "index.html"), "new: it was not there before");
    publish_into(output.path(), SITE);
    for (files, program, path, expected) in [
        (SITE, 0, "index.html", "unchanged"),
        (SITE, 1, "index.html", "made again: the program changed"),
        (edited, 0, "index.html", "made again: the text of its source changed"),
        (edited, 1, "index.html", "made again: the text of its source and the program changed"),
        (edited, 0, "style.css", "removed: nothing is written to this address any more"),
        (edited, 0, "x.css", "never made: nothing is written to this address"),
    ] {
        assert_eq!(why_of(output.path(), files, program, path), expected, "{path}");
    }
    make_old(&output.path().join("index.html"));
    fs::remove_file(output.path().join("style.css")).unwrap();
    let expected = "made again: its file in the output folder was changed by hand";
    assert_eq!(why_of(output.path(), SITE, 0, "index.html"), expected);
    let expected = "made again: its file was removed from the output folder by hand";
    assert_eq!(why_of(output.path(), SITE, 0, "style.css"), expected);
}

/// Stops a build at every step; every file is whole, and the next build ends like a first one.
fn check_every_stop(before: Files<'_>, after: Files<'_>, next: Files<'_>) {
    let expected = clean(next);
    for steps in 0.. {
        let output = TempDir::new().unwrap();
        if !before.is_empty() {
            publish_into(output.path(), before);
        }
        let outcome = run_on(&Disk::stopping_after(output.path(), steps), plan(after));
        if outcome.is_ok() && !output.path().join(lock::NAME).exists() {
            assert!(steps > 8, "only {steps} steps");
            assert_eq!(tree(output.path()), clean(after));
            return;
        }
        let unfinished = fs::read_to_string(output.path().join(manifest::NAME)).unwrap_or_default();
        for (path, text) in tree(output.path()) {
            let is_whole = |files: Files<'_>| files.iter().any(|(p, t)| *p == path && Some(*t) == text.as_deref());
            let is_known_as_unfinished = before.is_empty() && unfinished.contains(&format!("?\t{path}\n"));
            let is_hidden = path.starts_with(manifest::NAME);
            assert!(
                text.is_none() || is_whole(before) || is_whole(after) || is_known_as_unfinished || is_hidden,
                "{path} is broken after {steps} steps: {text:?}"
            );
        }
        publish_into(output.path(), next);
        assert_eq!(tree(output.path()), expected, "after {steps} steps");
    }
}

#[test]
fn a_stop_at_any_step_is_mended_by_the_next_build() {
    let edited: Files<'_> = &[
        ("about", "a file now"),
        ("index.html", "home again"),
        ("style.css/theme.css", "a folder now"),
        ("new/index.html", "new"),
    ];
    for next in [edited, &[("index.html", "third"), ("new", "3")]] {
        check_every_stop(SITE, edited, next);
        check_every_stop(&[], SITE, next);
    }
    check_every_stop(SITE, edited, SITE);
    check_every_stop(SITE, &[("index.html", "home edited"), ("style.css", "css edited")], &[]);
}

/// A plan with these files, of which the calendars are subscribed to.
fn plan_with_feeds(files: Files<'_>) -> Plan {
    Plan::of(files.iter().map(|(path, text)| match path.ends_with(".ics") {
        true => artefact(path, text).subscribed(),
        false => artefact(path, text),
    }))
}

#[test]
fn a_calendar_that_went_is_missed_wherever_a_build_stops() {
    let before: Files<'_> = &[("index.html", "home"), ("areas/far/calendar.ics", "far"), ("areas/far/index.html", "f")];
    let after: Files<'_> = &[("index.html", "home again"), ("areas/near/calendar.ics", "near")];
    let gone = "publish/feed-gone: /areas/far/calendar.ics is gone; people who subscribed to it hear nothing any more";
    for steps in 0.. {
        let output = TempDir::new().unwrap();
        run_on(&Disk::new(output.path()), plan_with_feeds(before)).unwrap();
        let outcome = run_on(&Disk::stopping_after(output.path(), steps), plan_with_feeds(after));
        for _ in 0..2 {
            let (_, problems) = run_on(&Disk::new(output.path()), plan_with_feeds(after)).unwrap();
            assert_eq!(problems, [gone], "after {steps} steps");
            assert_eq!(tree(output.path()), clean(after), "after {steps} steps");
        }
        if outcome.is_ok() && !output.path().join(lock::NAME).exists() {
            assert!(steps > 8, "only {steps} steps");
            return;
        }
    }
}

fn any_plan() -> impl Strategy<Value = BTreeMap<&'static str, &'static str>> {
    let paths = ["a", "a/b", "a/b/c", "a/index.html", "b.css", "b.css/x.xml", "index.html", "c/d/e/f.html", ".x"];
    let texts = ["", "one", "two", "three words here"];
    prop::collection::btree_map(prop::sample::select(paths.to_vec()), prop::sample::select(texts.to_vec()), 0..7)
        .prop_map(|mut files| {
            let all = files.clone();
            files.retain(|path, _| !addresses::ancestors(path).skip(1).any(|folder| all.contains_key(folder)));
            files
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Builds that stop anywhere and files touched by hand make no difference either.
    #[test]
    fn a_warm_build_equals_a_cold_one(steps in prop::collection::vec((any_plan(), 0..40_usize, 0..8_usize), 1..8)) {
        let output = TempDir::new().unwrap();
        for (files, stop, touched) in steps {
            let files: Vec<_> = files.into_iter().collect();
            let _ = run_on(&Disk::stopping_after(output.path(), stop), plan(&files));
            publish_into(output.path(), &files);
            prop_assert_eq!(tree(output.path()), clean(&files));
            if let Some((path, _)) = files.get(touched) {
                fs::write(output.path().join(path), "by hand").unwrap();
            }
        }
    }
}
