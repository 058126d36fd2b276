//! The contract with themes: every value that `src/view.rs` documents is there for the templates that
//! ARCHITECTURE.md promises it to.
//!
//! A theme is generated from the documentation's own structs: each template names every field, and a field
//! that is not there fails the build, since the template engine refuses what is undefined.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::project::Project;

/// (template, the values that it gets, with the struct that describes each).
const PROMISES: [(&str, &[(&str, &str)]); 17] = [
    ("home", &[("article", "ArticleView")]),
    ("page", &[("article", "ArticleView")]),
    ("post", &[("article", "ArticleView")]),
    ("story", &[("article", "ArticleView"), ("story", "StoryView")]),
    ("event", &[("article", "ArticleView"), ("event", "EventView")]),
    ("resource", &[("article", "ArticleView"), ("resource", "ResourceView")]),
    ("campaign", &[("article", "ArticleView"), ("campaign", "CampaignView")]),
    ("list", &[("list", "ListView")]),
    ("month", &[("month", "MonthPageView")]),
    ("week", &[("week", "WeekPageView")]),
    ("venue", &[("venue", "VenuePageView")]),
    ("terms", &[]),
    ("not-found", &[]),
    ("redirect", &[]),
    ("subscribe", &[("subscribe", "SubscribeView")]),
    ("search", &[("search", "SearchView")]),
    ("api", &[("api", "ApiView")]),
];

/// Values without fields of their own, by template; an empty name stands for all templates.
const PLAIN: [(&str, &[&str]); 3] = [
    (
        "",
        &[
            "menu",
            "coming_events",
            "newest_stories",
            "newest_posts",
            "campaign_now",
            "tags",
            "areas",
            "categories",
            "needs",
            "event_areas",
            "event_categories",
        ],
    ),
    ("terms", &["groups"]),
    ("redirect", &["target", "target_path"]),
];

#[test]
fn every_documented_value_is_there_for_the_templates_it_is_promised_to() {
    let structs = documented_structs();
    let mut project = Project::new();
    for (template, promised) in PROMISES {
        let mut text = String::from("<body data-kind=\"{{ page.kind }}\">");
        let everywhere = [("page", "PageView"), ("site", "SiteView")];
        for (name, described) in everywhere.iter().chain(promised) {
            let fields = structs.get(described).unwrap_or_else(|| panic!("view.rs has no struct {described}"));
            assert!(!fields.is_empty(), "{described} has no fields");
            for field in fields {
                write!(text, "[{name}.{field}={{{{ {name}.{field} }}}}]").unwrap();
            }
        }
        for (_, names) in PLAIN.iter().filter(|(only, _)| only.is_empty() || *only == template) {
            for name in *names {
                write!(text, "[{name}={{{{ {name} }}}}]").unwrap();
            }
        }
        text.push_str("</body>");
        project = project.file(&format!("themes/waymark/templates/{template}.html"), text);
    }
    let built = project
        .file("content/index.md", "---\ntitle: Home\n---\n")
        .file("content/about.md", "---\ntitle: About\naliases: [/us/]\n---\nText.\n")
        .file("content/blog/thanks.md", "---\ntitle: Thanks\ndate: 2026-05-21\ntags: [tea]\n---\nText.\n")
        .file(
            "content/stories/jo.md",
            "---\ntitle: Jo\ndate: 2026-05-21\nperson: {name: Jo, identity: first-name}\n\
             consent: {reference: A, given: 2026-05-20, covers: [website]}\n---\nText.\n",
        )
        .file(
            "content/events/tea.md",
            "---\ntitle: Tea\nstart: 2026-05-21 10:00\nduration: 2 hours\nvenue: hall\n---\nText.\n",
        )
        .file("content/venues.yaml", "hall: {name: Hall}\n")
        .file("content/resources/hall.md", "---\ntitle: Hall\n---\nText.\n")
        .file("content/campaigns/day.md", "---\ntitle: Day\nday: 2027-05-20\n---\nText.\n")
        .build()
        .without_errors();
    for (template, path) in [
        ("event", "events/tea/index.html"),
        ("story", "stories/jo/index.html"),
        ("list", "tags/tea/index.html"),
        ("terms", "tags/index.html"),
        ("month", "events/2026-05/index.html"),
        ("week", "events/this-week/index.html"),
        ("venue", "venues/hall/index.html"),
        ("redirect", "us/index.html"),
        ("not-found", "404.html"),
        ("subscribe", "subscribe/index.html"),
        ("search", "search/index.html"),
        ("api", "api/index.html"),
    ] {
        assert!(built.text(path).contains("[page.title="), "{template}.html did not make {path}");
    }
}

/// The public fields of every struct of view.rs, in the order of the file.
pub fn documented_structs() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut structs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut current = "";
    let files = [
        include_str!("../../src/view.rs"),
        include_str!("../../src/view/finding.rs"),
        include_str!("../../src/view/list_parts.rs"),
        include_str!("../../src/view/share.rs"),
        include_str!("../../src/view/toolkit.rs"),
    ];
    for line in files.into_iter().flat_map(str::lines) {
        if let Some(rest) = line.strip_prefix("pub struct ") {
            current = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            structs.insert(current, Vec::new());
        } else if let Some(rest) = line.strip_prefix("    pub ").filter(|rest| !rest.starts_with("fn "))
            && let Some((field, _)) = rest.split_once(':')
        {
            structs.entry(current).or_default().push(field);
        }
    }
    structs
}
