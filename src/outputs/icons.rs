//! Icons for home screens, and the manifest that names them (W3C Web Application Manifest).
//!
//! They show the first letters of the service's name on its colour. A service that wants others puts them over the
//! built-in ones with a theme of its own (`assets/icons/`), and names them in `shared/head.html`.

use serde_json::json;

use crate::artefact::{Artefact, Owner, Parts, Prepared, Stage};
use crate::diagnostic::Diagnostic;
use crate::hash::Fingerprint;
use crate::media::draw::{self, DRAWING, Ground, Sheet, Weight};
use crate::outputs::share;
use crate::path::OutputPath;
use crate::site::Site;
use crate::theme::Theme;

/// (file, width in pixels): Apple's home screen, Android's, and its opening screen.
const ICONS: [(&str, u32); 3] = [("apple-touch-icon.png", 180), ("icon-192.png", 192), ("icon-512.png", 512)];
const MANIFEST: &str = "site.webmanifest";

pub fn plan(_: &Site) -> Vec<Artefact> {
    let icons = ICONS.iter().enumerate().map(|(at, (name, _))| {
        let owner = Owner::named(format!("the icon {name}"));
        Artefact::new(OutputPath::from(*name), owner, Stage::Asset, at, prepare_icon)
    });
    let owner = Owner::named("the web manifest");
    let manifest = Artefact::new(OutputPath::from(MANIFEST), owner, Stage::Data, (), prepare_manifest);
    icons.chain([manifest]).collect()
}

struct Icon<'s> {
    letters: String,
    colour: &'s str,
    width: u32,
}

fn prepare_icon<'s>(site: &'s Site, at: &usize) -> Prepared<'s> {
    let icon = Icon { letters: initials(&site.config.name), colour: share::colour(site), width: ICONS[*at].1 };
    let facts = Fingerprint::of(&(&icon.letters, icon.colour, icon.width, DRAWING));
    Prepared::drawn(Parts::default().with("its letters and its colour", facts), icon, make_icon)
}

fn make_icon(icon: &Icon<'_>, _: &Theme) -> Result<Vec<u8>, Diagnostic> {
    let width = icon.width as f32;
    let mut sheet = Sheet::new(icon.width, icon.width, icon.colour);
    sheet.fill(0, 0, icon.width, icon.width);
    // Systems cut icons to circles: what matters stays within the middle two thirds.
    let mut size = width * 0.6;
    while sheet.width_of(&icon.letters, size, Weight::Bold) > width * 0.66 {
        size *= 0.95;
    }
    let left = (width - sheet.width_of(&icon.letters, size, Weight::Bold)) / 2.0;
    sheet.write(&icon.letters, left, width / 2.0 + size * 0.27, size, Weight::Bold, Ground::Box);
    Ok(sheet.png())
}

/// The first letters of the first two words of a name; a dot where they cannot be written.
fn initials(name: &str) -> String {
    let words = name.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_alphanumeric));
    let letters: String = words.take(2).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect();
    if letters.is_empty() || !draw::can_write(&letters) { "•".to_owned() } else { letters }
}

fn prepare_manifest<'s>(site: &'s Site, (): &()) -> Prepared<'s> {
    let base_path = &site.config.base_path;
    let icons: Vec<_> = ICONS[1..]
        .iter()
        .map(|(name, width)| {
            json!({"src": format!("{base_path}{name}"), "sizes": format!("{width}x{width}"), "type": "image/png",
                "purpose": "any maskable"})
        })
        .collect();
    let manifest = json!({
        "name": site.config.name,
        "lang": site.config.language,
        "start_url": base_path,
        "scope": base_path,
        "display": "browser",
        "theme_color": share::colour(site),
        "background_color": "#ffffff",
        "icons": icons,
    });
    let text = format!("{manifest:#}\n");
    let parts = Parts::default().with("the settings of the site", Fingerprint::of_bytes(text.as_bytes()));
    Prepared::new(parts, Vec::new(), text, |text, _| Ok(text.clone().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_first_two_words() {
        assert_eq!(initials("Mill Lane Link"), "ML");
        assert_eq!(initials("ŵyl & ŷd"), "ŴŶ");
        assert_eq!(initials("مرحبا"), "•");
        assert_eq!(initials(""), "•");
    }
}
