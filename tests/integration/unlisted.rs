//! Unlisted pages: only who has their addresses finds them.

use crate::project::{Project, assert_same};
use fingerpost::pipeline::Cache;

/// A page of every kind, in everything that lists show.
const PAGES: [(&str, &str); 6] = [
    ("blog/secret-post.md", "date: 2026-05-01\ntags: [tea]\n"),
    (
        "stories/secret-story.md",
        "date: 2026-05-01\nperson: {name: Sam, identity: first-name}\nneeds: [lonely]\n\
         consent: {reference: A-1, given: 2026-01-01, expires: 2030-01-01, covers: [website]}\n",
    ),
    (
        "events/secret-event.md",
        "start: 2026-06-10 10:00\nend: 2026-06-10 11:00\nrepeats: {every: week}\nvenue: hall\ncost: free\n\
         online: https://example.org/join\norganiser: Mill Lane\nareas: [north]\ntags: [tea]\ncampaign: secret-campaign\n",
    ),
    ("resources/secret-resource.md", "contact: {phone: 01632 960001}\nvenue: hall\nneeds: [lonely]\nareas: [north]\n"),
    ("campaigns/secret-campaign.md", "day: 2026-06-20\ntoolkit: {posts: [{channel: Facebook, text: Come along.}]}\n"),
    ("secret-page.md", ""),
];

const SITE: &str = "name: A\nurl: https://a.example.org\nareas: [{id: north, name: North}]\n\
                    needs: [{id: lonely, name: Feeling lonely}]\n";

fn project(unlisted: bool) -> Project {
    let mut project =
        Project::new().file("content/site.yaml", SITE).file("content/venues.yaml", "hall: {name: The Hall}\n");
    for (path, fields) in PAGES {
        project = project.file(&format!("content/{path}"), page(fields, unlisted));
    }
    project
}

fn page(fields: &str, unlisted: bool) -> String {
    format!("---\ntitle: Zebra\nsummary: Zebras.\nunlisted: {unlisted}\n{fields}---\nZebra.\n")
}

#[test]
fn nothing_but_the_page_itself_shows_it() {
    let built = project(true).build().without_errors();
    for (path, bytes) in built.site() {
        let is_own = path.contains("secret-") || path.contains(".fingerpost") || path.starts_with("share/");
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(is_own || !text.contains("zebra") && !text.contains("secret-"), "{path}: {text}");
    }
    for (path, _) in PAGES {
        assert!(built.has(&format!("{}/index.html", path.trim_end_matches(".md"))), "{path}");
    }
    assert!(built.has("events/secret-event/event.ics") && built.has("campaigns/secret-campaign/toolkit/index.html"));
}

#[test]
fn a_label_that_no_list_has_leads_nowhere() {
    let text = page("date: 2026-05-01\ntags: [tea, unltag]\n", true);
    let project = project(true).file("content/blog/secret-post.md", text);
    let mut cache = Cache::default();
    let built = project.build_warm(&mut cache).without_errors();
    assert!(!built.text("blog/secret-post/index.html").contains("/tags/"), "neither tag has a list");
    project.write("content/blog/open.md", "---\ntitle: Open\ndate: 2026-05-01\ntags: [tea]\n---\nOpen.\n");
    let built = project.build_warm(&mut cache).without_errors();
    let post = built.text("blog/secret-post/index.html");
    assert!(post.contains("href=\"/tags/tea/\"") && !post.contains("unltag"), "{post}");
}

#[test]
fn a_page_that_is_not_listed_any_more_leaves_every_list() {
    let project = project(false);
    let mut cache = Cache::default();
    let listed = project.build_warm(&mut cache).without_errors();
    assert!(
        listed.text("sitemap.xml").contains("secret-event") && listed.text("site-map/index.html").contains("Zebra")
    );
    for (path, fields) in PAGES {
        project.write(&format!("content/{path}"), page(fields, true));
    }
    let unlisted = project.build_warm(&mut cache).without_errors();
    assert_same(&project.build().without_errors().site(), &unlisted.site(), "warm and cold");
}

#[test]
fn an_event_that_is_over_is_not_on_the_site_map() {
    let event = "---\ntitle: Zebra\nsummary: Z.\nstart: 2026-05-10 10:00\nend: 2026-05-10 11:00\nvenue: hall\n---\n";
    let built = project(true).file("content/events/over.md", event).build().without_errors();
    assert!(!built.text("site-map/index.html").contains("Zebra"));
    assert!(built.text("events/past/index.html").contains("Zebra"));
}
