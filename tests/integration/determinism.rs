//! Two builds of the same sources at the same moment are the same, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use fingerpost::pipeline::Cache;
use tempfile::TempDir;

use crate::project::{Project, assert_same, tree, write};

/// The demonstration site: this repository is itself one.
pub fn demonstration() -> Project {
    Project::at(env!("CARGO_MANIFEST_DIR").into()).now("2026-11-23T12:00:00Z")
}

#[test]
fn two_cold_builds_are_the_same() {
    let project = demonstration();
    let (first, second) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let one = project.build_into(first.path(), &mut Cache::default()).without_errors();
    let two = project.build_into(second.path(), &mut Cache::default()).without_errors();
    assert!(one.tree.len() > 100, "only {} files", one.tree.len());
    assert_same(&one.site(), &two.site(), "two cold builds");
}

#[test]
fn the_folder_and_the_order_in_which_files_were_made_do_not_matter() {
    let content = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"));
    let copy = TempDir::new().unwrap();
    for (path, bytes) in content.iter().rev() {
        write(copy.path(), &format!("content/{path}"), bytes);
    }
    let here = demonstration().build().without_errors();
    let there = Project::at(copy.path().to_owned()).now("2026-11-23T12:00:00Z").build().without_errors();
    assert_same(&here.site(), &there.site(), "the copy");
}

#[test]
fn a_second_build_touches_nothing() {
    let project = demonstration();
    let first = project.build().without_errors();
    let before = times(project.output());
    let second = project.build().without_errors();
    assert_eq!((second.changes.written, second.changes.removed), (0, 0));
    assert_eq!(second.changes.kept, first.changes.written);
    assert_eq!(times(project.output()), before);
}

/// When each file and folder was last changed.
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let mut times = BTreeMap::new();
    let mut due = vec![folder.to_owned()];
    while let Some(current) = due.pop() {
        times.insert(current.display().to_string(), fs::metadata(&current).unwrap().modified().unwrap());
        for entry in fs::read_dir(&current).unwrap() {
            let entry = entry.unwrap();
            if entry.path().is_dir() {
                due.push(entry.path());
            } else {
                times.insert(entry.path().display().to_string(), entry.metadata().unwrap().modified().unwrap());
            }
        }
    }
    times
}
