//! Builds generated sites and prints where the time goes.
//!
//!     cargo run --release --example benchmark            1,000 and 10,000 documents
//!     cargo run --release --example benchmark -- 100000  another number
//!
//! For each size: the time of each step of a cold build, of the same build again with nothing changed and
//! after one edit (each in a process of its own would read no faster: nothing is kept but the manifest),
//! the number and bytes of the files, the peak memory of the process, and the time that a plain loop takes
//! to write the same files. Read the ratios: the machine and its load change everything else.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark reads the clock, writes its own site and prints"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fingerpost::assemble::Drafts;
use fingerpost::load::Look;
use fingerpost::pipeline::{self, Cache, Project};
use fingerpost::publish;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    let folder = std::env::temp_dir().join(format!("fingerpost-benchmark-{}", std::process::id()));
    for size in sizes {
        measure(&folder, size);
    }
    fs::remove_dir_all(&folder).unwrap();
}

fn measure(folder: &Path, size: usize) {
    let (root, output) = (folder.join(format!("site-{size}")), folder.join(format!("public-{size}")));
    generate(&root, size);
    println!("{size} documents");
    build("cold", &root, &output);
    build("nothing changed", &root, &output);
    let edited = root.join("content/blog/2023/post-7.md");
    let text = fs::read_to_string(&edited).unwrap();
    fs::write(&edited, text + "\nOne more sentence.\n").unwrap();
    build("one edit", &root, &output);
    let (files, bytes, floor) = write_again(&output, &folder.join(format!("floor-{size}")));
    println!("  {files} files, {:.1} MB; a plain loop writes them in {:.0} ms", bytes as f64 / 1e6, ms(floor));
    println!("  peak memory {}", peak_memory());
    fs::remove_dir_all(&root).unwrap();
    fs::remove_dir_all(&output).unwrap();
}

fn build(what: &str, root: &Path, output: &Path) {
    let project =
        Project { root, now: "2026-11-23T12:00:00Z".parse().unwrap(), drafts: Drafts::LeftOut, look: Look::Everywhere };
    let begun = Instant::now();
    let mut stages = String::new();
    let mut before = Duration::ZERO;
    let mut stage_done = |name: &'static str| {
        let at = begun.elapsed();
        write!(stages, " {name} {:.0}", ms(at - before)).unwrap();
        before = at;
    };
    let mut finished = pipeline::run(&project, &mut Cache::default(), &mut stage_done).unwrap();
    let planned = finished.planned.as_ref().unwrap();
    let changes = publish::publish(planned, output, None, &publish::Deaf, &mut finished.report).unwrap();
    stage_done("publish");
    assert!(!finished.report.has_errors(), "the generated site has errors: {:?}", finished.report.iter().next());
    let took = ms(begun.elapsed());
    println!("  {what:>15}: {took:>6.0} ms ({} written, {} kept; ms:{stages})", changes.written, changes.kept);
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Writes the same files with a plain loop: what no build can be faster than.
fn write_again(output: &Path, target: &Path) -> (usize, usize, Duration) {
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let mut folders = vec![output.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((target.join(path.strip_prefix(output).unwrap()), fs::read(&path).unwrap()));
            }
        }
    }
    let begun = Instant::now();
    let mut last = PathBuf::new();
    for (path, bytes) in &files {
        let folder = path.parent().unwrap();
        if folder != last {
            fs::create_dir_all(folder).unwrap();
            folder.clone_into(&mut last);
        }
        fs::write(path, bytes).unwrap();
    }
    let took = begun.elapsed();
    let bytes = files.iter().map(|(_, bytes)| bytes.len()).sum();
    fs::remove_dir_all(target).unwrap();
    (files.len(), bytes, took)
}

/// The most memory that this process ever had, all its builds together; only Linux tells.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |peak| peak.trim().to_owned())
}

/// Eight posts in ten, and events and sources of help, made from a few words: the same site every time.
fn generate(root: &Path, size: usize) {
    let content = root.join("content");
    fs::create_dir_all(&content).unwrap();
    fs::write(content.join("site.yaml"), "name: Benchmark\nurl: https://benchmark.example.org\n").unwrap();
    fs::write(content.join("index.md"), "---\ntitle: Home\nsummary: A generated site.\n---\n").unwrap();
    let mut words = Words(42);
    for number in 0..size {
        let (folder, front_matter) = match number % 20 {
            0..16 => (format!("blog/{}", 2021 + number % 5), String::new()),
            16..19 => {
                let start = format!("2026-{:02}-{:02}", 1 + number % 12, 1 + number % 28);
                let repeats = if number % 5 == 0 { "repeats: {every: week, count: 10}\n" } else { "" };
                let event = format!("start: {start} 10:00\nend: {start} 12:00\nvenue: {{name: Mill Hall}}\n{repeats}");
                ("events".to_owned(), event)
            }
            _ => ("resources".to_owned(), "provider: Mill Trust\nreferral: self\n".to_owned()),
        };
        let name = if folder.starts_with("blog") { "post" } else { "entry" };
        let folder = content.join(folder);
        fs::create_dir_all(&folder).unwrap();
        let title = words.sentence(4);
        let summary = words.sentence(12);
        let (a, b) = (words.next() % 40, words.next() % 40);
        let mut text = format!(
            "---\ntitle: {title} {number}\nsummary: {summary}.\ndate: {}-{:02}-{:02}\ntags: [tag {a}, tag {b}]\n{front_matter}---\n\n",
            2021 + number % 5,
            1 + number % 12,
            1 + number % 28,
        );
        for section in 0..4 {
            write!(text, "## {}\n\n", words.sentence(3)).unwrap();
            for _ in 0..3 {
                write!(text, "{}, *{}*, and {}.\n\n", words.sentence(18), words.sentence(3), words.sentence(14))
                    .unwrap();
            }
            if section == 1 {
                text.push_str("- one\n- two\n- three\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n");
            }
        }
        fs::write(folder.join(format!("{name}-{number}.md")), text).unwrap();
    }
}

/// A small generator of numbers (Knuth's linear congruential one), and of words from them.
struct Words(u64);

impl Words {
    fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 40).unwrap()
    }

    fn sentence(&mut self, length: usize) -> String {
        const WORDS: [&str; 24] = [
            "tea",
            "walk",
            "garden",
            "choir",
            "library",
            "neighbour",
            "kettle",
            "bus",
            "hall",
            "lunch",
            "story",
            "friend",
            "Tuesday",
            "river",
            "allotment",
            "phone",
            "music",
            "letter",
            "volunteer",
            "kitchen",
            "bench",
            "book",
            "rain",
            "welcome",
        ];
        let words: Vec<&str> = (0..length).map(|_| WORDS[self.next() % WORDS.len()]).collect();
        words.join(" ")
    }
}
