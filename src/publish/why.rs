//! Why a file would be made, in plain words.

use std::path::Path;

use crate::artefact::Plan;
use crate::hash::Fingerprint;
use crate::path::OutputPath;
use crate::theme::Theme;

use super::diff::{self, Compared, Due, Shared};
use super::disk::{Disk, Found};
use super::folder::{self, Folder};
use super::manifest::Manifest;

/// Says in one sentence what the next build would do with a path and which part of its fingerprint changed.
///
/// Publishing changes the answer, so ask first.
pub fn why(
    plan: &Plan<'_>,
    theme: &Theme,
    program: Fingerprint,
    output: &Path,
    path: &OutputPath,
) -> anyhow::Result<String> {
    let disk = Disk::new(output);
    let folder = folder::look(&disk)?;
    let manifest = match &folder {
        Folder::Fresh => Some(Manifest::default()),
        Folder::Foreign(_) => return Ok("never made: the output folder was not made by Fingerpost".to_owned()),
        Folder::Ours(text) => Manifest::read(text),
    };
    let Some(artefact) = plan.get(path) else {
        return Ok(match manifest.and_then(|manifest| manifest.get(path.as_str())) {
            Some(_) => "removed: nothing is written to this address any more".to_owned(),
            None => "never made: nothing is written to this address".to_owned(),
        });
    };
    let Some(manifest) = manifest else {
        return Ok("made again: the record of what was published is damaged".to_owned());
    };
    let shared = Shared::new(plan, theme, program);
    Ok(match diff::compare(artefact, &shared, &manifest, |path| disk.look(path)) {
        Compared::Stands(_) => "unchanged".to_owned(),
        Compared::Due(due) => reason(&due),
    })
}

fn reason(due: &Due<'_>) -> String {
    let Some(record) = due.record() else {
        return match (due.listed, due.found) {
            (Some(_), _) => "made again: the last build stopped before it was finished".to_owned(),
            (None, Found::Nothing) => "new: it was not there before".to_owned(),
            (None, _) => "new: something that Fingerpost did not make is in its place".to_owned(),
        };
    };
    if due.has_same_parts() {
        return match due.found {
            Found::Nothing => "made again: its file was removed from the output folder by hand".to_owned(),
            _ => "made again: its file in the output folder was changed by hand".to_owned(),
        };
    }
    let mut changed = changed_words(record.own, &due.own);
    changed.extend(changed_words(record.shared, due.shared).into_iter().map(|words| format!("the {words}")));
    match changed.split_last() {
        None => "made again: its parts are in another order".to_owned(),
        Some((last, [])) => format!("made again: {last} changed"),
        Some((last, others)) => format!("made again: {} and {last} changed", others.join(", ")),
    }
}

/// The names of parts whose fingerprints differ, or that only one side has.
fn changed_words(old: &str, new: &str) -> Vec<String> {
    let (old, new): (Vec<_>, Vec<_>) = (old.split('|').collect(), new.split('|').collect());
    let mut changed: Vec<String> = Vec::new();
    let differing = new.iter().filter(|part| !old.contains(part)).chain(old.iter().filter(|part| !new.contains(part)));
    for part in differing {
        let words = part.rsplit_once('=').map_or(*part, |(words, _)| words);
        if !words.is_empty() && !changed.iter().any(|known| known == words) {
            changed.push(words.to_owned());
        }
    }
    changed
}
