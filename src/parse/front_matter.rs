//! The lines between the two `---` lines: the fields that every kind has.

use std::ops::Range;

use crate::codes;
use crate::config::web_address;
use crate::date::{self, When};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Located};
use crate::model::document::Meta;
use crate::model::html::Picture;
use crate::parse::fences::Parts;
use crate::parse::markdown::push_collapsed;
use crate::path::SourcePath;
use crate::yaml::{self, Node, Value};

/// Reads the fields that every kind has. `fallback_title` stands where the title is left out and there
/// is something better than an error.
///
/// Reports: `page/title-missing` and the faults of single fields.
pub fn read_meta(fields: &mut Fields<'_, '_>, fallback_title: Option<String>) -> Meta {
    let is_written = fields.has("title");
    let title = fields.text("title");
    let is_empty = title.as_ref().is_some_and(String::is_empty);
    let title = title.filter(|title| !title.is_empty()).or(fallback_title);
    if title.is_none() && (is_empty || !is_written) {
        let bytes = fields.key_bytes("title");
        let help = "add `title: ...` to the front matter";
        fields.lacks("title", &codes::page::TITLE_MISSING, bytes, "the page has no title", help);
    }
    // Kept from every output: nobody asks for it.
    fields.has("private");
    let (author, author_role) = read_author(fields);
    let is_dated = fields.has("date");
    let (date, expires) = (fields.when("date").map(|when| when.value), fields.when("expires"));
    if let (Some(date), Some(expires)) = (date, &expires)
        && expires.value.date() < date.date()
    {
        let message = format!("the page expires on {}, before its `date`", date::words::day(expires.value.date()));
        let help = "check `date` and `expires`: so it is never shown";
        fields.wrong(&codes::page::UNLIKELY, expires.bytes.clone(), message, help);
    }
    Meta {
        title: title.map(|title| one_line(&title)).unwrap_or_default(),
        summary: fields.text("summary").map(|summary| one_line(&summary)).filter(|summary| !summary.is_empty()),
        is_date_told: is_dated && date.is_none(),
        date,
        updated: fields.when("updated").map(|when| when.value),
        expires: expires.map(|expires| expires.value),
        is_draft: fields.flag("draft").unwrap_or(false),
        aliases: fields.texts("aliases"),
        tags: read_tags(fields),
        categories: fields.texts("categories"),
        areas: fields.texts("areas"),
        needs: fields.texts("needs"),
        image: read_image(fields),
        author,
        author_role,
        owner: fields.text("owner"),
        review_by: fields.when("review_by"),
        campaign: fields.located("campaign"),
        is_unlisted: fields.flag("unlisted").unwrap_or(false),
        quick_exit: read_quick_exit(fields),
    }
}

/// Where `quick_exit: true` leads: a page on which nobody looks twice.
const QUICK_EXIT: &str = "https://www.bbc.co.uk/weather";

/// Reads `quick_exit`: yes or no, or the address that the link leads to.
fn read_quick_exit(fields: &mut Fields<'_, '_>) -> Option<String> {
    match fields.node("quick_exit").map(|node| &node.value) {
        Some(Value::Text(text)) if text.contains(['/', '.']) => web_address(fields, "quick_exit"),
        _ => fields.flag("quick_exit").unwrap_or(false).then(|| QUICK_EXIT.to_owned()),
    }
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    push_collapsed(&mut line, text);
    line.truncate(line.trim_end().len());
    line
}

/// Quotation marks that mean nothing to YAML.
const CURLY: [char; 5] = ['“', '”', '‘', '’', '„'];

fn read_tags(fields: &mut Fields<'_, '_>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for Located { value, bytes } in fields.texts("tags") {
        let inner = value.strip_prefix(CURLY).and_then(|rest| rest.strip_suffix(CURLY));
        if let Some(inner) = inner {
            let message = format!("the quotation marks of `{value}` are shown, because they are curly");
            fields.wrong(&codes::field::CURLY_QUOTES, bytes, message, format!("write `{inner}`"));
        }
        let tag = one_line(&value);
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// A name with what they do, a name alone, or a list of names as other generators have it.
fn read_author(fields: &mut Fields<'_, '_>) -> (Option<String>, Option<String>) {
    if let Some(Node { value: Value::Map(_), .. }) = fields.node("author") {
        let author = fields.map("author", |fields| {
            let name = fields.required_text("name", "name: Jo Bloggs");
            (name, fields.text("role"))
        });
        return author.unwrap_or_default();
    }
    let names: Vec<String> = fields.texts("author").into_iter().map(|name| name.value).collect();
    ((!names.is_empty()).then(|| names.join(", ")), None)
}

/// Reads `image`: a map, or as other generators have it an address alone.
fn read_image(fields: &mut Fields<'_, '_>) -> Option<Picture> {
    let node = fields.node("image")?;
    if let Value::Text(_) = node.value {
        let src = fields.text_of("image", node)?;
        no_alt(fields, src.bytes.clone());
        return Some(picture(src, String::new(), None, None));
    }
    fields.map_of("image", node, |fields| {
        if !fields.has("src") {
            fields.missing("src", "src: picture.jpg");
        }
        let src = fields.located("src");
        let alt = read_alt(fields);
        if alt.is_none() {
            let bytes = src.as_ref().map_or(0..0, |src| src.bytes.clone());
            no_alt(fields, bytes);
        }
        let (caption, credit) = (fields.text("caption"), fields.text("credit"));
        Some(picture(src?, alt.unwrap_or_default(), caption, credit))
    })
}

/// `alt: ""` says that the picture is decoration; a key with nothing after it says nothing.
fn read_alt(fields: &mut Fields<'_, '_>) -> Option<String> {
    fields.text("alt").map(|alt| one_line(&alt))
}

fn no_alt(fields: &mut Fields<'_, '_>, bytes: Range<usize>) {
    let help = "write `image: {src: ..., alt: What the picture shows}`, or `alt: \"\"` if it is decoration";
    fields.wrong(
        &codes::links::ALT_MISSING,
        bytes,
        "the page's picture has no words for those who cannot see it",
        help,
    );
}

fn picture(src: Located<String>, alt: String, caption: Option<String>, credit: Option<String>) -> Picture {
    Picture { src: src.value, alt, caption, credit, place: src.bytes }
}

/// The front matter that no field took, as themes see it.
pub fn extra_values(extra: Vec<(String, Node)>) -> serde_json::Map<String, serde_json::Value> {
    extra.into_iter().filter(|(key, _)| !is_private(key)).map(|(key, node)| (key, json(node))).collect()
}

/// Whether a field stays in `content/`: what is marked private, and the consent record of a page that is
/// no story.
fn is_private(key: &str) -> bool {
    matches!(key, "private" | "consent")
}

fn json(node: Node) -> serde_json::Value {
    match node.value {
        Value::Empty => serde_json::Value::Null,
        Value::Text(text) => match text.as_str() {
            "true" => true.into(),
            "false" => false.into(),
            _ => text.into(),
        },
        Value::List(items) => items.into_iter().map(json).collect(),
        Value::Map(entries) => entries
            .into_iter()
            .filter_map(|(key, value)| match key.value {
                Value::Text(key) if !is_private(&key) => Some((key, json(value))),
                _ => None,
            })
            .collect(),
    }
}

/// Splits `2026-05-21-thank-you` into the date and the rest.
pub fn dated_name(stem: &str) -> Option<(When, &str)> {
    let (date, rest) = (stem.get(..10)?, stem.get(10..)?);
    let is_date = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let rest = rest.strip_prefix(['-', '_', ' '])?;
    (is_date && !rest.is_empty()).then_some(())?;
    Some((date::parse(date).ok()?, rest))
}

/// The front matter of a file as a tree; an empty map where there is none.
pub fn tree(path: &SourcePath, text: &str, parts: &Parts) -> Result<Node, Diagnostic> {
    match &parts.front_matter {
        Some(bytes) => yaml::read(path, text, bytes.clone()),
        None => Ok(Node { value: Value::Empty, bytes: 0..0 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_with_dates() {
        assert_eq!(dated_name("2026-05-21-thank-you").map(|(_, rest)| rest), Some("thank-you"));
        assert_eq!(dated_name("2026-05-21"), None);
        assert_eq!(dated_name("2026-13-21-x"), None);
        assert_eq!(dated_name("ÄÖÜäöü-x"), None);
    }

    fn meta(yaml: &str) -> (Meta, String) {
        let path = SourcePath::from("content/a.md");
        let node = yaml::read(&path, yaml, 0..yaml.len()).unwrap();
        let mut faults = Vec::new();
        let mut fields = Fields::new(&path, &node, &mut faults);
        let meta = read_meta(&mut fields, None);
        fields.extra(&[]);
        let faults = faults.iter().map(|fault| {
            let place = fault.place.as_ref().map_or("", |place| &yaml[place.start..place.end]);
            format!("{} [{place}] {}\n", fault.code.id, fault.help.as_deref().unwrap_or_default())
        });
        (meta, faults.collect())
    }

    #[test]
    fn fields_of_every_page() {
        let (meta, faults) = meta(
            "title: A  page\nsummary: Two\n  lines\ndate: 2026-05-21\nupdated: 2026-05-22\nexpires: 2027-01-01\ndraft: yes\n\
             aliases: [/old/]\ntags: [a, b, a]\ncategories: money\nareas: [north]\nneeds: [lonely]\n\
             image: {src: a.png, alt: '', caption: C, credit: D}\nauthor: Jo\nowner: Sam\nreview_by: 2027-01-01\n\
             campaign: day\nprivate: {note: x}\n",
        );
        assert_eq!(faults, "");
        assert_eq!((meta.title.as_str(), meta.summary.as_deref()), ("A page", Some("Two lines")));
        assert_eq!(meta.date.map(When::date), Some(jiff::civil::date(2026, 5, 21)));
        assert_eq!(meta.updated.map(When::date), Some(jiff::civil::date(2026, 5, 22)));
        assert_eq!(meta.expires.map(When::date), Some(jiff::civil::date(2027, 1, 1)));
        assert!(meta.is_draft);
        assert_eq!(meta.aliases[0].value, "/old/");
        assert_eq!(meta.tags, ["a", "b"]);
        assert_eq!((meta.categories[0].value.as_str(), meta.areas[0].value.as_str()), ("money", "north"));
        assert_eq!(meta.needs[0].value, "lonely");
        let image = meta.image.unwrap();
        assert_eq!((image.src.as_str(), image.alt.as_str(), image.caption.as_deref()), ("a.png", "", Some("C")));
        assert_eq!((meta.author.as_deref(), meta.owner.as_deref()), (Some("Jo"), Some("Sam")));
        assert_eq!(meta.review_by.map(|day| day.value.date()), Some(jiff::civil::date(2027, 1, 1)));
        assert_eq!(meta.campaign.map(|campaign| campaign.value).as_deref(), Some("day"));
    }

    #[test]
    fn wrong_values_of_every_page() {
        for (yaml, expected) in [
            ("summary: A", "page/title-missing"),
            ("title: [a]", "field/not-text"),
            ("title: A\nsummary: {a: b}", "field/not-text"),
            ("title: A\ndate: 5/6/2026", "field/not-a-date [5/6/2026]"),
            ("title: A\nupdated: soon", "field/not-a-date [soon]"),
            ("title: A\nexpires: never", "field/not-a-date [never]"),
            ("title: A\ndraft: maybe", "field/not-yes-or-no [maybe]"),
            ("title: A\naliases: [{a: b}]", "field/not-text"),
            ("title: A\ntags: {a: b}", "field/not-text"),
            ("title: A\ncategories: [[a]]", "field/not-text"),
            ("title: A\nareas: {a: b}", "field/not-text"),
            ("title: A\nneeds: {a: b}", "field/not-text"),
            ("title: A\nimage: a.png", "links/picture-without-alt [a.png]"),
            ("title: A\nimage: {src: a.png}", "links/picture-without-alt [a.png]"),
            ("title: A\nimage: {alt: x}", "field/missing"),
            ("title: A\nsummary: {a: b}", "field/not-text"),
            ("title: A\nowner: [a]", "field/not-text"),
            ("title: A\nreview_by: later", "field/not-a-date [later]"),
            ("title: A\ncampaign: [a]", "field/not-text"),
            ("title: A\nsumary: B", "field/unknown [sumary] did you mean `summary`?"),
        ] {
            let (_, faults) = meta(yaml);
            assert!(faults.contains(expected), "{yaml}\n{faults}");
        }
    }

    #[test]
    fn five_wrong_fields_give_five_messages() {
        let (_, faults) = meta("title: [a]\ndate: soon\ndraft: maybe\nimage: x.png\nsummary: {a: b}");
        assert_eq!(faults.lines().count(), 5, "{faults}");
    }
}
