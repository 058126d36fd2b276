//! A page for every document.

mod events;
mod labels;
mod opening;
mod related;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use self::labels::Labels;
use crate::artefact::{Artefact, Owner, Parts, Prepared};
use crate::date::{self, When, words as date_words};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::model::document::{Document, Role};
use crate::model::kinds::campaign::Campaign;
use crate::model::kinds::resource::{Referral, Resource};
use crate::model::kinds::story::Identity;
use crate::model::kinds::{Details, Kind};
use crate::outputs::fill::{Addresses, Text};
use crate::outputs::frame::{self, Frame};
use crate::outputs::structured_data::{self, Fact};
use crate::outputs::{dated, section_link, share, trail};
use crate::site::{Neighbours, Page, PageId, Site};
use crate::theme::Theme;
use crate::view::words::{contact_view, cost_words, office_view, referral_words, resource_status_words};
use crate::view::{
    ArticleView, CampaignBanner, CampaignView, Card, ContactView, ContentsEntry, FeedView, LinkView, Moment,
    ResourceView, SafeHtml, StoryView,
};
use crate::words::Words;

/// Headings of the second level from which a text has a contents list.
const CONTENTS_FROM: usize = 3;
/// Words that a reader reads in a minute.
const WORDS_A_MINUTE: usize = 200;

/// What a document's page is made of.
struct DocumentView<'s> {
    frame: Frame<'s>,
    page: &'s Page,
    text: Text<'s>,
    zone: &'s TimeZone,
    words: &'s Words,
    now: Timestamp,
    today: Date,
    review_by: Option<Date>,
    /// Dates from today on at which opening hours may not hold, in their order.
    closures: Vec<Date>,
    labels: Labels<'s>,
    campaign: Option<LinkView>,
    previous: Option<LinkView>,
    next: Option<LinkView>,
    /// The same campaign in earlier years.
    past_years: Vec<LinkView>,
    /// Coming events that a source of help runs itself.
    own_events: Vec<&'s Card>,
    /// Documents that belong to this one: support for a story, events of a place, a campaign's pages.
    related: Vec<&'s Card>,
}

/// The pages of all documents; where nobody wrote a home page, an empty one.
pub fn plan(site: &Site) -> Vec<Artefact> {
    let mut artefacts: Vec<Artefact> = Vec::with_capacity(site.pages.len() + 1);
    for (id, page) in site.pages.iter().enumerate() {
        if page.document.role != Role::SectionIntroduction {
            let owner = Owner::file("the page of", &page.document.path);
            artefacts.push(frame::artefact(site, &page.url, owner, id, prepare));
        }
    }
    if site.lists.home.is_none() {
        let owner = Owner::named("the home page");
        artefacts.push(frame::artefact(site, &site.config.base_path, owner, (), prepare_empty_home));
    }
    artefacts
}

fn prepare<'s>(site: &'s Site, id: &PageId) -> Prepared<'s> {
    let page = site.pages[*id].as_ref();
    let link = |page: &Page| LinkView { title: page.card.title.clone(), url: page.url.clone() };
    let beside = |id: Option<PageId>| id.map(|id| link(&site.pages[id]));
    let Neighbours { older, newer } = site.lists.neighbours[*id];
    let own_events = related::own_events(site, page);
    let related = related::related(site, page, &own_events);
    let listed = [own_events.as_slice(), &related];
    let listed =
        listed.map(|pages| pages.iter().map(|page| (page.url.as_str(), page.card_fingerprint)).collect::<Vec<_>>());
    let view = DocumentView {
        frame: frame_of(site, *id),
        page,
        text: Text::of(site, page, Addresses::FromRoot),
        zone: &site.config.timezone,
        words: &site.config.words,
        now: site.now,
        today: site.today,
        review_by: page.document.review_day(&site.config),
        closures: opening::closures(site, page),
        labels: Labels::of(site, page),
        campaign: page.campaign.as_ref().and_then(|campaign| site.page_of(campaign)).map(link),
        previous: beside(older),
        next: beside(newer),
        past_years: related::past_years(site, page).into_iter().map(link).collect(),
        own_events: dated::cards(&own_events, None),
        related: related::cards(site, page, &related),
    };
    let parts = Parts::default()
        .with("its own text and facts", page.fingerprint)
        .with("its place among other pages", frame::fingerprint(&view.frame))
        .with("the pages beside it", Fingerprint::of(&(&view.campaign, &view.previous, &view.next, &view.past_years)))
        .with("the pages that it lists", Fingerprint::of(&(view.text.fingerprint(), listed)))
        .with("the lists that it stands in", Fingerprint::of(&view.labels))
        .with(
            "what is over by now",
            Fingerprint::of(&(is_over(page, site.today), &view.closures, events::booking_at(&view))),
        );
    let mut templates = view.text.templates();
    let mut prepared = frame::prepared(site, template(page), parts, view, make);
    prepared.templates.append(&mut templates);
    prepared
}

fn template(page: &Page) -> &'static str {
    match (page.document.role, page.document.kind) {
        (Role::Home, _) => "home.html",
        (_, Kind::Post) => "post.html",
        (_, Kind::Story) => "story.html",
        (_, Kind::Event) => "event.html",
        (_, Kind::Resource) => "resource.html",
        (_, Kind::Campaign) => "campaign.html",
        (_, Kind::Page) => "page.html",
    }
}

fn frame_of(site: &Site, id: PageId) -> Frame<'_> {
    let page = site.pages[id].as_ref();
    let document = &page.document;
    let kind = if document.role == Role::Home { "home" } else { document.kind.name() };
    let mut frame = Frame::new(site, kind, document.meta.title.clone(), page.card.summary.clone(), page.url.clone());
    frame.language = &page.language;
    frame.has_lead = document.meta.summary.is_some();
    if frame.summary.is_empty() {
        frame.has_lead = document.role == Role::Home && site.config.tagline.is_some();
        frame.summary = site.config.tagline.clone().unwrap_or_else(|| document.meta.title.clone());
    }
    if document.role != Role::Home {
        let section = document.kind.section_url().map(|_| section_link(site, document.kind));
        frame.breadcrumbs = trail(site, section.into_iter().collect());
    }
    if matches!(document.kind, Kind::Post | Kind::Story) {
        frame.share_type = "article";
    }
    let own = page.shared_picture.as_ref().map(|shared| Cow::Borrowed(&shared.1));
    frame.share_image = share::view(site, id).map(Cow::Owned).or(own).or(frame.share_image);
    frame.is_shared = matches!(document.kind, Kind::Post | Kind::Event | Kind::Campaign);
    frame.quick_exit = document.meta.quick_exit.as_deref();
    if page.event.is_some() {
        frame.feeds.insert(0, event_feed(site, page));
    }
    frame.is_indexed = page.is_indexed();
    frame
}

/// The event's own calendar file, which says when its dates change.
fn event_feed(site: &Site, page: &Page) -> FeedView {
    let url = format!("{}event.ics", page.url);
    FeedView {
        title: page.card.title.clone(),
        absolute_url: site.absolute(&url),
        url,
        media_type: "text/calendar".to_owned(),
        subscribe_url: None,
    }
}

fn is_over(page: &Page, today: Date) -> bool {
    match (&page.document.details, &page.event) {
        (_, Some(event)) => event.is_over,
        (Details::Campaign(campaign), None) => campaign.to.is_some_and(|to| to.date() < today),
        _ => false,
    }
}

fn make(view: &DocumentView<'_>, theme: &Theme) -> Result<Vec<u8>, Diagnostic> {
    let page = view.page;
    let article = article(view, theme)?;
    let mut context = frame::context(&view.frame.view(facts(view)));
    context.insert("article", &article);
    match (&page.document.details, &page.event) {
        (Details::Event(event), Some(dates)) => context.insert("event", &events::view(view, event, dates)),
        (Details::Story(story), _) => {
            let story = StoryView {
                name: story.name.as_deref(),
                is_name_changed: story.identity == Identity::Changed,
                quote: story.quote.as_deref(),
                is_sensitive: story.is_sensitive,
                support: &view.related,
            };
            context.insert("story", &story);
        }
        (Details::Resource(resource), _) => context.insert("resource", &resource_view(view, resource)),
        (Details::Campaign(campaign), _) => context.insert("campaign", &campaign_view(view, campaign)),
        _ => {}
    }
    theme.render(template(page), &context, &page.url)
}

fn facts<'v>(view: &'v DocumentView<'_>) -> Vec<Fact<'v>> {
    let (page, site) = (view.page, view.frame.site);
    let image = view.frame.share_image.as_deref();
    if page.document.role == Role::Home {
        return structured_data::organisation(site);
    }
    match (&page.document.details, &page.event) {
        (Details::Post, _) => vec![Fact::BlogPosting(structured_data::article(site, page, image))],
        (Details::Story(_), _) => vec![Fact::Article(structured_data::article(site, page, image))],
        (Details::Event(event), Some(dates)) => {
            structured_data::event(structured_data::About { site, page, event, dates, image, words: view.words })
        }
        (Details::Resource(resource), _) => {
            vec![Fact::Service(structured_data::resource(site, page, resource.provider.as_deref()))]
        }
        _ => Vec::new(),
    }
}

fn article<'v>(view: &'v DocumentView<'_>, theme: &Theme) -> Result<ArticleView<'v>, Diagnostic> {
    let page = view.page;
    let document: &Document = &page.document;
    let meta = &document.meta;
    let moment = |when: When| Moment::of(view.words, when, view.zone);
    let headings: Vec<&crate::model::html::Heading> =
        document.body.outline.iter().filter(|heading| heading.level == 2).collect();
    let contents = if headings.len() < CONTENTS_FROM { Vec::new() } else { headings };
    Ok(ArticleView {
        body: SafeHtml(view.text.html(theme)?),
        published: meta.date.map(moment),
        updated: meta.updated.map(moment),
        review_by: view.review_by.map(|day| Moment::of_day(view.words, day)),
        author: meta.author.as_deref(),
        author_role: meta.author_role.as_deref(),
        image: page.image.as_deref(),
        tags: &view.labels.tags,
        categories: &view.labels.categories,
        areas: &view.labels.areas,
        needs: &view.labels.needs,
        campaign: view.campaign.as_ref(),
        contents: contents.into_iter().map(|heading| ContentsEntry { title: &heading.text, id: &heading.id }).collect(),
        previous: view.previous.as_ref(),
        next: view.next.as_ref(),
        reading_minutes: document.body.words.div_ceil(WORDS_A_MINUTE),
        extra: &document.extra,
    })
}

fn resource_view<'v>(view: &'v DocumentView<'_>, resource: &Resource) -> ResourceView<'v> {
    let page = view.page;
    let words = view.words;
    let eligibility = &resource.eligibility;
    let ages = match (eligibility.minimum_age, eligibility.maximum_age) {
        (Some(from), Some(to)) => {
            Some(words.say("facts.ages", &[("from", i64::from(from).into()), ("to", i64::from(to).into())]))
        }
        (Some(from), None) => Some(words.say("facts.ages_from", &[("from", i64::from(from).into())])),
        (None, Some(to)) => Some(words.say("facts.ages_to", &[("to", i64::from(to).into())])),
        (None, None) => None,
    };
    let contact = contact_view(&resource.contact);
    let contact = ContactView {
        address: contact.address.or_else(|| page.venue.as_ref().and_then(|venue| venue.address.clone())),
        ..contact
    };
    let office = resource.contact.address.as_deref();
    let office = office.map(|address| office_view(resource.provider.as_deref().unwrap_or(&page.card.title), address));
    ResourceView {
        provider: resource.provider.clone(),
        contact,
        venue: page.venue.as_deref().cloned().or(office),
        opening: resource.opening.iter().map(|opening| opening::line(words, opening)).collect(),
        week: opening::week(words, resource),
        closures: view.closures.iter().take(3).map(|date| Moment::of_day(words, *date)).collect(),
        closure_dates: view.closures.iter().map(|date| date_words::iso_day(*date)).collect::<Vec<_>>().join(" "),
        cost: resource.cost.as_deref().map(|cost| cost_words(words, cost)),
        eligibility: eligibility.text.clone(),
        ages,
        referral_words: resource.referral.map(|referral| referral_words(words, referral)),
        can_refer_self: matches!(resource.referral, Some(Referral::Own | Referral::Both)),
        languages: resource.languages.clone(),
        access: page.access.clone(),
        status: resource.status.word().to_owned(),
        status_words: resource_status_words(words, resource.status),
        checked: resource.checked.map(|checked| Moment::of(words, checked, view.zone)),
        own_events: &view.own_events,
        events: &view.related,
    }
}

fn campaign_view<'v>(view: &'v DocumentView<'_>, campaign: &Campaign) -> CampaignView<'v> {
    let of = |kind: Kind| {
        let is_kind = |card: &&'v Card| card.kind == kind.name();
        view.related.iter().copied().filter(is_kind).collect()
    };
    CampaignView {
        start: campaign.from.map(|from| Moment::of_day(view.words, from.date())),
        end: campaign.to.map(|to| Moment::of_day(view.words, to.date())),
        when: dated::campaign_when(view.words, campaign),
        is_past: is_over(view.page, view.today),
        ends: campaign.to.filter(|to| to.date() >= view.today).map(|to| over_at(to.date(), view.zone)),
        hashtags: campaign.hashtags.clone(),
        organiser: campaign.organiser.as_ref().map(|organiser| LinkView {
            title: organiser.name.clone(),
            url: organiser.url.clone().unwrap_or_default(),
        }),
        toolkit_url: view.page.toolkit.as_ref().map(|_| format!("{}toolkit/", view.page.url)),
        past_years: &view.past_years,
        events: of(Kind::Event),
        stories: of(Kind::Story),
        posts: of(Kind::Post),
        resources: of(Kind::Resource),
    }
}

/// When the last day of a campaign is over (RFC 3339).
fn over_at(to: Date, zone: &TimeZone) -> String {
    date_words::rfc3339(&date::end_of(When::Day(to), zone))
}

/// How long before it a campaign is announced on the home page, in days.
const CAMPAIGN_NEAR_DAYS: i32 = 200;

/// The next campaign that is near or going on.
pub fn campaign_now(site: &Site) -> Option<CampaignBanner> {
    let near = |id: &PageId| {
        let page = &site.pages[*id];
        let Details::Campaign(campaign) = &page.document.details else { return None };
        let (from, to) = (campaign.from?.date(), campaign.to?.date());
        let days = site.today.until(from).ok()?.get_days();
        let is_near = to >= site.today && days <= CAMPAIGN_NEAR_DAYS;
        is_near.then(|| {
            let banner = CampaignBanner {
                title: page.card.title.clone(),
                url: page.url.clone(),
                when: dated::campaign_when(&site.config.words, campaign).unwrap_or_default(),
                start: Some(Moment::of_day(&site.config.words, from)),
                has_days: from != to,
                ends: over_at(to, &site.config.timezone),
                summary: page.card.summary.clone(),
            };
            (from, banner)
        })
    };
    site.section(Kind::Campaign).iter().filter_map(near).min_by_key(|(from, _)| *from).map(|(_, banner)| banner)
}

/// What the home page is made of where nobody wrote one.
fn prepare_empty_home<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let summary = site.config.tagline.clone().unwrap_or_else(|| site.config.name.clone());
    let mut frame = Frame::new(site, "home", site.config.name.clone(), summary, site.config.base_path.clone());
    frame.has_lead = site.config.tagline.is_some();
    let parts = Parts::default().with("its place among other pages", frame::fingerprint(&frame));
    frame::prepared(site, "home.html", parts, frame, |frame, theme| {
        let mut context = frame::context(&frame.view(structured_data::organisation(frame.site)));
        context.insert("article", &Value::Object(serde_json::Map::new()));
        theme.render("home.html", &context, &frame.url)
    })
}
