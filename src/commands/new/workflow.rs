//! A workflow that builds the site every day on the service that keeps its files.

use std::path::Path;

use anyhow::bail;

use crate::cli::Outcome;

/// (service, path below the project, text)
const SERVICES: &[(&str, &str, &str)] =
    &[("github", ".github/workflows/publish.yml", include_str!("workflow-github.yml"))];

/// Writes the workflow for a service.
///
/// Errors: a service that is not known, a file that is there already, what the disk says.
pub fn make(root: &Path, service: &str) -> anyhow::Result<Outcome> {
    let known = SERVICES.iter().find(|(name, ..)| name.eq_ignore_ascii_case(service));
    let Some((_, path, text)) = known else {
        let names: Vec<&str> = SERVICES.iter().map(|(name, ..)| *name).collect();
        bail!("there is no workflow for `{service}`; there is one for {}", names.join(", "));
    };
    super::write(&root.join(path), text)?;
    let stdout = format!("Made {path}. Its first lines say what to set before it can run.\n");
    Ok(Outcome { stdout, ..Outcome::default() })
}
