//! `fingerpost import calendar`, against a server of this machine that behaves as servers do.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use crate::program::{Folder, Run};

const FILE: &str = "content/calendars/leisure-centre.ics";

/// A calendar with an event of each name, a week apart, all still to come.
fn calendar(names: &[&str]) -> String {
    let mut text = "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Kelderby Leisure Centre\n".to_owned();
    for (index, name) in names.iter().enumerate() {
        let day = 1 + 7 * index;
        text.push_str(&format!(
            "BEGIN:VEVENT\nUID:{name}@example.org\nDTSTAMP:20260101T000000Z\nDTSTART;TZID=Europe/London:202612{day:02}T100000\n\
             DTEND;TZID=Europe/London:202612{day:02}T110000\nSUMMARY:{name}\nATTENDEE:mailto:jane@example.org\nEND:VEVENT\n"
        ));
    }
    text + "END:VCALENDAR\n"
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
}

/// A server that hands each request's path to `respond`, and stops with the test. Returns where it is.
fn serve(respond: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let respond = std::sync::Arc::new(respond);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let respond = respond.clone();
            thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let Some(Ok(first)) = lines.next() else { return };
                while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
                respond(first.split(' ').nth(1).unwrap_or("/"), &mut stream);
            });
        }
    });
    format!("127.0.0.1:{}", address.port())
}

/// A server with one answer to everything.
fn serve_one(answer: String) -> String {
    serve(move |_, stream| drop(stream.write_all(answer.as_bytes())))
}

fn import(folder: &Folder, from: &str, more: &[&str]) -> Run {
    let mut arguments = vec!["import", "calendar", from, "--name", "leisure-centre"];
    arguments.extend(more);
    folder.run(&arguments)
}

/// A site with a file that is there already.
fn with_file() -> Folder {
    let folder = Folder::with_site();
    folder.write("export.ics", calendar(&["Tea", "Choir", "Walk"]));
    import(&folder, "export.ics", &[]).assert_code(0);
    folder
}

/// A refusal says one thing, and the old file stays.
#[track_caller]
fn assert_refused(folder: &Folder, run: &Run, words: &str) {
    run.assert_code(1).assert_stderr(words);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert_eq!(run.stdout, "");
    assert!(folder.read(FILE).contains("SUMMARY:Walk"));
    let names: Vec<_> =
        std::fs::read_dir(folder.path("content/calendars")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["leisure-centre.ics"]);
}

#[test]
fn a_calendar_is_written_clean_and_its_changes_are_said() {
    let folder = Folder::with_site();
    let host = serve_one(answer("200 OK", "Content-Type: text/calendar\r\n", &calendar(&["Tea", "Choir", "Walk"])));
    let run = import(&folder, &format!("http://{host}/whats-on.ics"), &[]);
    run.assert_code(0);
    assert_eq!(run.stderr, "");
    assert_eq!(
        run.stdout,
        "content/calendars/leisure-centre.ics is new, with 3 events.\n\
         To show it, write in content/site.yaml, below `calendars:`:\n\n  - file: leisure-centre.ics\n    name: \"Kelderby Leisure Centre\"\n"
    );
    let written = folder.read(FILE);
    assert!(written.contains("SUMMARY:Tea\r\n") && written.ends_with("END:VCALENDAR\r\n"));
    assert!(!written.contains("ATTENDEE") && !written.contains("jane"));

    // Again, with the settings that it asked for.
    folder.write(
        "content/site.yaml",
        "name: Test service\nurl: https://www.example.org\ncalendars:\n  - file: leisure-centre.ics\n    name: Kelderby Leisure Centre\n",
    );
    let before = std::fs::metadata(folder.path(FILE)).unwrap().modified().unwrap();
    let run = import(&folder, &format!("http://{host}/whats-on.ics"), &[]);
    assert_eq!(run.stdout, "content/calendars/leisure-centre.ics is as it was, with 3 events.\n");
    assert_eq!(
        std::fs::metadata(folder.path(FILE)).unwrap().modified().unwrap(),
        before,
        "an equal file is not written"
    );

    let changed = calendar(&["Tea", "Choir", "Dance"])
        .replace("20261201T10", "20261201T09")
        .replace("SUMMARY:Choir", "SUMMARY:Choir\nSTATUS:CANCELLED");
    folder.write("export.ics", changed);
    let run = import(&folder, "export.ics", &[]);
    run.assert_code(0);
    assert_eq!(
        run.stdout,
        "content/calendars/leisure-centre.ics is up to date, with 3 events.\n\
         New: 1\n  Dance, Tuesday 15 December 2026, 10am to 11am\n\
         Changed: 2\n  Tea, Tuesday 1 December 2026, 9am to 11am: time\n  Choir, Tuesday 8 December 2026, 10am to 11am: cancelled\n"
    );
    assert_eq!(
        run.stderr,
        "warning: events that were to come have vanished from the calendar; are they off?\n\
         Vanished: 1\n  Walk, Tuesday 15 December 2026, 10am to 11am\n"
    );
}

#[test]
fn the_name_comes_from_the_calendar_or_its_address() {
    let folder = Folder::with_site();
    folder.write("Dates 2026.ics", calendar(&["Tea"]));
    folder.run(&["import", "calendar", "Dates 2026.ics"]).assert_code(0);
    assert!(folder.read("content/calendars/kelderby-leisure-centre.ics").contains("SUMMARY:Tea"));
    folder.write("Dates 2026.ics", calendar(&["Tea"]).replace("X-WR-CALNAME", "X-NO"));
    folder.run(&["import", "calendar", "Dates 2026.ics"]).assert_code(0);
    assert!(folder.read("content/calendars/dates-2026.ics").contains("SUMMARY:Tea"));
    let run = folder.run(&["import", "calendar", "Dates 2026.ics", "--name", "../Up"]);
    run.assert_code(1).assert_stderr("as in --name up");
}

#[test]
fn redirects_are_followed_and_not_for_ever() {
    let folder = with_file();
    let body = calendar(&["Tea", "Choir", "Walk", "Dance"]);
    let host = serve(move |path, stream| {
        let said = match path.strip_prefix("/hop/").map(|number| number.parse::<u32>().unwrap()) {
            Some(0) => answer("200 OK", "", &body),
            Some(number) => answer("302 Found", &format!("Location: /hop/{}\r\n", number - 1), ""),
            None => answer("302 Found", "Location: /\r\n", ""),
        };
        let _ = stream.write_all(said.as_bytes());
    });
    let run = import(&folder, &format!("http://{host}/"), &[]);
    assert_refused(&folder, &run, "leads from one to the next more than 5 times");
    import(&folder, &format!("http://{host}/hop/5"), &[]).assert_code(0);
    assert!(folder.read(FILE).contains("SUMMARY:Dance"));
}

#[test]
fn what_is_no_calendar_is_refused_in_words() {
    let folder = with_file();
    let refused = |answer: String, words: &str| {
        let run = import(&folder, &format!("http://{}/a.ics", serve_one(answer)), &[]);
        assert_refused(&folder, &run, words);
    };
    refused(answer("404 Not Found", "", "no"), "there is no calendar at this address (404)");
    refused(answer("403 Forbidden", "", "no"), "asks for a login or refuses us (403)");
    refused(answer("503 Unavailable", "", "no"), "the server is in trouble (503)");
    refused(answer("204 No Content", "", ""), "the server answers 204");
    refused(
        answer("200 OK", "Content-Type: text/html\r\n", "<!doctype html><html><title>Sign in</title>"),
        "a web page and not a calendar",
    );
    refused(answer("200 OK", "", ""), "the file is empty");
    let whole = calendar(&["Tea", "Choir"]);
    refused(answer("200 OK", "", &whole[..whole.len() / 2]), "the file is cut off");
    // The connection ends before the length that was promised.
    refused(answer("200 OK", "", &whole).replace("Content-Length: ", "Content-Length: 1"), "the download failed");
    refused(answer("200 OK", "", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"), "the calendar has no events");
    refused("nonsense\r\n\r\n".to_owned(), "the download failed");
    let run = import(&folder, "ftp://127.0.0.1/a.ics", &[]);
    assert_refused(&folder, &run, "ftp:// is no address of a calendar");
    let run = import(&folder, "no-such-file.ics", &[]);
    assert_refused(&folder, &run, "cannot read no-such-file.ics");
    // Nobody listens there, and what listens speaks no TLS.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let run = import(&folder, &format!("http://{closed}/"), &[]);
    assert_refused(&folder, &run, "the download failed");
    let host = serve_one(answer("200 OK", "", &whole));
    let run = import(&folder, &format!("webcal://{host}/"), &[]);
    assert_refused(&folder, &run, "the download failed");
}

#[test]
fn a_slow_server_and_an_endless_one_are_refused() {
    let folder = with_file();
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nBEGIN:VCALENDAR\r\n";
    let slow = serve(move |_, stream| {
        let _ = stream.write_all(head.as_bytes());
        // Nothing more comes, until the other side has gone.
        let _ = stream.read(&mut [0]);
    });
    let run = import(&folder, &format!("http://{slow}/"), &["--wait", "1"]);
    assert_refused(&folder, &run, "takes longer than 1 second;");
    let endless = serve(move |_, stream| {
        let _ = stream.write_all(head.as_bytes());
        let line = "X-A:b\r\n".repeat(10_000);
        while stream.write_all(line.as_bytes()).is_ok() {}
    });
    let run = import(&folder, &format!("http://{endless}/"), &[]);
    assert_refused(&folder, &run, "larger than 10 MB");
}

#[test]
fn a_broken_export_does_not_empty_a_site() {
    let folder = with_file();
    folder.write("export.ics", calendar(&["Tea"]));
    let run = import(&folder, "export.ics", &[]);
    assert_refused(&folder, &run, "2 of 3 coming events have vanished");
    folder.write("empty.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n");
    let run = import(&folder, "empty.ics", &["--allow-empty"]);
    assert_refused(&folder, &run, "3 of 3 coming events have vanished");
    import(&folder, "export.ics", &["--force"]).assert_code(0).assert_stderr("Vanished: 2");
    assert!(!folder.read(FILE).contains("SUMMARY:Walk"));
    import(&folder, "empty.ics", &["--allow-empty", "--force"]).assert_code(0);
    assert!(!folder.read(FILE).contains("VEVENT"));
}

#[test]
fn odd_things_are_said_with_their_line() {
    let folder = Folder::with_site();
    folder.write("export.ics", calendar(&["Tea"]).replace("END:VEVENT", "RRULE:FREQ=SECONDLY\nEND:VEVENT"));
    let run = import(&folder, "export.ics", &[]);
    run.assert_code(0).assert_stderr("warning: `Tea` is shown once only");
    run.assert_stderr("(line 4)");
}

#[test]
fn all_calendars_with_a_source_are_fetched_and_one_that_fails_stops_no_other() {
    let folder = Folder::with_site();
    folder.run(&["import", "calendar"]).assert_code(2).assert_stderr("give calendars in site.yaml a `source:`");
    let good = serve_one(answer("200 OK", "", &calendar(&["Tea"])));
    let away = serve_one(answer("503 Service Unavailable", "", ""));
    let settings = format!(
        "name: Test service\nurl: https://www.example.org\ncalendars:\n\
         - {{file: away.ics, name: A, source: 'http://{away}/a.ics'}}\n\
         - {{file: library.ics, name: B, source: 'http://{good}/b.ics'}}\n- {{file: ours.ics, name: C}}\n"
    );
    folder.write("content/site.yaml", settings);
    let run = folder.run(&["import", "calendar"]);
    run.assert_code(1).assert_stderr("The calendar away was not imported.");
    assert_eq!(run.stdout, "content/calendars/library.ics is new, with 1 event.\n");
    assert_eq!(folder.run(&["import", "calendar", "--name", "library"]).code, Some(0));
    folder.run(&["check"]).assert_code(1).assert_stderr("there is no content/calendars/ours.ics");
}
