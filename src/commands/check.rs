//! `fingerpost check`: a build that makes every file and writes none.

use crate::cli::{CheckArguments, Outcome, Surroundings};
use crate::commands::site;
use crate::pipeline::{self, Cache};
use crate::publish;

pub fn run(arguments: &CheckArguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    let root = site::root(&arguments.site)?;
    let project = site::project(&root, &arguments.site, surroundings)?;
    let mut finished = pipeline::run(&project, &mut Cache::default().recall(&root), &mut |_| {})?;
    if let Some(planned) = &finished.planned {
        publish::rehearse(planned, &mut finished.report);
    }
    let problems = site::report_words(&finished.report);
    let words = match (&finished.planned, arguments.quiet) {
        (_, true) => String::new(),
        (Some(planned), false) => {
            format!("Checked a site of {} files: {problems}.\n", planned.plan.artefacts.len())
        }
        (None, false) => format!("There is no site to check: {problems}.\n"),
    };
    Ok(site::outcome(&finished, arguments.site.format, surroundings.is_coloured, &words))
}
