//! A starter site: the settings with every key explained, the pages that every site needs, and one example
//! of each kind.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use jiff::civil::Date;

use crate::cli::Outcome;

use super::words::{dates, fill, yaml};

/// (path below the folder, text)
const FILES: &[(&str, &str)] = &[
    (".gitignore", include_str!("site/gitignore")),
    ("README.md", include_str!("site/README.md")),
    ("content/site.yaml", include_str!("site/content/site.yaml")),
    ("content/venues.yaml", include_str!("site/content/venues.yaml")),
    ("content/index.md", include_str!("site/content/index.md")),
    ("content/about.md", include_str!("site/content/about.md")),
    ("content/contact.md", include_str!("site/content/contact.md")),
    ("content/privacy.md", include_str!("site/content/privacy.md")),
    ("content/accessibility.md", include_str!("site/content/accessibility.md")),
    ("content/blog/{today}-example-post.md", include_str!("site/content/blog/example-post.md")),
    ("content/stories/example-story.md", include_str!("site/content/stories/example-story.md")),
    ("content/events/example-tea-and-talk.md", include_str!("site/content/events/example-tea-and-talk.md")),
    ("content/resources/example-money-advice.md", include_str!("site/content/resources/example-money-advice.md")),
    ("content/campaigns/example-thank-you-day.md", include_str!("site/content/campaigns/example-thank-you-day.md")),
];

/// Makes a site in a folder that is empty or not there yet.
///
/// Errors: a folder that holds something, what the disk says.
pub fn make(folder: &Path, today: Date) -> anyhow::Result<Outcome> {
    let shown = folder.display();
    if folder.exists() && !folder.is_dir() {
        bail!("{shown} is a file, and a site needs a folder; choose another name");
    }
    if let Some(name) = first_entry(folder)? {
        bail!("the folder {shown} is not empty: it holds {name}. Nothing was written; choose a new or empty folder");
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {shown}"))?;
    let full = folder.canonicalize().with_context(|| format!("cannot open {shown}"))?;
    let name = name_of(&full.file_name().map(|name| name.to_string_lossy()).unwrap_or_default());
    let mut words = dates(today)?;
    words.push(("name", yaml(&name)));
    words.push(("welcome", yaml(&format!("Welcome to {name}"))));
    words.push(("name_plain", name.clone()));
    for (path, text) in FILES {
        super::write(&folder.join(fill(path, &words)), &fill(text, &words))?;
    }
    let step_in = if folder == Path::new(".") { String::new() } else { format!("  cd {}\n", in_shell(folder)) };
    let stdout = format!(
        "Made the site “{name}” in {shown}. What to do next:\n\n\
         {step_in}  \
           fingerpost build                     makes the site in public/\n  \
           fingerpost new event \"Tea and talk\"  starts an event\n\n\
         Then open content/site.yaml and write who you are and where the site will be found.\n\
         README.md says the rest.\n"
    );
    Ok(Outcome { stdout, ..Outcome::default() })
}

/// The name of something in a folder, its Git repository apart; nothing where it is empty or not there.
fn first_entry(folder: &Path) -> anyhow::Result<Option<String>> {
    if !folder.exists() {
        return Ok(None);
    }
    let entries = fs::read_dir(folder).with_context(|| format!("cannot look into {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names.into_iter().find(|name| name != ".git"))
}

/// `our-service` as a name for readers: `Our service`.
fn name_of(folder: &str) -> String {
    let words: Vec<&str> = folder
        .split(|c: char| c.is_whitespace() || c.is_control() || "-_".contains(c))
        .filter(|w| !w.is_empty())
        .collect();
    let name = words.join(" ");
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Our service".to_owned(),
    }
}

fn in_shell(folder: &Path) -> String {
    let path = folder.display().to_string();
    if path.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c)) {
        path
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_the_site_its_name() {
        assert_eq!(name_of("our-service"), "Our service");
        assert_eq!(name_of("Kelder_Link"), "Kelder Link");
        assert_eq!(name_of("élan"), "Élan");
        assert_eq!(name_of("--"), "Our service");
    }
}
