//! Pictures in the sizes of the layout, link previews, icons and headers: what is made, what is kept, and what is refused.

use std::fs;
use std::io::Cursor;
#[cfg(unix)]
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use fingerpost::load::Look;
use fingerpost::pipeline::Cache;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageFormat, ImageReader, Rgb, RgbImage};

use crate::program::Folder;
use crate::project::{Built, PNG, Project, SITE, tree};

const PAGE: &str = "content/about.md";

/// A photo as a telephone takes it: it lies on its side, and says where it was taken.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let picture =
        RgbImage::from_fn(width, height, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, ((x * y) % 239) as u8]));
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    // Exif: turned by a quarter (0x0112 = 6), and a description.
    let mut exif =
        b"II*\0\x08\0\0\0\x02\0\x0e\x01\x02\0\x10\0\0\0\x26\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"SECRET-PLACE-1\0\0");
    encoder.set_exif_metadata(exif).unwrap();
    encoder.write_image(&picture, width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}

fn size(bytes: &[u8]) -> (u32, u32) {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap().into_dimensions().unwrap()
}

/// The names of what was made of pictures, without their hashes.
fn pictures(built: &Built) -> Vec<String> {
    let names = built.tree.keys().filter_map(|path| path.strip_prefix("assets/pictures/"));
    let mut names: Vec<String> = names
        .map(|name| {
            let (stem, rest) = name.split_once('.').unwrap();
            format!("{stem}.{}", rest.rsplit('.').next().unwrap())
        })
        .collect();
    names.sort();
    names
}

fn with_photo() -> Project {
    Project::new()
        .file(PAGE, "---\ntitle: About\nimage: {src: media/mugs.jpg, alt: Mugs}\n---\nUs.\n\n![Mugs](media/mugs.jpg)\n")
        .file("content/media/mugs.jpg", photo(1500, 2000))
}

#[test]
fn a_photo_comes_in_the_widths_of_the_layout_upright_and_without_a_word() {
    let built = with_photo().build().clean();
    // Beside the five sizes stands what link previews show.
    let expected =
        ["mugs-1200.jpg", "mugs-1280.webp", "mugs-320.webp", "mugs-640.webp", "mugs-960.jpg", "mugs-960.webp"];
    assert_eq!(pictures(&built), expected);
    for (path, bytes) in built.tree.iter().filter(|(path, _)| path.starts_with("assets/pictures/")) {
        let (width, height) = size(bytes);
        assert!(path.contains(&format!("mugs-{width}.")), "{path}: {width}");
        let is_share = path.contains("mugs-1200");
        assert_eq!(height, if is_share { 630 } else { width * 3 / 4 }, "{path} is not upright");
        assert!(!bytes.windows(6).any(|part| part == b"SECRET"), "{path} says where it was taken");
        assert!(!is_share || bytes.len() <= 60_000, "{path}: {} bytes", bytes.len());
    }
    let page = built.text("about/index.html");
    assert_eq!(page.matches("<source type=\"image/webp\" srcset=\"/assets/pictures/mugs-320.").count(), 2, "{page}");
    assert_eq!(page.matches("width=\"1280\" height=\"960\"").count(), 2, "{page}");
    assert_eq!(page.matches("loading=\"lazy\"").count(), 1, "the first picture is seen at once: {page}");
    assert!(page.contains("1280w\" sizes=\"") && page.contains("og:image:type\" content=\"image/jpeg\""), "{page}");
}

/// What a build says of pictures that no page shows.
fn not_shown(built: &Built) -> Vec<String> {
    let of_these = built.report.iter().filter(|it| it.code.id == "publish/picture-not-shown");
    of_these.map(|it| it.message.to_string()).collect()
}

#[test]
fn pictures_that_no_page_shows_are_named_once_and_stay() {
    let project = with_photo().file("content/media/share.jpg", photo(1300, 700));
    assert_eq!(not_shown(&project.build().clean()), [""; 0]);
    let with_leaflet = with_photo().file("content/media/leaflet.txt", "A leaflet").build();
    let said = with_leaflet.with_code("publish/file-not-linked");
    assert_eq!(&*said[0].message, "the file `media/leaflet.txt` is published, and no page links to it");
    assert!(with_leaflet.has("media/leaflet.txt"));
    let project = project.file("content/media/unused-person.jpg", photo(30, 20));
    let built = project.build();
    assert_eq!(not_shown(&built), ["the picture `media/unused-person.jpg` is published, and no page shows it"]);
    assert!(built.tree.contains_key("media/unused-person.jpg"));
    let many = ["a.png", "b.png", "folder/c.png", "d.png", "e.png"];
    let project = many.iter().fold(project, |project, name| project.file(&format!("content/media/{name}"), PNG));
    assert_eq!(
        not_shown(&project.build()),
        [
            "6 pictures are published, and no page shows them: `media/a.png`, `media/b.png`, `media/d.png`, `media/e.png`, \
             `media/folder/c.png`, `media/unused-person.jpg`"
        ]
    );
    // A link is as good as a picture, and a mistake may be what shows one.
    let links: String = ["a.png", "b.png", "folder/c.png", "d.png", "e.png", "unused-person.jpg"]
        .iter()
        .map(|name| format!("[Look](media/{name})\n\n"))
        .collect();
    project.write("content/pictures.md", format!("---\ntitle: Pictures\n---\n{links}"));
    assert_eq!(not_shown(&project.build().clean()), [""; 0]);
    project.write("content/pictures.md", "---\ntitle: Pictures\n---\n![A](media/aa.png)");
    assert_eq!(not_shown(&project.build()), [""; 0]);
    // Nobody may see what belongs to a story that is held back, so nothing is said of it.
    let held_back = "---\ntitle: Pat\ndate: 2026-05-01\nperson: {name: Pat, identity: named}\n\
                     image: {src: ../media/pat.png, alt: Pat}\n---\nPat.\n";
    let project = with_photo().file("content/stories/pat.md", held_back).file("content/media/pat.png", PNG);
    let built = project.build();
    assert_eq!(not_shown(&built), [""; 0]);
    assert!(!built.tree.contains_key("media/pat.png"));
}

/// Exif data that say that a picture lies on its side, and nothing else.
const TURNED: &[u8] = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";

/// A picture of 400 by 200 with its left half black, which shows above the white half when it is upright.
fn lying(format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(400, 200, |x, _| Rgb([if x < 200 { 0 } else { 255 }; 3]));
    let mut bytes = Vec::new();
    match format {
        ImageFormat::Jpeg => {
            let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
            encoder.set_exif_metadata(TURNED.to_vec()).unwrap();
            encoder.write_image(&picture, 400, 200, ExtendedColorType::Rgb8).unwrap();
        }
        ImageFormat::Png => {
            picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
            let mut chunk = [b"eXIf", TURNED].concat();
            chunk.extend(crc32(&chunk).to_be_bytes());
            chunk.splice(..0, (TURNED.len() as u32).to_be_bytes());
            bytes.splice(33..33, chunk);
        }
        _ => {
            let plain = webp::Encoder::from_rgb(&picture, 400, 200).encode(90.0);
            let header = [8, 0, 0, 0, 143, 1, 0, 199, 0, 0];
            let exif = [b"EXIF", &(TURNED.len() as u32).to_le_bytes()[..], TURNED].concat();
            let body = [b"WEBPVP8X\x0a\0\0\0", &header[..], &plain[12..], &exif].concat();
            bytes = [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat();
        }
    }
    bytes
}

#[test]
fn pictures_of_every_format_are_shown_upright_in_their_own_shape() {
    for (format, name) in [(ImageFormat::Jpeg, "a.jpg"), (ImageFormat::Png, "a.png"), (ImageFormat::WebP, "a.webp")] {
        let project = Project::new()
            .file(PAGE, format!("---\ntitle: About\n---\nUs.\n\n![A](media/{name})\n"))
            .file(&format!("content/media/{name}"), lying(format));
        let built = project.build().clean();
        assert!(built.text("about/index.html").contains("width=\"200\" height=\"400\""), "{name}");
        for (path, bytes) in built.tree.iter().filter(|(path, _)| path.starts_with("assets/pictures/")) {
            let shown = image::load_from_memory(bytes).unwrap().into_rgb8();
            assert_eq!((shown.width(), shown.height()), (200, 400), "{path}");
            let (above, below) = (shown.get_pixel(100, 100).0[0], shown.get_pixel(100, 300).0[0]);
            assert!(above < 20 && below > 235, "{path}: {above} above {below}");
        }
    }
}

#[test]
fn a_photo_with_a_long_preface_has_its_sizes_too() {
    // Programs write what they know about a picture before it, and a segment ends at 64 kB.
    let segment = [&[0xFF, 0xED, 0xFF, 0xFF][..], &[7; 65_533]].concat();
    let plain = photo(700, 900);
    let long = [&plain[..2], &segment.repeat(4), &plain[2..]].concat();
    let project = Project::new()
        .file(PAGE, "---\ntitle: About\n---\nUs.\n\n![Mugs](media/mugs.jpg)\n")
        .file("content/media/mugs.jpg", long);
    assert_eq!(pictures(&project.build().clean()), ["mugs-320.webp", "mugs-640.webp", "mugs-900.jpg", "mugs-900.webp"]);
}

#[test]
fn a_picture_that_is_too_high_for_webp_is_shown_all_the_same() {
    let mut bytes = Vec::new();
    RgbImage::new(700, 20_000).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    let project = Project::new()
        .file(PAGE, "---\ntitle: About\n---\nUs.\n\n![A](media/a.png) ![B](media/b.png)\n")
        .file("content/media/a.png", bytes)
        .file("content/media/b.png", {
            let mut bytes = Vec::new();
            RgbImage::new(9, 17_000).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
            bytes
        });
    let built = project.build().clean();
    assert_eq!(pictures(&built), ["a-700.png", "b-9.png"]);
    assert!(built.text("about/index.html").contains("width=\"9\" height=\"17000\""));
}

#[test]
fn no_picture_is_enlarged() {
    let project = Project::new()
        .file(PAGE, "---\ntitle: About\n---\nUs.\n\n![A](media/a.png) ![B](media/b.jpg)\n")
        .file("content/media/a.png", PNG)
        .file("content/media/b.jpg", photo(300, 400));
    assert_eq!(pictures(&project.build().clean()), ["a-1.png", "a-1.webp", "b-320.webp", "b-400.jpg", "b-400.webp"]);
}

#[test]
fn nothing_is_encoded_twice_and_only_what_is_shown_is_kept() {
    let project = with_photo();
    let first = project.build().clean();
    let folder = project.root().join(".fingerpost-cache/pictures");
    let kept = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_name().unwrap().to_str().unwrap().starts_with("mugs-320"));
    // What lies there is what comes out: so it was not made again.
    fs::write(kept.unwrap(), "kept").unwrap();
    let other = tempfile::TempDir::new().unwrap();
    let second = project.build_into(other.path(), &mut Cache::default());
    let path = first.tree.keys().find(|path| path.starts_with("assets/pictures/mugs-320")).unwrap();
    assert_eq!(second.text(path), "kept");
    // An edit of the page leaves its pictures; another picture has other addresses.
    project.write(PAGE, "---\ntitle: About us\n---\nUs.\n\n![Mugs](media/mugs.jpg)\n");
    assert!(project.build().tree.contains_key(path));
    project.write("content/media/mugs.jpg", photo(1400, 2000));
    assert!(!project.build().clean().tree.contains_key(path));
    project.write(PAGE, "---\ntitle: About us\n---\nNo picture.\n");
    project.build().without_errors();
    assert!(tree(&folder).keys().all(|name| !name.starts_with("mugs")), "{:?}", tree(&folder).keys());
}

/// Other bytes of the same length in the same file, at the same time: nobody sees that who does not read them.
#[cfg(unix)]
fn overwrite_unseen(path: &Path, bytes: &[u8]) {
    let before = fs::metadata(path).unwrap();
    assert_eq!(before.len(), bytes.len() as u64);
    fs::write(path, bytes).unwrap();
    fs::File::options().write(true).open(path).unwrap().set_modified(before.modified().unwrap()).unwrap();
}

#[cfg(unix)]
#[test]
fn a_picture_is_read_once_and_again_when_its_file_is_another_one() {
    let folder = Folder::with_site();
    folder.write(PAGE, "---\ntitle: About\n---\nUs.\n\n![Mugs](media/mugs.jpg) ![Cup](media/cup.svg)\n");
    let svg =
        |colour: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M1 2\" fill=\"{colour}\"/></svg>");
    let (one, other) = (photo(300, 400), [photo(300, 400), b"\n".to_vec()].concat());
    let one = [one, b" ".to_vec()].concat();
    folder.write("content/media/mugs.jpg", &one);
    folder.write("content/media/cup.svg", svg("red"));
    let shown = || {
        fs::remove_dir_all(folder.path("public")).ok();
        folder.run(&["build", "--quiet"]).assert_code(0);
        let names = tree(&folder.path("public/assets/pictures")).into_keys().collect::<Vec<_>>();
        assert_eq!(names.len(), 4, "{names:?}");
        names
    };
    let first = shown();
    overwrite_unseen(&folder.path("content/media/mugs.jpg"), &other);
    overwrite_unseen(&folder.path("content/media/cup.svg"), svg("tan").as_bytes());
    assert_eq!(shown(), first, "a picture was read again");
    // A time of change, a length and a file of its own are seen.
    for path in ["content/media/mugs.jpg", "content/media/cup.svg"] {
        let file = fs::File::options().write(true).open(folder.path(path)).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(1_700_000_000)).unwrap();
    }
    let touched = shown();
    assert!(touched.iter().all(|name| !first.contains(name)), "{touched:?} {first:?}");
    folder.write("content/media/mugs.jpg", &one);
    folder.write("content/media/cup.svg", svg("red"));
    assert_eq!(shown(), first);
    // Without what was kept, all is read.
    overwrite_unseen(&folder.path("content/media/mugs.jpg"), &other);
    overwrite_unseen(&folder.path("content/media/cup.svg"), svg("tan").as_bytes());
    fs::remove_file(folder.path(".fingerpost-cache/pictures-seen")).unwrap();
    assert_eq!(shown(), touched);
}

#[cfg(unix)]
#[test]
fn whoever_says_where_to_look_has_a_picture_read_again() {
    let project = with_photo();
    let path = project.root().join("content/media/mugs.jpg");
    let fingerprint = |look: Look, cache: &mut Cache| {
        let site = project.run(look, cache).planned.unwrap().site;
        cache.keep(project.root(), Some(&site));
        site.pictures[0].fingerprint
    };
    let first = fingerprint(Look::Everywhere, &mut Cache::default());
    let mut other = photo(1500, 2000);
    let length = other.len();
    other[length - 100] ^= 1;
    overwrite_unseen(&path, &other);
    let mut cache = Cache::default().recall(project.root());
    assert_eq!(fingerprint(Look::Everywhere, &mut cache), first);
    let second = fingerprint(Look::At([path].into()), &mut cache);
    assert_ne!(second, first);
    assert_eq!(fingerprint(Look::Everywhere, &mut Cache::default().recall(project.root())), second);
}

#[test]
fn a_small_site_has_a_picture_of_words_for_every_page() {
    let page = |title: &str| format!("---\ntitle: {title}\n---\nText.\n");
    let small = Project::new().file("content/resources/help.md", page("Help")).file("content/about.md", page("About"));
    let built = small.build().without_errors();
    assert!(built.has("resources/help/share-card.png") && built.has("about/share-card.png"));
    let files = (0..200).map(|n| (format!("content/pages/{n}.md"), page(&format!("Page {n}"))));
    let large = files.fold(small, |project, (path, text)| project.file(&path, text));
    assert!(!large.build().without_errors().has("resources/help/share-card.png"));
}

#[test]
fn pictures_of_words_are_drawn_once_and_only_those_of_the_site_are_kept() {
    let post = |title: &str| format!("---\ntitle: {title}\ndate: 2026-05-01\n---\nNews.\n");
    let project = Project::new().file("content/blog/news.md", post("News"));
    project.build().clean();
    let folder = project.root().join(".fingerpost-cache/pictures");
    let kept = |stem: &str| tree(&folder).into_keys().filter(|name| name.starts_with(stem)).collect::<Vec<_>>();
    assert_eq!((kept("share-card.").len(), kept("icon-192.").len(), tree(&folder).len()), (1, 1, 4));
    let first = kept("share-card.");
    // What lies there is what comes out: so it was not drawn again.
    fs::write(folder.join(&first[0]), "kept").unwrap();
    let other = tempfile::TempDir::new().unwrap();
    let again = project.build_into(other.path(), &mut Cache::default());
    assert_eq!(again.text("blog/news/share-card.png"), "kept");

    // What a machine that stopped left of one is no picture.
    fs::write(folder.join(&first[0]), "").unwrap();
    let other = tempfile::TempDir::new().unwrap();
    let again = project.build_into(other.path(), &mut Cache::default());
    assert_eq!(size(&again.tree["blog/news/share-card.png"]), (1200, 630));

    project.write("content/blog/news.md", post("Good news"));
    let built = project.build().clean();
    assert_eq!(size(&built.tree["blog/news/share-card.png"]), (1200, 630));
    assert_eq!((kept("share-card.").len(), kept("share-card.") == first), (1, false));
    project.remove("content/blog/news.md");
    project.build().without_errors();
    assert_eq!(kept("share-card."), Vec::<String>::new());
}

#[test]
fn pictures_of_stories_without_consent_are_neither_made_nor_kept() {
    let consent = "consent: {reference: A1, given: 2026-01-05, covers: [website]}";
    let story = |consent: &str| {
        format!("---\ntitle: Pat\ndate: 2026-05-01\nimage: {{src: pat.jpg, alt: Pat}}\n{consent}\n---\nPat.\n")
    };
    let project = Project::new()
        .file("content/stories/pat/index.md", story(consent))
        .file("content/stories/pat/pat.jpg", photo(600, 800));
    let folder = project.root().join(".fingerpost-cache/pictures");
    assert!(project.build().without_errors().tree.keys().any(|path| path.contains("pictures/pat-640.")));
    assert!(tree(&folder).keys().any(|name| name.starts_with("pat-640")));
    project.write("content/stories/pat/index.md", story(&consent.replace("covers", "withdrawn: 2026-05-20, covers")));
    for built in [project.build(), project.with_drafts().build()] {
        assert!(!built.tree.keys().any(|path| path.contains("pat")), "{:?}", built.tree.keys());
    }
    assert!(!tree(&folder).keys().any(|name| name.contains("pat")), "{:?}", tree(&folder).keys());
}

#[test]
fn a_broken_picture_is_one_message_where_it_is_shown() {
    let mut cut = photo(600, 800);
    cut.truncate(cut.len() / 2);
    // A PNG that claims to be 50,000 pixels wide and high, in 60 bytes.
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\x02\0\0\0".to_vec();
    bomb.extend(crc32(&bomb[12..29]).to_be_bytes());
    bomb.extend(b"\0\0\0\x08IDAT\x78\x9c\x03\0\0\0\0\x01");
    bomb.extend(crc32(b"IDAT\x78\x9c\x03\0\0\0\0\x01").to_be_bytes());
    bomb.extend(b"\0\0\0\0IEND\xaeB`\x82");
    for (name, bytes, words) in [
        ("cut.jpg", cut, "the picture is damaged"),
        ("none.png", b"no picture".to_vec(), "does not begin like a picture"),
        ("bomb.png", bomb, "at most 128 million pixels"),
        ("bad.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"".to_vec(), "no well-formed SVG"),
        ("none.svg", b"<svg/>".to_vec(), "does not say that it is an SVG"),
    ] {
        let project = Project::new()
            .file(PAGE, format!("---\ntitle: About\n---\nUs.\n\n![A](media/{name})\n"))
            .file(&format!("content/media/{name}"), bytes);
        for built in [project.build(), project.check()] {
            assert_eq!(built.codes(), ["publish/file-not-publishable"], "{}", built.terminal());
            let fault = built.with_code("publish/file-not-publishable")[0];
            assert!(fault.message.contains(name) && fault.message.contains(words), "{}", fault.message);
            assert_eq!((fault.place.as_ref().unwrap().path.as_str(), built.line(fault)), (PAGE, 6), "{name}");
        }
    }
}

/// As PNG has it (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[test]
fn drawings_are_cleaned_and_what_moves_stays_as_it_is() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"><script>alert(1)</script><path d=\"M1 2\"/></svg>";
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let project = Project::new()
        .file(PAGE, "---\ntitle: About\n---\n![A](media/a.svg) ![B](media/b.gif)\n")
        .file("content/media/a.svg", svg)
        .file("content/media/b.gif", gif);
    let built = project.build().without_errors();
    assert_eq!(pictures(&built), ["a.svg", "b.gif"]);
    let of = |end: &str| {
        built.tree.iter().filter(|(path, _)| path.ends_with(end)).map(|(_, bytes)| bytes.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of(".gif"), [gif.to_vec(), gif.to_vec()], "at its old address, and at one that never changes");
    for cleaned in of("a.svg")
        .into_iter()
        .chain(built.tree.iter().filter(|(path, _)| path.contains("pictures/a.")).map(|(_, bytes)| bytes.clone()))
    {
        let text = String::from_utf8(cleaned).unwrap();
        assert!(text.contains("M1 2") && !text.contains("alert"), "{text}");
    }
    let fault = built.with_code("links/picture-cleaned")[0];
    assert!(fault.message.contains("`<script>`") && built.line(fault) == 4, "{}", built.terminal());
    assert!(built.text("about/index.html").contains("width=\"4\" height=\"3\""));
}

#[test]
fn link_previews_say_what_a_page_is_and_how_it_stands() {
    let event = "---\ntitle: Tea\nstart: 2026-06-09 10:00\nend: 2026-06-09 12:00\nonline: https://example.org/x\n";
    let project = Project::new()
        .file("content/index.md", "---\ntitle: Home\n---\nHello.\n")
        .file("content/events/tea.md", format!("{event}---\nCome.\n"))
        .file("content/blog/2026-05-01-news.md", "---\ntitle: News\nimage: {src: ../media/a.jpg, alt: A}\n---\nNews.\n")
        .file("content/blog/2026-05-02-arabic.md", "---\ntitle: \u{645}\u{631}\u{62d}\u{628}\u{627}\n---\nNews.\n")
        .file("content/media/a.jpg", photo(800, 1000));
    let built = project.build().without_errors();
    let cards: Vec<&String> = built.tree.keys().filter(|path| path.ends_with("share-card.png")).collect();
    // A picture of its own is better, and what cannot be written is no words.
    assert_eq!(cards, ["events/tea/share-card.png", "share-card.png"]);
    let card = built.tree["events/tea/share-card.png"].clone();
    assert_eq!(size(&card), (1200, 630));
    assert!(card.len() < 60_000, "{} bytes", card.len());
    let address = |built: &Built| {
        let page = built.text("events/tea/index.html").to_owned();
        let from = page.find("https://mill.example.org/events/tea/share-card.png?v=").expect("a link preview");
        page[from..].split('"').next().unwrap().to_owned()
    };
    let before = address(&built);
    assert!(
        built.text("blog/news/index.html").contains("og:image\" content=\"https://mill.example.org/assets/pictures/a-")
    );

    project.write("content/events/tea.md", format!("{event}status: cancelled\n---\nCome.\n"));
    let built = project.build().without_errors();
    assert_ne!(built.tree["events/tea/share-card.png"], card, "it does not say that it is cancelled");
    assert_ne!(address(&built), before, "programs that show previews do not look again");

    project.write("content/site.yaml", format!("{SITE}share_cards: none\n"));
    assert!(!project.build().without_errors().tree.keys().any(|path| path.ends_with("share-card.png")));
    project.write("content/site.yaml", format!("{SITE}share_cards: all\n"));
    assert!(project.build().without_errors().has("events/tea/share-card.png"));
}

#[test]
fn icons_and_headers_are_there_below_the_sites_own_path() {
    let project = Project::empty()
        .file("content/site.yaml", "name: Mill Lane Link\nurl: https://mill.example.org/sub/\ncolour: '#0b5563'\n")
        .file("content/index.md", "---\ntitle: Home\n---\nHello.\n");
    let built = project.build().clean();
    for (name, width) in [("apple-touch-icon.png", 180), ("icon-192.png", 192), ("icon-512.png", 512)] {
        let icon = image::load_from_memory_with_format(&built.tree[name], ImageFormat::Png).unwrap().into_rgb8();
        assert_eq!((icon.width(), icon.height()), (width, width));
        assert_eq!(icon.get_pixel(2, 2).0, [0x0b, 0x55, 0x63]);
        assert!(icon.pixels().any(|dot| dot.0 == [0xff; 3]), "white letters");
    }
    let manifest: serde_json::Value = serde_json::from_str(built.text("site.webmanifest")).unwrap();
    assert_eq!(manifest["icons"][0]["src"], "/sub/icon-192.png");
    let headers = built.text("_headers");
    assert!(headers.contains("\n/sub/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"), "{headers}");
    let data = "  Cache-Control: public, max-age=3600\n  Access-Control-Allow-Origin: *\n";
    for (extension, media_type) in
        [("ics", "  Content-Type: text/calendar; charset=utf-8\n"), ("json", ""), ("xml", "")]
    {
        assert!(headers.contains(&format!("\n/sub/*.{extension}\n{media_type}{data}")), "{extension}: {headers}");
    }
    assert!(built.text("index.html").contains("<link rel=\"manifest\" href=\"/sub/site.webmanifest\">"));
}
