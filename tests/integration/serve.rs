//! The preview: what browsers get over HTTP, what open pages hear, and how it ends.
//!
//! The program itself runs, and is spoken to through plain sockets. Nothing waits for a time: everything
//! waits for a line or an event, and fails after `DEADLINE`.

use std::cell::RefCell;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::program::Folder;
use super::project::{PNG, tree};

const DEADLINE: Duration = Duration::from_secs(30);

/// A preview that runs, and ends with the test.
pub struct Preview {
    program: Child,
    /// What it prints to standard error.
    lines: Receiver<String>,
    port: u16,
}

/// An answer to one request.
pub struct Answer {
    pub status: u16,
    /// In small letters, a line each.
    head: String,
    pub body: Vec<u8>,
}

/// What an open page hears.
pub struct Page {
    events: Receiver<(String, String)>,
    connection: TcpStream,
    /// What it heard last, and was waiting for.
    last: RefCell<(String, String)>,
}

impl Preview {
    pub fn of(folder: &Folder) -> Self {
        Preview::with(folder, &["--port", "0"])
    }

    fn with(folder: &Folder, arguments: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_fingerpost"))
            .args(["serve", "--root"])
            .arg(folder.path(""))
            .args(arguments)
            .env("SOURCE_DATE_EPOCH", super::program::NOW)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let stderr = BufReader::new(program.stderr.take().unwrap());
        thread::spawn(move || stderr.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
        let mut preview = Preview { program, lines, port: 0 };
        let line = preview.line("The site is at http://");
        let digits = line.split_once("127.0.0.1:").unwrap().1.split('/').next().unwrap();
        preview.port = digits.parse().unwrap();
        preview
    }

    /// The next line that it prints with these words in it.
    #[track_caller]
    fn line(&self, words: &str) -> String {
        let started = Instant::now();
        let mut seen = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(DEADLINE.saturating_sub(started.elapsed())) {
            if line.contains(words) {
                return line;
            }
            seen.push(line);
        }
        panic!("no `{words}` in {seen:#?}");
    }

    pub fn get(&self, address: &str) -> Answer {
        self.ask("GET", address, &[])
    }

    fn ask(&self, method: &str, address: &str, headers: &[&str]) -> Answer {
        let mut head = format!("{method} {address} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|header| header.starts_with("Host:")) {
            head += "Host: localhost\r\n";
        }
        headers.iter().filter(|header| **header != "Host:").for_each(|header| head += &format!("{header}\r\n"));
        let mut connection = self.connect();
        write!(connection, "{head}\r\n").unwrap();
        let mut bytes = Vec::new();
        connection.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn connect(&self) -> TcpStream {
        let connection = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        connection.set_read_timeout(Some(DEADLINE)).unwrap();
        connection
    }

    /// Loads a page, and listens as its script does.
    pub fn open(&self, address: &str) -> Page {
        let text = self.get(address).text();
        let version = text.split_once("data-version=\"").unwrap().1.split('"').next().unwrap();
        self.listen(address, version)
    }

    fn listen(&self, address: &str, version: &str) -> Page {
        let mut connection = self.connect();
        write!(connection, "GET /_fingerpost/live/{version}{address} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let (sender, events) = channel();
        let reader = BufReader::new(connection.try_clone().unwrap());
        thread::spawn(move || {
            let mut name = String::new();
            for line in reader.lines().map_while(Result::ok) {
                if let Some(event) = line.strip_prefix("event: ") {
                    event.clone_into(&mut name);
                } else if let Some(data) = line.strip_prefix("data: ")
                    && sender.send((name.clone(), data.to_owned())).is_err()
                {
                    return;
                }
            }
        });
        Page { events, connection, last: RefCell::default() }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// What a build writes: the body without the script of the preview, of which a page has one.
    pub fn without_script(&self) -> Vec<u8> {
        if self.header("content-type") != Some("text/html; charset=utf-8") {
            return self.body.clone();
        }
        let text = self.text();
        let (before, after) = text.split_once("<script src=\"/_fingerpost/live.js\"").unwrap();
        let (_, after) = after.split_once("</script>\n").unwrap();
        format!("{before}{after}").into_bytes()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

impl Page {
    /// The next event and what it says.
    #[track_caller]
    pub fn next(&self) -> (String, String) {
        self.events.recv_timeout(DEADLINE).unwrap()
    }

    /// Fails unless the next event has that name, but for versions that nobody asked for, and for what is said
    /// again: on a busy machine, one save may be two bursts of events. Returns what the event says.
    #[track_caller]
    fn hears(&self, name: &str) -> String {
        loop {
            let event = self.next();
            if event.0 != name && (event.0 == "version" || event == *self.last.borrow()) {
                continue;
            }
            assert_eq!(event.0, name, "{}", event.1);
            self.last.replace(event.clone());
            return event.1;
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.connection.shutdown(std::net::Shutdown::Both);
    }
}

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\nsummary: About it.\n---\n\n{text}\n")
}

/// Two pages, a post, an event and a picture.
fn site() -> Folder {
    let folder = Folder::with_site();
    folder.write("content/about.md", page("About", "First words.\n\n![A door](media/door.png)"));
    folder.write("content/contact.md", page("Contact", "Come and see us."));
    folder.write("content/blog/2026-11-01-thanks.md", page("Thanks", "Thank you."));
    folder.write(
        "content/events/tea.md",
        "---\ntitle: Tea\nsummary: Tea.\nstart: 2026-12-01 10:00\nend: 2026-12-01 11:00\n---\n\nTea.\n",
    );
    folder.write("content/media/door.png", PNG);
    folder.write("content/media/plan.png", PNG);
    folder
}

#[test]
fn a_page_that_is_held_back_says_so_and_why() {
    let folder = Folder::with_site();
    folder.write("content/blog/idea.md", "---\ntitle: An idea\ndate: 2026-05-01\ndraft: true\n---\nText.\n");
    folder.write("content/blog/soon.md", "---\ntitle: Soon\ndate: 2031-05-01\n---\nText.\n");
    let preview = Preview::of(&folder);
    for (address, reason, file) in [
        ("/blog/idea/", "draft", "content/blog/idea.md"),
        ("/blog/idea", "draft", "content/blog/idea.md"),
        ("/blog/soon/", "scheduled", "content/blog/soon.md"),
    ] {
        let answer = preview.get(address);
        assert_eq!(answer.status, 404, "{address}");
        let text = answer.text();
        assert!(text.contains(&format!("The reason: {reason}.")) && text.contains(file), "{address}: {text}");
    }
    assert!(!preview.get("/blog/nothing/").text().contains("held back"));
    let page = preview.open("/blog/idea/");
    page.hears("mended");
    folder.write("content/blog/idea.md", "---\ntitle: An idea\ndate: 2026-05-01\n---\nText.\n");
    page.hears("reload");
    assert_eq!(preview.get("/blog/idea/").status, 200);
}

#[test]
fn files_have_the_types_of_a_good_host() {
    let folder = site();
    let preview = Preview::of(&folder);
    for (address, expected) in [
        ("/", "text/html; charset=utf-8"),
        ("/about/", "text/html; charset=utf-8"),
        ("/blog/rss.xml", "application/rss+xml; charset=utf-8"),
        ("/events/calendar.ics", "text/calendar; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/media/door.png", "image/png"),
        ("/_fingerpost/live.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = preview.get(address);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(expected)), "{address}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{address}");
        let head = preview.ask("HEAD", address, &[]);
        assert_eq!(head.status, 200, "{address}");
        assert_eq!(head.header("content-length"), Some(answer.body.len().to_string().as_str()), "{address}");
        assert!(head.body.is_empty(), "{address}");
    }
    assert_eq!(preview.ask("POST", "/about/", &[]).status, 405);
}

#[test]
fn pages_are_those_of_a_build_with_the_script() {
    let folder = site();
    let preview = Preview::of(&folder);
    folder.run(&["build"]).assert_code(0);
    for (path, bytes) in tree(&folder.path("public")) {
        if path == ".fingerpost" {
            continue;
        }
        let answer = preview.get(&format!("/{path}"));
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.body == bytes, !path.ends_with(".html"), "{path}");
        assert!(answer.without_script() == bytes, "{path}");
    }
}

#[test]
fn ranges_are_given_as_they_were_asked_for() {
    let folder = site();
    let preview = Preview::of(&folder);
    let whole = preview.get("/media/door.png");
    let length = whole.body.len();
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    let part = |range: &str| preview.ask("GET", "/media/door.png", &[&format!("Range: {range}")]);
    for (range, first, last) in [
        ("bytes=0-3", 0, 3),
        ("bytes=4-", 4, length - 1),
        ("bytes=-2", length - 2, length - 1),
        ("bytes=1-99999", 1, length - 1),
    ] {
        let answer = part(range);
        assert_eq!(answer.status, 206, "{range}");
        assert_eq!(answer.header("content-range"), Some(format!("bytes {first}-{last}/{length}").as_str()));
        assert_eq!(answer.body, whole.body[first..=last], "{range}");
    }
    let beyond = part("bytes=99999-");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some(format!("bytes */{length}").as_str())));
    for range in ["bytes=0-1,4-5", "lines=1-2", "bytes=nonsense"] {
        assert_eq!((part(range).status, part(range).body.len()), (200, length), "{range}");
    }
}

#[test]
fn addresses_are_clean_and_lead_nowhere_else() {
    let folder = site();
    folder.write("content/files/Tea & cake.pdf", "%PDF-1.4 tea");
    folder.write("content/menu.md", page("Menu", "[The menu](files/Tea%20&%20cake.pdf)"));
    folder.write("secret.txt", "secret");
    let preview = Preview::of(&folder);
    let redirect = preview.get("/about?from=a");
    assert_eq!((redirect.status, redirect.header("location")), (307, Some("/about/?from=a")));
    assert_eq!(preview.get("/%61bout/").status, 200);
    let encoded = preview.get("/files/Tea%20%26%20cake.pdf");
    assert_eq!((encoded.status, encoded.text().as_str()), (200, "%PDF-1.4 tea"));
    for address in [
        "/nothing/",
        "//about/",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/media/../../secret.txt",
        "/media/..%2f..%2fsecret.txt",
        "/content/about.md",
        "/site.yaml",
        "/%ff",
        "/_fingerpost/",
    ] {
        let answer = preview.get(address);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (404, Some("text/html; charset=utf-8")),
            "{address}"
        );
        assert!(answer.text().contains("Test service"), "the site's own page: {address}");
    }
}

#[test]
fn a_site_below_a_path_stands_below_it() {
    let folder = site();
    folder.write("content/site.yaml", "name: Test service\nurl: https://www.example.org/sub/\n");
    let preview = Preview::of(&folder);
    for (address, status, location) in [
        ("/", 307, Some("/sub/")),
        ("/sub", 307, Some("/sub/")),
        ("/sub/about", 307, Some("/sub/about/")),
        ("/sub/about/", 200, None),
        ("/about/", 404, None),
        ("/subabout/", 404, None),
    ] {
        let answer = preview.get(address);
        assert_eq!((answer.status, answer.header("location")), (status, location), "{address}");
    }
    folder.write("content/about.md", page("About", "Second words."));
    let page = preview.open("/sub/about/");
    preview.line("content/about.md changed");
    drop(page);
    assert!(preview.get("/sub/about/").text().contains("Second words."));
}

#[test]
fn only_this_machine_may_be_meant() {
    let folder = site();
    let preview = Preview::of(&folder);
    for (header, status) in [
        ("Host: localhost", 200),
        ("Host: 127.0.0.1:8000", 200),
        ("Host: [::1]:8000", 200),
        ("Host: 192.168.1.20", 200),
        ("Host: example.org", 403),
        ("Host: localhost.example.org:8000", 403),
    ] {
        assert_eq!(preview.ask("GET", "/about/", &[header]).status, status, "{header}");
    }
    assert_eq!(preview.ask("GET", "/_fingerpost/live/0/about/", &["Host: example.org"]).status, 403);
}

#[test]
fn an_edit_reaches_its_own_page_and_no_other() {
    let folder = site();
    let preview = Preview::of(&folder);
    let (about, contact) = (preview.open("/about/"), preview.open("/contact/"));
    about.hears("mended");
    contact.hears("mended");
    folder.write("content/about.md", page("About", "Second words."));
    about.hears("reload");
    assert!(preview.get("/about/").text().contains("Second words."));
    // The next thing that the other page hears is about itself.
    folder.write("content/contact.md", page("Contact", "Stay and talk."));
    contact.hears("reload");
    assert!(!folder.path("public").exists());
}

#[test]
fn a_page_that_slept_catches_up() {
    let folder = site();
    let preview = Preview::of(&folder);
    let old = preview.get("/about/").text();
    let version = old.split_once("data-version=\"").unwrap().1.split('"').next().unwrap();
    folder.write("content/about.md", page("About", "Second words."));
    preview.line("content/about.md changed");
    preview.listen("/about/", version).hears("reload");
    preview.open("/about/").hears("mended");
    // After the preview was started again, the same site is the same.
    let new = preview.get("/about/").text();
    let version = new.split_once("data-version=\"").unwrap().1.split('"').next().unwrap();
    drop(preview);
    Preview::of(&folder).listen("/about/", version).hears("mended");
}

#[test]
fn the_oldest_page_rests_when_too_many_are_open() {
    let folder = site();
    let preview = Preview::of(&folder);
    let pages: Vec<Page> = (0..6)
        .map(|_| {
            let page = preview.open("/about/");
            page.hears("mended");
            page
        })
        .collect();
    pages[0].hears("rest");
    pages[1].hears("rest");
    folder.write("content/about.md", page("About", "Second words."));
    pages[2..].iter().for_each(|page| drop(page.hears("reload")));
}

#[test]
fn mistakes_are_shown_until_they_are_mended() {
    let folder = site();
    let preview = Preview::of(&folder);
    let contact = preview.open("/contact/");
    contact.hears("mended");
    folder.write("content/about.md", "---\nsummary: About it.\ndate: yesterday-ish\n---\n\nSecond words.\n");
    let faults = contact.hears("faults");
    let line = preview.line("error[");
    assert!(faults.contains(&line.replace('"', "\\\"")), "{line} in {faults}");
    assert!(faults.contains("content/about.md:3:"), "{faults}");
    assert!(preview.get("/about/").text().contains("First words."), "the last good page stays");
    // A page that is opened now hears of it, too.
    preview.open("/about/").hears("faults");
    folder.write("content/about.md", page("About", "Third words."));
    contact.hears("mended");
    assert!(preview.get("/about/").text().contains("Third words."));
}

#[test]
fn a_site_that_begins_with_mistakes_shows_what_it_can() {
    let folder = site();
    folder.write("content/site.yaml", "name: [\n");
    let preview = Preview::of(&folder);
    let answer = preview.get("/about/");
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("content/site.yaml"), "{}", answer.text());
    let nothing = preview.open("/about/");
    nothing.hears("faults");
    folder.write("content/site.yaml", "name: Test service\nurl: https://www.example.org\nmenu: 7\n");
    nothing.hears("reload");
    let about = preview.open("/about/");
    about.hears("faults");
    assert!(preview.get("/about/").text().contains("First words."));
    folder.write("content/site.yaml", "name: Test service\nurl: https://www.example.org\n");
    about.hears("mended");
}

#[test]
fn a_template_that_fails_fails_its_own_pages_only() {
    let folder = site();
    let preview = Preview::of(&folder);
    let (post, about) = (preview.open("/blog/thanks/"), preview.open("/about/"));
    post.hears("mended");
    about.hears("mended");
    folder.write(
        "themes/waymark/templates/post.html",
        "<body>{{ page.title | upper }}{{ asset(path=\"no.css\") }}</body>",
    );
    assert!(post.hears("faults").contains("themes/waymark/templates/post.html"));
    let answer = preview.get("/blog/thanks/");
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("no.css") && answer.text().contains("data-version=\"fault-"), "{}", answer.text());
    let fault = preview.open("/blog/thanks/");
    fault.hears("mended");
    folder.write("themes/waymark/templates/post.html", "<body>{{ page.title | upper }}</body>");
    post.hears("reload");
    fault.hears("reload");
    assert!(preview.get("/blog/thanks/").text().contains("THANKS"));
    folder.write("content/about.md", page("About", "Second words."));
    about.hears("reload");
}

#[test]
fn styles_are_swapped_and_pictures_named() {
    let folder = site();
    folder.write("themes/waymark/assets/css/site.css", "body { color: black }\n");
    let preview = Preview::of(&folder);
    let about = preview.open("/about/");
    about.hears("mended");
    let address = |text: &str| {
        let at = text.find("/assets/css/site.").unwrap();
        text[at..].split('"').next().unwrap().to_owned()
    };
    let before = address(&preview.get("/about/").text());
    folder.write("themes/waymark/assets/css/site.css", "body { color: navy }\n");
    let swaps = about.hears("styles");
    let after = address(&preview.get("/about/").text());
    assert_eq!(swaps, format!("{{\"swaps\":[[\"{before}\",\"{after}\"]]}}"));
    assert!(preview.get(&after).text().contains("navy"));
    // From now on the page is the one of the new style sheet.
    let version = about.hears("version");
    assert!(preview.get("/about/").text().contains(version.split('"').nth(3).unwrap()), "{version}");
    // What a page shows has a hash in its address; what it links keeps its address.
    folder.write("content/media/door.png", [PNG, b"more"].concat());
    about.hears("reload");
    let contact = preview.open("/contact/");
    contact.hears("mended");
    folder.write("content/media/plan.png", [PNG, b"more"].concat());
    assert_eq!(contact.hears("pictures"), "{\"addresses\":[\"/media/plan.png\"]}");
}

#[test]
fn folders_come_move_and_go() {
    let folder = site();
    let preview = Preview::of(&folder);
    let status = |address: &str| preview.get(address).status;
    let missing = preview.open("/news/deep/a/");
    missing.hears("mended");
    folder.write("content/news/deep/a.md", page("A", "In a new folder."));
    missing.hears("reload");
    let a = preview.open("/news/deep/a/");
    a.hears("mended");
    // The new folder is watched.
    folder.write("content/news/deep/a.md", page("A", "Again."));
    a.hears("reload");
    let moved = preview.open("/moved/deep/a/");
    moved.hears("mended");
    fs::rename(folder.path("content/news"), folder.path("content/moved")).unwrap();
    moved.hears("reload");
    assert_eq!((status("/news/deep/a/"), status("/moved/deep/a/")), (404, 200));
    let a = preview.open("/moved/deep/a/");
    a.hears("mended");
    fs::remove_dir_all(folder.path("content/moved")).unwrap();
    a.hears("reload");
    assert_eq!(status("/moved/deep/a/"), 404);
    // A whole folder of another checkout takes the place of content/.
    let contact = preview.open("/contact/");
    contact.hears("mended");
    folder.write("other/site.yaml", folder.read("content/site.yaml"));
    folder.write("other/contact.md", page("Contact", "Another checkout."));
    fs::rename(folder.path("content"), folder.path("old")).unwrap();
    fs::rename(folder.path("other"), folder.path("content")).unwrap();
    while contact.next().0 != "reload" {}
    let contact = preview.open("/contact/");
    while contact.next().0 != "mended" {}
    folder.write("content/contact.md", page("Contact", "And an edit in it."));
    contact.hears("reload");
}

#[test]
fn saves_of_every_kind_and_thousands_at_once_are_seen() {
    let folder = site();
    let preview = Preview::of(&folder);
    let save = |text: &str| {
        let about = preview.open("/about/");
        about.hears("mended");
        (about, page("About", text))
    };
    let (about, text) = save("Written beside and renamed.");
    folder.write("content/.about.md.new", text);
    fs::rename(folder.path("content/.about.md.new"), folder.path("content/about.md")).unwrap();
    about.hears("reload");
    let (about, text) = save("The old one was kept.");
    fs::rename(folder.path("content/about.md"), folder.path("content/about.md~")).unwrap();
    folder.write("content/about.md", text);
    while about.next().0 != "reload" {}
    let (about, text) = save("In the midst of many.");
    for number in 0..3000 {
        folder.write(&format!("content/many/page-{number}.md"), page(&format!("Page {number}"), "Many."));
    }
    folder.write("content/about.md", text);
    while about.next().0 != "reload" {}
    let last = preview.open("/many/page-2999/");
    last.hears("mended");
    folder.write("content/many/page-2999.md", page("Page 2999", "After them all."));
    while last.next().0 != "reload" {}
    assert!(preview.get("/many/page-2999/").text().contains("After them all."));
    assert!(preview.get("/many/page-0/").text().contains("Many."));
}

#[test]
fn drafts_and_another_day_can_be_seen() {
    let folder = site();
    folder.write("content/blog/draft.md", "---\ntitle: Draft\nsummary: A.\ndate: 2026-11-01\ndraft: true\n---\n\nA.\n");
    folder.write("content/blog/later.md", "---\ntitle: Later\nsummary: A.\ndate: 2027-05-01\n---\n\nA.\n");
    let statuses = |arguments: &[&str]| {
        let preview = Preview::with(&folder, arguments);
        (preview.get("/blog/draft/").status, preview.get("/blog/later/").status)
    };
    assert_eq!(statuses(&["--port", "0"]), (404, 404));
    assert_eq!(statuses(&["--port", "0", "--on", "2027-05-21"]), (404, 200));
    assert_eq!(statuses(&["--port", "0", "--drafts"]), (200, 200));
    let wrong = folder.run(&["serve", "--on", "someday"]);
    wrong.assert_code(2).assert_stderr("--on:");
}

#[test]
fn a_busy_port_gives_way_and_is_named() {
    let folder = site();
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = busy.local_addr().unwrap().port();
    let preview = Preview::with(&folder, &["--port", &port.to_string()]);
    assert!(preview.port > port);
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn a_network_is_warned_of() {
    let folder = site();
    let preview = Preview::with(&folder, &["--port", "0", "--host", "0.0.0.0"]);
    preview.line("warning: everybody on this network can see it");
    assert_eq!(preview.get("/").status, 200);
}

#[cfg(unix)]
#[test]
fn it_ends_at_once_with_pages_open() {
    for signal in ["-INT", "-TERM"] {
        let folder = site();
        let mut preview = Preview::of(&folder);
        let about = preview.open("/about/");
        about.hears("mended");
        let asked = Instant::now();
        let id = preview.program.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert_eq!(preview.program.wait().unwrap().code(), Some(0), "{signal}");
        assert!(asked.elapsed() < Duration::from_secs(1), "{signal}: {:?}", asked.elapsed());
    }
}
