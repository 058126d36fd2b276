//! Whole small sites under `tests/sites/` with what they are built into.
//!
//! Of pages only `<main>` is compared, and the theme's assets are left out, so that the expected files can
//! be read; feeds, calendars, the sitemap and `robots.txt` are compared whole. `paths.txt` lists every file.
//! `UPDATE_EXPECTED=1` writes what is found; what it changed is for a person to read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::project::{Project, tree};

/// The part of an output file that is compared; nothing for what is only listed.
fn compared(path: &str, bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    match path.rsplit('.').next()? {
        "html" => {
            let main = text.split_once("<main").map_or(text, |(_, rest)| rest);
            let main = main.split_once("</main>").map_or(main, |(main, _)| main);
            Some(format!("<main{main}</main>\n"))
        }
        "xml" | "txt" | "ics" => Some(text.to_owned()),
        _ => None,
    }
}

fn is_compared(path: &str) -> bool {
    !path.starts_with("assets/") && !path.starts_with('.')
}

/// Builds a site and compares every file with the expected one.
fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name);
    let built = Project::at(folder.clone()).build().clean();
    let mut found: BTreeMap<String, String> = built
        .tree
        .iter()
        .filter(|(path, _)| is_compared(path))
        .filter_map(|(path, bytes)| Some((path.clone(), compared(path, bytes)?)))
        .collect();
    let paths: Vec<&str> = built.tree.keys().map(String::as_str).filter(|path| is_compared(path)).collect();
    found.insert("paths.txt".to_owned(), format!("{}\n", paths.join("\n")));
    let expected_folder = folder.join("expected");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        let _ = fs::remove_dir_all(&expected_folder);
        for (path, text) in &found {
            crate::project::write(&expected_folder, path, text.as_bytes());
        }
        return;
    }
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let expected: BTreeMap<String, String> =
        tree(&expected_folder).into_iter().map(|(path, bytes)| (path, text(bytes))).collect();
    let mut wrong = String::new();
    for path in found.keys().chain(expected.keys().filter(|path| !found.contains_key(*path))) {
        if let Some(difference) = difference(expected.get(path), found.get(path)) {
            wrong.push_str(&format!("\n== {path}\n{difference}"));
        }
    }
    assert!(wrong.is_empty(), "tests/sites/{name} (UPDATE_EXPECTED=1 takes what was found){wrong}");
}

/// The first line that differs, as it was expected and as it was found.
fn difference(expected: Option<&String>, found: Option<&String>) -> Option<String> {
    let (expected, found) = match (expected, found) {
        (Some(expected), Some(found)) => (expected, found),
        (None, _) => return Some("was not expected\n".to_owned()),
        (_, None) => return Some("was expected and is not there\n".to_owned()),
    };
    if expected == found {
        return None;
    }
    let lines = expected.lines().map(Some).chain(std::iter::repeat(None));
    let pairs = lines.zip(found.lines().map(Some).chain(std::iter::repeat(None)));
    let (at, (left, right)) = pairs.enumerate().find(|(_, (left, right))| left != right)?;
    Some(format!("line {}\n- {}\n+ {}\n", at + 1, left.unwrap_or("(the end)"), right.unwrap_or("(the end)")))
}

#[test]
fn smallest() {
    check("smallest");
}

#[test]
fn everything_once() {
    check("everything-once");
}
