//! What a message says to write is right: written in that place, the message is gone.

use crate::project::{Built, PNG, Project, SITE};

const POST: &str = "content/blog/p.md";

/// A small site with a post that says `front` and `text`.
fn post(front: &str, text: &str) -> Project {
    site().file(POST, format!("---\ntitle: A\ndate: 2026-05-20\nsummary: S.\n{front}---\n{text}\n"))
}

/// Settings that let pictures lie about unseen.
fn settings(more: &str) -> String {
    format!("{SITE}severity: {{publish/picture-not-shown: off}}\n{more}")
}

/// A small site with a page, an event, a place and pictures.
fn site() -> Project {
    Project::empty()
        .file("content/site.yaml", settings(""))
        .file("content/venues.yaml", "hall: {name: Hall}\n")
        .file("content/about.md", "---\ntitle: About\nsummary: S.\n---\nText\n")
        .file(
            "content/events/2026-05-05-tea-and-talk.md",
            "---\ntitle: Tea\nsummary: S.\nstart: 2026-06-05 10:00\nduration: 1 hour\nvenue: hall\n---\nText\n",
        )
        .file("content/media/mug.png", PNG)
        .file("content/media/big mug.png", PNG)
}

/// The only message, as its code and its help.
fn only(built: &Built) -> (String, String) {
    let found: Vec<_> = built.report.iter().collect();
    let [problem] = found.as_slice() else { panic!("not one message: {}", built.terminal()) };
    (problem.code.id.to_owned(), problem.help.as_deref().unwrap_or_default().to_owned())
}

/// What stands between the first back quotes.
fn quoted(help: &str) -> &str {
    help.split('`').nth(1).unwrap_or_default()
}

#[test]
fn the_address_that_a_message_offers_works_where_it_is_written() {
    for link in [
        "![A mug](mugs.png)",
        "![A mug](content/media/mug.png)",
        "![A mug](../media/big%20mugs.png)",
        "[x](about.md)",
        "[x](tea-and-talk.md)",
        "[x](../event/tea-and-talk.md)",
        "[x](/events/tea-and-tolk/)",
        "[x](/about)x [y](/abot/)",
        "[x](www.example.org)",
        "[x](www.example.org/watch?v=a)",
        "[x](example.org/a)",
        "[x](jo@example.org)",
        "[x](htp://example.org)",
        "[x](http://localhost:8000/about/)",
    ] {
        let help = only(&post("", link).build()).1;
        let address = link.rsplit('(').next().unwrap().trim_end_matches(')');
        let mended = link.replace(address, quoted(&help));
        post("", &mended).build().clean();
    }
    for (menu, mended) in
        [("content/about.md", "about.md"), ("/abot/", "/about/"), ("www.example.org", "https://www.example.org")]
    {
        let build = |link: &str| {
            site().file("content/site.yaml", settings(&format!("menu: [{{label: A, link: '{link}'}}]\n"))).build()
        };
        assert_eq!(quoted(&only(&build(menu)).1), mended);
    }
}

#[test]
fn a_link_that_leads_nowhere_for_readers_is_told() {
    for link in ["file:///C:/a.docx", "mailto:jo@@example", "<mailto:jo at example.org>", "tel:ring-us"] {
        let found = only(&post("", &format!("[x]({link})")).build());
        assert_eq!(found.0, "links/not-an-address", "{link}");
    }
    assert_eq!(only(&post("", "[x]()").build()).0, "links/broken");
    for words in ["IMG_1234", "photo", "mug.png"] {
        let found = only(&post("", &format!("![{words}](../media/mug.png)")).build());
        assert_eq!(found.0, "links/alt-says-nothing", "{words}");
    }
    let settings = settings("contact: {website: 'http://localhost:8000/'}\n");
    assert_eq!(only(&site().file("content/site.yaml", settings).build()).0, "field/not-an-address");
}

#[test]
fn a_redirect_that_leads_nowhere_is_an_error_at_its_line() {
    for (redirects, code) in [
        ("/old/: /nope/", "links/redirect-broken"),
        ("/self/: /self/", "links/redirect-in-a-circle"),
        ("/a/: /b/\n  /b/: /a/", "links/redirect-in-a-circle"),
        ("/about/: /events/", "publish/one-address-twice"),
        ("/old/: abot.md", "links/broken"),
    ] {
        let built = site().file("content/site.yaml", settings(&format!("redirects:\n  {redirects}\n"))).build();
        assert_eq!(only(&built).0, code, "{redirects}");
        assert_eq!(built.line(built.with_code(code)[0]), 5, "{}", built.terminal());
    }
    let settings =
        settings("redirects: {/old/: /about/, /older/: /old/, /file/: about.md, /away/: 'https://example.org'}\n");
    site().file("content/site.yaml", settings).build().clean();
}

#[test]
fn an_address_that_is_taken_is_one_mistake_at_the_alias() {
    let event = |alias: &str| {
        let text = "---\ntitle: B\nsummary: S.\nstart: 2026-06-06\nvenue: hall\n";
        site().file("content/events/b.md", format!("{text}aliases: [{alias}]\n---\nText\n")).build()
    };
    for (alias, code) in [
        ("/events/b/", "links/alias-not-an-address"),
        ("/events/2026-05-05-tea-and-talk/", "publish/one-address-twice"),
    ] {
        let built = event(alias);
        assert_eq!(only(&built).0, code, "{alias}");
        assert_eq!(built.line(built.with_code(code)[0]), 6, "{}", built.terminal());
    }
}

#[test]
fn a_slip_of_the_pen_for_what_must_be_there_is_one_message() {
    let event = "title: A\nsummary: S.\nstart: 2026-06-06\nvenue: hall\n";
    let story = "title: A\nsummary: S.\ndate: 2026-05-06\n";
    let consent = "consent: {reference: A, given: 2026-01-01, covers: [website]}\n";
    for (path, front, code, near) in [
        (POST, "titel: A\nsummary: S.\ndate: 2026-05-20\n".to_owned(), "page/title-missing", "`title`"),
        (POST, "title: A\nsummary: S.\nDate: 2026-05-20\n".to_owned(), "field/unknown", "`date`"),
        (POST, "title: A\nsummary: S.\ndate: soon\n".to_owned(), "field/not-a-date", "2026-05-21"),
        (POST, "title: A\nsummary: S.\ndate: 2026-05-20\nauthor: {nam: Jo}\n".to_owned(), "field/missing", "`name`"),
        ("content/events/b.md", event.replace("start", "strat"), "event/start-missing", "`start`"),
        ("content/events/b.md", event.replace("hall", "{nam: Hall}"), "field/missing", "`name`"),
        (
            "content/events/b.md",
            format!("{event}repeats: {{every: week, until: 2026-12-01, count: 3}}\n"),
            "event/two-ends",
            "delete one",
        ),
        (
            "content/stories/b.md",
            format!("{story}{consent}person: {{name: Jo, identity: firstname}}\n"),
            "field/not-one-of",
            "`first-name`",
        ),
        (
            "content/stories/b.md",
            format!("{story}{}", consent.replace("website", "web")),
            "field/not-one-of",
            "`website`",
        ),
        ("content/stories/b.md", format!("{story}consent: yes\n"), "field/not-a-map", ""),
    ] {
        let built = site().file(path, format!("---\n{front}---\nText\n")).build();
        let found = only(&built);
        assert!(found.0 == code && found.1.contains(near), "{front}: {}", built.terminal());
    }
}

#[test]
fn a_place_that_cannot_be_read_is_one_mistake() {
    let event = |venue: &str| format!("---\ntitle: B\nsummary: S.\nstart: 2026-06-06\nvenue: {venue}\n---\nText\n");
    let build = |venues: &str, venue: &str| {
        site().file("content/venues.yaml", venues).file("content/events/b.md", event(venue)).build()
    };
    for venues in ["hall: {nmae: Hall}\n", "hall: {name: [}\n", "- {id: hall, nmae: Hall}\n", "hall: Hall\n"] {
        only(&build(venues, "hall"));
    }
    let built = build("hall: {name: Hall}\nroom: {nmae: Room}\n", "rooom");
    assert_eq!(built.codes(), ["event/unknown-venue", "field/missing"]);
    let settings = settings("areas:\n  - {idd: north}\n");
    let text = "---\ntitle: B\nsummary: S.\nareas: [north]\n---\nText\n";
    assert_eq!(only(&site().file("content/site.yaml", settings).file("content/b.md", text).build()).0, "field/missing");
}

#[test]
fn a_folder_nearly_called_like_a_section_is_one_warning() {
    let built = site()
        .file("content/event/b.md", "---\ntitle: B\nsummary: S.\nstart: 2026-06-06\nstatus: full\n---\nText\n")
        .file("content/about.md", "---\ntitle: A\nsummary: S.\n---\n[x](events/b.md) [y](/events/b/)\n")
        .build();
    assert_eq!(
        only(&built),
        ("page/folder-nearly-a-section".to_owned(), "call the folder `content/events/`".to_owned())
    );
    site().file("content/post/index.md", "---\ntitle: By post\nsummary: S.\n---\nText\n").build().clean();
}

/// The lines of front matter with those of the help in the place of the line that the message points at.
fn mended(front: &str, built: &Built) -> String {
    let problem = built.report.iter().next().unwrap();
    let line = built.line(problem) - 2;
    let (code, help) = only(built);
    let mut lines: Vec<&str> = front.lines().collect();
    assert!(line < lines.len(), "{code}: {}", built.terminal());
    lines[line] = quoted(&help);
    format!("{}\n", lines.join("\n"))
}

#[test]
fn the_line_that_a_message_offers_can_be_read() {
    let build = |front: &str| {
        site().file("content/events/b.md", format!("---\n{front}---\n::: countdown {{to: 20 May 2027}}\n:::\n")).build()
    };
    for line in [
        "title: 'It's on'",
        "title A",
        "title:A post",
        "title:\u{a0}A post",
        "title: “Tea: and talk”",
        "title: Tea: and \"talk\"",
        "title: \"She said \"hi\" to us\"",
        "title: \"Tea\" and \"talk\"",
        "title: 'A' post",
        "title: 'A post",
        "title: Meet #LinkWorkerDay",
        "title: @home",
        "title: T\ntags: [#A, #B]",
        "title: T\nbooking: https://example.org",
        "title: T\nbooking: www.example.org",
        "title: T\nbooking: jo@example.org",
        "title: T\nbooking: 01632 960123",
        "title: T\nrepeats: weekly",
        "title: T\ncontact: 01632 960123",
    ] {
        for front in [
            format!("{line}\nsummary: S.\nstart: 2026-06-06\nvenue: hall\n"),
            format!("summary: S.\nstart: 2026-06-06\nvenue: hall\n{line}\n"),
        ] {
            let again = mended(&front, &build(&front));
            let built = build(&again);
            assert_eq!(
                built.codes().iter().filter(|code| **code != "event/first-date-moved").count(),
                0,
                "{again}{}",
                built.terminal()
            );
        }
    }
    let front = "title: T\nsummary: S.\nstart: 2026-06-06 10:00\nend: 12:00\nvenue: hall\n";
    build(&mended(front, &build(front))).clean();
    for (front, word) in [
        ("title: T\nsummary: S.\nstart: 2026–06–06\nvenue: hall\n", "`2026-06-06`"),
        ("ti\u{200b}tle: T\nsummary: S.\nstart: 2026-06-06\nvenue: hall\n", "`title`"),
        (
            "title: T\nsummary: S.\nstart: 2026-06-06\nvenue: hall\nbooking: required\n",
            "`booking: {phone: 01632 960123}`",
        ),
    ] {
        let found = only(&build(front));
        assert!(found.1.contains(word), "{found:?}");
    }
}

#[test]
fn opening_hours_that_cannot_be_read_are_an_error_with_their_form() {
    for opening in ["Monday to Friday 9-5", "{monday: 9-5}", "{day: monday, open: 9am, close: 5pm}"] {
        let text = format!("---\ntitle: A\nsummary: S.\nopening: {opening}\n---\nText\n");
        let found = only(&site().file("content/resources/a.md", text).build());
        assert!(found.0 == "field/not-a-map" && found.1.contains("opens: 9am"), "{found:?}");
    }
}

#[test]
fn fields_of_a_component_without_braces_get_them() {
    let found = only(&post("", "::: callout title: Look\nText\n:::").build());
    assert_eq!(quoted(&found.1), "::: callout {title: Look}");
}

#[test]
fn an_id_in_a_component_that_there_is_not_is_told() {
    let areas = "areas: [{id: north, name: North}]\ncategories: [{id: money, name: Money}]\n";
    let build = |fields: &str| {
        post("", &format!("::: events {{{fields}}}\n:::")).file("content/site.yaml", settings(areas)).build()
    };
    for (fields, code, near) in [
        ("area: nroth", "page/unknown-area", "`north`"),
        ("category: mony", "page/unknown-category", "`money`"),
        ("venue: hal", "event/unknown-venue", "`hall`"),
        ("campaign: x", "page/unknown-campaign", "content/campaigns/"),
    ] {
        let found = only(&build(fields));
        assert!(found.0 == code && found.1.contains(near), "{fields}: {found:?}");
    }
    build("area: North, category: money, venue: hall, tag: tea").clean();
}

#[test]
fn words_to_avoid_are_told_where_they_stand() {
    let settings = settings("words: {avoid: [{term: service user, prefer: person}]}\n");
    let built = post("", "A service user.\n\n`service user`, [Service user](/about/).")
        .file("content/site.yaml", settings)
        .build();
    assert_eq!(built.codes(), ["page/word-to-avoid"; 2]);
    assert_eq!(built.report.iter().map(|problem| built.line(problem)).collect::<Vec<_>>(), [6, 8]);
}

#[test]
fn a_review_that_is_due_is_told_at_its_line() {
    let built = post("review_by: 2026-05-21\n", "Text").build();
    assert_eq!(only(&built).0, "page/review-due");
    assert_eq!(built.line(built.with_code("page/review-due")[0]), 5);
}

#[test]
fn a_mistake_in_a_template_is_told_once_at_its_line_with_the_nearest_name() {
    for (line, near) in [
        ("{% block main %}{{ page.title | uper }}{% endblock %}", "`upper`"),
        ("{% block main %}{{ asst(path=\"a\") }}{% endblock %}", "`asset`"),
        ("{% block mian %}{% endblock %}", "`main`"),
        ("{% block main %}{% include \"partials/hed.html\" %}{% endblock %}", "`partials/head.html`"),
        ("{% block main %}{{ article.titel }}{% endblock %}", "there are areas, author"),
        ("{% block main %}{% if page.title %}{% endblock %}", "`{% endif %}`"),
    ] {
        let text = format!("{{% extends \"base.html\" %}}\n{line}\n");
        let built = site().file("themes/waymark/templates/page.html", text).check();
        let found: Vec<_> = built.report.iter().collect();
        let [problem] = found.as_slice() else { panic!("{line}: {}", built.terminal()) };
        let is_near = problem.help.as_deref().is_some_and(|help| help.contains(near));
        assert!(built.line(problem) == 2 && is_near, "{line}: {}", built.terminal());
    }
    let built = site().file("themes/waymark/templates/page.html", "{% extends \"bse.html\" %}\n").check();
    assert_eq!(quoted(&only(&built).1), "base.html");
    let built = site().file("content/site.yaml", settings("theme: wayamrk\n")).build();
    assert_eq!(
        (built.line(built.with_code("theme/no-such-theme")[0]), only(&built).1),
        (4, "did you mean `waymark`?".to_owned())
    );
    let built = site().file("themes/waymark/templates/evnt.html", "Text").build();
    assert_eq!(quoted(&only(&built).1), "event.html");
}
