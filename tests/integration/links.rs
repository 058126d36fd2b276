//! Every address in the built demonstration site leads somewhere, and feeds can be read from anywhere.

use std::collections::BTreeSet;

use fingerpost::pipeline::Cache;

use crate::determinism::demonstration;
use crate::project::{Built, Project};

/// The values of an attribute, character references resolved.
fn values<'t>(html: &'t str, attribute: &str) -> impl Iterator<Item = String> + 't {
    let start = format!(" {attribute}=\"");
    let pieces: Vec<&str> = html.split(start.as_str()).skip(1).collect();
    pieces
        .into_iter()
        .filter_map(|piece| piece.split('"').next())
        .map(|value| value.replace("&#x2F;", "/").replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&"))
}

fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| byte == b'%') {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn file_of(address: &str) -> String {
    let path = decoded(address.trim_start_matches('/'));
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path }
}

fn pages(built: &Built) -> impl Iterator<Item = (&String, &str)> {
    let pages = built.tree.keys().filter(|path| path.ends_with(".html"));
    pages.map(|path| (path, built.text(path)))
}

#[test]
fn every_address_within_the_site_leads_to_a_file_and_to_a_place_in_it() {
    let built = demonstration().build().without_errors();
    let origin = "https://www.kelderbylink.example.org";
    let mut broken = BTreeSet::new();
    let mut checked = 0;
    for (path, html) in pages(&built) {
        let attributes = ["href", "src", "poster", "action", "content"];
        let all = attributes.into_iter().flat_map(|attribute| values(html, attribute));
        // A colour is no place in a page.
        for value in all.filter(|value| !html.contains(&format!("content=\"{value}\"")) || value.contains('/')) {
            let own = value.strip_prefix(origin).or(value.starts_with('/').then_some(value.as_str()));
            let (address, anchor) = match (own, value.strip_prefix('#')) {
                (_, Some(anchor)) => (format!("/{path}"), Some(anchor.to_owned())),
                (Some(own), None) => {
                    let (address, anchor) = own.split_once('#').map_or((own, None), |(a, b)| (a, Some(b.to_owned())));
                    (address.split('?').next().unwrap_or_default().to_owned(), anchor)
                }
                (None, None) => continue,
            };
            checked += 1;
            let target = file_of(&address);
            let has_place = |anchor: &str| {
                let id = format!(" id=\"{}\"", decoded(anchor));
                anchor.is_empty() || anchor == "top" || built.text(&target).contains(&id)
            };
            if !built.has(&target) || !anchor.as_deref().is_none_or(has_place) {
                broken.insert(format!("{path}: {value}"));
            }
        }
    }
    assert!(checked > 1000, "only {checked} addresses");
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn no_page_has_the_same_id_twice_or_an_empty_address() {
    let built = demonstration().build().without_errors();
    for (path, html) in pages(&built) {
        let mut seen = BTreeSet::new();
        for id in values(html, "id") {
            assert!(seen.insert(id.clone()), "{path}: id {id} stands twice");
        }
        for attribute in ["href", "src"] {
            assert!(values(html, attribute).all(|value| !value.is_empty()), "{path}: an empty {attribute}");
        }
    }
}

#[test]
fn addresses_in_a_feed_are_whole() {
    let built = demonstration().build().without_errors();
    let feed = built.text("blog/rss.xml");
    assert!(feed.contains("<item>"));
    let texts = feed.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    for attribute in ["href", "src", "poster"] {
        for value in values(&texts, attribute) {
            let is_whole = ["https://", "http://", "mailto:", "tel:", "sms:"].iter().any(|s| value.starts_with(s));
            assert!(is_whole, "{attribute}={value:?}");
        }
    }
}

#[test]
fn every_page_but_those_that_lead_on_is_in_the_sitemap() {
    let built = demonstration().build().without_errors();
    let sitemap = built.text("sitemap.xml");
    let listed: Vec<&str> = sitemap.split("<loc>").skip(1).filter_map(|piece| piece.split("</loc>").next()).collect();
    assert!(listed.len() > 50, "only {}", listed.len());
    for address in listed {
        let address = address.strip_prefix("https://www.kelderbylink.example.org").unwrap();
        assert!(built.has(&file_of(address)), "{address}");
    }
}

#[test]
fn a_page_that_cannot_be_read_is_one_mistake_however_many_link_to_it() {
    let link =
        "---\ntitle: Other\nsummary: A.\n---\n[By its file](blog/2026-05-21-tea.md), [its address](/blog/tea/).\n";
    let project = Project::new()
        .file("content/blog/2026-05-21-tea.md", "---\ntitle: [\n---\n")
        .file("content/one.md", link)
        .file("content/two.md", link);
    let mut cache = Cache::default();
    assert_eq!(project.build_warm(&mut cache).codes(), ["yaml/not-readable"]);
    project.remove("content/blog/2026-05-21-tea.md");
    assert_eq!(project.build_warm(&mut cache).codes(), ["links/broken"; 4]);
    project.write("content/blog/2026-05-21-tea.md", "---\ntitle: [\n---\n");
    assert_eq!(project.build_warm(&mut cache).codes(), ["yaml/not-readable"]);
    project.write("content/blog/2026-05-21-tea.md", "---\ntitle: Tea\nsummary: A.\n---\n");
    project.build_warm(&mut cache).clean();
}
