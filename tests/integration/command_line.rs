//! What commands print, and the exit codes that scripts rely on.

use fingerpost::codes;
use serde_json::Value;

use crate::program::{Folder, NOW};

const COMMANDS: [&str; 5] = ["build", "check", "explain", "new", "completions"];

/// A page with an error at its second line and a warning at its third.
const FAULTY: &str = "---\ntitle: Faulty\ndate: 5/6/2026\nsumary: Two slips.\n---\n\nText.\n";

fn faulty() -> Folder {
    let folder = Folder::with_site();
    folder.write("content/faulty.md", FAULTY);
    folder
}

#[test]
fn every_code_is_explained() {
    let folder = Folder::new();
    let list = folder.run(&["explain"]);
    list.assert_code(0);
    for code in codes::all() {
        list.assert_stdout(code.id);
        let explained = folder.run(&["explain", code.id]);
        explained.assert_code(0).assert_stdout(&format!("{} ({})", code.id, code.severity.as_str()));
        assert!(explained.stdout.lines().all(|line| line.chars().count() <= 100), "{}", explained.stdout);
    }
}

#[test]
fn a_slip_in_a_code_is_recognised() {
    let folder = Folder::new();
    folder.run(&["explain", "field/not-a-dat"]).assert_code(1).assert_stderr("Did you mean field/not-a-date?");
    folder.run(&["explain", "nonsense"]).assert_code(1).assert_stderr("`fingerpost explain` lists every code");
}

#[test]
fn completions_name_every_command() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = folder.run(&["completions", shell]);
        script.assert_code(0);
        for command in COMMANDS {
            script.assert_stdout(command);
        }
    }
}

#[test]
fn the_help_of_every_command_shows_examples() {
    let folder = Folder::new();
    let help = folder.run(&["--help"]);
    help.assert_code(0);
    for command in COMMANDS {
        help.assert_stdout(command);
        let of_command = folder.run(&[command, "--help"]);
        of_command.assert_code(0).assert_stdout("Example").assert_stdout(&format!("  fingerpost {command}"));
    }
    folder.run(&["--version"]).assert_code(0).assert_stdout("fingerpost ");
    folder.run(&["bild"]).assert_code(2).assert_stderr("build");
}

#[test]
fn a_fault_in_content_keeps_the_last_good_site() {
    let folder = Folder::with_site();
    folder.run(&["build"]).assert_clean().assert_stdout("Built ");
    let before = folder.read("public/index.html");
    folder.write("content/index.md", "---\ntitle: Another home\n---\n\nChanged.\n");
    folder.write("content/faulty.md", FAULTY);
    let failed = folder.run(&["build"]);
    failed.assert_code(1).assert_stdout("Nothing was built").assert_stderr("error[field/not-a-date]");
    failed.assert_stdout("The last good site stays as it is.");
    folder.run(&["build", "--output", "elsewhere"]).assert_code(1).assert_stdout("There is no site yet.");
    assert_eq!(folder.read("public/index.html"), before);
    assert!(!folder.path("public/faulty").exists());
    folder.run(&["check"]).assert_code(1).assert_stderr("error[field/not-a-date]");
    std::fs::remove_file(folder.path("content/faulty.md")).unwrap();
    folder.run(&["check"]).assert_clean();
    assert_eq!(folder.read("public/index.html"), before, "check writes nothing");
    folder.run(&["build"]).assert_clean();
    assert!(folder.read("public/index.html").contains("Another home"));
}

#[test]
fn a_fault_of_the_world_is_no_fault_of_content() {
    let folder = Folder::with_site();
    for command in ["build", "check"] {
        folder.run(&[command, "--root", "nowhere"]).assert_code(2).assert_stderr("nowhere holds no folder content/");
        folder.run(&[command, "--today", "someday"]).assert_code(2).assert_stderr("--today");
        folder.run_at(Some("soon"), &[command]).assert_code(2).assert_stderr("SOURCE_DATE_EPOCH");
        folder.run(&[command, "--format", "xml"]).assert_code(2);
    }
    assert!(!folder.path("public").exists());
}

#[test]
fn json_is_one_document_with_every_key() {
    for command in ["build", "check"] {
        let run = faulty().run(&[command, "--format", "json"]);
        run.assert_code(1);
        assert_eq!(run.stderr, "");
        let document: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(document["summary"], serde_json::json!({"errors": 1, "warnings": 1, "notes": 0}));
        let diagnostics = document["diagnostics"].as_array().unwrap();
        assert_eq!(diagnostics.len(), 2);
        let first = diagnostics[0].as_object().unwrap();
        let mut keys: Vec<&str> = first.keys().map(String::as_str).collect();
        keys.sort_unstable();
        let expected =
            ["code", "column", "end_column", "end_line", "file", "help", "labels", "line", "message", "severity"];
        assert_eq!(keys, expected);
        assert_eq!(first["code"], "field/not-a-date");
        assert_eq!(first["severity"], "error");
        assert_eq!(first["file"], "content/faulty.md");
        assert_eq!((&first["line"], &first["column"]), (&Value::from(3), &Value::from(7)));
        assert_eq!(diagnostics[1]["code"], "field/unknown");
    }
    let clean = Folder::with_site().run(&["build", "--format", "json"]);
    let document: Value = serde_json::from_str(&clean.assert_code(0).stdout).unwrap();
    assert_eq!(document["diagnostics"], serde_json::json!([]));
}

#[test]
fn github_gets_one_line_for_each_problem() {
    let run = faulty().run(&["check", "--format", "github"]);
    run.assert_code(1);
    let lines: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(lines.len(), 2, "{}", run.stdout);
    assert!(lines[0].starts_with("::error file=content/faulty.md,line=3,endLine=3,col=7,"), "{}", lines[0]);
    assert!(lines[0].contains("title=field/not-a-date::"), "{}", lines[0]);
    assert!(lines[1].starts_with("::warning file=content/faulty.md,line=4,"), "{}", lines[1]);
}

#[test]
fn quiet_prints_problems_only() {
    let folder = Folder::with_site();
    for command in ["build", "check"] {
        let run = folder.run(&[command, "--quiet"]);
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
    }
    let run = faulty().run(&["build", "--quiet"]);
    run.assert_code(1).assert_stderr("error[field/not-a-date]");
    assert_eq!(run.stdout, "");
}

/// Whether a page that is published at 10am on 20 May 2027 is part of the site.
#[track_caller]
fn check_today(source_date_epoch: Option<&str>, today: Option<&str>, is_published: bool) {
    let folder = Folder::with_site();
    folder.write("content/later.md", "---\ntitle: Later\ndate: 2027-05-20 10:00\n---\n\nText.\n");
    let mut arguments = vec!["build"];
    arguments.extend(today.iter().flat_map(|today| ["--today", today]));
    folder.run_at(source_date_epoch, &arguments).assert_code(0);
    assert_eq!(folder.path("public/later/index.html").is_file(), is_published);
}

#[test]
fn a_site_is_seen_as_of_a_day_or_a_moment() {
    check_today(Some(NOW), None, false);
    check_today(Some(NOW), Some("2027-05-19"), false);
    check_today(Some(NOW), Some("2027-05-20"), true);
    check_today(Some(NOW), Some("20 May 2027"), true);
    check_today(Some(NOW), Some("2027-05-20 09:59"), false);
    check_today(Some(NOW), Some("2027-05-20 10:00"), true);
    // Ten o'clock in London is nine o'clock UTC in summer.
    check_today(Some(NOW), Some("2027-05-20T08:59:59Z"), false);
    check_today(Some(NOW), Some("2027-05-20T09:00:00Z"), true);
    check_today(Some("1810803599"), None, false);
    check_today(Some("1810803600"), None, true);
    // `--today` counts for more.
    check_today(Some("1810803600"), Some("2027-05-19"), false);
    check_today(None, Some("2027-05-20"), true);
}

#[test]
fn two_builds_at_one_moment_are_the_same() {
    let folder = Folder::new();
    folder.run(&["new", "site", "."]).assert_clean();
    folder.run(&["build", "--output", "one"]).assert_clean();
    folder.run_at(None, &["build", "--output", "two", "--today", "2026-11-23"]).assert_clean();
    let mut compared = 0;
    for entry in walkdir::WalkDir::new(folder.path("one")).into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(folder.path("one")).unwrap();
        let is_our_record = path.to_string_lossy().starts_with('.');
        if entry.file_type().is_file() && !is_our_record {
            let other = std::fs::read(folder.path("two").join(path)).unwrap();
            assert!(std::fs::read(entry.path()).unwrap() == other, "{}", path.display());
            compared += 1;
        }
    }
    assert!(compared > 20);
}

#[test]
fn next_build_says_when_the_site_changes_by_itself_and_why() {
    let folder = Folder::with_site();
    let first = |folder: &Folder, now: &str| {
        let run = folder.run(&["next-build", "--today", now]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        run.stdout
    };
    folder.write("content/blog/later.md", "---\ntitle: Later\nsummary: A post.\ndate: 2026-12-01 3pm\n---\nText.\n");
    folder.write(
        "content/events/tea.md",
        "---\ntitle: Tea\nsummary: Tea.\nstart: 2026-12-02 10:00\nduration: 1 hour\nvenue: {name: Hall}\n---\n",
    );
    folder.write(
        "content/stories/pat.md",
        "---\ntitle: Pat\nsummary: A story.\ndate: 2026-11-01\nperson: {name: Pat, identity: changed}\n\
         consent: {reference: A1, given: 2026-01-01, expires: 2026-12-03, covers: [website]}\n---\nText.\n",
    );
    // So that calendars know the event.
    folder.run(&["build"]);
    assert!(
        first(&folder, "2026-11-23").starts_with("2026-11-30T00:00:00+00:00\n"),
        "Monday, on the page of this week"
    );
    let scheduled = first(&folder, "2026-12-01");
    assert!(scheduled.starts_with("2026-12-01T15:00:00+00:00\n"), "{scheduled}");
    assert!(scheduled.contains("“Later” (content/blog/later.md): its date has come"), "{scheduled}");
    let over = first(&folder, "2026-12-01T16:00:00Z");
    assert!(over.starts_with("2026-12-02T11:00:00+00:00\n") && over.contains("“Tea” (content/events/tea.md): is over"));
    let consent = first(&folder, "2026-12-02");
    assert!(consent.starts_with("2026-12-04T00:00:00+00:00\n"), "{consent}");
    assert!(consent.contains("“Pat” (content/stories/pat.md): leaves the site (consent expired)"), "{consent}");
}

#[test]
fn next_build_says_never_where_nothing_is_planned() {
    let run = Folder::with_site().run(&["next-build"]);
    assert_eq!(run.stdout.lines().next(), Some("never"));
}

#[test]
fn the_editors_calendar_has_what_the_team_must_not_miss_and_is_never_public() {
    let folder = Folder::with_site();
    folder.write("content/blog/later.md", "---\ntitle: Later\nsummary: A.\ndate: 2026-12-01 3pm\n---\nText.\n");
    folder.write("content/about.md", "---\ntitle: About\nsummary: A.\nreview_by: 2027-01-15\nowner: Sam\n---\nText.\n");
    folder.write(
        "content/stories/pat.md",
        "---\ntitle: Pat\nsummary: A story.\ndate: 2026-11-01\nperson: {name: Pat, identity: changed}\n\
         consent: {reference: SECRET-7, given: 2026-01-01, expires: 2026-12-03, covers: [website]}\n---\nText.\n",
    );
    folder.write(
        "content/campaigns/day.md",
        "---\ntitle: Link Worker Day\nsummary: A.\nfrom: 2027-05-17\nto: 2027-05-21\n---\nText.\n",
    );
    let run = folder.run(&["editors-calendar"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let calendar = folder.read("editors.ics");
    for (day, words) in [
        ("20261201", "Goes live: Later"),
        ("20261203", "Consent ends: Pat"),
        ("20270115", "Review: About"),
        ("20270517", "Campaign: Link Worker Day"),
    ] {
        let event = calendar.split("BEGIN:VEVENT").find(|event| event.contains(&format!("SUMMARY:{words}\r\n")));
        assert!(event.is_some_and(|event| event.contains(&format!("DTSTART;VALUE=DATE:{day}"))), "{words}: {calendar}");
    }
    assert!(calendar.contains("DTEND;VALUE=DATE:20270522") && calendar.contains("Who keeps it right: Sam"));
    assert!(!calendar.contains("SECRET-7"));
    folder.run(&["build"]);
    assert!(!folder.path("public/editors.ics").exists());
    for place in ["public/editors.ics", "public/events/../editors.ics", "content/media/editors.ics"] {
        folder.write("content/media/a.txt", "");
        assert_eq!(folder.run(&["editors-calendar", "--output", place]).code, Some(2), "{place}");
        assert!(!folder.path(place).exists(), "{place}");
    }
}
