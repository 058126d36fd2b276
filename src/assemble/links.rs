//! What the addresses in a text point at.
//!
//! Links to source files and to files beside them are resolved here; a link to an address of the site
//! (`/events/`) is taken as it is and checked against the plan, which alone knows every address.

mod advice;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::artefact::Plan;
use crate::assemble::findings::{Findings, Question};
use crate::assemble::{calendars, pictures, sections};
use crate::codes::{Code, links};
use crate::config::{Config, link_fault};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::model::document::{Document, Documents};
use crate::model::html::Picture;
use crate::model::kinds::KINDS;
use crate::path::{SourcePath, absolute, decode, encode, join, nearest, slug};
use crate::site::{Page, Site, Target};
use crate::source::{Content, Source, Sources};
use crate::view::{PictureView, ShareView};

/// What links can point at.
pub struct Places<'s> {
    pub config: &'s Config,
    pub sources: &'s Sources,
    /// Published and held back.
    pub documents: &'s Documents,
    /// Documents that exist and are not published.
    pub unpublished: &'s Unpublished,
    pub bundles: &'s Bundles,
    /// Published campaigns, by the name of their file or folder.
    pub campaigns: BTreeMap<String, SourcePath>,
}

/// Documents that are not published, as far as links go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpublished {
    pub paths: BTreeSet<SourcePath>,
    /// Where they would be and once were, without slashes at the ends and in lower case.
    pub addresses: BTreeSet<String>,
    /// Folders of stories among them: what lies there can tell whose story it was, whoever names it.
    pub folders: BTreeSet<String>,
    pub unread: Unread,
}

/// Documents that could not be read, and where those were meant to lie whose folder is misnamed: that was said already, and
/// a link to one is no mistake of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread(pub BTreeSet<SourcePath>);

impl Unread {
    /// Documents of which nothing could be made, and those of `sections`; something was reported for each.
    pub fn of(sources: &Sources, documents: &Documents, report: &Report) -> Self {
        let is_unread = |path: &&SourcePath| !path.is_calendar() && !documents.contains_key(*path);
        let unread = report.has_errors().then(|| sources.documents.keys().filter(is_unread).cloned());
        Unread(unread.into_iter().flatten().chain(sections::meant_paths(documents)).collect())
    }

    /// Whether one of them may be meant by an address: their own names for themselves are not known.
    fn may_be_at(&self, address: &str) -> bool {
        let folder = format!("content/{}", address.trim_matches('/'));
        if self.0.iter().any(|path| path.folder() == folder) {
            return true;
        }
        let last = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        self.0.iter().map(|path| slug(super::campaign_name(path))).any(|name| match name.strip_suffix(last) {
            // A date may stand before the name.
            Some(before) => !last.is_empty() && (before.is_empty() || before.ends_with('-')),
            None => false,
        })
    }
}

/// Folders of page bundles below the project folder, and the addresses of their pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundles {
    /// Address without base path, by folder.
    pub addresses: BTreeMap<String, String>,
    /// Folder, by address without slashes at its ends.
    pub folders: BTreeMap<String, String>,
}

/// Where an address is written.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    pub path: &'a SourcePath,
    pub bytes: &'a Range<usize>,
}

impl Origin<'_> {
    fn fault(&self, code: &'static Code, message: String) -> Diagnostic {
        Diagnostic::new(code, Place::new(self.path, self.bytes.clone()), message)
    }

    /// `links/to-page-not-published` for a file.
    fn beside_held_back(&self, written: &str) -> Diagnostic {
        let message = format!("`{written}` belongs to a story that is not published at the moment");
        let help = "take it out here, too: a picture or a file can tell whose story it was";
        self.fault(&links::HELD_BACK, message).help(help)
    }

    /// `links/to-page-not-published`.
    pub fn held_back(&self, written: &str) -> Diagnostic {
        let message = format!("`{written}` is not published at the moment");
        self.fault(&links::HELD_BACK, message).help("take the link out, or publish that page")
    }
}

impl<'s> Places<'s> {
    /// Resolves a link. Nothing is returned where the words must stand without one.
    ///
    /// Reports: `links/broken`, `links/anchor-broken`, `links/to-page-not-published`, `links/outside`, `links/not-an-address`.
    pub fn link(&self, written: &str, origin: Origin<'_>, findings: &mut Findings) -> Option<Target> {
        let written = self.without_own_origin(written);
        if let Some(anchor) = written.strip_prefix('#') {
            if let Some(document) = self.documents.get(origin.path) {
                check_anchor(document, anchor, origin, findings);
            }
            return Some(Target { url: written.to_owned(), is_own: false, length: None });
        }
        if let Some(fault) = link_fault(written) {
            findings.report.push(origin.fault(&links::NOT_AN_ADDRESS, fault.message).help(fault.help));
            return None;
        }
        if has_scheme(written) {
            return Some(Target { url: written.to_owned(), is_own: false, length: None });
        }
        if written.trim().is_empty() {
            let help = "write where it leads, such as `../about.md` or `https://www.example.org`";
            findings.report.push(origin.fault(&links::BROKEN, "the link leads nowhere".to_owned()).help(help));
            return None;
        }
        let (path, tail) = split_tail(written);
        if path.starts_with('/') && !is_markdown(path) {
            if self.any_file_at(path).is_some_and(|source| self.is_closed(source)) {
                findings.report.push(origin.beside_held_back(written));
                return None;
            }
            if self.is_held_back(path, findings) {
                findings.report.push(origin.held_back(written));
                return None;
            }
            let file = self.file_at(path);
            findings.files.extend(file.map(|file| file.path.clone()));
            let length = file.and_then(length_of);
            let url = format!("{}{}{tail}", self.config.base_path, path.trim_start_matches('/'));
            return Some(Target { url, is_own: true, length });
        }
        let Some(found) = self.resolve(path, origin.path, findings) else {
            let help = "put the file into `content/` and use its path there";
            findings
                .report
                .push(origin.fault(&links::OUTSIDE, format!("`{written}` climbs out of the folder")).help(help));
            return None;
        };
        match found {
            Resolved::Document(document) => {
                if let Some(anchor) = tail.strip_prefix('#') {
                    findings.ask(&Question::Anchors(&document.path));
                    check_anchor(document, anchor, origin, findings);
                }
                let url = format!("{}{tail}", self.url_of(document));
                Some(Target { url, is_own: true, length: None })
            }
            Resolved::File(source) => {
                findings.files.push(source.path.clone());
                let url = format!("{}{tail}", self.file_url(&source.path));
                Some(Target { url, is_own: true, length: length_of(source) })
            }
            Resolved::HeldBack => {
                findings.report.push(origin.held_back(written));
                None
            }
            Resolved::Closed => {
                findings.report.push(origin.beside_held_back(written));
                None
            }
            Resolved::Unread => None,
            Resolved::Missing => {
                let fault = origin.fault(&links::BROKEN, format!("there is no `{written}`"));
                let help = self.advice(written, origin.path, findings);
                findings.report.push(fault.help(help));
                None
            }
        }
    }

    /// Resolves a picture. Nothing is returned where its words must stand for it.
    ///
    /// Reports: `links/picture-missing`, `links/picture-elsewhere`, `links/alt-says-nothing`, `links/to-page-not-published`.
    pub fn picture(&self, picture: &Picture, path: &SourcePath, findings: &mut Findings) -> Option<PictureView> {
        let origin = Origin { path, bytes: &picture.place };
        if words::say_nothing(&picture.alt) {
            let message =
                format!("`{}` says nothing of what the picture shows to those who cannot see it", picture.alt);
            let help = "write what it shows, such as `Three people around a table`";
            findings.report.push(origin.fault(&links::ALT_SAYS_NOTHING, message).help(help));
        }
        let written = self.without_own_origin(&picture.src);
        if has_scheme(written) {
            let message = format!("the picture `{written}` lies on another site, so its words stand in its place");
            let help = "put the picture into `content/media/` and write its path there";
            findings.report.push(origin.fault(&links::PICTURE_ELSEWHERE, message).help(help));
            return None;
        }
        let (bare, _) = split_tail(written);
        if self.is_closed_at(bare, path, findings) {
            findings.report.push(origin.beside_held_back(written));
            return None;
        }
        let Some(source) = self.picture_source(bare, path, findings) else {
            let fault = origin.fault(&links::PICTURE_MISSING, format!("there is no picture `{written}`"));
            let help = self.advice(written, path, findings);
            findings.report.push(fault.help(help));
            return None;
        };
        findings.files.push(source.path.clone());
        findings.pictures.push(source.path.clone());
        findings.report.extend(not_kept(source, written, origin));
        let shown = pictures::shown(source, self.config);
        let (width, height) = shown.as_ref().and_then(|shown| shown.size_px).unzip();
        let (url, srcset) = match shown {
            Some(shown) => (shown.url, shown.srcset),
            None => (self.file_url(&source.path), None),
        };
        Some(PictureView {
            absolute_url: absolute(&self.config.origin, &url),
            url,
            srcset,
            alt: picture.alt.clone(),
            caption: picture.caption.clone(),
            credit: picture.credit.clone(),
            width,
            height,
        })
    }

    /// What link previews show of a picture, with its file; nothing where they cannot show it.
    pub fn shared_picture(
        &self,
        picture: &Picture,
        path: &SourcePath,
        findings: &mut Findings,
    ) -> Option<(SourcePath, ShareView)> {
        let (bare, _) = split_tail(self.without_own_origin(&picture.src));
        let source = self.picture_source(bare, path, findings)?;
        Some((source.path.clone(), pictures::shared(source, &picture.alt, self.config)?))
    }

    fn picture_source(&self, bare: &str, path: &SourcePath, findings: &mut Findings) -> Option<&'s Source> {
        if bare.starts_with('/') {
            return self.file_at(bare);
        }
        match self.resolve(bare, path, findings) {
            Some(Resolved::File(source)) => Some(source),
            _ => None,
        }
    }

    /// Whether an address or relative path names a file that lies beside a story that is not published.
    fn is_closed_at(&self, bare: &str, path: &SourcePath, findings: &mut Findings) -> bool {
        match bare.starts_with('/') {
            true => self.any_file_at(bare).is_some_and(|source| self.is_closed(source)),
            false => matches!(self.resolve(bare, path, findings), Some(Resolved::Closed)),
        }
    }

    /// Whether a file lies in the folder of a story that is not published.
    fn is_closed(&self, source: &Source) -> bool {
        let folders = &self.unpublished.folders;
        !folders.is_empty() && folders_above(source.path.as_str()).any(|folder| folders.contains(folder))
    }

    /// The source path of the file that an address or relative path names, if it is a file.
    pub fn file_of(&self, written: &str, path: &SourcePath, findings: &mut Findings) -> Option<&'s SourcePath> {
        let written = self.without_own_origin(written);
        let (bare, _) = split_tail(written);
        if bare.starts_with('/') {
            return self.file_at(bare).map(|source| &source.path);
        }
        match self.resolve(bare, path, findings) {
            Some(Resolved::File(source)) if !has_scheme(written) => Some(&source.path),
            _ => None,
        }
    }

    /// The address of a document, from the server's root.
    pub fn url_of(&self, document: &Document) -> String {
        format!("{}{}", self.config.base_path, document.url.trim_start_matches('/'))
    }

    /// The address of a file of `content/`, from the server's root: files of a page bundle lie beside
    /// their page, all others where they lie in `content/`.
    pub fn file_url(&self, path: &SourcePath) -> String {
        format!("{}{}", self.config.base_path, encode(&self.output_of(path)))
    }

    /// The place of a file in the built site.
    pub fn output_of(&self, path: &SourcePath) -> String {
        let folder = folders_above(path.as_str()).find(|folder| self.bundles.addresses.contains_key(*folder));
        match folder.and_then(|folder| Some((self.bundles.addresses.get(folder)?, &path.as_str()[folder.len() + 1..])))
        {
            Some((address, rest)) => format!("{}{rest}", address.trim_start_matches('/')),
            None => path.in_content().to_owned(),
        }
    }

    /// Whether an address below the site's root is that of a document that is not published, or lies
    /// below it, and no published document has it.
    pub fn is_held_back(&self, address: &str, findings: &mut Findings) -> bool {
        if self.unpublished.addresses.is_empty() {
            return false;
        }
        let decoded = decode(address).to_lowercase();
        let plain = decoded.trim_matches('/');
        let is_below = |(at, _): (usize, &str)| self.unpublished.addresses.contains(&plain[..at]);
        let is_named = self.unpublished.addresses.contains(plain) || plain.match_indices('/').any(is_below);
        is_named && {
            findings.ask(&Question::Everything);
            let url = format!("/{plain}/");
            let mut published = self.documents.values().filter(|document| self.is_published(&document.path));
            !published.any(|document| document.url == url) && self.file_at(address).is_none()
        }
    }

    fn is_published(&self, path: &SourcePath) -> bool {
        !self.unpublished.paths.contains(path)
    }

    fn without_own_origin<'w>(&self, written: &'w str) -> &'w str {
        match written.strip_prefix(self.config.origin.as_str()) {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => {
                let below = rest.strip_prefix(self.config.base_path.trim_end_matches('/')).unwrap_or(rest);
                if below.is_empty() { "/" } else { below }
            }
            _ => written,
        }
    }

    fn file_at(&self, address: &str) -> Option<&'s Source> {
        self.any_file_at(address).filter(|source| !self.is_closed(source))
    }

    /// The same, also where it lies beside a story that is not published.
    fn any_file_at(&self, address: &str) -> Option<&'s Source> {
        let decoded = decode(address.trim_start_matches('/'));
        let others = &self.sources.others;
        let direct = others.get(format!("content/{decoded}").as_str());
        let in_bundle = || {
            folders_above(&decoded).find_map(|above| {
                let folder = self.bundles.folders.get(above)?;
                others.get(format!("{folder}{}", &decoded[above.len()..]).as_str())
            })
        };
        direct.or_else(in_bundle).map(Arc::as_ref).filter(|source| matches!(source.content, Content::OnDisk(_)))
    }

    fn resolve(&self, written: &str, from: &SourcePath, findings: &mut Findings) -> Option<Resolved<'s>> {
        let decoded = decode(written);
        let base = if written.starts_with('/') { "content" } else { from.folder() };
        let path = join(base, &decoded)?;
        if !path.starts_with("content/") {
            return None;
        }
        findings.ask(&Question::Path(&path));
        let candidates = [path.clone(), format!("{path}.md"), format!("{path}/index.md")];
        for candidate in &candidates {
            if let Some(document) = self.documents.get(candidate.as_str()) {
                let is_published = self.is_published(&document.path);
                return Some(if is_published { Resolved::Document(document) } else { Resolved::HeldBack });
            }
            if self.unpublished.unread.0.contains(candidate.as_str()) {
                return Some(Resolved::Unread);
            }
        }
        let source = self.sources.others.get(path.as_str());
        Some(match source {
            Some(source) if !matches!(source.content, Content::OnDisk(_)) => Resolved::Missing,
            Some(source) if self.is_closed(source) => Resolved::Closed,
            Some(source) => Resolved::File(source),
            None => Resolved::Missing,
        })
    }
}

/// What a drawing loses on its way to the site.
fn not_kept(source: &Source, written: &str, origin: Origin<'_>) -> Option<Diagnostic> {
    let removed = match &source.content {
        Content::OnDisk(file) if !file.removed.is_empty() => file.removed.join(", "),
        _ => return None,
    };
    let message = format!("the drawing `{written}` is published without {removed}");
    let help = "look whether it is still what you want; export it as plain SVG or as PNG to be sure";
    Some(origin.fault(&links::PICTURE_CLEANED, message).help(help))
}

fn check_anchor(document: &Document, anchor: &str, origin: Origin<'_>, findings: &mut Findings) {
    let anchor = decode(anchor);
    let known = || anchors(document);
    // Footnotes and the top of a page are made by us and by browsers.
    if anchor.is_empty() || anchor == "top" || anchor.starts_with("fn") || known().any(|known| known == anchor) {
        return;
    }
    let all: BTreeSet<&str> = known().collect();
    let help = match nearest(&anchor, all.iter().copied()) {
        Some(near) => format!("did you mean `#{near}`?"),
        None if all.is_empty() => "that page has no headings; take `#` and what follows out".to_owned(),
        None => {
            let some: Vec<String> = all.iter().take(8).map(|anchor| format!("`#{anchor}`")).collect();
            format!("its places are {}", some.join(", "))
        }
    };
    findings.report.push(origin.fault(&links::ANCHOR_BROKEN, format!("there is no place `#{anchor}`")).help(help));
}

/// The places in a document's text to which links can lead.
pub fn anchors(document: &Document) -> impl Iterator<Item = &str> {
    let headings = document.body.outline.iter().map(|heading| heading.id.as_str());
    headings.chain(document.body.anchors.iter().map(String::as_str))
}

/// The folders that a path lies in, deepest first.
pub fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

enum Resolved<'s> {
    Document(&'s Document),
    File(&'s Source),
    HeldBack,
    /// A file that lies beside a story that is held back.
    Closed,
    Unread,
    Missing,
}

fn length_of(source: &Source) -> Option<u64> {
    match &source.content {
        Content::OnDisk(file) => Some(file.length),
        Content::Text(_) | Content::Document(_) | Content::Bytes(_) => None,
    }
}

/// `https:`, `mailto:`, `tel:` or `//host`.
pub fn has_scheme(address: &str) -> bool {
    let is_scheme = |scheme: &str| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    address.starts_with("//") || address.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

fn is_markdown(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".markdown")
}

/// Splits off the query and the anchor.
fn split_tail(address: &str) -> (&str, &str) {
    address.split_at(address.find(['?', '#']).unwrap_or(address.len()))
}

/// Pages whose links were checked in the last run, and what was wrong.
#[derive(Default)]
pub struct AddressCache {
    plan: Option<Arc<Plan>>,
    unread: Unread,
    pages: Arc<Vec<Arc<Page>>>,
    faults: BTreeMap<SourcePath, Vec<Diagnostic>>,
}

/// Checks the links that name an address of the site against what the site will have.
///
/// Reports: `links/broken`, `links/redirect-broken`, `site/retired-feed-in-use`.
pub fn check_addresses(site: &Site, plan: &Arc<Plan>, unread: Unread, cache: &mut AddressCache, report: &mut Report) {
    let is_same_plan = cache.plan.as_ref().is_some_and(|known| Arc::ptr_eq(known, plan)) && cache.unread == unread;
    if !is_same_plan {
        cache.faults.clear();
    }
    let known = if is_same_plan { cache.pages.as_slice() } else { &[] };
    let due: Vec<&Arc<Page>> = site
        .pages
        .iter()
        .enumerate()
        .filter(|(at, page)| !known.get(*at).is_some_and(|known| Arc::ptr_eq(known, page)))
        .map(|(_, page)| page)
        .collect();
    let checked: Vec<(&SourcePath, Vec<Diagnostic>)> = due
        .into_par_iter()
        .map(|page| {
            let links = page.links.iter().zip(&page.document.body.links);
            let path = &page.document.path;
            let faults =
                links.filter_map(|(target, link)| broken(target.as_ref()?, path, &link.place, site, plan, &unread));
            (path, faults.collect())
        })
        .collect();
    for (path, faults) in checked {
        if faults.is_empty() {
            cache.faults.remove(path);
        } else {
            cache.faults.insert(path.clone(), faults);
        }
    }
    cache.plan = Some(Arc::clone(plan));
    cache.unread = unread;
    cache.pages = Arc::clone(&site.pages);
    report.extend(cache.faults.values().flatten().cloned());
    report.extend(calendars::retired_in_use(&site.config, plan));
    let settings = SourcePath::from(crate::config::SITE_FILE);
    report.extend(site.menu.iter().zip(&site.config.menu).filter_map(|(entry, item)| {
        broken(&of_settings(&entry.url), &settings, &item.link.bytes, site, plan, &cache.unread)
    }));
    let written = site.redirects.iter().filter(|redirect| redirect.place.path == settings && redirect.place.end > 0);
    report.extend(written.filter_map(|redirect| {
        let bytes = redirect.place.start..redirect.place.end;
        let fault = broken(&of_settings(&redirect.to), &settings, &bytes, site, plan, &cache.unread)?;
        Some(Diagnostic { code: &links::REDIRECT_BROKEN, severity: links::REDIRECT_BROKEN.severity, ..fault })
    }));
}

/// What a resolved address of the settings leads to.
fn of_settings(url: &str) -> Target {
    Target { url: url.to_owned(), is_own: url.starts_with('/') && !url.starts_with("//"), length: None }
}

fn broken(
    target: &Target,
    path: &SourcePath,
    bytes: &Range<usize>,
    site: &Site,
    plan: &Plan,
    unread: &Unread,
) -> Option<Diagnostic> {
    if !target.is_own {
        return None;
    }
    let (address, _) = split_tail(&target.url);
    let below = address.strip_prefix(site.config.base_path.as_str()).unwrap_or(address);
    let decoded = decode(below);
    let bare = decoded.trim_start_matches('/');
    let bare = bare.strip_suffix('/').unwrap_or(bare);
    let is_file = !decoded.ends_with('/') && plan.artefacts.contains_key(bare);
    let is_page = || match bare {
        "" => plan.artefacts.contains_key("index.html"),
        folder => plan.artefacts.contains_key(format!("{folder}/index.html").as_str()),
    };
    if is_file || is_page() || unread.may_be_at(bare) {
        return None;
    }
    let pages = plan.artefacts.keys().filter_map(|path| path.as_str().strip_suffix("index.html"));
    let is_section = KINDS.iter().any(|row| row.folder == Some(bare));
    let help = match nearest(&decoded, pages) {
        _ if is_section => {
            format!("there is nothing in this list yet: write words for it, `content/{bare}/index.md`, and it is made")
        }
        Some(near) => format!("did you mean `/{near}`?"),
        None => advice::for_address(&decoded, path, &site.pages),
    };
    let message = format!("this site has no address `/{decoded}`");
    Some(Diagnostic::new(&links::BROKEN, Place::new(path, bytes.clone()), message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_told_from_paths() {
        for address in ["https://example.org", "mailto:a@example.org", "tel:123", "//example.org/a"] {
            assert!(has_scheme(address), "{address}");
        }
        for address in ["../a.md", "/a/", "a.md#b:c", "c:temp"] {
            assert!(!has_scheme(address), "{address}");
        }
    }

    #[test]
    fn percent_signs_are_read_and_written() {
        assert_eq!(decode("a%20b%C3%A9%zz%"), "a bé%zz%");
        assert_eq!(encode("a bé.png"), "a%20b%C3%A9.png");
    }
}
