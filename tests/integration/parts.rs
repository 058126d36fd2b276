//! The parts of pages that lead on: help for who reads a story, events of a source of help, places with their areas,
//! lists to choose from, and what is said where there is nothing.

use crate::project::{Built, Project};

const SITE: &str = "name: Mill Lane Link\nurl: https://mill.example.org\n\
    menu: [{label: Events, link: /events/}, {label: Stories, link: /stories/}, {label: Find support, link: /resources/}]\n\
    areas: [{id: north, name: North End, areas: [{id: quay, name: Quay}]}, {id: south, name: South End}]\n\
    needs: [{id: lonely, name: Feeling lonely}, {id: money, name: Money worries}, {id: food, name: Food}]\n\
    review: {page: 24 months, resource: 12 months, post: 6 months}\n";

fn site() -> Project {
    Project::new().file("content/site.yaml", SITE)
}

fn page(title: &str, fields: &str) -> String {
    format!("---\ntitle: {title}\nsummary: {title}.\n{fields}---\nText.\n")
}

fn main(built: &Built, path: &str) -> String {
    let text = built.text(path);
    text.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default().to_owned()
}

/// The links of a page from one text to another, in their order.
fn links(html: &str, from: &str, to: &str) -> Vec<String> {
    let part = html.split(from).nth(1).and_then(|rest| rest.split(to).next()).unwrap_or_default();
    part.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn a_list_says_in_which_area_a_place_is() {
    let event = |fields: &str| page("Tea", &format!("start: 2026-06-09 10:00\nduration: 1 hour\n{fields}"));
    let check = |fields: &str, expected: &str| {
        let venues = "hall: {name: Mill Hall, area: quay}\ncentre: {name: North End Centre, area: north}\nbarn: {name: The Barn}\n";
        let built = site()
            .file("content/venues.yaml", venues)
            .file("content/events/tea.md", event(fields))
            .build()
            .without_errors();
        for list in ["index.html", "events/index.html", "events/2026-06/index.html"] {
            assert!(main(&built, list).contains(&format!(">{expected}<")), "{list} {fields}\n{}", main(&built, list));
        }
    };
    check("venue: hall\n", "Mill Hall, Quay");
    check("venue: hall\nareas: [south]\n", "Mill Hall, Quay");
    check("venue: centre\n", "North End Centre");
    check("venue: barn\n", "The Barn");
    check("venue: barn\nareas: [south]\n", "The Barn, South End");
    check("venue: barn\nareas: [south, north]\n", "The Barn");
    check("venue: {name: Shed, area: south}\nonline: 'https://example.org'\n", "Shed, South End and online");
    check("online: 'https://example.org'\nareas: [south]\n", "Online");
    check("venue: hall\nchanges: [{on: 2026-06-09, venue: barn}]\n", "The Barn");
    check("venue: barn\nchanges: [{on: 2026-06-09, venue: hall}]\n", "Mill Hall, Quay");
}

#[test]
fn free_and_step_free_events_have_lists_as_online_ones_have() {
    let event =
        |title: &str, day: &str, fields: &str| page(title, &format!("start: {day} 10:00\nduration: 1 hour\n{fields}"));
    let built = site()
        .file("content/venues.yaml", "hall: {name: Mill Hall, access: [step-free]}\nbarn: {name: The Barn}\n")
        .file("content/events/tea.md", event("Tea", "2026-06-09", "venue: hall\ncost: £2\n"))
        .file("content/events/walk.md", event("Walk", "2026-06-08", "venue: barn\ncost: Free. There is a tin.\n"))
        .file("content/events/over.md", event("Over", "2026-05-08", "online: 'https://example.org'\n"))
        .build()
        .without_errors();
    let ways = links(&main(&built, "events/index.html"), "class=\"chips\"", "</ul>");
    for (list, title, expected) in
        [("free", "Free events", "/events/walk/"), ("step-free", "Step-free events", "/events/tea/")]
    {
        let found = main(&built, &format!("events/{list}/index.html"));
        assert!(found.contains(&format!("<h1>{title}</h1>")), "{found}");
        assert_eq!(links(&found, "id=\"list\"", "</section>"), [expected]);
        assert!(ways.contains(&format!("/events/{list}/")), "{ways:?}");
        assert!(built.text("sitemap.xml").contains(&format!("/events/{list}/</loc>")));
    }
    // There are none to come; who kept the address of the list is told so.
    assert!(!ways.contains(&"/events/online/".to_owned()), "{ways:?}");
    assert!(main(&built, "events/online/index.html").contains("No online events are planned"));
    let without = site()
        .file("content/events/tea.md", event("Tea", "2026-06-09", "venue: {name: Hut}\n"))
        .build()
        .without_errors();
    assert!(!without.has("events/free/index.html") && !without.has("events/step-free/index.html"));
}

#[test]
fn what_is_not_free_is_called_so_nowhere() {
    let event = |cost: &str, status: &str| {
        page(
            "Tea",
            &format!(
                "start: 2026-06-09 10:00\nduration: 1 hour\nvenue: {{name: Hut}}\ncost: {cost}\nstatus: {status}\n"
            ),
        )
    };
    let check = |cost: &str, is_free: bool| {
        let built = site().file("content/events/tea.md", event(cost, "scheduled")).build().without_errors();
        let page = built.text("events/tea/index.html");
        assert_eq!(page.contains("\"isAccessibleForFree\":true"), is_free, "{cost}");
        assert_eq!(page.contains("\"price\":\"0\""), is_free, "{cost}");
        assert!(page.contains(&format!("<dd>{}</dd>", if cost == "free" { "Free" } else { cost })), "{cost}\n{page}");
        let list = main(&built, "events/index.html");
        assert_eq!(list.contains("<li class=\"tag\">Free</li>"), is_free, "{cost}");
        assert_eq!(list.contains(" free ") || list.contains("\"free "), is_free, "{cost}");
        assert_eq!(built.has("events/free/index.html"), is_free, "{cost}");
    };
    check("free", true);
    check("Free. There is a tin for the parts we use.", true);
    check("Free for members, £5 for others", false);
    check("Free parking. Tickets £12.50", false);
    for status in ["cancelled", "postponed"] {
        let built = site().file("content/events/tea.md", event("free", status)).build().without_errors();
        assert!(!built.text("events/tea/index.html").contains("InStock"), "{status}");
    }
}
