//! A campaign's toolkit: a page with everything to copy and print, and the same in one zip file.
//!
//! The zip holds the files as the site serves them, and the texts as plain files. Its times are those of no day, so
//! that the same files make the same bytes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::artefact::{Artefact, Content, ContentOf, Owner, Parts, Prepared, Stage};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::media;
use crate::model::kinds::campaign::{Campaign, Purpose, Toolkit};
use crate::model::kinds::{Details, Kind};
use crate::outputs::frame::{self, Frame};
use crate::outputs::{dated, section_link, trail};
use crate::path::slug;
use crate::site::{Page, PageId, Site, SiteFile, ToolkitLinks};
use crate::theme::Theme;
use crate::view::words::file_size;
use crate::view::{LinkView, ToolkitFact, ToolkitFile, ToolkitPost, ToolkitView};
use crate::words::Words;

/// The name of the zip beside the page.
const ARCHIVE: &str = "toolkit.zip";

/// What a toolkit's page is made of.
struct ToolkitPage<'s> {
    frame: Frame<'s>,
    words: &'s Words,
    page: &'s Page,
    campaign: &'s Campaign,
    links: &'s ToolkitLinks,
    archive: ToolkitFile,
}

/// A page and a zip for every campaign with something to pass on.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let campaigns = site.pages.iter().enumerate().filter(|(_, page)| page.toolkit.is_some());
    campaigns
        .flat_map(|(id, page)| {
            let owner = |words| Owner::file(words, &page.document.path);
            let path = frame::output_path(site, &format!("{}{ARCHIVE}", url(page)));
            [
                frame::artefact(site, &url(page), owner("the toolkit of"), id, prepare),
                Artefact::new(path, owner("the toolkit in one file of"), Stage::Asset, id, prepare_archive),
            ]
        })
        .collect()
}

fn url(page: &Page) -> String {
    format!("{}toolkit/", page.url)
}

fn campaign(page: &Page) -> Option<(&Campaign, &ToolkitLinks)> {
    match (&page.document.details, &page.toolkit) {
        (Details::Campaign(campaign), Some(links)) => Some((campaign, links)),
        _ => None,
    }
}

fn prepare<'s>(site: &'s Site, id: &PageId) -> Prepared<'s> {
    let page = site.pages[*id].as_ref();
    let words = &*site.config.words;
    let of_campaign = [("campaign", (&page.card.title).into())];
    let (title, summary) = (words.say("titles.toolkit", &of_campaign), words.say("summaries.toolkit", &of_campaign));
    let mut frame = Frame::new(site, "toolkit", title, summary, url(page));
    let above = LinkView { title: page.card.title.clone(), url: page.url.clone() };
    frame.breadcrumbs = trail(site, vec![section_link(site, Kind::Campaign), above]);
    frame.language = &page.language;
    let own = page.shared_picture.as_ref().map(|shared| Cow::Borrowed(&shared.1));
    frame.share_image = own.or(frame.share_image);
    let parts = Parts::default()
        .with("its own text and facts", page.fingerprint)
        .with("its place among other pages", frame::fingerprint(&frame));
    let Some((campaign, links)) = campaign(page) else {
        return frame::prepared(site, "toolkit.html", parts, (), |(), _| Ok(Vec::new()));
    };
    let contents = contents(site, campaign, links);
    let length = contents.iter().map(Content::length).sum();
    let archive_url = format!("{}{ARCHIVE}", url(page));
    let archive = ToolkitFile {
        title: ARCHIVE.to_owned(),
        size: file_size(words, &archive_url, Some(length)),
        url: archive_url,
        picture: None,
    };
    let parts = parts.with("the size of its files", Fingerprint::of(&archive));
    frame::prepared(site, "toolkit.html", parts, ToolkitPage { frame, words, page, campaign, links, archive }, make)
}

fn make(view: &ToolkitPage<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    let (toolkit, links) = (&view.campaign.toolkit, view.links);
    let files = |purpose: Purpose| {
        let all = toolkit.assets.iter().zip(links.assets.iter().zip(&links.asset_pictures));
        let file = |(asset, (target, picture)): (_, (&Option<crate::site::Target>, &Option<_>))| {
            let asset: &crate::model::kinds::campaign::ToolkitAsset = asset;
            let target = target.as_ref()?;
            let name = target.url.rsplit('/').next().unwrap_or_default();
            (asset.purpose.unwrap_or_else(|| usual_purpose(name)) == purpose).then(|| ToolkitFile {
                title: asset.title.clone().unwrap_or_else(|| name.to_owned()),
                url: target.url.clone(),
                size: file_size(view.words, &target.url, target.length),
                picture: picture.clone(),
            })
        };
        all.filter_map(file).collect()
    };
    let value = ToolkitView {
        campaign: LinkView { title: view.page.card.title.clone(), url: view.page.url.clone() },
        when: dated::campaign_when(view.words, view.campaign),
        hashtags: &view.campaign.hashtags,
        posts: posts(toolkit, links),
        posters: files(Purpose::Print),
        graphics: files(Purpose::Screen),
        signature: toolkit.signature.as_deref().map(str::trim),
        press_notice: toolkit.press_notice.as_deref().map(str::trim),
        facts: toolkit
            .facts
            .iter()
            .map(|fact| ToolkitFact { text: fact.text.clone(), source: fact.source.clone(), url: fact.url.clone() })
            .collect(),
        archive: view.archive.clone(),
    };
    frame::render(theme, "toolkit.html", &view.frame.view(Vec::new()), "toolkit", &value)
}

fn posts(toolkit: &Toolkit, links: &ToolkitLinks) -> Vec<ToolkitPost> {
    let post = |(post, picture): (&crate::model::kinds::campaign::ToolkitPost, &Option<_>)| {
        let text = post.text.trim();
        ToolkitPost {
            channel: post.channel.clone(),
            text: text.to_owned(),
            length: text.chars().count(),
            picture: picture.clone(),
        }
    };
    toolkit.posts.iter().zip(&links.post_pictures).map(post).collect()
}

/// What one does with a file that does not say: documents and drawings are printed, pictures are shown.
fn usual_purpose(name: &str) -> Purpose {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    match extension.as_str() {
        "png" | "jpg" | "jpeg" | "webp" | "gif" | "mp4" => Purpose::Screen,
        _ => Purpose::Print,
    }
}

fn prepare_archive<'s>(site: &'s Site, id: &PageId) -> Prepared<'s> {
    let page = site.pages[*id].as_ref();
    let Some((campaign, links)) = campaign(page) else {
        return Prepared::pack(Parts::default(), Vec::new(), pack);
    };
    let files: Vec<Fingerprint> = files(site, links).into_values().map(|file| file.fingerprint).collect();
    let contents = contents(site, campaign, links);
    let names: Vec<&str> = contents.iter().map(|content| content.name.as_str()).collect();
    let parts = Parts::default()
        .with("its own text and facts", page.document.fingerprint)
        .with("the files in it", Fingerprint::of(&(files, names)))
        .with("the settings of the site", site.config.fingerprint);
    Prepared::pack(parts, contents, pack)
}

/// The files of the site that a toolkit names, by their place in the site.
fn files<'s>(site: &'s Site, links: &ToolkitLinks) -> BTreeMap<&'s str, &'s SiteFile> {
    let assets = links.assets.iter().flatten().map(|target| target.url.as_str());
    let pictures = links.post_pictures.iter().flatten().map(|picture| picture.url.as_str());
    let inner = |url: &str| url.strip_prefix(site.config.base_path.as_str()).map(crate::path::decode);
    let wanted: BTreeSet<String> = assets.chain(pictures).filter_map(inner).collect();
    let is_wanted = |file: &&SiteFile| wanted.contains(file.path.as_str());
    site.files.iter().filter(is_wanted).map(|file| (file.path.as_str(), file)).collect()
}

/// What the zip holds, by name.
fn contents<'s>(site: &'s Site, campaign: &Campaign, links: &ToolkitLinks) -> Vec<Content<'s>> {
    let (toolkit, words) = (&campaign.toolkit, &site.config.words);
    let mut contents: BTreeMap<String, ContentOf<'s>> = BTreeMap::new();
    for (number, post) in toolkit.posts.iter().enumerate() {
        let channel = post.channel.as_deref().map(slug).filter(|slug| !slug.is_empty());
        let name = format!("posts/{:02}-{}.txt", number + 1, channel.as_deref().unwrap_or("post"));
        let mut text = post.text.trim().to_owned();
        if let Some(picture) = post.picture.as_ref().filter(|picture| !picture.alt.is_empty()) {
            let name = picture.src.rsplit('/').next().unwrap_or_default();
            let picture_is = words.say("messages.picture", &[("name", name.into())]);
            let alt_is = words.say("messages.alt", &[("alt", (&picture.alt).into())]);
            text.push_str(&format!("\n\n---\n{picture_is}\n{alt_is}"));
        }
        contents.insert(name, ContentOf::Text(text + "\n"));
    }
    let facts = toolkit.facts.iter().map(|fact| {
        let source: Vec<&str> = fact.source.as_deref().into_iter().chain(fact.url.as_deref()).collect();
        if source.is_empty() { fact.text.clone() } else { format!("{}\n({})", fact.text, source.join(", ")) }
    });
    let facts: Vec<String> = facts.collect();
    let facts = (!facts.is_empty()).then(|| facts.join("\n\n"));
    let texts = [
        ("email-signature.txt", toolkit.signature.as_deref()),
        ("press-notice.txt", toolkit.press_notice.as_deref()),
        ("facts.txt", facts.as_deref()),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            contents.insert(name.to_owned(), ContentOf::Text(format!("{}\n", text.trim())));
        }
    }
    for (path, file) in files(site, links) {
        let name = path.rsplit('/').next().unwrap_or(path);
        // Files of two folders may have one name.
        let name = if contents.contains_key(name) { path.replace('/', "-") } else { name.to_owned() };
        contents.insert(name, ContentOf::File(&file.file, media::clean));
    }
    contents.into_iter().map(|(name, of)| Content { name, of }).collect()
}

/// Puts files into a zip.
fn pack(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, String> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let length: usize = files.iter().map(|(name, bytes)| 2 * name.len() + bytes.len() + 128).sum();
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(length)));
    for (name, bytes) in files {
        let written = writer.start_file(&name, options).map_err(|error| error.to_string());
        written
            .and_then(|()| writer.write_all(&bytes).map_err(|error| error.to_string()))
            .map_err(|why| format!("{name}: {why}"))?;
    }
    writer.finish().map(Cursor::into_inner).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zip_holds_what_was_put_in_and_is_the_same_again() {
        let files = vec![("a.txt".to_owned(), b"One".to_vec()), ("posts/ŵ.txt".to_owned(), b"Two".to_vec())];
        let packed = pack(files.clone()).unwrap();
        assert_eq!(packed, pack(files.clone()).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        for (at, (name, bytes)) in files.iter().enumerate() {
            let mut file = archive.by_index(at).unwrap();
            let mut read = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut read).unwrap();
            assert_eq!((&*file.name().unwrap(), &read), (name.as_str(), bytes));
        }
    }

    #[test]
    fn files_that_do_not_say_are_for_what_they_mostly_are() {
        assert_eq!(usual_purpose("poster.PDF"), Purpose::Print);
        assert_eq!(usual_purpose("poster.svg"), Purpose::Print);
        assert_eq!(usual_purpose("square.png"), Purpose::Screen);
    }
}
