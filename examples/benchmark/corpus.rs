//! The generated site.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// How much stands in a document.
#[derive(Clone, Copy)]
pub enum Texts {
    /// Four headings, a list and a table, 500 words.
    Usual,
    /// A heading and 120 words.
    Short,
}

impl Texts {
    /// So that a million documents fit on a disk.
    pub fn of_size(size: usize) -> Self {
        if size < 1_000_000 { Texts::Usual } else { Texts::Short }
    }

    fn sections(self) -> usize {
        match self {
            Texts::Usual => 4,
            Texts::Short => 1,
        }
    }
}

/// Eight posts in ten, and events and sources of help, made from a few words: the same site every time.
pub fn write(root: &Path, size: usize, texts: Texts) {
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
        for section in 0..texts.sections() {
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
