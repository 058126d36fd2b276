//! Pages of events: months, weeks, places, online, and what an event's own page says of its dates.

use crate::project::{Built, Project};

const SITE: &str = "name: Mill Lane Link\nurl: https://mill.example.org\nareas: [{id: north, name: North, \
                    areas: [{id: quay, name: Quay}]}, {id: south, name: South}]\n";
const VENUES: &str = "hall: {name: Mill Hall, address: 1 Mill Lane, postcode: ZZ1 1ZZ, access: [step-free], \
                      directions: By the river.}\nbarn: {name: The Barn}\nshed: {name: Unused Shed}\n";

/// Events in June and August 2026, seen on Monday 1 June 2026 at noon.
fn site() -> Project {
    Project::new()
        .file("content/site.yaml", SITE)
        .file("content/venues.yaml", VENUES)
        .file(
            "content/events/tea.md",
            event(
                "Tea",
                "start: 2026-05-26 10:00\nend: 2026-05-26 12:00\nvenue: hall\nareas: [quay]\n\
                 repeats: {every: week, until: 2026-06-30}\n\
                 changes: [{on: 2026-06-09, cancelled: true, note: Closed.}, \
                 {on: 2026-06-16, start: '15:00', end: '17:00', venue: barn}]\n",
            ),
        )
        .file(
            "content/events/show.md",
            event("Show", "start: 2026-06-05\nend: 2026-06-07\nvenue: barn\nareas: [south]\n"),
        )
        .file(
            "content/events/late.md",
            event("Late", "start: 2026-06-06 21:00\nend: 2026-06-07 00:30\nonline: https://example.org/late\n"),
        )
        .file(
            "content/events/picnic.md",
            event("Picnic", "start: 2026-08-20 12:00\nend: 2026-08-20 14:00\nvenue: hall\nstatus: full\n"),
        )
        .file(
            "content/events/spring.md",
            event("Spring", "start: 2026-04-02 10:00\nend: 2026-04-02 11:00\nvenue: hall\n"),
        )
        .file("content/resources/help.md", "---\ntitle: Help\nsummary: Help.\nvenue: hall\n---\nHelp.\n")
}

fn event(title: &str, fields: &str) -> String {
    format!("---\ntitle: {title}\nsummary: Come.\ndate: 2026-03-01\n{fields}---\nCome.\n")
}

/// The words between two texts, without tags.
fn between<'b>(built: &'b Built, path: &str, from: &str, to: &str) -> &'b str {
    let text = built.text(path);
    let start = text.find(from).unwrap_or_else(|| panic!("{path} has no {from}: {text}"));
    let rest = &text[start..];
    rest.split_once(to).map_or(rest, |(found, _)| found)
}

fn words(html: &str) -> String {
    let without_tags = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    without_tags.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// What stands at the top of a page before anything ends.
fn notices(page: &str) -> String {
    let all = page.split("<p class=\"notice\"").skip(1).map(|notice| notice.split("</p>").next().unwrap());
    let seen = all.filter(|notice| !notice.split('>').next().unwrap().contains(" hidden"));
    seen.map(|notice| words(&format!("<p{notice}"))).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_month_from_the_oldest_event_to_the_last_has_a_page() {
    let built = site().build().without_errors();
    for month in ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08"] {
        assert!(built.has(&format!("events/{month}/index.html")), "{month}");
    }
    assert!(!built.has("events/2026-03/index.html") && !built.has("events/2026-09/index.html"));
    // An empty month says what is next.
    let july = built.text("events/2026-07/index.html");
    assert!(july.contains("There are no events in July 2026. The next date is <a href=\"/events/2026-08/#day-2026-08-20\">Thursday 20 August 2026</a>."), "{july}");
    assert!(built.text("events/2026-08/index.html").contains("id=\"day-2026-08-20\""));
    // Past months are kept as they were and not found by search engines.
    let april = built.text("events/2026-04/index.html");
    assert!(april.contains("noindex") && !april.contains("data-ends") && !april.contains("Finished"));
    assert!(!july.contains("noindex"));
}

#[test]
fn a_month_has_every_date_of_a_series() {
    let built = site().build().without_errors();
    let june = "events/2026-06/index.html";
    let table = between(&built, june, "<table>", "</table>");
    assert_eq!(table.matches("/events/tea/").count(), 5);
    // Three days of a show are three cells; a night that ends at half past midnight is one.
    assert_eq!(table.matches("/events/show/").count(), 3);
    assert!(words(table).contains("Tea 3pm Different"), "{table}");
    assert_eq!(table.matches("/events/late/").count(), 1);
    assert!(table.starts_with("<table>\n<caption>June 2026 at a glance</caption>"), "{table}");
    let weekdays = between(&built, june, "<thead>", "</thead>");
    assert_eq!(words(weekdays), "Monday Tuesday Wednesday Thursday Friday Saturday Sunday");
    assert_eq!(weekdays.matches("<th scope=\"col\">").count(), 7);
    // Screen readers hear whole dates.
    assert!(table.contains("<span class=\"unseen\">Tuesday 9 June 2026</span>"));
    let list = words(between(&built, june, "id=\"days-title\"", "</section>"));
    for expected in [
        "Tuesday 2 June 2026 Tea 10am to midday Mill Hall",
        "Friday 5 June 2026 Show Friday 5 to Sunday 7 June 2026 The Barn",
        "Tuesday 9 June 2026 Tea Cancelled 10am to midday Mill Hall, Quay Closed Step-free",
        "Tuesday 16 June 2026 Tea 3pm to 5pm The Barn New time. At The Barn. Not there: Step-free",
        "Saturday 6 June 2026 Late 9pm to 12:30am the day after Online",
    ] {
        assert!(list.contains(expected), "{expected}\n{list}");
    }
    let august = built.text("events/2026-08/index.html");
    assert!(august.contains("Fully booked") && august.contains("rel=\"prev\"") && !august.contains("rel=\"next\""));
}

#[test]
fn a_day_with_many_dates_names_some_in_the_table_and_all_in_the_list() {
    let mut project = site();
    for number in 0..7 {
        let fields = format!("start: 2026-06-11 1{number}:00\nduration: 1 hour\nvenue: hall\n");
        project = project.file(&format!("content/events/many-{number}.md"), event(&format!("Many {number}"), &fields));
    }
    let built = project.build().without_errors();
    let table = between(&built, "events/2026-06/index.html", "<table>", "</table>");
    assert_eq!(table.matches("/events/many-").count(), 4);
    assert!(
        table.contains(
            "<a href=\"#day-2026-06-11\">and 3 more<span class=\"unseen\"> (Thursday 11 June 2026)</span></a>"
        ),
        "{table}"
    );
    assert_eq!(
        between(&built, "events/2026-06/index.html", "id=\"days-title\"", "</section>")
            .matches("/events/many-")
            .count(),
        7
    );
}

#[test]
fn the_page_of_the_week_names_its_days_and_changes_with_the_week() {
    let mut project = site();
    let week = "events/this-week/index.html";
    let built = project.build().without_errors();
    assert!(built.text(week).contains("<h1>Events from Monday 1 to Sunday 14 June 2026</h1>"));
    let text = words(between(&built, week, "<h1>", "</main>"));
    for expected in [
        "Monday 1 to Sunday 7 June 2026 Tuesday 2 June 2026 Tea",
        "Monday 8 to Sunday 14 June 2026 Tuesday 9 June 2026 Tea Cancelled",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    // On Wednesday the week is the same one, with all its days.
    project.set_now("2026-06-03T11:00:00Z");
    assert_eq!(project.build().text(week), built.text(week));
    project.set_now("2026-06-07T23:00:00Z");
    let next = project.build();
    assert!(next.text(week).contains("<h1>Events from Monday 8 to Sunday 21 June 2026</h1>"));
    project.set_now("2026-07-15T11:00:00Z");
    let empty = words(between(&project.build(), week, "<h1>", "</main>"));
    assert!(empty.contains("There are no events in this week. The next date is Thursday 20 August 2026 ."), "{empty}");
}

#[test]
fn a_place_has_what_is_there() {
    let built = site().build().without_errors();
    let hall = words(between(&built, "venues/hall/index.html", "<h1>", "</main>"));
    for expected in [
        "Mill Hall What happens at Mill Hall, how to get there, and how easy it is to get in. Where 1 Mill Lane, ZZ1 1ZZ See Mill Hall on a map How to get there By the river.",
        "Step-free Events here Tue 2 June Tea",
        "Find support here Help",
        "Past events here Thu 2 April Spring Finished",
    ] {
        assert!(hall.contains(expected), "{expected}\n{hall}");
    }
    assert!(!built.has("venues/shed/index.html"), "nothing is there");
    assert!(built.text("venues/index.html").contains("<a href=\"/venues/barn/\">The Barn</a>"));
    assert!(built.text("events/tea/index.html").contains("<a href=\"/venues/hall/\">Mill Hall</a>"));
    assert!(built.text("sitemap.xml").contains("<loc>https://mill.example.org/venues/hall/</loc>"));
}

#[test]
fn the_list_of_events_leads_to_the_other_lists() {
    let built = site().build().without_errors();
    let text = built.text("events/index.html");
    assert!(words(text).contains("4 events from 2 June 2026"), "{text}");
    for url in ["this-week/", "2026-06/", "2026-07/", "online/", "past/"] {
        assert!(text.contains(&format!("<li><a href=\"/events/{url}\">")), "{url}");
    }
    assert!(text.contains("\"/venues/\"") && text.contains("\"/subscribe/\"") && text.contains("\"/areas/north/\""));
    let online = built.text("events/online/index.html");
    assert!(online.contains("/events/late/") && !online.contains("/events/tea/"));
}

#[test]
fn an_area_has_what_the_areas_within_it_have() {
    let project = site().file("content/index.md", "---\ntitle: Home\n---\n::: events {area: north}\n:::\n");
    let built = project.build().without_errors();
    let north = built.text("areas/north/index.html");
    assert!(north.contains("/events/tea/") && north.contains("Tue 2 June") && !north.contains("/events/show/"));
    let home = between(&built, "index.html", "<div class=\"text\">", "<section");
    assert!(home.contains("/events/tea/") && !home.contains("/events/show/"), "{home}");
    let south = words(between(&built, "areas/south/index.html", "<h1>", "</main>"));
    assert!(south.contains("Events Fri 5 June Show Friday 5 to Sunday 7 June 2026"), "{south}");
}

#[test]
fn the_top_of_an_events_page_says_what_is_different_with_the_next_date() {
    let mut project = site();
    let mut check = |now: &str, notice: &str, card: &str| {
        project.set_now(now);
        let built = project.build().without_errors();
        let text = built.text("events/tea/index.html");
        assert_eq!(notices(text), notice, "{now}");
        let list = if now < "2026-07" { "events/index.html" } else { "events/past/index.html" };
        assert!(built.text(list).contains(card), "{now}: {card}\n{}", built.text(list));
    };
    check("2026-06-01T11:00:00Z", "", "10am to midday");
    check(
        "2026-06-02T11:00:00Z",
        "The date on Tuesday 9 June 2026 is cancelled. Closed. The next date is Tuesday 16 June 2026, 3pm to 5pm.",
        "Cancelled on Tuesday 9 June 2026",
    );
    check(
        "2026-06-10T11:00:00Z",
        "The date on Tuesday 16 June 2026 is at another time: 3pm to 5pm. It is at another place, too: The Barn.",
        "Different time: 3pm to 5pm. Different place: The Barn",
    );
    check("2026-07-01T11:00:00Z", "This event has finished.", "Finished");
}

#[test]
fn a_status_is_the_same_everywhere() {
    let mut project = site();
    for (status, notice, tag, after) in [
        ("cancelled", "This event is cancelled.", "Cancelled", "This event is cancelled."),
        (
            "postponed",
            "This event is postponed. We will give a new date here.",
            "Postponed",
            "This event is postponed. We will give a new date here.",
        ),
        ("moved-online", "This event now takes place online.", "Now online", "This event has finished."),
        ("full", "This event is fully booked.", "Fully booked", "This event has finished."),
    ] {
        project.write(
            "content/events/picnic.md",
            event(
                "Picnic",
                &format!("start: 2026-08-20 12:00\nend: 2026-08-20 14:00\nvenue: hall\nstatus: {status}\n"),
            ),
        );
        let tag = format!("<strong class=\"tag tag-{status}\">{tag}</strong>");
        for (now, notice) in [("2026-06-01T11:00:00Z", notice), ("2026-08-21T11:00:00Z", after)] {
            project.set_now(now);
            let built = project.build().without_errors();
            assert_eq!(notices(built.text("events/picnic/index.html")), notice, "{status}");
            assert!(built.text("events/2026-08/index.html").contains(&tag), "{status}");
        }
        project.set_now("2026-06-01T11:00:00Z");
        assert!(project.build().text("events/index.html").contains(&tag), "{status}");
    }
}

#[test]
fn a_date_at_another_place_says_where_to_go() {
    let project = site().now("2026-06-10T11:00:00Z");
    let text = words(between(&project.build(), "events/tea/index.html", "<dl class=\"summary\">", "</dl>"));
    assert!(text.contains("When Tuesday 16 June 2026, 3pm to 5pm"), "{text}");
    assert!(text.contains("Where The Barn On other dates: Mill Hall"), "{text}");
}

#[test]
fn what_has_moved_online_sends_nobody_to_the_hall() {
    let event = "---\ntitle: Talk\nsummary: A talk.\nstart: 2026-06-10 10:00\nend: 2026-06-10 12:00\nstatus: moved-online\n\
                 online: https://meet.example.org/talk\nvenue: {name: Old Hall, address: 1 Mill Street}\n---\nTalk.\n";
    let built = Project::new().file("content/events/talk.md", event).build().clean();
    for path in ["events/talk/index.html", "events/index.html", "events/talk/event.ics"] {
        assert!(!built.text(path).contains("Old Hall") && !built.text(path).contains("Mill Street"), "{path}");
    }
}

#[test]
fn an_event_whose_only_date_is_off_is_cancelled() {
    let event = "---\ntitle: Talk\nsummary: A talk.\nstart: 2026-06-10 10:00\nend: 2026-06-10 12:00\nvenue: {name: Hall}\n\
                 changes: [{on: 2026-06-10, cancelled: true}]\n---\nTalk.\n";
    let built = Project::new().file("content/events/talk.md", event).build().clean();
    let page = built.text("events/talk/index.html");
    assert!(page.contains("This event is cancelled.") && !page.contains("Google Calendar"), "{page}");
    assert!(built.text("events/index.html").contains("Cancelled"));
    assert!(built.text("events/calendar.ics").contains("STATUS:CANCELLED"));
}

#[test]
fn an_event_that_happens_once_and_moved_says_so_in_its_own_words() {
    let event = "---\ntitle: Talk\nsummary: A talk.\nstart: 2026-06-10 10:00\nend: 2026-06-10 12:00\nvenue: {name: Hall}\n\
                 changes: [{on: 2026-06-10, start: 2026-06-12 14:00, end: 2026-06-12 16:00}]\n---\nTalk.\n";
    let built = Project::new().file("content/events/talk.md", event).build().clean();
    let page = built.text("events/talk/index.html");
    assert!(page.contains("This event has moved to Friday 12 June 2026, 2pm to 4pm."), "{page}");
    assert!(built.text("events/index.html").contains("New day: Friday 12 June 2026"));
}

#[test]
fn what_is_not_open_asks_nobody_to_book_or_to_come() {
    let mut project = site();
    let fields = |status: &str| {
        format!(
            "start: 2026-08-20 12:00\nend: 2026-08-20 14:00\nvenue: hall\nstatus: {status}\ncost: free\n\
             booking: {{phone: 01632 960140}}\ncontact: {{phone: 01632 960141}}\n"
        )
    };
    let mut check = |status: &str, now: &str, offered: bool, booked: bool, asked: bool| {
        project.write("content/events/picnic.md", event("Picnic", &fields(status)));
        project.set_now(now);
        let built = project.build().without_errors();
        let list = if now < "2026-08-21" { "events/index.html" } else { "events/past/index.html" };
        assert_eq!(
            built.text(list).contains("<li class=\"tag\">Book</li>"),
            status == "scheduled" && booked,
            "{status}"
        );
        let page = built.text("events/picnic/index.html");
        let found = ["\"offers\"", "960140", "960141", "Tell someone"].map(|words| page.contains(words));
        assert_eq!(found, [offered, booked, asked, booked], "{status} {now}");
        assert_eq!(page.contains(">Was: Thursday 20 August 2026, midday to 2pm<"), status == "postponed");
    };
    let (before, after) = ("2026-06-01T11:00:00Z", "2026-08-21T11:00:00Z");
    check("scheduled", before, true, true, true);
    check("full", before, true, true, true);
    check("cancelled", before, false, false, true);
    check("postponed", before, false, false, true);
    check("scheduled", after, false, false, false);
}

#[test]
fn booking_opens_and_closes() {
    let mut project = site();
    project.write(
        "content/events/picnic.md",
        event(
            "Picnic",
            "start: 2026-08-20 12:00\nend: 2026-08-20 14:00\nvenue: hall\n\
             booking: {phone: 01632 960140, opens: 2026-07-01, closes: 2026-08-10}\n",
        ),
    );
    let mut check = |now: &str, expected: &str| {
        project.set_now(now);
        let built = project.build().without_errors();
        let booking = between(&built, "events/picnic/index.html", "<dt>Booking</dt>", "</dd>");
        let closed = "Booking closed at the end of Monday 10 August 2026 .";
        let seen = words(booking).replacen(closed, "", usize::from(booking.contains("data-from")));
        assert_eq!(seen.split_whitespace().collect::<Vec<_>>().join(" "), format!("Booking {expected}"), "{now}");
    };
    let book_by = "Book by Monday 10 August 2026 .";
    check("2026-06-01T11:00:00Z", &format!("Ring 01632 960140 Booking opens on Wednesday 1 July 2026 . {book_by}"));
    check("2026-07-01T11:00:00Z", &format!("Ring 01632 960140 {book_by}"));
    check("2026-08-11T11:00:00Z", "Booking closed at the end of Monday 10 August 2026 .");
}

#[test]
fn an_added_date_is_marked_and_the_list_says_that_series_stand_there_once() {
    let project = site().file(
        "content/events/cafe.md",
        event(
            "Cafe",
            "start: 2026-04-24 10:00\nend: 2026-04-24 11:00\nonline: https://example.org/cafe\nareas: [quay]\n\
             repeats: {every: month, on: [last friday], extra: [2026-06-03]}\n",
        ),
    );
    let built = project.build().without_errors();
    let list = words(built.text("events/index.html"));
    assert!(list.contains("Groups that meet often are shown once, at their next date."), "{list}");
    assert!(list.contains("Cafe 10am to 11am Online The last Friday of every month Extra date"), "{list}");
    assert!(words(built.text("events/2026-06/index.html")).contains("Cafe 10am to 11am Online Extra date Online"));
    let page = built.text("events/cafe/index.html");
    assert_eq!(notices(page), "The date on Wednesday 3 June 2026 is an extra one.");
    assert!(words(page).contains("Access We do not know yet") && words(page).contains("Also online"), "{page}");
}
