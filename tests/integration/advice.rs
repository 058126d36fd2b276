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
