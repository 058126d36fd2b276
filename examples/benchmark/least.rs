//! The least that a generator with our crates can do: it reads each document, makes HTML of its Markdown, puts that
//! into a page with Tera and writes it.
//!
//! No YAML is read, no link is looked at, no list, feed or calendar is made and nothing is kept: no build of pages can
//! be faster with the same crates.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use tera::{Context, Tera};
use walkdir::WalkDir;

use crate::table::Figure;

/// What the plain theme puts around a text.
const PAGE: &str = include_str!("least.html");

/// Makes a page of every Markdown file of `content`, into `output`, on all processors.
pub fn run(content: &Path, output: &Path) -> Figure {
    let begun = Instant::now();
    let mut tera = Tera::default();
    tera.add_raw_template("page.html", PAGE).unwrap();
    tera.global_context()
        .insert("menu", &[["Events", "/events/"], ["Find support", "/resources/"], ["Blog", "/blog/"]]);
    let files: Vec<PathBuf> = WalkDir::new(content)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.par_iter().for_each(|file| {
        let text = fs::read_to_string(file).unwrap();
        let name = file.strip_prefix(content).unwrap().with_extension("");
        let page = page(&tera, &text, &format!("/{}/", name.to_string_lossy()));
        let folder = output.join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.html"), page).unwrap();
    });
    Figure::of_this_process(begun.elapsed())
}

fn page(tera: &Tera, text: &str, url: &str) -> Vec<u8> {
    let (fields, markdown) =
        text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap_or(("", text));
    let field = |name: &str| {
        let line = fields.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_default().trim_matches(['"', '[', ']'])
    };
    let mut body = String::with_capacity(markdown.len() * 5 / 4);
    html::push_html(&mut body, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    let mut context = Context::new();
    context.insert("url", url);
    for name in ["title", "summary", "date"] {
        context.insert(name, field(name));
    }
    context.insert("tags", &field("tags").split(", ").collect::<Vec<_>>());
    context.insert("body", &body);
    let mut page = Vec::with_capacity(16 * 1024);
    tera.render_to("page.html", &context, &mut page).unwrap();
    page
}
