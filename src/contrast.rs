//! Colours that people can read: the contrast of two colours, and the nearest colour that has enough of it.
//!
//! Contrast and luminance are those of WCAG 2.2 (relative luminance, contrast ratio). A colour is made darker by
//! scaling its light, and lighter by scaling it and adding white light, all in linear light: so its hue stays, and how
//! far to go follows from the luminance without any search.

use std::fmt;

/// A colour of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

pub const WHITE: Colour = Colour { red: 255, green: 255, blue: 255 };

impl Colour {
    /// Reads `#0b5563`.
    pub fn parse(text: &str) -> Option<Self> {
        // The library would read a plus, too.
        let is_colour = |digits: &&str| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let digits = text.strip_prefix('#').filter(is_colour)?;
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Colour { red, green, blue })
    }

    /// From 1 (none) to 21 (black on white), whichever of the two is the ground (WCAG 2.2, contrast ratio).
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The nearest colour that is as dark or darker, and on which `light` has at least that contrast.
    pub fn darkened(self, light: Colour, contrast: f64) -> Colour {
        let most = (light.luminance() + 0.05) / contrast - 0.05;
        let own = self.luminance();
        if own <= most {
            return self;
        }
        self.through(|linear| linear * most.max(0.0) / own, f64::floor)
    }

    /// The nearest colour that is as light or lighter, and that has at least that contrast on `dark`.
    pub fn lightened(self, dark: Colour, contrast: f64) -> Colour {
        let least = (dark.luminance() + 0.05) * contrast - 0.05;
        let own = self.luminance();
        if own >= least || own >= 1.0 {
            return self;
        }
        // More of its own light as far as there is any, most of the way: white alone would leave a grey.
        let strongest = linear(self.red).max(linear(self.green)).max(linear(self.blue));
        let own_light = if own > 0.0 { (least / own).min(1.0 / strongest).max(1.0).powf(0.8) } else { 1.0 };
        let own = own * own_light;
        let white = ((least.min(1.0) - own) / (1.0 - own)).max(0.0);
        self.through(|linear| linear * own_light + (1.0 - linear * own_light) * white, f64::ceil)
    }

    fn through(self, change: impl Fn(f64) -> f64, round: fn(f64) -> f64) -> Colour {
        let of = |value: u8| round(encoded(change(linear(value))) * 255.0).clamp(0.0, 255.0) as u8;
        Colour { red: of(self.red), green: of(self.green), blue: of(self.blue) }
    }

    /// From 0 (black) to 1 (white).
    fn luminance(self) -> f64 {
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// Light from a value of sRGB (IEC 61966-2-1).
fn linear(value: u8) -> f64 {
    let value = f64::from(value) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn encoded(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let check = |one: &str, other: &str, expected: f64| {
            let contrast = colour(one).contrast(colour(other));
            assert!((contrast - expected).abs() < 0.05, "{one} {other}: {contrast}");
            assert_eq!(contrast, colour(other).contrast(colour(one)));
        };
        check("#000000", "#ffffff", 21.0);
        check("#777777", "#ffffff", 4.48);
        check("#0b5563", "#ffffff", 8.4);
        check("#0b4f8a", "#ffffff", 8.4);
        check("#8cc8ff", "#12191e", 10.0);
        check("#123456", "#123456", 1.0);
        assert_eq!(Colour::parse("#12345"), None);
        assert_eq!(Colour::parse("#12345é"), None);
        assert_eq!(Colour::parse("#+1+2+3"), None);
    }

    #[test]
    fn the_nearest_colour_passes_and_the_next_one_would_not() {
        let dark = colour("#1b252c");
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let colour = Colour { red, green, blue };
                    let darker = colour.darkened(WHITE, 7.0);
                    assert!(darker.contrast(WHITE) >= 7.0, "{colour} {darker}");
                    assert_eq!(darker == colour, colour.contrast(WHITE) >= 7.0, "{colour} {darker}");
                    // No more than rounding: one step brighter in every part is too bright.
                    let brighter = |part: u8| part.saturating_add(1);
                    let (red, green, blue) = (brighter(darker.red), brighter(darker.green), brighter(darker.blue));
                    assert!(darker == colour || Colour { red, green, blue }.contrast(WHITE) < 7.0, "{colour} {darker}");
                    let lighter = colour.lightened(dark, 4.5);
                    assert!(lighter.contrast(dark) >= 4.5, "{colour} {lighter}");
                }
            }
        }
        assert_eq!(colour("#0b5563").darkened(WHITE, 7.0), colour("#0b5563"));
        assert_eq!(colour("#00a3ad").darkened(WHITE, 7.0).to_string(), "#006369");
    }
}
