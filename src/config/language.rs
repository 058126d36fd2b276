//! The languages of a site, by their tags (BCP 47): `en-GB`, `cy`.

use icu_provider::prelude::icu_locale_core::Locale;

use crate::codes::site as codes;
use crate::date::Fault;
use crate::fields::Fields;
use crate::path::nearest;

/// What people write who do not know the tag, with the tag.
const NAMES: [(&str, &str); 19] = [
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("british", "en-GB"),
    ("chinese", "zh"),
    ("cymraeg", "cy"),
    ("en-uk", "en-GB"),
    ("english", "en-GB"),
    ("farsi", "fa"),
    ("french", "fr"),
    ("gaelic", "gd"),
    ("gujarati", "gu"),
    ("irish", "ga"),
    ("polish", "pl"),
    ("punjabi", "pa"),
    ("romanian", "ro"),
    ("somali", "so"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("welsh", "cy"),
];

/// Reads `language`: where it is not said, British English.
pub fn read(fields: &mut Fields<'_, '_>) -> String {
    let language = fields.parsed("language", &codes::UNKNOWN_LANGUAGE, tag);
    language.map_or_else(|| "en-GB".to_owned(), |language| language.value)
}

/// Reads `languages`.
pub fn read_others(fields: &mut Fields<'_, '_>) -> Vec<String> {
    let mut languages = Vec::new();
    for language in fields.texts("languages") {
        match tag(&language.value) {
            Ok(tag) => languages.push(tag),
            Err(fault) => fields.wrong(&codes::UNKNOWN_LANGUAGE, language.bytes, fault.message, fault.help),
        }
    }
    languages
}

/// A tag in its usual form. Its first part has two or three letters: no language has a longer one (RFC 5646 §2.2.1).
fn tag(text: &str) -> Result<String, Fault> {
    let lower = text.to_lowercase().replace('_', "-");
    let is_name = NAMES.iter().any(|(name, _)| *name == lower);
    let locale: Option<Locale> = text.replace('_', "-").parse().ok().filter(|_| !is_name);
    let is_language = |locale: &Locale| (2..=3).contains(&locale.id.language.as_str().len()) && lower != "und";
    locale.filter(is_language).map(|locale| locale.to_string()).ok_or_else(|| {
        let near = nearest(&lower, NAMES.iter().map(|(name, _)| *name));
        let tag = near.and_then(|near| NAMES.iter().find(|(name, _)| *name == near)).map(|(_, tag)| tag);
        Fault {
            message: format!("`{text}` is not the short name of a language"),
            help: match tag {
                Some(tag) => format!("write `{tag}`"),
                None => "write its code, such as `en-GB` for British English or `cy` for Welsh".to_owned(),
            },
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = tag(text).unwrap_or_else(|fault| format!("{} | {}", fault.message, fault.help));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_language_is_named_by_its_tag() {
        for tag in ["en-GB", "en", "cy", "pl", "sco", "zh-Hant", "sr-Latn-RS"] {
            check(tag, tag);
        }
        check("EN-gb", "en-GB");
        check("en_GB", "en-GB");
    }

    #[test]
    fn what_is_no_tag_is_asked_back() {
        check("english", "`english` is not the short name of a language | write `en-GB`");
        check("Englsh", "`Englsh` is not the short name of a language | write `en-GB`");
        check("en-UK", "`en-UK` is not the short name of a language | write `en-GB`");
        check("Welsh", "`Welsh` is not the short name of a language | write `cy`");
        for text in ["our own words", "e", "klingonish", "12"] {
            let help = "write its code, such as `en-GB` for British English or `cy` for Welsh";
            check(text, &format!("`{text}` is not the short name of a language | {help}"));
        }
    }
}
