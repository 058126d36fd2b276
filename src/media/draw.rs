//! Words and boxes as a PNG of sixteen colours: link previews and icons.
//!
//! Eight shades lead from the paper to the ink, eight from the colour of a box to the words in it. That is enough for
//! smooth letters, and a picture of 1200 by 630 dots takes a millisecond and about 20 kB.
//!
//! The letters are those of Atkinson Hyperlegible Next, made for readers with low vision by the Braille Institute, cut
//! down to the alphabets of western and central Europe, Welsh among them (`letters/OFL.txt`).

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont, point};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use crate::contrast::{Colour, WHITE};

static REGULAR: &[u8] = include_bytes!("letters/regular.ttf");
static BOLD: &[u8] = include_bytes!("letters/bold.ttf");

/// Of all that decides how a picture looks beside the words in it.
pub const DRAWING: u32 = 1;

const PAPER: Colour = WHITE;
const INK: Colour = Colour { red: 0x21, green: 0x2b, blue: 0x32 };
const BLACK: Colour = Colour { red: 0x0b, green: 0x0c, blue: 0x0c };
/// Steps of a ramp beside its beginning.
const STEPS: u8 = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// What words stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Paper,
    Box,
}

impl Ground {
    /// The first of its eight colours.
    fn first(self) -> u8 {
        match self {
            Ground::Paper => 0,
            Ground::Box => STEPS + 1,
        }
    }
}

/// A sheet of paper.
pub struct Sheet {
    width: u32,
    height: u32,
    /// A colour for each dot, row by row.
    dots: Vec<u8>,
    palette: Vec<u8>,
    fonts: Option<[FontRef<'static>; 2]>,
}

/// Whether all of a text can be written.
pub fn can_write(text: &str) -> bool {
    FontRef::try_from_slice(BOLD)
        .is_ok_and(|font| text.chars().all(|sign| sign.is_whitespace() || font.glyph_id(sign).0 != 0))
}

impl Sheet {
    /// White paper; boxes have that colour (`#0b5563`; that of ink where it is none), and words in them are white or black, whichever stands out.
    pub fn new(width: u32, height: u32, colour: &str) -> Self {
        let colour = Colour::parse(colour).unwrap_or(INK);
        let words = if colour.contrast(BLACK) > colour.contrast(PAPER) { BLACK } else { PAPER };
        let ramp = |from: Colour, to: Colour| {
            (0..=STEPS).flat_map(move |step| {
                [(from.red, to.red), (from.green, to.green), (from.blue, to.blue)].map(|(from, to)| {
                    let (from, to, step) = (u16::from(from), u16::from(to), u16::from(step));
                    let steps = u16::from(STEPS);
                    u8::try_from((from * (steps - step) + to * step + steps / 2) / steps).unwrap_or(u8::MAX)
                })
            })
        };
        let fonts = FontRef::try_from_slice(REGULAR).ok().zip(FontRef::try_from_slice(BOLD).ok());
        Sheet {
            width,
            height,
            dots: vec![0; width as usize * height as usize],
            palette: ramp(PAPER, INK).chain(ramp(colour, words)).collect(),
            fonts: fonts.map(|(regular, bold)| [regular, bold]),
        }
    }

    /// Fills a part of the sheet with the colour of boxes.
    pub fn fill(&mut self, left: u32, top: u32, width: u32, height: u32) {
        let sheet_width = self.width as usize;
        let (left, right) = (left.min(self.width) as usize, (left + width).min(self.width) as usize);
        for row in self.dots.chunks_mut(sheet_width).skip(top as usize).take(height as usize) {
            row[left..right].fill(Ground::Box.first());
        }
    }

    /// How wide a text is in dots.
    pub fn width_of(&self, text: &str, size: f32, weight: Weight) -> f32 {
        let Some(font) = self.font(weight) else { return 0.0 };
        let font = font.as_scaled(PxScale::from(size));
        let mut width = 0.0;
        let mut before = None;
        for sign in text.chars() {
            let id = font.glyph_id(sign);
            width += font.h_advance(id) + before.map_or(0.0, |before| font.kern(before, id));
            before = Some(id);
        }
        width
    }

    /// Writes one line; `baseline` is what the letters stand on.
    pub fn write(&mut self, text: &str, left: f32, baseline: f32, size: f32, weight: Weight, ground: Ground) {
        let Some(font) = self.font(weight).cloned() else { return };
        let scale = PxScale::from(size);
        let scaled = font.as_scaled(scale);
        let mut at = left;
        let mut before = None;
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(text.len());
        for sign in text.chars() {
            let id = scaled.glyph_id(sign);
            at += before.map_or(0.0, |before| scaled.kern(before, id));
            glyphs.push(id.with_scale_and_position(scale, point(at, baseline)));
            at += scaled.h_advance(id);
            before = Some(id);
        }
        let (width, height) = (self.width as usize, self.height as usize);
        for outline in glyphs.into_iter().filter_map(|glyph| font.outline_glyph(glyph)) {
            let bounds = outline.px_bounds();
            let (x, y) = (bounds.min.x as i64, bounds.min.y as i64);
            outline.draw(|dx, dy, cover| {
                let place = usize::try_from(x + i64::from(dx)).ok().zip(usize::try_from(y + i64::from(dy)).ok());
                let Some((x, y)) = place.filter(|(x, y)| *x < width && *y < height) else { return };
                let step = (cover.clamp(0.0, 1.0) * f32::from(STEPS) + 0.5) as u8;
                let dot = &mut self.dots[y * width + x];
                *dot = (*dot).max(ground.first() + step);
            });
        }
    }

    /// The lines of a text that fit into `width` dots, at most `limit`; the last ends in `…` where there were more.
    pub fn lines(&self, text: &str, width: f32, size: f32, weight: Weight, limit: usize) -> (Vec<String>, bool) {
        let fits = |line: &str| self.width_of(line, size, weight) <= width;
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if fits(&longer) {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            // A word that is wider than the sheet is cut where it must be.
            for sign in word.chars() {
                if !line.is_empty() && !fits(&format!("{line}{sign}")) {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(sign);
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        let is_whole = lines.len() <= limit;
        if !is_whole {
            lines.truncate(limit);
            if let Some(last) = lines.last_mut() {
                while !last.is_empty() && !fits(&format!("{last}…")) {
                    last.pop();
                }
                *last = format!("{}…", last.trim_end());
            }
        }
        (lines, is_whole)
    }

    /// The sheet as PNG.
    pub fn png(&self) -> Vec<u8> {
        let row_length = (self.width as usize).div_ceil(2);
        let mut packed = Vec::with_capacity(row_length * self.height as usize);
        for row in self.dots.chunks(self.width as usize) {
            packed.extend(row.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)));
        }
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Four);
        encoder.set_palette(self.palette.as_slice());
        encoder.set_compression(Compression::Fast);
        encoder.set_filter(Filter::Up);
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&packed));
        // Writing into memory cannot fail.
        if written.is_err() { Vec::new() } else { bytes }
    }

    fn font(&self, weight: Weight) -> Option<&FontRef<'static>> {
        self.fonts.as_ref().map(|fonts| &fonts[usize::from(weight == Weight::Bold)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn welsh_can_be_written_and_arabic_cannot() {
        assert!(can_write("Tŷ Gŵyr – tea & ‘talk’ … €5"));
        assert!(!can_write("مرحبا"));
        assert!(!can_write("Tea ☕"));
    }

    #[test]
    fn lines_break_between_words_and_the_last_says_that_there_is_more() {
        let sheet = Sheet::new(1200, 630, "#0b5563");
        let (lines, is_whole) = sheet.lines("Tea and talk at the mill", 300.0, 40.0, Weight::Bold, 4);
        assert!(is_whole && lines.len() > 1, "{lines:?}");
        assert_eq!(lines.join(" "), "Tea and talk at the mill");
        let (lines, is_whole) = sheet.lines("Tea and talk at the mill on every Tuesday", 300.0, 40.0, Weight::Bold, 2);
        assert!(!is_whole && lines.len() == 2 && lines[1].ends_with('…'), "{lines:?}");
        let (lines, _) = sheet.lines(&"a".repeat(200), 300.0, 40.0, Weight::Bold, 9);
        assert!(lines.iter().all(|line| sheet.width_of(line, 40.0, Weight::Bold) <= 300.0), "{lines:?}");
        assert_eq!(sheet.lines("", 300.0, 40.0, Weight::Bold, 2), (Vec::new(), true));
    }

    #[test]
    fn words_stand_out_from_every_colour() {
        let check = |colour: &str, expected: Colour| {
            let sheet = Sheet::new(1, 1, colour);
            let Colour { red, green, blue } = expected;
            assert_eq!(sheet.palette[sheet.palette.len() - 3..], [red, green, blue], "{colour}");
        };
        check("#ffdd00", BLACK);
        check("#ffffff", BLACK);
        check("#0b5563", PAPER);
        check("#0b0c0c", PAPER);
    }

    #[test]
    fn what_is_drawn_reads_back() {
        let mut sheet = Sheet::new(301, 101, "#0b5563");
        sheet.fill(0, 0, 301, 50);
        sheet.write("ŵ", 10.0, 40.0, 40.0, Weight::Bold, Ground::Box);
        sheet.write("ŷ", -10.0, 200.0, 40.0, Weight::Regular, Ground::Paper);
        let picture = image::load_from_memory(&sheet.png()).unwrap().into_rgb8();
        assert_eq!((picture.width(), picture.height()), (301, 101));
        assert_eq!(picture.get_pixel(299, 10).0, [0x0b, 0x55, 0x63]);
        assert!(picture.pixels().any(|dot| dot.0 == [0xff; 3]));
    }
}
