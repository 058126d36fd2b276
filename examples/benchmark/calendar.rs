//! A calendar of ten thousand events, a fifth of them in series, beside the whole build of its site.

use std::fs;
use std::path::Path;
use std::time::Instant;

use fingerpost::assemble::Drafts;
use fingerpost::load::Look;
use fingerpost::path::OutputPath;
use fingerpost::pipeline::{self, Cache, Project};
use fingerpost::publish;

/// How often the file is made; the time is of the one in the middle.
const RUNS: usize = 9;

/// Writes a site of that many events, and prints what its calendar takes.
pub fn measure(root: &Path, size: usize) {
    write(root, size);
    let now = "2026-01-01T12:00:00Z".parse().unwrap();
    let project = Project { root, now, drafts: Drafts::LeftOut, look: Look::Everywhere };
    let started = Instant::now();
    let finished = pipeline::run(&project, &mut Cache::default(), &mut |_| {}).unwrap();
    let planned = started.elapsed();
    let planned_site = finished.planned.unwrap();
    let artefact = planned_site.plan.get(&OutputPath::from("events/calendar.ics")).unwrap();
    let mut length = 0;
    let mut times: Vec<_> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            length = publish::bytes_of(artefact, &planned_site).unwrap().len();
            started.elapsed()
        })
        .collect();
    times.sort();
    let (made, files) = (times[RUNS / 2], planned_site.plan.artefacts.len());
    println!("{size} events, {} of them in series: planned in {planned:.0?} ({files} files)", size / 5);
    println!(
        "the calendar of them all, {:.1} MB, is written in {made:.1?}: {:.1?} an event, {:.0}% of the planning",
        length as f64 / 1e6,
        made / u32::try_from(size).unwrap(),
        made.as_secs_f64() / planned.as_secs_f64() * 100.0
    );
}

fn write(root: &Path, size: usize) {
    let folder = root.join("content/events");
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.join("content/site.yaml"), "name: Benchmark\nurl: https://benchmark.example.org\n").unwrap();
    for number in 0..size {
        let day = format!("2026-{:02}-{:02}", 1 + number % 12, 1 + number % 28);
        let repeats = match number % 10 {
            0 => "repeats: {every: week, except: []}\n",
            5 => "repeats: {every: month, count: 12}\n",
            _ => "",
        };
        let text = format!(
            "---\ntitle: Event number {number}\nsummary: People meet, talk and drink tea; everybody is welcome.\n\
             date: 2025-12-01\nstart: {day} 10:00\nend: {day} 12:00\n{repeats}cost: free\nbooking: drop-in\n\
             access: [step-free, hearing-loop]\ntags: [tag {}]\nvenue: {{name: Mill Hall, address: 1 Mill Lane}}\n---\nText.\n",
            number % 40
        );
        fs::write(folder.join(format!("event-{number}.md")), text).unwrap();
    }
}
