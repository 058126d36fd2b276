//! Which files of `content/` are served, and where; what nobody may expect of them is said.
//!
//! 1. A file that a published page shows or links is served.
//! 2. So is every file in the folder of a published page bundle, and in `content/media/`; but beside a story only what
//!    is shown or linked: a signed form may lie there.
//! 3. **Invariant:** a file that only held-back documents name, or that lies in the folder of one, is
//!    not served: a picture can tell whose story it was. Of a story that is held back, every word that
//!    is a file's name counts, in whatever field, shortcode or mistaken path it stands.
//! 4. What is served and named by no page is said, and so is what is neither served nor held back.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::assemble::findings::Findings;
use crate::assemble::is_bundle;
use crate::assemble::links::{Places, folders_above};
use crate::codes::{self, Code};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::document::Document;
use crate::model::kinds::{Details, Kind};
use crate::path::{OutputPath, SourcePath};
use crate::site::{Reason, SiteFile};
use crate::source::Content;

/// The folder whose files are served whether a page names them or not.
const MEDIA: &str = "content/media";
/// As many files are named in one message.
const MOST_NAMES: usize = 20;
/// Endings of files in which somebody may have written a page.
const WRITTEN: [&str; 11] = ["txt", "text", "doc", "docx", "odt", "rtf", "htm", "html", "mdx", "mdown", "mkd"];
/// Those of them that hold plain text.
const PLAIN: [&str; 5] = ["txt", "text", "mdx", "mdown", "mkd"];

/// The files of `content/`, in the order of their paths.
pub struct Parted<'s> {
    pub served: Vec<SiteFile>,
    /// Neither served nor held back with a document, and not in `not_read`.
    pub left_out: Vec<&'s SourcePath>,
    /// Those that look like a page that somebody wrote.
    pub not_read: Vec<&'s SourcePath>,
}

/// Parts files into those that the site serves and the rest; `named` are those that pages and settings name.
pub fn part<'s>(
    places: &Places<'s>,
    named: &BTreeSet<SourcePath>,
    held_back: &[(&Arc<Document>, Reason)],
    findings: &mut Findings,
) -> Parted<'s> {
    let closed: BTreeSet<&SourcePath> =
        held_back.iter().flat_map(|(document, _)| named_by(document, places, findings)).collect();
    let closed_names: BTreeSet<&str> =
        held_back.iter().flat_map(|(document, _)| &document.file_words).map(String::as_str).collect();
    let closed_folders: BTreeSet<&str> = held_back
        .iter()
        .filter(|(document, _)| is_bundle(&document.path))
        .map(|(document, _)| document.path.folder())
        .collect();
    let is_closed = |path: &SourcePath| {
        closed.contains(path)
            || closed_names.contains(path.file_name().to_lowercase().as_str())
            || folders_above(path.as_str()).any(|folder| closed_folders.contains(folder))
    };
    let is_beside_page =
        |path: &SourcePath| folders_above(path.as_str()).any(|folder| places.bundles.addresses.contains_key(folder));
    let is_in_media = |path: &SourcePath| folders_above(path.as_str()).any(|folder| folder == MEDIA);
    let is_story = |path: &SourcePath| Kind::of_path(path.in_content()) == Kind::Story;
    let is_open = |path: &SourcePath| is_in_media(path) || is_beside_page(path) && !is_story(path);
    let mut parted = Parted { served: Vec::new(), left_out: Vec::new(), not_read: Vec::new() };
    for source in places.sources.others.values().filter(|source| source.path.as_str().starts_with("content/")) {
        let Content::OnDisk(file) = &source.content else { continue };
        let path = &source.path;
        let is_named = named.contains(path);
        if !is_named && is_closed(path) {
            continue;
        }
        if is_named || is_open(path) {
            parted.served.push(SiteFile {
                path: OutputPath::new(places.output_of(path)),
                source: path.clone(),
                fingerprint: source.fingerprint,
                file: file.clone(),
            });
        } else if is_written(path) && !is_beside_page(path) {
            parted.not_read.push(path);
        } else {
            parted.left_out.push(path);
        }
    }
    parted
}

/// Says which files are served and named by nothing, and which are not served for that reason: somebody may not know it.
///
/// Reports: `publish/picture-not-shown`, `publish/file-not-linked`, `publish/file-left-out`, each once for all.
pub fn unnamed(files: &[SiteFile], left_out: &[&SourcePath], named: &BTreeSet<SourcePath>) -> Vec<Diagnostic> {
    let unnamed = files.iter().filter(|file| !named.contains(&file.source));
    let (pictures, others): (Vec<&SiteFile>, Vec<&SiteFile>) = unnamed.partition(|file| file.file.form.is_some());
    let paths = |files: &[&'_ SiteFile]| files.iter().map(|file| file.source.clone()).collect::<Vec<_>>();
    let left_out: Vec<SourcePath> = left_out.iter().map(|path| (*path).clone()).collect();
    let take_out = "take out of content/ what is not meant for everybody; leave what other websites link to";
    [
        gathered(
            &codes::publish::PICTURE_NOT_SHOWN,
            &paths(&pictures),
            [
                "the picture {} is published, and no page shows it",
                "{count} pictures are published, and no page shows them: {}",
            ],
            take_out,
        ),
        gathered(
            &codes::publish::FILE_NOT_LINKED,
            &paths(&others),
            [
                "the file {} is published, and no page links to it",
                "{count} files are published, and no page links to them: {}",
            ],
            take_out,
        ),
        gathered(
            &codes::publish::FILE_LEFT_OUT,
            &left_out,
            [
                "the file {} is not published: no page shows it or links to it",
                "{count} files are not published, because no page shows them or links to them: {}",
            ],
            "name them in the text of a page if readers should have them; keep signed forms and notes elsewhere",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// One message for many files; `messages` are those for one and for more.
fn gathered(code: &'static Code, paths: &[SourcePath], messages: [&str; 2], help: &str) -> Option<Diagnostic> {
    let first = paths.first()?;
    let name = |path: &SourcePath| format!("`{}`", path.in_content());
    let names: Vec<String> = paths.iter().take(MOST_NAMES).map(name).collect();
    let mut names = names.join(", ");
    if paths.len() > MOST_NAMES {
        names = format!("{names} and {} more", paths.len() - MOST_NAMES);
    }
    let message = messages[usize::from(paths.len() > 1)];
    let message = message.replace("{count}", &paths.len().to_string()).replace("{}", &names);
    Some(Diagnostic::new(code, Place::file(first), message).help(help))
}

/// Whether somebody may have written a page in a file that is no Markdown: it lies among pages of a kind.
fn is_written(path: &SourcePath) -> bool {
    WRITTEN.contains(&path.extension().as_str()) && Kind::of_path(path.in_content()) != Kind::Page
}

/// Says of a file that looks like a page and is not read that its name is why.
///
/// Reports: `publish/file-not-read`.
pub fn not_read(path: &SourcePath) -> Diagnostic {
    let extension = path.extension();
    let name = path.file_name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.strip_suffix(".md").unwrap_or(stem);
    let message = format!("the file `{}` is not read: its name does not end in `.md`", path.in_content());
    let help = match PLAIN.contains(&extension.as_str()) {
        true => {
            format!("rename it to `{stem}.md`; where Windows hides endings, first choose View, File name extensions")
        }
        false => format!("copy its words into a plain text file `{stem}.md`; if it is no page, link to it from one"),
    };
    Diagnostic::new(&codes::publish::FILE_NOT_READ, Place::file(path), message).help(help)
}

fn named_by<'s>(document: &Document, places: &Places<'s>, findings: &mut Findings) -> Vec<&'s SourcePath> {
    let body = &document.body;
    let links = body.links.iter().map(|link| link.target.as_str());
    let pictures = body.pictures.iter().chain(&document.meta.image).map(|picture| picture.src.as_str());
    let toolkit = match &document.details {
        Details::Campaign(campaign) => Some(&campaign.toolkit),
        _ => None,
    };
    let in_toolkit = toolkit.into_iter().flat_map(|toolkit| {
        let posts = toolkit.posts.iter().filter_map(|post| Some(post.picture.as_ref()?.src.as_str()));
        posts.chain(toolkit.assets.iter().map(|asset| asset.file.value.as_str()))
    });
    let written = links.chain(pictures).chain(in_toolkit);
    written.filter_map(|address| places.file_of(address, &document.path, findings)).collect()
}
