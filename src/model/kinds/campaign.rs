//! Campaigns: awareness days such as Link Worker Day, with what is needed to join in.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Details, Kind, KindRow, Misplaced};
use crate::codes;
use crate::config::web_address;
use crate::date::When;
use crate::fields::{Fields, Located};
use crate::model::html::Picture;
use crate::yaml::{Node, Value};

pub const KIND: KindRow = KindRow {
    kind: Kind::Campaign,
    name: "campaign",
    folder: Some("campaigns"),
    has_dated_names: false,
    misplaced: MISPLACED,
    read,
};

/// Names that people write for fields of a campaign.
const MISPLACED: Misplaced = &[
    (&["start", "start_date"], "write it as `from:`, or as `day:` where it is one day"),
    (&["end", "end_date"], "write it as `to:`"),
    (&["posts", "assets"], "write it into `toolkit: {posts: [...], assets: [...]}`"),
];

/// An awareness day or week.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Campaign {
    pub from: Option<When>,
    /// The last day; the same as `from` for a single day.
    pub to: Option<When>,
    /// Without the hash sign.
    pub hashtags: Vec<String>,
    pub organiser: Option<Organiser>,
    pub toolkit: Toolkit,
}

/// What others need to join in, ready to copy, print and pass on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Toolkit {
    pub posts: Vec<ToolkitPost>,
    pub assets: Vec<ToolkitAsset>,
    /// Words to stand under an e-mail.
    pub signature: Option<String>,
    pub press_notice: Option<String>,
    pub facts: Vec<ToolkitFact>,
}

impl Toolkit {
    pub fn is_empty(&self) -> bool {
        *self == Toolkit::default()
    }
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
    pub picture: Option<Picture>,
}

/// Something that is so, and who says it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ToolkitFact {
    pub text: String,
    pub source: Option<String>,
    pub url: Option<String>,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Purpose {
    Print,
    Screen,
}

const PURPOSES: [(&str, Purpose); 2] = [("print", Purpose::Print), ("screen", Purpose::Screen)];

/// A file to download.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ToolkitAsset {
    /// As written: relative to the campaign's file, or from the site's root.
    pub file: Located<String>,
    pub title: Option<String>,
    /// Nothing where its type decides.
    pub purpose: Option<Purpose>,
    /// What the file shows, where it is a picture that is to be shown.
    pub picture: Option<Picture>,
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
    let toolkit = fields.map("toolkit", read_toolkit).unwrap_or_default();
    let organiser = organiser.flatten();
    Some(Details::Campaign(Box::new(Campaign { from, to, hashtags, organiser, toolkit })))
}

fn read_toolkit(fields: &mut Fields<'_, '_>) -> Toolkit {
    let posts = fields.maps("posts", |fields| {
        let text = fields.required_text("text", "text: The words to copy");
        let channel = fields.text("channel");
        let picture = fields.map("image", read_picture).flatten();
        text.map(|text| ToolkitPost { text, channel, picture })
    });
    let facts = fields.maps("facts", |fields| {
        let text = fields.required_text("text", "text: What is so");
        let source = fields.text("source");
        let url = web_address(fields, "url");
        text.map(|text| ToolkitFact { text, source, url })
    });
    Toolkit {
        posts: posts.into_iter().flatten().collect(),
        assets: read_assets(fields),
        signature: fields.text("signature"),
        press_notice: fields.text("press_notice"),
        facts: facts.into_iter().flatten().collect(),
    }
}

/// The picture of a post: nobody may copy it without its words.
fn read_picture(fields: &mut Fields<'_, '_>) -> Option<Picture> {
    if !fields.has("src") {
        fields.missing("src", "src: picture.png");
    }
    let src = fields.located("src");
    let alt = fields.text("alt");
    let src = src?;
    if alt.is_none() {
        let message = "the picture of the post has no words for those who cannot see it";
        let help = "add `alt: What the picture shows`, or `alt: \"\"` if it is decoration";
        fields.wrong(&codes::links::ALT_MISSING, src.bytes.clone(), message, help);
    }
    Some(picture(&src, alt.unwrap_or_default()))
}

fn picture(src: &Located<String>, alt: String) -> Picture {
    Picture { src: src.value.clone(), alt, caption: None, credit: None, place: src.bytes.clone() }
}

/// A list of files, each a path or a map with `file` and `title`.
fn read_assets<'n>(fields: &mut Fields<'n, '_>) -> Vec<ToolkitAsset> {
    let Some(node) = fields.node("assets") else { return Vec::new() };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let read = |item: &'n Node| match &item.value {
        Value::Text(_) => {
            fields.text_of("assets", item).map(|file| ToolkitAsset { file, title: None, purpose: None, picture: None })
        }
        _ => fields.map_of("assets", item, |fields| {
            if !fields.has("file") {
                fields.missing("file", "file: poster.pdf");
            }
            let file = fields.located("file");
            let title = fields.text("title");
            let purpose = fields.choice("for", &PURPOSES);
            let alt = fields.text("alt");
            file.map(|file| ToolkitAsset { title, purpose, picture: alt.map(|alt| picture(&file, alt)), file })
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
            "ToolkitPost { text: \"Hello\", channel: Some(\"Facebook\"), picture: None }",
        );
        check("toolkit: {assets: [a.pdf, {file: b.pdf, title: B}]}", "value: \"b.pdf\"");
        check("toolkit: {posts: [{text: A, image: {src: a.png, alt: Rings}}]}", "alt: \"Rings\"");
        check("toolkit: {assets: [{file: b.pdf, for: print}]}", "purpose: Some(Print)");
        check("toolkit: {signature: Hi, press_notice: News}", "signature: Some(\"Hi\"), press_notice: Some(\"News\")");
        check("toolkit: {facts: [{text: One, source: NHS, url: https://a.uk}]}", "source: Some(\"NHS\")");
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
        check("toolkit: {posts: [{text: A, image: {src: a.png}}]}", "links/picture-without-alt [a.png]");
        check("toolkit: {posts: [{text: A, image: {alt: Rings}}]}", "`src` is missing in `image`");
        check("toolkit: {facts: [{source: NHS}]}", "`text` is missing in `facts`");
        check("toolkit: {assets: [{file: a.pdf, for: paper}]}", "field/not-one-of [paper]");
        check("toolkit: {pots: []}", "did you mean `posts`?");
    }
}
