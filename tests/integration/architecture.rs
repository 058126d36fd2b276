//! The shape of the code, held by reading `src/` as text: which module may name which, and what stands where.
//!
//! Comments, texts in quotes and unit tests do not count. What is absent on purpose is listed here once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The top modules of `src/`, from the top down: a module names only those of the rows below its own. Some
/// rows keep places for what is still to come.
const LAYERS: &[&[&str]] = &[
    &["main"],
    &["lib"],
    &["commands"],
    // Arguments, surroundings and outcomes: data that commands take and return. `cli` calls the commands.
    &["cli"],
    &["serve", "deploy", "import"],
    &["pipeline"],
    &["memory"],
    &["lint", "outputs", "assemble", "parse", "load", "publish", "report"],
    &["artefact"],
    &["site"],
    &["view", "theme"],
    &["model", "calendar"],
    &["config"],
    &["fields"],
    &["yaml"],
    &["source"],
    &["media"],
    &["diagnostic", "codes"],
    &["date", "path", "hash", "progress", "search"],
    &["contrast", "lines", "signs", "words"],
];

/// (from, to): names that run up or across, each with its reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("cli", "commands", "`run` hands each command's arguments to its file"),
    ("diagnostic", "codes", "a diagnostic has a code"),
    ("codes", "diagnostic", "a code has the severity that its diagnostics begin with"),
];

/// Files of `outputs/` that several outputs share.
const SHARED_BY_OUTPUTS: &[&str] = &["dated", "directory", "frame", "fill", "share", "structured_data", "ways"];

/// (output, other output): one of them names the other.
const OUTPUT_EXCEPTIONS: &[(&str, &str)] = &[("api", "json_feed"), ("api", "open_referral"), ("headers", "json_feed")];

/// Where files are read and written.
const DISK: &[&str] = &[
    "load.rs",
    "load/",
    "memory.rs",
    "publish/",
    "serve/",
    "import/",
    "deploy/",
    "commands/new",
    "commands/editors_calendar.rs",
    "main.rs",
];

/// (what, where it may stand): words of code that belong to few places.
const CONFINED: &[(&str, &[&str])] = &[
    ("std::fs", DISK),
    ("fs::", DISK),
    ("File::open", DISK),
    ("SystemTime::now", &["main.rs"]),
    ("Instant::now", &["main.rs", "serve/"]),
    ("Timestamp::now", &["main.rs"]),
    ("Zoned::now", &["main.rs"]),
    ("Local::now", &["main.rs"]),
    ("Utc::now", &["main.rs"]),
    ("std::env::", &["main.rs"]),
    ("std::net", &["serve/", "deploy/"]),
    ("println!", &[]),
    ("print!", &[]),
    ("dbg!", &[]),
    (concat!("to", "do!"), &[]),
    (concat!("un", "implemented!"), &[]),
    ("unreachable!", &[]),
    // The network: the preview's own port, and what a team asks to be fetched. A build needs none.
    ("ureq", &["import/"]),
    ("panic!", &[]),
    (".unwrap()", &[]),
    (".expect(", &[]),
    ("Mutex", &[]),
    ("RefCell", &[]),
    ("OnceLock", &[]),
    ("LazyLock", &[]),
    ("thread_local!", &[]),
    ("static mut", &[]),
    ("async ", &["serve/", "deploy/"]),
    ("unsafe ", &[]),
    (concat!("#[", "ignore"), &[]),
];

/// (what, file): exceptions to `CONFINED` that stand today.
const CONFINED_EXCEPTIONS: &[(&str, &str)] = &[];

/// A file of `src/`.
struct File {
    /// `outputs/rss.rs`.
    path: String,
    text: String,
    /// Code alone: comments, texts and unit tests are blank.
    code: String,
}

impl File {
    /// `outputs` for `outputs/rss.rs`, `date` for `date.rs`.
    fn top(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap()
    }

    /// `rss` for `outputs/rss.rs`.
    fn second(&self) -> &str {
        self.path.split(['/', '.']).nth(1).unwrap()
    }

    /// Every path below `crate::` that the code names: `["outputs", "frame"]`.
    fn names(&self) -> Vec<Vec<String>> {
        let mut names = Vec::new();
        for (at, _) in self.code.match_indices("crate::") {
            paths(&self.code[at + "crate::".len()..], Vec::new(), &mut names);
        }
        names
    }
}

/// Reads `a::b` and `a::{b, c::d}`; returns what follows.
fn paths<'t>(text: &'t str, mut so_far: Vec<String>, names: &mut Vec<Vec<String>>) -> &'t str {
    let mut rest = text.trim_start();
    loop {
        if let Some(inner) = rest.strip_prefix('{') {
            rest = inner;
            while !rest.trim_start().starts_with('}') && !rest.trim_start().is_empty() {
                rest = paths(rest, so_far.clone(), names).trim_start().trim_start_matches(',');
            }
            return rest.trim_start().strip_prefix('}').unwrap_or_default();
        }
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        if length == 0 {
            return rest.strip_prefix('*').unwrap_or_else(|| rest.get(1..).unwrap_or_default());
        }
        so_far.push(rest[..length].to_owned());
        rest = &rest[length..];
        match rest.strip_prefix("::") {
            Some(more) => rest = more,
            None => {
                names.push(so_far);
                let rest = rest.trim_start();
                return rest.strip_prefix("as ").map_or(rest, |named| named.trim_start_matches(char::is_alphanumeric));
            }
        }
    }
}

/// Blanks comments, texts in quotes and everything from the first unit test on.
fn code_of(text: &str) -> String {
    let end = text.find("\n#[cfg(test)]\nmod ").or_else(|| text.find("\n#[cfg(test)]\npub")).unwrap_or(text.len());
    let mut code = String::with_capacity(end);
    let mut rest = &text[..end];
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(hashes) = rest.strip_prefix('r').and_then(raw_text_hashes) {
            let close = format!("\"{}", "#".repeat(hashes));
            let start = hashes + 2;
            rest[start..].find(&close).map_or(rest.len(), |at| start + at + close.len())
        } else if let Some(inner) = rest.strip_prefix('"') {
            let mut escaped = false;
            let is_end = |c: char| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            };
            inner.find(is_end).map_or(rest.len(), |at| at + 2)
        } else if ["'\"'", "'\\\"'", "'/'"].iter().any(|quoted| rest.starts_with(quoted)) {
            rest[1..].find('\'').map_or(rest.len(), |at| at + 2)
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        code.push(' ');
        rest = &rest[skipped..];
    }
    code
}

/// The hash signs of `r#"`, whose `r` is taken off.
fn raw_text_hashes(after_r: &str) -> Option<usize> {
    let text = after_r.trim_start_matches('#');
    text.starts_with('"').then_some(after_r.len() - text.len())
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut due = vec![root.clone()];
    while let Some(folder) = due.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                due.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let parts = path.strip_prefix(&root).unwrap().components();
                let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
                let text = fs::read_to_string(&path).unwrap();
                // Some files are unit tests as a whole.
                let is_test = ["tests.rs", "properties.rs"].contains(&parts.last().unwrap().as_str());
                let code = if is_test { String::new() } else { code_of(&text) };
                files.push(File { path: parts.join("/"), text, code });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn level(module: &str) -> usize {
    let found = LAYERS.iter().position(|layer| layer.contains(&module));
    found.unwrap_or_else(|| panic!("`{module}` is in no layer: give it a place in LAYERS"))
}

#[test]
fn modules_name_only_what_lies_below_them() {
    let files = files();
    let modules: BTreeSet<&str> = files.iter().map(File::top).collect();
    let mut wrong = BTreeSet::new();
    let mut used = BTreeSet::new();
    for file in &files {
        let tops: BTreeSet<String> = file.names().into_iter().map(|mut name| name.swap_remove(0)).collect();
        for to in tops.iter().filter(|to| modules.contains(to.as_str()) && *to != file.top()) {
            if level(file.top()) < level(to) {
                continue;
            }
            match EXCEPTIONS.iter().find(|(from, up, _)| *from == file.top() && up == to) {
                Some(exception) => {
                    used.insert(exception);
                }
                None => {
                    wrong.insert(format!("src/{} names crate::{to}", file.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(used.len(), EXCEPTIONS.len(), "an exception that nothing needs");
}

#[test]
fn outputs_know_no_other_output_and_kinds_no_other_kind() {
    let mut wrong = BTreeSet::new();
    for file in files() {
        let (folder, may_be_named): (&[&str], &[&str]) = match file.top() {
            "outputs" if file.path != "outputs/mod.rs" => (&["outputs"], SHARED_BY_OUTPUTS),
            "model" if file.path.starts_with("model/kinds/") && !file.path.ends_with("mod.rs") => {
                (&["model", "kinds"], &[])
            }
            _ => continue,
        };
        let own = file.path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        let own_folder = if folder.len() == 1 { file.second() } else { own };
        for name in file.names() {
            let Some(inner) = name.strip_prefix(folder.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>().as_slice())
            else {
                continue;
            };
            let Some(inner) = inner.first() else { continue };
            let is_module = inner.chars().all(|c| c.is_lowercase() || c == '_') && {
                let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder.join("/")).join(inner);
                at.is_dir() || at.with_extension("rs").is_file()
            };
            let is_fine = !is_module
                || inner == own_folder
                || may_be_named.contains(&inner.as_str())
                || OUTPUT_EXCEPTIONS.contains(&(own_folder, inner.as_str()));
            if !is_fine {
                wrong.insert(format!("src/{} names {}::{inner}", file.path, folder.join("::")));
            }
        }
        let siblings = file.code.match_indices("super::").map(|(at, _)| &file.code[at + "super::".len()..]);
        for sibling in siblings {
            let name: String = sibling.chars().take_while(|c| c.is_lowercase() || *c == '_').collect();
            let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder.join("/")).join(&name);
            if !name.is_empty()
                && at.with_extension("rs").is_file()
                && !may_be_named.contains(&name.as_str())
                && name != own
            {
                wrong.insert(format!("src/{} names super::{name}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn disk_clock_and_printing_stand_where_they_belong() {
    let mut wrong = BTreeSet::new();
    for file in files() {
        for (what, places) in CONFINED {
            let may = places.iter().any(|place| file.path.starts_with(place));
            let is_word_start = |at: usize| {
                let before = file.code[..at].chars().next_back();
                what.starts_with(['.', '#']) || before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
            };
            let stands = file.code.match_indices(what).any(|(at, _)| is_word_start(at));
            if stands && !may && !CONFINED_EXCEPTIONS.contains(&(*what, file.path.as_str())) {
                wrong.insert(format!("src/{}: {what}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_global_is_kept_and_nothing_is_imported_unnamed() {
    let mut wrong = BTreeSet::new();
    for file in files() {
        for line in file.code.lines().map(str::trim) {
            let is_glob = line.starts_with("use ") && line.contains("::*")
                || line.starts_with("pub use ") && line.contains("::*");
            if is_glob {
                wrong.insert(format!("src/{}: {line}", file.path));
            }
            let line = line.strip_prefix("pub ").or_else(|| line.strip_prefix("pub(crate) ")).unwrap_or(line);
            let is_table = line.contains(": &") || line.contains("BUILT_IN") || line.contains("$name");
            // The program's memory is global in every program; ours is a better one.
            let is_allocator = file.path == "main.rs" && line.starts_with("static ALLOCATOR");
            if line.starts_with("static ") && !is_table && !is_allocator {
                wrong.insert(format!("src/{}: {line}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_says_what_it_is_and_is_one_idea_long() {
    let mut wrong = Vec::new();
    for file in files() {
        if !file.text.starts_with("//!") {
            wrong.push(format!("src/{} does not begin with a module doc", file.path));
        }
        let lines = file.code.lines().filter(|line| !line.trim().is_empty()).count();
        if lines > 500 {
            wrong.push(format!("src/{} has {lines} lines of code", file.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_folder_of_the_library_is_declared_once_at_its_top() {
    let files = files();
    let lib = files.iter().find(|file| file.path == "lib.rs").unwrap();
    let mut declared: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lib.code.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")) {
        *declared.entry(line.trim_end_matches(';')).or_default() += 1;
    }
    let modules: BTreeSet<&str> = files.iter().map(File::top).filter(|top| !["lib", "main"].contains(top)).collect();
    assert_eq!(declared.keys().copied().collect::<BTreeSet<_>>(), modules);
}
