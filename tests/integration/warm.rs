//! A warm build equals a cold one, byte for byte, whatever was edited in between.

use std::fs;

use fingerpost::pipeline::Cache;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tempfile::TempDir;

use crate::project::{PNG, Project, assert_same, write};

/// What somebody does to a site between two builds.
#[derive(Clone, Debug)]
enum Edit {
    /// Writes one of the texts that may stand at a path.
    Write(Index, Index),
    Delete(Index),
    /// Moves one file's text to another path.
    Rename(Index, Index),
    /// Appends a line.
    Touch(Index),
    Now(Index),
}

/// Moments on both sides of everything that the texts below wait for.
const MOMENTS: &[&str] = &[
    "2026-05-20T11:00:00Z",
    "2026-06-01T11:00:00Z",
    "2026-06-01T22:30:00Z",
    "2026-06-02T10:30:00Z",
    "2026-07-15T11:00:00Z",
    "2027-06-01T11:00:00Z",
];

const CONSENT: &str = "consent: {reference: A1, given: 2026-01-05, expires: 2026-07-01, covers: [website]}";

/// Paths with the front matter and text that may stand there.
const TEXTS: &[(&str, &[&str])] = &[
    (
        "content/site.yaml",
        &[
            "name: Mill\nurl: https://mill.example.org\nareas: [{id: far, name: Far}]\nneeds: [{id: lonely, name: L}]\n",
            "name: Mill\nurl: https://mill.example.org/sub/\ntagline: Hello\nlanguages: [cy]\n\
             areas: [{id: far, name: Further}]\nneeds: [{id: lonely, name: Lonely}]\n",
            "name: Mill Lane\nurl: https://mill.example.org\nmenu: [{label: A, link: /blog/}]\n\
             areas: [{id: north, name: North, areas: [{id: far, name: Far}]}]\nneeds: [{id: lonely, name: Lonely}]\n",
            "name: Mill\nurl: https://mill.example.org\nfeeds: {content: summaries, limit: 1}\n\
             contact: {email: a@example.org}\nredirects: {/old/: /blog/}\nlogo: media/a.png\n\
             areas: [{id: far, name: Far}]\nneeds: [{id: lonely, name: Lonely}, {id: other, name: Other}]\n",
        ],
    ),
    (
        "content/venues.yaml",
        &[
            "hall: {name: The Hall, address: 1 Mill Lane}\n",
            "hall: {name: The New Hall, postcode: ZZ1 1ZZ, access: [step-free]}\n",
        ],
    ),
    (
        "content/index.md",
        &[
            "---\ntitle: Home\n---\nHello.\n\n::: events\n:::\n\n::: posts {tag: tea}\n:::\n",
            "---\ntitle: Welcome\n---\n::: stories\n:::\n\n![A cup](media/a.png)\n",
        ],
    ),
    ("content/blog/index.md", &["---\ntitle: News\n---\nWords above.\n", "---\ntitle: Blog\n---\n"]),
    (
        "content/blog/2026-05-01-a.md",
        &[
            "---\ntitle: A\ntags: [tea]\n---\nText. [B](b/index.md)\n",
            "---\ntitle: A\ntags: [tea, talk]\nsummary: Short\n---\nOther text. [B](b/index.md#two)\n",
            "---\ntitle: A\ntags: [tea]\ndraft: true\n---\nText.\n",
            "---\ntitle: [A\n---\n",
        ],
    ),
    (
        "content/blog/b/index.md",
        &[
            "---\ntitle: B\ndate: 2026-06-02\nimage: {src: own.png, alt: Own}\n---\n## One\n\n## Two\n\n![x](own.png)\n",
            "---\ntitle: B\ndate: 2026-05-02\naliases: [/b/]\ncampaign: day\n---\n[A](../2026-05-01-a.md)\n",
        ],
    ),
    ("content/blog/b/own.png", &["one", "another"]),
    ("content/media/a.png", &["one", "another"]),
    ("content/media/leaflet.pdf", &["%PDF one", "%PDF two"]),
    (
        "content/events/tea.md",
        &[
            "---\ntitle: Tea\nstart: 2026-05-26 10:00\nend: 2026-05-26 12:00\nvenue: hall\ntags: [tea]\n\
             repeats: {every: week, count: 5}\n---\nCome.\n",
            "---\ntitle: Tea\nstart: 2026-06-01 10:00\nduration: 2 hours\nonline: https://example.org/x\n---\nCome.\n",
            "---\ntitle: Tea\nstart: 2026-06-01\nvenue: hall\nstatus: cancelled\n---\nNo.\n",
        ],
    ),
    (
        "content/events/walk.md",
        &[
            "---\ntitle: Walk\nstart: 2026-06-02 11:00\nend: 2026-06-02 12:00\nvenue: hall\ncampaign: day\n---\nWalk.\n",
            "---\ntitle: Walk\nstart: 2026-05-26 11:00\nend: 2026-05-26 12:00\nvenue: {name: Park}\n---\n[Tea](tea.md)\n",
        ],
    ),
    (
        "content/resources/help.md",
        &[
            "---\ntitle: Help\nvenue: hall\nneeds: [lonely]\n---\nHelp.\n",
            "---\ntitle: More help\nareas: [far]\nphone: 1\n---\nHelp. [x](../about.md)\n",
        ],
    ),
    (
        "content/campaigns/day.md",
        &["---\ntitle: Day\nday: 2026-06-01\ntoolkit: {assets: [../media/leaflet.pdf]}\n---\nJoin.\n"],
    ),
    (
        "content/about.md",
        &["---\ntitle: About\n---\n[x](media/leaflet.pdf) ![c](media/a.png)\n", "# About us\n\nText.\n"],
    ),
    ("content/about.cy.md", &["---\ntitle: Amdanom\n---\nHelo.\n"]),
    ("content/stories/index.md", &["---\ntitle: Stories\n---\nHello.\n"]),
    ("content/stories/pat.md", &["STORY", "STORY\nneeds: [lonely]\nquote: Better.", "no consent"]),
    (
        "themes/waymark/templates/post.html",
        &["{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}", "{{ oops"],
    ),
    ("themes/waymark/templates/partials/contents.html", &["<p>Contents</p>", "<nav>{{ page.title }}</nav>"]),
    ("themes/waymark/assets/css/more.css", &["a { color: red }", "a { color: blue }"]),
];

/// What stands at a path in one of its forms.
fn bytes(path: &str, form: &str) -> Vec<u8> {
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

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let index = any::<Index>;
    let edit = prop_oneof![
        6 => (index(), index()).prop_map(|(path, form)| Edit::Write(path, form)),
        2 => index().prop_map(Edit::Delete),
        2 => (index(), index()).prop_map(|(from, to)| Edit::Rename(from, to)),
        2 => index().prop_map(Edit::Touch),
        2 => index().prop_map(Edit::Now),
    ];
    prop::collection::vec(edit, 1..4)
}

/// Makes an edit; times of change are set apart, as they are when people edit.
fn make(project: &mut Project, edit: &Edit, clock: &mut u64) {
    let write = |project: &Project, path: &str, bytes: &[u8], clock: &mut u64| {
        write(project.root(), path, bytes);
        *clock += 1;
        let file = fs::File::options().write(true).open(project.root().join(path)).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000 + *clock)).unwrap();
    };
    let here: Vec<&str> =
        TEXTS.iter().map(|(path, _)| *path).filter(|path| project.root().join(path).exists()).collect();
    match edit {
        Edit::Write(path, form) => {
            let (path, forms) = path.get(TEXTS);
            write(project, path, &bytes(path, form.get::<&str>(forms)), clock);
        }
        Edit::Now(moment) => project.set_now(moment.get::<&str>(MOMENTS)),
        _ if here.is_empty() => {}
        Edit::Delete(path) => project.remove(path.get::<&str>(&here)),
        Edit::Rename(from, to) => {
            let from = *from.get::<&str>(&here);
            let text = fs::read(project.root().join(from)).unwrap();
            let extension = from.rsplit('.').next().unwrap();
            let alike: Vec<&str> =
                TEXTS.iter().map(|(path, _)| *path).filter(|path| path.ends_with(extension)).collect();
            project.remove(from);
            write(project, to.get::<&str>(&alike), &text, clock);
        }
        Edit::Touch(path) => {
            let path = *path.get::<&str>(&here);
            let text = [fs::read(project.root().join(path)).unwrap(), b"\n".to_vec()].concat();
            write(project, path, &text, clock);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_warm_build_equals_a_cold_one(
        first in prop::collection::vec(select((0..TEXTS.len()).collect::<Vec<_>>()), 0..3),
        steps in prop::collection::vec(edits(), 1..5),
    ) {
        let mut project = Project::empty();
        let mut clock = 0;
        for (at, (path, forms)) in TEXTS.iter().enumerate() {
            if !first.contains(&at) && !path.starts_with("themes/") {
                project.write(path, bytes(path, forms[0]));
            }
        }
        let mut cache = Cache::default();
        project.build_warm(&mut cache);
        for step in &steps {
            for edit in step {
                make(&mut project, edit, &mut clock);
            }
            let warm = project.build_warm(&mut cache);
            let fresh = TempDir::new().unwrap();
            let cold = project.build_into(fresh.path(), &mut Cache::default());
            prop_assert_eq!(warm.terminal(), cold.terminal());
            if !cold.report.has_errors() {
                assert_same(&warm.site(), &cold.site(), "warm and cold");
            }
            // Another process finds nothing left to do.
            let again = project.build();
            assert_same(&again.tree, &warm.tree, "a build with an empty memory");
            prop_assert_eq!((again.changes.written, again.changes.removed), (0, 0));
        }
    }
}
