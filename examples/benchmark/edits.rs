//! What is edited between two builds.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// One kind of edit.
#[derive(Clone, Copy)]
pub enum Edit {
    Nothing,
    /// A sentence is added to a post.
    Body,
    /// A post gets another title, which lists and the posts beside it show.
    Title,
    /// Every page gets another end.
    Template,
    /// Every page shows another name.
    Configuration,
}

impl Edit {
    pub const ALL: [Edit; 5] = [Edit::Nothing, Edit::Body, Edit::Title, Edit::Template, Edit::Configuration];

    pub fn words(self) -> &'static str {
        match self {
            Edit::Nothing => "nothing changed",
            Edit::Body => "a text edited",
            Edit::Title => "a title edited",
            Edit::Template => "the template of all pages edited",
            Edit::Configuration => "the name of the site edited",
        }
    }

    /// Edits; no two numbers make the same text. Returns the file that it wrote.
    pub fn make(self, root: &Path, number: usize) -> BTreeSet<PathBuf> {
        let post = root.join(POST);
        let (path, text) = match self {
            Edit::Nothing => return BTreeSet::new(),
            Edit::Body => {
                let text = fs::read_to_string(&post).unwrap();
                (post, format!("{text}\nOne more sentence, number {number}.\n"))
            }
            Edit::Title => {
                let text = fs::read_to_string(&post).unwrap();
                let (_, rest) = text.strip_prefix("---\ntitle: ").unwrap().split_once('\n').unwrap();
                (post, format!("---\ntitle: Title {number}\n{rest}"))
            }
            Edit::Template => {
                let text = include_str!("../../themes/waymark/templates/base.html");
                (root.join("themes/waymark/templates/base.html"), format!("{text}<!-- {number} -->\n"))
            }
            Edit::Configuration => {
                let text = format!("name: Benchmark {number}\nurl: https://benchmark.example.org\n");
                (root.join("content/site.yaml"), text)
            }
        };
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        [path].into()
    }
}

/// The post that is edited, and the page that is open in the preview.
const POST: &str = "content/blog/2023/post-7.md";
pub const PAGE: &str = "blog/2023/post-7/index.html";
