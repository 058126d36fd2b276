//! What runs in a process of its own: this program starts itself again, and the child says at its end what it
//! took.
//!
//! The wall time of a build is measured from outside, so that the start of a process and its end count, too.
//! Processor time and peak memory are known on Linux only.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use clap::Parser;
use fingerpost::assemble::Drafts;
use fingerpost::cli::{self, Arguments, Surroundings};
use fingerpost::load::Look;
use fingerpost::pipeline::{self, Cache, Project};
use fingerpost::publish;

use crate::edits::{Edit, PAGE};
use crate::least;
use crate::table::Figure;

/// The moment at which the sites are seen.
const NOW: &str = "2026-11-23T12:00:00Z";
/// What a child prints in front of its figures.
const MARK: &str = "figures: ";

/// Does what a parent asked for; false where nobody did.
pub fn run(arguments: &[String]) -> bool {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["child-build", root, output] => run_build(root, output),
        ["child-floor", from, to] => run_floor(Path::new(from), Path::new(to)),
        ["child-least", root, output] => say(&least::run(&Path::new(root).join("content"), Path::new(output))),
        ["child-preview", root, edits] => run_preview(Path::new(root), edits.parse().unwrap()),
        _ => return false,
    }
    true
}

/// `fingerpost build`.
pub fn build(root: &Path, output: &Path) -> Figure {
    let begun = Instant::now();
    let lines = start(&["child-build", &root.to_string_lossy(), &output.to_string_lossy()]);
    let wall = begun.elapsed();
    let mut figure = Figure::parse(&lines[0]);
    figure.wall = wall;
    figure
}

fn run_build(root: &str, output: &str) {
    let begun = Instant::now();
    let arguments = ["fingerpost", "build", "--quiet", "--today", NOW, "--root", root, "--output", output];
    let surroundings = Surroundings {
        clock: NOW.parse().unwrap(),
        source_date_epoch: None,
        is_coloured: false,
        elapsed: &|| begun.elapsed(),
        progress: &|_, _| {},
        read_clock: jiff::Timestamp::now,
        say: |_| {},
    };
    let outcome = cli::run(Arguments::parse_from(arguments), &surroundings).unwrap();
    assert_eq!(outcome.exit_code, 0, "{}", outcome.stderr);
    say(&Figure::of_this_process(begun.elapsed()));
}

/// Writes the files of `output` again, to `target`: how many there are, their bytes, and how long it took.
pub fn floor(output: &Path, target: &Path, runs: usize) -> (usize, u64, Figure) {
    let mut counted = (0, 0);
    let figure = Figure::median(runs, || {
        let lines = start(&["child-floor", &output.to_string_lossy(), &target.to_string_lossy()]);
        fs::remove_dir_all(target).unwrap();
        let (files, bytes) = lines[1].split_once(' ').unwrap();
        counted = (files.parse().unwrap(), bytes.parse().unwrap());
        Figure::parse(&lines[0])
    });
    (counted.0, counted.1, figure)
}

/// Makes a page of every document of `root`, and nothing else.
pub fn least(root: &Path, output: &Path) -> Figure {
    let begun = Instant::now();
    let lines = start(&["child-least", &root.to_string_lossy(), &output.to_string_lossy()]);
    let wall = begun.elapsed();
    fs::remove_dir_all(output).unwrap();
    Figure { wall, ..Figure::parse(&lines[0]) }
}

/// Reads some files, then writes them against the clock, and so on: so memory does not matter.
fn run_floor(output: &Path, target: &Path) {
    const AT_ONCE: usize = 1_000;
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![output.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false => files.push(entry.path()),
            }
        }
    }
    let (mut wall, mut processor, mut bytes) = (Duration::ZERO, Duration::ZERO, 0);
    let mut last = PathBuf::new();
    for some in files.chunks(AT_ONCE) {
        let read = |path: &PathBuf| (target.join(path.strip_prefix(output).unwrap()), fs::read(path).unwrap());
        let some: Vec<(PathBuf, Vec<u8>)> = some.iter().map(read).collect();
        bytes += some.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
        let (begun, before) = (Instant::now(), Figure::of_this_process(Duration::ZERO).processor);
        for (path, bytes) in &some {
            let folder = path.parent().unwrap();
            if folder != last {
                fs::create_dir_all(folder).unwrap();
                folder.clone_into(&mut last);
            }
            fs::write(path, bytes).unwrap();
        }
        wall += begun.elapsed();
        let after = Figure::of_this_process(Duration::ZERO).processor;
        processor += after.zip(before).map_or(Duration::ZERO, |(after, before)| after - before);
    }
    say(&Figure { wall, processor: Some(processor), peak_kb: None });
    println!("{MARK}{} {bytes}", files.len());
}

/// The edits of `Edit::ALL`, each made `edits` times, in a process that keeps what it knows.
pub fn preview(root: &Path, edits: usize) -> Vec<Figure> {
    start(&["child-preview", &root.to_string_lossy(), &edits.to_string()])
        .iter()
        .map(|line| Figure::parse(line))
        .collect()
}

fn run_preview(root: &Path, edits: usize) {
    let mut cache = Cache::default();
    let project = |look| Project { root, now: NOW.parse().unwrap(), drafts: Drafts::LeftOut, look };
    let run = |look, cache: &mut Cache| pipeline::run(&project(look), cache, &mut |_| {}).unwrap().planned.unwrap();
    let mut shown = run(Look::Everywhere, &mut cache);
    let mut figures: BTreeMap<usize, Vec<Figure>> = BTreeMap::new();
    let mut number = 1_000_000;
    for (at, edit) in Edit::ALL.into_iter().enumerate() {
        for _ in 0..edits {
            number += 1;
            let changed = edit.make(root, number);
            let (begun, before) = (Instant::now(), Figure::of_this_process(Duration::ZERO).processor);
            let planned = run(Look::At(changed), &mut cache);
            let page = planned.plan.get(&PAGE.into()).unwrap();
            assert!(!publish::bytes_of(page, &planned).unwrap().is_empty());
            let mut figure = Figure::of_this_process(begun.elapsed());
            // The old site goes away when the new one is shown, and that takes time, too.
            shown = planned;
            figure.processor = figure.processor.zip(before).map(|(after, before)| after - before);
            figures.entry(at).or_default().push(figure);
        }
    }
    drop(shown);
    for figures in figures.into_values() {
        let mut figure = Figure::middle(&figures);
        // One edit takes less than the system's clock can tell.
        figure.processor = figures.iter().map(|figure| figure.processor).sum::<Option<Duration>>();
        figure.processor = figure.processor.map(|all| all / u32::try_from(figures.len()).unwrap());
        say(&figure);
    }
}

fn say(figure: &Figure) {
    println!("{MARK}{figure}");
}

/// Runs this program again; returns the lines of figures that it printed.
fn start(arguments: &[&str]) -> Vec<String> {
    let ended = Command::new(std::env::current_exe().unwrap()).args(arguments).output().unwrap();
    assert!(ended.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ended.stderr));
    let printed = String::from_utf8(ended.stdout).unwrap();
    printed.lines().filter_map(|line| line.strip_prefix(MARK)).map(str::to_owned).collect()
}
