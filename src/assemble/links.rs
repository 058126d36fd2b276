//! What the addresses in a text point at.
//!
//! Links to source files and to files beside them are resolved here; a link to an address of the site
//! (`/events/`) is taken as it is and checked against the plan, which alone knows every address.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::artefact::Plan;
use crate::codes::{Code, links};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::model::html::Picture;
use crate::path::{OutputPath, SourcePath, encode, join, nearest};
use crate::site::{Site, Target, absolute};
use crate::source::{Content, Source, Sources};
use crate::view::PictureView;

/// What links can point at.
pub struct Places<'s> {
    pub config: &'s Config,
    pub sources: &'s Sources,
    /// Published documents: their addresses from the server's root, and their anchors.
    pub documents: BTreeMap<&'s str, Known<'s>>,
    /// Paths of documents that exist and are not published.
    pub held_back: BTreeSet<&'s str>,
    /// Where they would be and once were, without slashes at the ends and in lower case.
    pub held_back_addresses: BTreeSet<String>,
    /// Folders of page bundles below `content/` with the address of their page, without base path.
    pub bundles: BTreeMap<&'s str, &'s str>,
}

/// A document as links see it.
pub struct Known<'s> {
    pub url: String,
    pub anchors: BTreeSet<&'s str>,
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

    /// `links/to-page-not-published`.
    pub fn held_back(&self, written: &str) -> Diagnostic {
        let message = format!("`{written}` is not published at the moment");
        self.fault(&links::HELD_BACK, message).help("take the link out, or publish that page")
    }
}

impl<'s> Places<'s> {
    /// Resolves a link. Nothing is returned where the words must stand without one.
    ///
    /// Reports: `links/broken`, `links/anchor-broken`, `links/to-page-not-published`, `links/outside`.
    pub fn link(&self, written: &str, origin: Origin<'_>, report: &mut Report) -> Option<Target> {
        let written = self.without_own_origin(written);
        if let Some(anchor) = written.strip_prefix('#') {
            if let Some(known) = self.documents.get(origin.path.as_str()) {
                self.check_anchor(known, anchor, origin, report);
            }
            return Some(Target { url: written.to_owned(), is_own: false, length: None });
        }
        if has_scheme(written) {
            return Some(Target { url: written.to_owned(), is_own: false, length: None });
        }
        let (path, tail) = split_tail(written);
        if path.starts_with('/') && !is_markdown(path) {
            if self.is_held_back(path) {
                report.push(origin.held_back(written));
                return None;
            }
            let length = self.file_at(path).and_then(length_of);
            let url = format!("{}{}{tail}", self.config.base_path, path.trim_start_matches('/'));
            return Some(Target { url, is_own: true, length });
        }
        let Some(found) = self.resolve(path, origin.path) else {
            let help = "put the file into `content/` and use its path there";
            report.push(origin.fault(&links::OUTSIDE, format!("`{written}` climbs out of the folder")).help(help));
            return None;
        };
        match found {
            Resolved::Document(known) => {
                if let Some(anchor) = tail.strip_prefix('#') {
                    self.check_anchor(known, anchor, origin, report);
                }
                Some(Target { url: format!("{}{tail}", known.url), is_own: true, length: None })
            }
            Resolved::File(source) => {
                let url = format!("{}{tail}", self.file_url(&source.path));
                Some(Target { url, is_own: true, length: length_of(source) })
            }
            Resolved::HeldBack => {
                report.push(origin.held_back(written));
                None
            }
            Resolved::Missing => {
                let fault = origin.fault(&links::BROKEN, format!("there is no `{written}`"));
                report.push(fault.help(self.nearest_source(path)));
                None
            }
        }
    }

    /// Resolves a picture. Nothing is returned where its words must stand for it.
    ///
    /// Reports: `links/picture-missing`, `links/picture-elsewhere`.
    pub fn picture(&self, picture: &Picture, path: &SourcePath, report: &mut Report) -> Option<PictureView> {
        let origin = Origin { path, bytes: &picture.place };
        let written = self.without_own_origin(&picture.src);
        if has_scheme(written) {
            let message = format!("the picture `{written}` is fetched from another site");
            let help = "put the picture into the folder and name it there";
            report.push(origin.fault(&links::PICTURE_ELSEWHERE, message).help(help));
            return None;
        }
        let (bare, _) = split_tail(written);
        let source = if bare.starts_with('/') {
            self.file_at(bare)
        } else {
            match self.resolve(bare, path) {
                Some(Resolved::File(source)) => Some(source),
                _ => None,
            }
        };
        let Some(source) = source else {
            let fault = origin.fault(&links::PICTURE_MISSING, format!("there is no picture `{written}`"));
            report.push(fault.help(self.nearest_source(bare)));
            return None;
        };
        let url = self.file_url(&source.path);
        let size_px = match &source.content {
            Content::OnDisk(file) => file.size_px,
            Content::Text(_) | Content::Bytes(_) => None,
        };
        Some(PictureView {
            absolute_url: absolute(&self.config.origin, &url),
            url,
            alt: picture.alt.clone(),
            caption: picture.caption.clone(),
            credit: picture.credit.clone(),
            width: size_px.map(|(width, _)| width),
            height: size_px.map(|(_, height)| height),
        })
    }

    /// The source path of the file that an address or relative path names, if it is a file.
    pub fn file_of(&self, written: &str, path: &SourcePath) -> Option<&'s SourcePath> {
        let written = self.without_own_origin(written);
        let (bare, _) = split_tail(written);
        if bare.starts_with('/') {
            return self.file_at(bare).map(|source| &source.path);
        }
        match self.resolve(bare, path) {
            Some(Resolved::File(source)) if !has_scheme(written) => Some(&source.path),
            _ => None,
        }
    }

    /// The address of a file of `content/`, from the server's root: files of a page bundle lie beside
    /// their page, all others where they lie in `content/`.
    pub fn file_url(&self, path: &SourcePath) -> String {
        format!("{}{}", self.config.base_path, encode(&self.output_of(path)))
    }

    /// The place of a file in the built site.
    pub fn output_of(&self, path: &SourcePath) -> String {
        let inside = path.in_content();
        let mut folder = path.folder();
        while let Some(parent) = folder.rsplit_once('/').map(|(parent, _)| parent) {
            if let Some(url) = self.bundles.get(folder) {
                let rest = &path.as_str()[folder.len() + 1..];
                return format!("{}{rest}", url.trim_start_matches('/'));
            }
            folder = parent;
        }
        inside.to_owned()
    }

    /// Whether an address below the site's root is that of a document that is not published, or lies
    /// below it, and no published document has it.
    pub fn is_held_back(&self, address: &str) -> bool {
        let decoded = decode(address).to_lowercase();
        let plain = decoded.trim_matches('/');
        let is_below = |(at, _): (usize, &str)| self.held_back_addresses.contains(&plain[..at]);
        let is_named = self.held_back_addresses.contains(plain) || plain.match_indices('/').any(is_below);
        is_named && {
            let url = format!("{}{plain}/", self.config.base_path);
            !self.documents.values().any(|known| known.url == url) && self.file_at(address).is_none()
        }
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
        let decoded = decode(address.trim_start_matches('/'));
        let direct = self.sources.get(&SourcePath::new(format!("content/{decoded}")));
        let in_bundle = || {
            self.bundles.iter().find_map(|(folder, url)| {
                let rest = decoded.strip_prefix(url.trim_start_matches('/'))?;
                self.sources.get(&SourcePath::new(format!("{folder}/{rest}")))
            })
        };
        direct.or_else(in_bundle).filter(|source| matches!(source.content, Content::OnDisk(_)))
    }

    fn resolve(&self, written: &str, from: &SourcePath) -> Option<Resolved<'_, 's>> {
        let decoded = decode(written);
        let base = if written.starts_with('/') { "content" } else { from.folder() };
        let path = join(base, &decoded)?;
        if !path.starts_with("content/") {
            return None;
        }
        let candidates = [path.clone(), format!("{path}.md"), format!("{path}/index.md")];
        for candidate in &candidates {
            if let Some(known) = self.documents.get(candidate.as_str()) {
                return Some(Resolved::Document(known));
            }
            if self.held_back.contains(candidate.as_str()) {
                return Some(Resolved::HeldBack);
            }
        }
        let source = self.sources.get(&SourcePath::new(path));
        Some(match source {
            Some(source) if matches!(source.content, Content::OnDisk(_)) => Resolved::File(source),
            _ => Resolved::Missing,
        })
    }

    fn check_anchor(&self, known: &Known<'_>, anchor: &str, origin: Origin<'_>, report: &mut Report) {
        let anchor = decode(anchor);
        // Footnotes and the top of a page are made by us and by browsers.
        if anchor.is_empty() || anchor == "top" || anchor.starts_with("fn") || known.anchors.contains(anchor.as_str()) {
            return;
        }
        let help = match nearest(&anchor, known.anchors.iter().copied()) {
            Some(near) => format!("did you mean `#{near}`?"),
            None if known.anchors.is_empty() => "that page has no headings; take `#` and what follows out".to_owned(),
            None => {
                let anchors: Vec<String> = known.anchors.iter().take(8).map(|anchor| format!("`#{anchor}`")).collect();
                format!("its places are {}", anchors.join(", "))
            }
        };
        report.push(origin.fault(&links::ANCHOR_BROKEN, format!("there is no place `#{anchor}`")).help(help));
    }

    fn nearest_source(&self, written: &str) -> String {
        let name = written.rsplit('/').next().unwrap_or(written);
        let paths: Vec<&str> = self
            .documents
            .keys()
            .copied()
            .chain(self.sources.iter().filter(|s| matches!(s.content, Content::OnDisk(_))).map(|s| s.path.as_str()))
            .collect();
        let names = paths.iter().map(|path| path.rsplit('/').next().unwrap_or(path));
        match nearest(name, names) {
            Some(near) => {
                let path = paths.iter().find(|path| path.rsplit('/').next() == Some(near)).copied().unwrap_or(near);
                format!("did you mean `{path}`?")
            }
            None => "write the path of a file in `content/`, from the folder of this file".to_owned(),
        }
    }
}

enum Resolved<'p, 's> {
    Document(&'p Known<'s>),
    File(&'s Source),
    HeldBack,
    Missing,
}

fn length_of(source: &Source) -> Option<u64> {
    match &source.content {
        Content::OnDisk(file) => Some(file.length),
        Content::Text(_) | Content::Bytes(_) => None,
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

/// Reads what is percent-encoded.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match (byte, hex) {
            (b'%', Some(decoded)) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Checks the links that name an address of the site against what the site will have.
///
/// Reports: `links/broken`.
pub fn check_addresses(site: &Site, plan: &Plan<'_>, report: &mut Report) {
    let base = &site.config.base_path;
    let mut check = |target: &Target, path: &SourcePath, bytes: &Range<usize>| {
        if !target.is_own {
            return;
        }
        let (address, _) = split_tail(&target.url);
        let below = address.strip_prefix(base.as_str()).unwrap_or(address);
        let decoded = decode(below);
        let is_there = |address: &str| plan.contains_key(&OutputPath::of_address(address));
        if is_there(&decoded) || is_there(&format!("{decoded}/")) {
            return;
        }
        let pages = plan.keys().filter_map(|path| path.as_str().strip_suffix("index.html"));
        let help = match nearest(&decoded, pages) {
            Some(near) => format!("did you mean `/{near}`?"),
            None => "link to the source file instead, such as `../events/tea-and-talk.md`".to_owned(),
        };
        let message = format!("this site has no address `/{decoded}`");
        report.push(Diagnostic::new(&links::BROKEN, Place::new(path, bytes.clone()), message).help(help));
    };
    for page in &site.pages {
        let links = page.links.iter().zip(&page.document.body.links);
        for (target, link) in links {
            if let Some(target) = target {
                check(target, &page.document.path, &link.place);
            }
        }
    }
    let settings = SourcePath::from(crate::config::SITE_FILE);
    for (entry, item) in site.menu.iter().zip(&site.config.menu) {
        let is_own = entry.url.starts_with('/') && !entry.url.starts_with("//");
        check(&Target { url: entry.url.clone(), is_own, length: None }, &settings, &item.link.bytes);
    }
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
