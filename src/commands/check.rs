//! `fingerpost check`: a build that makes every file and writes none.

use crate::cli::{CheckArguments, Outcome, Surroundings};
use crate::commands::site;
use crate::pipeline::{self, Cache, Project};
use crate::publish;

pub fn run(arguments: &CheckArguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    let root = site::root(&arguments.site)?;
    let now = site::now(&arguments.site, surroundings)?;
    let project = Project { root: &root, now, drafts: site::drafts(&arguments.site) };
    let finished = pipeline::run(&project, &mut Cache::default(), &mut |_| {}, |planned, report| {
        publish::rehearse(&planned.plan, &planned.theme, report);
        Ok(planned.plan.len())
    })?;
    let words = match (&finished.result, arguments.quiet) {
        (_, true) => String::new(),
        (Some(files), false) => {
            format!("Checked a site of {files} files: {}.\n", site::report_words(&finished.report))
        }
        (None, false) => format!("There is no site to check: {}.\n", site::report_words(&finished.report)),
    };
    Ok(site::outcome(&finished, arguments.site.format, surroundings.is_coloured, &words))
}
