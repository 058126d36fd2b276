//! Older addresses that lead to newer ones.

use std::collections::BTreeMap;

use crate::assemble::findings::Findings;
use crate::assemble::links::{Origin, Places};
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
    let redirects = aliases.filter_map(|alias| redirect(config, alias, url.to_owned(), &document.path, report));
    let (own, others): (Vec<_>, Vec<_>) = redirects.partition(|redirect| redirect.from == redirect.to);
    report.extend(own.into_iter().map(|own| {
        let message = format!("`{}` is the address of this very page", own.from);
        let help = "delete it from `aliases`: only older addresses stand there";
        Diagnostic::new(&links::ALIAS_NOT_AN_ADDRESS, own.place, message).help(help)
    }));
    others
}

/// The `redirects` of site.yaml.
///
/// Reports: `links/alias-not-an-address`, `links/redirect-in-a-circle`, and links that lead nowhere.
pub fn of_settings(places: &Places<'_>, findings: &mut Findings) -> Vec<Redirect> {
    let config = places.config;
    let settings = SourcePath::from(SITE_FILE);
    let mut redirects = Vec::new();
    for (from, to) in &config.redirects {
        let origin = Origin { path: &settings, bytes: &to.bytes };
        let Some(target) = places.link(&to.value, origin, findings) else { continue };
        redirects.extend(redirect(config, from, target.url, &settings, &mut findings.report));
    }
    let next: BTreeMap<String, String> =
        redirects.iter().map(|redirect| (redirect.from.clone(), redirect.to.clone())).collect();
    let (circles, others): (Vec<_>, Vec<_>) =
        redirects.into_iter().partition(|redirect| circle(&redirect.from, &next).is_some());
    // A circle is one mistake, told where its first address is written.
    let is_first = |redirect: &Redirect| circle(&redirect.from, &next).is_some_and(|least| least == redirect.from);
    findings.report.extend(circles.into_iter().filter(is_first).map(|circle| {
        let message = format!("`{}` leads back to itself, so no reader ever arrives", circle.from);
        let help = "write an address that the site has behind the colon, or delete this line";
        Diagnostic::new(&links::REDIRECT_IN_A_CIRCLE, circle.place, message).help(help)
    }));
    others
}

/// The least of the addresses by way of which an address leads to itself; nothing where it does not.
fn circle<'n>(from: &'n str, next: &'n BTreeMap<String, String>) -> Option<&'n str> {
    let (mut at, mut least) = (from, from);
    for _ in 0..next.len() {
        at = next.get(at)?;
        least = least.min(at);
        if at == from {
            return Some(least);
        }
    }
    None
}

fn redirect(
    config: &Config,
    from: &Located<String>,
    to: String,
    source: &SourcePath,
    report: &mut Report,
) -> Option<Redirect> {
    let (written, bytes) = (from.value.as_str(), from.bytes.clone());
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
    Some(Redirect { from, to, place: Place::new(source, bytes) })
}
