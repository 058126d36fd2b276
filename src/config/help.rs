//! Who helps at once: what `help_now` in site.yaml says, or what is the same in all of the United Kingdom.

use crate::codes::site as codes;
use crate::config::{SITE_FILE, phone, web_address};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::fields::Fields;
use crate::path::SourcePath;
use crate::words::Words;

/// A number or page that helps at once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Help {
    pub name: String,
    pub phone: Option<String>,
    pub text: Option<String>,
    pub url: Option<String>,
}

/// What the site itself names, with the place of the field; nothing where it says nothing.
pub struct Named {
    pub help: Vec<Help>,
    pub place: Place,
}

/// The numbers for a site that names none: the words for the name, the number, the words for when to ring it.
const USUAL: [(&str, &str, &str); 3] = [
    ("crisis.emergency", "999", "crisis.emergency_then"),
    ("crisis.mental_health", "111", "crisis.mental_health_then"),
    ("crisis.listener", "116 123", "crisis.listener_then"),
];

/// Reads `help_now`.
pub fn read(fields: &mut Fields<'_, '_>) -> Option<Named> {
    if !fields.has("help_now") {
        return None;
    }
    let place = Place::new(fields.path(), fields.key_bytes("help_now"));
    let help = fields.maps("help_now", read_help).into_iter().flatten().collect();
    Some(Named { help, place })
}

fn read_help(fields: &mut Fields<'_, '_>) -> Option<Help> {
    let name = fields.required_text("name", "name: Samaritans");
    let (phone, text, url) = (phone::read(fields), fields.text("text"), web_address(fields, "url"));
    Some(Help { name: name?, phone, text, url })
}

/// What a site in a language (BCP 47) shows.
///
/// Reports: `site/no-crisis-numbers`.
pub fn shown(named: Option<Named>, language: &str, words: &Words, report: &mut Report) -> Vec<Help> {
    let (help, place) = match named {
        Some(named) => (named.help, named.place),
        None if is_british(language) => (usual(words), Place::file(&SourcePath::from(SITE_FILE))),
        None => (Vec::new(), Place::file(&SourcePath::from(SITE_FILE))),
    };
    if help.is_empty() {
        let message = "no page says whom to ring in a crisis";
        let help = "somebody who needs help at once finds no number on this site: write `help_now: [{name: Samaritans, \
                    phone: 116 123}]`; without the field a site in English or Welsh shows 999, 111 and Samaritans";
        report.push(Diagnostic::new(&codes::NO_CRISIS_NUMBERS, place, message).help(help));
    }
    help
}

/// Whether the numbers of the United Kingdom are those to ring: English and Welsh, but for the English of other countries.
fn is_british(language: &str) -> bool {
    let mut parts = language.split('-');
    let is_spoken = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("en") || name.eq_ignore_ascii_case("cy"));
    is_spoken && parts.next().is_none_or(|region| region.eq_ignore_ascii_case("GB"))
}

fn usual(words: &Words) -> Vec<Help> {
    let help = |(name, phone, when): (&str, &str, &str)| Help {
        name: words.text(name).to_owned(),
        phone: Some(phone.to_owned()),
        text: Some(words.text(when).to_owned()),
        url: None,
    };
    USUAL.into_iter().map(help).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::words_of;
    use crate::yaml;

    /// The numbers that are shown, and how often it is said that there are none.
    fn check(language: &str, yaml: &str, numbers: &[&str], told: usize) {
        let path = SourcePath::from(SITE_FILE);
        let node = yaml::read(&path, yaml, 0..yaml.len()).unwrap();
        let mut faults = Vec::new();
        let mut fields = Fields::new(&path, &node, &mut faults);
        let named = read(&mut fields);
        let mut report = Report::default();
        let help = shown(named, language, &words_of(language), &mut report);
        let shown: Vec<_> = help.iter().filter_map(|help| help.phone.as_deref()).collect();
        assert_eq!(shown, numbers, "{language} {yaml}");
        assert!(help.iter().all(|help| !help.name.is_empty() && help.text.as_deref() != Some("")));
        assert_eq!(report.iter().count(), told, "{language} {yaml}");
    }

    #[test]
    fn a_british_site_that_names_nobody_shows_who_helps_everywhere() {
        for language in ["en", "en-GB", "cy", "cy-GB"] {
            check(language, "name: A", &["999", "111", "116 123"], 0);
        }
        check("en-GB", "help_now:", &["999", "111", "116 123"], 0);
        check("en-GB", "help_now: [{name: Jo, phone: '112', text: Ring}]", &["112"], 0);
    }

    #[test]
    fn who_names_nobody_on_purpose_or_elsewhere_is_told_what_is_missing() {
        check("en-GB", "help_now: []", &[], 1);
        check("en-IE", "name: A", &[], 1);
        check("pl", "name: A", &[], 1);
    }
}
