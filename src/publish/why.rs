//! Why a file would be made, in plain words.

use std::collections::BTreeMap;
use std::path::Path;

use crate::artefact::Planned;
use crate::path::OutputPath;

use super::diff::{Due, changed_shared};
use super::disk::{Disk, Found};
use super::folder::{self, Folder};
use super::manifest::{MadeOf, Manifest};

/// Says in one sentence what the next build would do with a path and which part of its fingerprint changed.
///
/// Publishing changes the answer, so ask first.
pub fn why(planned: &Planned, output: &Path, path: &OutputPath) -> anyhow::Result<String> {
    let disk = Disk::new(output);
    let folder = folder::look(&disk)?;
    let manifest = match &folder {
        Folder::Fresh => Some(Manifest::default()),
        Folder::Foreign(_) => return Ok("never made: the output folder was not made by Fingerpost".to_owned()),
        Folder::Ours(text) => Manifest::read(text),
    };
    let Some(artefact) = planned.plan.get(path) else {
        return Ok(match manifest.as_ref().and_then(|manifest| manifest.get(path.as_str())) {
            Some(_) => "removed: nothing is written to this address any more".to_owned(),
            None => "never made: nothing is written to this address".to_owned(),
        });
    };
    let Some(manifest) = manifest else {
        return Ok("made again: the record of what was published is damaged".to_owned());
    };
    let due = Due::new(artefact, &manifest, &disk);
    Ok(reason(&due, planned, &manifest))
}

fn reason(due: &Due<'_>, planned: &Planned, manifest: &Manifest<'_>) -> String {
    let Some(record) = due.record() else {
        return match (due.listed, due.found) {
            (Some(_), _) => "made again: the last build stopped before it was finished".to_owned(),
            (None, Found::Nothing) => "new: it was not there before".to_owned(),
            (None, _) => "new: something that Fingerpost did not make is in its place".to_owned(),
        };
    };
    let made_of = MadeOf::of(&due.artefact.prepare(&planned.site));
    let mut changed = changed_parts(&record.made_of, &made_of);
    changed.extend(changed_shared(&made_of, planned, manifest).iter().map(|name| format!("the {name}")));
    match (changed.split_last(), due.found) {
        (None, _) if due.is_untouched() && record.made_of == made_of => "unchanged".to_owned(),
        (None, Found::Nothing) => "made again: its file was removed from the output folder by hand".to_owned(),
        (None, _) if !due.is_untouched() => "made again: its file in the output folder was changed by hand".to_owned(),
        (None, _) => "made again: it is made with other templates".to_owned(),
        (Some((last, [])), _) => format!("made again: {last} changed"),
        (Some((last, others)), _) => format!("made again: {} and {last} changed", others.join(", ")),
    }
}

/// The names of parts whose fingerprints differ, or that only one side has.
fn changed_parts(old: &MadeOf<'_>, new: &MadeOf<'_>) -> Vec<String> {
    let (old, new): (BTreeMap<_, _>, BTreeMap<_, _>) = (old.parts().collect(), new.parts().collect());
    let differing = new.iter().filter(|(words, digits)| old.get(*words) != Some(digits));
    let gone = old.iter().filter(|(words, _)| !new.contains_key(*words));
    differing.chain(gone).map(|(words, _)| (*words).to_owned()).collect()
}
