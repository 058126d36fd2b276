//! `/api/`: what other programs can take from the site, for partners.

use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::kinds::Kind;
use crate::outputs::frame::{self, Frame};
use crate::outputs::{json_feed, open_referral, trail};
use crate::site::Site;
use crate::theme::Theme;
use crate::view::{ApiView, DataView};

struct ApiPage<'s> {
    frame: Frame<'s>,
    view: ApiView,
}

/// The page, where there is anything to take.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let url = site.view.sections.api.as_ref();
    let page = |url: &String| frame::artefact(site, url, Owner::named("the page for partners' programs"), (), prepare);
    url.map(page).into_iter().collect()
}

fn prepare<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let words = &site.config.words;
    let url = site.view.sections.api.clone().unwrap_or_default();
    let (title, summary) = (words.text("open_data.title"), words.text("open_data.summary"));
    let mut frame = Frame::new(site, "api", title.to_owned(), summary.to_owned(), url);
    frame.breadcrumbs = trail(site, Vec::new());
    let view = view(site);
    let parts = Parts::default()
        .with("the files that it names", Fingerprint::of(&view))
        .with("its place among other pages", frame::fingerprint(&frame));
    frame::prepared(site, "api.html", parts, ApiPage { frame, view }, make)
}

fn make(page: &ApiPage<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    frame::render(theme, "api.html", &page.frame.view(Vec::new()), "api", &page.view)
}

fn view(site: &Site) -> ApiView {
    let words = &site.config.words;
    let base = &site.config.base_path;
    let data = |title: &str, path: &str, media_type: &str| DataView {
        title: title.to_owned(),
        url: format!("{base}{path}"),
        absolute_url: site.absolute(&format!("{base}{path}")),
        media_type: media_type.to_owned(),
    };
    let has = |kind: Kind| !site.section(kind).is_empty();
    let names = |kind: Kind| match kind {
        Kind::Post => words.text("open_data.posts"),
        Kind::Story => words.text("open_data.stories"),
        _ => words.text("open_data.events"),
    };
    let feeds = json_feed::FEEDS.iter().filter(|(kind, _)| has(*kind));
    let mut files: Vec<DataView> =
        feeds.map(|(kind, path)| data(names(*kind), path, "application/feed+json")).collect();
    files.extend(site.view.feeds.iter().map(|feed| DataView {
        title: feed.title.clone(),
        url: feed.url.clone(),
        absolute_url: feed.absolute_url.clone(),
        media_type: feed.media_type.clone(),
    }));
    let of_directory = if has(Kind::Resource) {
        let folder = open_referral::FOLDER;
        let lists = [
            ("open_referral", ""),
            ("services", "services/"),
            ("locations", "service_at_locations/"),
            ("taxonomies", "taxonomies/"),
            ("terms", "taxonomy_terms/"),
        ];
        let title = |name: &str| match name {
            "open_referral" => words.text("open_data.open_referral"),
            "services" => words.text("open_data.services"),
            "locations" => words.text("open_data.locations"),
            "taxonomies" => words.text("open_data.taxonomies"),
            _ => words.text("open_data.terms"),
        };
        lists.map(|(name, path)| data(title(name), &format!("{folder}{path}index.json"), "application/json")).into()
    } else {
        Vec::new()
    };
    ApiView {
        files,
        directory: of_directory,
        directory_url: site.absolute(&format!("{base}{}", open_referral::FOLDER)),
    }
}
