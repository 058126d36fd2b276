//! What to write where a link or a picture leads nowhere: always what works in the file that has the mistake.

use std::sync::Arc;

use crate::assemble::findings::{Findings, Question};
use crate::assemble::links::{Places, split_tail};
use crate::config::with_scheme;
use crate::path::{SourcePath, nearest, relative, slug};
use crate::site::Page;
use crate::source::{Content, Source};

impl Places<'_> {
    /// What to write in the file `from` instead of a path at which there is nothing.
    pub(super) fn advice(&self, written: &str, from: &SourcePath, findings: &mut Findings) -> String {
        if let Some(whole) = with_scheme(written) {
            return format!("for a place outside of this site write `{whole}`");
        }
        let (written, _) = split_tail(written);
        findings.ask(&Question::Everything);
        let is_file = |source: &&Arc<Source>| matches!(source.content, Content::OnDisk(_));
        let documents = self.documents.keys().filter(|path| self.is_published(path) && *path != from);
        let files = self.sources.others.values().filter(is_file).filter(|source| !self.is_closed(source));
        let files = files.map(|source| &source.path);
        match nearest_by_name(written, documents.chain(files)) {
            Some(near) => format!("did you mean `{}`?", link_to(near, from)),
            None => "write the path of a file in `content/`, from the folder of this file".to_owned(),
        }
    }
}

/// What to write in the file `from` instead of an address that the site does not have.
pub(super) fn for_address(address: &str, from: &SourcePath, pages: &[Arc<Page>]) -> String {
    let own = pages.iter().map(|page| &page.document.path).filter(|path| *path != from);
    match nearest_by_name(address, own.clone()) {
        Some(near) => format!("did you mean `{}`?", link_to(near, from)),
        None => {
            let example = own.clone().next().map(|path| format!(", such as `{}`", link_to(path, from)));
            format!("write the path of the page's own file instead{}", example.unwrap_or_default())
        }
    }
}

/// The address of a file as a link in another file has it.
fn link_to(path: &SourcePath, from: &SourcePath) -> String {
    relative(from.folder(), path.as_str()).replace(' ', "%20")
}

/// The path whose file was most likely meant, by its name or by the end of its name; of files of one name the one whose
/// whole path is nearest.
fn nearest_by_name<'p>(written: &str, paths: impl Iterator<Item = &'p SourcePath> + Clone) -> Option<&'p SourcePath> {
    let name = name_of(written);
    if name.is_empty() {
        return None;
    }
    let by_end = || {
        let plain = slug(name);
        let is_end = |path: &&SourcePath| {
            let own = slug(name_of(path.as_str()));
            own.strip_suffix(plain.as_str()).is_some_and(|before| before.ends_with('-'))
        };
        paths.clone().find(is_end).map(|path| name_of(path.as_str()))
    };
    let near = nearest(name, paths.clone().map(|path| name_of(path.as_str()))).or_else(by_end)?;
    let named: Vec<&SourcePath> = paths.filter(|path| name_of(path.as_str()) == near).collect();
    let whole = format!("content/{}", written.trim_start_matches(['.', '/']));
    let nearest_whole = nearest(&whole, named.iter().map(|path| path.as_str()));
    named.iter().find(|path| Some(path.as_str()) == nearest_whole).or(named.first()).copied()
}

/// The name by which a file is known: that of its folder for an `index.md`, without `.md`.
fn name_of(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/index.md").unwrap_or(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}
