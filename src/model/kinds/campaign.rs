//! Campaigns: awareness days such as Link Worker Day, with what is needed to join in.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Details, Kind, KindRow};
use crate::codes;
use crate::config::web_address;
use crate::date::When;
use crate::fields::{Fields, Located};
use crate::yaml::{Node, Value};

pub const KIND: KindRow =
    KindRow { kind: Kind::Campaign, name: "campaign", folder: Some("campaigns"), has_dated_names: false, read };

/// An awareness day or week.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Campaign {
    pub from: Option<When>,
    /// The last day; the same as `from` for a single day.
    pub to: Option<When>,
    /// Without the hash sign.
    pub hashtags: Vec<String>,
    pub organiser: Option<Organiser>,
    pub toolkit_posts: Vec<ToolkitPost>,
    pub toolkit_assets: Vec<ToolkitAsset>,
}

/// Who leads the campaign.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Organiser {
    pub name: String,
    pub url: Option<String>,
}

/// A post for social media, ready to copy.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ToolkitPost {
    pub text: String,
    pub channel: Option<String>,
}

/// A file to download.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ToolkitAsset {
    /// As written: relative to the campaign's file, or from the site's root.
    pub file: Located<String>,
    pub title: Option<String>,
}

fn read(fields: &mut Fields<'_, '_>, _: &TimeZone) -> Option<Details> {
    let day = fields.when("day");
    let from = fields.when("from");
    let to = fields.when("to");
    if let (Some(from), Some(to)) = (&from, &to)
        && to.value.date() < from.value.date()
    {
        let message = "the campaign would end before it begins";
        fields.wrong(&codes::event::END_BEFORE_START, to.bytes.clone(), message, "check `from` and `to`");
    }
    if let (Some(day), Some(_)) = (&day, from.as_ref().or(to.as_ref())) {
        let message = "a campaign has either a `day`, or `from` and `to`";
        fields.wrong(&codes::event::TWO_ENDS, day.bytes.clone(), message, "delete `day`, or the other two");
    }
    let from = day.as_ref().or(from.as_ref()).map(|when| when.value);
    let to = day.or(to).map(|when| when.value).or(from);
    let hashtags = fields.texts("hashtags").into_iter().map(|tag| tag.value.trim_start_matches('#').to_owned());
    let hashtags = hashtags.collect();
    let organiser = fields.map("organiser", |fields| {
        let name = fields.required_text("name", "name: National Association of Link Workers");
        let url = web_address(fields, "url");
        name.map(|name| Organiser { name, url })
    });
    let toolkit = fields.map("toolkit", |fields| {
        let posts = fields.maps("posts", |fields| {
            let text = fields.required_text("text", "text: The words to copy");
            let channel = fields.text("channel");
            text.map(|text| ToolkitPost { text, channel })
        });
        (posts.into_iter().flatten().collect(), read_assets(fields))
    });
    let (toolkit_posts, toolkit_assets) = toolkit.unwrap_or_default();
    let organiser = organiser.flatten();
    Some(Details::Campaign(Box::new(Campaign { from, to, hashtags, organiser, toolkit_posts, toolkit_assets })))
}

/// A list of files, each a path or a map with `file` and `title`.
fn read_assets<'n>(fields: &mut Fields<'n, '_>) -> Vec<ToolkitAsset> {
    let Some(node) = fields.node("assets") else { return Vec::new() };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let read = |item: &'n Node| match &item.value {
        Value::Text(_) => fields.text_of("assets", item).map(|file| ToolkitAsset { file, title: None }),
        _ => fields.map_of("assets", item, |fields| {
            if !fields.has("file") {
                fields.missing("file", "file: poster.pdf");
            }
            let file = fields.located("file");
            let title = fields.text("title");
            file.map(|file| ToolkitAsset { file, title })
        }),
    };
    items.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::super::read_for_test;
    use super::*;

    fn check(yaml: &str, expected: &str) {
        let found = read_for_test(yaml, read);
        assert!(found.contains(expected), "{yaml}\n{found}");
    }

    #[test]
    fn fields_of_a_campaign() {
        check("day: 2027-05-20", "from: Some(Day(2027-05-20)), to: Some(Day(2027-05-20))");
        check("from: 2027-05-17\nto: 2027-05-23", "from: Some(Day(2027-05-17)), to: Some(Day(2027-05-23))");
        check("hashtags: ['#LinkWorkerDay', Thanks]", "hashtags: [\"LinkWorkerDay\", \"Thanks\"]");
        check("organiser: {name: NALW, url: https://example.org}", "Organiser { name: \"NALW\", url: Some(");
        check(
            "toolkit: {posts: [{text: Hello, channel: Facebook}]}",
            "ToolkitPost { text: \"Hello\", channel: Some(\"Facebook\") }",
        );
        check("toolkit: {assets: [a.pdf, {file: b.pdf, title: B}]}", "value: \"b.pdf\"");
    }

    #[test]
    fn wrong_values_of_a_campaign() {
        check("day: soon", "field/not-a-date [soon]");
        check("from: 2027-05-23\nto: 2027-05-17", "event/ends-before-it-starts [2027-05-17]");
        check("day: 2027-05-20\nfrom: 2027-05-17", "event/two-ends [2027-05-20]");
        check("hashtags: {a: b}", "field/not-text");
        check("organiser: {url: https://example.org}", "`name` is missing in `organiser`");
        check("organiser: {name: A, url: example.org}", "field/not-an-address [example.org]");
        check("toolkit: {posts: [{channel: X}]}", "`text` is missing in `posts`");
        check("toolkit: {assets: [{title: X}]}", "`file` is missing in `assets`");
        check("toolkit: {pots: []}", "did you mean `posts`?");
    }
}
