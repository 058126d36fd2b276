//! The way around the site: what every page shows of it.

use crate::assemble::findings::Findings;
use crate::assemble::links::{Origin, Places};
use crate::config::{Config, SITE_FILE, phone};
use crate::model::html::Picture;
use crate::model::kinds::Kind;
use crate::path::SourcePath;
use crate::path::absolute;
use crate::view::words::contact_view;
use crate::view::{FeedView, HelpView, LinkView, MenuEntry, PartnerView, PictureView, SectionsView, SiteView};

/// What the site has, as far as the way around it goes.
pub struct Contents<'a> {
    pub has: &'a dyn Fn(Kind) -> bool,
    pub has_past_events: bool,
    pub has_calendars: bool,
    /// The addresses of fixed pages by their source path.
    pub page_url: &'a dyn Fn(&str) -> Option<(String, String)>,
}

/// What templates see of the site.
pub fn site_view(config: &Config, places: &Places<'_>, contents: &Contents<'_>, findings: &mut Findings) -> SiteView {
    let settings = SourcePath::from(SITE_FILE);
    let logo = |src: &crate::fields::Located<String>, alt: &str, findings: &mut Findings| -> Option<PictureView> {
        let picture = Picture {
            src: src.value.clone(),
            alt: alt.to_owned(),
            caption: None,
            credit: None,
            place: src.bytes.clone(),
        };
        places.picture(&picture, &settings, findings)
    };
    let section = |kind: Kind| {
        let url = kind.section_url().filter(|_| (contents.has)(kind))?;
        Some(format!("{}{}", config.base_path, url.trim_start_matches('/')))
    };
    let sections = SectionsView {
        blog: section(Kind::Post),
        stories: section(Kind::Story),
        events: section(Kind::Event),
        past_events: contents.has_past_events.then(|| format!("{}events/past/", config.base_path)),
        resources: section(Kind::Resource),
        campaigns: section(Kind::Campaign),
        subscribe: (contents.has_calendars || (contents.has)(Kind::Post))
            .then(|| format!("{}subscribe/", config.base_path)),
        directory: section(Kind::Resource).map(|url| format!("{url}a-to-z/")),
        api: [Kind::Post, Kind::Story, Kind::Event, Kind::Resource]
            .into_iter()
            .any(contents.has)
            .then(|| format!("{}api/", config.base_path)),
        search: config.has_search.then(|| format!("{}search/", config.base_path)),
        tell_your_story: (contents.page_url)("content/tell-your-story.md").map(|(_, url)| url),
    };
    SiteView {
        name: config.name.clone(),
        tagline: config.tagline.clone(),
        home: config.base_path.clone(),
        origin: config.origin.clone(),
        language: config.language.clone(),
        timezone: config.timezone_name.clone(),
        logo: config.logo.as_ref().and_then(|src| logo(src, &config.name, findings)),
        colour: config.shown_colour.map(|colour| colour.to_string()),
        contact: contact_view(&config.contact),
        help_now: config
            .help_now
            .iter()
            .map(|help| HelpView {
                name: help.name.clone(),
                phone: help.phone.clone(),
                phone_link: help.phone.as_deref().and_then(phone::link),
                text: help.text.clone(),
                url: help.url.clone(),
            })
            .collect(),
        social: config
            .social
            .iter()
            .map(|social| LinkView { title: social.name.clone(), url: social.url.clone() })
            .collect(),
        partners: config
            .partners
            .iter()
            .map(|partner| PartnerView {
                name: partner.name.clone(),
                url: partner.url.clone(),
                logo: partner.logo.as_ref().and_then(|src| logo(src, &partner.name, findings)),
            })
            .collect(),
        feeds: feeds(config, contents),
        footer: footer(config, contents),
        sections,
    }
}

fn feeds(config: &Config, contents: &Contents<'_>) -> Vec<FeedView> {
    let feed = |title: &str, path: &str, media_type: &str, subscribe_url: Option<String>| {
        let url = format!("{}{path}", config.base_path);
        FeedView {
            title: config.words.say(title, &[("site", (&config.name).into())]),
            absolute_url: absolute(&config.origin, &url),
            url,
            media_type: media_type.to_owned(),
            subscribe_url,
        }
    };
    let mut feeds = Vec::new();
    if (contents.has)(Kind::Post) {
        feeds.push(feed("feeds.blog", "blog/rss.xml", "application/rss+xml", None));
    }
    if contents.has_calendars {
        let subscribe_url = Some(format!("{}subscribe/", config.base_path));
        feeds.push(feed("feeds.events", "events/calendar.ics", "text/calendar", subscribe_url));
    }
    feeds
}

fn footer(config: &Config, contents: &Contents<'_>) -> Vec<LinkView> {
    const FIXED: [&str; 4] =
        ["content/contact.md", "content/about.md", "content/accessibility.md", "content/privacy.md"];
    let mut links: Vec<LinkView> =
        FIXED.iter().filter_map(|path| (contents.page_url)(path)).map(|(title, url)| LinkView { title, url }).collect();
    links.push(LinkView {
        title: config.words.text("titles.site_map").to_owned(),
        url: format!("{}site-map/", config.base_path),
    });
    links
}

/// The menu as site.yaml has it; where it says nothing, the sections that have something to show.
///
/// Reports: links that lead nowhere.
pub fn menu(config: &Config, places: &Places<'_>, view: &SiteView, findings: &mut Findings) -> Vec<MenuEntry> {
    if !config.menu.is_empty() {
        let settings = SourcePath::from(SITE_FILE);
        let url = |item: &crate::config::MenuItem, findings: &mut Findings| {
            let origin = Origin { path: &settings, bytes: &item.link.bytes };
            places
                .link(&item.link.value, origin, findings)
                .map_or_else(|| config.base_path.clone(), |target| target.url)
        };
        return config
            .menu
            .iter()
            .map(|item| MenuEntry { title: item.label.clone(), url: url(item, findings) })
            .collect();
    }
    let sections = &view.sections;
    [
        ("titles.events", &sections.events),
        ("titles.stories", &sections.stories),
        ("titles.resources", &sections.resources),
        ("titles.blog", &sections.blog),
    ]
    .into_iter()
    .filter_map(|(title, url)| Some(MenuEntry { title: config.words.text(title).to_owned(), url: url.clone()? }))
    .collect()
}
