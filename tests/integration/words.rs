//! The words of the site: each has a home in one file, somebody says it, and a team can change it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fingerpost::config::OF_PROGRAM;
use fingerpost::hash::Fingerprint;
use fingerpost::load::Look;
use fingerpost::model::access::ACCESS_FACTS;
use fingerpost::pipeline::Cache;

use crate::project::{Project, SITE};

/// Every file below a folder whose name ends so, with its text.
fn files(folder: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names of all English words.
fn names() -> BTreeSet<String> {
    let finished = Project::new().run(Look::Everywhere, &mut Cache::default());
    let config = finished.planned.unwrap().site.config;
    config.words.names().map(str::to_owned).collect()
}

/// Every text in quotes that looks like the name of a word.
fn constants(code: &str) -> impl Iterator<Item = &str> {
    let is_name = |text: &&str| {
        let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        text.split_once('.').is_some_and(|(group, name)| is_part(group) && is_part(name) && name != "txt")
    };
    code.split('"').filter(is_name)
}

/// What follows each `opening` in a text, as far as it looks like the name of a word.
fn named(text: &str, opening: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
    let rests = text.match_indices(opening).map(|(at, _)| &text[at + opening.len()..]);
    rests.map(|rest| rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())].to_owned()).collect()
}

#[test]
fn every_word_is_said_and_every_word_that_is_said_exists() {
    let names = names();
    let templates = files(&root().join("themes/waymark/templates"), ".html");
    let mut said: BTreeSet<String> = templates.iter().flat_map(|(_, text)| named(text, "words.")).collect();
    // A group alone stands for all its words.
    let groups: Vec<String> = said.iter().filter(|name| !name.contains('.')).map(|group| format!("{group}.")).collect();
    said.retain(|name| name.contains('.'));
    // The program says words by their names in full, as constants.
    for (path, text) in files(&root().join("src"), ".rs") {
        let code = text.split("#[cfg(test)]").next().unwrap();
        for name in constants(code).filter(|name| OF_PROGRAM.contains(&name.split('.').next().unwrap())) {
            assert!(names.contains(name), "{}: there is no word {name}", path.display());
            said.insert(name.to_owned());
        }
    }
    // Access facts are found by their ids, and names of months and days through a list.
    let facts = ACCESS_FACTS.iter().map(|fact| format!("access_facts.{}", fact.replace('-', "_")));
    said.extend(facts);
    let dates = files(&root().join("src/words"), "dates.rs").remove(0).1;
    let dates = dates.split('"').skip(1).step_by(2);
    said.extend(
        dates
            .flat_map(|name| [format!("dates.{name}"), format!("dates.{name}_short")])
            .filter(|name| names.contains(name)),
    );
    let unknown: Vec<&String> = said.difference(&names).collect();
    assert!(unknown.is_empty(), "there are no such words: {unknown:#?}");
    let unsaid = names.difference(&said).filter(|name| !groups.iter().any(|group| name.starts_with(group)));
    let unsaid: Vec<&String> = unsaid.collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:#?}");
}

/// A template without what stands between two marks, these included; nothing where a mark is never closed.
fn without(text: &str, opening: &str, closing: &str) -> Option<String> {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(opening) {
        kept.push_str(before);
        rest = after.split_once(closing)?.1;
    }
    Some(kept + rest)
}

/// What a template says by itself: its text, and the values of attributes that readers see or hear.
fn literal_words(template: &str) -> Vec<String> {
    let marks = [("{#", "#}"), ("{% block main_class", "endblock %}"), ("{%", "%}"), ("{{", "}}")];
    let html = marks.iter().fold(template.to_owned(), |text, (from, to)| without(&text, from, to).unwrap());
    let mut said = vec![without(&html, "<", ">").unwrap()];
    for attribute in [" alt=\"", " title=\"", " aria-label=\"", " placeholder=\"", " label=\""] {
        said.extend(html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic);
    said.iter().flat_map(|text| text.split_whitespace().filter(is_word)).map(str::to_owned).collect()
}

#[test]
fn templates_say_nothing_that_is_not_among_the_words() {
    let check = |template: &str, expected: &[&str]| assert_eq!(literal_words(template), expected, "{template}");
    check("<p class=\"a\">{{ words.a.b }} – {% if x %}<b>Free</b>{% endif %}</p>{# No #}", &["Free"]);
    check("<img alt=\"{{ alt }}\"><a aria-label=\"Go on\">1</a>", &["Go", "on"]);
    for (path, template) in files(&root().join("themes/waymark/templates"), ".html") {
        let said = literal_words(&template);
        assert!(said.is_empty(), "{}: these belong into themes/waymark/words/en.yaml: {said:?}", path.display());
    }
}

fn event_and_page() -> Project {
    Project::new()
        .file("content/about.md", "---\ntitle: About\n---\nText\n")
        .file("content/events/tea.md", "---\ntitle: Tea\nsummary: T.\nstart: 2026-06-02 10:00\nduration: 1 hour\nonline: https://a.example.org\n---\nText\n")
}

/// What the bytes of every file depend on.
fn versions(project: &Project) -> BTreeMap<String, Fingerprint> {
    let planned = project.run(Look::Everywhere, &mut Cache::default()).planned.unwrap();
    planned.plan.artefacts.iter().map(|(path, artefact)| (path.to_string(), planned.version(artefact))).collect()
}

fn changed(before: &BTreeMap<String, Fingerprint>, after: &BTreeMap<String, Fingerprint>) -> Vec<String> {
    before.iter().filter(|(path, version)| after.get(*path) != Some(version)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn a_changed_word_changes_the_pages_that_say_it_and_no_others() {
    let project = event_and_page();
    let before = versions(&project);
    project.write("themes/waymark/words/en.yaml", "event:\n  where: Meet us at\n");
    let after = versions(&project);
    assert_eq!(changed(&before, &after), ["events/tea/index.html"]);
    assert!(project.build().clean().text("events/tea/index.html").contains("<dt>Meet us at</dt>"));
    // A word with a count is not in the text of the template; it changes the pages all the same.
    let words = "event:\n  where: Meet us at\nlist:\n  events:\n    one: a single event\n    other: \"{count}\"\n";
    project.write("themes/waymark/words/en.yaml", words);
    let last = versions(&project);
    assert!(changed(&after, &last).contains(&"events/index.html".to_owned()));
    assert!(!changed(&after, &last).contains(&"events/tea/index.html".to_owned()));
    assert!(project.build().clean().text("events/index.html").contains("a single event"));
}

#[test]
fn a_word_that_does_not_exist_is_shown_where_a_template_says_it() {
    let project = event_and_page().file("themes/waymark/templates/page.html", "<p>\n{{ words.event.were }}</p>");
    let built = project.check();
    let [fault] = built.with_code("theme/no-such-word")[..] else { panic!("{}", built.terminal()) };
    assert_eq!(built.line(fault), 2);
    assert_eq!(fault.help.as_deref(), Some("did you mean `words.event.where`?"));
}

#[test]
fn another_language_counts_as_it_does() {
    let welsh = "list:\n  events:\n    two: \"{count} ddigwyddiad\"\n    other: \"{count} digwyddiad\"\n";
    let project = event_and_page()
        .file("content/site.yaml", format!("{SITE}language: cy\n"))
        .file("content/events/talk.md", "---\ntitle: Talk\nsummary: T.\nstart: 2026-06-03 10:00\nduration: 1 hour\nonline: https://a.example.org\n---\nText\n")
        .file("themes/waymark/words/cy.yaml", welsh);
    assert!(project.build().clean().text("events/index.html").contains("2 ddigwyddiad"));
}
