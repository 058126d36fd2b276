//! SVG drawings without what can act, follow readers or load from elsewhere.
//!
//! `svg-hush` keeps elements and attributes that it knows to be harmless, and takes everything else out. What of that
//! somebody may have meant is named, so that a drawing which looks different is no riddle.

use std::collections::BTreeSet;

use svg_hush::{Filter, data_url_filter};
use xml::reader::{EventReader, XmlEvent};

const SVG: &str = "http://www.w3.org/2000/svg";
const NOT_WELL_FORMED: &str =
    "it is no well-formed SVG; open it in the program that it was drawn with and export it again";
const NO_NAMESPACE: &str = "it does not say that it is an SVG, so no browser shows it; write `xmlns=\"http://www.w3.org/2000/svg\"` into its first tag";
/// A drawing that is larger is a mistake, or an attack.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The drawing as it is published, and what was taken out of it, in words.
///
/// Errors: why it cannot be published, as the second half of a sentence.
pub fn clean(bytes: &[u8]) -> Result<(Vec<u8>, Vec<String>), String> {
    if bytes.len() > MAX_BYTES {
        return Err("it is a drawing of more than 8 MB; save it as PNG".to_owned());
    }
    let mut filter = Filter::new();
    filter.set_data_url_filter(data_url_filter::allow_standard_images);
    let mut cleaned = Vec::with_capacity(bytes.len());
    filter.filter(bytes, &mut cleaned).map_err(|_| match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(SVG) => NO_NAMESPACE,
        _ => NOT_WELL_FORMED,
    })?;
    Ok((cleaned, removed(bytes)))
}

/// Width and height of a drawing in pixels: what its first tag says, or the shape of its view (SVG 2 §8.2).
pub fn size_px(bytes: &[u8]) -> Option<(u32, u32)> {
    let first = EventReader::new(bytes).into_iter().map_while(Result::ok).find_map(|event| match event {
        XmlEvent::StartElement { name, attributes, .. } => Some((name, attributes)),
        _ => None,
    });
    let (_, attributes) = first.filter(|(name, _)| name.local_name == "svg")?;
    let of = |wanted: &str| attributes.iter().find(|attribute| attribute.name.local_name == wanted);
    let pixels = |length: &str| {
        let number: f64 = length.trim().trim_end_matches("px").parse().ok()?;
        // Rounded; what is larger than any screen is no length.
        (0.5..100_000.0).contains(&number).then_some(number.round() as u32)
    };
    let length = |wanted: &str| pixels(&of(wanted)?.value);
    length("width").zip(length("height")).or_else(|| {
        let view: Vec<&str> = of("viewBox")?.value.split([' ', ',']).filter(|part| !part.is_empty()).collect();
        pixels(view.get(2)?).zip(pixels(view.get(3)?))
    })
}

/// What is not kept of a drawing and may have been meant, each once, in the order of the alphabet.
fn removed(bytes: &[u8]) -> Vec<String> {
    let mut removed = BTreeSet::new();
    let mut note_address = |address: &str| {
        let address = address.trim();
        if address.contains("//") && !address.starts_with("data:") {
            removed.insert("an address elsewhere".to_owned());
        }
    };
    let mut others = BTreeSet::new();
    for event in EventReader::new(bytes).into_iter().map_while(Result::ok) {
        match event {
            XmlEvent::StartElement { name, attributes, .. } => {
                if name.namespace.as_deref() == Some(SVG)
                    && matches!(name.local_name.as_str(), "script" | "foreignObject" | "iframe" | "audio" | "video")
                {
                    others.insert(format!("`<{}>`", name.local_name));
                }
                for attribute in attributes {
                    let attribute_name = &attribute.name.local_name;
                    if attribute_name.starts_with("on") && attribute.name.namespace.is_none() {
                        others.insert(format!("`{attribute_name}`"));
                    } else if attribute_name == "href" {
                        note_address(&attribute.value);
                        if attribute.value.trim().to_ascii_lowercase().starts_with("javascript:") {
                            others.insert("`javascript:`".to_owned());
                        }
                    } else if attribute.value.contains("url(") {
                        note_address(&attribute.value);
                    }
                }
            }
            XmlEvent::Characters(text) if text.contains("@import") => {
                others.insert("`@import`".to_owned());
            }
            _ => {}
        }
    }
    others.into_iter().chain(removed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(inner: &str, kept: &[&str], gone: &[&str], named: &[&str]) {
        let svg = format!(
            "<svg xmlns=\"{SVG}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 1 1\">{inner}<path d=\"M0 0\"/></svg>"
        );
        let (cleaned, removed) = clean(svg.as_bytes()).unwrap();
        let text = String::from_utf8(cleaned).unwrap();
        assert!(text.contains("M0 0"), "{text}");
        for word in kept {
            assert!(text.contains(word), "{word} in {text}");
        }
        for word in gone {
            assert!(!text.contains(word), "{word} in {text}");
        }
        assert_eq!(removed, named, "{inner}");
    }

    #[test]
    fn nothing_that_acts_or_loads_is_kept() {
        check("<title>Tea</title>", &["Tea"], &[], &[]);
        check("<script>alert(1)</script>", &[], &["alert"], &["`<script>`"]);
        check("<g onclick=\"alert(1)\" fill=\"red\"/>", &["red"], &["alert"], &["`onclick`"]);
        check("<foreignObject><p>x</p></foreignObject>", &[], &["foreignObject", "<p>"], &["`<foreignObject>`"]);
        check("<image href=\"https://other.example/a.png\"/>", &[], &["other.example"], &["an address elsewhere"]);
        check("<a href=\"javascript:alert(1)\"><g/></a>", &[], &["alert"], &["`javascript:`"]);
        check("<style>@import 'https://other.example/a.css';</style>", &[], &["other.example"], &["`@import`"]);
        check("<rect style=\"fill: url(//other.example/a)\"/>", &[], &["other.example"], &["an address elsewhere"]);
        check("<use xlink:href=\"#a\"/><!-- drawn by Pat -->", &["#a"], &["Pat"], &[]);
        check("<metadata>Pat</metadata>", &[], &["Pat"], &[]);
    }

    #[test]
    fn the_size_is_that_of_the_first_tag_or_of_the_view() {
        for (tag, expected) in [
            ("<svg width=\"40\" height=\"30px\"/>", Some((40, 30))),
            (
                "<?xml version=\"1.0\"?><svg width=\"100%\" viewBox=\"0 0 200.4,100\"><g width=\"9\"/></svg>",
                Some((200, 100)),
            ),
            ("<svg width=\"2cm\" height=\"1cm\"/>", None),
            ("<svg viewBox=\"0 0 -1 1e99\"/>", None),
            ("<html/>", None),
            ("", None),
        ] {
            assert_eq!(size_px(tag.as_bytes()), expected, "{tag}");
        }
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        for bytes in [&b""[..], b"<svg", b"<html/>", b"<svg><path/></svg>"] {
            assert!(clean(bytes).is_err(), "{}", String::from_utf8_lossy(bytes));
        }
        let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">\
                    <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">\
                    <!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&e;</svg>";
        assert!(clean(bomb.as_bytes()).is_err());
    }
}
