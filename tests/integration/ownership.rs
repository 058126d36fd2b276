//! One owner for each output path, and nothing is lost: not the last good site, not what is not ours.

use fingerpost::pipeline::Cache;

use crate::project::{Built, PNG, Project, assert_same, tree, write};

const POST: &str = "---\ntitle: A\ndate: 2026-05-01\n---\nText.\n";

/// The message and the places of the one problem with that code.
fn only(built: &Built, code: &str) -> String {
    let found = built.with_code(code);
    assert_eq!(found.len(), 1, "{code}: {}", built.terminal());
    let places = found[0].place.iter().chain(found[0].labels.iter().map(|(place, _)| place));
    let places: Vec<&str> = places.map(|place| place.path.as_str()).collect();
    format!("{} [{}]", found[0].message, places.join(", "))
}

#[test]
fn two_files_at_one_address_are_both_named() {
    let built = Project::new()
        .file("content/blog/2026-05-01-a.md", POST)
        .file("content/blog/b.md", POST.replace("title", "slug: a\ntitle"))
        .build();
    assert_eq!(
        only(&built, "publish/one-address-twice"),
        "the page of content/blog/2026-05-01-a.md and the page of content/blog/b.md would both be written to \
         /blog/a/index.html [content/blog/b.md, content/blog/2026-05-01-a.md]"
    );
    assert!(built.tree.is_empty());
}

#[test]
fn an_alias_or_a_redirect_never_replaces_a_page() {
    let built = Project::new()
        .file("content/about.md", "---\ntitle: About\n---\nText.\n")
        .file("content/contact.md", "---\ntitle: Contact\naliases: [/about/]\n---\nText.\n")
        .build();
    let message = only(&built, "publish/one-address-twice");
    assert!(message.contains("content/about.md") && message.contains("content/contact.md"), "{message}");
    let built = Project::new()
        .file("content/site.yaml", "name: A\nurl: https://a.example.org\nredirects: {/about/: /}\n")
        .file("content/about.md", "---\ntitle: About\n---\nText.\n")
        .build();
    let message = only(&built, "publish/one-address-twice");
    assert!(message.contains("content/about.md") && message.contains("content/site.yaml"), "{message}");
}

#[test]
fn a_file_and_a_page_at_one_place_are_both_named() {
    let built =
        Project::new().file("content/blog/a/index.md", POST).file("content/blog/a/index.html", "<p>Mine</p>").build();
    let message = only(&built, "publish/one-address-twice");
    assert!(message.contains("content/blog/a/index.md") && message.contains("content/blog/a/index.html"), "{message}");
    let built = Project::new()
        .file("content/media/a", "a file")
        .file("content/about.md", "---\ntitle: About\naliases: [/media/a/b.html]\n---\nText.\n")
        .build();
    only(&built, "publish/file-and-folder");
}

#[test]
fn the_last_good_site_stays_as_it_was_until_the_fault_is_mended() {
    for (path, text) in [
        ("content/blog/b.md", "---\ntitle: [b\n---\n"),
        ("content/blog/b.md", "---\ntitle: B\ndate: 5/6/2026\n---\n"),
        ("content/blog/2026-05-02-a.md", POST),
        ("content/site.yaml", "name: [A"),
        ("content/site.yaml", "name: A\n"),
        ("content/media/broken.png", "not a picture"),
        ("themes/waymark/templates/post.html", "{{ nothing.here }}"),
        ("themes/waymark/templates/post.html", "{% if %}"),
    ] {
        let project = Project::new().file("content/blog/2026-05-01-a.md", POST).file("content/media/a.png", PNG);
        let mut cache = Cache::default();
        let before = project.build_warm(&mut cache).without_errors();
        project.write("content/about.md", "---\ntitle: About\n---\nNew, and fine.\n");
        project.write(path, text);
        let after = project.build_warm(&mut cache);
        assert!(after.report.has_errors(), "{path}: {text}");
        assert_same(&before.tree, &after.tree, path);
        match path {
            "content/site.yaml" => project.write(path, crate::project::SITE),
            _ => project.remove(path),
        }
        let mended = project.build_warm(&mut cache).without_errors();
        assert!(mended.has("about/index.html"));
    }
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let project = Project::new();
    write(project.output(), "thesis.txt", b"years of work");
    let built = project.build();
    assert!(only(&built, "publish/folder-not-ours").contains("thesis.txt"));
    assert_eq!(built.tree.keys().collect::<Vec<_>>(), ["thesis.txt"]);
}

#[test]
fn what_no_source_asks_for_any_more_is_removed_and_nothing_else() {
    let project = Project::new()
        .file("content/blog/2026-05-01-a.md", POST.replace("date", "tags: [tea]\naliases: [/old/]\ndate"))
        .file("content/blog/b/index.md", POST)
        .file("content/blog/b/own.png", PNG);
    let built = project.build().without_errors();
    let gone = ["blog/a/index.html", "old/index.html", "tags/tea/index.html", "blog/b/index.html", "blog/b/own.png"];
    assert!(gone.iter().all(|path| built.has(path)), "{:#?}", built.tree.keys());
    write(project.output(), "blog/b/mine.txt", b"mine");
    write(project.output(), ".well-known/security.txt", b"mine");
    project.remove("content/blog/2026-05-01-a.md");
    project.remove("content/blog/b/index.md");
    let built = project.build().without_errors();
    assert!(!gone.iter().any(|path| built.has(path)), "{:#?}", built.tree.keys());
    assert!(!project.output().join("blog/a").exists() && !project.output().join("tags").exists(), "empty folders");
    assert!(built.has("blog/b/mine.txt") && built.has(".well-known/security.txt"));
}

#[test]
fn a_file_that_somebody_put_where_a_page_goes_is_left_alone() {
    let project = Project::new();
    project.build().without_errors();
    write(project.output(), "about/index.html", b"mine");
    project.write("content/about.md", "---\ntitle: About\n---\nText.\n");
    let before = tree(project.output());
    let built = project.build();
    only(&built, "publish/place-taken");
    assert_same(&before, &built.tree, "the output folder");
}
