//! The index for search: what is in it, and which of its files an edit writes.

use std::collections::{BTreeMap, BTreeSet};

use fingerpost::pipeline::Cache;

use crate::project::{Built, Project, assert_same};

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\nsummary: A page.\n---\n{text}\n")
}

/// Word -> address -> weight, as a reader's browser decodes it.
fn index(built: &Built) -> BTreeMap<String, BTreeMap<String, u64>> {
    let json =
        |path: &str| -> serde_json::Map<String, serde_json::Value> { serde_json::from_str(built.text(path)).unwrap() };
    let manifest = json("search/index.json");
    let size = manifest["size"].as_u64().unwrap();
    let mut words: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for shard in manifest["shards"].as_array().unwrap() {
        for (word, signs) in json(&format!("search/w-{}.json", shard.as_str().unwrap())) {
            let (mut number, mut value, mut shift) = (0, 0_u64, 0);
            for byte in signs.as_str().unwrap().bytes() {
                value |= u64::from(byte & 31) << shift;
                shift += 5;
                if byte < b'`' {
                    number += value >> 2;
                    let result = &json(&format!("search/d-{}.json", number / size))[&number.to_string()];
                    words.entry(word.clone()).or_default().insert(result[2].as_str().unwrap().to_owned(), value & 3);
                    (value, shift) = (0, 0);
                }
            }
        }
    }
    words
}

#[test]
fn a_page_is_in_the_index_by_its_fields_and_its_text() {
    let built = Project::new()
        .file("content/site.yaml", "name: A\nurl: https://example.org/sub\nneeds: [{id: lonely, name: Feeling lonely}]\n\
            areas: [{id: north, name: North, areas: [{id: mill, name: Mill Lane}]}]\n")
        .file("content/index.md", page("Home", "Homeword."))
        .file("content/blog/index.md", page("Blog", "Introduced."))
        .file(
            "content/resources/friends.md",
            "---\ntitle: Good company\nsummary: A voice.\nneeds: [lonely]\nareas: [mill]\nprovider: The Kettle\nowner: Nobody\n\
             ---\nRing. Ring, and ring again, `code` too.\n\n::: callout\nBoxed.\n:::\n",
        )
        .build()
        .without_errors();
    let index = index(&built);
    let weight = |word: &str| index.get(word).and_then(|pages| pages.get("/sub/resources/friends/")).copied();
    let expected = [
        ("company", Some(3)),
        ("lonely", Some(1)),
        ("mill", Some(1)),
        ("north", Some(1)),
        ("kettle", Some(1)),
        ("voice", Some(2)),
        ("ring", Some(1)),
        ("again", Some(0)),
        ("code", Some(0)),
        ("boxed", Some(0)),
        ("nobody", None),
        ("homeword", None),
        ("introduced", None),
        ("and", None),
    ];
    for (word, expected) in expected {
        assert_eq!(weight(word), expected, "{word}");
    }
}

#[test]
fn an_edit_writes_the_files_of_its_words_and_no_other() {
    let words = ["apple", "bread", "cider", "dates", "eggs", "figs", "grapes", "honey"];
    let mut project = Project::new();
    for (at, word) in words.iter().enumerate() {
        project = project.file(&format!("content/{word}.md"), page(word, &format!("{word} {}", words[(at + 1) % 8])));
    }
    let mut cache = Cache::default();
    let before = project.build_warm(&mut cache).without_errors();
    project.write("content/apple.md", page("apple", "apple bread bread bread zebra"));
    let after = project.build_warm(&mut cache).without_errors();
    let search = |built: &Built| -> BTreeMap<String, Vec<u8>> {
        built.site().into_iter().filter(|(path, _)| path.starts_with("search/")).collect()
    };
    let (old, new) = (search(&before), search(&after));
    let changed: BTreeSet<&str> =
        new.iter().filter(|(path, bytes)| old.get(*path) != Some(bytes)).map(|(path, _)| path.as_str()).collect();
    // Bread weighs more, zebra is new, and so is its shard.
    assert_eq!(changed, BTreeSet::from(["search/index.json", "search/w-b.json", "search/w-z.json"]));
    assert!(after.changes.written < 8, "{:?}", after.changes);
    assert_same(&project.build().without_errors().site(), &after.site(), "warm and cold");

    // A new page leaves the numbers of the others alone.
    project.write("content/yeast.md", page("yeast", "yeast"));
    let added = project.build_warm(&mut cache).without_errors();
    let same = new.iter().filter(|(path, bytes)| search(&added).get(*path) == Some(bytes)).count();
    assert!(same >= 10, "{same}");
    assert_same(&project.build().without_errors().site(), &added.site(), "warm and cold");
}

#[test]
fn a_large_site_has_a_file_for_every_two_letters() {
    let mut project = Project::new();
    for number in 0..1001 {
        project = project.file(&format!("content/page-{number}.md"), page(&format!("Page w{number:04}"), "Text."));
    }
    let built = project.build().without_errors();
    assert!(built.text("search/index.json").contains("\"depth\":2"));
    assert!(built.has("search/w-pa.json") && built.has("search/w-w_.json") && !built.has("search/w-p.json"));
    let index = index(&built);
    assert_eq!(index["page"].len(), 1001, "every page has a number of its own");
    assert_eq!(index["w0007"].keys().collect::<Vec<_>>(), ["/page-7/"]);
}

#[test]
fn a_page_is_found_by_other_names_of_what_it_says() {
    let pantry = page("The pantry", "Come in.");
    let project = Project::new()
        .file("content/site.yaml", "name: A\nurl: https://example.org\nsynonyms: [[food bank, foodbank, pantry]]\n")
        .file("content/pantry.md", &pantry);
    let mut cache = Cache::default();
    let built = project.build_warm(&mut cache).without_errors();
    let index_of = |built: &Built, word: &str| index(built).get(word).and_then(|pages| pages.get("/pantry/")).copied();
    assert_eq!(["pantry", "foodbank", "bank"].map(|word| index_of(&built, word)), [Some(3), Some(2), Some(2)]);
    // Taken out of the settings, they are out of the index.
    project.write("content/site.yaml", "name: A\nurl: https://example.org\n");
    let without = project.build_warm(&mut cache).without_errors();
    assert_eq!(["pantry", "foodbank", "bank"].map(|word| index_of(&without, word)), [Some(3), None, None]);
    assert_same(&project.build().without_errors().site(), &without.site(), "warm and cold");
}

#[test]
fn access_facts_and_telephone_numbers_are_in_the_index_and_needs_have_everyday_names() {
    let built = Project::new()
        .file(
            "content/site.yaml",
            "name: A\nurl: https://example.org\nneeds: [{id: low, name: Feeling low or anxious}]\n",
        )
        .file("content/venues.yaml", "hall: {name: Hall, access: [hearing-loop]}\n")
        .file(
            "content/resources/ear.md",
            "---\ntitle: Listening ear\nsummary: Talk.\nneeds: [low]\nvenue: hall\naccess: [bsl]\n\
             contact: {phone: 01632 960127}\n---\nBring a carer; we care.\n",
        )
        .build()
        .without_errors();
    let index = index(&built);
    let weight = |word: &str| index.get(word).and_then(|pages| pages.get("/resources/ear/")).copied();
    for (word, expected) in [
        // Said in two ways.
        ("bsl", Some(2)),
        ("british", Some(2)),
        ("loop", Some(1)),
        ("960127", Some(1)),
        ("anxiety", Some(0)),
        ("depressed", Some(0)),
        // A single word in the text may mean something else.
        ("caring", None),
    ] {
        assert_eq!(weight(word), expected, "{word}");
    }
    let manifest = built.text("search/index.json");
    assert!(manifest.contains("\"near\"") && manifest.contains("|suicide|"), "{manifest}");
}

#[test]
fn a_site_can_go_without() {
    let built = Project::new()
        .file("content/site.yaml", "name: A\nurl: https://example.org\nsearch: no\n")
        .file("content/about.md", page("About", "Text."))
        .build()
        .without_errors();
    assert!(built.site().keys().all(|path| !path.starts_with("search/")));
    assert!(!built.text("404.html").contains("role=\"search\""));
}
