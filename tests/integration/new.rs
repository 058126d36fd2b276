//! `fingerpost new`.

use crate::program::Folder;

/// (word, file that it makes of the title "Tea and talk", page that is built of it)
const KINDS: [(&str, &str, &str); 6] = [
    ("post", "content/blog/2026-11-23-tea-and-talk.md", "public/blog/tea-and-talk/index.html"),
    ("story", "content/stories/tea-and-talk.md", "public/stories/tea-and-talk/index.html"),
    ("event", "content/events/tea-and-talk.md", "public/events/tea-and-talk/index.html"),
    ("resource", "content/resources/tea-and-talk.md", "public/resources/tea-and-talk/index.html"),
    ("campaign", "content/campaigns/tea-and-talk.md", "public/campaigns/tea-and-talk/index.html"),
    ("page", "content/tea-and-talk.md", "public/tea-and-talk/index.html"),
];

/// One white dot.
const PICTURE: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><rect width="4" height="3" fill="white"/></svg>"#;

fn starter() -> Folder {
    let folder = Folder::new();
    folder.run(&["new", "site", "."]).assert_clean();
    folder
}

/// Takes away the sign in front of every field that is left out, and leaves the explanations.
fn with_every_field(text: &str) -> String {
    let is_field = |rest: &str| !rest.starts_with(' ') || rest.starts_with("  ");
    let lines = text.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if is_field(rest) => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn a_new_site_builds_at_once() {
    let folder = Folder::new();
    let made = folder.run(&["new", "site", "our-service"]);
    made.assert_clean().assert_stdout("“Our service”").assert_stdout("cd our-service");
    folder.run(&["build", "--root", "our-service", "--today", "2026-11-23"]).assert_clean();
    folder.run(&["check", "--root", "our-service", "--today", "2026-11-23"]).assert_clean();
    for page in [
        "index.html",
        "about/index.html",
        "contact/index.html",
        "privacy/index.html",
        "accessibility/index.html",
        "blog/example-post/index.html",
        "stories/example-story/index.html",
        "events/example-tea-and-talk/index.html",
        "resources/example-money-advice/index.html",
        "campaigns/example-thank-you-day/index.html",
    ] {
        assert!(folder.read(&format!("our-service/public/{page}")).contains("Our service"), "{page}");
    }
    assert_eq!(folder.read("our-service/.gitignore"), "/public\n/editors.ics\n");
    assert!(folder.read("our-service/README.md").starts_with("# Our service\n"));
    let event = folder.read("our-service/content/events/example-tea-and-talk.md");
    assert!(event.contains("start: 2026-11-30 10:00\n") && event.contains("on: [monday]"), "{event}");
    for file in ["README.md", "content/site.yaml", "content/stories/example-story.md"] {
        let text = folder.read(&format!("our-service/{file}"));
        for name in ["{name}", "{name_plain}", "{today}", "{next_year}", "{christmas}"] {
            assert!(!text.contains(name), "{file}: {name}");
        }
    }
}

#[test]
fn every_key_of_the_settings_can_be_used() {
    let folder = starter();
    let settings = with_every_field(&folder.read("content/site.yaml"));
    folder.write("content/site.yaml", settings);
    folder.write("content/media/logo.svg", PICTURE);
    folder.run(&["build"]).assert_clean();
}

#[test]
fn a_new_site_needs_an_empty_folder() {
    let folder = Folder::new();
    folder.write("full/notes.txt", "ours");
    let refused = folder.run(&["new", "site", "full"]);
    refused.assert_code(2).assert_stderr("is not empty: it holds notes.txt");
    assert_eq!(std::fs::read_dir(folder.path("full")).unwrap().count(), 1);
    folder.run(&["new", "site", "full/notes.txt"]).assert_code(2).assert_stderr("is a file");
    folder.write("cloned/.git/HEAD", "ref: refs/heads/main\n");
    folder.run(&["new", "site", "cloned"]).assert_clean();
    folder.run(&["new", "site", "cloned"]).assert_code(2);
}

#[test]
fn every_kind_builds_as_it_is_made() {
    let folder = starter();
    for (kind, file, _) in KINDS {
        let made = folder.run(&["new", kind, "Tea and talk"]);
        made.assert_code(0).assert_stderr("It is a draft: nobody sees it until you take `draft: true` out.");
        assert_eq!(made.stdout, format!("{file}\n"));
    }
    for (options, is_shown) in [(&["build", "--today", "2026-11-23"][..], false), (&["build", "--drafts"], true)] {
        let built = folder.run(options);
        built.assert_code(0).assert_stderr("warning[story/held-back-no-consent]: “Tea and talk” is held back");
        assert_eq!(built.stderr.matches("warning[").count(), 1, "{}", built.stderr);
        assert!(!built.stderr.contains("error["), "{}", built.stderr);
        for (kind, _, page) in KINDS {
            assert_eq!(folder.path(page).is_file(), is_shown && kind != "story", "{page}");
        }
    }
}

#[test]
fn every_field_can_be_used() {
    for (kind, file, _) in KINDS {
        let folder = starter();
        folder.write("content/media/photo.svg", PICTURE);
        folder.run(&["new", kind, "Tea and talk"]).assert_code(0);
        let text = with_every_field(&folder.read(file)).replace("photo.jpg", "photo.svg");
        folder.write(file, &text);
        let built = folder.run(&["build", "--drafts"]);
        assert_eq!((built.code, built.stderr.as_str()), (Some(0), ""), "{kind}\n{text}");
        let folder_of_kind = file.trim_start_matches("content/").split_once('/').map_or("", |(folder, _)| folder);
        assert!(folder.path("public").join(folder_of_kind).join("tea-and-talk-2/index.html").is_file(), "{kind}");
    }
}

#[test]
fn nothing_is_overwritten() {
    let folder = starter();
    for (kind, file, _) in KINDS {
        folder.run(&["new", kind, "Tea and talk"]).assert_code(0);
        folder.write(file, "ours");
        let refused = folder.run(&["new", kind, "Tea and talk"]);
        refused.assert_code(2).assert_stderr(file).assert_stderr("is there already");
        assert_eq!((refused.stdout.as_str(), folder.read(file).as_str()), ("", "ours"));
    }
    folder.write("content/blog/2026-01-05-old-news.md", "---\ntitle: Old news\n---\n");
    folder.run(&["new", "post", "Old news"]).assert_code(2).assert_stderr("2026-01-05-old-news.md");
    folder.write("content/events/choir/index.md", "---\ntitle: Choir\n---\n");
    folder.run(&["new", "event", "Choir"]).assert_code(2).assert_stderr("choir");
}

#[test]
fn any_title_gives_a_page_that_builds() {
    let folder = starter();
    for title in [
        "Tea: a love story",
        "\"Quoted\" and 'quoted' #1",
        "- [brackets] & {braces}",
        "Yes",
        "2027 in numbers",
        "Llanfair-pwll, café – now!",
        "{today} {title} {every_page}",
        "Over\ntwo lines",
        "Back\\slash: %50",
    ] {
        folder.run(&["new", "event", "--", title]).assert_code(0);
    }
    folder.run(&["new", "page", &"Tea and talk ".repeat(40)]).assert_code(0);
    folder.run(&["build", "--drafts", "--today", "2026-11-23"]).assert_clean();
    assert!(folder.read("public/events/yes/index.html").contains("Yes</h1>"));
}

#[test]
fn a_title_that_gives_no_address_is_refused() {
    let folder = starter();
    folder.run(&["new", "page", "?!"]).assert_code(2).assert_stderr("needs a letter or a digit");
    folder.run(&["new", "page", ""]).assert_code(2).assert_stderr("needs a letter or a digit");
    folder.run(&["new", "page", "Events"]).assert_code(2).assert_stderr("content/events/index.md");
    folder.run(&["new", "event", "Index"]).assert_code(2).assert_stderr("another title");
    folder.run(&["new", "page", "Site map"]).assert_code(2).assert_stderr("makes by itself");
    folder.run(&["new", "event", "Past"]).assert_code(2).assert_stderr("list of past events");
}

#[test]
fn a_page_needs_a_site() {
    let folder = Folder::new();
    folder.run(&["new", "page", "Tea"]).assert_code(2).assert_stderr("fingerpost new site");
    folder.run(&["new", "site", "ours"]).assert_clean();
    let made = folder.run(&["new", "page", "Tea", "--root", "ours"]);
    assert_eq!(made.assert_code(0).stdout, "ours/content/tea.md\n");
}

#[test]
fn dates_are_those_of_london() {
    let folder = starter();
    // 23:30 UTC on 30 June 2027, when it is 1 July in London.
    let made = folder.run_at(Some("1814398200"), &["new", "post", "Late"]);
    assert_eq!(made.assert_code(0).stdout, "content/blog/2027-07-01-late.md\n");
}

#[test]
fn a_workflow_builds_the_site_every_day() {
    let folder = Folder::with_site();
    folder.run(&["new", "workflow", "github"]).assert_clean();
    let text = folder.read(".github/workflows/publish.yml");
    let path = fingerpost::path::SourcePath::from("publish.yml");
    fingerpost::yaml::read(&path, &text, 0..text.len()).unwrap();
    for words in ["schedule:", "cron:", "fingerpost build\n", "contents: write", "deploy-pages@"] {
        assert!(text.contains(words), "{words}");
    }
    folder.run(&["new", "workflow", "github"]).assert_code(2).assert_stderr("is there already");
    folder.run(&["new", "workflow", "gitlab"]).assert_code(2).assert_stderr("there is one for github");
}
