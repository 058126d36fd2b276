//! Older addresses that lead to newer ones.

use crate::assemble::links::{Origin, Places, has_scheme};
use crate::codes::links;
use crate::config::{Config, SITE_FILE};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::fields::Located;
use crate::path::SourcePath;
use crate::site::{Page, Redirect};

/// The aliases of all pages, and the `redirects` of site.yaml.
///
/// Reports: `links/alias-not-an-address`, `links/to-page-not-published`.
pub fn of(places: &Places<'_>, pages: &[Page], report: &mut Report) -> Vec<Redirect> {
    let config = places.config;
    let mut redirects = Vec::new();
    let aliases = pages.iter().flat_map(|page| page.document.meta.aliases.iter().map(move |alias| (alias, page)));
    for (alias, page) in aliases {
        let to = page.url.clone();
        redirects.extend(redirect(config, alias, to, &page.document.path, report));
    }
    let settings = SourcePath::from(SITE_FILE);
    for (from, to) in &config.redirects {
        let is_elsewhere = has_scheme(&to.value);
        if !is_elsewhere && places.is_held_back(&to.value) {
            report.push(Origin { path: &settings, bytes: &to.bytes }.held_back(&to.value));
            continue;
        }
        let to = match to.value.strip_prefix('/') {
            Some(path) if !is_elsewhere => format!("{}{path}", config.base_path),
            _ => to.value.clone(),
        };
        redirects.extend(redirect(config, from, to, &settings, report));
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
