//! What commands that read a site have in common.

#![allow(clippy::disallowed_methods, reason = "opens the folder that it is told of")]

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::assemble::Drafts;
use crate::cli::{Format, Outcome, SiteArguments, Surroundings};
use crate::config;
use crate::date::{self, When};
use crate::diagnostic::Report;
use crate::load::{self, Look};
use crate::path::SourcePath;
use crate::pipeline::{Finished, Project};
use crate::report::{self, Style};

/// The folder of the site, which must hold `content/`.
pub fn root(arguments: &SiteArguments) -> anyhow::Result<PathBuf> {
    folder(&arguments.root)
}

/// The full path of a folder, which must hold `content/`.
pub fn folder(root: &Path) -> anyhow::Result<PathBuf> {
    if !root.join("content").is_dir() {
        bail!(
            "{} holds no folder content/. Name the folder of your site with --root, or start one with \
             `fingerpost new site our-service`",
            root.display()
        );
    }
    root.canonicalize().with_context(|| format!("cannot open {}", root.display()))
}

/// The moment at which the site is seen: `--today`, `SOURCE_DATE_EPOCH`, or the clock. A day means its
/// noon in London, or in the zone of `SOURCE_DATE_EPOCH`, UTC.
pub fn now(arguments: &SiteArguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Timestamp> {
    match &arguments.today {
        Some(today) => moment("--today", today),
        None => clock(surroundings),
    }
}

/// The moment that an option names.
pub fn moment(option: &str, written: &str) -> anyhow::Result<Timestamp> {
    let when = match date::parse(written) {
        Ok(when) => when,
        Err(fault) => bail!("{option}: {}; {}", fault.message, fault.help),
    };
    let zone = config::timezone("Europe/London").map_or(TimeZone::UTC, |(zone, _)| zone);
    let when = match when {
        When::Day(day) => When::Local(day.at(12, 0, 0, 0)),
        other => other,
    };
    Ok(when.in_zone(&zone).zoned.timestamp())
}

/// `SOURCE_DATE_EPOCH`, or the clock.
pub fn clock(surroundings: &Surroundings<'_>) -> anyhow::Result<Timestamp> {
    match &surroundings.source_date_epoch {
        Some(seconds) => {
            let seconds: i64 = seconds.trim().parse().context("SOURCE_DATE_EPOCH is not a number of seconds")?;
            Timestamp::from_second(seconds).context("SOURCE_DATE_EPOCH is out of range")
        }
        None => Ok(surroundings.clock),
    }
}

/// What a run of a command that looks at the whole site once is about.
pub fn project<'p>(
    root: &'p Path,
    arguments: &SiteArguments,
    surroundings: &Surroundings<'_>,
) -> anyhow::Result<Project<'p>> {
    let now = now(arguments, surroundings)?;
    Ok(Project { root, now, drafts: drafts(arguments), look: Look::Everywhere })
}

/// Whether drafts belong in.
pub fn drafts(arguments: &SiteArguments) -> Drafts {
    if arguments.drafts { Drafts::Included } else { Drafts::LeftOut }
}

/// The report in the format that was asked for, and the exit code that goes with it. `last_words` stand
/// after it on a terminal.
pub fn outcome(finished: &Finished, format: Format, is_coloured: bool, last_words: &str) -> Outcome {
    let text_of = |path: &SourcePath| load::text_of(&finished.sources, path);
    let report = &finished.report;
    let exit_code = u8::from(report.has_errors());
    match format {
        Format::Text => {
            let style = if is_coloured { Style::Coloured } else { Style::Plain };
            let stderr = report::terminal(report, &text_of, style);
            Outcome { stdout: last_words.to_owned(), stderr, exit_code }
        }
        Format::Json => Outcome { stdout: report::json(report, &text_of), stderr: String::new(), exit_code },
        Format::Github => {
            let stdout = format!("{}{last_words}", report::github(report, &text_of));
            Outcome { stdout, stderr: String::new(), exit_code }
        }
    }
}

/// The report's counts in words.
pub fn report_words(report: &Report) -> String {
    report::summary(report)
}
