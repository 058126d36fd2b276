//! What people do to a site's folder between two builds, on a site in which every file asks something of
//! another one.
//!
//! `TEXTS` says which texts may stand where; a number that is too large begins again at the front.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use proptest::prelude::*;

use crate::project::{PNG, write};

/// One deed. Numbers choose among `TEXTS`, `FOLDERS`, or what is there.
#[derive(Clone, Copy, Debug)]
pub enum Edit {
    /// Writes one of the texts that may stand at a path.
    Write(usize, usize),
    Delete(usize),
    /// Moves one file's text to another path, over what is there.
    Rename(usize, usize),
    /// Moves `a.md` to `a/index.md`, or back: its address stays.
    Bundle(usize),
    /// Appends a line.
    Touch(usize),
    DeleteFolder(usize),
    /// Gives a folder another name, in place of what is there.
    MoveFolder(usize, usize),
}

/// A path with the texts that may stand there.
type Texts = (&'static str, &'static [&'static str]);

const CONSENT: &str = "consent: {reference: A1, given: 2026-01-05, expires: 2026-07-01, covers: [website]}";

/// Settings and venues; in their first form, and with the content in its, there is no error.
const SETTINGS: &[Texts] = &[
    (
        "content/site.yaml",
        &[
            "name: Mill\nurl: https://mill.example.org\nareas: [{id: far, name: Far}]\nneeds: [{id: lonely, name: L}]\n",
            "name: Mill\nurl: https://mill.example.org/sub/\ntagline: Hello\nlanguages: [cy]\n\
             areas: [{id: far, name: Further}]\nneeds: [{id: lonely, name: Lonely}]\n",
            "name: Mill Lane\nurl: https://mill.example.org\nmenu: [{label: A, link: /blog/}, {label: B, link: about.md}]\n\
             areas: [{id: north, name: North, areas: [{id: far, name: Far}]}]\nneeds: [{id: lonely, name: Lonely}]\n",
            "name: Mill\nurl: https://mill.example.org\nfeeds: {content: summaries, limit: 1}\n\
             contact: {email: a@example.org}\nredirects: {/old/: /blog/, /older/: /blog/a/}\nlogo: media/a.png\n\
             areas: [{id: far, name: Far}]\nneeds: [{id: lonely, name: Lonely}, {id: other, name: Other}]\n",
            "name: Mill\nurl: https://mill.example.org\nlanguages: [cy, fr]\ntimezone: America/New_York\ntheme: other\n\
             review: {page: 30 days, resource: 1 day}\nclosures: {holidays: [2026-06-02]}\nseverity: {links/broken: note}\n",
            "name: Mill\nurl: https://mill.example.org\nareas: [{id: near, name: Near}, {id: far, name: Far}]\n\
             needs: [{id: other, name: Other}, {id: lonely, name: L}]\n",
            "name: Mill\nurl: https://mill.example.org\nfeeds: {past: 3 days, cancelled: show}\n\
             areas: [{id: north, name: North, was: [far, old]}, {id: away, name: Away}]\n\
             needs: [{id: lonely, name: Lonely}]\nretired_feeds: [/tags/tea/calendar.ics]\n\
             calendars: [{id: halls, name: Halls, venues: [hall]}, {id: free, was: [gratis], cost: free, access: [step-free]}]\n\
             redirects: {/tags/old/calendar.ics: /tags/tea/calendar.ics}\n",
            "name: [Mill\n",
        ],
    ),
    (
        "content/venues.yaml",
        &[
            "hall: {name: The Hall, address: 1 Mill Lane}\n",
            "hall: {name: The New Hall, postcode: ZZ1 1ZZ, access: [step-free]}\n",
            "barn: {name: The Barn}\n",
            "barn: {name: The Barn}\nhall: {name: A Hall, directions: By the river.}\n",
            "hall: {name: The Hall, address: 1 Mill Lane, was: [old-hall]}\nbarn: {name: The Barn, access: [step-free]}\n",
        ],
    ),
];

const THEMES: &[Texts] = &[
    (
        "themes/waymark/templates/post.html",
        &["{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}", "{{ oops"],
    ),
    ("themes/waymark/templates/partials/contents.html", &["<p>Contents</p>", "<nav>{{ page.title }}</nav>"]),
    ("themes/waymark/assets/css/more.css", &["a { color: red }", "a { color: blue }"]),
    ("themes/other/templates/page.html", &["<h1>{{ page.title }}</h1>{{ article.body | safe }}", "{{ page.tilte }}"]),
];

/// The content.
const CONTENT: &[Texts] = &[
    (
        "content/index.md",
        &[
            "---\ntitle: Home\n---\nHello.\n\n::: events\n:::\n\n::: posts {tag: tea}\n:::\n",
            "---\ntitle: Welcome\n---\n::: stories\n:::\n\n![A cup](media/a.png)\n",
        ],
    ),
    (
        "content/blog/index.md",
        &["---\ntitle: News\n---\nWords above. [About](../about.md#who)\n", "---\ntitle: Blog\n---\n"],
    ),
    (
        "content/blog/2026-05-01-a.md",
        &[
            "---\ntitle: A\ntags: [tea]\n---\nText. [B](b/index.md) [x](/nothing/)\n",
            "---\ntitle: A\ntags: [tea, talk]\nsummary: Short\n---\nOther text. [B](b/index.md#two) [B](/blog/b/)\n",
            "---\ntitle: A\ntags: [tea]\ndraft: true\n---\nText.\n",
            "---\ntitle: Another A\ndate: 2026-06-02 12:30\n---\n[B](b#three) [x](/nothing/) [y](2026-05-01-c.md)\n",
            "---\ntitle: [A\n---\n",
        ],
    ),
    (
        "content/blog/b/index.md",
        &[
            "---\ntitle: B\ndate: 2026-05-30\nimage: {src: own.png, alt: Own}\n---\n## One\n\n## Two\n\n![x](own.png)\n",
            "---\ntitle: B\ndate: 2026-06-02\nimage: {src: own.png, alt: Own}\n---\n## One\n\n## Two\n\n## Three\n",
            "---\ntitle: B\ndate: 2026-05-02\naliases: [/b/, /news/a/]\ncampaign: day\n---\n## Two\n\n[A](../2026-05-01-a.md)\n",
            "---\ntitle: B\ndate: 2026-05-02\nexpires: 2026-06-03 17:00\nslug: other\n---\n[A](../a) [C](../c.md)\n",
        ],
    ),
    ("content/blog/b/own.png", &["one", "another"]),
    (
        "content/blog/c.md",
        &["---\ntitle: C\ncampaign: week\n---\nSee [help](../resources/help.md) and [about](../about).\n"],
    ),
    (
        "content/blog/_drafts/d.md",
        &["---\ntitle: D\ndate: 2026-05-04\n---\n[A](../2026-05-01-a.md) ![x](../../media/a.png)\n"],
    ),
    ("content/media/a.png", &["one", "another"]),
    ("content/media/leaflet.pdf", &["%PDF one", "%PDF two"]),
    (
        "content/events/tea.md",
        &[
            "---\ntitle: Tea\nstart: 2026-05-26 10:00\nend: 2026-05-26 12:00\nvenue: hall\ntags: [tea]\n\
             repeats: {every: week, count: 5}\n---\nCome.\n",
            "---\ntitle: Tea\nstart: 2026-06-01 10:00\nduration: 2 hours\nonline: https://example.org/x\n---\nCome.\n",
            "---\ntitle: Tea\nstart: 2026-06-01\nvenue: hall\nstatus: cancelled\n---\nNo.\n",
            "---\ntitle: Tea\nstart: 2026-05-26 10:00\nend: 2026-05-26 12:00\nvenue: hall\n\
             repeats: {every: week, skip: [holidays]}\nchanges: [{on: 2026-06-09, start: 2026-06-09 15:00, venue: hall}, \
             {on: 2026-06-16, cancelled: true}]\n---\nCome.\n",
        ],
    ),
    (
        "content/events/walk.md",
        &[
            "---\ntitle: Walk\nstart: 2026-06-02 11:00\nend: 2026-06-02 12:00\nvenue: hall\ncampaign: day\n---\nWalk.\n",
            "---\ntitle: Walk\nstart: 2026-05-26 11:00\nend: 2026-05-26 12:00\nvenue: {name: Park}\n---\n[Tea](tea.md)\n",
            "---\ntitle: Walk\nstart: 2026-05-26 11:00\nend: 2026-05-26 12:00\nvenue: barn\norganiser: Walkers\ncost: free\n\
             aliases: [/events/stroll/]\nareas: [north]\nstatus: cancelled\n---\nWalk.\n",
            "---\ntitle: Walk\nstart: 2026-06-02 11:00\nend: 2026-06-02 12:00\nvenue: hall\norganiser: The Walkers\n\
             tags: [Tea]\ncost: free\naccess: [step-free]\n---\nWalk.\n",
            "---\ntitle: Walk\nstart: 2026-06-01 22:00\nend: 2026-06-02 02:00\ntimezone: America/New_York\nvenue: hall\n---\n",
            "---\ntitle: Walk\nstart: 2026-05-30\nend: 2026-07-02\nvenue: barn\nareas: [far]\n---\nWalk.\n",
            "---\ntitle: Walk\nstart: 2026-06-30 11:00\nduration: 1 hour\nvenue: barn\nareas: [far]\n\
             repeats: {every: month}\nstatus: full\n---\nWalk.\n",
        ],
    ),
    (
        "content/resources/help.md",
        &[
            "---\ntitle: Help\nvenue: hall\nneeds: [lonely]\nchecked: 2026-05-30\n---\nHelp. [x](/blog/nothing/)\n",
            "---\ntitle: More help\nareas: [far]\nreview_by: 2026-06-01\n---\nHelp. [x](../about.md#who) [t](../blog/new.md)\n",
        ],
    ),
    (
        "content/campaigns/day.md",
        &[
            "---\ntitle: Day\nday: 2026-06-01\ntoolkit: {assets: [../media/leaflet.pdf]}\n---\nJoin.\n",
            "---\ntitle: A day\nfrom: 2026-06-01\nto: 2026-06-02\n---\n## Two\n\nJoin. [B](../blog/b.md#two)\n",
        ],
    ),
    ("content/campaigns/week.md", &["---\ntitle: Week\nfrom: 2026-12-15\nto: 2026-12-20\n---\nJoin.\n"]),
    (
        "content/about.md",
        &[
            "---\ntitle: About\n---\n## Who\n\n[x](media/leaflet.pdf) ![c](media/a.png) [pat](stories/pat.md)\n",
            "# About us\n\nText. [p](/stories/pat/) [me](#who) [w](campaigns/week.md)\n",
            "---\ntitle: About\nreview_by: 2026-06-02 12:30\n---\n## Us\n\n[d](blog/_drafts/d.md) [cy](about.cy.md)\n",
        ],
    ),
    (
        "content/about.cy.md",
        &["---\ntitle: Amdanom\n---\nHelo. [x](about.md)\n", "---\ntitle: Ni\n---\n[x](/cy/help/)\n"],
    ),
    ("content/help.fr.md", &["---\ntitle: Aide\n---\n[x](resources/help.md)\n"]),
    ("content/stories/index.md", &["---\ntitle: Stories\n---\nHello.\n"]),
    ("content/stories/pat.md", &["STORY", "STORY\nneeds: [lonely]\nquote: Better.", "no consent"]),
    ("content/stories/pat.cy.md", &["STORY"]),
];

/// What comes later, if at all: these files have the addresses of others.
const LATER: &[Texts] = &[
    ("content/blog/b.md", &["---\ntitle: Plain B\ndate: 2026-05-03\n---\n## Two\n\n[x](/nowhere/) ![x](own.png)\n"]),
    (
        "content/about/index.md",
        &["---\ntitle: All about\n---\n## Who\n\n[x](../blog/2026-05-01-a.md) [y](/nowhere/)\n"],
    ),
];

/// Folders that are deleted, and that take one another's names.
const FOLDERS: &[&str] = &[
    "content/blog",
    "content/news",
    "content/blog/b",
    "content/blog/_drafts",
    "content/events",
    "content/stories",
    "content/resources",
    "content/campaigns",
    "content/media",
    "content/about",
    "themes/waymark",
    "themes/other",
];

fn texts() -> Vec<Texts> {
    [SETTINGS, CONTENT, THEMES, LATER].concat()
}

/// What stands at a path in one of its forms.
fn bytes((path, forms): Texts, form: usize) -> Vec<u8> {
    let form = forms[form % forms.len()];
    if path.ends_with(".png") {
        // What follows the end of a picture is cut off, so the two forms differ on disk only.
        return [PNG, form.as_bytes()].concat();
    }
    match form.strip_prefix("STORY") {
        Some(more) => format!("---\ntitle: Pat\ndate: 2026-05-01\n{CONSENT}{more}\n---\nPat.\n").into_bytes(),
        None if form == "no consent" => b"---\ntitle: Pat\n---\nPat.\n".to_vec(),
        None => form.as_bytes().to_vec(),
    }
}

/// The content in its first form with the settings, but for the files of these numbers.
pub fn write_site(root: &Path, left_out: &[usize]) {
    let texts = [SETTINGS, CONTENT].concat();
    let left_out: Vec<&str> = left_out.iter().map(|number| texts[number % texts.len()].0).collect();
    for text in texts.into_iter().filter(|(path, _)| !left_out.contains(path)) {
        write(root, text.0, &bytes(text, 0));
    }
}

pub fn edit() -> impl Strategy<Value = Edit> {
    // Much happens to the same few files.
    let number = || prop_oneof![0..1000_usize, 0..8_usize];
    prop_oneof![
        12 => (number(), number()).prop_map(|(path, form)| Edit::Write(path, form)),
        4 => number().prop_map(Edit::Delete),
        4 => (number(), number()).prop_map(|(from, to)| Edit::Rename(from, to)),
        4 => number().prop_map(Edit::Bundle),
        3 => number().prop_map(Edit::Touch),
        1 => number().prop_map(Edit::DeleteFolder),
        3 => (number(), number()).prop_map(|(from, to)| Edit::MoveFolder(from, to)),
    ]
}

/// Makes edits, and remembers where.
#[derive(Default)]
pub struct Editor {
    /// Seconds: times of change are set apart, as they are when people edit.
    clock: u64,
    /// The files and folders that were written, moved or deleted, as who watches the folder hears of them.
    pub touched: BTreeSet<PathBuf>,
}

impl Editor {
    pub fn make(&mut self, root: &Path, edit: Edit) {
        let texts = texts();
        let here: Vec<&str> = texts.iter().map(|(path, _)| *path).filter(|path| root.join(path).is_file()).collect();
        let folders: Vec<&str> = FOLDERS.iter().copied().filter(|path| root.join(path).is_dir()).collect();
        let one_of = |paths: &[&'static str], number: usize| paths.get(number % paths.len().max(1)).copied();
        match edit {
            Edit::Write(path, form) => {
                let text = texts[path % texts.len()];
                self.write(root, text.0, &bytes(text, form));
            }
            Edit::Delete(file) => {
                let Some(file) = one_of(&here, file) else { return };
                self.remove_file(root, file);
            }
            Edit::Rename(file, to) => {
                let Some(file) = one_of(&here, file) else { return };
                let extension = file.rsplit('.').next().unwrap();
                let paths = texts.iter().map(|(path, _)| *path);
                let alike: Vec<&str> = paths.filter(|path| path.ends_with(extension)).collect();
                self.move_file(root, file, one_of(&alike, to).unwrap());
            }
            Edit::Bundle(file) => {
                let pages: Vec<&str> =
                    texts.iter().map(|(path, _)| *path).filter(|path| path.ends_with(".md")).collect();
                let file = one_of(&pages, file).unwrap();
                let bundle = match file.strip_suffix("/index.md") {
                    Some(stem) => format!("{stem}.md"),
                    None => format!("{}/index.md", file.strip_suffix(".md").unwrap()),
                };
                match (root.join(file).is_file(), root.join(&bundle).is_file()) {
                    (true, _) => self.move_file(root, file, &bundle),
                    (false, true) => self.move_file(root, &bundle, file),
                    (false, false) => {}
                }
            }
            Edit::Touch(file) => {
                let Some(file) = one_of(&here, file) else { return };
                let text = [fs::read(root.join(file)).unwrap(), b"\n".to_vec()].concat();
                self.write(root, file, &text);
            }
            Edit::DeleteFolder(folder) => {
                let Some(folder) = one_of(&folders, folder) else { return };
                self.touched.insert(root.join(folder));
                fs::remove_dir_all(root.join(folder)).unwrap();
            }
            Edit::MoveFolder(folder, to) => {
                let Some(folder) = one_of(&folders, folder) else { return };
                let to = one_of(FOLDERS, to).unwrap();
                if !to.starts_with(folder) && !folder.starts_with(to) {
                    self.move_folder(&root.join(folder), &root.join(to));
                }
            }
        }
    }

    fn move_file(&mut self, root: &Path, from: &str, to: &str) {
        let text = fs::read(root.join(from)).unwrap();
        self.remove_file(root, from);
        self.write(root, to, &text);
    }

    fn write(&mut self, root: &Path, path: &str, bytes: &[u8]) {
        write(root, path, bytes);
        self.clock += 1;
        let place = root.join(path);
        let file = fs::File::options().write(true).open(&place).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(1_700_000_000 + self.clock)).unwrap();
        self.touched.insert(place);
    }

    fn remove_file(&mut self, root: &Path, path: &str) {
        fs::remove_file(root.join(path)).unwrap();
        self.touched.insert(root.join(path));
    }

    fn move_folder(&mut self, from: &Path, to: &Path) {
        if to.is_dir() {
            fs::remove_dir_all(to).unwrap();
        }
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(from, to).unwrap();
        self.touched.extend([from.to_owned(), to.to_owned()]);
    }
}
