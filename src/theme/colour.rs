//! The team's colour, as a style sheet: custom properties behind those of the theme.
//!
//! | property | where the theme uses it | what holds |
//! |---|---|---|
//! | `--band` | the ground of the menu, of buttons and of numbers, below words in white | 7 to 1, and more in the dark |
//! | `--band-over` | the same below a pointer | darker still |
//! | `--accent` | lines and shapes | 3 to 1 on every ground of its scheme |

use std::collections::BTreeMap;

use super::bundles::Raw;
use crate::contrast::{Colour, WHITE};

/// The style sheet that the colour goes into, and the part of it behind the theme's own tokens.
const STYLE_SHEET: &str = "css/site.css";
const PART: &str = "css/site.css/15-colour.css";
/// The lightest ground of the dark scheme, on which lines in the colour must be seen.
const DARK_GROUND: Colour = Colour { red: 0x1b, green: 0x25, blue: 0x2c };

/// Adds the colour to the style sheet, in parts or whole.
pub fn lay_over(assets: &mut BTreeMap<String, Raw>, colour: Colour) {
    let rules = rules(colour);
    match assets.get_mut(STYLE_SHEET) {
        Some((bytes, _)) => *bytes = [bytes, rules.as_bytes()].concat().into(),
        None => {
            assets.entry(PART.to_owned()).or_insert_with(|| (rules.as_bytes().into(), None));
        }
    }
}

fn rules(colour: Colour) -> String {
    let over = colour.darkened(WHITE, colour.contrast(WHITE) * 1.3);
    let night = colour.darkened(WHITE, 9.0);
    let night_over = night.darkened(WHITE, night.contrast(WHITE) * 1.3);
    let night_accent = colour.lightened(DARK_GROUND, 4.5);
    format!(
        ":root {{ --band: {colour}; --band-over: {over}; --accent: {colour}; }}\n\
         @media (prefers-color-scheme: dark) {{\n\
         :root {{ --band: {night}; --band-over: {night_over}; --accent: {night_accent}; }}\n}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn a_colour_is_read_and_seen_in_both_schemes() {
        for text in ["#000000", "#0b5563", "#6b0020", "#004d00", "#3b2a00", "#1d1da8"] {
            let rules = rules(colour(text));
            let values = rules.match_indices('#').map(|(at, _)| colour(&rules[at..at + 7]));
            let [band, over, accent, night, night_over, night_accent] = values.collect::<Vec<_>>()[..] else {
                panic!("{rules}")
            };
            for ground in [band, over, night, night_over] {
                assert!(ground.contrast(WHITE) >= 7.0, "{text}: {ground}");
            }
            for light in ["#ffffff", "#f8f4eb"] {
                assert!(accent.contrast(colour(light)) >= 3.0, "{text}: {accent}");
            }
            assert!(night_accent.contrast(DARK_GROUND) >= 3.0, "{text}: {night_accent}");
        }
    }

    #[test]
    fn a_style_sheet_takes_the_colour_whole_or_in_parts() {
        let raw = || -> Raw { (b"a{}\n".as_slice().into(), None) };
        let mut assets = BTreeMap::from([(STYLE_SHEET.to_owned(), raw())]);
        lay_over(&mut assets, colour("#0b5563"));
        let whole = String::from_utf8_lossy(&assets[STYLE_SHEET].0).into_owned();
        assert!(whole.starts_with("a{}\n:root { --band: #0b5563;"), "{whole}");
        let mut assets = BTreeMap::from([("css/site.css/10-a.css".to_owned(), raw())]);
        lay_over(&mut assets, colour("#0b5563"));
        assert!(assets.contains_key(PART));
    }

    /// The colours of the theme that this file counts on.
    #[test]
    fn the_theme_writes_white_on_the_band_and_has_no_lighter_ground_in_the_dark() {
        let files = crate::theme::files(&crate::source::Sources::default(), "waymark", None);
        let css = String::from_utf8_lossy(&files.assets[STYLE_SHEET].bytes).into_owned();
        let values = |name: &str| -> Vec<String> {
            let declared = format!("{name}:");
            let found = css.match_indices(&declared).map(|(at, _)| css[at + declared.len()..].trim_start());
            found.map(|rest| rest[..rest.find([';', '}']).unwrap()].trim().to_owned()).collect()
        };
        assert!(values("--on-band").iter().all(|value| value == "#fff" || value == "#ffffff"));
        let [light, dark] = &values("--soft")[..] else { panic!("{:?}", values("--soft")) };
        assert_eq!((light.as_str(), dark.as_str()), ("#f8f4eb", "#1b252c"));
    }
}
