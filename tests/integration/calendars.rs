//! The calendars of a site: which there are, what stands in each and for how long, and that none goes away
//! unnoticed.

use std::collections::BTreeSet;

use fingerpost::codes;

use crate::faults::assert_plain;
use crate::project::{Built, Project};

const SITE: &str = "name: Mill Link\nurl: https://mill.example.org/link/\n\
    areas:\n- {id: mill, name: Mill Valley, areas: [{id: upper, name: Upper Mill}, {id: lower, name: Lower Mill}]}\n\
    - {id: far, name: Far End}\ncategories: [{id: food, name: Food}, {id: walks, name: Walks}]\n\
    calendars:\n- {id: easy, name: Easy to get to, access: [step-free, lift], cost: free}\n\
    - {id: mixed, name: Mixed, areas: [mill], categories: [food, walks], online: false}\n\
    - {id: tea-at-the-hall, name: Tea at the hall, tags: [tea], venues: [hall], organisers: [The Tea People]}\n";
const VENUES: &str = "hall: {name: The Hall, access: [step-free]}\nbarn: {name: The Barn}\n";

/// An event's file: a single date, and what is added to it.
fn event(title: &str, start: &str, more: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: About {title}.\nstart: {start} 10:00\nend: {start} 11:00\n{more}---\nText.\n"
    )
}

fn site() -> Project {
    Project::new()
        .file("content/site.yaml", SITE)
        .file("content/venues.yaml", VENUES)
        .file("content/campaigns/day.md", "---\ntitle: The Day\nsummary: A day.\nday: 2026-06-05\n---\nText.\n")
        .file(
            "content/events/tea.md",
            event(
                "Tea",
                "2026-06-10",
                "venue: hall\nareas: [upper]\ncategories: [food]\ntags: [tea, Cake]\naccess: [lift]\ncost: free\n\
                 organiser: The Tea People\ncampaign: day\n",
            ),
        )
        .file(
            "content/events/walk.md",
            event(
                "Walk",
                "2026-06-11",
                "venue: barn\nareas: [mill, lower]\ncategories: [walks]\naccess: [step-free]\n",
            ),
        )
        .file(
            "content/events/chat.md",
            event(
                "Chat",
                "2026-06-12",
                "online: https://example.org/chat\nareas: [mill]\ncategories: [food]\ncost: Free\n",
            ),
        )
}

/// The titles of the events in a calendar of the built site.
fn titles(built: &Built, path: &str) -> BTreeSet<String> {
    let text = built.text(path).replace("\r\n ", "");
    text.lines().filter_map(|line| line.strip_prefix("SUMMARY:")).map(str::to_owned).collect()
}

fn assert_titles(built: &Built, path: &str, expected: &[&str]) {
    let expected: BTreeSet<String> = expected.iter().map(|title| (*title).to_owned()).collect();
    assert_eq!(titles(built, path), expected, "{path}");
}

#[test]
fn each_group_has_its_calendar() {
    let built = site().build().clean();
    for (path, expected) in [
        ("events/calendar.ics", &["Tea", "Walk", "Chat"][..]),
        // An area holds what the areas within it hold.
        ("areas/mill/calendar.ics", &["Tea", "Walk", "Chat"]),
        ("areas/upper/calendar.ics", &["Tea"]),
        ("areas/lower/calendar.ics", &["Walk"]),
        ("areas/far/calendar.ics", &[]),
        ("categories/food/calendar.ics", &["Tea", "Chat"]),
        ("categories/walks/calendar.ics", &["Walk"]),
        ("venues/hall/calendar.ics", &["Tea"]),
        ("venues/barn/calendar.ics", &["Walk"]),
        ("organisers/the-tea-people/calendar.ics", &["Tea"]),
        ("campaigns/day/calendar.ics", &["Tea"]),
        ("tags/tea/calendar.ics", &["Tea"]),
        ("tags/cake/calendar.ics", &["Tea"]),
        ("calendars/easy/calendar.ics", &["Tea"]),
        ("calendars/mixed/calendar.ics", &["Tea", "Walk"]),
        ("calendars/tea-at-the-hall/calendar.ics", &["Tea"]),
        ("events/walk/event.ics", &["Walk"]),
    ] {
        assert_titles(&built, path, expected);
    }
}

#[test]
fn a_calendar_says_who_it_is() {
    let built = site().build().clean();
    let text = built.text("areas/upper/calendar.ics").replace("\r\n ", "");
    for line in [
        "NAME:Mill Link: Upper Mill\r\nX-WR-CALNAME:Mill Link: Upper Mill\r\n",
        "X-WR-TIMEZONE:Europe/London\r\nURL:https://mill.example.org/link/areas/upper/\r\n",
        "SOURCE;VALUE=URI:https://mill.example.org/link/areas/upper/calendar.ics\r\n",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\nX-PUBLISHED-TTL:PT12H\r\n",
    ] {
        assert!(text.contains(line), "{line:?} in {text}");
    }
    // Where no list shows the same events, the page about the calendar stands in.
    let hall = built.text("calendars/easy/calendar.ics").replace("\r\n ", "");
    assert!(hall.contains("\r\nURL:https://mill.example.org/link/subscribe/calendars/easy/\r\n"), "{hall}");
}

#[test]
fn a_calendar_without_events_is_whole() {
    let text = site().build().clean().text("areas/far/calendar.ics").to_owned();
    assert!(text.contains("BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n") && !text.contains("VEVENT"), "{text}");
    // A site that introduces its events keeps the calendar of all when it has none.
    let site = Project::new().file("content/events/index.md", "---\ntitle: Events\n---\nSoon.\n");
    assert!(site.build().without_errors().text("events/calendar.ics").contains("BEGIN:VTIMEZONE"));
    assert!(!Project::new().build().without_errors().has("events/calendar.ics"));
}

#[test]
fn events_of_long_ago_leave_the_calendars() {
    let check = |now: &str, settings: &str, more: &str, is_there: bool| {
        let built = Project::new()
            .file("content/site.yaml", format!("name: Mill\nurl: https://mill.example.org\n{settings}"))
            .file("content/events/tea.md", event("Tea", "2026-03-02", &format!("venue: {{name: Hall}}\n{more}")))
            .now(now)
            .build()
            .clean();
        let expected: &[&str] = match (is_there, more.contains("cancelled")) {
            (true, true) => &["Cancelled: Tea"],
            (true, false) => &["Tea"],
            (false, _) => &[],
        };
        assert_titles(&built, "events/calendar.ics", expected);
        // The event's own file is there as long as its page.
        assert_eq!(titles(&built, "events/tea/event.ics").len(), 1, "{now} {settings}");
    };
    check("2027-03-02T12:00:00Z", "", "", true);
    check("2027-03-03T12:00:00Z", "", "", false);
    check("2026-04-02T12:00:00Z", "feeds: {past: 1 month}\n", "", true);
    check("2026-04-03T12:00:00Z", "feeds: {past: 1 month}\n", "", false);
    // 2 March and 60 days is 1 May.
    check("2026-05-01T12:00:00Z", "", "status: cancelled\n", true);
    check("2026-05-02T12:00:00Z", "", "status: cancelled\n", false);
    check("2026-05-01T12:00:00Z", "", "changes: [{on: 2026-03-02, cancelled: true}]\n", true);
    check("2026-05-02T12:00:00Z", "", "changes: [{on: 2026-03-02, cancelled: true}]\n", false);
    // A date of a series that goes on stays: without it, the rule would bring the date back.
    let series = "repeats: {every: week}\nchanges: [{on: 2026-03-09, cancelled: true}]\n";
    let built = Project::new()
        .file("content/events/tea.md", event("Tea", "2026-03-02", &format!("venue: {{name: Hall}}\n{series}")))
        .now("2027-06-01T12:00:00Z")
        .build()
        .clean();
    assert_titles(&built, "events/calendar.ics", &["Tea", "Cancelled: Tea"]);
    assert!(built.text("events/calendar.ics").contains("RRULE:FREQ=WEEKLY\r\n"));
}

#[test]
fn cancelled_events_are_marked_or_shown() {
    let calendar = |settings: &str| {
        let project = Project::new()
            .file("content/site.yaml", format!("name: Mill\nurl: https://mill.example.org\n{settings}"))
            .file("content/events/tea.md", event("Tea", "2026-06-10", "venue: {name: Hall}\nstatus: cancelled\n"));
        project.build().clean().text("events/calendar.ics").to_owned()
    };
    assert!(calendar("").contains("SUMMARY:Cancelled: Tea\r\n") && calendar("").contains("STATUS:CANCELLED\r\n"));
    let shown = calendar("feeds: {cancelled: show}\n");
    assert!(shown.contains("SUMMARY:Cancelled: Tea\r\n") && !shown.contains("STATUS:"), "{shown}");
}

#[test]
fn what_was_renamed_is_served_at_both_addresses() {
    let renamed = SITE
        .replace("{id: upper, name: Upper Mill}", "{id: top, name: Upper Mill, was: [upper, uppermost]}")
        .replace("{id: food, name: Food}", "{id: eating, name: Food, was: food}")
        .replace("categories: [food, walks]", "categories: [eating, walks]")
        .replace("{id: easy,", "{id: simple, was: [easy],");
    let tea = "areas: [top]\ncategories: [eating]\nvenue: big-hall\naccess: [lift]\ncost: free\ncampaign: day\n\
               organiser: The Tea People\ntags: [tea]\naliases: [/events/cuppa/, /old.html]\n";
    let built = Project::new()
        .file("content/site.yaml", renamed.replace("venues: [hall]", "venues: [big-hall]"))
        .file("content/venues.yaml", "big-hall: {name: The Hall, access: [step-free], was: [hall]}\n")
        .file(
            "content/campaigns/day.md",
            "---\ntitle: The Day\nsummary: A day.\nday: 2026-06-05\naliases: [/campaigns/tag/]\n---\nText.\n",
        )
        .file("content/events/tea.md", event("Tea", "2026-06-10", tea))
        .build()
        .clean();
    for (old, new) in [
        ("areas/upper/calendar.ics", "areas/top/calendar.ics"),
        ("areas/uppermost/calendar.ics", "areas/top/calendar.ics"),
        ("categories/food/calendar.ics", "categories/eating/calendar.ics"),
        ("venues/hall/calendar.ics", "venues/big-hall/calendar.ics"),
        ("calendars/easy/calendar.ics", "calendars/simple/calendar.ics"),
        ("campaigns/tag/calendar.ics", "campaigns/day/calendar.ics"),
        ("events/cuppa/event.ics", "events/tea/event.ics"),
    ] {
        assert_titles(&built, old, &["Tea"]);
        assert_eq!(built.text(old), built.text(new), "{old}");
    }
    for (old, new) in [
        ("areas/upper/index.html", "/link/areas/top/"),
        ("categories/food/index.html", "/link/categories/eating/"),
        ("subscribe/areas/upper/index.html", "/link/subscribe/areas/top/"),
        ("subscribe/venues/hall/index.html", "/link/subscribe/venues/big-hall/"),
    ] {
        assert!(built.text(old).contains(new) && built.text(old).contains("data-kind=\"redirect\""), "{old}");
    }
}

#[test]
fn an_old_id_that_is_still_in_use_is_refused() {
    for settings in [
        SITE.replace("{id: far, name: Far End}", "{id: far, name: Far End, was: [upper]}"),
        SITE.replace("{id: far, name: Far End}", "{id: Upper, name: Far End}"),
        SITE.replace("{id: walks, name: Walks}", "{id: walks, name: Walks, was: [food]}"),
        SITE.replace("{id: mixed,", "{id: mixed, was: [easy],"),
    ] {
        let built = site().file("content/site.yaml", &settings).build();
        let twice = built.with_code("site/id-twice");
        assert_eq!((twice.len(), twice[0].labels.len()), (1, 1), "{settings}\n{}", built.terminal());
        assert_plain(twice[0]);
    }
    let built = site().file("content/venues.yaml", format!("{VENUES}shed: {{name: Shed, was: [barn]}}\n")).build();
    assert_eq!(built.codes(), ["site/id-twice"], "{}", built.terminal());
}

#[test]
fn an_old_id_in_a_page_is_told_the_new_one() {
    let settings = SITE.replace("{id: far, name: Far End}", "{id: end, name: The End, was: [far-away-places]}");
    let built = site()
        .file("content/site.yaml", settings)
        .file("content/venues.yaml", format!("{VENUES}shed: {{name: Shed, was: [lean-to]}}\n"))
        .file("content/events/new.md", event("New", "2026-06-10", "areas: [far-away-places]\nvenue: lean-to\n"))
        .build();
    let helps: Vec<&str> = built.report.iter().filter_map(|problem| problem.help.as_deref()).collect();
    assert_eq!(helps, ["it has another id now: write `end`", "it has another id now: write `shed`"]);
}

#[test]
fn what_a_combination_names_must_exist() {
    let check = |entry: &str, code: &str, help: &str| {
        let built = site().file("content/site.yaml", format!("{SITE}- {{id: new, name: New, {entry}}}\n")).build();
        let found = built.with_code(code);
        assert_eq!(found.len(), 1, "{entry}\n{}", built.terminal());
        assert_plain(found[0]);
        assert_eq!(found[0].help.as_deref(), Some(help), "{entry}");
        assert_eq!(built.report.iter().count(), 1, "{entry}\n{}", built.terminal());
    };
    check("areas: [uper]", "site/unknown-id", "did you mean `upper`?");
    check("categories: [wolks]", "site/unknown-id", "did you mean `walks`?");
    check("venues: [hal]", "site/unknown-id", "did you mean `hall`?");
    check("access: [step-fre]", "event/unknown-access-fact", "did you mean `step-free`?");
    check("tags: [tee]", "site/empty-calendar", "no event has `tee`; did you mean `tea`?");
    check(
        "organisers: [The Tee People]",
        "site/empty-calendar",
        "no event has `The Tee People`; did you mean `The Tea People`?",
    );
    check("areas: [far]", "site/empty-calendar", "ask for less, or delete it from `calendars`");
}

#[test]
fn a_feed_does_not_go_away_unnoticed() {
    let without_far = SITE.replace("- {id: far, name: Far End}\n", "");
    let project = site().file("content/events/far.md", event("Far", "2026-06-13", "areas: [far]\nvenue: hall\n"));
    project.build().clean();
    project.write("content/site.yaml", &without_far);
    project.remove("content/events/far.md");
    for _ in 0..2 {
        let built = project.build();
        assert_eq!(built.codes(), ["publish/feed-gone"], "{}", built.terminal());
        built.report.iter().for_each(assert_plain);
        let problem = built.with_code("publish/feed-gone")[0];
        assert!(problem.message.contains("/areas/far/calendar.ics"), "{}", problem.message);
        let help = problem.help.as_deref().unwrap_or_default();
        assert!(help.contains("`was: [far]`") && help.contains("`retired_feeds: [/areas/far/calendar.ics]`"), "{help}");
        // Nothing of what was taken back stays.
        for path in ["areas/far/calendar.ics", "areas/far/index.html", "events/far/event.ics"] {
            assert!(!built.has(path), "{path}");
        }
    }
    // A new area takes its place.
    let moved = without_far.replace("{id: lower, name: Lower Mill}", "{id: lower, name: Lower Mill, was: [far]}");
    project.write("content/site.yaml", &moved);
    let built = project.build().clean();
    assert_eq!(built.text("areas/far/calendar.ics"), built.text("areas/lower/calendar.ics"));
    // It goes again, and is given up.
    project.write("content/site.yaml", &without_far);
    assert_eq!(project.build().codes(), ["publish/feed-gone"]);
    project.write("content/site.yaml", format!("{without_far}retired_feeds: [/areas/far/calendar.ics]\n"));
    assert!(!project.build().clean().has("areas/far/calendar.ics"));
    project.write("content/site.yaml", &without_far);
    project.build().clean();
}

#[test]
fn a_site_can_refuse_to_lose_a_feed() {
    let settings = format!("{SITE}severity: {{publish/feed-gone: error}}\n");
    let project = site().file("content/site.yaml", &settings);
    let before = project.build().clean();
    project.write("content/site.yaml", settings.replace("- {id: far, name: Far End}\n", ""));
    let refused = project.build();
    assert!(refused.report.has_errors() && refused.tree == before.tree, "{}", refused.terminal());
}

#[test]
fn a_blog_feed_goes_and_is_missed() {
    let project = site().file("content/blog/a.md", "---\ntitle: A\nsummary: A.\ndate: 2026-05-01\n---\nText.\n");
    assert!(project.build().clean().has("blog/rss.xml"));
    project.remove("content/blog/a.md");
    for _ in 0..2 {
        let built = project.build();
        assert_eq!(built.codes(), ["publish/feed-gone"], "{}", built.terminal());
        assert!(!built.has("blog/rss.xml"), "its texts may hold what may not be shown any more");
    }
    project.write("content/site.yaml", format!("{SITE}retired_feeds: [/blog/rss.xml]\n"));
    project.build().clean();
    project.write("content/site.yaml", SITE);
    project.build().clean();
}

#[test]
fn a_tag_or_organiser_that_changed_can_be_redirected() {
    let redirects = "redirects: {/tags/brew/calendar.ics: /tags/tea/calendar.ics, /tags/brew/: /tags/tea/}\n";
    let built = site().file("content/site.yaml", format!("{SITE}{redirects}")).build().clean();
    assert_eq!(built.text("tags/brew/calendar.ics"), built.text("tags/tea/calendar.ics"));
    assert!(built.text("tags/brew/index.html").contains("data-kind=\"redirect\""));
}

#[test]
fn a_calendar_that_programs_cannot_read_whole_is_reported_in_every_build() {
    let long = "word ".repeat(210_000);
    let text = event("Tea", "2026-06-10", "venue: {name: Hall}\n").replace("About Tea.", &long);
    let project = Project::new().file("content/events/tea.md", text);
    for _ in 0..2 {
        let built = project.build();
        assert_eq!(built.codes(), ["publish/calendar-too-long"], "{}", built.terminal());
        built.report.iter().for_each(assert_plain);
    }
    assert_eq!(project.check().codes(), ["publish/calendar-too-long"]);
    assert!(codes::find("publish/calendar-too-long").is_some());
}

#[test]
fn pages_offer_the_calendar_of_what_they_list() {
    let built = site().build().clean();
    let alternate = |path: &str, title: &str, url: &str| {
        let link = format!("<link rel=\"alternate\" type=\"text/calendar\" title=\"{title}\" href=\"{url}\">");
        assert!(built.text(path).contains(&link), "{link} in {path}");
    };
    alternate("areas/mill/index.html", "Mill Link: Mill Valley", "/link/areas/mill/calendar.ics");
    alternate("tags/tea/index.html", "Mill Link: tea", "/link/tags/tea/calendar.ics");
    alternate("events/index.html", "Mill Link: events", "/link/events/calendar.ics");
    alternate("events/tea/index.html", "Tea", "/link/events/tea/event.ics");
    alternate("campaigns/day/index.html", "Mill Link: The Day", "/link/campaigns/day/calendar.ics");
    assert_eq!(built.text("events/index.html").matches("type=\"text/calendar\"").count(), 1);
    let list = built.text("areas/mill/index.html");
    assert!(list.contains("href=\"/link/subscribe/areas/mill/\">Subscribe to these events</a>"), "{list}");
}

#[test]
fn the_subscribe_pages_offer_every_way() {
    let built = site().build().clean();
    let main = built.text("subscribe/index.html");
    for link in
        ["areas/upper", "categories/food", "calendars/easy", "venues/hall", "organisers/the-tea-people", "tags/tea"]
    {
        assert!(main.contains(&format!("href=\"/link/subscribe/{link}/\"")), "{link}");
    }
    let page = built.text("subscribe/areas/upper/index.html");
    let encoded = "mill.example.org%2Flink%2Fareas%2Fupper%2Fcalendar.ics";
    for way in [
        "href=\"webcal://mill.example.org/link/areas/upper/calendar.ics\"".to_owned(),
        format!("href=\"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F{encoded}\""),
        format!(
            "https://outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2F{encoded}&amp;name=Mill%20Link%3A%20"
        ),
        format!("https://outlook.office.com/calendar/0/addfromweb?url=https%3A%2F%2F{encoded}&amp;name="),
        ">https://mill.example.org/link/areas/upper/calendar.ics</span>".to_owned(),
        "href=\"/link/areas/upper/calendar.ics\">Download".to_owned(),
    ] {
        assert!(page.contains(&way), "{way} in {page}");
    }
    assert!(page.contains("There is 1 coming event in this calendar."), "{page}");
    assert!(built.text("subscribe/areas/far/index.html").contains("There are no coming events in this calendar yet."));
    assert!(main.contains("stay in the calendar for 12 months"));
}

#[test]
fn an_event_is_added_once_or_followed() {
    let built = site()
        .file(
            "content/events/days.md",
            "---\ntitle: Days & nights\nsummary: S.\nstart: 2026-07-01\nend: 2026-07-03\nvenue: hall\n---\n",
        )
        .file("content/events/weekly.md", event("Weekly", "2026-06-10", "venue: hall\nrepeats: {every: week}\n"))
        .build()
        .without_errors();
    let tea = built.text("events/tea/index.html");
    for way in [
        "action=TEMPLATE&amp;text=Tea&amp;dates=20260610T090000Z/20260610T100000Z&amp;details=About%20Tea.%0A%0Ahttps%3A%2F%2F\
         mill.example.org%2Flink%2Fevents%2Ftea%2F&amp;location=The%20Hall\"",
        "https://outlook.live.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&amp;rru=addevent\
         &amp;subject=Tea&amp;startdt=2026-06-10T09%3A00%3A00Z&amp;enddt=2026-06-10T10%3A00%3A00Z&amp;location=The%20Hall",
        "href=\"webcal://mill.example.org/link/events/tea/event.ics\"",
    ] {
        assert!(tea.contains(way), "{way} in {tea}");
    }
    let days = built.text("events/days/index.html");
    assert!(days.contains("text=Days%20%26%20nights&amp;dates=20260701/20260704&amp;"), "{days}");
    assert!(days.contains("&amp;startdt=2026-07-01&amp;enddt=2026-07-04&amp;allday=true&amp;"), "{days}");
    let weekly = built.text("events/weekly/index.html");
    assert!(!weekly.contains("action=TEMPLATE") && weekly.contains("webcal://"), "a series is followed");
}
