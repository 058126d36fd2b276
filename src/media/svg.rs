//! SVG drawings without what can act, follow readers or load from elsewhere.
//!
//! `svg-hush` keeps elements and attributes that it knows to be harmless, and takes everything else out. What of that
//! somebody may have meant is named, so that a drawing which looks different is no riddle. A drawing whose styles name
//! pictures in a way that it does not look through is refused. One that is too large for a sheet of paper loses its size, so
//! that a poster is printed whole and on one sheet.

use std::collections::BTreeSet;

use svg_hush::{Filter, data_url_filter};
use xml::attribute::OwnedAttribute;
use xml::reader::{EventReader, XmlEvent};

const SVG: &str = "http://www.w3.org/2000/svg";
const NOT_WELL_FORMED: &str =
    "it is no well-formed SVG; open it in the program that it was drawn with and export it again";
const NO_NAMESPACE: &str = "it does not say that it is an SVG, so no browser shows it; write `xmlns=\"http://www.w3.org/2000/svg\"` into its first tag";
/// Functions of CSS that take an address as a plain text (CSS Images 4 §2.4, CSS Values 5 §2).
const LOADING: [&str; 4] = ["image-set(", "image(", "cross-fade(", "src("];
/// The attributes that may hold such a function.
const STYLES: [&str; 6] = ["style", "mask", "cursor", "filter", "fill", "stroke"];
/// A drawing that is larger is a mistake, or an attack.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// Width and height of what browsers put on a sheet of A4, between the margins that they leave.
const SHEET_PX: (f64, f64) = (700.0, 1000.0);
/// Units of CSS in pixels (CSS Values 4 §6.2).
const UNITS: [(&str, f64); 6] =
    [("px", 1.0), ("mm", 96.0 / 25.4), ("cm", 96.0 / 2.54), ("in", 96.0), ("pt", 96.0 / 72.0), ("pc", 16.0)];

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
    match loading(&cleaned) {
        Some(function) => Err(format!(
            "its styles use `{function}...)`, which may load pictures from elsewhere; export it without, or save it as PNG"
        )),
        None => Ok((fitted(cleaned), removed(bytes))),
    }
}

/// The function in the styles of a cleaned drawing that may load what it names; nothing there is written with escapes.
fn loading(drawing: &[u8]) -> Option<&'static str> {
    let mut is_in_style = false;
    let mut styles: Vec<String> = Vec::new();
    for event in events(drawing) {
        match event {
            XmlEvent::StartElement { name, attributes, .. } => {
                is_in_style = name.local_name == "style";
                let of_style = attributes.into_iter().filter(|it| STYLES.contains(&it.name.local_name.as_str()));
                styles.extend(of_style.map(|attribute| attribute.value.to_lowercase()));
            }
            XmlEvent::EndElement { .. } => is_in_style = false,
            XmlEvent::Characters(text) | XmlEvent::CData(text) if is_in_style => styles.push(text.to_lowercase()),
            _ => {}
        }
    }
    LOADING.into_iter().find(|function| styles.iter().any(|style| names_function(style, function)))
}

/// Whether a function stands in a style under its own name, which is not the end of a longer one.
fn names_function(style: &str, function: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    style.match_indices(function).any(|(at, _)| {
        // `-webkit-image-set(` is the same.
        function == "image-set(" || !style[..at].ends_with(is_letter)
    })
}

fn events(drawing: &[u8]) -> impl Iterator<Item = XmlEvent> {
    EventReader::new(drawing).into_iter().map_while(Result::ok)
}

/// The attributes of a drawing's first tag.
fn first_attributes(drawing: &[u8]) -> Option<Vec<OwnedAttribute>> {
    let first = events(drawing).find_map(|event| match event {
        XmlEvent::StartElement { name, attributes, .. } => Some((name, attributes)),
        _ => None,
    });
    first.filter(|(name, _)| name.local_name == "svg").map(|(_, attributes)| attributes)
}

/// A cleaned drawing; one that is too large for a sheet of paper without a size of its own, so that it fills the sheet that
/// it is printed on and the window that it is opened in (SVG 2 §8.2).
fn fitted(drawing: Vec<u8>) -> Vec<u8> {
    without_size(&drawing).map_or(drawing, String::into_bytes)
}

/// The drawing without its size, if that is too large for a sheet.
fn without_size(drawing: &[u8]) -> Option<String> {
    let attributes = first_attributes(drawing)?;
    let of = |wanted: &str| attributes.iter().find(|it| it.name.local_name == wanted).map(|it| it.value.as_str());
    let (width, height) = (of("width").and_then(length_px), of("height").and_then(length_px));
    let (most_wide, most_high) = SHEET_PX;
    if width.is_none_or(|width| width <= most_wide) && height.is_none_or(|height| height <= most_high) {
        return None;
    }
    let view = match of("viewBox") {
        Some(_) => String::new(),
        None => format!(" viewBox=\"0 0 {} {}\"", width?, height?),
    };
    let text = str::from_utf8(drawing).ok()?;
    let is_tag = |at: &usize| text[at + 1..].starts_with(char::is_alphabetic);
    let start = text.match_indices('<').map(|(at, _)| at).find(is_tag)?;
    let (before_tag, mut rest) = text.split_at(start);
    let mut fitted = before_tag.to_owned();
    // What cleaned it writes every attribute as ` name="value"`.
    while let Some((before, after)) = rest.split_once("=\"").filter(|(before, _)| !before.contains('>')) {
        let (name_at, (value, after)) = (before.rfind(' ')?, after.split_once('"')?);
        let (between, name) = before.split_at(name_at);
        fitted.push_str(between);
        if !matches!(name, " width" | " height") {
            fitted.push_str(&format!("{name}=\"{value}\""));
        }
        rest = after;
    }
    Some(fitted + &view + rest)
}

/// A length in pixels; nothing where it depends on what is around it.
fn length_px(length: &str) -> Option<f64> {
    let length = length.trim();
    let of_unit = |(unit, px): &(&str, f64)| Some(length.strip_suffix(unit)?.trim().parse::<f64>().ok()? * px);
    let length = length.parse().ok().or_else(|| UNITS.iter().find_map(of_unit))?;
    length.is_finite().then_some(length)
}

/// Width and height of a drawing in pixels: what its first tag says, or the shape of its view (SVG 2 §8.2).
pub fn size_px(bytes: &[u8]) -> Option<(u32, u32)> {
    let attributes = first_attributes(bytes)?;
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
    let mut is_in_style = false;
    for event in events(bytes) {
        match event {
            XmlEvent::StartElement { name, attributes, .. } => {
                is_in_style = name.local_name == "style";
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
                        // Browsers pass over tabs and ends of lines in an address (WHATWG URL §4.4).
                        let scheme: String = attribute.value.chars().filter(|c| !c.is_whitespace()).take(11).collect();
                        if scheme.eq_ignore_ascii_case("javascript:") {
                            others.insert("`javascript:`".to_owned());
                        }
                    } else if attribute.value.contains("url(") {
                        note_address(&attribute.value);
                    }
                }
            }
            XmlEvent::Characters(text) | XmlEvent::CData(text) if is_in_style => {
                if text.contains("@import") {
                    others.insert("`@import`".to_owned());
                }
                let addresses = text.split("url(").skip(1).filter_map(|after| after.split(')').next());
                addresses.for_each(|address| note_address(address.trim().trim_matches(['"', '\''])));
            }
            XmlEvent::EndElement { .. } => is_in_style = false,
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
        check("<style>@IMPORT '//other.example/a';</style>", &[], &["other.example"], &[]);
        check("<style>\\40import '//other.example/a';</style>", &[], &["other.example"], &[]);
        check("<style><![CDATA[a{fill: url('//other.example')}]]></style>", &[], &["other"], &["an address elsewhere"]);
        check("<g style=\"fill: u\\72l(javascript:a)\"/>", &[], &["url("], &[]);
        check("<a href=\"java&#10;script:alert(1)\"><g/></a>", &[], &["alert"], &["`javascript:`"]);
        check("<use href=\"data:image/svg+xml,&lt;svg/&gt;#x\"/>", &[], &["data:"], &[]);
        check("<a href=\"#x\"><set attributeName=\"href\" to=\"javascript:x\"/></a>", &[], &["attributeName"], &[]);
        check("<h:img xmlns:h=\"http://www.w3.org/1999/xhtml\" onerror=\"x()\"/>", &[], &["x()"], &["`onerror`"]);
        check("<x:script xmlns:x=\"http://www.w3.org/2000/svg\">alert(1)</x:script>", &[], &["alert"], &["`<script>`"]);
        check(
            "<g xml:base=\"https://other.example/\"/><?xml-stylesheet href=\"//other.example\"?>",
            &[],
            &["other"],
            &[],
        );
        check("<rect style=\"fill: url(//other.example/a)\"/>", &[], &["other.example"], &["an address elsewhere"]);
        check("<use xlink:href=\"#a\"/><!-- drawn by Pat -->", &["#a"], &["Pat"], &[]);
        check("<metadata>Pat</metadata>", &[], &["Pat"], &[]);
    }

    #[test]
    fn styles_that_load_what_a_text_names_are_refused() {
        for inner in [
            "<style>svg{background: image-set('//other.example/a' 1x)}</style>",
            "<style>svg{background: -WebKit-Image-Set(\"//other.example/a\" 1x)}</style>",
            "<g style=\"background: image-set('//other.example/a' 1x)\"/>",
            "<g mask=\"image-set('//other.example/a' 1x)\"/>",
            "<g style=\"background: src('//other.example/a')\"/>",
        ] {
            let svg = format!("<svg xmlns=\"{SVG}\">{inner}</svg>");
            let why = clean(svg.as_bytes()).expect_err(inner);
            assert!(why.contains("may load pictures from elsewhere"), "{inner}: {why}");
        }
        // What is written with escapes is taken out.
        let escaped = "svg{background: im\\61 ge-set('//other.example/a' 1x)}";
        check(&format!("<style>{escaped}</style><g mask=\"{escaped}\"/>"), &[], &["ge-set"], &[]);
        check("<text aria-label=\"image(s)\">image(s)</text>", &[">image(s)"], &[], &[]);
    }

    #[test]
    fn a_drawing_that_no_sheet_holds_has_no_size() {
        let view = "viewBox=\"0 0 1240 1754\"";
        for (given, expected) in [
            ("width=\"1240\" height=\"1754\"", view),
            (&*format!("{view} width=\"1240px\" height=\"1754px\" id=\"a\""), &*format!("{view} id=\"a\"")),
            (&*format!("width=\"210mm\" height=\"297mm\" {view}"), view),
            (&*format!("{view} height=\"1754\""), view),
            (&*format!("{view} width=\"100%\" height=\"100%\""), &*format!("{view} width=\"100%\" height=\"100%\"")),
            (view, view),
            (
                "aria-label=\"a width=\" height=\"9in\" width=\"14.5in\" viewBox=\"0 0 9 6\"",
                "aria-label=\"a width=\" viewBox=\"0 0 9 6\"",
            ),
            ("width=\"700\" height=\"1000\"", "width=\"700\" height=\"1000\""),
            ("width=\"1240\"", "width=\"1240\""),
            ("width=\"9e999\" height=\"9e999\"", "width=\"9e999\" height=\"9e999\""),
        ] {
            let svg = |attributes: &str| format!("<svg xmlns=\"{SVG}\" {attributes}><rect width=\"1240\"/></svg>");
            let attributes = |drawing: &[u8]| -> Vec<(String, String)> {
                let all = first_attributes(drawing).unwrap().into_iter();
                let mut all: Vec<_> = all.map(|it| (it.name.local_name, it.value)).collect();
                all.sort();
                all
            };
            let (cleaned, _) = clean(svg(given).as_bytes()).unwrap();
            let text = String::from_utf8_lossy(&cleaned);
            assert_eq!(attributes(&cleaned), attributes(svg(expected).as_bytes()), "{given}: {text}");
            assert!(text.contains("<rect width=\"1240\"/>") && text.trim_end().ends_with("</svg>"), "{given}: {text}");
        }
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
