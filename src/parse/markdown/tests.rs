//! One `check` for each of three questions: what is shown, what is complained about, what is gathered.

use super::*;
use crate::model::html::{Filling, Html};

/// The HTML with every slot shown: addresses as written, pictures and components as short tags.
fn shown(html: &Html, body: &Body) -> String {
    let mut out = String::new();
    html.write(&mut out, |filling, out| match filling {
        Filling::Address(index) => out.push_str(&body.links[*index].target),
        Filling::Picture(index) => {
            let picture = &body.pictures[*index];
            let caption = picture.caption.as_deref().map(|caption| format!(" caption={caption}")).unwrap_or_default();
            out.push_str(&format!("<PICTURE {} alt={}{caption}>", picture.src, picture.alt));
        }
        Filling::Component(component) => {
            let fields: Vec<_> = component.fields.iter().map(|(name, value)| format!(" {name}={value:?}")).collect();
            let inner = shown(&component.body, body);
            out.push_str(&format!("<{}{}>{inner}</{}>", component.name, fields.concat(), component.name));
        }
    });
    out
}

fn read_with(text: &str, options: &Options) -> (Body, Vec<Diagnostic>) {
    read(&SourcePath::from("content/a.md"), text, 0..text.len(), options)
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let (body, _) = read_with(text, &Options::default());
    assert_eq!(shown(body.html.as_ref().unwrap(), &body).trim_end(), expected, "\n--- of ---\n{text}");
}

#[track_caller]
fn check_trusted(text: &str, expected: &str) {
    let (body, _) = read_with(text, &Options { raw_html: RawHtml::Trust, ..Options::default() });
    assert_eq!(shown(body.html.as_ref().unwrap(), &body).trim_end(), expected, "\n--- of ---\n{text}");
}

/// Checks the codes of all complaints, each with the words at its place.
#[track_caller]
fn check_faults(text: &str, expected: &[(&str, &str)]) {
    // With something before the Markdown, so that places must be counted from the start of the file.
    let file = format!("---\ntitle: ŵ\n---\n{text}");
    let start = file.len() - text.len();
    let (_, faults) = read(&SourcePath::from("content/a.md"), &file, start..file.len(), &Options::default());
    let mut found: Vec<_> = faults
        .iter()
        .filter_map(|fault| fault.place.as_ref().map(|place| (fault.code.id, &file[place.start..place.end])))
        .collect();
    found.sort();
    let mut expected = expected.to_vec();
    expected.sort();
    assert_eq!(found, expected, "\n--- of ---\n{text}");
    assert!(faults.iter().all(|fault| fault.help.is_some() && !fault.message.ends_with('.')), "{faults:?}");
}

/// Checks the targets of all links with the words at their places.
#[track_caller]
fn check_links(text: &str, expected: &[(&str, &str)]) {
    let (body, _) = read_with(text, &Options::default());
    let found: Vec<_> = body.links.iter().map(|link| (link.target.as_str(), &text[link.place.clone()])).collect();
    assert_eq!(found, expected, "\n--- of ---\n{text}");
}

#[test]
fn headings_have_ids_and_begin_at_the_second_level() {
    check(
        "# Tea\n\n## Tea\n\n### Caffi Ŵyl",
        "<h2 id=\"tea\">Tea</h2>\n<h2 id=\"tea-1\">Tea</h2>\n<h3 id=\"caffi-ŵyl\">Caffi Ŵyl</h3>",
    );
    check("## When {#when .wide onclick=x}", "<h2 id=\"when\" class=\"wide\">When</h2>");
    check("## A *b* [c](d)", "<h2 id=\"a-b-c\">A <em>b</em> <a href=\"d\">c</a></h2>");
    check("##\n\n## &nbsp;", "");
    check("## ![Logo](a.png)", "<h2 id=\"logo\"><PICTURE a.png alt=Logo></h2>");
    check_faults("# Tea", &[("markdown/first-level-heading", "#")]);
}

#[test]
fn outline_lead_and_words_are_gathered() {
    let text = "## A `b`\n\n::: callout\nIn a *box*.\n:::\n\n> quoted\n\n![no](a.png)\n\nThe  first\none ![no](b.png) — *plain*[^1].\n\nSecond.\n\n[^1]: Note.";
    let (body, _) = read_with(text, &Options::default());
    let outline: Vec<_> = body.outline.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
    assert_eq!(outline, [(2, "a-b", "A b")]);
    assert_eq!(body.lead, "The first one — plain.");
    assert_eq!(body.words, 2 + 3 + 1 + 5 + 1 + 1);
}

#[test]
fn a_lead_comes_from_a_component_only_where_nothing_else_is() {
    let lead = |text: &str| read_with(text, &Options::default()).0.lead;
    assert_eq!(lead("::: callout\nBoxed.\n:::\n\n- item"), "Boxed.");
    assert_eq!(lead("::: callout\nBoxed.\n:::\n\nOpen."), "Open.");
    assert_eq!(lead("## Only a heading"), "");
    assert_eq!(lead("<p>\n  Tea &amp;\n <b>talk</b></p>"), "Tea & talk");
}

#[test]
fn bare_addresses_become_links() {
    check(
        "See https://example.org/a_b--c?d=1&amp;e, www.example.org -- or tea@example.org.",
        "<p>See <a href=\"https://example.org/a_b--c?d=1&e\">https://example.org/a_b--c?d=1&amp;e</a>, \
         <a href=\"https://www.example.org\">www.example.org</a> – or \
         <a href=\"mailto:tea@example.org\">tea@example.org</a>.</p>",
    );
    check("`https://a.org` [https://b.org](c)", "<p><code>https://a.org</code> <a href=\"c\">https://b.org</a></p>");
    check("<a href=\"x\">https://b.org</a>", "<p><a href=\"x\">https://b.org</a></p>");
    check_links("Go to https://a.org/'x'...y.", &[("https://a.org/'x'...y", "https://a.org/'x'...y")]);
}

#[test]
fn links_have_the_place_of_their_address() {
    check_links(
        "[a](b.md#c \"b.md\") [c](<d e>) <https://f.org> <g@h.org> [i][j] [k]\n\n[j]: l.md\n[K]: <m>",
        &[
            ("b.md#c", "b.md#c"),
            ("d e", "d e"),
            ("https://f.org", "https://f.org"),
            ("mailto:g@h.org", "g@h.org"),
            ("l.md", "l.md"),
            ("m", "m"),
        ],
    );
    check_links("[a](b&amp;c)", &[("b&c", "[a](b&amp;c)")]);
    check_faults(
        "[a](javascript:x) ![b](data:c)",
        &[("markdown/link-not-safe", "javascript:x"), ("markdown/link-not-safe", "data:c")],
    );
    check("[a *b*](java&Tab;script:x)", "<p>a <em>b</em></p>");
    check("[a <https://b.org>](c)", "<p><a href=\"c\">a https://b.org</a></p>");
    check_faults("[](a)", &[("markdown/link-without-words", "[](a)")]);
}

#[test]
fn pictures_are_slots_with_words() {
    check(
        "![Tea *and* `talk`](tea.jpg \"On a Tuesday\")",
        "<p><PICTURE tea.jpg alt=Tea and talk caption=On a Tuesday></p>",
    );
    check(
        "[![Tea](tea.jpg)](z) ![a [b](c)](d)",
        "<p><a href=\"z\"><PICTURE tea.jpg alt=Tea></a> <PICTURE d alt=a b></p>",
    );
    check_faults("a ![](tea.jpg)", &[("markdown/picture-without-words", "![](tea.jpg)")]);
}

#[test]
fn tables_scroll_and_align_by_classes() {
    check(
        "## Days\n\n| a | b |\n|:-:|--:|\n| 1 | *2* |\n\n| |\n|-|\n| 3 |",
        "<h2 id=\"days\">Days</h2>\n\
         <div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Days\"><table><thead><tr>\
         <th scope=\"col\" class=\"align-centre\">a</th><th scope=\"col\" class=\"align-right\">b</th></tr></thead><tbody>\n\
         <tr><td class=\"align-centre\">1</td><td class=\"align-right\"><em>2</em></td></tr>\n</tbody></table></div>\n\
         <div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Days (2)\"><table><tbody>\n\
         <tr><td>3</td></tr>\n</tbody></table></div>",
    );
}

#[test]
fn tasks_say_whether_they_are_done() {
    check(
        "- [x] a\n- [ ] b",
        "<ul>\n<li><span class=\"task\" role=\"img\" aria-label=\"Done\">☑</span> a</li>\n\
         <li><span class=\"task\" role=\"img\" aria-label=\"To do\">☐</span> b</li>\n</ul>",
    );
}

#[test]
fn footnotes_stand_at_the_end_with_links_both_ways() {
    check(
        "a[^x] b[^x] <a href=\"d\">c[^y]</a>\n\n[^y]: Yes\n[^x]: Tea\n\ne",
        "<p>a<sup class=\"footnote-mark\" id=\"footnote-mark-1\"><a href=\"#footnote-1\" role=\"doc-noteref\" aria-label=\"Note 1\">1</a></sup> \
         b<sup class=\"footnote-mark\" id=\"footnote-mark-1-1\"><a href=\"#footnote-1\" role=\"doc-noteref\" aria-label=\"Note 1\">1</a></sup> \
         <a href=\"d\">c<sup class=\"footnote-mark\" id=\"footnote-mark-2\">2</sup></a></p>\n<p>e</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n\
         <li id=\"footnote-1\">\n<p>Tea \
         <a href=\"#footnote-mark-1\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to the text of note 1\">↩\u{fe0e}</a> \
         <a href=\"#footnote-mark-1-1\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to the text of note 1 (2)\">↩\u{fe0e}</a></p>\n</li>\n\
         <li id=\"footnote-2\">\n<p>Yes \
         <a href=\"#footnote-mark-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to the text of note 2\">↩\u{fe0e}</a></p>\n</li>\n\
         </ol>\n</section>",
    );
    check_faults("a\n\n[^x]: Tea", &[("markdown/note-not-used", "[^x]: Tea")]);
}

#[test]
fn raw_html_is_sanitised_and_closed() {
    check("<div class=\"a\">\n\n*b*\n\n</div>", "<div class=\"a\">\n<p><em>b</em></p>\n</div>");
    check("a <b>c</b> <span lang=\"cy\">Bore da</span>", "<p>a <b>c</b> <span lang=\"cy\">Bore da</span></p>");
    check("a <b>c\n\nd", "<p>a <b>c</b></p><b>\n<p>d</p>\n</b>");
    check("a <!-- b --> c\n\n<!--\nd\n-->", "<p>a  c</p>");
    check("<details open><summary>a</summary>b</details>", "<details open=\"\"><summary>a</summary>b</details>");
    check("a <script>b</script> c", "<p>a  c</p>");
    check("<iframe src=\"x\">\n\nb", "\n<p>b</p>");
    check("<h1 id=\"a\">A</h1>\n\n## A", "<h2 id=\"a\">A</h2>\n<h2 id=\"a-1\">A</h2>");
    check(
        "## A\n\n<b id=\"a\">b</b>\n\n- [ ] c",
        "<h2 id=\"a\">A</h2>\n<p><b>b</b></p>\n<ul>\n<li><span class=\"task\" role=\"img\" aria-label=\"To do\">☐</span> c</li>\n</ul>",
    );
    check(
        "<table><tr><td>a</table>",
        "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table><tbody><tr><td>a</td></tr></tbody></table></div>",
    );
    check("<div style=\"a\" onclick=\"b\" class=c>d</div>", "<div class=\"c\">d</div>");
}

#[test]
fn links_and_pictures_in_raw_html_are_the_pages_own() {
    check(
        "<a href='b.md?a=1&amp;c' target=_blank>b</a> <img src=c.png alt='d' width=3>",
        "<p><a href=\"b.md?a=1&c\">b</a> <PICTURE c.png alt=d></p>",
    );
    check_links("<p>\n<a href='b.md'>b</a>", &[("b.md", "b.md")]);
    check("<a href=\"java&#115;cript:x\">b</a>", "<p><a>b</a></p>");
    check_faults(
        "<img src=a.png>\n<a href=\"vbscript:x\">b</a>",
        &[("markdown/link-not-safe", "vbscript:x"), ("markdown/picture-without-words", "<img src=a.png>")],
    );
    check_trusted(
        "<a href='b.md' target=_blank>b</a> <img src=c.png alt='d' width=3><script>e</script>",
        "<p><a href=\"b.md\" target=_blank>b</a> <img src=\"c.png\" alt='d' width=3><script>e</script></p>",
    );
}

#[test]
fn elements_that_are_left_out_are_named_once() {
    check_faults(
        "<iframe src=a></iframe>\n<iframe src=b></iframe> <font>c</font>\n\n<script>if (a<b) {}</script>",
        &[
            ("markdown/element-left-out", "<iframe src=a>"),
            ("markdown/element-left-out", "<font>"),
            ("markdown/element-left-out", "<script>"),
        ],
    );
}

#[test]
fn components_take_markdown() {
    check(
        "a\n::: callout {title: Look}\n## B\n\n- [c](d) ![e](f)\n:::\ng",
        "<p>a</p>\n<callout title=Text(\"Look\")><h2 id=\"b\">B</h2>\n<ul>\n<li><a href=\"d\">c</a> <PICTURE f alt=e></li>\n</ul>\n</callout>\n<p>g</p>",
    );
    check("::: callout\r\na\r\n:::\r\n", "<callout><p>a</p>\n</callout>");
    check("::: callout\n<div>a</div>\n:::\nb", "<callout><div>a</div>\n</callout>\n<p>b</p>");
    check("<div>\n::: callout\na\n:::\n</div>", "<div>\n<callout><p>a</p>\n</callout>\n</div>");
}

#[test]
fn components_nest_by_colons_and_by_counting() {
    let expected = "<cards><card><p>a</p>\n</card>\n<card><p>b</p>\n</card>\n</cards>";
    check("::: cards\n::: card\na\n:::\n::: card\nb\n:::\n:::", expected);
    check(":::: cards\n::: card\na\n:::\n::: card\nb\n:::\n::::", expected);
    check("::: cards\n:::: card\na\n::::\n:::: card\nb\n::::\n:::", expected);
    check_faults(":::: cards\n::: card\na\n::::", &[("component/not-closed", "::: card")]);
    check_faults("  ::: callout\na", &[("component/not-closed", "::: callout")]);
    check_faults("a\n\n:::", &[("component/not-opened", ":::")]);
    check_faults("::: callout\n:::", &[("component/body-missing", "::: callout")]);
    check_faults("::: qr {link: a}\nb\n:::", &[("component/body-unwanted", "::: qr {link: a}")]);
    check_faults("- a\n    ::: callout\n", &[("component/not-alone", "::: callout")]);
    check_faults("> ::: callout\n> a\n> :::", &[("component/not-alone", "::: callout")]);
}

#[test]
fn components_nest_only_so_deep() {
    let (body, faults) = read_with(&format!("{}a\n", "::: callout\n".repeat(20)), &Options::default());
    assert_eq!(body.components().len(), 16);
    assert_eq!(faults.iter().filter(|fault| fault.code.id == "component/too-deep").count(), 4);
}

#[test]
fn definitions_reach_over_components() {
    check(
        "[a][x]\n\n::: callout\n[b][x] [c]\n\n[c]: d\n:::\n\n[c]\n\n[x]: y",
        "<p><a href=\"y\">a</a></p>\n<callout><p><a href=\"y\">b</a> <a href=\"d\">c</a></p>\n</callout>\n<p><a href=\"d\">c</a></p>",
    );
}

#[test]
fn colons_in_code_and_comments_are_no_components() {
    check("```\n::: callout\n:::\n```", "<pre><code>::: callout\n:::\n</code></pre>");
    check("    ::: callout\n", "<pre><code>::: callout\n</code></pre>");
    check("- a\n  ```\n  ::: callout\n  ```", "<ul>\n<li>a\n<pre><code>::: callout\n</code></pre>\n</li>\n</ul>");
    check("<!--\n::: callout\n-->", "");
}

#[test]
fn component_addresses_are_links_and_pictures_of_the_page() {
    let text = "::: image {src: tea.jpg, alt: Tea, caption: C, credit: D}\n:::\n::: button {link: /a/}\nb\n:::";
    let (body, faults) = read_with(text, &Options::default());
    assert!(faults.is_empty(), "{faults:?}");
    let picture = &body.pictures[0];
    assert_eq!(
        (picture.src.as_str(), picture.alt.as_str(), &text[picture.place.clone()]),
        ("tea.jpg", "Tea", "tea.jpg")
    );
    assert_eq!((picture.caption.as_deref(), picture.credit.as_deref()), (Some("C"), Some("D")));
    assert_eq!(&text[body.links[0].place.clone()], "/a/");
    let places: Vec<_> = body.components().iter().map(|component| &text[component.place.clone()]).collect();
    assert_eq!(places, ["::: image {src: tea.jpg, alt: Tea, caption: C, credit: D}", "::: button {link: /a/}"]);
}

#[test]
fn foreign_shortcodes_are_never_shown() {
    check(
        "{{< youtube abc >}}\n\na {{% note %}}b{{% /note %}} {% include x.html %}\n\n`{{ c }}`",
        "<p>a b </p>\n<p><code>{{ c }}</code></p>",
    );
    check("{{<figure src=\"a\">}}\n| b |\n|---|\n| {{ c | d }} |", &[
        "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table><thead><tr><th scope=\"col\">b</th></tr></thead><tbody>\n",
        "<tr><td></td></tr>\n</tbody></table></div>",
    ].concat());
    check(
        "[a]({{ site.url }}/x) ![b]({% link c %}) [d]({{< ref \"e.md\" >}}) <a href=\"{{ f }}\">g</a>",
        "<p>a  d <a>g</a></p>",
    );
    check_faults("a [{{< b >}}](c)", &[("markdown/foreign-shortcode", "{{< b >}}")]);
    check("a [{{< b >}}](c)", "<p>a </p>");
    check("{% raw %}{{ a }}{% endraw %} b", "<p>{{ a }} b</p>");
    check("## {{ a }}\n\n{{ b }} {{ c }}\n\nd", "<p>d</p>");
    check("a{: .b}", "<p>a</p>");
    check_faults(
        "a {{< youtube b >}}\n{{< note >}}c{{< /note >}}",
        &[("markdown/foreign-shortcode", "{{< youtube b >}}"), ("markdown/foreign-shortcode", "{{< note >}}")],
    );
}

#[test]
fn control_characters_vanish() {
    check("a\0b&#1;c\u{80}", "<p>abc</p>");
    check("```\na\u{1}b\n```", "<pre><code>ab\n</code></pre>");
}

#[test]
fn examples_of_all_components_are_right() {
    for kind in crate::model::components::COMPONENTS {
        let (body, faults) = read_with(kind.example, &Options::default());
        assert!(faults.is_empty(), "{}: {faults:?}", kind.name);
        assert_eq!(body.components().first().map(|component| component.name), Some(kind.name));
    }
}
