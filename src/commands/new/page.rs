//! A page of any kind, with its fields explained.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::bail;
use jiff::civil::Date;

use crate::cli::Outcome;
use crate::model::kinds::{KINDS, Kind};
use crate::path::slug;

use super::words::{dates, fill, yaml};

/// The fields that every kind has.
const EVERY_PAGE: &str = include_str!("every_page.yaml");

/// Pages that the site makes by itself, beside the lists of the kinds.
const MADE_BY_THE_SITE: [&str; 6] = ["areas", "categories", "needs", "site-map", "subscribe", "tags"];

/// A longer name would be hard to read in an address, and some systems refuse it.
const LONGEST_SLUG: usize = 80;

/// Makes `content/<folder>/<slug>.md` below `root`.
///
/// Errors: a title without a letter or digit, an address that is taken, what the disk says.
pub fn make(root: &Path, kind: Kind, title: &str, today: Date) -> anyhow::Result<Outcome> {
    let title = title.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let title = title.collect::<Vec<_>>().join(" ");
    let slug = short(&slug(&title));
    if slug.is_empty() {
        bail!("no file name can be made of the title `{title}`: it needs a letter or a digit");
    }
    refuse_address_of_ours(kind, &slug)?;
    let folder = kind.row().folder.map_or_else(|| root.join("content"), |folder| root.join("content").join(folder));
    if let Some(taken) = taken(&folder, &slug) {
        bail!(
            "{} is there already and has the same address; open that file, or choose another title",
            without_dot(&taken).display()
        );
    }
    let file_name = if kind == Kind::Post { format!("{today}-{slug}.md") } else { format!("{slug}.md") };
    let path = folder.join(file_name);
    super::write(&path, &text(kind, &title, &slug, today)?)?;
    let consent = match kind {
        Kind::Story => " It is also held back until the person has signed a form and `consent:` is filled in.",
        _ => "",
    };
    let stderr = format!("It is a draft: nobody sees it until you take `draft: true` out.{consent}\n");
    Ok(Outcome { stdout: format!("{}\n", without_dot(&path).display()), stderr, exit_code: 0 })
}

/// Errors: an address that the site gives to a page of its own.
fn refuse_address_of_ours(kind: Kind, slug: &str) -> anyhow::Result<()> {
    if slug == "index" {
        bail!("a file named index.md holds the words above a list; give the {} another title", kind.name());
    }
    if kind == Kind::Event && slug == "past" {
        bail!("/events/past/ is the list of past events; give the event another title");
    }
    if kind == Kind::Page && KINDS.iter().any(|row| row.folder == Some(slug)) {
        bail!(
            "/{slug}/ is the address of a list that the site makes by itself. To write words above the list, make \
             content/{slug}/index.md; for another page, choose another title"
        );
    }
    if kind == Kind::Page && MADE_BY_THE_SITE.contains(&slug) {
        bail!("/{slug}/ is the address of a page that the site makes by itself; choose another title");
    }
    Ok(())
}

fn text(kind: Kind, title: &str, slug: &str, today: Date) -> anyhow::Result<String> {
    let template = match kind {
        Kind::Post => include_str!("post.md"),
        Kind::Story => include_str!("story.md"),
        Kind::Event => include_str!("event.md"),
        Kind::Resource => include_str!("resource.md"),
        Kind::Campaign => include_str!("campaign.md"),
        Kind::Page => include_str!("page.md"),
    };
    let mut words = dates(today)?;
    words.push(("slug", slug.to_owned()));
    words.push(("title", yaml(title)));
    words.push(("every_page", fill(EVERY_PAGE, &words)));
    Ok(fill(template, &words))
}

/// Cuts a slug between two words.
fn short(slug: &str) -> String {
    let Some(start) = slug.get(..LONGEST_SLUG).filter(|_| slug.len() > LONGEST_SLUG) else { return slug.to_owned() };
    start.rsplit_once('-').map_or(start, |(words, _)| words).to_owned()
}

/// The file or folder that has the address already, whatever date stands in front of its name.
fn taken(folder: &Path, slug_wanted: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths.into_iter().find(|path| {
        let is_content = if path.is_dir() {
            path.join("index.md").is_file()
        } else {
            path.extension().is_some_and(|extension| extension == "md" || extension == "markdown")
        };
        let stem = if path.is_dir() { path.file_name() } else { path.file_stem() };
        let stem = stem.map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        is_content && slug(without_date(&stem)) == slug_wanted
    })
}

/// `2026-05-21-thank-you` without its date.
fn without_date(stem: &str) -> &str {
    let date = stem.get(..10).filter(|date| date.parse::<Date>().is_ok());
    date.and_then(|date| stem.strip_prefix(date)?.strip_prefix('-')).unwrap_or(stem)
}

fn without_dot(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn no_name_is_left_unfilled() {
        for row in KINDS {
            let text = text(row.kind, "Tea: and \"talk\"", "tea-and-talk", date(2026, 11, 23)).unwrap();
            assert!(text.contains("\ntitle: 'Tea: and \"talk\"'\n"), "{text}");
            assert!(!text.contains("{every") && !text.contains("{today") && !text.contains("{start"), "{text}");
        }
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        assert_eq!(short("tea-and-talk"), "tea-and-talk");
        let long = short(&"tea-".repeat(60));
        assert!(long.len() <= LONGEST_SLUG && long.ends_with("tea"), "{long}");
        assert_eq!(short(&"a".repeat(200)).len(), LONGEST_SLUG);
    }

    #[test]
    fn a_date_in_front_of_a_name_is_no_part_of_its_address() {
        assert_eq!(without_date("2026-05-21-thank-you"), "thank-you");
        assert_eq!(without_date("2026-05-41-thank-you"), "2026-05-41-thank-you");
        assert_eq!(without_date("tea"), "tea");
    }
}
