//! Arguments in, exit code out. The only reader of the clock, and the only place that prints.

#![allow(clippy::disallowed_methods, reason = "reads the clock and the environment, once")]

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use fingerpost::cli::{self, Arguments, Surroundings};
use fingerpost::progress::{Place, Progress};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let started = Instant::now();
    let is_terminal = std::io::stderr().is_terminal();
    let progress = Progress::new(if is_terminal { Place::Terminal } else { Place::Elsewhere });
    let surroundings = Surroundings {
        clock: jiff::Timestamp::now(),
        source_date_epoch: std::env::var("SOURCE_DATE_EPOCH").ok(),
        is_coloured: is_terminal && std::env::var_os("NO_COLOR").is_none(),
        elapsed: &|| started.elapsed(),
        progress: &|done, of| {
            if let Some(words) = progress.words(started.elapsed(), done, of) {
                say(&words);
            }
        },
        read_clock: jiff::Timestamp::now,
        say,
    };
    match cli::run(arguments, &surroundings) {
        Ok(outcome) => {
            // A reader that has gone away (`| head`) is no fault of ours.
            let _ = std::io::stdout().write_all(outcome.stdout.as_bytes());
            say(&outcome.stderr);
            ExitCode::from(outcome.exit_code)
        }
        Err(error) => {
            say(&format!("fingerpost: {error:#}\n"));
            ExitCode::from(2)
        }
    }
}

fn say(words: &str) {
    // A reader that has gone away is no fault of ours.
    let _ = std::io::stderr().write_all(words.as_bytes());
}
