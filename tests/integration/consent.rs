//! Nothing private and no story without living consent leaves the folder: every byte of every output
//! file, and every output path, is searched for words that stand only where nobody may read them.
//!
//! Every secret begins with `MARK`, in whatever form the output might write it. What is packed is opened: the files in
//! a zip, and what a picture says beside what one sees.

use std::fs;
use std::io::{Cursor, Read, Write};

use fingerpost::load::Look;
use fingerpost::pipeline::Cache;

use crate::program::Folder;
use crate::project::{Built, PNG, Project, Tree, tree};

/// Survives lower case, slugs and percent-encoding.
const MARK: &str = "zqxsecret";

const GOOD_CONSENT: &str =
    "consent: {reference: zqxsecret-good-form, given: 2026-01-05, expires: 2029-01-05, covers: [website]}";

/// Why a story is held back, what its front matter says, and the code that says so.
const HELD_BACK: &[(&str, &str, &str)] = &[
    ("no consent", "", "story/held-back-no-consent"),
    (
        "withdrawn, with the day",
        "consent: {reference: zqxsecret-form, given: 2026-01-05, covers: [website], withdrawn: 2026-05-01}",
        "story/held-back-withdrawn",
    ),
    (
        "withdrawn, on a day that lies ahead",
        "consent: {reference: zqxsecret-form, given: 2026-01-05, covers: [website], withdrawn: 2027-05-01}",
        "story/held-back-withdrawn",
    ),
    (
        "withdrawn, said with yes",
        "consent: {reference: zqxsecret-form, given: 2026-01-05, covers: [website], withdrawn: yes}",
        "story/held-back-withdrawn",
    ),
    (
        "expired",
        "consent: {reference: zqxsecret-form, given: 2023-01-05, expires: 2026-05-31, covers: [website]}",
        "story/held-back-expired",
    ),
    (
        "for social media and print only",
        "consent: {reference: zqxsecret-form, given: 2026-01-05, covers: [social, print]}",
        "story/held-back-not-website",
    ),
    ("for nothing", "consent: {reference: zqxsecret-form, given: 2026-01-05}", "story/held-back-not-website"),
    (
        "given on a day that lies ahead",
        "consent: {reference: zqxsecret-form, given: 2026-07-05, covers: [website]}",
        "story/held-back-not-yet",
    ),
    (
        "under 18, and no guardian",
        "consent: {reference: zqxsecret-form, given: 2026-01-05, covers: [website], guardian: false}",
        "story/held-back-guardian",
    ),
];

/// What leaked: `path: word` for every secret in a path or in the bytes of a file, or of a file in it.
fn secrets(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in tree {
        // Some programs write two bytes for each letter.
        let wide: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        let text = String::from_utf8_lossy(&wide).to_lowercase();
        for (place, text) in [("name", path.to_lowercase()), ("bytes", text)] {
            for (at, _) in text.match_indices(MARK) {
                let word: String =
                    text[at..].chars().take_while(|c| c.is_alphanumeric() || "-_ .%".contains(*c)).collect();
                found.push(format!("{path} ({place}): {}", word.chars().take(60).collect::<String>()));
            }
        }
        if bytes.starts_with(b"PK\x03\x04") {
            found.extend(secrets(&unzipped(path, bytes)));
        }
        found.extend(hidden_chunks(bytes).into_iter().map(|chunk| format!("{path} (picture): {chunk}")));
    }
    found.dedup();
    found
}

/// The files in a zip, by `toolkit.zip/name`.
fn unzipped(path: &str, bytes: &[u8]) -> Tree {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Tree::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(format!("{path}/{}", file.name().unwrap()), bytes);
    }
    files
}

/// The names of the chunks of a PNG that hold words, which may be compressed.
fn hidden_chunks(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let Some(mut rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1A\n") else { return found };
    while let Some((head, after)) = rest.split_at_checked(8) {
        let (length, name) = (u32::from_be_bytes(head[..4].try_into().unwrap()) as usize, &head[4..]);
        if [&b"tEXt"[..], b"zTXt", b"iTXt", b"tIME"].contains(&name) {
            found.push(String::from_utf8_lossy(name).into_owned());
        }
        rest = after.get(length + 4..).unwrap_or_default();
    }
    found
}

fn assert_no_secret(built: &Built, about: &str) {
    let found = secrets(&built.tree);
    assert!(found.is_empty(), "{about}: {found:#?}");
}

/// A site with everything that could show a story: lists, feeds, tags, needs, a campaign and components.
fn site() -> Project {
    Project::new()
        .file(
            "content/site.yaml",
            "name: Mill Lane Link\nurl: https://mill.example.org\nlanguages: [cy]\n\
             needs: [{id: lonely, name: Feeling lonely}]\nareas: [{id: north, name: North}]\n\
             categories: [{id: company, name: Company}]\n",
        )
        .file(
            "content/index.md",
            "---\ntitle: Home\n---\nWelcome.\n\n::: stories {limit: 9}\n:::\n\n::: stories {need: lonely}\n:::\n",
        )
        .file("content/stories/index.md", "---\ntitle: Stories\nowner: zqxsecret-owner\n---\nWhat changed.\n")
        .file(
            "content/stories/open.md",
            format!("---\ntitle: Open\ndate: 2026-05-01\nneeds: [lonely]\n{GOOD_CONSENT}\n---\nAn open story.\n"),
        )
        .file(
            "content/campaigns/day.md",
            "---\ntitle: The day\nday: 2026-06-09\ntoolkit:\n  assets: [../media/open.png]\n  signature: Join in.\n\
             \x20 posts: [{text: Join in., image: {src: ../media/open.png, alt: Open}}]\n---\nJoin in.\n",
        )
        .file(
            "content/resources/tea.md",
            "---\ntitle: Tea\nneeds: [lonely]\ncontact: {phone: 01632 960000}\n---\nCome.\n",
        )
        .file("content/media/open.png", PNG)
}

/// The front matter and text of a story in which everything is secret.
fn secret_story(consent: &str, pictures: &str) -> String {
    format!(
        "---\ntitle: Zqxsecret Title\nslug: zqxsecret-slug\nsummary: Zqxsecret summary\ndate: 2026-05-02\n\
         updated: 2026-05-03\naliases: [/zqxsecret-alias/]\ntags: [Zqxsecret Tag]\nneeds: [lonely]\nareas: [north]\n\
         categories: [company]\ncampaign: day\nauthor: Zqxsecret Author\nowner: Zqxsecret Owner\n\
         quote: Zqxsecret quote\nperson: {{name: Zqxsecret Person, identity: named, age: 17}}\n\
         image: {{src: {pictures}/zqxsecret-image.png, alt: Zqxsecret alt, caption: Zqxsecret caption, \
         credit: Zqxsecret credit}}\n\
         private: {{note: Zqxsecret note}}\nmood: Zqxsecret extra\n{consent}\n---\n\
         Zqxsecret text. ![Zqxsecret words]({pictures}/zqxsecret-body.png) \
         [Zqxsecret form]({pictures}/zqxsecret-form.pdf)\n\n## Zqxsecret heading\n\n\
         ::: image {{src: {pictures}/zqxsecret-component.png, alt: Zqxsecret alt}}\n:::\n\n\
         <img src=\"{pictures}/zqxsecret-raw.png\" alt=\"Zqxsecret raw\">\n\n\
         ::: download {{file: {pictures}/zqxsecret-download.svg, title: Zqxsecret download}}\n:::\n"
    )
}

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Zqxsecret file</title></svg>";

/// The pictures and files that `secret_story` names.
fn with_pictures(mut project: Project, folder: &str) -> Project {
    for name in ["image.png", "body.png", "component.png", "raw.png"] {
        project = project.file(&format!("{folder}/zqxsecret-{name}"), PNG);
    }
    for name in ["form.pdf", "download.svg"] {
        project = project.file(&format!("{folder}/zqxsecret-{name}"), SVG);
    }
    project
}

/// What a build leaves beside the content for the next one.
fn kept(project: &Project, cache: &mut Cache) -> Tree {
    let finished = project.run(Look::Everywhere, cache);
    cache.keep(project.root(), finished.planned.as_ref().map(|planned| &planned.site));
    tree(&project.root().join(".fingerpost-cache"))
}

/// Builds without drafts, then with them, and searches both, and what is kept for the next build.
fn check_held_back(make: impl Fn() -> Project, code: &str, about: &str) {
    for (project, drafts) in [(make(), "without drafts"), (make().with_drafts(), "with drafts")] {
        check_built(&project, code, &format!("{about}, {drafts}"));
        assert_eq!(secrets(&kept(&project, &mut Cache::default())), Vec::<String>::new(), "{about}, {drafts}: kept");
    }
}

fn check_built(project: &Project, code: &str, about: &str) {
    let built = project.build().without_errors();
    assert!(built.codes().contains(&code), "{about}: {}", built.terminal());
    assert!(built.has("stories/open/index.html"), "{about}");
    assert_no_secret(&built, about);
}

/// A zip with one file in it.
fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, options).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap().into_inner()
}

/// The PNG with a chunk before its end.
fn with_chunk(name: &[u8; 4], text: &[u8]) -> Vec<u8> {
    let (picture, end) = PNG.split_at(PNG.len() - 12);
    let checksum = [0; 4];
    [picture, &(text.len() as u32).to_be_bytes(), name, text, &checksum, end].concat()
}

#[test]
fn a_secret_is_found_wherever_it_hides() {
    let wide: Vec<u8> = "Zqxsecret place".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (path, bytes, expected) in [
        ("a/zqxsecret-b/c.html", b"".to_vec(), "(name): zqxsecret-b"),
        ("feed.json", b"{\"title\":\"ZQXsecret title\"}".to_vec(), "(bytes): zqxsecret title"),
        ("a.jpg", wide, "(bytes): zqxsecret place"),
        ("a.zip", zipped("posts/zqxsecret.txt", b"x"), "a.zip/posts/zqxsecret.txt (name): zqxsecret.txt"),
        ("a.zip", zipped("b.txt", b"Zqxsecret"), "a.zip/b.txt (bytes): zqxsecret"),
        ("a.zip", zipped("b.zip", &zipped("c.txt", b"Zqxsecret")), "a.zip/b.zip/c.txt (bytes): zqxsecret"),
        ("a.png", with_chunk(b"zTXt", b"packed"), "a.png (picture): zTXt"),
        ("a.zip", zipped("b.png", &with_chunk(b"iTXt", b"packed")), "a.zip/b.png (picture): iTXt"),
    ] {
        let found = secrets(&Tree::from([(path.to_owned(), bytes)]));
        assert!(found.iter().any(|found| found.contains(expected)), "{path}: {found:?}");
    }
    let plain = Tree::from([("a.png".to_owned(), PNG.to_vec()), ("b.zip".to_owned(), zipped("c.png", PNG))]);
    assert_eq!(secrets(&plain), Vec::<String>::new());
}

/// A photo that says more than one sees, in Exif data with wide letters and in a comment.
fn talking_photo() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(700, 500, |x, y| image::Rgb([x as u8, y as u8, 90]));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut bytes).encode_image(&picture).unwrap();
    let wide: Vec<u8> = "Zqxsecret place".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let segment =
        |marker: u8, payload: &[u8]| [&[0xFF, marker][..], &(payload.len() as u16 + 2).to_be_bytes(), payload].concat();
    let exif = [&b"Exif\0\0II*\0\x08\0\0\0\0\0"[..], &wide].concat();
    [&bytes[..2], &segment(0xE1, &exif), &segment(0xFE, b"zqxsecret comment"), &bytes[2..], b"zqxsecret film"].concat()
}

#[test]
fn no_picture_says_more_than_one_sees_in_whatever_it_is_passed_on() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- Zqxsecret --><metadata>Zqxsecret</metadata>\
                   <script>zqxsecret()</script><path d=\"M0 0\"/></svg>";
    let project = Project::new()
        .file("content/media/photo.jpg", talking_photo())
        .file("content/media/shot.png", with_chunk(b"tEXt", b"Author\0Zqxsecret"))
        .file("content/media/cup.svg", drawing)
        .file(
            "content/campaigns/day.md",
            "---\ntitle: The day\nday: 2026-06-09\nimage: {src: ../media/photo.jpg, alt: Mugs}\ntoolkit:\n\
             \x20 assets: [../media/photo.jpg, ../media/shot.png, ../media/cup.svg]\n\
             \x20 posts: [{text: Join in., image: {src: ../media/photo.jpg, alt: Mugs}}]\n---\n\
             ![Mugs](../media/photo.jpg) ![Shot](../media/shot.png) ![Cup](../media/cup.svg)\n",
        );
    let mut cache = Cache::default();
    let built = project.build_warm(&mut cache).without_errors();
    assert!(!secrets(&tree(&project.root().join("content"))).is_empty(), "the pictures have nothing to hide");
    assert_no_secret(&built, "pictures");
    assert_eq!(secrets(&kept(&project, &mut cache)), Vec::<String>::new());
    let (path, zip) = built.tree.iter().find(|(path, _)| path.ends_with(".zip")).unwrap();
    let names: Vec<String> = unzipped(path, zip).into_keys().collect();
    for name in ["photo.jpg", "shot.png", "cup.svg"] {
        assert!(names.iter().any(|path| path.ends_with(name)), "{name} in {names:?}");
    }
}

#[test]
fn a_story_in_a_file_of_its_own_is_held_back_with_everything_that_it_names() {
    for (about, consent, code) in HELD_BACK {
        let make = || {
            let text = secret_story(consent, "../media/zqxsecret-folder");
            with_pictures(site(), "content/media/zqxsecret-folder")
                .file("content/stories/2026-05-02-zqxsecret-name.md", text)
        };
        check_held_back(make, code, about);
        let (path, zip) = make().build().tree.into_iter().find(|(path, _)| path.ends_with(".zip")).unwrap();
        assert!(unzipped(&path, &zip).len() > 2, "{path} has nothing in it");
    }
}

#[test]
fn a_story_in_a_folder_is_held_back_with_everything_that_lies_there() {
    for (about, consent, code) in HELD_BACK {
        let make = || {
            with_pictures(site(), "content/stories/zqxsecret-name")
                .file("content/stories/zqxsecret-name/index.md", secret_story(consent, "."))
                .file("content/stories/zqxsecret-name/zqxsecret-not-named.png", PNG)
                .file("content/stories/zqxsecret-name/more/zqxsecret-below.pdf", "Zqxsecret below")
        };
        check_held_back(make, code, about);
    }
}

#[test]
fn pictures_are_held_back_however_they_are_named() {
    let (about, consent, code) = HELD_BACK[1];
    for folder in ["/media", "../media", "https://mill.example.org/media"] {
        let make =
            || with_pictures(site(), "content/media").file("content/stories/a.md", secret_story(consent, folder));
        check_held_back(make, code, &format!("{about}, pictures in {folder}"));
    }
    let trusting = || {
        let site_yaml = "name: A\nurl: https://mill.example.org\nraw_html: trust\nneeds: [lonely]\n";
        let text = format!(
            "---\ntitle: A\n{consent}\nphoto: /media/zqxsecret-extra.png\n---\n\
             <img src='../media/zqxsecret-raw.png' alt='x'>\n\n{{{{< figure src=\"/media/zqxsecret-shortcode.png\" >}}}}\n\n\
             A [picture][one].\n\n[one]: ../media/zqxsecret-reference.png\n"
        );
        let mut project = site()
            .file("content/site.yaml", site_yaml.replace("[lonely]", "[{id: lonely}]"))
            .file("content/index.md", "---\ntitle: Home\n---\nHello.\n")
            .file("content/campaigns/day.md", "---\ntitle: D\nday: 2026-06-09\n---\nJoin.\n")
            .file("content/stories/a.md", text);
        for name in ["raw", "shortcode", "reference", "extra"] {
            project = project.file(&format!("content/media/zqxsecret-{name}.png"), PNG);
        }
        project
    };
    check_held_back(trusting, code, "raw HTML, shortcodes and front matter of the team's own");
}

#[test]
fn a_picture_that_an_open_page_shows_too_stays() {
    let (_, consent, _) = HELD_BACK[1];
    let story = format!("---\ntitle: A\ndate: 2026-05-01\n{consent}\n---\n![A cup](../media/open.png)\n");
    let built = site()
        .file("content/stories/a.md", story)
        .file("content/about.md", "---\ntitle: About\n---\n![A cup](media/open.png)\n")
        .build();
    assert!(built.without_errors().has("media/open.png"));
}

#[test]
fn translations_are_held_back_with_their_story_and_it_with_them() {
    let (_, bad, code) = HELD_BACK[1];
    let names = [
        ("stories/a.md", "stories/a.cy.md", "[cy]"),
        ("stories/a.md", "stories/a.CY.md", "[cy]"),
        ("stories/a.md", "stories/a.cy.md", "[cy-GB]"),
        ("stories/a.en.md", "stories/a.cy.md", "[cy]"),
        ("stories/a.markdown", "stories/a.cy.md", "[cy]"),
        ("stories/a/index.md", "stories/a/index.cy.md", "[cy]"),
        ("stories/a/index.md", "stories/a.cy.md", "[cy]"),
        ("stories/a.md", "stories/_drafts/a.cy.md", "[cy]"),
        ("stories/2026-05-02-a.md", "stories/a.cy.md", "[cy]"),
    ];
    for (story, translation, languages) in names {
        for (first, second) in [(bad, GOOD_CONSENT), (GOOD_CONSENT, bad)] {
            let make = || {
                let settings = format!("name: Mill\nurl: https://mill.example.org\nlanguages: {languages}\n");
                let text = |consent| format!("---\ntitle: Zqxsecret\ndate: 2026-05-02\n{consent}\n---\nZqxsecret\n");
                Project::new()
                    .file("content/site.yaml", settings)
                    .file("content/stories/open.md", format!("---\ntitle: Open\n{GOOD_CONSENT}\n---\nOpen.\n"))
                    .file(&format!("content/{story}"), text(first))
                    .file(&format!("content/{translation}"), text(second))
            };
            check_held_back(make, code, &format!("{story} with {first}, {translation}, languages {languages}"));
        }
    }
}

#[test]
fn a_translation_without_consent_of_its_own_is_held_back() {
    let built =
        site().file("content/stories/open.cy.md", "---\ntitle: Zqxsecret\ndate: 2026-05-02\n---\nZqxsecret\n").build();
    assert!(built.codes().contains(&"story/held-back-no-consent"));
    assert_no_secret(&built, "the translation");
}

#[test]
fn a_draft_of_a_translation_takes_nothing_away() {
    let text = format!("---\ntitle: Agored\ndate: 2026-05-02\ndraft: true\n{GOOD_CONSENT}\n---\nStori.\n");
    let built = site().file("content/stories/open.cy.md", text).build();
    assert!(built.has("stories/open/index.html"), "{:#?}", built.tree.keys());
    assert!(!built.has("cy/stories/open/index.html"));
}

#[test]
fn a_story_is_one_wherever_it_lies() {
    let (about, consent, code) = HELD_BACK[1];
    for path in [
        "Stories/a.md",
        "STORIES/a/index.md",
        "stories/2026/05/a.md",
        "stories/_drafts/a.md",
        "_drafts/stories/a.md",
        "stories/a.markdown",
        "stories/a.MD",
    ] {
        let make = || {
            let text = format!("---\ntitle: Zqxsecret\ndate: 2026-05-01\nslug: zqxsecret\n{consent}\n---\nZqxsecret\n");
            site().file(&format!("content/{path}"), text)
        };
        check_held_back(make, code, &format!("{about}, at {path}"));
    }
}

#[test]
fn beside_a_story_only_what_it_names_is_published() {
    let story =
        format!("---\ntitle: A\ndate: 2026-05-01\n{GOOD_CONSENT}\n---\n![A cup](cup.png) [Leaflet](leaflet.pdf)\n");
    let built = site()
        .file("content/stories/a/index.md", story)
        .file("content/stories/a/cup.png", PNG)
        .file("content/stories/a/leaflet.pdf", "%PDF-1.7")
        .file("content/stories/a/zqxsecret-form.pdf", "%PDF-1.7 zqxsecret")
        .file("content/stories/a/zqxsecret-talk.docx", "PK zqxsecret")
        .file("content/stories/a/zqxsecret-face.png", PNG)
        .build()
        .without_errors();
    assert!(built.has("stories/a/leaflet.pdf"));
    assert_no_secret(&built, "beside a story");
    let notes = built.with_code("publish/file-left-out");
    assert_eq!(notes.len(), 1, "{}", built.terminal());
    let names = ["`stories/a/zqxsecret-face.png`", "`stories/a/zqxsecret-form.pdf`", "`stories/a/zqxsecret-talk.docx`"];
    assert!(names.iter().all(|name| notes[0].message.contains(name)), "{}", notes[0].message);
}

#[test]
fn what_lies_beside_a_held_back_story_is_shown_by_no_other_page() {
    let (about, consent, code) = HELD_BACK[1];
    let make = || {
        with_pictures(site(), "content/stories/zqxsecret-name")
            .file("content/stories/zqxsecret-name/index.md", secret_story(consent, "."))
            .file(
                "content/blog/2026-05-03-a.md",
                "---\ntitle: A\nimage: {src: ../stories/zqxsecret-name/zqxsecret-image.png, alt: Jo}\n---\n\
                 ![Jo](../stories/zqxsecret-name/zqxsecret-body.png)\n\n\
                 ![Jo](/stories/zqxsecret-name/zqxsecret-raw.png)\n\n\
                 [Her form](../stories/zqxsecret-name/zqxsecret-form.pdf)\n\n\
                 [Her form](/stories/zqxsecret-name/zqxsecret-form.pdf)\n\n\
                 ::: download {file: ../stories/zqxsecret-name/zqxsecret-form.pdf, title: Form}\n:::\n",
            )
    };
    // The post is kept for the next build with the addresses that stand in it.
    check_built(&make(), code, about);
    let built = make().build();
    let said = built.with_code("links/to-page-not-published");
    let places: Vec<_> = said.iter().map(|it| it.place.as_ref().unwrap().path.as_str()).collect();
    assert_eq!(places, ["content/blog/2026-05-03-a.md"; 6], "{}", built.terminal());

    // It was there before the story was withdrawn.
    let project = make();
    project.write(
        "content/stories/zqxsecret-name/index.md",
        secret_story(GOOD_CONSENT, ".").replace("age: 17", "age: 71"),
    );
    let mut cache = Cache::default();
    assert!(!secrets(&project.build_warm(&mut cache).without_errors().tree).is_empty());
    project.write("content/stories/zqxsecret-name/index.md", secret_story(consent, "."));
    assert_no_secret(&project.build_warm(&mut cache).without_errors(), "after the withdrawal");
}

#[test]
fn a_slip_in_a_story_publishes_nothing() {
    let good = "consent: {reference: A1, given: 2026-01-05, covers: [website]}\nperson: {name: Jo, identity: named}\n";
    for (path, fields, code) in [
        ("stories/a.md", format!("{good}withdrawn: 2026-05-02\n"), "story/field-misplaced"),
        ("stories/a.md", format!("{good}age: 15\n"), "story/field-misplaced"),
        ("stories/a.md", good.replace("covers", "withdrawl: true, covers"), "story/unknown-field"),
        ("stories/a.md", good.replace("covers", "expiry: 2026-05-01, covers"), "story/unknown-field"),
        ("story/a.md", good.to_owned(), "story/not-in-stories"),
        ("blog/a.md", good.replace("covers", "withdrawn: true, covers"), "story/not-in-stories"),
    ] {
        let text = format!("---\ntitle: Zqxsecret\ndate: 2026-05-01\n{fields}---\nZqxsecret\n");
        let built = site().file(&format!("content/{path}"), text).build();
        assert_eq!(built.codes(), [code], "{path} {fields}: {}", built.terminal());
        assert!(built.tree.is_empty(), "{path} {fields}");
    }
}

#[test]
fn links_to_a_held_back_story_lead_nowhere() {
    let (about, consent, code) = HELD_BACK[1];
    let make = || {
        let settings = "name: Mill Lane Link\nurl: https://mill.example.org\nlanguages: [cy]\n\
             needs: [{id: lonely, name: L}]\nareas: [{id: north, name: N}]\ncategories: [{id: company, name: C}]\n\
             menu: [{label: A story, link: /stories/zqxsecret-slug/}, {label: B, link: stories/zqxsecret-name/index.md}]\n\
             redirects: {/old/: /stories/zqxsecret-slug/}\n";
        with_pictures(site(), "content/stories/zqxsecret-name")
            .file("content/site.yaml", settings)
            .file("content/stories/zqxsecret-name/index.md", secret_story(consent, "."))
            .file(
                "content/blog/2026-05-03-a.md",
                "---\ntitle: A\n---\nRead [this](../stories/zqxsecret-name/index.md), \
                 [this](../stories/zqxsecret-name/), [this](/stories/zqxsecret-slug/), \
                 [this](/stories/zqxsecret-slug), [this](/stories/zqxsecret-slug/#a), \
                 [this](https://mill.example.org/stories/zqxsecret-slug/) and [this](/zqxsecret-alias/).\n\n\
                 ::: button {link: /stories/zqxsecret-slug/}\nRead\n:::\n\n\
                 ::: download {file: ../stories/zqxsecret-name/index.md, title: Read}\n:::\n\n\
                 ::: qr {link: ../stories/zqxsecret-name/index.md}\n:::\n\n\
                 ::: video {src: /stories/zqxsecret-slug/, title: Read, transcript: /stories/zqxsecret-slug/}\n:::\n\n\
                 ::: audio {src: /stories/zqxsecret-slug/, title: Read}\n:::\n",
            )
    };
    // The post is kept for the next build with the addresses that stand in it.
    check_built(&make(), code, about);
    check_built(&make().with_drafts(), code, about);
    let built = make().build();
    assert!(built.codes().contains(&"links/to-page-not-published"), "{}", built.terminal());
}

#[test]
fn private_front_matter_and_consent_stay_in_the_folder() {
    let private = "private: {note: zqxsecret-private}\nowner: zqxsecret-owner\n\
                   extra_facts: {private: zqxsecret-nested, list: [{private: [zqxsecret-list], shown: here}]}\n";
    let consent = "consent: {reference: zqxsecret-reference, given: 2019-03-07, expires: 2031-11-13, \
                   covers: [website, print], guardian: true}\n";
    let person = format!("{consent}person: {{name: Jo, identity: first-name, age: 17}}\nquote: Better.\n");
    // A theme that writes down everything that a template can see of a page's own front matter.
    let theme = "{% extends \"base.html\" %}{% block main %}{{ article }}{{ page }}\
                 {% if story %}{{ story }}{% endif %}{% endblock %}";
    for drafts in [false, true] {
        let mut project = site();
        for (path, more) in [
            ("stories/jo.md", person.as_str()),
            ("blog/2026-05-01-a.md", ""),
            ("events/a.md", "start: 2026-06-02\nonline: https://example.org/join\n"),
            ("resources/a.md", ""),
            ("campaigns/a.md", "day: 2026-06-09\n"),
            ("about.md", ""),
            ("stories/index.md", ""),
            ("index.md", ""),
        ] {
            let text = format!("---\ntitle: A\ndate: 2026-05-01\n{private}{more}---\nText.\n");
            project = project.file(&format!("content/{path}"), text);
        }
        for template in ["story", "post", "event", "resource", "campaign", "page", "home"] {
            project = project.file(&format!("themes/waymark/templates/{template}.html"), theme);
        }
        let project = if drafts { project.with_drafts() } else { project };
        let built = project.build().without_errors();
        assert_no_secret(&built, "private front matter");
        assert!(built.text("stories/jo/index.html").contains("shown"), "the theme shows extra facts");
        for (path, bytes) in &built.tree {
            let text = String::from_utf8_lossy(bytes);
            for date in ["2019-03-07", "20190307", "7 March 2019", "2031-11-13", "20311113", "13 November 2031"] {
                assert!(!text.contains(date), "{path}: {date}");
            }
        }
        // Addresses that end in a hash hold any two digits.
        let pieces = built.text("stories/jo/index.html").split(['"', ' ']);
        let is_address = |piece: &str| piece.starts_with("/assets/") || piece.contains("/share-card.png?v=");
        let seen: String = pieces.filter(|piece| !is_address(piece)).collect();
        assert!(seen.contains("shown") && !seen.contains("17"), "the age in {seen}");
    }
}

#[test]
fn an_anonymous_story_has_no_name_and_no_age() {
    for person in [
        "person: {name: Zqxsecret Smith, identity: anonymous, age: 4711}",
        "person: {name: Zqxsecret Smith, age: 4711}",
        "person: {age: 4711, identity: anonymous}",
    ] {
        let story = format!(
            "---\ntitle: A walk\ndate: 2026-05-02\nneeds: [lonely]\ncampaign: day\nquote: Better.\n{person}\n\
             {GOOD_CONSENT}\n---\nA walk. <!-- Zqxsecret Smith -->\n\n<!--\nZqxsecret Smith\n-->\n"
        );
        let built = site().file("content/stories/walk.md", story).build().without_errors();
        assert!(built.text("stories/walk/index.html").contains("Better."));
        assert_no_secret(&built, person);
        for (path, bytes) in &built.tree {
            let is_text = path.ends_with(".html") || path.ends_with(".xml") || path.ends_with(".ics");
            assert!(!is_text || !String::from_utf8_lossy(bytes).contains("4711"), "{path}: the age");
        }
    }
}

#[test]
fn a_story_leaves_the_site_when_its_consent_ends() {
    let consent = "consent: {reference: A1, given: 2026-01-05, expires: 2026-06-30, covers: [website]}";
    for cache_is_kept in [true, false] {
        let mut project = with_pictures(site(), "content/stories/zqxsecret-name")
            .file("content/stories/zqxsecret-name/index.md", secret_story(consent, ".").replace("age: 17", "age: 71"))
            .now("2026-06-30T22:59:59Z");
        let mut cache = Cache::default();
        let built = project.build_warm(&mut cache).without_errors();
        assert!(built.has("stories/zqxsecret-slug/index.html") && built.has("zqxsecret-alias/index.html"));
        assert!(built.has("tags/zqxsecret-tag/index.html") && built.has("stories/zqxsecret-slug/zqxsecret-image.png"));
        // Midnight in London: the last day of the consent is over.
        project.set_now("2026-06-30T23:00:00Z");
        if !cache_is_kept {
            cache = Cache::default();
        }
        let built = project.build_warm(&mut cache).without_errors();
        assert_no_secret(&built, "after the last day");
        assert!(built.codes().contains(&"story/held-back-expired"));
        assert!(!project.output().join("stories/zqxsecret-slug").exists(), "its folder");
        // New dates in the consent bring it back.
        let renewed = secret_story(&consent.replace("2026-06-30", "2028-06-30"), ".").replace("age: 17", "age: 71");
        project.write("content/stories/zqxsecret-name/index.md", renewed);
        assert!(project.build_warm(&mut cache).without_errors().has("stories/zqxsecret-slug/zqxsecret-image.png"));
    }
}

#[test]
fn a_withdrawal_takes_everything_away_from_the_next_build() {
    let project = with_pictures(site(), "content/media/zqxsecret-folder").file(
        "content/stories/2026-05-02-zqxsecret-name.md",
        secret_story(GOOD_CONSENT, "../media/zqxsecret-folder").replace("age: 17", "age: 71"),
    );
    let mut cache = Cache::default();
    let built = project.build_warm(&mut cache).without_errors();
    assert!(
        built.has("media/zqxsecret-folder/zqxsecret-image.png") && built.has("stories/zqxsecret-slug/share-card.png")
    );
    let cards = |kept: &Tree| kept.keys().filter(|path| path.contains("share-card")).count();
    let while_shown = kept(&project, &mut cache);
    assert!(!secrets(&while_shown).is_empty(), "pictures are kept as long as they are shown");
    assert!(while_shown["pictures-seen"].windows(MARK.len()).any(|part| part == MARK.as_bytes()));
    let withdrawn = GOOD_CONSENT.replace("covers", "withdrawn: 2026-06-01, covers");
    project.write(
        "content/stories/2026-05-02-zqxsecret-name.md",
        secret_story(&withdrawn, "../media/zqxsecret-folder").replace("age: 17", "age: 71"),
    );
    let built = project.build_warm(&mut cache).without_errors();
    assert_no_secret(&built, "after the withdrawal");
    assert!(!project.output().join("media/zqxsecret-folder").exists());
    let after = kept(&project, &mut cache);
    assert_eq!(secrets(&after), Vec::<String>::new(), "beside the content");
    assert_eq!(cards(&after) + 1, cards(&while_shown), "the picture of its title is kept");
}

#[test]
fn what_is_kept_between_builds_holds_no_story_and_nothing_private() {
    let folder = Folder::with_site();
    let consent = "consent: {reference: Zebra-1, given: 2026-01-05, expires: 2027-07-01, covers: [website]}";
    folder.write("content/stories/pat.md", format!("---\ntitle: Zebra\ndate: 2026-05-01\n{consent}\n---\nZebra.\n"));
    folder.write("content/stories/sam.md", "---\ntitle: Zebra two\ndate: 2026-05-01\nsumary: Zebra\n---\nZebra.\n");
    folder.write("content/stories/broken.md", "---\ntitle: [Zebra\n---\n");
    folder.write("content/about.md", "---\ntitle: Giraffe\nprivate: {note: Zebra}\n---\nUs.\n");
    folder.run(&["build"]).assert_code(1);
    fs::remove_file(folder.path("content/stories/broken.md")).unwrap();
    folder.run(&["build"]).assert_code(0);
    let kept: Vec<Vec<u8>> = tree(&folder.path(".fingerpost-cache")).into_values().collect();
    let holds = |word: &str| kept.iter().any(|bytes| bytes.windows(word.len()).any(|part| part == word.as_bytes()));
    assert!(holds("Giraffe"), "nothing is kept at all");
    assert!(!holds("Zebra"), "a story, or something private, is kept");
}

#[test]
fn no_word_of_a_held_back_story_is_searched_or_handed_on() {
    let (about, consent, code) = HELD_BACK[1];
    let make = || site().file("content/stories/a.md", secret_story(consent, "../media"));
    check_held_back(make, code, about);
    let built = make().build().without_errors();
    // The files that could tell of it tell of the story that may be told.
    for path in ["search/w-o.json", "stories/feed.json"] {
        assert!(built.text(path).to_lowercase().contains("open"), "{path}");
    }
    assert!(built.tree.keys().any(|path| path.starts_with("search/d-")));
    assert!(!built.has("search/w-z.json"), "no other word begins so");

    let told = site().file(
        "content/stories/a.md",
        secret_story(GOOD_CONSENT, "../media")
            .replace("age: 17", "age: 71")
            .replace("Zqxsecret text.", "Told plainly."),
    );
    let mut cache = Cache::default();
    let built = told.build_warm(&mut cache).without_errors();
    assert!(
        built.text("search/w-t.json").contains("\"plainly\"") || built.text("search/w-p.json").contains("\"plainly\"")
    );
    assert!(!built.text("stories/feed.json").contains("Told plainly"), "a feed holds the summary alone");
    told.write("content/stories/a.md", secret_story(consent, "../media"));
    let built = told.build_warm(&mut cache).without_errors();
    assert_no_secret(&built, "after the withdrawal");
    assert!(!built.has("search/w-z.json") && !built.has("search/w-p.json"));
}
