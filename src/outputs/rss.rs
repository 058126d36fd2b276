//! `blog/rss.xml`: the newest posts as RSS 2.0, whole texts or summaries.
//!
//! What a feed must get right stands in the RSS 2.0 specification and the RSS Advisory Board's profile.

use rss::extension::atom::{AtomExtensionBuilder, Link};
use rss::extension::dublincore::DublinCoreExtensionBuilder;
use rss::{CategoryBuilder, ChannelBuilder, GuidBuilder, Item, ItemBuilder};

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::date::words as date_words;
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::kinds::Kind;
use crate::outputs::fill::{Addresses, Text};
use crate::outputs::section_link;
use crate::path::OutputPath;
use crate::site::Site;
use crate::theme::Theme;

struct Feed<'s> {
    title: String,
    /// The list that the feed belongs to.
    link: String,
    description: String,
    language: String,
    /// The address of the feed itself.
    url: String,
    is_full: bool,
    zone: &'s jiff::tz::TimeZone,
    posts: Vec<Text<'s>>,
}

/// The blog's feed, where there are posts.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let path = OutputPath::from("blog/rss.xml");
    let has_posts = site.view.sections.blog.is_some();
    let feed =
        has_posts.then(|| Artefact::new(path, Owner::named("the blog feed"), Stage::Data, (), prepare).subscribed());
    feed.into_iter().collect()
}

fn prepare<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let posts: Vec<Text<'_>> = site
        .section(Kind::Post)
        .iter()
        .take(site.config.feeds.limit)
        .map(|&id| Text::of(site, &site.pages[id], Addresses::Whole))
        .collect();
    let of_posts: Vec<(Fingerprint, Fingerprint)> =
        posts.iter().map(|text| (text.page.fingerprint, text.fingerprint())).collect();
    let mut templates: Vec<&'static str> = posts.iter().flat_map(Text::templates).collect();
    templates.sort_unstable();
    templates.dedup();
    let parts = Parts::default()
        .with("the posts in it", Fingerprint::of(&of_posts))
        .with("the settings of the site", site.fingerprint);
    let words = &site.config.words;
    let of_site = [("site", (&site.config.name).into())];
    let feed = Feed {
        title: words.say("feeds.blog", &of_site),
        link: site.absolute(&section_link(site, Kind::Post).url),
        description: site.config.tagline.clone().unwrap_or_else(|| words.say("feeds.blog_summary", &of_site)),
        language: site.config.language.to_lowercase(),
        url: format!("{}{}blog/rss.xml", site.config.origin, site.config.base_path),
        is_full: site.config.feeds.is_full,
        zone: &site.config.timezone,
        posts,
    };
    Prepared::new(parts, templates, feed, make)
}

fn make(feed: &Feed<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    let items = feed.posts.iter().map(|text| item(feed, text, theme)).collect::<Result<Vec<_>, _>>()?;
    let newest = items.iter().filter_map(|item| item.pub_date.clone()).next();
    let self_link = Link {
        href: feed.url.clone(),
        rel: "self".to_owned(),
        mime_type: Some("application/rss+xml".to_owned()),
        ..Link::default()
    };
    let channel = ChannelBuilder::default()
        .title(printable(&feed.title))
        .link(feed.link.clone())
        .description(printable(&feed.description))
        .language(feed.language.clone())
        .last_build_date(newest)
        .atom_ext(AtomExtensionBuilder::default().link(self_link).build())
        .namespaces(
            [("atom", "http://www.w3.org/2005/Atom"), ("dc", "http://purl.org/dc/elements/1.1/")]
                .map(|(prefix, address)| (prefix.to_owned(), address.to_owned())),
        )
        .items(items)
        .build();
    Ok(channel.to_string().into_bytes())
}

fn item(feed: &Feed<'_>, text: &Text<'_>, theme: &Theme) -> Result<Item, Diagnostic> {
    let page = text.page;
    let meta = &page.document.meta;
    let link = crate::path::absolute(text.origin, &page.url);
    let content = feed.is_full.then(|| text.html(theme)).transpose()?;
    let author = meta
        .author
        .as_ref()
        .map(|author| DublinCoreExtensionBuilder::default().creators(vec![printable(author)]).build());
    let categories: Vec<rss::Category> =
        page.tags.iter().map(|tag| CategoryBuilder::default().name(printable(&tag.title)).build()).collect();
    Ok(ItemBuilder::default()
        .title(printable(&meta.title))
        .link(link.clone())
        .guid(GuidBuilder::default().value(link).permalink(true).build())
        .pub_date(meta.date.map(|date| date_words::rfc822(&date.in_zone(feed.zone).zoned)))
        .description(printable(&page.card.summary))
        .content(content.map(|html| printable(&html)))
        .dublin_core_ext(author)
        .categories(categories)
        .build())
}

/// Without the control characters that XML forbids (XML 1.0 §2.2), which the writer passes through.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}
