//! One content file -> Document.
//!
//! 1. The path says the kind, the language and the address.
//! 2. The front matter gives the fields of every kind and of this one.
//! 3. The rest is Markdown.

use crate::codes;
use crate::config::Config;
use crate::date::When;
use crate::diagnostic::{Diagnostic, Place};
use crate::fields::{Fields, Located};
use crate::hash::Fingerprint;
use crate::model::document::{Document, Role};
use crate::model::kinds::{DRAFTS_FOLDER, Kind};
use crate::parse::markdown::labels::Labels;
use crate::parse::markdown::{self, Options, RawHtml};
use crate::parse::{fences, front_matter, house_words, leading_heading, terms};
use crate::path::{SourcePath, decode, nearest, slug};
use crate::yaml;

/// What a path says of its document.
struct Named {
    kind: Kind,
    role: Role,
    language: Option<String>,
    /// The folders of the address, the kind's own among them.
    folders: Vec<String>,
    /// The last part of the address, before it is made plain.
    stem: String,
    date: Option<When>,
}

/// Reads a document; nothing where something that must be there is missing or cannot be read.
pub fn read(
    path: &SourcePath,
    text: &str,
    fingerprint: Fingerprint,
    config: &Config,
    faults: &mut Vec<Diagnostic>,
) -> Option<Document> {
    let named = name(path, config, faults)?;
    if text.trim().is_empty() {
        let help = "write `---`, `title: ...` and `---`, each on a line of its own, then the text; or delete the file";
        let message = "the file is empty, so no page is made of it";
        faults.push(Diagnostic::new(&codes::page::EMPTY, Place::file(path), message).help(help));
        return None;
    }
    let parts = fences::split(path, text).map_err(|fault| faults.push(fault)).ok()?;
    let tree = front_matter::tree(path, text, &parts).map_err(|fault| faults.push(fault)).ok()?;
    if let Some(bytes) = &parts.front_matter {
        faults.extend(yaml::lost(path, text, bytes.clone(), &tree));
    }
    let options = Options {
        raw_html: if config.is_raw_html_trusted { RawHtml::Trust } else { RawHtml::Sanitise },
        smart_punctuation: true,
        is_searched: config.has_search,
        labels: Labels::of_language(named.language.as_deref().unwrap_or(&config.language)),
    };
    let mut fields = Fields::new(path, &tree, faults);
    let heading = if fields.has("title") { None } else { leading_heading::title(text, parts.body.clone()) };
    let fallback = heading.as_ref().map(|(title, _)| title.clone()).or_else(|| match parts.front_matter {
        Some(_) => None,
        None => Some(words_of(&named.stem)),
    });
    let mut meta = front_matter::read_meta(&mut fields, fallback);
    let slug_field = fields.located("slug");
    // The words above a list are no event or story themselves.
    let row = if named.role == Role::Page { named.kind.row() } else { Kind::Page.row() };
    let details = (row.read)(&mut fields, &config.timezone);
    let is_story = named.kind == Kind::Story && named.role == Role::Page;
    let is_astray = !is_story && report_story_fields(&mut fields);
    meta.is_date_told |= fields.is_misspelt("date");
    let known = fields.found();
    let extra = front_matter::extra_values(fields.extra(row.misplaced));
    let folder = path.in_content().split('/').next().unwrap_or_default();
    if named.kind == Kind::Page && Kind::meant_by(folder).is_some() {
        // The fields are those of the kind that the folder's name means, which is said of the folder.
        let others = faults.split_off(known);
        faults.extend(others.into_iter().filter(|fault| fault.code.id != codes::field::UNKNOWN.id));
    }
    meta.date = meta.date.or(named.date);
    if parts.front_matter.is_none() {
        let message = "the file has no front matter";
        let help = "begin it with `---`, `title: ...` and `---`, each on a line of its own";
        faults.push(Diagnostic::new(&codes::page::NO_FRONT_MATTER, Place::new(path, 0..0), message).help(help));
    }
    let url = address(path, &named, slug_field.as_ref(), config, faults)?;
    let body = heading.map_or(parts.body.clone(), |(_, after)| after..parts.body.end);
    let (mut body, found) = markdown::read(path, text, body, &options);
    faults.extend(found);
    faults.extend(house_words::check(path, text, &parts, config));
    let details = details.filter(|_| !is_astray)?;
    Some(Document {
        terms: terms::of(&meta, &details, &std::mem::take(&mut body.plain), config),
        path: path.clone(),
        fingerprint,
        kind: named.kind,
        role: named.role,
        language: named.language,
        url,
        meta,
        details,
        body,
        extra,
        provenance: None,
        file_words: if named.kind == Kind::Story { file_words(text) } else { Vec::new() },
    })
}

/// Whether a page that is no story says of whom it is or that somebody agreed: nobody would heed it there.
///
/// Reports: `story/not-in-stories`.
fn report_story_fields(fields: &mut Fields<'_, '_>) -> bool {
    let is_of_story = |key: &str| ["consent", "person"].iter().any(|name| key.eq_ignore_ascii_case(name));
    let astray = fields.take_unasked(|key, _| is_of_story(key).then_some(()));
    let Some((name, bytes, ())) = astray.into_iter().next() else { return false };
    let message = format!("the page has `{name}:` and is no story, so nobody heeds what it says");
    let help =
        "a story belongs in `content/stories/`: move the file there, or delete the field if nobody's life is told";
    fields.wrong(&codes::story::NOT_IN_STORIES, bytes, message, help);
    true
}

/// Everything in a text that could be the name of a file, in whatever field, shortcode or mistaken path it
/// stands.
fn file_words(text: &str) -> Vec<String> {
    let ends_a_name = |c: char| c.is_whitespace() || "/\\\"'`()[]{}<>,;:=|?#".contains(c);
    let words = text.split(ends_a_name).filter(|word| word.contains('.'));
    words.map(|word| decode(word).to_lowercase()).collect()
}

fn name(path: &SourcePath, config: &Config, faults: &mut Vec<Diagnostic>) -> Option<Named> {
    let inside = path.in_content();
    let kind = Kind::of_path(inside);
    let mut parts: Vec<&str> = inside.split('/').collect();
    let file = parts.pop()?;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let (stem, language) = split_language(path, stem, config, faults)?;
    let is_index = matches!(stem, "index" | "_index");
    parts.retain(|part| *part != DRAFTS_FOLDER);
    let role = match (is_index, parts.len(), kind) {
        (true, 0, _) => Role::Home,
        (true, 1, Kind::Post | Kind::Story | Kind::Event | Kind::Resource | Kind::Campaign) => {
            Role::SectionIntroduction
        }
        _ => Role::Page,
    };
    let stem = if is_index { if role == Role::Page { parts.pop()? } else { "" } } else { stem };
    let dated = front_matter::dated_name(stem).filter(|_| kind.row().has_dated_names);
    let (date, stem) = dated.map_or((None, stem), |(date, rest)| (Some(date), rest));
    Some(Named {
        kind: if role == Role::Home { Kind::Page } else { kind },
        role,
        language,
        folders: parts.into_iter().map(slug).filter(|part| !part.is_empty()).collect(),
        stem: stem.to_owned(),
        date,
    })
}

/// `name.cy` is the Welsh version of `name`, where the site has Welsh.
fn split_language<'p>(
    path: &SourcePath,
    stem: &'p str,
    config: &Config,
    faults: &mut Vec<Diagnostic>,
) -> Option<(&'p str, Option<String>)> {
    let Some((name, suffix)) = stem.rsplit_once('.') else { return Some((stem, None)) };
    let is_language = |language: &&String| {
        language.eq_ignore_ascii_case(suffix)
            || language.split('-').next().is_some_and(|l| l.eq_ignore_ascii_case(suffix))
    };
    if let Some(language) = config.languages.iter().find(is_language) {
        return Some((name, Some(language.clone())));
    }
    let looks_like_language = suffix.len() == 2 && suffix.bytes().all(|byte| byte.is_ascii_lowercase());
    if !looks_like_language || name.is_empty() {
        return Some((stem, None));
    }
    if config.language.split('-').next() == Some(suffix) {
        return Some((name, None));
    }
    let message = format!("`{suffix}` is not a language of this site, so the file is left out");
    let help = match nearest(suffix, config.languages.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{name}.{near}.md`?"),
        None => format!("add `languages: [{suffix}]` to site.yaml, or rename the file"),
    };
    faults.push(Diagnostic::new(&codes::page::UNKNOWN_LANGUAGE, Place::file(path), message).help(help));
    None
}

fn address(
    path: &SourcePath,
    named: &Named,
    slug_field: Option<&Located<String>>,
    config: &Config,
    faults: &mut Vec<Diagnostic>,
) -> Option<String> {
    let language = named.language.as_ref().filter(|language| **language != config.language);
    let mut url = String::from("/");
    for part in language.map(|language| language.to_lowercase()).iter().chain(&named.folders) {
        url.push_str(part);
        url.push('/');
    }
    if named.role != Role::Page {
        return Some(url);
    }
    let written = slug_field.map_or(named.stem.as_str(), |field| field.value.as_str());
    let last = slug(written);
    if last.is_empty() {
        let bytes = slug_field.map_or(0..0, |field| field.bytes.clone());
        let message = format!("no address can be made of `{written}`");
        let fault = Diagnostic::new(&codes::page::SLUG_EMPTY, Place::new(path, bytes), message);
        faults.push(fault.help("give the page a `slug:` with letters from a to z"));
        return None;
    }
    Some(format!("{url}{last}/"))
}

/// `tea-and-talk` as a title: `Tea and talk`.
fn words_of(stem: &str) -> String {
    let words = stem.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(|| "Untitled".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Report;
    use crate::source::{Content, Source, Sources};

    pub(in crate::parse) fn config() -> Config {
        let path = SourcePath::from("content/site.yaml");
        let text = "name: A\nurl: https://example.org\nlanguages: [cy]\n";
        let content = Content::Text(text.into());
        let mut sources = Sources::default();
        sources.insert(Arc::new(Source { path, fingerprint: Fingerprint::default(), content }));
        crate::config::read(&sources, &mut Report::default()).unwrap()
    }

    fn check(path: &str, text: &str, expected: &str) {
        let mut faults = Vec::new();
        let document = read(&SourcePath::from(path), text, Fingerprint::default(), &config(), &mut faults);
        let faults: Vec<&str> = faults.iter().map(|fault| fault.code.id).collect();
        let found =
            document.map_or_else(String::new, |d| format!("{} “{}” {:?} {:?}", d.url, d.meta.title, d.kind, d.role));
        assert_eq!(format!("{found} {faults:?}"), expected, "{path}");
    }

    #[test]
    fn the_path_gives_kind_and_address() {
        let text = "---\ntitle: A\nslug: ''\n---\nText.";
        let text = text.replace("slug: ''\n", "");
        check("content/index.md", &text, "/ “A” Page Home []");
        check("content/about.md", &text, "/about/ “A” Page Page []");
        check("content/blog/index.md", &text, "/blog/ “A” Post SectionIntroduction []");
        check("content/blog/2026/Thank You.md", &text, "/blog/2026/thank-you/ “A” Post Page []");
        check("content/blog/2026-05-21-thanks.md", &text, "/blog/thanks/ “A” Post Page []");
        check("content/blog/tea/index.md", &text, "/blog/tea/ “A” Post Page []");
        check("content/blog/_drafts/idea.md", &text, "/blog/idea/ “A” Post Page []");
        check("content/about.cy.md", &text, "/cy/about/ “A” Page Page []");
        check("content/about.en.md", &text, "/about/ “A” Page Page []");
        check("content/about.fr.md", &text, " [\"page/unknown-language\"]");
        check("content/???.md", &text, " [\"page/no-address\"]");
        check("content/x.md", "---\ntitle: A\nslug: My Own\n---\n", "/my-own/ “A” Page Page []");
    }

    #[test]
    fn a_story_lies_in_the_folder_of_stories() {
        let consent = "---\ntitle: A\nconsent: {reference: A, given: 2026-01-02, covers: [website]}\n---\nText.\n";
        let person = "---\ntitle: A\nperson: {name: Jo, identity: named}\n---\nText.\n";
        for path in
            ["story/jo.md", "blog/e.md", "stories 2026/x.md", "Success stories/x.md", "about.md", "stories/index.md"]
        {
            for text in [consent, person] {
                check(&format!("content/{path}"), text, " [\"story/not-in-stories\"]");
            }
        }
        check("content/stories/jo.md", consent, "/stories/jo/ “A” Story Page []");
    }

    #[test]
    fn files_of_other_generators_load() {
        check(
            "content/blog/a.md",
            "# Thanks *all*\n\nText",
            "/blog/a/ “Thanks all” Post Page [\"page/no-front-matter\"]",
        );
        check("content/blog/a-b.md", "Text", "/blog/a-b/ “A b” Post Page [\"page/no-front-matter\"]");
        check("content/blog/a.md", "---\r\ntitle: A\r\n---  \r\nText", "/blog/a/ “A” Post Page []");
        check("content/blog/a.md", "---\ntitle: A\n---", "/blog/a/ “A” Post Page []");
        check("content/blog/a.md", "---\ntitle: A\ntitle: B\n---\n", "/blog/a/ “B” Post Page [\"yaml/duplicate-key\"]");
        check("content/blog/a.md", "---\ndate: 2026-05-21\n---\n# Hello\n", "/blog/a/ “Hello” Post Page []");
        check(
            "content/blog/a.md",
            "---\ndate: 2026-05-21\n---\nText\n",
            "/blog/a/ “” Post Page [\"page/title-missing\"]",
        );
        check("content/blog/a.md", "+++\ntitle = 'A'\n+++\n", " [\"page/front-matter-not-yaml\"]");
        check("content/blog/a.md", "---\ntitle: A\n", " [\"yaml/fence-not-closed\"]");
    }
}
