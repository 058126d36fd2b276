//! Codes that a phone reads with its camera (ISO/IEC 18004), as SVG.

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// Light modules around a code, on each side (ISO/IEC 18004 §6.3.8).
const QUIET_ZONE: i32 = 4;

/// An SVG of an address, dark on light whatever the reader's colours: a camera must read it. Each run of dark modules
/// is one stroke; the mask is given, because trying all eight takes most of the time and any can be read. Nothing for
/// an address that no code can hold.
pub fn qr_code(url: &str) -> Option<String> {
    let segments = QrSegment::make_segments(url);
    let (level, mask) = (QrCodeEcc::Medium, Some(Mask::new(0)));
    let code = QrCode::encode_segments_advanced(&segments, level, Version::MIN, Version::MAX, mask, true).ok()?;
    let size = code.size() + 2 * QUIET_ZONE;
    let mut svg = String::with_capacity(8192);
    svg.push_str(&format!(
        "<svg viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/>\
         <path stroke=\"#000\" d=\""
    ));
    // Formatted once: a code has hundreds of strokes.
    let numbers: Vec<String> = (0..size).map(|number| number.to_string()).collect();
    let number = |number: i32| numbers[number as usize].as_str();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
            if length > 0 {
                for piece in ["M", number(x + QUIET_ZONE), " ", number(y + QUIET_ZONE), ".5h", number(length)] {
                    svg.push_str(piece);
                }
            }
            x += length.max(1);
        }
    }
    svg.push_str("\"/></svg>");
    Some(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dots of a code, one for each module.
    fn modules(svg: &str) -> Vec<Vec<bool>> {
        let size: usize = svg.split(['"', ' ']).nth(4).unwrap().parse().unwrap();
        let mut dots = vec![vec![false; size]; size];
        let path = svg.rsplit("d=\"").next().unwrap().split('"').next().unwrap();
        for stroke in path.split('M').skip(1) {
            let numbers: Vec<usize> = stroke.split([' ', '.', 'h']).filter_map(|number| number.parse().ok()).collect();
            let [x, y, 5, length] = numbers[..] else { panic!("{stroke}") };
            dots[y][x..x + length].fill(true);
        }
        dots
    }

    #[test]
    fn a_reader_of_codes_finds_the_address() {
        let paths = ["", "events/tea-and-talk/", "cymorth/ŵyl-2026/", &"a-very-long-name/".repeat(40)];
        for url in paths.map(|path| format!("https://link.example.org/{path}")) {
            let dots = modules(&qr_code(&url).unwrap());
            let scale = 4;
            let grey = |x: usize, y: usize| if dots[y / scale][x / scale] { 0 } else { 255 };
            let mut picture = rqrr::PreparedImage::prepare_from_greyscale(dots.len() * scale, dots.len() * scale, grey);
            let found: Vec<String> = picture.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect();
            assert_eq!(found, [url]);
        }
        assert_eq!(qr_code(&"x".repeat(3000)), None);
    }
}
