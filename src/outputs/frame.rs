//! What every page has around its content, and how a page is rendered.

use std::borrow::Cow;
use std::fmt::Write;

use serde::Serialize;
use tera::Context;

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::outputs::structured_data::{self, Fact};
use crate::path::{OutputPath, absolute};
use crate::site::Site;
use crate::theme::Theme;
use crate::view::{FeedView, LinkView, PageView, SafeHtml, ShareLinksView, ShareView, SiteView};

/// Letters of a title that a list of results or a tab has room for: a longer one goes without the name of the site.
const TITLE: usize = 70;

/// What a page is, as far as its head and frame go.
#[derive(Clone, Debug, Hash)]
pub struct Frame<'s> {
    pub site: &'s SiteView,
    pub kind: &'static str,
    pub title: String,
    /// What tells the title from the same title elsewhere, for the browser's tab and search results.
    pub qualifier: Option<&'s str>,
    pub summary: String,
    /// Whether the summary stands above the text: not where it is the beginning of that text.
    pub has_lead: bool,
    /// From the server's root.
    pub url: String,
    pub language: &'s str,
    pub breadcrumbs: Vec<LinkView>,
    pub share_image: Option<Cow<'s, ShareView>>,
    pub share_type: &'static str,
    pub is_indexed: bool,
    pub feeds: Vec<FeedView>,
    /// The calendar of the events that the page lists.
    pub calendar: Option<FeedView>,
    pub quick_exit: Option<&'s str>,
    /// Whether readers are offered ways to pass the page on.
    pub is_shared: bool,
    /// What a mail about the page says it is about.
    problem_subject: String,
}

impl<'s> Frame<'s> {
    /// A page of the site, indexed, with the site's own picture for link previews. A calendar that lies beside it
    /// is the one of its events.
    pub fn new(site: &'s Site, kind: &'static str, title: String, summary: String, url: String) -> Self {
        let calendar = calendar_feed(site, &url);
        let is_own = |feed: &&FeedView| calendar.as_ref().is_none_or(|calendar| calendar.url != feed.url);
        let feeds = calendar.iter().chain(site.view.feeds.iter().filter(is_own)).cloned().collect();
        Frame {
            site: &site.view,
            kind,
            title,
            qualifier: None,
            summary,
            has_lead: true,
            language: &site.config.language,
            breadcrumbs: Vec::new(),
            share_image: site.share_image.as_ref().map(Cow::Borrowed),
            share_type: "website",
            is_indexed: true,
            feeds,
            calendar,
            quick_exit: None,
            is_shared: false,
            problem_subject: site.config.words.say("messages.problem", &[("address", (&site.absolute(&url)).into())]),
            url,
        }
    }

    /// The page's address with `https://`.
    pub fn canonical(&self) -> String {
        absolute(&self.site.origin, &self.url)
    }

    /// The view under the name `page`; `facts` is what the page is about.
    pub fn view<'v>(&'v self, mut facts: Vec<Fact<'v>>) -> PageView<'v> {
        let canonical = self.canonical();
        let (title, name) = (&self.title, &self.site.name);
        let own_title = self.qualifier.map_or_else(|| title.clone(), |qualifier| format!("{title} ({qualifier})"));
        let whole_title = format!("{own_title} – {name}");
        let document_title = match whole_title.chars().count() {
            0..=TITLE if title != name => whole_title,
            _ => own_title,
        };
        facts.extend(structured_data::breadcrumbs(&self.breadcrumbs, title, &canonical, &self.site.origin));
        PageView {
            kind: self.kind,
            title,
            document_title,
            summary: &self.summary,
            lead: self.has_lead.then_some(&self.summary),
            url: &self.url,
            language: self.language,
            direction: direction(self.language),
            breadcrumbs: &self.breadcrumbs,
            share_image: self.share_image.as_deref(),
            share_type: self.share_type,
            is_indexed: self.is_indexed,
            structured_data: SafeHtml(structured_data::script(&facts)),
            feeds: &self.feeds,
            calendar: self.calendar.as_ref(),
            problem_link: self
                .site
                .contact
                .email
                .as_ref()
                .map(|email| format!("mailto:{email}?subject={}", encode_query(&self.problem_subject))),
            quick_exit: self.quick_exit,
            share: self.is_shared.then(|| share(title, &canonical)),
            canonical,
        }
    }
}

fn share(title: &str, canonical: &str) -> ShareLinksView {
    let (title, address) = (encode_query(title), encode_query(canonical));
    ShareLinksView {
        email_url: format!("mailto:?subject={title}&body={address}"),
        whatsapp_url: format!("https://wa.me/?text={title}%20{address}"),
        facebook_url: format!("https://www.facebook.com/sharer/sharer.php?u={address}"),
    }
}

fn calendar_feed(site: &Site, folder: &str) -> Option<FeedView> {
    let calendar = site.calendar_in(folder)?;
    Some(FeedView {
        title: site.calendar_title(calendar),
        url: calendar.url(),
        absolute_url: site.absolute(&calendar.url()),
        media_type: "text/calendar".to_owned(),
        subscribe_url: Some(calendar.subscribe_url.clone()),
    })
}

/// Scripts that are written from right to left, by language (BCP 47).
fn direction(language: &str) -> &'static str {
    match language.split('-').next().unwrap_or_default() {
        "ar" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" | "ckb" => "rtl",
        _ => "ltr",
    }
}

/// Percent-encodes everything that could end or split a query (RFC 6068 §2).
fn encode_query(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' => {
                encoded.push(char::from(byte));
            }
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

/// A page's artefact, found by its key.
pub fn artefact<K: Send + Sync + 'static>(
    site: &Site,
    url: &str,
    owner: Owner,
    key: K,
    prepare: for<'s> fn(&'s Site, &K) -> Prepared<'s>,
) -> Artefact {
    Artefact::new(output_path(site, url), owner, Stage::Page, key, prepare)
}

/// What a page is made of, with what all pages share.
pub fn prepared<'s, V: 's>(
    site: &'s Site,
    template: &'static str,
    parts: Parts,
    view: V,
    make: fn(&V, &Theme) -> Result<Vec<u8>, Diagnostic>,
) -> Prepared<'s> {
    Prepared::new(parts.with("the settings of the site", site.fingerprint), vec![template], view, make)
}

/// The place of an address of the site; its base path is the server's business.
pub fn output_path(site: &Site, url: &str) -> OutputPath {
    OutputPath::of_address(url.strip_prefix(site.config.base_path.as_str()).unwrap_or(url))
}

/// A context with a page and one more value.
pub fn context(page: &PageView<'_>) -> Context {
    let mut context = Context::new();
    context.insert("page", page);
    context
}

/// Renders a template with a page and what belongs to its kind.
pub fn render<V: Serialize>(
    theme: &Theme,
    template: &str,
    page: &PageView<'_>,
    name: &'static str,
    value: &V,
) -> Result<Vec<u8>, Diagnostic> {
    let mut context = context(page);
    context.insert(name, value);
    theme.render(template, &context, page.url)
}

/// The fingerprint of a page's frame: what its title, address and neighbours in the tree are.
pub fn fingerprint(frame: &Frame<'_>) -> Fingerprint {
    Fingerprint::of(&(
        (frame.kind, &frame.title, frame.qualifier, &frame.summary, &frame.url, frame.language),
        (&frame.breadcrumbs, &frame.share_image, frame.is_indexed, &frame.feeds, &frame.calendar),
        (frame.quick_exit, frame.is_shared),
    ))
}
