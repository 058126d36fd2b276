//! The guide for authors of themes, `docs/themes.md`: every example in it is rendered, and every value, function, filter
//! and component has one.
//!
//! - A block with a path (```` ```yaml content/site.yaml ````) is a file. Those of the chapter “The site of the examples”
//!   are in every site; those of another chapter are in the site of that chapter.
//! - Lines of settings in a chapter take the place of the lines for the same fields.
//! - A block with the name of a template (```` ```jinja event.html ````) stands in that template, with all others of
//!   that name. A block with the name of a component is that component's template.
//! - `shows` is what the block before it comes to; `shows PATH` is a part of that file of the chapter's site.
//!
//! With `FINGERPOST_BLESS` set, what the blocks come to is written into the guide.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use fingerpost::model::components::COMPONENTS;

use crate::contract::documented_structs;
use crate::project::{Built, PNG, Project};

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/themes.md");
/// The chapter whose files are in every site.
const SITE_CHAPTER: &str = "The site of the examples";

/// A fenced block of the guide.
#[derive(Clone, Debug)]
struct Block {
    chapter: String,
    /// The nearest heading of any level.
    section: String,
    /// What stands behind the language.
    about: String,
    text: String,
    /// The lines between the fences, from 0.
    lines: std::ops::Range<usize>,
}

/// (template, with a word for another page of the same one, a page that is made with it).
const PAGES: [(&str, &str); 22] = [
    ("api.html", "api/index.html"),
    ("search.html", "search/index.html"),
    ("home.html", "index.html"),
    ("page.html", "about/index.html"),
    ("post.html", "blog/thank-you/index.html"),
    ("story.html", "stories/pat/index.html"),
    ("event.html", "events/tea/index.html"),
    ("resource.html", "resources/lunch/index.html"),
    ("campaign.html", "campaigns/day/index.html"),
    ("list.html", "events/index.html"),
    ("month.html", "events/2026-06/index.html"),
    ("week.html", "events/this-week/index.html"),
    ("venue.html", "venues/hall/index.html"),
    ("terms.html", "needs/index.html"),
    ("subscribe.html", "subscribe/index.html"),
    ("not-found.html", "404.html"),
    ("redirect.html", "old/index.html"),
    ("list.html resources", "resources/index.html"),
    ("list.html posts", "blog/index.html"),
    ("toolkit.html", "campaigns/day/toolkit/index.html"),
    ("event.html once", "events/talk/index.html"),
    ("event.html partner", "events/leisure/yoga-b56654/index.html"),
];

fn guide() -> String {
    fs::read_to_string(GUIDE).unwrap()
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut chapter, mut section) = (String::new(), String::new());
    let mut open: Option<(usize, String)> = None;
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        match &open {
            Some((start, about)) if line.starts_with("```") => {
                let text = lines[start + 1..at].join("\n");
                let (chapter, section) = (chapter.clone(), section.clone());
                blocks.push(Block { chapter, section, about: about.clone(), text, lines: start + 1..at });
                open = None;
            }
            Some(_) => {}
            None => {
                if let Some(info) = line.strip_prefix("```") {
                    let about = info.split_once(' ').map_or("", |(_, about)| about).to_owned();
                    open = Some((at, about));
                } else if let Some(title) = line.strip_prefix("## ") {
                    (chapter, section) = (title.to_owned(), title.to_owned());
                } else if line.starts_with("###") {
                    section = line.trim_start_matches('#').trim().to_owned();
                }
            }
        }
    }
    assert!(open.is_none(), "a block of the guide is never closed");
    blocks
}

impl Block {
    fn is_file(&self) -> bool {
        self.about.starts_with("content/") || self.about.starts_with("themes/")
    }

    /// The template that it stands in.
    fn template(&self) -> Option<&str> {
        self.about.split(' ').next().filter(|name| name.ends_with(".html") && !self.is_file())
    }
}

fn site(blocks: &[Block], chapter: &str) -> Project {
    let mut project = Project::new().file("content/media/tea.png", PNG).file("content/media/leaflet.pdf", "%PDF-1.4\n");
    let is_of = |block: &&Block, wanted: &str| block.chapter == wanted && block.is_file();
    let mut settings = String::new();
    for block in blocks.iter().filter(|block| is_of(block, SITE_CHAPTER)) {
        project = project.file(&block.about, format!("{}\n", block.text));
        settings.push_str(if block.about == "content/site.yaml" { &block.text } else { "" });
    }
    for block in blocks.iter().filter(|block| is_of(block, chapter) && chapter != SITE_CHAPTER) {
        let text =
            if block.about == "content/site.yaml" { with_lines(&settings, &block.text) } else { block.text.clone() };
        project = project.file(&block.about, format!("{text}\n"));
    }
    project
}

/// Settings with lines in the place of those for the same fields.
fn with_lines(settings: &str, lines: &str) -> String {
    let field = |line: &str| line.split_once(':').map(|(field, _)| format!("{field}:"));
    let fields: Vec<String> = lines.lines().filter_map(field).collect();
    let kept = settings.lines().filter(|line| !fields.iter().any(|field| line.starts_with(field)));
    kept.chain(lines.lines()).map(|line| format!("{line}\n")).collect()
}

/// A file of a built site; the hash in the name of an asset is left out of the guide.
fn file<'b>(built: &'b Built, path: &str) -> &'b str {
    if let Some((stem, extension)) = path.strip_prefix("assets/").and_then(|_| path.rsplit_once('.')) {
        let is_it = |known: &&String| known.starts_with(&format!("{stem}.")) && known.ends_with(extension);
        return built.text(built.tree.keys().find(is_it).unwrap_or_else(|| panic!("the site has no {path}")));
    }
    built.text(path)
}

/// The page on which an example of a template is shown.
fn page_of(block: &Block) -> &'static str {
    let page = PAGES.iter().find(|(known, _)| *known == block.about);
    page.unwrap_or_else(|| panic!("no page is made for an example of `{}`", block.about)).1
}

/// What every template block comes to, in the order of the guide.
fn shown(blocks: &[Block]) -> Vec<(usize, String)> {
    let mut templates: BTreeMap<&str, String> = BTreeMap::new();
    let examples = || blocks.iter().enumerate().filter_map(|(at, block)| Some((at, block, block.template()?)));
    for (at, block, name) in examples() {
        let text = templates.entry(name).or_default();
        let marked = format!("<!--{at}-->{}<!--/{at}-->", block.text);
        if name.starts_with("components/") {
            text.push_str(&marked);
            continue;
        }
        // Another page of the same template may not have what the example names.
        let path = page_of(block);
        let address = path.strip_suffix("index.html").unwrap_or(path);
        text.push_str(&format!("{{% if page.url == \"/{address}\" %}}{marked}{{% endif %}}"));
    }
    let mut project = site(blocks, "");
    for (name, text) in &templates {
        let body =
            if name.starts_with("components/") { text.clone() } else { format!("<body data-kind=\"x\">{text}</body>") };
        project = project.file(&format!("themes/waymark/templates/{name}"), body);
    }
    let page = templates.get("page.html").map_or("", String::as_str);
    let page = format!("<body data-kind=\"x\">{page}{{{{ article.body | safe }}}}</body>");
    project = project.file("themes/waymark/templates/page.html", page);
    let mut body = String::new();
    for block in blocks.iter().filter(|block| block.about == "in a page") {
        body.push_str(&block.text);
        body.push_str("\n\n");
    }
    project =
        project.file("content/components.md", format!("---\ntitle: Components\nsummary: All of them.\n---\n{body}"));
    let built = project.build().without_errors();
    let piece = |at: usize, path: &str| {
        let text = file(&built, path);
        let (open, close) = (format!("<!--{at}-->"), format!("<!--/{at}-->"));
        let start = text.find(&open).unwrap_or_else(|| panic!("{path} does not show block {at}: {}", blocks[at].text));
        let rest = &text[start + open.len()..];
        let lines = rest[..rest.find(&close).unwrap()].trim().lines();
        lines.map(str::trim_end).collect::<Vec<_>>().join("\n")
    };
    examples()
        .map(|(at, block, name)| {
            let path = if name.starts_with("components/") { "components/index.html" } else { page_of(block) };
            (at, piece(at, path))
        })
        .collect()
}

#[test]
fn every_example_comes_to_what_the_guide_shows() {
    let text = guide();
    let blocks = blocks(&text);
    let shown = shown(&blocks);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut wrong = Vec::new();
    for (at, actual) in shown.iter().rev() {
        let Some(expected) = blocks.get(at + 1).filter(|block| block.about == "shows") else {
            panic!("no block `shows` follows the example: {}", blocks[*at].text);
        };
        if expected.text.trim() != actual {
            wrong.push(format!("--- {}\n{}\n--- it comes to\n{actual}", blocks[*at].section, blocks[*at].text));
            lines.splice(expected.lines.clone(), actual.lines().map(str::to_owned));
        }
    }
    if !wrong.is_empty() && std::env::var_os("FINGERPOST_BLESS").is_some() {
        fs::write(GUIDE, lines.join("\n") + "\n").unwrap();
    } else {
        assert!(
            wrong.is_empty(),
            "{} examples; set FINGERPOST_BLESS to write these into the guide\n{}",
            wrong.len(),
            wrong.join("\n\n")
        );
    }
}

#[test]
fn what_the_chapters_change_is_changed() {
    let blocks = blocks(&guide());
    let chapters: BTreeSet<&str> =
        blocks.iter().filter(|block| block.about.starts_with("shows ")).map(|block| block.chapter.as_str()).collect();
    assert!(chapters.len() >= 5, "{chapters:?}");
    for chapter in chapters {
        let built = site(&blocks, chapter).build().without_errors();
        for block in blocks.iter().filter(|block| block.chapter == chapter) {
            let Some(path) = block.about.strip_prefix("shows ") else { continue };
            let text = file(&built, path);
            assert!(
                text.contains(block.text.trim()),
                "{chapter}: {path} does not hold\n{}\nbut is\n{text}",
                block.text
            );
        }
    }
}

#[test]
fn everything_that_a_theme_may_name_has_an_example() {
    let text = guide();
    let blocks = blocks(&text);
    let in_section = |wanted: &str| -> String {
        let of = blocks.iter().filter(|block| block.section.contains(wanted) && !block.about.starts_with("shows"));
        of.map(|block| format!("{}\n", block.text)).collect()
    };
    let mut missing = Vec::new();
    for (name, fields) in documented_structs() {
        let section = in_section(&format!("`{name}`"));
        for field in fields.iter().filter(|field| !says(&section, &format!(".{field}"))) {
            missing.push(format!("`{name}.{field}`: add it to an example below the heading that names `{name}`"));
        }
    }
    let shared = include_str!("../../src/outputs/mod.rs");
    for name in between(shared, "shared.insert(\"", '"') {
        if !says(&in_section("Shared values"), name) {
            missing.push(format!("the shared value `{name}`: add it below “Shared values”"));
        }
    }
    let theme = include_str!("../../src/theme.rs");
    for name in between(theme, "register_function(\"", '"').into_iter().chain(between(theme, "register_filter(\"", '"'))
    {
        if !says(&in_section("Functions and filters"), name) {
            missing.push(format!("`{name}`: add it below “Functions and filters”"));
        }
    }
    for component in COMPONENTS {
        let section = in_section(&format!("`{}`", component.name));
        let template = format!("components/{}.html", component.name);
        if !blocks.iter().any(|block| block.about == template) {
            missing.push(format!("the component `{}`: add a section with a block `jinja {template}`", component.name));
        }
        for field in component.fields.iter().filter(|field| !says(&section, &format!("fields.{}", field.name))) {
            let name = field.name;
            missing.push(format!("`fields.{name}` of the component `{}`: add it to its block", component.name));
        }
    }
    assert!(missing.is_empty(), "docs/themes.md has no example of\n{}", missing.join("\n"));
}

/// Whether a text holds a word, whole.
fn says(text: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[at + word.len()..].starts_with(is_letter) && (word.starts_with('.') || !text[..at].ends_with(is_letter))
    })
}

fn between<'t>(text: &'t str, open: &str, close: char) -> Vec<&'t str> {
    text.match_indices(open).map(|(at, _)| text[at + open.len()..].split(close).next().unwrap()).collect()
}
