//! Whom to ring in a crisis: said on every page, at the same place, and where people in distress look first.

use crate::project::Project;

const NUMBERS: [&str; 3] = ["tel:999", "tel:111", "tel:116123"];

#[test]
fn a_site_that_says_nothing_of_it_shows_who_helps_on_every_page() {
    let built = Project::new().file("content/about.md", "---\ntitle: About\nsummary: A.\n---\nText.\n").build();
    assert_eq!(built.codes(), Vec::<&str>::new());
    for (path, bytes) in built.site().iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for number in NUMBERS {
            assert!(html.contains(number), "{path} does not say {number}");
        }
    }
}

#[test]
fn the_page_of_search_shows_the_numbers_before_what_is_found() {
    let built = Project::new().build();
    let html = built.text("search/index.html");
    let main = html.split_once("<main").unwrap().1;
    let (before, _) = main.split_once("id=\"search-results\"").unwrap();
    for number in NUMBERS {
        assert!(before.contains(number), "{number}");
    }
}

#[test]
fn who_turns_them_off_is_told_what_people_miss() {
    let site = "name: A\nurl: https://a.example.org\nhelp_now: []\n";
    let built = Project::new().file("content/site.yaml", site).build();
    assert_eq!(built.codes(), ["site/no-crisis-numbers"]);
    assert!(!built.text("index.html").contains("tel:999"));
    assert!(!built.text("search/index.html").contains("help-now-box"));
}
