//! What is published of a picture, known from its size and its fingerprint: nothing is decoded here.
//!
//! Addresses hold a hash of the picture and its treatment, so that a host may say that what stands there never changes.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::hash::lasting_name;
use crate::media::resize::ENCODER;
use crate::media::variants::{self, Form, Variant};
use crate::path::{OutputPath, SourcePath, absolute, encode, slug};
use crate::site::{Publishing, SitePicture};
use crate::source::{Content, DiskFile, Source, Sources};
use crate::view::ShareView;

/// The folder of the built site that holds them.
const FOLDER: &str = "assets/pictures";

/// What pages show of a picture.
pub struct Shown {
    /// From the server's root.
    pub url: String,
    pub srcset: Option<String>,
    /// Width and height; absent where a drawing does not say.
    pub size_px: Option<(u32, u32)>,
}

/// What pages show of a picture; nothing for one that has to be published as it is because nobody knows its size.
pub fn shown(source: &Source, config: &Config) -> Option<Shown> {
    let url = |path: &OutputPath| format!("{}{}", config.base_path, encode(path.as_str()));
    let all = of(source)?;
    let (plain, _) = all.last()?;
    let wide: Vec<(&OutputPath, Variant)> = all[..all.len() - 1]
        .iter()
        .filter_map(|(path, publishing)| match publishing {
            Publishing::Encoded(variant) => Some((path, *variant)),
            Publishing::Cleaned => None,
        })
        .collect();
    let size_px = match wide.last() {
        Some((_, widest)) => Some((widest.width_px, widest.height_px)),
        None => file(source)?.size_px,
    };
    let sets: Vec<String> = wide.iter().map(|(path, variant)| format!("{} {}w", url(path), variant.width_px)).collect();
    Some(Shown { url: url(plain), srcset: (!sets.is_empty()).then(|| sets.join(", ")), size_px })
}

/// What link previews show of a picture; nothing for one that is too small, moves or is drawn.
pub fn shared(source: &Source, alt: &str, config: &Config) -> Option<ShareView> {
    let (path, variant) = share(source)?;
    Some(ShareView {
        absolute_url: absolute(&config.origin, &format!("{}{}", config.base_path, encode(path.as_str()))),
        alt: alt.to_owned(),
        width: variant.width_px,
        height: variant.height_px,
        media_type: "image/jpeg".to_owned(),
    })
}

/// The pictures that pages and link previews show, each file of the built site once.
pub fn gather(sources: &Sources, shown: &BTreeSet<&SourcePath>, shared: &BTreeSet<&SourcePath>) -> Vec<SitePicture> {
    let mut known = BTreeSet::new();
    let picture = |path: &&SourcePath| {
        let source = sources.others.get(*path)?;
        let mut all = if shown.contains(path) { of(source)? } else { Vec::new() };
        if shared.contains(path) {
            all.extend(share(source).map(|(path, variant)| (path, Publishing::Encoded(variant))));
        }
        Some(SitePicture {
            source: source.path.clone(),
            fingerprint: source.fingerprint,
            file: file(source)?.clone(),
            variants: all.into_iter().filter(|(path, _)| known.insert(path.clone())).collect(),
        })
    };
    shown.union(shared).filter_map(picture).filter(|picture| !picture.variants.is_empty()).collect()
}

/// What is published of a picture: WebP from narrow to wide, and at the end what everybody can read.
fn of(source: &Source) -> Option<Vec<(OutputPath, Publishing)>> {
    let file = file(source)?;
    let form = file.form?;
    if matches!(form, Form::Moving | Form::Drawing) {
        let extension = source.path.extension();
        return Some(vec![(name(source, "", "cleaned", &extension), Publishing::Cleaned)]);
    }
    let size_px = file.size_px.filter(|(width, height)| *width > 0 && *height > 0)?;
    let wanted = variants::webp(size_px).into_iter().chain([variants::plain(size_px, form)]);
    Some(wanted.map(|variant| (place(source, variant), Publishing::Encoded(variant))).collect())
}

fn share(source: &Source) -> Option<(OutputPath, Variant)> {
    let file = file(source)?;
    if !matches!(file.form?, Form::Photo | Form::Graphic) {
        return None;
    }
    let variant = variants::share(file.size_px?)?;
    Some((place(source, variant), variant))
}

fn file(source: &Source) -> Option<&DiskFile> {
    match &source.content {
        Content::OnDisk(file) => Some(file),
        Content::Text(_) | Content::Document(_) | Content::Bytes(_) => None,
    }
}

fn place(source: &Source, variant: Variant) -> OutputPath {
    name(source, &format!("-{}", variant.width_px), &format!("{variant:?}"), variant.encoding.extension())
}

/// `assets/pictures/tea-and-talk-640.0123456789.webp`
fn name(source: &Source, width: &str, treatment: &str, extension: &str) -> OutputPath {
    let hash = lasting_name(format!("{} {treatment} {ENCODER}", source.fingerprint).as_bytes(), 10);
    let file_name = source.path.file_name();
    let stem = slug(file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem));
    let stem = if stem.is_empty() { "picture" } else { &stem };
    OutputPath::new(format!("{FOLDER}/{stem}{width}.{hash}.{extension}"))
}
