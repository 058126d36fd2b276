//! One picture -> its variants: decoded once, made smaller step by step, and encoded anew without any metadata.
//!
//! 1. `shrink` decodes and makes the widest variant of what came out: the one step that needs much memory.
//! 2. Colours of another profile become sRGB, since the profile itself goes; what lies on its side is turned.
//! 3. `Small::encode` makes every variant from the next wider one.
//!
//! **Invariant:** what claims to be larger than `MAX_PIXELS` or would need more memory than `MAX_BYTES` is refused
//! before it is decoded.

use std::io::Cursor;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::variants::{Encoding, Variant, cut};
use super::{DAMAGED, Kind, exif, orientation, without_metadata};

/// Of everything beside the picture and the variant that decides on bytes; another value gives other names.
pub const ENCODER: &str = "fast_image_resize 6, webp 0.3.1, image 0.25: 2";

/// Enough for the largest pictures of telephones.
const MAX_PIXELS: u64 = 128_000_000;
/// While a picture is decoded, beside the file itself.
const MAX_BYTES: u64 = 512 * 1024 * 1024;
/// In Exif data.
const UPRIGHT: u8 = 1;
/// Out of 100: below this, skin and skies show steps.
const WEBP_QUALITY: f32 = 78.0;
const JPEG_QUALITY: u8 = 80;
/// From the best to what is still a picture: the programs that show previews pass over what is large.
const SHARE_QUALITIES: [u8; 7] = [80, 70, 60, 45, 30, 20, 10];
const SHARE_BYTES: usize = 60_000;

/// A decoded picture no wider than the widest variant, upright and in sRGB.
pub struct Small {
    width: u32,
    height: u32,
    /// Red, green, blue, and opacity where there is any, a byte each.
    pixels: Vec<u8>,
    has_alpha: bool,
    /// The file without metadata, where it is no larger than the widest variant.
    cleaned: Option<Vec<u8>>,
}

/// Decodes a picture and makes it no larger than `size_px`.
///
/// Errors: why it cannot be published, as the second half of a sentence.
pub fn shrink(bytes: Vec<u8>, size_px: (u32, u32)) -> Result<Small, String> {
    let format = match Kind::of(&bytes) {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::Webp => ImageFormat::WebP,
        Kind::Gif | Kind::Refused(_) | Kind::Other => return Err(DAMAGED.to_owned()),
    };
    let cleaned = without_metadata(bytes, format.extensions_str()[0])?;
    let (image, profile) = decode(&cleaned, format)?;
    let image_size = (image.width(), image.height());
    // The size that pages name follows from the same words of the file.
    let turned = orientation(&cleaned).unwrap_or(UPRIGHT);
    let target = if exif::lies_on_its_side(turned) { (size_px.1, size_px.0) } else { size_px };
    let has_alpha = image.color().has_alpha();
    let pixels = if has_alpha { image.into_rgba8().into_raw() } else { image.into_rgb8().into_raw() };
    let mut pixels = resized(pixels, image_size, target, has_alpha, None)?;
    if let Some(profile) = profile {
        pixels = in_srgb(pixels, &profile, has_alpha);
    }
    let mut small = Small { width: target.0, height: target.1, pixels, has_alpha, cleaned: None };
    small.turn(Orientation::from_exif(turned).unwrap_or(Orientation::NoTransforms))?;
    small.drop_alpha_of_opaque();
    let is_as_it_was = image_size == target && format == ImageFormat::Png && turned == UPRIGHT;
    small.cleaned = is_as_it_was.then_some(cleaned);
    Ok(small)
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<(DynamicImage, Option<Vec<u8>>), String> {
    let damaged = |_| DAMAGED.to_owned();
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MAX_PIXELS || decoder.total_bytes() > MAX_BYTES {
        return Err(format!(
            "it is {width} pixels wide and {height} high, and a picture may have at most {} million pixels; save it smaller",
            MAX_PIXELS / 1_000_000
        ));
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_BYTES);
    decoder.set_limits(limits).map_err(damaged)?;
    let profile = decoder.icc_profile().ok().flatten();
    Ok((DynamicImage::from_decoder(decoder).map_err(damaged)?, profile))
}

/// The pixels in another size; of a part (left, top, width, height) where one is given.
fn resized(
    pixels: Vec<u8>,
    from: (u32, u32),
    to: (u32, u32),
    has_alpha: bool,
    part: Option<(u32, u32, u32, u32)>,
) -> Result<Vec<u8>, String> {
    if from == to && part.is_none() {
        return Ok(pixels);
    }
    let damaged = |_| DAMAGED.to_owned();
    let pixel_type = if has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
    let source = ImageRef::new(from.0, from.1, &pixels, pixel_type).map_err(|_| DAMAGED.to_owned())?;
    let mut target = Image::new(to.0, to.1, pixel_type);
    let options = match part {
        Some((left, top, width, height)) => {
            ResizeOptions::new().crop(left.into(), top.into(), width.into(), height.into())
        }
        None => ResizeOptions::new(),
    };
    Resizer::new().resize(&source, &mut target, &options).map_err(damaged)?;
    Ok(target.into_vec())
}

/// The pixels in sRGB; as they are where the profile is damaged, or for colours of another kind.
fn in_srgb(pixels: Vec<u8>, profile: &[u8], has_alpha: bool) -> Vec<u8> {
    let layout = if has_alpha { Layout::Rgba } else { Layout::Rgb };
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return pixels };
    if profile.color_space != DataColorSpace::Rgb {
        return pixels;
    }
    let srgb = ColorProfile::new_srgb();
    let mut converted = vec![0; pixels.len()];
    let transform = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default());
    match transform.and_then(|transform| transform.transform(&pixels, &mut converted)) {
        Ok(()) => converted,
        Err(_) => pixels,
    }
}

impl Small {
    fn turn(&mut self, orientation: Orientation) -> Result<(), String> {
        if orientation == Orientation::NoTransforms {
            return Ok(());
        }
        let pixels = std::mem::take(&mut self.pixels);
        let image = if self.has_alpha {
            image::RgbaImage::from_raw(self.width, self.height, pixels).map(DynamicImage::ImageRgba8)
        } else {
            image::RgbImage::from_raw(self.width, self.height, pixels).map(DynamicImage::ImageRgb8)
        };
        let mut image = image.ok_or_else(|| DAMAGED.to_owned())?;
        image.apply_orientation(orientation);
        (self.width, self.height) = (image.width(), image.height());
        self.pixels = image.into_bytes();
        Ok(())
    }

    /// Opacity that is full everywhere costs bytes and says nothing.
    fn drop_alpha_of_opaque(&mut self) {
        if self.has_alpha && self.pixels.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX) {
            self.pixels = self.pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
            self.has_alpha = false;
        }
    }

    /// The bytes of every variant, in the same order.
    ///
    /// Errors: why the picture cannot be published.
    pub fn encode(mut self, variants: &[Variant]) -> Result<Vec<Vec<u8>>, String> {
        let mut order: Vec<usize> = (0..variants.len()).collect();
        // A link preview is cut from the widest; the others go from wide to narrow.
        order.sort_by_key(|&at| (variants[at].encoding != Encoding::Share, u32::MAX - variants[at].width_px, at));
        let mut encoded = vec![Vec::new(); variants.len()];
        for at in order {
            let variant = variants[at];
            if variant.encoding == Encoding::Share {
                encoded[at] = self.share(variant)?;
                continue;
            }
            let to = (variant.width_px, variant.height_px);
            if (self.width, self.height) != to {
                let pixels = std::mem::take(&mut self.pixels);
                self.pixels = resized(pixels, (self.width, self.height), to, self.has_alpha, None)?;
                (self.width, self.height) = to;
                self.cleaned = None;
            }
            encoded[at] = match variant.encoding {
                Encoding::Webp => self.webp()?,
                Encoding::Png => self.png()?,
                Encoding::Jpeg | Encoding::Share => jpeg(&self.opaque(), to, JPEG_QUALITY)?,
            };
        }
        Ok(encoded)
    }

    /// The smaller of the two kinds of WebP for what may be a drawing or a screenshot; that for photos, else.
    fn webp(&self) -> Result<Vec<u8>, String> {
        let encoder = if self.has_alpha {
            webp::Encoder::from_rgba(&self.pixels, self.width, self.height)
        } else {
            webp::Encoder::from_rgb(&self.pixels, self.width, self.height)
        };
        let failed = |error| format!("it cannot be saved as WebP ({error:?}); {DAMAGED}");
        let lossy = encoder.encode_simple(false, WEBP_QUALITY).map_err(failed)?.to_vec();
        if self.has_few_colours() {
            let lossless = encoder.encode_simple(true, WEBP_QUALITY).map_err(failed)?;
            if lossless.len() < lossy.len() {
                return Ok(lossless.to_vec());
            }
        }
        Ok(lossy)
    }

    /// Flat colours with sharp edges, which photos never have: most pixels are like their neighbour.
    fn has_few_colours(&self) -> bool {
        let length = if self.has_alpha { 4 } else { 3 };
        let mut pixels = self.pixels.chunks_exact(length);
        let Some(mut before) = pixels.next() else { return false };
        let mut same = 0_usize;
        for pixel in pixels {
            same += usize::from(pixel == before);
            before = pixel;
        }
        same * 2 > self.pixels.len() / length
    }

    fn png(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let colour = if self.has_alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive)
            .write_image(&self.pixels, self.width, self.height, colour)
            .map_err(|_| DAMAGED.to_owned())?;
        // A palette that somebody chose well is hard to beat.
        match &self.cleaned {
            Some(cleaned) if cleaned.len() < bytes.len() => Ok(cleaned.clone()),
            _ => Ok(bytes),
        }
    }

    /// On white, as on paper, where it was transparent.
    fn opaque(&self) -> Vec<u8> {
        if !self.has_alpha {
            return self.pixels.clone();
        }
        let on_white = |pixel: &[u8]| {
            let opacity = u16::from(pixel[3]);
            [0, 1, 2].map(|at| {
                let mixed = (u16::from(pixel[at]) * opacity + 255 * (255 - opacity) + 127) / 255;
                u8::try_from(mixed).unwrap_or(u8::MAX)
            })
        };
        self.pixels.chunks_exact(4).flat_map(on_white).collect()
    }

    /// The middle of the picture, in few bytes.
    fn share(&self, variant: Variant) -> Result<Vec<u8>, String> {
        let (width, height) = cut(self.width, self.height);
        let part = ((self.width - width) / 2, (self.height - height) / 2, width, height);
        let to = (variant.width_px, variant.height_px);
        let pixels = resized(self.opaque(), (self.width, self.height), to, false, Some(part))?;
        let mut bytes = Vec::new();
        for quality in SHARE_QUALITIES {
            bytes = jpeg(&pixels, to, quality)?;
            if bytes.len() <= SHARE_BYTES {
                break;
            }
        }
        Ok(bytes)
    }
}

fn jpeg(pixels: &[u8], size: (u32, u32), quality: u8) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .write_image(pixels, size.0, size.1, ExtendedColorType::Rgb8)
        .map_err(|_| DAMAGED.to_owned())?;
    Ok(bytes)
}
