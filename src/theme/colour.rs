//! The team's colour, as a style sheet: custom properties behind those of the theme.
//!
//! | property | where the theme uses it | what holds |
//! |---|---|---|
//! | `--band` | the ground of the menu, of buttons and of numbers, below words in white | 7 to 1, and 9 in the dark, where it is lighter than the page |
//! | `--band-over` | the same below a pointer | darker still |
//! | `--accent` | the edges of buttons; lines and shapes | 3 to 1 on every ground of its scheme (WCAG 2.2 §1.4.11) |

use std::collections::BTreeMap;

use super::bundles::Raw;
use crate::contrast::{Colour, WHITE};

/// The style sheet that the colour goes into, and the part of it behind the theme's own tokens.
const STYLE_SHEET: &str = "css/site.css";
const PART: &str = "css/site.css/15-colour.css";
/// The ground of the page in the dark scheme.
const NIGHT: Colour = Colour { red: 0x12, green: 0x19, blue: 0x1e };
/// How much lighter than the page a band is in the dark. More would cost the words on it; its edges are in the accent.
const NIGHT_BAND: f64 = 1.7;
/// The lightest ground of the dark scheme, on which lines in the colour must be seen.
const DARK_GROUND: Colour = Colour { red: 0x16, green: 0x30, blue: 0x3a };

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
    let night = colour.darkened(WHITE, 9.0).lightened(NIGHT, NIGHT_BAND);
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
    fn any_colour_is_read_and_seen_in_both_schemes() {
        for text in [
            "#000000", "#ffffff", "#ffff00", "#1a0010", "#808080", "#0b5563", "#6b0020", "#004d00", "#3b2a00",
            "#1d1da8", "#ff0000", "#00ff00", "#0000ff", "#00000a", "#fffbe0",
        ] {
            // As the settings have it.
            let rules = rules(colour(text).darkened(WHITE, 7.0));
            let values = rules.match_indices('#').map(|(at, _)| colour(&rules[at..at + 7]));
            let [band, over, accent, night, night_over, night_accent] = values.collect::<Vec<_>>()[..] else {
                panic!("{rules}")
            };
            for ground in [band, over, night, night_over] {
                assert!(ground.contrast(WHITE) >= 7.0, "{text}: {ground}");
            }
            for light in ["#ffffff", "#fffdfa", "#f7f1e6", "#e5f0f0", "#fdf3dc"] {
                assert!(
                    band.contrast(colour(light)) >= 3.0 && accent.contrast(colour(light)) >= 3.0,
                    "{text}: {accent}"
                );
            }
            assert!(night.contrast(NIGHT) >= NIGHT_BAND, "{text}: {night}");
            for dark in ["#12191e", "#18222a", "#1b252c", "#16303a", "#2b2415"] {
                assert!(night_accent.contrast(colour(dark)) >= 4.5, "{text}: {night_accent} on {dark}");
            }
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
    fn the_theme_writes_white_on_the_band_and_has_these_grounds_in_the_dark() {
        let files = crate::theme::files(&crate::source::Sources::default(), "waymark", None);
        let css = String::from_utf8_lossy(&files.assets[STYLE_SHEET].bytes).into_owned();
        let values = |name: &str| -> Vec<String> {
            let declared = format!("{name}:");
            let found = css.match_indices(&declared).map(|(at, _)| css[at + declared.len()..].trim_start());
            found.map(|rest| rest[..rest.find([';', '}']).unwrap()].trim().to_owned()).collect()
        };
        // The edges of buttons are seen where their ground is not, and on paper there is no band.
        let button = css.split("\n.button").nth(1).unwrap().split('}').next().unwrap();
        assert!(button.contains("solid var(--accent)"), "{button}");
        assert_eq!(values("--on-band").first().map(String::as_str), Some("#fff"));
        let dark = css.find("prefers-color-scheme:").unwrap();
        for name in ["--ground", "--card", "--soft", "--tint"] {
            let declared = format!("{name}: #");
            let at = dark + css[dark..].find(&declared).unwrap() + declared.len() - 1;
            let ground = colour(&css[at..at + 7]);
            assert!(ground.contrast(WHITE) >= DARK_GROUND.contrast(WHITE), "{name}: {ground}");
            assert!(name != "--ground" || ground == NIGHT, "{ground}");
        }
    }
}
