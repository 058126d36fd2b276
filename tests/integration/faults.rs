//! Every problem that the program knows can happen, says what is wrong in the reader's words, and helps.

use fingerpost::codes;
use fingerpost::diagnostic::Diagnostic;
use fingerpost::model::components::COMPONENTS;

use crate::project::{Built, Project, write};

type Files = &'static [(&'static str, &'static str)];

const EVENT: &str = "content/events/a.md";
const PAGE: &str = "content/a.md";
const STORY: &str = "content/stories/a.md";
const SITE: &str = "content/site.yaml";
const CALENDAR: &str = "content/calendars/a.ics";

/// Settings that name a partner's calendar.
const PARTNER: &str = "name: A\nurl: https://a.example.org\ncalendars: [{file: a.ics, name: B}]\n";
/// A partner's event, and the same of our own.
const YOGA: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260602T100000Z\nDTEND:20260602T110000Z\nSUMMARY:Yoga\n\
                    END:VEVENT\nEND:VCALENDAR\n";
const OWN_YOGA: &str =
    "---\ntitle: Yoga\nsummary: Y.\nstart: 2026-06-02 11:00\nduration: 1 hour\nvenue: {name: H}\n---\n";

/// The smallest files that make each problem.
const FIXTURES: &[(&str, Files)] = &[
    ("calendar/duplicate", &[(SITE, PARTNER), (CALENDAR, YOGA), (EVENT, OWN_YOGA)]),
    ("calendar/no-file", &[(SITE, PARTNER)]),
    ("calendar/not-named", &[(CALENDAR, "BEGIN:VCALENDAR\nEND:VCALENDAR\n")]),
    ("calendar/not-readable", &[(SITE, PARTNER), (CALENDAR, "<!doctype html><title>Log in</title>")]),
    ("calendar/history-not-readable", &[("content/calendar-history.txt", "# What\n<<<<<<< ours\na@b 1\n")]),
    (
        "calendar/note",
        &[(SITE, PARTNER), (CALENDAR, "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:A\nEND:VTODO\nEND:VCALENDAR\n")],
    ),
    (
        "calendar/odd",
        &[
            (SITE, PARTNER),
            (
                CALENDAR,
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260602T100000Z\nDTEND:20260602T090000Z\nSUMMARY:A\n\
                 END:VEVENT\nEND:VCALENDAR\n",
            ),
        ],
    ),
    ("component/body-missing", &[(PAGE, "---\ntitle: A\n---\n::: callout\n:::\n")]),
    ("component/body-unwanted", &[(PAGE, "---\ntitle: A\n---\n::: events\nText\n:::\n")]),
    ("component/field-missing", &[(PAGE, "---\ntitle: A\n---\n::: button\nGo\n:::\n")]),
    ("component/field-wrong", &[(PAGE, "---\ntitle: A\n---\n::: events {limit: some}\n:::\n")]),
    ("component/fields-not-readable", &[(PAGE, "---\ntitle: A\n---\n::: events {limit: 3\n:::\n")]),
    ("component/not-alone", &[(PAGE, "---\ntitle: A\n---\n> ::: callout\n> Text\n> :::\n")]),
    ("component/not-closed", &[(PAGE, "---\ntitle: A\n---\n::: callout\nText\n")]),
    ("component/not-opened", &[(PAGE, "---\ntitle: A\n---\nText\n\n:::\n")]),
    ("component/unknown", &[(PAGE, "---\ntitle: A\n---\n::: calout\nText\n:::\n")]),
    ("component/unknown-field", &[(PAGE, "---\ntitle: A\n---\n::: callout {titel: A}\nText\n:::\n")]),
    (
        "component/too-deep",
        &[(
            PAGE,
            "---\ntitle: A\n---\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\n::: callout\nText\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n:::\n",
        )],
    ),
    ("event/clock-change", &[(EVENT, "---\ntitle: A\nstart: 2027-03-28 01:30\nend: 2027-03-28 03:00\n---\n")]),
    (
        "event/date-not-in-series",
        &[(
            EVENT,
            "---\ntitle: A\nstart: 2026-06-02 10:00\nend: 2026-06-02 11:00\n\
             repeats: {every: week, except: [2026-06-10]}\n---\n",
        )],
    ),
    ("event/day-and-time-mixed", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02 10:00\nend: 2026-06-03\n---\n")]),
    ("event/end-missing", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02 10:00\n---\n")]),
    ("event/ends-before-it-starts", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02 10:00\nend: 2026-06-02 9:00\n---\n")]),
    (
        "event/first-date-moved",
        &[(
            EVENT,
            "---\ntitle: A\nstart: 2026-06-02 10:00\nend: 2026-06-02 11:00\nrepeats: {every: week, on: [friday]}\n---\n",
        )],
    ),
    (
        "event/no-dates",
        &[(
            EVENT,
            "---\ntitle: A\nsummary: A.\nstart: 2026-06-02\nvenue: {name: H}\n\
             repeats: {every: week, count: 2, except: [2026-06-02, 2026-06-09]}\n---\n",
        )],
    ),
    ("event/no-place", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\n---\n")]),
    ("event/offset-not-of-zone", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02T10:00+05:00\nduration: 1 hour\n---\n")]),
    (
        "event/status-elsewhere",
        &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\nvenue: {name: H}\ncancelled: true\n---\n")],
    ),
    ("event/repeats-not-readable", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\nrepeats: {every: blue moon}\n---\n")]),
    ("event/start-missing", &[(EVENT, "---\ntitle: A\n---\n")]),
    (
        "event/two-ends",
        &[(EVENT, "---\ntitle: A\nstart: 2026-06-02 10:00\nend: 2026-06-02 11:00\nduration: 1 hour\n---\n")],
    ),
    (
        "event/uid-not-usable",
        &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\nvenue: {name: H}\nsummary: A.\nuid: a b\n---\n")],
    ),
    (
        "event/uid-twice",
        &[
            (EVENT, "---\ntitle: A\nstart: 2026-06-02\nvenue: {name: H}\nsummary: A.\nuid: x\n---\n"),
            ("content/events/b.md", "---\ntitle: B\nstart: 2026-06-02\nvenue: {name: H}\nsummary: A.\nuid: x\n---\n"),
        ],
    ),
    ("event/unknown-access-fact", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\naccess: [step-fre]\n---\n")]),
    (
        "event/unknown-closures",
        &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\nrepeats: {every: week, skip: [bank-holidays]}\n---\n")],
    ),
    ("event/unknown-venue", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\nvenue: hall\n---\n")]),
    ("field/missing", &[(STORY, "---\ntitle: A\nconsent: {given: 2026-01-02, covers: [website]}\n---\n")]),
    ("field/not-a-date", &[(PAGE, "---\ntitle: A\ndate: 5/6/2026\n---\n")]),
    ("field/not-a-length-of-time", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02 10:00\nduration: long\n---\n")]),
    ("field/not-a-map", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\nrepeats: weekly\n---\n")]),
    ("field/not-a-number", &[(STORY, "---\ntitle: A\nperson: {name: A, identity: named, age: young}\n---\n")]),
    (
        "field/not-a-time",
        &[("content/resources/a.md", "---\ntitle: A\nopening: [{days: monday, opens: early}]\n---\n")],
    ),
    (
        "field/amount-without-currency",
        &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\ncost: 3\nonline: https://a.example.org\n---\n")],
    ),
    (
        "field/check-opening-hours",
        &[("content/resources/a.md", "---\ntitle: A\nopening: [{days: monday, opens: 9am, closes: 5am}]\n---\n")],
    ),
    ("field/phone-number-too-short", &[(SITE, "name: A\nurl: https://a.example.org\ncontact: {phone: 01632 96}\n")]),
    ("field/not-a-phone-number", &[(SITE, "name: A\nurl: https://a.example.org\ncontact: {phone: ring twelve}\n")]),
    (
        "field/not-a-postcode",
        &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\nvenue: {name: Hall, postcode: NOTAPOSTCODE}\n---\n")],
    ),
    ("field/not-an-address", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\nonline: example.org\n---\n")]),
    ("field/not-one-of", &[(EVENT, "---\ntitle: A\nstart: 2026-06-02\nstatus: canceled\n---\n")]),
    ("field/not-text", &[(PAGE, "---\ntitle: [A]\n---\n")]),
    ("field/not-yes-or-no", &[(PAGE, "---\ntitle: A\ndraft: maybe\n---\n")]),
    ("field/unknown", &[(PAGE, "---\ntitle: A\nsumary: B\n---\n")]),
    ("links/alias-not-an-address", &[(PAGE, "---\ntitle: A\naliases: ['/a b/']\n---\n")]),
    (
        "page/folder-nearly-a-section",
        &[
            ("content/event/a.md", "---\ntitle: A\nstart: 2026-06-02\n---\nText\n"),
            (PAGE, "---\ntitle: A\n---\n[x](events/a.md)\n"),
        ],
    ),
    ("field/curly-quotes", &[(PAGE, "---\ntitle: A\ntags: [“tea”, cake]\n---\nText\n")]),
    ("yaml/lost-behind-hash", &[(PAGE, "---\ntitle: Meet #LinkWorkerDay\n---\nText\n")]),
    ("markdown/remark-not-closed", &[(PAGE, "---\ntitle: A\n---\nText\n\n<!-- todo\n\nMore\n")]),
    ("markdown/two-versions", &[(PAGE, "---\ntitle: A\n---\nText\n\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> b\n")]),
    ("markdown/not-understood", &[(PAGE, "---\ntitle: A\n---\n[x] (../about.md)\n")]),
    (
        "page/word-to-avoid",
        &[
            (SITE, "name: A\nurl: https://a.example.org\nwords: {avoid: [{term: service user, prefer: person}]}\n"),
            (PAGE, "---\ntitle: A\n---\nA service user came.\n"),
        ],
    ),
    ("theme/template-not-used", &[("themes/waymark/templates/evnt.html", "Text")]),
    ("theme/no-such-theme", &[(SITE, "name: A\nurl: https://a.example.org\ntheme: wayamrk\n")]),
    ("links/not-an-address", &[(PAGE, "---\ntitle: A\n---\n[x](http://localhost:8000/)\n")]),
    ("links/alt-says-nothing", &[(PAGE, "---\ntitle: A\nsummary: S.\n---\n![photo](a.png)\n")]),
    ("links/redirect-broken", &[(SITE, "name: A\nurl: https://a.example.org\nredirects: {/a/: /b/}\n")]),
    ("links/redirect-in-a-circle", &[(SITE, "name: A\nurl: https://a.example.org\nredirects: {/a/: /a/}\n")]),
    ("links/anchor-broken", &[(PAGE, "---\ntitle: A\n---\n## One\n\n[x](#too)\n")]),
    ("links/broken", &[(PAGE, "---\ntitle: A\n---\n[x](b.md)\n")]),
    ("links/outside", &[(PAGE, "---\ntitle: A\n---\n[x](../../b.md)\n")]),
    (
        "links/picture-cleaned",
        &[
            (PAGE, "---\ntitle: A\n---\n![x](a.svg)\n"),
            ("content/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><g/></svg>"),
        ],
    ),
    ("links/picture-elsewhere", &[(PAGE, "---\ntitle: A\n---\n![x](https://example.org/a.png)\n")]),
    ("links/picture-missing", &[(PAGE, "---\ntitle: A\n---\n![x](a.png)\n")]),
    ("links/picture-without-alt", &[(PAGE, "---\ntitle: A\nimage: a.png\n---\n")]),
    (
        "links/to-page-not-published",
        &[(PAGE, "---\ntitle: A\n---\n[x](b.md)\n"), ("content/b.md", "---\ntitle: B\ndraft: true\n---\n")],
    ),
    ("markdown/element-left-out", &[(PAGE, "---\ntitle: A\n---\n<script>alert(1)</script>\n")]),
    ("markdown/first-level-heading", &[(PAGE, "---\ntitle: A\n---\nText\n\n# B\n")]),
    ("markdown/foreign-shortcode", &[(PAGE, "---\ntitle: A\n---\n{{< youtube abc >}}\n")]),
    ("markdown/link-not-safe", &[(PAGE, "---\ntitle: A\n---\n[x](javascript:alert)\n")]),
    ("markdown/link-without-words", &[(PAGE, "---\ntitle: A\n---\n[](/)\n")]),
    ("markdown/note-not-used", &[(PAGE, "---\ntitle: A\n---\nText\n\n[^1]: Note\n")]),
    ("markdown/picture-without-words", &[(PAGE, "---\ntitle: A\n---\n![](a.png)\n")]),
    ("page/date-missing", &[("content/blog/a.md", "---\ntitle: A\n---\n")]),
    ("page/empty", &[("content/events/a.md", "\n")]),
    ("page/fields-in-text", &[("content/blog/a.md", "—\ntitle: A\nowner: B\n---\nText\n")]),
    ("page/front-matter-not-yaml", &[(PAGE, "+++\ntitle = 'A'\n+++\n")]),
    ("page/no-address", &[("content/blog/---.md", "---\ntitle: A\n---\n")]),
    ("page/no-front-matter", &[(PAGE, "Text\n")]),
    ("page/unlikely", &[(EVENT, "---\ntitle: A\nstart: 2206-12-01\n---\n")]),
    ("page/review-due", &[(PAGE, "---\ntitle: A\nreview_by: 2026-05-01\n---\n")]),
    ("page/summary-missing", &[(PAGE, "---\ntitle: A\n---\n")]),
    ("page/title-missing", &[(PAGE, "---\nsummary: A\n---\n")]),
    ("page/unknown-area", &[(PAGE, "---\ntitle: A\nareas: [a]\n---\n")]),
    ("page/unknown-campaign", &[(PAGE, "---\ntitle: A\ncampaign: a\n---\n")]),
    ("page/unknown-category", &[(PAGE, "---\ntitle: A\ncategories: [a]\n---\n")]),
    ("page/unknown-language", &[("content/a.cy.md", "---\ntitle: A\n---\n")]),
    ("page/unknown-need", &[(PAGE, "---\ntitle: A\nneeds: [a]\n---\n")]),
    ("publish/address-not-usable", &[("content/media/a\\b.pdf", "x")]),
    ("publish/file-and-folder", &[("content/media/a", "x"), (PAGE, "---\ntitle: A\naliases: [/media/a/b/]\n---\n")]),
    ("publish/file-not-publishable", &[("content/media/a.png", "not a picture")]),
    ("publish/file-left-out", &[("content/blog/plan.pdf", "%PDF-1.7")]),
    ("publish/file-not-linked", &[("content/media/plan.pdf", "%PDF-1.7")]),
    ("publish/file-not-read", &[("content/blog/tea.md.txt", "---\ntitle: A\n---\n")]),
    ("publish/picture-not-shown", &[("content/media/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]),
    ("publish/one-address-twice", &[(PAGE, "---\ntitle: A\n---\n"), ("content/b.md", "---\ntitle: A\nslug: a\n---\n")]),
    ("site/colour-contrast", &[(SITE, "name: A\nurl: https://a.example.org\ncolour: '#00a3ad'\n")]),
    ("site/colour-not-readable", &[(SITE, "name: A\nurl: https://a.example.org\ncolour: blue\n")]),
    ("site/empty-calendar", &[(SITE, "name: A\nurl: https://a.example.org\ncalendars: [{id: a}]\n")]),
    ("site/errors-stay", &[(SITE, "name: A\nurl: https://a.example.org\nseverity: {page/title-missing: off}\n")]),
    ("site/id-twice", &[(SITE, "name: A\nurl: https://a.example.org\nneeds: [{id: a}, {id: a}]\n")]),
    ("site/name-alone", &[(SITE, "name: A\nurl: https://a.example.org\nsynonyms: [[pantry]]\n")]),
    ("site/no-crisis-numbers", &[(SITE, "name: A\nurl: https://a.example.org\nhelp_now: []\n")]),
    ("site/not-a-calendar-file", &[(SITE, "name: A\nurl: https://a.example.org\ncalendars: [{file: a, name: A}]\n")]),
    (
        "site/retired-feed-in-use",
        &[
            (SITE, "name: A\nurl: https://a.example.org\nretired_feeds: [/blog/rss.xml]\n"),
            ("content/blog/a.md", "---\ntitle: A\ndate: 2026-05-01\n---\nText\n"),
        ],
    ),
    ("site/unknown-code", &[(SITE, "name: A\nurl: https://a.example.org\nseverity: {page/no-date: note}\n")]),
    ("site/unknown-id", &[(SITE, "name: A\nurl: https://a.example.org\ncalendars: [{id: a, areas: [b]}]\n")]),
    ("site/unknown-language", &[(SITE, "name: A\nurl: https://a.example.org\nlanguage: english\n")]),
    ("site/time-zone-without-summer", &[(SITE, "name: A\nurl: https://a.example.org\ntimezone: GMT\n")]),
    ("site/unknown-time-zone", &[(SITE, "name: A\nurl: https://a.example.org\ntimezone: Europe/Lundon\n")]),
    (
        "story/held-back-expired",
        &[(
            STORY,
            "---\ntitle: A\nconsent: {reference: A, given: 2020-01-01, expires: 2021-01-01, covers: [website]}\n---\n",
        )],
    ),
    (
        "story/held-back-guardian",
        &[(
            STORY,
            "---\ntitle: A\nperson: {age: 12}\nconsent: {reference: A, given: 2020-01-01, covers: [website]}\n---\n",
        )],
    ),
    (
        "story/field-misplaced",
        &[(
            STORY,
            "---\ntitle: A\nconsent: {reference: A, given: 2026-01-02, covers: [website]}\nwithdrawn: true\n---\n",
        )],
    ),
    ("story/held-back-no-consent", &[(STORY, "---\ntitle: A\n---\n")]),
    (
        "story/held-back-not-website",
        &[(STORY, "---\ntitle: A\nconsent: {reference: A, given: 2020-01-01, covers: [print]}\n---\n")],
    ),
    (
        "story/held-back-not-yet",
        &[(STORY, "---\ntitle: A\nconsent: {reference: A, given: 2030-01-01, covers: [website]}\n---\n")],
    ),
    (
        "story/held-back-withdrawn",
        &[(
            STORY,
            "---\ntitle: A\nconsent: {reference: A, given: 2020-01-01, covers: [website], withdrawn: 2026-01-01}\n---\n",
        )],
    ),
    ("story/name-of-anonymous", &[(STORY, "---\ntitle: A\nperson: {name: Jo}\n---\n")]),
    ("story/not-in-stories", &[("content/blog/a.md", "---\ntitle: A\nperson: {name: A, identity: named}\n---\n")]),
    (
        "story/unknown-field",
        &[(STORY, "---\ntitle: A\nconsent: {reference: A, given: 2026-01-02, covers: [website], end: 2026}\n---\n")],
    ),
    (
        "theme/no-such-word",
        &[(PAGE, "---\ntitle: A\n---\n"), ("themes/waymark/templates/page.html", "{{ words.page.skp }}")],
    ),
    (
        "theme/template-failed",
        &[(PAGE, "---\ntitle: A\n---\n"), ("themes/waymark/templates/page.html", "{{ nothing.here }}")],
    ),
    ("theme/template-not-readable", &[("themes/waymark/templates/page.html", "{% if %}")]),
    (
        "theme/unknown-asset",
        &[(PAGE, "---\ntitle: A\n---\n"), ("themes/waymark/templates/page.html", "{{ asset(path=\"css/sit.css\") }}")],
    ),
    ("theme/unknown-word", &[("themes/waymark/words/en.yaml", "page:\n  skp: Skip\n")]),
    ("theme/word-not-usable", &[("themes/waymark/words/en.yaml", "page:\n  skip: Skip {count}\n")]),
    ("theme/words-not-read", &[("themes/waymark/words/de.yaml", "page:\n  skip: Zum Inhalt\n")]),
    ("yaml/duplicate-key", &[(PAGE, "---\ntitle: A\ntitle: B\n---\n")]),
    ("yaml/fence-not-closed", &[(PAGE, "---\ntitle: A\n")]),
    ("yaml/not-readable", &[(PAGE, "---\ntitle: A: B\n---\n")]),
];

/// Problems that need more than files of the site, each with the test that makes it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("page/not-a-text-file", "`problems_of_files_that_are_no_text`"),
    ("page/not-utf-8", "`problems_of_files_that_are_no_text`"),
    ("site/no-site-file", "`problems_of_files_that_are_no_text`"),
    ("publish/folder-not-ours", "`ownership`: needs an output folder of somebody else's"),
    ("publish/place-taken", "`ownership`: needs a foreign file in our output folder"),
    ("publish/feed-gone", "`calendars`: needs two builds"),
    ("publish/calendar-too-long", "`calendars`: needs a text of a megabyte"),
    ("publish/record-damaged", "`problems_of_the_output_folder`"),
    ("publish/another-build", "unit tests of `publish`: needs two builds at once"),
    ("publish/file-not-readable", "unit tests of `publish`: needs a file that goes away during the build"),
];

/// Fails for a message that a person who writes content would not understand.
pub fn assert_plain(diagnostic: &Diagnostic) {
    let help = diagnostic.help.as_deref().unwrap_or_default();
    assert!(!help.is_empty(), "{} has no help: {}", diagnostic.code.id, diagnostic.message);
    for text in [&diagnostic.sentence(), help] {
        for word in
            ["Some(", "Ok(", "Err(", "None", "\\\"", "\\n", "invalid", "Invalid", "panicked", "::Located", "&str"]
        {
            assert!(!text.contains(word), "{}: {word} in {text}", diagnostic.code.id);
        }
        assert!(!text.trim().is_empty() && text.trim() == text, "{}: {text:?}", diagnostic.code.id);
    }
    assert!(!diagnostic.message.ends_with('.'), "{}: {}", diagnostic.code.id, diagnostic.message);
}

fn project(files: &[(&str, &str)]) -> Project {
    files.iter().fold(Project::new(), |project, (path, text)| project.file(path, text))
}

fn build(files: &[(&str, &str)]) -> Built {
    project(files).build()
}

/// What comes with a fixture's own problem, because its page is empty or its story has no consent.
const BESIDE: &[&str] = &[
    "publish/file-not-linked",
    "page/summary-missing",
    "page/date-missing",
    "event/no-place",
    "story/held-back-no-consent",
];

#[test]
fn every_code_has_a_fixture_that_makes_it_once_and_no_other() {
    let mut problems = Vec::new();
    let known = codes::all();
    for code in &known {
        let is_elsewhere = ELSEWHERE.iter().any(|(id, _)| *id == code.id);
        match FIXTURES.iter().filter(|(id, _)| *id == code.id).count() {
            0 if is_elsewhere => {}
            1 if !is_elsewhere => {}
            count => problems.push(format!("{} has {count} fixtures", code.id)),
        }
    }
    for (id, files) in FIXTURES {
        let built = build(files);
        built.report.iter().for_each(assert_plain);
        let others = built.codes().into_iter().filter(|code| code != id && !BESIDE.contains(code)).count();
        // A picture without good words that does not exist either has two faults.
        let may_have_more =
            matches!(*id, "markdown/picture-without-words" | "links/picture-without-alt" | "links/alt-says-nothing");
        if built.with_code(id).len() != 1 || (others > 0 && !may_have_more) {
            problems.push(format!("{id}: {:?}", built.codes()));
        }
    }
    let ids = FIXTURES.iter().map(|(id, _)| id).chain(ELSEWHERE.iter().map(|(id, _)| id));
    problems.extend(ids.filter(|id| !known.iter().any(|code| code.id == **id)).map(|id| format!("{id} is no code")));
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn problems_of_files_that_are_no_text() {
    let built = Project::new().file(PAGE, b"---\ntitle: Caf\xe9\n---\nText\n").build();
    assert!(built.codes().contains(&"page/not-utf-8"), "{}", built.terminal());
    let wide: Vec<u8> = "---\ntitle: A\ndraft: true\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [&b"PK\x03\x04\x14\0\x06\0word"[..], b"%PDF-1.7\n%\xE2\xE3", &wide] {
        let built = Project::new().file("content/blog/a.md", bytes).build();
        assert_eq!(built.codes(), ["page/not-a-text-file"], "{}", built.terminal());
        built.report.iter().for_each(assert_plain);
    }
    let built = Project::empty().file(PAGE, "---\ntitle: A\n---\nText\n").build();
    assert_eq!(built.codes(), ["site/no-site-file"]);
    built.report.iter().for_each(assert_plain);
}

#[test]
fn problems_of_the_output_folder() {
    let project = Project::new();
    project.build().without_errors();
    let manifest = std::fs::read_to_string(project.output().join(".fingerpost")).unwrap();
    write(project.output(), ".fingerpost", &manifest.as_bytes()[..manifest.len() / 2]);
    let built = project.build();
    assert_eq!(built.codes(), ["publish/record-damaged"]);
    built.report.iter().for_each(assert_plain);
    assert_eq!(project.build().codes(), [""; 0]);
}

#[test]
fn five_wrong_fields_give_five_messages() {
    let built = build(&[(
        PAGE,
        "---\ntitle: [A]\ndate: 5/6/2026\ndraft: maybe\nimage: {src: a.png}\ntags: {a: b}\n---\nText\n",
    )]);
    let codes: Vec<&str> = built.codes().into_iter().filter(|code| *code != "links/picture-missing").collect();
    assert_eq!(codes.len(), 5, "{}", built.terminal());
}

#[test]
fn a_component_without_a_field_that_it_needs_is_one_mistake() {
    let mut tried = 0;
    for kind in COMPONENTS {
        for field in kind.fields.iter().filter(|field| field.is_required) {
            let (before, rest) = kind.example.split_once('{').unwrap();
            let (fields, after) = rest.split_once('}').unwrap();
            let others: Vec<&str> =
                fields.split(", ").filter(|pair| !pair.starts_with(&format!("{}:", field.name))).collect();
            assert_eq!(others.len() + 1, fields.split(", ").count(), "{}", kind.example);
            let written = format!("{before}{{{}}}{after}", others.join(", "));
            let mut project = Project::new()
                .file(PAGE, format!("---\ntitle: A\nsummary: A.\n---\n{written}\n"))
                .file("content/contact.md", "---\ntitle: C\nsummary: C.\n---\nText\n")
                .file("content/events/index.md", "---\ntitle: E\nsummary: E.\n---\nText\n");
            for file in ["tea.svg", "poster.pdf", "talk.mp3"] {
                project = project.file(&format!("content/{file}"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
            }
            assert_eq!(project.build().codes(), ["component/field-missing"], "{written}");
            assert_eq!(project.check().codes(), ["component/field-missing"], "{written}");
            tried += 1;
        }
    }
    assert!(tried > 15, "{tried}");
}

#[test]
fn a_start_that_cannot_be_read_hides_nothing_else() {
    let event = "---\ntitle: A\nsummary: A.\nstart: 2026-02-30 10:00\nend: 2026-03-01\nvenue: hall\n\
                 repeats: {every: week, on: [tusday], skip: [hols]}\nchanges: [{on: 2026-06-09, venue: barn}]\n---\nText\n";
    let built = build(&[(EVENT, event)]);
    let codes: std::collections::BTreeSet<_> = built.codes().into_iter().collect();
    let expected = [
        "event/day-and-time-mixed",
        "event/repeats-not-readable",
        "event/unknown-closures",
        "event/unknown-venue",
        "field/not-a-date",
    ];
    assert_eq!(codes, expected.into(), "{}", built.terminal());
    assert_eq!(built.codes().len(), 6, "two places are not known: {}", built.terminal());
    // What hangs on the start alone is not said.
    let event = "---\ntitle: A\nsummary: A.\nvenue: {name: H}\nrepeats: {every: week, on: [tuesday], except: [2026-06-10]}\n---\nText\n";
    assert_eq!(build(&[(EVENT, event)]).codes(), ["event/start-missing"]);
}

#[test]
fn one_bad_file_hides_no_other() {
    let built = build(&[
        (SITE, "name: A\nurl: https://a.example.org\ncolour: blue\n"),
        ("content/venues.yaml", "hall: [A\n"),
        (PAGE, "---\ntitle: A: B\n---\n"),
        ("content/blog/a.md", "---\ntitle: A\ndate: soon\n---\nText\n"),
        (EVENT, "---\ntitle: A\n---\nText\n"),
        (STORY, "+++\n+++\n"),
        ("content/b.md", "---\ntitle: B\n---\n::: calout\nText\n:::\n"),
        ("themes/waymark/templates/page.html", "{% if %}"),
    ]);
    let files: std::collections::BTreeSet<&str> =
        built.report.iter().filter_map(|problem| problem.place.as_ref()).map(|place| place.path.as_str()).collect();
    assert_eq!(files.len(), 8, "{}", built.terminal());
}

#[test]
fn what_is_not_yaml_is_shown_where_it_stands() {
    for (text, line) in [
        ("---\ntitle: Tea: and talk\n---\n", 2),
        ("---\ntitle: Tea\nsummary: It is: here\ndate: 2026-05-01\n---\n", 3),
        ("---\ntitle: Tea\nsummary: \"Never closed\ndate: 2026-05-01\n---\n", 3),
        ("---\ntitle: Tea\ntags: [a, b\ndate: 2026-05-01\n---\n", 3),
        ("---\r\ntitle: Tea\r\nsummary: a: b\r\n---\r\n", 3),
        ("---\ntitle: Tea\nimage:\n  src: a.png\n alt: x\n---\n", 5),
        ("---\ntitle: Tea\nsummary: 'it's'\n---\n", 3),
        ("---\ntitle: @home\n---\n", 2),
    ] {
        let built = build(&[(PAGE, text)]);
        let found = built.with_code("yaml/not-readable");
        assert_eq!(found.len(), 1, "{text}\n{}", built.terminal());
        assert_eq!(built.line(found[0]), line, "{text}\n{}", built.terminal());
        assert_plain(found[0]);
    }
}

#[test]
fn what_is_nearly_right_is_asked_back() {
    let site = "name: A\nurl: https://a.example.org\nneeds: [{id: lonely}]\nareas: [{id: wallsend}]\n\
                categories: [{id: money}]\nclosures: {bank-holidays: [2026-12-25]}\n";
    let files = |path: &'static str, text: &str| {
        Project::new()
            .file(SITE, site)
            .file("content/venues.yaml", "mill-hall: {name: Mill Hall}\n")
            .file("content/campaigns/link-worker-day.md", "---\ntitle: D\nday: 2026-06-02\n---\nText\n")
            .file("content/media/picture.png", crate::project::PNG)
            .file(path, text)
            .build()
    };
    for (path, text, near) in [
        (PAGE, "---\ntitle: A\nneeds: [lonley]\n---\nText\n", "lonely"),
        (PAGE, "---\ntitle: A\nareas: [walsend]\n---\nText\n", "wallsend"),
        (PAGE, "---\ntitle: A\ncategories: [mony]\n---\nText\n", "money"),
        (PAGE, "---\ntitle: A\ncampaign: link-workers-day\n---\nText\n", "link-worker-day"),
        (PAGE, "---\ntitle: A\nsumary: x\n---\nText\n", "summary"),
        (PAGE, "---\ntitle: A\n---\n![x](media/pictur.png)\n", "picture.png"),
        (PAGE, "---\ntitle: A\n---\n[x](campaigns/link-worker-dya.md)\n", "link-worker-day.md"),
        (PAGE, "---\ntitle: A\n---\n[x](/campaigns/link-worker-dya/)\n", "/campaigns/link-worker-day/"),
        (PAGE, "---\ntitle: A\n---\n## Opening times\n\n[x](#opening-time)\n", "#opening-times"),
        (PAGE, "---\ntitle: A\n---\n::: calout\nText\n:::\n", "callout"),
        (PAGE, "---\ntitle: A\n---\n::: events {limt: 3}\n:::\n", "limit"),
        (EVENT, "---\ntitle: A\nstart: 2026-06-02\nvenue: mil-hall\n---\nText\n", "mill-hall"),
        (EVENT, "---\ntitle: A\nstart: 2026-06-02\nvenue: mill-hall\nstatus: canceled\n---\nText\n", "cancelled"),
        (EVENT, "---\ntitle: A\nstart: 2026-06-02\nvenue: mill-hall\naccess: [step-fre]\n---\nText\n", "step-free"),
        (
            EVENT,
            "---\ntitle: A\nstart: 2026-06-02\nvenue: mill-hall\nrepeats: {every: week, skip: [bank-holiday]}\n---\nText\n",
            "bank-holidays",
        ),
        (STORY, "---\ntitle: A\nconsent: {reference: A, given: 2026-01-01, covers: [webside]}\n---\nText\n", "website"),
    ] {
        let built = files(path, text);
        let asks =
            |problem: &Diagnostic| problem.help.as_deref().is_some_and(|help| help.contains(near) && help.len() < 400);
        assert!(built.report.iter().any(asks), "{near}: {}", built.terminal());
    }
}

#[test]
fn a_terminal_shows_the_place_and_the_help() {
    let shown = |files: &[(&str, &str)]| build(files).terminal().split("\n\n").next().unwrap_or_default().to_owned();
    let event = |text: &str| shown(&[(EVENT, text)]);
    let page = |text: &str| shown(&[(PAGE, text)]);
    let expired = "---\ntitle: Jo\ndate: 2026-05-01\nconsent:\n  reference: A\n  given: 2020-01-01\n  \
                   expires: 2021-01-01\n  covers: [website]\n---\nText\n";
    let twice = [(PAGE, "---\ntitle: A\n---\n"), ("content/b.md", "---\ntitle: A\nslug: a\n---\n")];
    insta::assert_snapshot!(page("---\ntitle: Tea: and talk\n---\n"), @r#"
    error[yaml/not-readable]: the value of `title` holds a colon, so it cannot be told where it ends
     --> content/a.md:2:1
      |
    2 | title: Tea: and talk
      | ^^^^^^^^^^^^^^^^^^^^
      |
      = help: put the value in quotes: `title: "Tea: and talk"`
    "#);
    insta::assert_snapshot!(page("---\ntitle: A\ndate: 5/6/2026\n---\n"), @r#"
    error[field/not-a-date]: `5/6/2026` could be read as `5 June 2026` or as `6 May 2026`
     --> content/a.md:3:7
      |
    3 | date: 5/6/2026
      |       ^^^^^^^^
      |
      = help: write `5 June 2026` or `6 May 2026`, whichever you mean
    "#);
    insta::assert_snapshot!(page("---\ntitle: A\nsumary: B\n---\nText\n"), @r#"
    warning[field/unknown]: there is no field `sumary`
     --> content/a.md:3:1
      |
    3 | sumary: B
      | ^^^^^^
      |
      = help: did you mean `summary`?
    "#);
    insta::assert_snapshot!(page("---\ntitle: A\n---\nSee [the hall](hall.md).\n"), @r#"
    warning[links/broken]: there is no `hall.md`
     --> content/a.md:4:16
      |
    4 | See [the hall](hall.md).
      |                ^^^^^^^
      |
      = help: write the path of a file in `content/`, from the folder of this file
    "#);
    insta::assert_snapshot!(page("---\ntitle: A\n---\n::: calout\nText\n:::\n"), @r#"
    error[component/unknown]: there is no component named `calout`
     --> content/a.md:4:5
      |
    4 | ::: calout
      |     ^^^^^^
      |
      = help: write `::: callout`; there are address, audio, button, callout, card, cards, contact, countdown, details, do, dont, download, easy-read, events, facts, help-now, image, post, poster, posts, qr, quote, resources, steps, stories, video, warning
    "#);
    insta::assert_snapshot!(event("---\ntitle: A\nstart: Monday 2 June 2026\n---\n"), @r#"
    error[field/not-a-date]: 2 June 2026 is a Tuesday, not a Monday
     --> content/events/a.md:3:8
      |
    3 | start: Monday 2 June 2026
      |        ^^^^^^^^^^^^^^^^^^
      |
      = help: write `Tuesday 2 June 2026`, or mend the date
    "#);
    insta::assert_snapshot!(event("---\ntitle: A\nstart: 2026-06-02 10:00\nend: 2026-06-02 9:00\n---\n"), @r#"
    error[event/ends-before-it-starts]: the event would end before it starts
     --> content/events/a.md:4:6
      |
    4 | end: 2026-06-02 9:00
      |      ^^^^^^^^^^^^^^^
      |
      = help: check `start` and `end`
    "#);
    insta::assert_snapshot!(shown(&[(STORY, expired)]), @r#"
    warning[story/held-back-expired]: “Jo” is held back: its consent has come to its end
     --> content/stories/a.md:4:1
      |
    4 | consent:
      | ^^^^^^^
      |
      = help: ask the person again and write the new dates into `consent:`, or delete the story
    "#);
    insta::assert_snapshot!(shown(&twice), @r#"
    error[publish/one-address-twice]: the page of content/a.md and the page of content/b.md would both be written to /a/index.html
    --> content/b.md
    ::: content/a.md
     = note: the other one
     = help: give one of them another address: rename the file, or set `slug:` in its front matter
    "#);
}

#[test]
fn a_field_of_another_place_or_name_is_told_with_what_to_write() {
    let check = |path: &'static str, field: &str, help: &str| {
        let text = format!("---\ntitle: A\nsummary: A.\nstart: 2026-06-02\nvenue: {{name: H}}\n{field}\n---\n");
        let built = build(&[(path, Box::leak(text.into_boxed_str()))]);
        let told = built.with_code("field/unknown");
        let told: Vec<_> = told.iter().filter_map(|diagnostic| diagnostic.help.as_deref()).collect();
        assert_eq!(told, [help], "{field}: {}", built.terminal());
    };
    check(EVENT, "price: £3", "write it as `cost:`");
    check(
        EVENT,
        "Location: Village Hall",
        "write `venue:` with an id from venues.yaml, or `venue: {name: ..., address: ...}`",
    );
    check(EVENT, "book: https://a.example.org", "write it as `booking: {url: ...}`, `{phone: ...}` or `{email: ...}`");
    let resource = "content/resources/a.md";
    check(resource, "phone: 01632 960140", "write it as `contact: {phone: ...}`");
    check(resource, "opening-hours: 9 to 5", "write it as `opening: [{days: [monday], opens: 9am, closes: 5pm}]`");
    let built = build(&[(EVENT, "---\ntitle: A\nsummary: A.\nstart: 2026-06-02\nlocation: Village Hall\n---\n")]);
    assert_eq!(built.codes(), ["field/unknown"], "one mistake, one message");
}

#[test]
fn dates_and_ages_that_nobody_means_are_told() {
    let check = |path: &'static str, fields: &str, message: &str| {
        let text = format!("---\ntitle: A\nsummary: A.\n{fields}\n---\n");
        let built = build(&[(path, Box::leak(text.into_boxed_str()))]);
        let told: Vec<_> =
            built.with_code("page/unlikely").iter().map(|diagnostic| diagnostic.message.to_string()).collect();
        assert_eq!(told, [message], "{}", built.terminal());
    };
    let resource = "content/resources/a.md";
    check(EVENT, "start: 2206-12-01", "the event begins on 1 December 2206, more than 10 years from now");
    check(
        EVENT,
        "start: 2026-06-02 10:00\nend: 2027-07-02 12:00",
        "the event lasts from 2 June 2026 to 2 July 2027 without a break",
    );
    check(PAGE, "date: 2026-05-01\nexpires: 2026-04-01", "the page expires on 1 April 2026, before its `date`");
    check(resource, "eligibility: {minimum_age: 65, maximum_age: 5}", "nobody is 65 or over and 5 or under");
    check(resource, "checked: 2026-07-01", "`checked` says 1 July 2026, and that has not come yet");
}
