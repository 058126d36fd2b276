//! Whether every path of a plan can be a file in one folder.

use crate::codes;
use crate::diagnostic::{Diagnostic, Place};

use super::{Artefact, Plan};

/// How the names of the program's own files in the output folder begin.
pub const OURS: &str = ".fingerpost";

/// Checks the paths of a plan against the rules of a folder and against one another.
///
/// Reports: `publish/address-not-usable`, `publish/file-and-folder`.
pub fn faults(plan: &Plan) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut last_folder = "";
    for artefact in plan.artefacts.values() {
        if !is_usable(artefact.path.as_str()) {
            faults.push(not_usable(artefact));
        }
        let folder = artefact.path.folder();
        if folder != last_folder {
            faults.extend(ancestors(folder).filter_map(|folder| Some(both(plan.artefacts.get(folder)?, artefact))));
            last_folder = folder;
        }
    }
    faults
}

/// A folder and the folders that it lies in, deepest first; nothing for the top.
pub fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| folder.rsplit_once('/').map(|(parent, _)| parent))
        .filter(|folder| !folder.is_empty())
}

fn is_usable(path: &str) -> bool {
    let is_name = |part: &str| !matches!(part, "" | "." | "..");
    // `C:` would be a drive.
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    !is_drive
        && !path.starts_with(OURS)
        && path.split('/').all(is_name)
        && !path.contains(|c: char| c.is_control() || c == '\\')
}

fn not_usable(artefact: &Artefact) -> Diagnostic {
    let message = format!("{} cannot be written to `/{}`", artefact.owner.words(), artefact.path);
    about(artefact, &codes::publish::ADDRESS_NOT_USABLE, message)
        .help("rename the file that it comes from: letters, digits, hyphens and dots are safe")
}

fn both(file: &Artefact, below: &Artefact) -> Diagnostic {
    let message = format!(
        "/{} would be a file ({}) and also a folder (of {}, at /{})",
        file.path,
        file.owner.words(),
        below.owner.words(),
        below.path
    );
    about(below, &codes::publish::FILE_AND_FOLDER, message)
        .help("give one of them another address: rename the file, or set `slug:` in its front matter")
}

/// A problem placed at the source of an artefact, where it has one.
pub fn about(artefact: &Artefact, code: &'static codes::Code, message: String) -> Diagnostic {
    match &artefact.owner.source {
        Some(source) => Diagnostic::new(code, Place::file(source), message),
        None => Diagnostic::nowhere(code, message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_folder_or_name_our_own_files_are_refused() {
        for path in ["", "/etc/passwd", "a//b", "../a", "a/../../b", "a/.", "C:/a", "a\\b", "a\nb", ".fingerpost-lock"]
        {
            assert!(!is_usable(path), "{path:?}");
        }
        for path in ["index.html", ".well-known/security.txt", "a/..b", "files/Tea & cake: menu.pdf"] {
            assert!(is_usable(path), "{path:?}");
        }
    }

    #[test]
    fn ancestors_come_deepest_first() {
        assert_eq!(ancestors("a/b/c").collect::<Vec<_>>(), ["a/b/c", "a/b", "a"]);
        assert_eq!(ancestors("").count(), 0);
    }
}
