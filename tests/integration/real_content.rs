//! Content that real teams wrote for other generators is read without a panic and with messages for people.
//!
//! The content is not ours to keep here: the tests look for it beside the repository, or where
//! `FINGERPOST_SHARED` says, and say loudly that they were left out where it is not there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::project::{Project, tree};

/// A folder beside the repository; a panic where a machine that must have it does not.
pub fn shared_folder(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("FINGERPOST_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let folder = shared.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "nothing at {}", folder.display());
    // Standard error is there in every run, whether tests pass or fail.
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "SKIPPED: nothing at {}; set FINGERPOST_SHARED", folder.display());
    None
}

/// Puts the files below `from` into a folder of the site.
fn add(project: &Project, from: &Path, to: &str) -> usize {
    let files = tree(from);
    for (path, bytes) in &files {
        project.write(&format!("content/{to}/{path}"), bytes);
    }
    files.len()
}

/// Rehearses the build and looks at every message.
fn check(name: &str, folders: &[(&str, &str)]) {
    let Some(real) = shared_folder("real_content") else { return };
    let project = Project::new();
    let files: usize = folders.iter().map(|(from, to)| add(&project, &real.join(from), to)).sum();
    assert!(files > 10, "{name}: only {files} files");
    let checked = project.check();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for diagnostic in checked.report.iter() {
        crate::faults::assert_plain(diagnostic);
        *counts.entry((diagnostic.severity.as_str(), diagnostic.code.id)).or_default() += 1;
    }
    assert!(!checked.terminal().contains('\u{1b}'));
    println!("{name}: {files} files");
    for ((severity, code), count) in counts {
        println!("{count:>6} {severity} {code}");
    }
}

#[test]
fn a_hugo_site_of_a_government_team() {
    check(
        "digitalgov",
        &[
            ("digitalgov/content/news", "blog"),
            ("digitalgov/content/events", "events"),
            ("digitalgov/content/resources", "resources"),
        ],
    );
}

#[test]
fn a_jekyll_site_of_a_library_team() {
    check("ols", &[("ols/_posts", "blog"), ("ols/_events", "events")]);
}
