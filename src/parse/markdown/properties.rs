//! What must hold for every text: plain CommonMark is shown as the Markdown parser itself shows it, and
//! nothing whatever breaks the reading.

use proptest::prelude::*;
use pulldown_cmark_escape::escape_href;

use super::*;
use crate::model::html::{FieldValue, Filling, Html};

/// With every address as it was written.
fn plain_html(text: &str) -> String {
    let (body, faults) = read(&SourcePath::from("content/a.md"), text, 0..text.len(), &Options::default());
    assert_eq!(faults, [], "{text}");
    let mut out = String::new();
    body.html.as_ref().unwrap().write(&mut out, |filling, out| match filling {
        Filling::Address(index) => _ = escape_href(out, &body.links[*index].target),
        Filling::Picture(_) | Filling::Component(_) => out.push_str("not plain"),
    });
    out
}

fn parsers_own_html(text: &str) -> String {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(text, syntax(&Options::default())));
    out
}

/// Small texts that use none of our additions, in the order of the chapters of CommonMark.
const PLAIN: &[&str] = &[
    "\tfoo\tbaz\t\tbim\n",
    "  - foo\n\n\tbar\n",
    ">\t\tfoo\n",
    "-\t\tfoo\n",
    "\\!\\\"\\#\\*\\_ \\a",
    "&nbsp; &amp; &copy; &#35; &#x22; &unknown; &amp",
    "- `one\n- two`",
    "***\n---\n___\n",
    "- foo\n***\n- bar",
    "Foo\n***\nbar",
    "    a simple\n      indented code block\n",
    "1.  foo\n\n    - bar\n",
    "    chunk1\n\n    chunk2\n  \n \n \n    chunk3\n",
    "```\n<\n >\n```",
    "~~~ ruby startline=3\ndef x\n~~~~~~~",
    "````\naaa\n```\n``````",
    "```\n\n  \n```",
    "> ```\n> aaa\n\nbbb",
    "```a\"b\nc\n```",
    "aaa\n\n\nbbb",
    "  aaa\n bbb",
    "aaa     \nbbb     ",
    "> #is text\n> bar\nbaz",
    "> foo\n---",
    "> - foo\n- bar",
    ">\n> foo\n>",
    "> > > foo\nbar",
    "A paragraph\nwith two lines.\n\n    indented code\n\n> A block quote.\n",
    "1.  A paragraph\n    with two lines.\n\n        indented code\n\n    > A block quote.\n",
    "- one\n\n two",
    "123456789. ok",
    "0. ok\n1. ok",
    "-\n  foo\n-\n  ```\n  bar\n  ```",
    "- foo\n-\n- bar",
    "* a\n  > b\n  ```\n  c\n  ```\n* d",
    "- a\n - b\n  - c\n   - d\n    - e",
    "1. a\n\n  2. b\n\n   3. c",
    "- a\n- b\n\n- c",
    "- a\n  - b\n\n    c\n- d",
    "- foo\n+ bar\n1. baz\n2) bim",
    "The number of windows in my house is\n14.  The number of doors is 6.",
    "`` foo ` bar ``  ` `` `",
    "`foo\nbar  \nbaz`",
    "*foo*bar **foo**bar __foo__ _foo_bar",
    "*foo [bar](/url)* **foo *bar* baz** ***a***",
    "**foo*bar** *foo**bar* __foo_bar_baz__",
    "~~gone~~ and ~also~ and ~~~not",
    "[link](/uri \"title\") [link](</my uri>) [link](foo\\)\\:)",
    "[link](#fragment) [a](?b=c) [l](foo%20b&auml;)",
    "[a [b] c](/d) [link [foo [bar]]](/uri) [x](\"t\")",
    "[foo][bar] [foo][] [foo]\n\n[bar]: /url \"title\"\n[foo]: <b c>",
    "[foo]: /url '\ntitle\nline1\n'\n\n[foo]",
    "[Foo*bar\\]]:my_(url) 'title (with parens)'\n\n[Foo*bar\\]]",
    "[foo]: /url\nbar\n[foo]",
    "<https://foo.bar.baz/test?q=hello&id=22&boolean> <foo@bar.example.com>",
    "foo  \n     bar\\\nbaz\nqux",
    "*foo  \nbar* `code\\\nspan`",
    "hello $.;'there χρῆν & < > \"quoted\" it's -- --- ...",
    "Multiple     spaces",
    "'tis \"a 'nested' quote\" and 'another'",
    "",
    "\n\n \n",
    "\r\na\r\nb\r\n\r\n- c\r\n",
];

#[test]
fn plain_commonmark_is_shown_as_the_parser_shows_it() {
    for text in PLAIN {
        assert_eq!(plain_html(text), parsers_own_html(text), "{text}");
    }
}

/// Words and marks of plain Markdown.
fn inline() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => "[a-zA-Zŵŷé]{1,8}",
        1 => "[.,;?'\"&()}~$%^=+-]{1,3}",
        1 => "`[a-z *_<&]{1,6}[a-z]`",
        1 => Just("\\*".to_owned()),
        1 => Just("&eacute;".to_owned()),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|text| format!("*{text}*")),
            inner.clone().prop_map(|text| format!("**{text}**")),
            inner.clone().prop_map(|text| format!("_{text}_")),
            inner.clone().prop_map(|text| format!("~~{text}~~")),
            ("[a-z/.#?]{1,8}", inner.clone()).prop_map(|(to, text)| format!("[{text}](/{to} \"t\")")),
            inner.clone().prop_map(|text| format!("[w{text}][known]")),
            prop::collection::vec(inner, 1..4).prop_map(|parts| parts.join(" ")),
        ]
    })
}

/// Blocks of plain Markdown.
fn block() -> impl Strategy<Value = String> {
    let part = prop_oneof![6 => inline(), 1 => Just("<https://example.org/a?b=c&d>".to_owned())];
    let paragraph = prop::collection::vec(part, 1..5).prop_map(|parts| format!("w {}", parts.join(" "))).boxed();
    let leaf = prop_oneof![
        4 => paragraph.clone(),
        1 => (paragraph.clone(), paragraph).prop_map(|(a, b)| format!("{a}  \n{b}\n{a}")),
        1 => Just("***".to_owned()),
        1 => "```[a-z]{0,4}\n[a-z <>&*#\n]{0,20}\n```",
        1 => "    [a-z &]{1,10}",
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let indented = |mark: &'static str, by: &'static str| {
            move |blocks: Vec<String>| {
                let lines = blocks.join("\n\n");
                let rest = lines.replace('\n', &format!("\n{by}"));
                format!("{mark}{rest}")
            }
        };
        let several = prop::collection::vec(inner, 1..3);
        prop_oneof![
            several.clone().prop_map(indented("> ", "> ")),
            several.clone().prop_map(indented("- ", "  ")),
            several.clone().prop_map(indented("7. ", "   ")),
            (several.clone(), several)
                .prop_map(move |(a, b)| { format!("{}\n{}", indented("* ", "  ")(a), indented("* ", "  ")(b)) }),
        ]
    })
}

fn plain_document() -> impl Strategy<Value = String> {
    prop::collection::vec(block(), 0..6)
        .prop_map(|blocks| format!("{}\n\n[known]: /there 'title'\n", blocks.join("\n\n")))
        // A line of `=` or `-` below a paragraph makes it a heading.
        .prop_filter("has a heading", |text| !["<h1", "<h2"].iter().any(|tag| parsers_own_html(text).contains(tag)))
}

/// What is most likely to break something.
#[rustfmt::skip]
const NASTY: &[&str] = &[
    ":::", "::::", "::: callout", "::: cards {", "title: ŵ", "src: a.png", "::: image {src: a.png, alt: b}",
    "::: video {src: x, title: \"y\", bsl: yes}", "}", "{", "{#id}", "# ", "## ", "```", "~~~", "    ", "\t", "- ",
    "1. ", "> ", "| a | b |", "|---|:-:|", "---", "***", "===", "<div>", "</div>", "<a href=\"x\">",
    "<a href='java", "</a>", "<b id=a>", "<p>", "<script>", "</script>", "<iframe", "<!--", "-->", "<?",
    "<table><tr>", "<select><svg>", "<plaintext>", "<textarea>", "<img src=a>", "<pre>", "<", ">", "\"", "'", "[",
    "]", "](", ")", "![", "[^1]", "[^1]: ", "[a]: ", "[a]", "{{< ", " >}}", "{{", "}}", "{% raw %}",
    "{% endraw %}", "{% comment %}", "{: .a}", "{{/*", "https://example.org/a--b...", "www.é.org", "a@b.org",
    "&amp;", "&#0;", "&#x1f600;", "\\", "*", "_", "`", "- [x] ", "javascript:", "\n", "\n\n", "\n", "\r\n", "\r",
    "\0", "\u{7f}", "\u{85}", "\u{feff}", "\u{fffe}", "ŵ", "😀", "a", " ",
];

/// Texts made of what is most likely to break something.
fn nasty_document() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(NASTY), 0..40).prop_map(|pieces| pieces.concat())
}

fn check_slots(html: &Html, body: &Body) {
    let mut last = 0;
    for slot in &html.slots {
        assert!(last <= slot.at && html.text.is_char_boundary(slot.at), "slots in order");
        last = slot.at;
        match &slot.filling {
            Filling::Address(index) => assert!(*index < body.links.len()),
            Filling::Picture(index) => assert!(*index < body.pictures.len()),
            Filling::Component(component) => {
                check_slots(&component.body, body);
                for value in component.fields.values() {
                    match value {
                        FieldValue::Link(index) => assert!(*index < body.links.len()),
                        FieldValue::Picture(index) => assert!(*index < body.pictures.len()),
                        FieldValue::Text(_) | FieldValue::Number(_) | FieldValue::Flag(_) => {}
                    }
                }
            }
        }
    }
}

/// All HTML of a page, with that of its components.
fn whole(html: &Html) -> String {
    let inner: String = html.components().iter().map(|component| component.body.text.as_str()).collect();
    format!("{}{inner}", html.text)
}

fn check_anything(markdown: &str, raw_html: RawHtml) {
    let file = format!("---\nŵ: 1\n---\n{markdown}");
    let start = file.len() - markdown.len();
    let options = Options { raw_html, ..Options::default() };
    let (body, faults) = read(&SourcePath::from("content/a.md"), &file, start..file.len(), &options);
    check_slots(body.html.as_ref().unwrap(), &body);
    let is_place = |place: &Range<usize>| start <= place.start && file.get(place.clone()).is_some();
    assert!(body.links.iter().all(|link| is_place(&link.place)), "{:?}", body.links);
    assert!(body.pictures.iter().all(|picture| is_place(&picture.place)), "{:?}", body.pictures);
    assert!(body.components().iter().all(|component| is_place(&component.place)));
    for fault in &faults {
        assert!(fault.place.as_ref().is_some_and(|place| is_place(&(place.start..place.end))), "{fault:?}");
    }
    let whole = whole(body.html.as_ref().unwrap());
    assert!(!whole.contains(|c: char| c.is_control() && !"\t\n\r".contains(c)), "{whole:?}");
    if raw_html == RawHtml::Sanitise {
        assert!(!whole.contains("<script") && !whole.contains("<iframe") && !whole.contains("fp0"), "{whole}");
        let ids: Vec<_> = whole.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{whole}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_we_add_changes_nothing_in_plain_commonmark(text in plain_document()) {
        prop_assert_eq!(plain_html(&text), parsers_own_html(&text));
    }

    #[test]
    fn nothing_breaks_the_reading(text in "\\PC*|(?s:.*)") {
        check_anything(&text, RawHtml::Sanitise);
    }

    #[test]
    fn nasty_texts_do_not_break_the_reading(text in nasty_document()) {
        check_anything(&text, RawHtml::Sanitise);
        check_anything(&text, RawHtml::Trust);
    }
}
