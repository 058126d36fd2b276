//! In which sizes and formats a picture is shown: known from its first bytes alone, before anything is decoded.

use serde::{Deserialize, Serialize};

use super::Kind;

/// The widths of the layout in pixels: a card on a small phone, a card or a phone, the text column, and that column
/// on a fine screen.
pub const WIDTHS: [u32; 4] = [320, 640, 960, 1280];
/// The width of the one picture that programs get which know no WebP.
const PLAIN_WIDTH: u32 = 960;
/// The largest width and height that a WebP can have (RFC 9649 §2.5).
const WEBP_PX: u32 = 16_383;
/// What link previews show: Facebook, LinkedIn and WhatsApp all crop to this.
pub const SHARE_PX: (u32, u32) = (1200, 630);
/// A picture below this width makes a poor link preview.
const SHARE_FROM_PX: u32 = 600;

/// What a picture is, as far as its treatment goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Form {
    /// Without transparent parts.
    Photo,
    /// May have transparent parts or sharp edges.
    Graphic,
    /// Moves: it is published as it is.
    Moving,
    /// An SVG: it has every size already.
    Drawing,
}

/// How the bytes of a variant are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Webp,
    Jpeg,
    Png,
    /// A JPEG for link previews: cut to their shape, and of few bytes.
    Share,
}

/// One size of a picture in one format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    pub width_px: u32,
    pub height_px: u32,
    pub encoding: Encoding,
}

impl Encoding {
    pub fn extension(self) -> &'static str {
        match self {
            Encoding::Webp => "webp",
            Encoding::Jpeg | Encoding::Share => "jpg",
            Encoding::Png => "png",
        }
    }
}

/// What the first bytes of a raster picture say that it is; nothing for anything else.
pub fn form(header: &[u8]) -> Option<Form> {
    match Kind::of(header) {
        Kind::Jpeg => Some(Form::Photo),
        Kind::Gif => Some(Form::Moving),
        // APNG (PNG 3rd edition §11.3.6): `acTL` stands before the first picture data.
        Kind::Png => {
            let data = find(header, b"IDAT").unwrap_or(header.len());
            Some(if find(&header[..data], b"acTL").is_some() { Form::Moving } else { Form::Graphic })
        }
        // RFC 9649 §2.7 and §3.4: flags of the extended format, and the alpha bit of the lossless one.
        Kind::Webp => Some(match (header.get(12..16)?, header.get(20)?, header.get(24)) {
            (b"VP8X", flags, _) if flags & 0x02 != 0 => Form::Moving,
            (b"VP8X", flags, _) if flags & 0x10 != 0 => Form::Graphic,
            (b"VP8L", _, Some(last)) if last & 0x10 != 0 => Form::Graphic,
            _ => Form::Photo,
        }),
        Kind::Refused(_) | Kind::Other => None,
    }
}

/// The WebP variants of a picture of that size, narrowest first: no wider than it is, and none that is hardly
/// narrower than the next. None where the widest would be higher than a
/// WebP can be: narrow ones alone would show less than there is.
pub fn webp(size_px: (u32, u32)) -> Vec<Variant> {
    let (widest, height) = largest(size_px);
    if height > WEBP_PX {
        return Vec::new();
    }
    let narrower = WIDTHS.into_iter().filter(|width| u64::from(*width) * 5 <= u64::from(widest) * 4);
    narrower.chain([widest]).map(|width| scaled(size_px, width, Encoding::Webp)).collect()
}

/// The size of a picture of which no variant needs more.
pub fn largest(size_px: (u32, u32)) -> (u32, u32) {
    let Variant { width_px, height_px, .. } = scaled(size_px, size_px.0.min(WIDTHS[WIDTHS.len() - 1]), Encoding::Webp);
    (width_px, height_px)
}

/// What programs get that know no WebP.
pub fn plain(size_px: (u32, u32), form: Form) -> Variant {
    let encoding = if form == Form::Photo { Encoding::Jpeg } else { Encoding::Png };
    // What was drawn for a palette grows when it is made smaller.
    let widest = if form == Form::Photo { PLAIN_WIDTH } else { WIDTHS[WIDTHS.len() - 1] };
    scaled(size_px, size_px.0.min(widest), encoding)
}

/// What link previews get; nothing where the picture is too small for one.
pub fn share(size_px: (u32, u32)) -> Option<Variant> {
    let (width, height) = largest(size_px);
    let (width_px, height_px) = cut(width, height);
    let width_px = width_px.min(SHARE_PX.0);
    let height_px = if width_px == SHARE_PX.0 { SHARE_PX.1 } else { height_px };
    (width_px >= SHARE_FROM_PX).then_some(Variant { width_px, height_px, encoding: Encoding::Share })
}

/// The largest part of that shape that fits into a picture.
pub fn cut(width: u32, height: u32) -> (u32, u32) {
    let (wide, high) = (u64::from(SHARE_PX.0), u64::from(SHARE_PX.1));
    let part = |length: u32, of: u64, to: u64| u32::try_from(u64::from(length) * to / of).unwrap_or(length).max(1);
    if u64::from(width) * high > u64::from(height) * wide {
        (part(height, high, wide).min(width), height)
    } else {
        (width, part(width, wide, high).min(height))
    }
}

fn scaled((width, height): (u32, u32), to: u32, encoding: Encoding) -> Variant {
    let (own, to_wide) = (u64::from(width.max(1)), u64::from(to));
    let height_px = (u64::from(height) * to_wide + own / 2) / own;
    Variant { width_px: to.max(1), height_px: u32::try_from(height_px).unwrap_or(u32::MAX).max(1), encoding }
}

fn find(bytes: &[u8], name: &[u8; 4]) -> Option<usize> {
    bytes.windows(4).position(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_variant_is_wider_than_the_picture_or_hardly_narrower_than_the_next() {
        for (size, expected) in [
            ((4000, 3000), &[(320, 240), (640, 480), (960, 720), (1280, 960)][..]),
            ((1280, 10), &[(320, 3), (640, 5), (960, 8), (1280, 10)]),
            ((1000, 500), &[(320, 160), (640, 320), (1000, 500)]),
            ((330, 330), &[(330, 330)]),
            ((1, 9000), &[(1, 9000)]),
            ((1080, 20_000), &[]),
            ((10, 20_000), &[]),
        ] {
            let sizes: Vec<_> = webp(size).iter().map(|variant| (variant.width_px, variant.height_px)).collect();
            assert_eq!(sizes, expected, "{size:?}");
        }
        assert_eq!(
            plain((4000, 3000), Form::Photo),
            Variant { width_px: 960, height_px: 720, encoding: Encoding::Jpeg }
        );
        assert_eq!(plain((100, 50), Form::Graphic), Variant { width_px: 100, height_px: 50, encoding: Encoding::Png });
    }

    #[test]
    fn link_previews_have_their_shape_and_are_never_enlarged() {
        let share = |size| share(size).map(|variant| (variant.width_px, variant.height_px));
        assert_eq!(share((4000, 3000)), Some((1200, 630)));
        assert_eq!(share((3000, 4000)), Some((1200, 630)));
        assert_eq!(share((800, 600)), Some((800, 420)));
        assert_eq!(share((1280, 400)), Some((761, 400)));
        assert_eq!(share((500, 400)), None);
    }

    #[test]
    fn what_moves_is_known_by_its_first_bytes() {
        let png = |chunk: &[u8]| [b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", chunk, b"IDAT"].concat();
        for (header, expected) in [
            (b"\xFF\xD8\xFF\xE0".to_vec(), Some(Form::Photo)),
            (png(b""), Some(Form::Graphic)),
            (png(b"acTL"), Some(Form::Moving)),
            (b"GIF89a".to_vec(), Some(Form::Moving)),
            (b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\x02\0\0\0\0".to_vec(), Some(Form::Moving)),
            (b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\x10\0\0\0\0".to_vec(), Some(Form::Graphic)),
            (b"RIFF\0\0\0\0WEBPVP8L\x0A\0\0\0\x2F\0\0\0\x10".to_vec(), Some(Form::Graphic)),
            (b"RIFF\0\0\0\0WEBPVP8 \x0A\0\0\0\0\0\0\0\0".to_vec(), Some(Form::Photo)),
            (b"%PDF".to_vec(), None),
        ] {
            assert_eq!(form(&header), expected, "{header:?}");
        }
    }
}
