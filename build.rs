//! What must be there before the program is compiled.
//!
//! 1. `FINGERPOST_BUILD` names the program after its sources: what another program wrote is made again.
//! 2. `OUT_DIR/scripts` holds the scripts of the built-in theme, minified part by part. A site's own part may stand among
//!    them, so names that a part shows to others stay.
//!
//! A script that is not JavaScript ends the compilation, with its place.

#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "reads the sources, and tells cargo what is wrong")]

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_mangler::{MangleOptions, Mangler};
use oxc_parser::Parser;
use oxc_span::SourceType;

const ASSETS: &str = "themes/waymark/assets";

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for folder in ["src", "themes/waymark"] {
        println!("cargo::rerun-if-changed={folder}");
        for path in files(Path::new(folder))? {
            path.hash(&mut hasher);
            fs::read(&path)?.hash(&mut hasher);
        }
    }
    println!("cargo::rustc-env=FINGERPOST_BUILD={:016x}", hasher.finish());

    let scripts = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("scripts");
    if scripts.exists() {
        fs::remove_dir_all(&scripts)?;
    }
    for path in files(Path::new(ASSETS))? {
        if path.extension().is_some_and(|extension| extension == "js") {
            let target = scripts.join(path.strip_prefix(ASSETS).unwrap_or(&path));
            fs::create_dir_all(target.parent().unwrap_or(&scripts))?;
            fs::write(target, minified(&path)?)?;
        }
    }
    Ok(())
}

/// The files in a folder and below it, in the order of their names.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(|entry| entry.file_name());
    let mut files = Vec::new();
    for path in entries.iter().map(fs::DirEntry::path) {
        if path.is_dir() { files.extend(self::files(&path)?) } else { files.push(path) }
    }
    Ok(files)
}

/// A part of a script without comments and needless space, and with short names for whatever only it knows.
fn minified(path: &Path) -> io::Result<String> {
    let script = fs::read_to_string(path)?;
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &script, SourceType::script()).parse();
    for fault in &parsed.diagnostics {
        eprintln!("{}\n{}", path.display(), fault.clone().render_with_source_code(script.clone()));
    }
    if !parsed.diagnostics.is_empty() {
        return Err(io::Error::other("a script of the built-in theme is not JavaScript"));
    }
    let options = MangleOptions { top_level: Some(false), ..MangleOptions::default() };
    let names = Mangler::new().with_options(options).build(&parsed.program).scoping;
    let options = CodegenOptions::minify();
    Ok(Codegen::new().with_options(options).with_scoping(Some(names)).build(&parsed.program).code)
}
