//! Older addresses that lead to newer ones.

use crate::assemble::findings::Findings;
use crate::assemble::links::{Origin, Places, has_scheme};
use crate::codes::links;
use crate::config::{Config, SITE_FILE};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::fields::Located;
use crate::model::document::Document;
use crate::path::SourcePath;
use crate::site::Redirect;

/// The aliases of a document, which lead to `url`.
///
/// Reports: `links/alias-not-an-address`.
pub fn aliases(document: &Document, url: &str, config: &Config, report: &mut Report) -> Vec<Redirect> {
    let aliases = document.meta.aliases.iter();
    aliases.filter_map(|alias| redirect(config, alias, url.to_owned(), &document.path, report)).collect()
}

/// The `redirects` of site.yaml.
///
/// Reports: `links/alias-not-an-address`, `links/to-page-not-published`.
pub fn of_settings(places: &Places<'_>, findings: &mut Findings) -> Vec<Redirect> {
    let config = places.config;
    let settings = SourcePath::from(SITE_FILE);
    let mut redirects = Vec::new();
    for (from, to) in &config.redirects {
        let is_elsewhere = has_scheme(&to.value);
        if !is_elsewhere && places.is_held_back(&to.value, findings) {
            findings.report.push(Origin { path: &settings, bytes: &to.bytes }.held_back(&to.value));
            continue;
        }
        let to = match to.value.strip_prefix('/') {
            Some(path) if !is_elsewhere => format!("{}{path}", config.base_path),
            _ => to.value.clone(),
        };
        redirects.extend(redirect(config, from, to, &settings, &mut findings.report));
    }
    redirects
}

fn redirect(
    config: &Config,
    from: &Located<String>,
    to: String,
    source: &SourcePath,
    report: &mut Report,
) -> Option<Redirect> {
    let written = from.value.as_str();
    let path = written.trim_matches('/');
    let is_plain = !path.is_empty()
        && !path.split('/').any(|part| part.is_empty() || part == "." || part == "..")
        && !path.contains(|c: char| c.is_whitespace() || "?#\\:".contains(c));
    if !is_plain {
        let message = format!("`{written}` is not an address of this site");
        let diagnostic = Diagnostic::new(&links::ALIAS_NOT_AN_ADDRESS, Place::new(source, from.bytes.clone()), message);
        report.push(diagnostic.help("write it from the site's root, such as `/old/page/`"));
        return None;
    }
    let has_extension = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let end = if has_extension { "" } else { "/" };
    let from = format!("{}{path}{end}", config.base_path);
    Some(Redirect { from, to, source: source.clone() })
}
