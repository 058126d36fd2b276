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

fn story(fields: &str, text: &str) -> String {
    let consent = "consent: {reference: A1, given: 2026-01-02, covers: [website], guardian: true}\n";
    format!("---\ntitle: A story\nsummary: A story.\ndate: 2026-05-01\n{consent}{fields}---\n{text}\n")
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
fn a_story_leads_to_the_help_that_fits_it_best() {
    let check = |fields: &str, text: &str, expected: &[&str]| {
        let built = site()
            .file("content/stories/one.md", story(fields, text))
            .file("content/resources/art.md", page("Art", "needs: [lonely]\neligibility: {minimum_age: 18}\n"))
            .file("content/resources/advice.md", page("Money advice", "needs: [money, lonely]\nareas: [south]\n"))
            .file("content/resources/bus.md", page("Bus", "needs: [lonely]\nstatus: waiting-list\n"))
            .file("content/resources/calls.md", page("Calls", "needs: [lonely]\nstatus: closed\n"))
            .file("content/resources/choir.md", page("Choir", "needs: [lonely]\nareas: [north]\ntags: [singing]\n"))
            .file("content/resources/drums.md", page("Drums", "needs: [lonely]\ntags: [Singing]\n"))
            .file("content/resources/pantry.md", page("Pantry", "needs: [food]\n"))
            .build()
            .without_errors();
        let found = links(&main(&built, "stories/one/index.html"), "id=\"support-title\"", "</section>");
        let expected: Vec<String> = expected.iter().map(|name| format!("/resources/{name}/")).collect();
        assert_eq!(found, expected, "{fields} {text}");
    };
    check("needs: [lonely]\n", "Text.", &["art", "choir", "drums", "advice"]);
    // Two shared needs, then a shared place and subject, then the title; who has a waiting list comes last.
    check("needs: [lonely, money]\nareas: [north]\ntags: [singing]\n", "Text.", &["advice", "choir", "drums", "art"]);
    check("needs: [lonely]\nperson: {age: 17}\n", "Text.", &["choir", "drums", "advice", "bus"]);
    // What the story itself names comes first, whatever it is for; never what is closed.
    let text = "[Bus](../resources/bus.md), [food](/resources/pantry/#when), [calls](../resources/calls.md)";
    check("needs: [lonely]\nareas: [south]\n", text, &["bus", "pantry", "advice", "art"]);
    check("", "[Food](../resources/pantry.md)", &["pantry"]);
}

#[test]
fn a_source_of_help_lists_its_own_events_and_then_those_at_its_place() {
    let event =
        |title: &str, day: &str, fields: &str| page(title, &format!("start: {day} 10:00\nduration: 1 hour\n{fields}"));
    let built = site()
        .file("content/venues.yaml", "hall: {name: Mill Hall, area: quay, access: [step-free]}\n")
        .file(
            "content/resources/choir.md",
            page("Choir", "provider: Mill Trust\nvenue: hall\nreferral: self\nlanguages: [English]\n"),
        )
        .file(
            "content/events/late.md",
            event("Late", "2026-07-02", "organiser: MILL trust\nonline: 'https://example.org'\n"),
        )
        .file("content/events/early.md", event("Early", "2026-06-05", "organiser: choir\nvenue: hall\n"))
        .file("content/events/over.md", event("Over", "2026-05-05", "organiser: Choir\nvenue: hall\n"))
        .file("content/events/other.md", event("Other", "2026-06-03", "organiser: Somebody else\nvenue: hall\n"))
        .build()
        .without_errors();
    let main = main(&built, "resources/choir/index.html");
    assert_eq!(links(&main, "id=\"events-title\"", "</section>"), ["/events/early/", "/events/late/"]);
    assert_eq!(links(&main, "id=\"here-title\"", "</section>"), ["/events/other/"]);
    let order = [
        "Mill Hall",
        "Languages",
        "id=\"access-title\"",
        "Can I refer myself?",
        "id=\"events-title\"",
        "id=\"here-title\"",
    ];
    let found: Vec<_> = order.iter().map(|part| main.find(part).unwrap_or_else(|| panic!("{part}: {main}"))).collect();
    assert!(found.is_sorted(), "{found:?} {main}");
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
fn stories_have_topics_and_the_blog_has_tags() {
    let mut project = site()
        .file("content/stories/one.md", story("needs: [money, lonely]\n", "Text."))
        .file("content/resources/pantry.md", page("Pantry", "needs: [food]\n"));
    for (number, tags) in ["tea, news", "news, tea", "news", "walks"].iter().enumerate() {
        let fields = format!("date: 2026-0{}-01\ntags: [{tags}]\n", number + 1);
        project = project.file(&format!("content/blog/{number}.md"), page(&format!("Post {number}"), &fields));
    }
    let built = project.build().without_errors();
    let stories = main(&built, "stories/index.html");
    assert_eq!(links(&stories, "class=\"chips\"", "</ul>"), ["/needs/lonely/", "/needs/money/"]);
    let blog = main(&built, "blog/index.html");
    let tags = ["/tags/news/", "/tags/tea/", "/tags/walks/", "/tags/"];
    assert_eq!(links(&blog, "class=\"chips\"", "</ul>"), tags);
    // A post a month is too few for headings of months.
    let headings: Vec<&str> = blog.split("<h2>").skip(1).filter_map(|part| part.split("</h2>").next()).collect();
    assert_eq!(headings, ["2026"]);
    assert!(blog.contains("<h3 class=\"card-title\">"), "{blog}");
}

#[test]
fn a_blog_of_several_years_is_grouped_by_them() {
    let built = site()
        .file("content/blog/a.md", page("A", "date: 2026-02-01\n"))
        .file("content/blog/b.md", page("B", "date: 2026-01-01\n"))
        .file("content/blog/c.md", page("C", "date: 2025-12-01\n"))
        .file("content/blog/d.md", page("D", ""))
        .build()
        .without_errors();
    let blog = main(&built, "blog/index.html");
    let headings: Vec<&str> = blog.split("<h2>").skip(1).filter_map(|part| part.split("</h2>").next()).collect();
    assert_eq!(headings, ["2026", "2025", "Without a date"]);
    assert!(!blog.contains("class=\"chips\""), "{blog}");
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

#[test]
fn a_section_that_the_menu_names_is_there_though_it_is_empty() {
    let built = site().file("content/about.md", page("About", "")).build().clean();
    for (section, words) in [
        ("events", "No events are planned at the moment."),
        ("stories", "There are no stories yet."),
        ("resources", "There is nothing in the directory yet."),
    ] {
        assert!(main(&built, &format!("{section}/index.html")).contains(words), "{section}");
    }
    assert!(!built.has("blog/index.html") && !built.has("campaigns/index.html"));
    // The last story goes, and the menu leads to no hole.
    let mut project = site().file("content/stories/one.md", story("", "Text."));
    assert!(main(&project.build().without_errors(), "stories/index.html").contains("/stories/one/"));
    project.write(
        "content/stories/one.md",
        story("", "Text.").replace("given: 2026-01-02,", "given: 2026-01-02, expires: 2026-06-30,"),
    );
    project.set_now("2026-07-02T11:00:00Z");
    let after = project.build().without_errors();
    assert!(main(&after, "stories/index.html").contains("There are no stories yet."));
    assert!(after.with_code("links/broken").is_empty(), "{}", after.terminal());
}

#[test]
fn a_link_to_a_list_that_is_not_there_says_how_it_comes_to_be() {
    let built = site().file("content/about.md", "---\ntitle: About\nsummary: Us.\n---\n[News](/blog/)\n").build();
    let found = built.with_code("links/broken");
    let help = found.first().and_then(|fault| fault.help.as_deref()).unwrap_or_default();
    assert!(
        help.contains("nothing in this list yet") && help.contains("content/blog/index.md"),
        "{}",
        built.terminal()
    );
}

#[test]
fn an_area_without_coming_events_says_so_and_leads_to_all() {
    let event = |day: &str, area: &str| {
        page("Tea", &format!("start: {day} 10:00\nduration: 1 hour\nvenue: {{name: Hut}}\nareas: [{area}]\n"))
    };
    let built = site()
        .file("content/events/over.md", event("2026-05-08", "south"))
        .file("content/events/soon.md", event("2026-06-08", "quay"))
        .build()
        .without_errors();
    let south = main(&built, "areas/south/index.html");
    assert!(
        south.contains("No events are planned here at the moment.") && south.contains("href=\"/events/\""),
        "{south}"
    );
    assert!(!main(&built, "areas/north/index.html").contains("No events are planned"));
}

#[test]
fn a_campaign_that_is_over_promises_no_events() {
    let built = site()
        .file("content/campaigns/old.md", page("Old day", "day: 2025-05-20\n"))
        .file("content/campaigns/new.md", page("New day", "day: 2026-09-20\n"))
        .build()
        .without_errors();
    assert!(main(&built, "campaigns/new/index.html").contains("We will list events here"));
    let old = main(&built, "campaigns/old/index.html");
    assert!(old.contains("This campaign has finished.") && !old.contains("id=\"events-title\""), "{old}");
}

#[test]
fn campaigns_stand_by_their_days_and_not_by_when_they_were_written() {
    let built = site()
        .file("content/campaigns/a-day-2025.md", page("A day 2025", "date: 2026-06-01\nday: 2025-05-20\n"))
        .file("content/campaigns/a-day-2026.md", page("A day 2026", "date: 2025-12-01\nday: 2026-09-20\n"))
        .build()
        .without_errors();
    let list = main(&built, "campaigns/index.html");
    let days: Vec<&str> = list.split("<time datetime=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(days, ["2026-09-20", "2025-05-20"], "{list}");
}

#[test]
fn a_page_says_when_it_is_looked_at_again() {
    let built = site()
        .file("content/about.md", page("About", "updated: 2026-05-01\n"))
        .file("content/own.md", page("Own", "updated: 2026-05-01\nreview_by: 2026-12-01\n"))
        .file("content/undated.md", page("Undated", ""))
        .file("content/blog/post.md", page("Post", "date: 2026-03-04\n"))
        .file("content/resources/help.md", page("Help", "checked: 2026-02-03\n"))
        .file("content/events/tea.md", page("Tea", "start: 2026-06-09\nvenue: {name: Hut}\nupdated: 2026-05-01\n"))
        .build()
        .without_errors();
    let check = |path: &str, expected: Option<&str>| {
        let text = built.text(&format!("{path}/index.html"));
        let found = text.split("Next review: <time datetime=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert_eq!(found, expected, "{path}");
    };
    check("about", Some("2028-05-01"));
    check("own", Some("2026-12-01"));
    check("undated", None);
    check("blog/post", Some("2026-09-04"));
    check("resources/help", Some("2027-02-03"));
    check("events/tea", None);
    check("blog", None);
}
