//! A team that nobody can ring: no page promises that somebody answers.

use crate::project::Project;

const PAGES: [(&str, &str); 4] = [
    (
        "content/events/tea.md",
        "start: 2026-06-10 10:00\nend: 2026-06-10 11:00\nvenue: {name: Hall}\ncategories: [company]\n",
    ),
    ("content/resources/lunch.md", "needs: [lonely]\n"),
    (
        "content/stories/sam.md",
        "consent: {reference: A-1, given: 2026-01-01, expires: 2030-01-01, covers: [website]}\n",
    ),
    ("content/blog/news.md", "date: 2026-05-01\n"),
];

/// Every page of a site whose team is reached in that way.
fn pages(contact: &str) -> Vec<(String, String)> {
    let site = format!(
        "name: A\nurl: https://a.example.org\nneeds: [{{id: lonely}}]\ncategories: [{{id: company}}]\n{contact}"
    );
    let mut project = Project::new()
        .file("content/site.yaml", site)
        .file("content/tell-your-story.md", "---\ntitle: Tell\nsummary: T.\n---\nText.\n");
    for (path, fields) in PAGES {
        project = project.file(path, format!("---\ntitle: A page\nsummary: A page.\n{fields}---\nText.\n"));
    }
    let built = project.build().without_errors();
    let html = built.site().into_iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

fn has(pages: &[(String, String)], words: &str) -> Vec<String> {
    pages.iter().filter(|(_, html)| html.to_lowercase().contains(words)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn a_team_is_reached_in_the_way_that_it_names() {
    let with_phone = pages("contact: {phone: 01632 960123, email: a@a.example.org}\n");
    let with_email = pages("contact: {email: a@a.example.org}\n");
    let with_neither = pages("");
    let asks = [
        "events/index.html",
        "events/tea/index.html",
        "resources/index.html",
        "subscribe/index.html",
        "search/index.html",
        "404.html",
    ];
    for (pages, ring, write) in [(&with_phone, true, false), (&with_email, false, true), (&with_neither, false, false)]
    {
        for path in asks {
            assert_eq!(has(pages, "ring us").iter().any(|found| found == path), ring, "{path}");
            assert_eq!(has(pages, "write to us").iter().any(|found| found == path), write, "{path}");
        }
    }
    assert_eq!(has(&with_email, "ring us"), Vec::<String>::new());
    assert_eq!(has(&with_email, "the phone"), Vec::<String>::new());
    assert_eq!(has(&with_neither, "ring us"), Vec::<String>::new());
}
