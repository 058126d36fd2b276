//! However many large pictures a site has, a build holds one of them at a time.
//!
//! The bytes that the program holds are counted, not what the system gave it; for that this test is a process of its own.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test writes its own site, and fails by panicking"
)]

use std::alloc::System;
use std::fs;
use std::io::Cursor;

use cap::Cap;
use fingerpost::assemble::Drafts;
use fingerpost::diagnostic::Report;
use fingerpost::load::Look;
use fingerpost::pipeline::{self, Cache, Project};
use fingerpost::publish;
use image::{ImageFormat, RgbImage};

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Twenty million pixels: as many as a good camera has.
const SIZE_PX: (u32, u32) = (5000, 4000);
/// Three bytes a pixel.
const DECODED: usize = 60_000_000;
const PICTURES: usize = 2;

#[test]
fn one_large_picture_is_decoded_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("content/media")).unwrap();
    fs::write(root.join("content/site.yaml"), "name: Mill\nurl: https://mill.example.org\n").unwrap();
    let mut text = "---\ntitle: About\nsummary: Us.\n---\n".to_owned();
    for picture in 0..PICTURES {
        let mut bytes = Vec::new();
        let row: Vec<u8> = (0..SIZE_PX.0).flat_map(|x| [picture as u8, (x / 64) as u8, 90]).collect();
        let pixels = RgbImage::from_vec(SIZE_PX.0, SIZE_PX.1, row.repeat(SIZE_PX.1 as usize)).unwrap();
        pixels.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        fs::write(root.join(format!("content/media/{picture}.png")), bytes).unwrap();
        text.push_str(&format!("![Shades](media/{picture}.png)\n\n"));
    }
    fs::write(root.join("content/about.md"), text).unwrap();

    // Two of them would be more.
    assert_eq!(build_with_at_most(2 * DECODED - 1, root), PICTURES * 5);
}

/// How many files of pictures come out where the program may hold so many bytes more than now. Where that is not enough,
/// the process ends.
fn build_with_at_most(bytes: usize, root: &std::path::Path) -> usize {
    MEMORY.set_limit(MEMORY.allocated() + bytes).unwrap();
    let now = "2026-06-01T11:00:00Z".parse().unwrap();
    let project = Project { root, now, drafts: Drafts::LeftOut, look: Look::Everywhere };
    let finished = pipeline::run(&project, &mut Cache::default(), &mut |_| {}).unwrap();
    let mut report = Report::default();
    let output = root.join("public");
    publish::publish(&finished.planned.unwrap(), &output, None, &publish::Deaf, &mut report).unwrap();
    assert!(report.is_empty());
    MEMORY.set_limit(usize::MAX).unwrap();
    fs::read_dir(output.join("assets/pictures")).unwrap().count()
}
