//! The directory: its lists, opening hours, and the same as Open Referral UK and JSON Feed.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::project::{Built, Project, SITE};

const SETTINGS: &str = "name: Mill Lane Link\nurl: https://mill.example.org\ncontact: {email: us@example.org}\n\
    needs: [{id: lonely, name: Feeling lonely}, {id: money, name: Money worries}, {id: food, name: Food}]\n\
    categories: [{id: company, name: Company}]\n\
    areas: [{id: town, name: Town, areas: [{id: north, name: North End}, {id: south, name: South End}]}, {id: online, name: Online}]\n\
    closures: {bank-holidays: [2026-05-25, 2026-08-31, 2026-12-25, 2026-12-28, 2027-01-01]}\n";

fn site() -> Project {
    Project::new()
        .file("content/site.yaml", SETTINGS)
        .file("content/venues.yaml", "hall: {name: Mill Hall, address: '1 Mill Lane, Millton', postcode: ZZ1 1ZZ, latitude: 54.9, longitude: -1.6, access: [step-free]}\n")
        .file(
            "content/resources/advice.md",
            "---\ntitle: Money advice\nsummary: Advice.\nprovider: Advice Trust\nvenue: hall\nneeds: [money]\nareas: [north]\n\
             categories: [company]\ncost: free\nreferral: self\nlanguages: [English, Polish]\nchecked: 2026-05-01\n\
             contact: {phone: 01632 960123, email: a@example.org, website: 'https://advice.example.org'}\n\
             eligibility: {minimum_age: 18}\naccess: [hearing-loop]\n\
             opening:\n  - {days: [weekdays], opens: '9am', closes: '12:30', note: Drop in}\n  - {days: [monday], opens: '2pm', closes: '5pm'}\n\
             ---\nText.\n",
        )
        .file(
            "content/resources/calls.md",
            "---\ntitle: Friendly calls\nsummary: Calls.\nneeds: [lonely]\nareas: [online]\nstatus: waiting-list\nreferral: professional\n\
             languages: [English]\ncontact: {phone: 01632 960124}\nopening: [{note: By arrangement with us}]\n---\nText.\n",
        )
        .file(
            "content/resources/lunch.md",
            "---\ntitle: Lunch club\nsummary: Lunch.\nneeds: [lonely]\nareas: [south]\ncost: £4 a meal\nstatus: closed\nlanguages: [English]\n\
             contact: {address: '2 South Road, Millton'}\neligibility: {minimum_age: 60}\n---\nText.\n",
        )
        .file("content/events/tea.md", "---\ntitle: Tea\nsummary: Tea.\nstart: 2026-06-09 14:00\nduration: 1 hour\nvenue: hall\nupdated: 2026-05-20\n---\nText.\n")
        .file("content/blog/news.md", "---\ntitle: News\nsummary: New.\ndate: 2026-05-02\ntags: [tea]\nauthor: Jo\n---\nSee [tea](../events/tea.md).\n")
}

/// The titles on a page of a list.
fn titles(built: &Built, path: &str) -> Vec<&'static str> {
    let main = built.text(path).split("id=\"list\"").nth(1).unwrap();
    ["Friendly calls", "Lunch club", "Money advice"].into_iter().filter(|title| main.contains(title)).collect()
}

#[test]
fn lists_hold_what_their_names_say_and_only_those_with_something_are_there() {
    let built = site().build().without_errors();
    let check = |list: &str, expected: &[&str]| {
        assert_eq!(titles(&built, &format!("resources/by/{list}/index.html")), expected, "{list}");
    };
    check("need/lonely", &["Friendly calls", "Lunch club"]);
    check("area/town", &["Lunch club", "Money advice"]);
    check("area/north", &["Money advice"]);
    check("need/lonely/area/town", &["Lunch club"]);
    check("need/lonely/area/online", &["Friendly calls"]);
    check("from-home", &["Friendly calls"]);
    check("free", &["Money advice"]);
    check("self-referral", &["Money advice"]);
    check("language/polish", &["Money advice"]);
    check("age/older-people", &["Friendly calls", "Lunch club", "Money advice"]);
    check("age/adults", &["Friendly calls", "Lunch club", "Money advice"]);
    check("age/children", &["Friendly calls"]);
    for absent in ["need/food", "need/money/area/south", "language/english"] {
        assert!(!built.has(&format!("resources/by/{absent}/index.html")), "{absent}");
    }
    // Each of them is linked from the directory or from a list that is.
    let linked: String = built
        .tree
        .iter()
        .filter(|(path, _)| path.starts_with("resources/"))
        .fold(String::new(), |all, (_, bytes)| all + &String::from_utf8_lossy(bytes));
    for path in built.tree.keys().filter(|path| path.starts_with("resources/by/")) {
        let url = format!("href=\"/{}\"", path.trim_end_matches("index.html"));
        assert!(linked.contains(&url), "nothing links {url}");
    }
    let all = built.text("resources/a-to-z/index.html");
    assert!(["Friendly calls", "Lunch club", "Money advice"].iter().all(|title| all.contains(title)));
}

#[test]
fn an_entry_says_when_it_is_open_in_words_that_stay_true() {
    let built = site().build().without_errors();
    let page = built.text("resources/advice/index.html");
    let week = page.split("<ul class=\"week").nth(1).unwrap().split("</ul>").next().unwrap();
    assert!(week.contains("data-times=\"09:00-12:30 14:00-17:00\""), "{week}");
    for words in ["Monday", "9am to 12:30pm, 2pm to 5pm", "Drop in", "Sunday", "Closed"] {
        assert!(week.contains(words), "{words} in {week}");
    }
    assert!(week.contains("data-closures=\"2026-08-31 2026-12-25 2026-12-28 2027-01-01\""), "what is over is gone");
    assert!(page.contains("Monday 31 August 2026") && page.contains("Friday 25 December 2026"));
    assert!(!week.contains("today,") && page.contains("1 May 2026") && page.contains("mailto:us@example.org"));
    let calls = built.text("resources/calls/index.html");
    let (notice, title) = (calls.find("Waiting list").unwrap(), calls.find("<h1").unwrap());
    assert!(notice < title, "the status stands first");
    assert!(calls.contains("By arrangement with us") && !calls.contains("class=\"week"));
}

#[test]
fn an_area_is_served_by_what_serves_the_areas_that_it_lies_in() {
    let resource = |title: &str, area: &str| {
        format!("---\ntitle: {title}\nsummary: S.\nneeds: [lonely]\nareas: [{area}]\n---\nText.\n")
    };
    let mut project = Project::new().file("content/site.yaml", SETTINGS);
    for (at, title) in ["Zebra", "Apple", "Berry", "Cherry", "Damson", "Elder", "Fig"].iter().enumerate() {
        project = project.file(&format!("content/resources/r{at}.md"), resource(title, "town"));
    }
    let event =
        "---\ntitle: Tea\nsummary: Tea.\nstart: 2026-06-09 14:00\nduration: 1 hour\nareas: [town]\n---\nText.\n";
    let built = project
        .file("content/resources/own.md", resource("Own", "north"))
        .file("content/events/tea.md", event)
        .build()
        .without_errors();
    let titles = |path: &str| -> Vec<String> {
        let main = built.text(path).split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        let titles = main.split("class=\"card-title\"><a href=").skip(1);
        titles.map(|part| part.split_once('>').unwrap().1.split('<').next().unwrap().to_owned()).collect()
    };
    let wide = ["Apple", "Berry", "Cherry", "Damson", "Elder", "Fig", "Zebra"];
    let path = |area: &str| format!("resources/by/area/{area}/index.html");
    assert_eq!(titles(&path("north")), [&["Own"], wide.as_slice()].concat());
    assert!(built.text(&path("north")).contains("Help for a wider area: Town"));
    assert_eq!(titles(&path("south")), wide, "an area with nothing of its own is offered, too");
    assert_eq!(titles("resources/by/need/lonely/area/south/index.html"), wide);
    assert!(built.text("resources/index.html").contains("<option value=\"/resources/by/area/south/\">"));
    let zebra =
        built.text("resources/index.html").split("data-terms=\"").find(|card| card.contains(">Zebra<")).unwrap();
    assert!(zebra.contains("/resources/by/area/south/ "), "the filter knows: {zebra}");
    assert_eq!(titles("areas/north/index.html"), ["Own", "Apple", "Berry", "Cherry", "Damson", "Elder"]);
    assert!(built.text("areas/north/index.html").contains("All 8 sources of help: North End</a>"));
    assert_eq!(titles("areas/town/index.html")[..3], ["Apple", "Berry", "Cherry"], "by title, before events");
    assert!(!built.text("areas/south/index.html").contains("Tea"), "an event is where it is");
}

#[test]
fn an_entry_says_where_it_is_and_a_card_whom_it_serves() {
    let built = site().build().without_errors();
    let lunch = built.text("resources/lunch/index.html");
    let place = lunch.split("<dt>Where</dt>").nth(1).unwrap().split("</dd>").next().unwrap();
    assert!(place.contains("2 South Road, Millton") && place.contains("query=2%20South%20Road"), "{place}");
    assert!(lunch.contains("access-title"), "whether one gets in there is a question");
    assert!(!built.text("resources/calls/index.html").contains("access-title"), "nobody goes anywhere");
    let cards = built.text("resources/index.html");
    assert!(cards.contains("<p class=\"card-areas\">Area: South End</p>"));
    let terms: Vec<&str> =
        cards.split("<p class=\"card-terms\">").skip(1).map(|part| part.split("</p>").next().unwrap()).collect();
    assert!(
        terms.iter().any(|terms| terms.contains("<span class=\"tag\">Free</span> You can contact them yourself.")),
        "{terms:?}"
    );
}

#[test]
fn a_need_and_a_category_of_one_name_are_one_link() {
    let terms = "needs: [{id: active, name: Getting active}]\ncategories: [{id: moving, name: Getting active}, {id: food, name: Food}]\n";
    let built = Project::new()
        .file(
            "content/site.yaml",
            format!("name: A\nurl: https://a.example.org\ncontact: {{email: us@example.org}}\n{terms}"),
        )
        .file(
            "content/resources/swim.md",
            "---\ntitle: Swim\nsummary: S.\nneeds: [active]\ncategories: [moving, food]\n---\nText.\n",
        )
        .build()
        .without_errors();
    let labels = built.text("resources/swim/index.html").split("labels-title\">").nth(2).unwrap();
    assert_eq!(labels.matches(">Getting active</a>").count(), 1);
    assert!(
        labels.contains("/needs/active/")
            && labels.contains("/categories/food/")
            && !labels.contains("/categories/moving/")
    );
}

#[test]
fn nothing_is_open_now_that_is_closed_for_some_time_or_says_more() {
    let opening = "opening:\n  - {days: [monday], opens: '09:00', closes: '17:00'}\n  \
                   - {days: [thursday], opens: '09:00', closes: '17:00', note: From March to October.}\n";
    let with = |status: &str| format!("---\ntitle: Club\nsummary: A club.\nstatus: {status}\n{opening}---\nText.\n");
    let built = site()
        .file("content/resources/open.md", with("open"))
        .file("content/resources/for-now.md", with("temporarily-closed").replace("Club", "Club two"))
        .file("content/resources/for-good.md", with("closed").replace("Club", "Club three"))
        .build()
        .without_errors();
    let day = |page: &str, number: usize| {
        let page = built.text(&format!("resources/{page}/index.html")).to_owned();
        page.split("<li data-number=\"").nth(number).unwrap().split('>').next().unwrap().to_owned()
    };
    assert_eq!(day("open", 1), "1\" data-times=\"09:00-17:00\" data-state=\"open now\"");
    assert_eq!(day("open", 4), "4\" data-times=\"09:00-17:00\" data-state=\"usually open now\"");
    assert_eq!(day("open", 6), "6\" data-times=\"\" data-state=\"closed\"");
    assert_eq!(day("for-now", 1), "1\" data-times=\"\" data-state=\"closed for now\"");
    assert_eq!(day("for-good", 4), "4\" data-times=\"\" data-state=\"closed\"");
    // 25 December and 1 January are Fridays.
    let open = built.text("resources/open/index.html");
    assert!(open.contains("data-closures=\"2026-08-31 2026-12-28\"") && !open.contains("Friday 25 December"));
    assert!(built.text("resources/for-now/index.html").contains("data-closures=\"\""));
}

#[test]
fn hours_may_end_after_midnight_and_may_never_end() {
    let opening = "opening:\n  - {days: [friday, saturday], opens: '18:00', closes: '01:00'}\n  \
                   - {days: [sunday], opens: '18:00', closes: '24:00'}\n  - {days: [tuesday], opens: '00:00', closes: '24:00'}\n";
    let built = site()
        .file("content/resources/cafe.md", format!("---\ntitle: Night café\nsummary: A café.\n{opening}---\nText.\n"))
        .build()
        .without_errors();
    let page = built.text("resources/cafe/index.html");
    let days: Vec<&str> = page.split("<li data-number=\"").skip(1).collect();
    let day = |number: usize, times: &str, hours: &str| {
        let day = days[number - 1];
        assert!(day.contains(&format!("data-times=\"{times}\"")), "{times}: {day}");
        assert!(day.contains(&format!("<span class=\"week-hours\">{hours}</span>")), "{hours}: {day}");
    };
    day(1, "", "Closed");
    day(2, "00:00-24:00", "Open day and night");
    day(5, "18:00-24:00", "6pm to 1am");
    day(6, "00:00-01:00 18:00-24:00", "6pm to 1am");
    day(7, "00:00-01:00 18:00-24:00", "6pm to midnight");
    let services: Value = serde_json::from_str(built.text("api/open-referral/services/index.json")).unwrap();
    let id = services["contents"].as_array().unwrap().iter().find(|service| service["name"] == "Night café").unwrap();
    let service = built.text(&format!("api/open-referral/services/{}/index.json", id["id"].as_str().unwrap()));
    let service: Value = serde_json::from_str(service).unwrap();
    let hours: Vec<(&str, &str)> = service["schedules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|schedule| (schedule["opens_at"].as_str().unwrap(), schedule["closes_at"].as_str().unwrap()))
        .collect();
    assert_eq!(hours, [("18:00", "01:00"), ("18:00", "00:00"), ("00:00", "23:59")]);
}

/// The required properties of the standard's schemas, and its closed lists (Open Referral UK 3.0, `schema/*.json`).
fn conforms(kind: &str, value: &Value) {
    let required: &[&str] = match kind {
        "service" => &["id", "name", "status"],
        "organization" | "taxonomy" | "taxonomy_term" => &["id", "name", "description"],
        "location" => &["id", "location_type"],
        "address" => &["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"],
        "phone" => &["id", "number"],
        _ => &["id"],
    };
    for name in required {
        assert!(value[name].as_str().is_some_and(|text| !text.is_empty()), "{kind} without {name}: {value}");
    }
    let lists: [(&str, &[&str]); 4] = [
        ("status", &["active", "inactive", "defunct", "temporarily closed"]),
        ("location_type", &["physical", "postal", "virtual"]),
        ("address_type", &["physical", "postal", "virtual"]),
        ("freq", &["WEEKLY", "MONTHLY"]),
    ];
    for (name, allowed) in lists {
        assert!(value[name].is_null() || allowed.contains(&value[name].as_str().unwrap()), "{name}: {value}");
    }
    for (name, inner) in value.as_object().unwrap() {
        if name == "id" || name.ends_with("_id") {
            let id = inner.as_str().unwrap();
            let is_uuid = id.len() == 36
                && id.chars().enumerate().all(|(at, c)| {
                    if [8, 13, 18, 23].contains(&at) {
                        c == '-'
                    } else {
                        c.is_ascii_hexdigit() && !c.is_ascii_uppercase()
                    }
                });
            assert!(is_uuid, "{kind} {name}: {id}");
        }
        if ["minimum_age", "maximum_age", "latitude", "longitude", "amount", "interval"].contains(&name.as_str()) {
            assert!(inner.is_number(), "{kind} {name}: {inner}");
        }
        if ["url", "uri", "term_uri", "website"].contains(&name.as_str()) {
            assert!(inner.as_str().unwrap().starts_with("https://"), "{kind} {name}: {inner}");
        }
        let kinds = [
            ("organization", "organization"),
            ("location", "location"),
            ("taxonomy_term", "taxonomy_term"),
            ("service", "service"),
        ];
        if let (Some((_, inner_kind)), true) = (kinds.iter().find(|(known, _)| known == name), inner.is_object()) {
            conforms(inner_kind, inner);
        }
        let lists = [
            ("schedules", "schedule"),
            ("service_areas", "service_area"),
            ("service_at_locations", "service_at_location"),
            ("languages", "language"),
            ("cost_options", "cost_option"),
            ("contacts", "contact"),
            ("attributes", "attribute"),
            ("addresses", "address"),
            ("accessibility", "accessibility"),
            ("phones", "phone"),
        ];
        if let (Some((_, inner_kind)), Some(entries)) =
            (lists.iter().find(|(known, _)| known == name), inner.as_array())
        {
            assert!(!entries.is_empty());
            entries.iter().for_each(|entry| conforms(inner_kind, entry));
        }
    }
}

#[test]
fn the_directory_is_open_referral() {
    let built = site().build().without_errors();
    let json = |path: &str| -> Value {
        serde_json::from_str(built.text(&format!("api/open-referral/{path}index.json"))).unwrap()
    };
    let root = json("");
    assert_eq!(root["version"], "3.0");
    assert!(["profile", "openapi_url"].iter().all(|name| root[name].as_str().unwrap().starts_with("https://")));
    for (list, kind, count) in [
        ("services/", "service", 3),
        ("service_at_locations/", "service_at_location", 3),
        ("taxonomies/", "taxonomy", 2),
        ("taxonomy_terms/", "taxonomy_term", 4),
    ] {
        let page = json(list);
        let contents = page["contents"].as_array().unwrap();
        assert_eq!(
            (contents.len(), page["total_items"].as_u64(), page["size"].as_u64()),
            (count, Some(count as u64), Some(count as u64)),
            "{list}"
        );
        assert_eq!((&page["total_pages"], &page["page_number"]), (&1.into(), &1.into()));
        assert_eq!(
            (&page["first_page"], &page["last_page"], &page["empty"]),
            (&true.into(), &true.into(), &false.into())
        );
        let mut ids = BTreeSet::new();
        for entry in contents {
            conforms(kind, entry);
            let whole = json(&format!("{list}{}/", entry["id"].as_str().unwrap()));
            conforms(kind, &whole);
            assert_eq!(whole["id"], entry["id"]);
            assert!(ids.insert(entry["id"].to_string()), "one id twice");
        }
    }
    let services = json("services/");
    let named = |name: &str| {
        services["contents"].as_array().unwrap().iter().find(|entry| entry["name"] == name).unwrap().clone()
    };
    let advice = json(&format!("services/{}/", named("Money advice")["id"].as_str().unwrap()));
    assert_eq!(advice["application_process"], "You can contact them yourself");
    let location = &advice["service_at_locations"][0]["location"];
    assert_eq!(location["addresses"][0]["postal_code"], "ZZ1 1ZZ");
    assert_eq!(
        (&location["addresses"][0]["address_1"], &location["addresses"][0]["city"]),
        (&"1 Mill Lane".into(), &"Millton".into())
    );
    assert_eq!((&location["latitude"], &location["location_type"]), (&serde_json::json!(54.9), &"physical".into()));
    assert_eq!(
        (&advice["schedules"][0]["byday"], &advice["schedules"][0]["opens_at"]),
        (&"MO,TU,WE,TH,FR".into(), &"09:00".into())
    );
    assert_eq!((&advice["cost_options"][0]["amount"], &advice["assured_date"]), (&0.into(), &"2026-05-01".into()));
    assert_eq!(advice["contacts"][0]["phones"][0]["number"], "01632 960123");
    assert_eq!(advice["attributes"][0]["taxonomy_term"]["name"], "Money worries");
    let calls = named("Friendly calls");
    assert_eq!((&calls["status"], &calls["alert"]), (&"active".into(), &"Waiting list".into()));
    assert_eq!(named("Lunch club")["status"], "inactive");

    // Ids are of the file, not of what stands in it.
    let project = site();
    project.write("content/resources/calls.md", "---\ntitle: Calls for a chat\nsummary: Calls.\n---\nText.\n");
    let again: Value =
        serde_json::from_str(project.build().without_errors().text("api/open-referral/services/index.json")).unwrap();
    let renamed =
        again["contents"].as_array().unwrap().iter().find(|entry| entry["name"] == "Calls for a chat").unwrap();
    assert_eq!(renamed["id"], calls["id"]);
}

#[test]
fn every_letter_stands_once_whatever_names_begin_with() {
    let mut project = Project::new();
    for (at, title) in ["Zumba", "“Tea” club", "Ŵyl", "Walks", "@home", "Hobbies", "4 Winds", "Éclair", "The Eggs", "…"]
        .iter()
        .enumerate()
    {
        project = project
            .file(&format!("content/resources/r{at}.md"), format!("---\ntitle: '{title}'\nsummary: S.\n---\nText.\n"));
    }
    let built = project.build().without_errors();
    for path in ["resources/a-to-z/index.html", "resources/index.html"] {
        let main = built.text(path).split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        let headings: Vec<&str> =
            main.split("<h2").skip(1).map(|part| part.split_once('>').unwrap().1.split('<').next().unwrap()).collect();
        let letters: Vec<&str> =
            headings.into_iter().filter(|heading| heading.len() == 1 || heading.starts_with('0')).collect();
        assert_eq!(letters, ["0 to 9", "E", "H", "T", "W", "Z"], "{path}");
    }
}

#[test]
fn places_of_one_name_are_two_and_one_place_is_one() {
    let resource =
        |title: &str, venue: &str| format!("---\ntitle: {title}\nsummary: {title}.\nvenue: {venue}\n---\nText.\n");
    let inline = |address: &str| format!("{{name: The Hub, address: '{address}'}}");
    let built = Project::new()
        .file(
            "content/venues.yaml",
            "north: {name: Village Hall, address: '1 High Street, Northby ZZ1 1ZZ'}\n\
             south: {name: Village Hall, address: '9 Low Road, Southby ZZ2 2ZZ'}\n",
        )
        .file("content/resources/a.md", resource("A", "north"))
        .file("content/resources/b.md", resource("B", "south"))
        .file("content/resources/c.md", resource("C", "north"))
        .file("content/resources/d.md", resource("D", &inline("2 High Street, Northby ZZ1 1ZZ")))
        .file("content/resources/e.md", resource("E", &inline("2 Low Road, Southby ZZ2 2ZZ")))
        .file("content/resources/f.md", resource("F", &inline("2 High Street, Northby ZZ1 1ZZ")))
        .build()
        .without_errors();
    let list: Value = serde_json::from_str(built.text("api/open-referral/service_at_locations/index.json")).unwrap();
    let places: Vec<&str> =
        list["contents"].as_array().unwrap().iter().map(|entry| entry["location_id"].as_str().unwrap()).collect();
    let same: Vec<usize> = places.iter().map(|id| places.iter().position(|other| other == id).unwrap()).collect();
    assert_eq!(same, [0, 1, 0, 3, 4, 3], "{places:?}");
}

#[test]
fn what_names_no_area_is_where_its_place_is() {
    let venues = "hall: {name: Hall, area: old-town}\nbarn: {name: Barn, area: millton}\n";
    let event = |more: &str| {
        format!("---\ntitle: Tea\nsummary: Tea.\nstart: 2026-06-09 14:00\nend: 2026-06-09 15:00\n{more}---\nTea.\n")
    };
    let project = |venues: &str, more: &str| {
        Project::new()
            .file(
                "content/site.yaml",
                format!("{SITE}areas: [{{id: millton, name: Millton, areas: [{{id: old-town, name: Old Town}}]}}, {{id: far, name: Far}}]\n"),
            )
            .file("content/venues.yaml", venues)
            .file("content/events/tea.md", event(more))
    };
    let areas = |more: &str| {
        let built = project(venues, more).build().without_errors();
        ["areas/millton/", "areas/old-town/", "areas/far/"]
            .into_iter()
            .filter(|area| {
                let is_listed = built.has(&format!("{area}index.html"))
                    && built.text(&format!("{area}index.html")).contains("/events/tea/");
                let is_in_calendar = built
                    .tree
                    .get(&format!("{area}calendar.ics"))
                    .is_some_and(|bytes| String::from_utf8_lossy(bytes).contains("SUMMARY:Tea"));
                assert_eq!(is_listed, is_in_calendar, "{area} with {more}");
                is_listed
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(areas("venue: hall\n"), ["areas/millton/", "areas/old-town/"]);
    assert_eq!(areas("venue: barn\n"), ["areas/millton/"]);
    assert_eq!(areas("venue: {name: Park, area: far}\n"), ["areas/far/"]);
    assert_eq!(areas("venue: hall\nareas: [far]\n"), ["areas/far/"], "its own word counts");
    assert_eq!(areas("venue: hall\nonline: https://example.org/x\nstatus: moved-online\n"), Vec::<&str>::new());
    // A slip is said once, where it stands.
    for (venues, more, code, place) in [
        ("hall: {name: Hall, area: old-twon}\n", "venue: hall\n", "site/unknown-id", "content/venues.yaml"),
        (venues, "venue: {name: Park, area: fra}\n", "page/unknown-area", "content/events/tea.md"),
    ] {
        let built = project(venues, more).build();
        assert_eq!(built.codes(), [code], "{}", built.terminal());
        assert_eq!(built.with_code(code)[0].place.as_ref().unwrap().path.as_str(), place);
    }
}

/// Who looks for an event is led to events.
#[test]
fn the_events_page_offers_what_coming_events_have_and_counts_only_those() {
    let built = Project::new()
        .file(
            "content/site.yaml",
            format!("{SITE}areas: [{{id: near, name: Near}}, {{id: far, name: Far}}]\ncategories: [{{id: walks, name: Walks}}]\n"),
        )
        .file(
            "content/events/walk.md",
            "---\ntitle: Walk\nsummary: W.\nstart: 2026-06-09 14:00\nend: 2026-06-09 15:00\nareas: [near]\ncategories: [walks]\n---\nW.\n",
        )
        .file(
            "content/blog/2026-05-01-a.md",
            "---\ntitle: A\nsummary: A.\nareas: [near, far]\ncategories: [walks]\n---\nA.\n",
        )
        .build()
        .without_errors();
    let page = built.text("events/index.html");
    assert!(page.contains("/areas/near/\">Near <span class=\"count\">(1)"), "{page}");
    assert!(page.contains("/categories/walks/\">Walks <span class=\"count\">(1)"), "{page}");
    assert!(!page.contains("/areas/far/"), "nothing is on there: {page}");
}

#[test]
fn feeds_are_json_feed_1_1() {
    let built = site().build().without_errors();
    for (path, section) in [("blog/feed.json", "/blog/"), ("events/feed.json", "/events/")] {
        let feed: Value = serde_json::from_str(built.text(path)).unwrap();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["feed_url"], format!("https://mill.example.org/{path}"));
        assert_eq!(feed["home_page_url"], format!("https://mill.example.org{section}"));
        assert!(feed["title"].is_string() && feed["items"].as_array().is_some_and(|items| !items.is_empty()));
        for item in feed["items"].as_array().unwrap() {
            assert_eq!(item["id"], item["url"]);
            assert!(item["content_html"].is_string() || item["content_text"].is_string(), "{item}");
            for date in ["date_published", "date_modified"] {
                assert!(item[date].is_null() || item[date].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
            }
        }
    }
    let headers = built.text("_headers");
    for path in ["blog", "events"] {
        assert!(headers.contains(&format!("/{path}/feed.json\n  Content-Type: application/feed+json")), "{headers}");
    }
    assert!(!headers.contains("/stories/feed.json"), "there is none: {headers}");
    let blog = built.text("blog/feed.json");
    assert!(blog.contains("https://mill.example.org/events/tea/") && blog.contains("\"authors\":[{\"name\":\"Jo\"}]"));
    let events: Value = serde_json::from_str(built.text("events/feed.json")).unwrap();
    let tea = &events["items"][0]["_event"];
    assert_eq!((&tea["start"], &tea["place"]), (&"2026-06-09T14:00:00+01:00".into(), &"Mill Hall".into()));
    let api = built.text("api/index.html");
    for path in
        ["/blog/feed.json", "/events/feed.json", "/api/open-referral/services/index.json", "/events/calendar.ics"]
    {
        assert!(api.contains(&format!("href=\"{path}\"")), "{path}");
    }
}
