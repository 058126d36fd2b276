//! Builds generated sites and prints, as a table in Markdown, how long what takes.
//!
//!     cargo run --release --example benchmark                     1,000 and 10,000 documents
//!     cargo run --release --example benchmark -- 100000           other numbers; from a million on they are short
//!     cargo run --release --example benchmark -- --output DIR     where the sites stand: on a disk, or in memory
//!     cargo run --release --example benchmark -- --runs 9         of how many runs the median is shown
//!     cargo run --release --example benchmark -- --floor 1000     only how long a plain loop takes to write the files
//!     cargo run --release --example benchmark -- --calendar 10000    only one calendar of so many events
//!     cargo run --release --example benchmark -- --corpus DIR 1000    writes a site to DIR, and measures nothing
//!
//! 1. A bare build is the program's own `build` in a process of its own: nothing is kept but what is on disk.
//! 2. The preview is one process that keeps its cache, is told where to look, and makes the page that is open.
//! 3. The floor is a plain loop that writes the same files: no build that writes them can be faster.
//! 4. The least is a loop that makes a page of each document with the same crates, and nothing else.
//!
//! Read the ratios: the machine and its load change everything else. Nothing is compared with an expected time.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark reads the clock, writes its own site and prints"
)]

mod calendar;
mod child;
mod corpus;
mod edits;
mod least;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use corpus::Texts;
use edits::Edit;
use include_dir::{Dir, include_dir};
use table::Figure;

/// As the program itself has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the themes make with which other generators are compared.
static PLAIN_THEME: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/examples/benchmark/equal-theme");

/// What was asked for.
struct Wishes {
    sizes: Vec<usize>,
    output: PathBuf,
    runs: Option<usize>,
    corpus: Option<PathBuf>,
    is_floor_only: bool,
    is_calendar_only: bool,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if child::run(&arguments) {
        return;
    }
    let wishes = wishes(arguments);
    if let Some(root) = &wishes.corpus {
        let size = wishes.sizes[0];
        return corpus::write(root, size, Texts::of_size(size));
    }
    let folder = wishes.output.join(format!("fingerpost-benchmark-{}", std::process::id()));
    if wishes.is_calendar_only {
        wishes.sizes.iter().for_each(|&size| calendar::measure(&folder.join(format!("events-{size}")), size));
        return fs::remove_dir_all(&folder).unwrap();
    }
    table::begin(&folder);
    for &size in &wishes.sizes {
        let runs = wishes.runs.unwrap_or(match size {
            0..=20_000 => 5,
            20_001..=200_000 => 3,
            _ => 1,
        });
        measure(&folder, size, runs, wishes.is_floor_only);
    }
    table::end();
    fs::remove_dir_all(&folder).unwrap();
}

fn wishes(arguments: Vec<String>) -> Wishes {
    let mut wishes = Wishes {
        sizes: Vec::new(),
        output: std::env::temp_dir(),
        runs: None,
        corpus: None,
        is_floor_only: false,
        is_calendar_only: false,
    };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_else(|| panic!("{argument} wants something after it"));
        match argument.as_str() {
            "--output" => wishes.output = value().into(),
            "--corpus" => wishes.corpus = Some(value().into()),
            "--runs" => wishes.runs = Some(value().parse().unwrap()),
            "--floor" => wishes.is_floor_only = true,
            "--calendar" => wishes.is_calendar_only = true,
            // `cargo bench` and its like add it.
            "--bench" => {}
            size => wishes.sizes.push(size.replace([',', '_'], "").parse().unwrap()),
        }
    }
    if wishes.sizes.is_empty() {
        wishes.sizes = if wishes.corpus.is_some() { vec![1_000] } else { vec![1_000, 10_000] };
    }
    wishes
}

/// Prints the rows of one size.
fn measure(folder: &Path, size: usize, runs: usize, is_floor_only: bool) {
    let (root, output) = (folder.join(format!("site-{size}")), folder.join(format!("public-{size}")));
    corpus::write(&root, size, Texts::of_size(size));
    let build = || child::build(&root, &output);
    let cold = Figure::median(runs, || cold(&root, &output));
    let (files, bytes, floor) = child::floor(&output, &folder.join(format!("floor-{size}")), runs);
    let table = table::Table { size, cold: cold.wall, floor: floor.wall };
    table.row(&format!("a plain loop writes {files} files of {:.1} MB", bytes as f64 / 1e6), &floor);
    if !is_floor_only {
        let least = Figure::median(runs, || child::least(&root, &folder.join(format!("least-{size}"))));
        table.row("a loop of the same crates makes the pages alone", &least);
        table.row("build: cold", &cold);
        measure_less(&root, &output, &table, runs);
        build();
        let mut number = 0;
        for edit in Edit::ALL {
            let figure = Figure::median(runs, || {
                number += 1;
                edit.make(&root, number);
                build()
            });
            table.row(&format!("build: {}", edit.words()), &figure);
        }
        for (edit, figure) in Edit::ALL.into_iter().zip(child::preview(&root, runs * 4)) {
            table.row(&format!("preview: {}", edit.words()), &figure);
        }
    }
    remove(&root);
    remove(&output);
}

/// Prints what search, and then the theme, add to a first build and to one after an edit.
fn measure_less(root: &Path, output: &Path, table: &table::Table, runs: usize) {
    let settings = root.join("content/site.yaml");
    let everything = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{everything}search: no\n")).unwrap();
    let mut number = 2_000_000;
    let mut rows = |left_out: &str| {
        let cold = Figure::median(runs, || cold(root, output));
        table.row(&format!("build: cold, {left_out}"), &cold);
        let edited = Figure::median(runs, || {
            number += 1;
            Edit::Body.make(root, number);
            child::build(root, output)
        });
        table.row(&format!("build: {}, {left_out}", Edit::Body.words()), &edited);
    };
    rows("without search");
    let templates = root.join("themes/waymark/templates");
    fs::create_dir_all(&templates).unwrap();
    PLAIN_THEME.extract(&templates).unwrap();
    rows("without search, with a plain theme");
    remove(&root.join("themes"));
    fs::write(&settings, everything).unwrap();
}

/// A build of which nothing is kept from before.
fn cold(root: &Path, output: &Path) -> Figure {
    remove(output);
    remove(&root.join(".fingerpost-cache"));
    child::build(root, output)
}

fn remove(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
}
