//! `fingerpost build`: the pipeline, and publishing as its last step.

use std::time::Duration;

use crate::cli::{BuildArguments, Outcome, Surroundings};
use crate::commands::site;
use crate::path::OutputPath;
use crate::pipeline::{self, Cache, Finished, Project};
use crate::publish::{self, Changes};
use crate::site::HeldBack;

pub fn run(arguments: &BuildArguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    let root = site::root(&arguments.site)?;
    let output = arguments.output.clone().unwrap_or_else(|| root.join("public"));
    let now = site::now(&arguments.site, surroundings)?;
    let project = Project { root: &root, now, drafts: site::drafts(&arguments.site) };
    if let Some(path) = &arguments.why {
        return why(arguments, surroundings, &project, &output, path);
    }
    let mut stages = Vec::new();
    let mut stage_done = |name: &'static str| stages.push((name, (surroundings.elapsed)()));
    let finished = pipeline::run(&project, &mut Cache::default(), &mut stage_done, |planned, report| {
        let changes = publish::publish(&planned.plan, &planned.theme, planned.program, &output, report)?;
        let mut held_back = planned.site.held_back.clone();
        held_back.sort();
        Ok((changes, held_back))
    })?;
    let mut words = String::new();
    if !arguments.quiet {
        words.push_str(&summary(&finished, (surroundings.elapsed)()));
    }
    if arguments.timings {
        words.push_str(&timings(&stages));
    }
    Ok(site::outcome(&finished, arguments.site.format, surroundings.is_coloured, &words))
}

fn why(
    arguments: &BuildArguments,
    surroundings: &Surroundings<'_>,
    project: &Project<'_>,
    output: &std::path::Path,
    path: &str,
) -> anyhow::Result<Outcome> {
    let path = OutputPath::of_address(path.trim_start_matches('/'));
    let finished = pipeline::run(project, &mut Cache::default(), &mut |_| {}, |planned, _| {
        publish::why(&planned.plan, &planned.theme, planned.program, output, &path)
    })?;
    let words = finished.result.as_ref().map_or_else(String::new, |why| format!("{path}: {why}\n"));
    Ok(site::outcome(&finished, arguments.site.format, surroundings.is_coloured, &words))
}

fn summary(finished: &Finished<(Changes, Vec<HeldBack>)>, took: Duration) -> String {
    let problems = site::report_words(&finished.report);
    let Some((changes, held_back)) = finished.result.as_ref().filter(|_| !finished.report.has_errors()) else {
        let mut words = format!("Nothing was built: {problems}. The last good site stays as it is.\n");
        let is_urgent = finished.result.iter().any(|(_, held)| held.iter().any(|held| held.reason.is_about_consent()));
        if is_urgent {
            words.push_str(
                "Mend the errors soon: until then the site may still show a story whose consent has ended.\n",
            );
        }
        return words;
    };
    let mut words = format!(
        "Built {} pages in {}: {} files written, {} kept, {} removed; {problems}.\n",
        changes.pages,
        seconds(took),
        changes.written,
        changes.kept,
        changes.removed,
    );
    if let Some(held_back) = site::held_back_words(held_back) {
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

fn timings(stages: &[(&'static str, Duration)]) -> String {
    let mut words = String::new();
    let mut before = Duration::ZERO;
    for (name, at) in stages {
        words.push_str(&format!("{name:>10}  {:>8.1} ms\n", (*at - before).as_secs_f64() * 1000.0));
        before = *at;
    }
    words
}
