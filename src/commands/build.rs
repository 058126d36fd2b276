//! `fingerpost build`: the pipeline, and publishing as its last step.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use crate::artefact::Planned;
use crate::cli::{BuildArguments, Outcome, Surroundings};
use crate::commands::site;
use crate::config::HISTORY_FILE;
use crate::diagnostic::Report;
use crate::load::Look;
use crate::model::document::Documents;
use crate::path::OutputPath;
use crate::pipeline::{self, Cache, Finished, Project};
use crate::publish::{self, Changes, Hearer, Making, Whole};
use crate::site::held_back;

pub fn run(arguments: &BuildArguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    let root = site::root(&arguments.site)?;
    let output = arguments.output.clone().unwrap_or_else(|| root.join("public"));
    let project = site::project(&root, &arguments.site, surroundings)?;
    if let Some(path) = &arguments.why {
        return why(arguments, surroundings, &project, &output, path);
    }
    let mut stages = Vec::new();
    let mut stage_done = |name: &'static str| stages.push((name, (surroundings.elapsed)()));
    let mut cache = Cache::default().recall_pictures(&root);
    let sources = pipeline::sources(&project, &mut cache, &mut Report::default())?;
    let made_from = pipeline::made_from(&project, &sources);
    stage_done("look");
    if let Some((changes, held_back)) = publish::stands(&output, made_from, project.now)? {
        stage_done("compare");
        let finished = Finished { planned: None, documents: Documents::default(), report: Report::default(), sources };
        let words = built_words(changes, &site::report_words(&finished.report), &held_back, surroundings);
        let words = said(arguments, words, &stages, Vec::new());
        return Ok(site::outcome(&finished, arguments.site.format, surroundings.is_coloured, &words));
    }
    cache = cache.recall_documents(&root);
    stage_done("recall");
    // Every file was looked at a moment ago.
    let project = Project { look: Look::At(BTreeSet::new()), ..project };
    let mut finished = pipeline::run(&project, &mut cache, &mut stage_done)?;
    let mut changes = Changes::default();
    let mut unkept = String::new();
    let (timings, slowest) = mpsc::channel();
    let hearer = Ear { surroundings, timings: arguments.timings.then_some(timings) };
    if let Some(planned) = &finished.planned {
        let mut made_from = made_from;
        if is_for_readers(arguments) && !finished.report.has_errors() {
            if let Err(error) = pipeline::keep_history(&root, &planned.site) {
                unkept = format!("{HISTORY_FILE} could not be written ({error}): calendars may miss a later change.\n");
            }
            let look = Look::At(BTreeSet::from([root.join(HISTORY_FILE)]));
            let project = Project { look, ..project };
            let sources = pipeline::sources(&project, &mut cache, &mut Report::default())?;
            made_from = pipeline::made_from(&project, &sources);
        }
        let whole = finished.report.is_empty().then(|| Whole {
            made_from,
            from: project.now,
            until: planned.site.until,
            pages: 0,
            held_back: held_back_words(planned),
        });
        changes = publish::publish(planned, &output, whole, &hearer, &mut finished.report)?;
        stage_done("publish");
    }
    cache.keep(&root, finished.planned.as_ref().map(|planned| &planned.site));
    stage_done("keep");
    drop(hearer);
    let words = summary(&finished, changes, &output, surroundings) + &unkept;
    let words = said(arguments, words, &stages, slowest.iter().collect());
    let outcome = site::outcome(&finished, arguments.site.format, surroundings.is_coloured, &words);
    // The process ends now: giving back its memory text by text would only take time.
    std::mem::forget((finished, cache));
    Ok(outcome)
}

fn why(
    arguments: &BuildArguments,
    surroundings: &Surroundings<'_>,
    project: &Project<'_>,
    output: &Path,
    path: &str,
) -> anyhow::Result<Outcome> {
    let path = OutputPath::of_address(path.trim_start_matches('/'));
    let finished = pipeline::run(project, &mut Cache::default().recall(project.root), &mut |_| {})?;
    let why = finished.planned.as_ref().map(|planned| publish::why(planned, output, &path)).transpose()?;
    let words = why.map_or_else(String::new, |why| format!("{path}: {why}\n"));
    Ok(site::outcome(&finished, arguments.site.format, surroundings.is_coloured, &words))
}

/// Whether the site is built as it is now, to be read: what a look at another day shows is told to nobody.
fn is_for_readers(arguments: &BuildArguments) -> bool {
    arguments.site.today.is_none() && !arguments.site.drafts
}

/// What is printed after the problems.
fn said(
    arguments: &BuildArguments,
    summary: String,
    stages: &[(&'static str, Duration)],
    timings: Vec<Timing>,
) -> String {
    let mut words = if arguments.quiet { String::new() } else { summary };
    if arguments.timings {
        words.push_str(&stage_words(stages));
        words.push_str(&slowest_words(timings));
    }
    words
}

fn held_back_words(planned: &Planned) -> String {
    held_back::words(&planned.site.held_back).unwrap_or_default()
}

fn summary(finished: &Finished, changes: Changes, output: &Path, surroundings: &Surroundings<'_>) -> String {
    let problems = site::report_words(&finished.report);
    match &finished.planned {
        Some(planned) if !finished.report.has_errors() => {
            built_words(changes, &problems, &held_back_words(planned), surroundings)
        }
        planned => {
            let mut words = format!("Nothing was built: {problems}.");
            if !publish::holds_site(output) {
                return words + " There is no site yet.\n";
            }
            words.push_str(" The last good site stays as it is.\n");
            let held_back = planned.iter().flat_map(|planned| &planned.site.held_back);
            if held_back.into_iter().any(|held| held.reason.is_about_consent()) {
                words.push_str(
                    "Mend the errors soon: until then the site may still show a story whose consent has ended.\n",
                );
            }
            words
        }
    }
}

fn built_words(changes: Changes, problems: &str, held_back: &str, surroundings: &Surroundings<'_>) -> String {
    let mut words = format!(
        "Built {} pages in {}: {} files written, {} kept, {} removed; {problems}.\n",
        changes.pages,
        seconds((surroundings.elapsed)()),
        changes.written,
        changes.kept,
        changes.removed,
    );
    if !held_back.is_empty() {
        words.push_str(&format!("{held_back}.\n"));
    }
    words
}

fn seconds(duration: Duration) -> String {
    if duration < Duration::from_secs(1) {
        format!("{} ms", duration.as_millis())
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

fn stage_words(stages: &[(&'static str, Duration)]) -> String {
    let mut words = String::new();
    let mut before = Duration::ZERO;
    for (name, at) in stages {
        words.push_str(&format!("{name:>10}  {}\n", milliseconds(*at - before)));
        before = *at;
    }
    words
}

/// How long one file took: its path, its template, the time.
type Timing = (OutputPath, Option<&'static str>, Duration);

/// Passes on what is heard of making: to whoever shows progress, and to the timings.
struct Ear<'a, 's> {
    surroundings: &'a Surroundings<'s>,
    timings: Option<mpsc::Sender<Timing>>,
}

impl Hearer for Ear<'_, '_> {
    fn elapsed(&self) -> Duration {
        (self.surroundings.elapsed)()
    }

    fn made(&self, making: &Making<'_>) {
        (self.surroundings.progress)(making.done, making.of);
        if let Some(timings) = &self.timings {
            // Whoever gathers them may have gone away.
            let _ = timings.send((making.path.clone(), making.template, making.took));
        }
    }
}

/// How many of the slowest are named.
const SLOWEST: usize = 10;

/// The slowest files, and what each template took in all.
fn slowest_words(mut timings: Vec<Timing>) -> String {
    if timings.is_empty() {
        return String::new();
    }
    let mut templates: BTreeMap<&str, (usize, Duration)> = BTreeMap::new();
    for (_, template, took) in &timings {
        let (count, all) = templates.entry(template.unwrap_or("without a template")).or_default();
        *count += 1;
        *all += *took;
    }
    let mut templates: Vec<_> = templates.into_iter().collect();
    templates.sort_by_key(|(name, (_, took))| (Reverse(*took), *name));
    timings.sort_by(|a, b| (b.2, &a.0).cmp(&(a.2, &b.0)));
    let mut words = "Templates by the time that their files took, on all processors together:\n".to_owned();
    for (name, (count, took)) in templates {
        words.push_str(&format!("{}  {name} ({count} files)\n", milliseconds(took)));
    }
    words.push_str("The slowest files:\n");
    for (path, _, took) in timings.iter().take(SLOWEST) {
        words.push_str(&format!("{}  /{path}\n", milliseconds(*took)));
    }
    words
}

fn milliseconds(duration: Duration) -> String {
    format!("{:>8.1} ms", duration.as_secs_f64() * 1000.0)
}
