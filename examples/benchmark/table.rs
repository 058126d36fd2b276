//! Figures, and the table of them.

use std::fmt;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// What something took.
#[derive(Clone, Copy, Default)]
pub struct Figure {
    pub wall: Duration,
    /// Of all threads, in the program and in the system.
    pub processor: Option<Duration>,
    pub peak_kb: Option<u64>,
}

/// A tick of the clock in `/proc/<pid>/stat` (USER_HZ, which is 100 on every common system).
const TICK: Duration = Duration::from_millis(10);

impl Figure {
    /// What this process took until now; only Linux tells more than the wall time.
    pub fn of_this_process(wall: Duration) -> Self {
        // Fields are counted after the name in brackets, which may hold anything (proc_pid_stat(5)).
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit_once(')').map_or_else(Vec::new, |(_, fields)| fields.split(' ').collect());
        let ticks = |at: usize| fields.get(at)?.parse::<u32>().ok();
        let processor = ticks(12).zip(ticks(13)).map(|(user, system)| TICK * (user + system));
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak_kb = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse().ok());
        Figure { wall, processor, peak_kb }
    }

    /// Of several runs, the one in the middle by its wall time.
    pub fn median(runs: usize, mut run: impl FnMut() -> Figure) -> Figure {
        Figure::middle(&(0..runs.max(1)).map(|_| run()).collect::<Vec<_>>())
    }

    pub fn middle(figures: &[Figure]) -> Figure {
        let mut figures = figures.to_vec();
        figures.sort_by_key(|figure| figure.wall);
        figures[figures.len() / 2]
    }

    /// Reads what `fmt` wrote.
    pub fn parse(text: &str) -> Figure {
        let mut fields = text.split(' ').map(|field| field.parse::<u64>().ok());
        let mut next = || fields.next().flatten();
        let (wall, processor, peak_kb) = (next(), next(), next());
        Figure { wall: Duration::from_micros(wall.unwrap()), processor: processor.map(Duration::from_micros), peak_kb }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_dash = |number: Option<u128>| number.map_or("-".to_owned(), |number| number.to_string());
        let processor = or_dash(self.processor.map(|time| time.as_micros()));
        write!(f, "{} {processor} {}", self.wall.as_micros(), or_dash(self.peak_kb.map(u128::from)))
    }
}

/// The rows of one size, and what they are compared with.
pub struct Table {
    pub size: usize,
    pub cold: Duration,
    pub floor: Duration,
}

pub fn begin(folder: &Path) {
    println!("In {}, on {} processors; load {}.\n", folder.display(), processors(), load());
    println!("| documents | what | wall, ms | processor, ms | peak, MB | of a cold build | of the plain loop |");
    println!("|---:|---|---:|---:|---:|---:|---:|");
}

pub fn end() {
    println!("\nLoad at the end: {}.", load());
}

impl Table {
    pub fn row(&self, what: &str, figure: &Figure) {
        let of = |other: Duration| figure.wall.as_secs_f64() / other.as_secs_f64();
        println!(
            "| {} | {what} | {} | {} | {} | {:.3} | {:.3} |",
            self.size,
            milliseconds(figure.wall),
            figure.processor.map_or("–".to_owned(), milliseconds),
            figure.peak_kb.map_or("–".to_owned(), |peak| format!("{:.0}", peak as f64 / 1e3)),
            of(self.cold),
            of(self.floor),
        );
    }
}

fn milliseconds(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1e3;
    if milliseconds < 100.0 { format!("{milliseconds:.1}") } else { format!("{milliseconds:.0}") }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Of the last one, five and fifteen minutes; only Linux tells.
fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let averages: Vec<&str> = load.split(' ').take(3).collect();
    if averages.len() == 3 { averages.join(", ") } else { "unknown".to_owned() }
}
