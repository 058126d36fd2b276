//! The theme in use: templates and assets, compiled.
//!
//! 1. `files` lays the site's own theme folder over the built-in theme: a file of the same name
//!    replaces the built-in one.
//! 2. Folders of parts become one style sheet or script each (`bundles`).
//! 3. The name of every asset gets its content hash; style sheets that name other assets name them so.
//! 4. `Theme::compile` puts the words of the site's language into the templates, compiles them and gives each a
//!    fingerprint: of its text with its words, of every template that it names, and of those shared values that
//!    it names.
//! 5. What is the same on every page, the templates in `shared/`, is rendered once and for all.
//!
//! **Invariant:** a template sees nothing but its context, the shared values, `words`, `asset(path=...)` and the filters.

mod bundles;
mod colour;
mod mistakes;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::codes::{Code, theme as codes};
use crate::contrast::Colour;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::hash::{Fingerprint, lasting_name};
use crate::media::qr_code::qr_code;
use crate::path::{OutputPath, SourcePath, absolute, join, nearest};
use crate::source::{Content, Sources};
use crate::words::Words;

use self::bundles::Raw;
use self::words::Resolved;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/waymark");
/// Its scripts, by the names of assets, as `build.rs` has minified them.
static BUILT_IN_SCRIPTS: Dir<'_> = include_dir!("$OUT_DIR/scripts");

/// The folder of the built site that holds the theme's assets.
const ASSETS_FOLDER: &str = "assets";
/// The folder of the templates that see the shared values only.
const SHARED_FOLDER: &str = "shared/";

/// The files of a theme, before compilation.
#[derive(Clone, Debug, Default)]
pub struct ThemeFiles {
    /// By name: `post.html`, `components/callout.html`.
    pub templates: BTreeMap<String, TemplateFile>,
    /// By name: `css/site.css`.
    pub assets: BTreeMap<String, Asset>,
}

/// The text of a template.
#[derive(Clone, Debug)]
pub struct TemplateFile {
    pub text: Arc<str>,
    /// Nothing for a built-in one.
    pub source: Option<SourcePath>,
}

/// A style sheet, font or picture of the theme.
#[derive(Clone, Debug)]
pub struct Asset {
    /// With the content hash in its name.
    pub path: OutputPath,
    pub bytes: Arc<[u8]>,
    pub fingerprint: Fingerprint,
    pub source: Option<SourcePath>,
}

/// Values that every template may name.
#[derive(Clone, Debug, Default)]
pub struct Shared(BTreeMap<&'static str, (Value, Fingerprint)>);

impl Shared {
    pub fn insert<V: serde::Serialize + std::hash::Hash>(&mut self, name: &'static str, value: &V) {
        self.0.insert(name, (Value::from_serializable(value), Fingerprint::of(value)));
    }

    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }
}

/// Lays the site's own files over the built-in ones; the style sheet takes the team's colour.
pub fn files(sources: &Sources, theme: &str, colour: Option<Colour>) -> ThemeFiles {
    let mut templates = BTreeMap::new();
    let mut assets = BTreeMap::new();
    built_in(&BUILT_IN, &mut |path, bytes| {
        if let Some(name) = path.strip_prefix("templates/") {
            let text = String::from_utf8_lossy(bytes).into();
            templates.insert(name.to_owned(), TemplateFile { text, source: None });
        } else if let Some(name) = path.strip_prefix("assets/") {
            bundles::lay_over(&mut assets, name, (bytes.into(), None));
        }
    });
    built_in(&BUILT_IN_SCRIPTS, &mut |name, bytes| bundles::lay_over(&mut assets, name, (bytes.into(), None)));
    let folder = format!("themes/{theme}/");
    for source in sources.others.values() {
        let Some(path) = source.path.as_str().strip_prefix(&folder) else { continue };
        match (&source.content, path.strip_prefix("templates/"), path.strip_prefix("assets/")) {
            (Content::Text(text), Some(name), _) => {
                let source = Some(source.path.clone());
                templates.insert(name.to_owned(), TemplateFile { text: Arc::clone(text), source });
            }
            // A copy that changes nothing is the built-in script.
            (Content::Bytes(bytes), _, Some(name)) if BUILT_IN_SCRIPTS.contains(name) && is_built_in(path, bytes) => {}
            (Content::Bytes(bytes), _, Some(name)) => {
                bundles::lay_over(&mut assets, name, (Arc::clone(bytes), Some(source.path.clone())));
            }
            _ => {}
        }
    }
    if let Some(colour) = colour {
        colour::lay_over(&mut assets, colour);
    }
    ThemeFiles { templates, assets: with_hashes(bundles::join(assets)) }
}

fn is_built_in(path: &str, bytes: &[u8]) -> bool {
    BUILT_IN.get_file(path).is_some_and(|file| file.contents() == bytes)
}

fn built_in(folder: &Dir<'_>, visit: &mut impl FnMut(&str, &[u8])) {
    for file in folder.files() {
        visit(&file.path().to_string_lossy().replace('\\', "/"), file.contents());
    }
    for inner in folder.dirs() {
        built_in(inner, visit);
    }
}

/// Style sheets come last, because they name the others.
fn with_hashes(files: BTreeMap<String, Raw>) -> BTreeMap<String, Asset> {
    let mut assets = BTreeMap::new();
    let (styles, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| name.ends_with(".css"));
    for (name, (bytes, source)) in others.into_iter().chain(styles) {
        let bytes = match std::str::from_utf8(&bytes) {
            Ok(css) if name.ends_with(".css") => with_hashed_names(css, &name, &assets).into_bytes().into(),
            _ => bytes,
        };
        let fingerprint = Fingerprint::of_bytes(&bytes);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        let path = OutputPath::new(format!("{ASSETS_FOLDER}/{stem}.{}.{extension}", lasting_name(&bytes, 10)));
        assets.insert(name, Asset { path, bytes, fingerprint, source });
    }
    assets
}

/// Rewrites every `url(...)` that names another asset.
fn with_hashed_names(css: &str, name: &str, assets: &BTreeMap<String, Asset>) -> String {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("url(") {
        let (before, after) = rest.split_at(at + 4);
        out.push_str(before);
        let end = after.find(')').unwrap_or(after.len());
        let written = after[..end].trim().trim_matches(['"', '\'']);
        match join(folder, written).and_then(|path| assets.get(&path)) {
            Some(asset) => out.push_str(&format!("\"{}{}\"", "../".repeat(folder_depth(folder) + 1), asset.path)),
            None => out.push_str(&after[..end]),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

fn folder_depth(folder: &str) -> usize {
    folder.split('/').filter(|part| !part.is_empty()).count()
}

/// Compiled templates with the shared values.
#[derive(Default)]
pub struct Theme {
    tera: Tera,
    /// Of each template, and whether it names assets.
    fingerprints: BTreeMap<String, (Fingerprint, bool)>,
    /// Of the addresses of all assets.
    pub assets: Fingerprint,
    /// Those of the site's own theme, by template.
    sources: BTreeMap<String, SourcePath>,
    /// Every template with its words in it.
    texts: Arc<BTreeMap<String, Worded>>,
}

/// The text of a template as it was written, and with its words in it.
struct Worded {
    written: Arc<str>,
    resolved: Resolved,
}

impl Theme {
    /// Compiles the templates of a theme. A template that cannot be read is left out, so that the
    /// others are read, too.
    ///
    /// Reports: `theme/template-not-readable`, `theme/no-such-word`.
    pub fn compile(
        files: &ThemeFiles,
        shared: &Shared,
        words: &Arc<Words>,
        base_path: &str,
        origin: &str,
        report: &mut Report,
    ) -> Theme {
        let mut theme = Theme::default();
        theme.tera.register_filter("say", words::say(Arc::clone(words)));
        let origin = origin.to_owned();
        theme.tera.register_filter("qr_code", move |url: &str, _: Kwargs, _: &State<'_>| code(&absolute(&origin, url)));
        let urls: BTreeMap<String, String> =
            files.assets.iter().map(|(name, asset)| (name.clone(), format!("{base_path}{}", asset.path))).collect();
        theme.assets = Fingerprint::of(&urls);
        theme.tera.register_function("asset", move |arguments: Kwargs, _: &State<'_>| asset(&urls, &arguments));
        for (name, (value, _)) in &shared.0 {
            theme.tera.global_context().insert_value(*name, value.clone());
        }
        theme.sources =
            files.templates.iter().filter_map(|(name, file)| Some((name.clone(), file.source.clone()?))).collect();
        let worded = |file: &TemplateFile| Worded {
            written: Arc::clone(&file.text),
            resolved: words::resolve(&file.text, words),
        };
        let texts: BTreeMap<_, _> = files.templates.iter().map(|(name, file)| (name.clone(), worded(file))).collect();
        let texts = Arc::new(texts);
        theme.texts = Arc::clone(&texts);
        for (name, worded) in texts.iter() {
            report.extend(worded.resolved.faults.iter().map(|fault| theme.word_fault(name, fault)));
        }
        let mut left: BTreeMap<&str, &str> =
            texts.iter().map(|(name, worded)| (name.as_str(), worded.resolved.text.as_str())).collect();
        while let Err(error) = theme.tera.add_raw_templates(left.iter().map(|(name, text)| (*name, *text))) {
            let diagnostic = theme.diagnostic(&error, &codes::TEMPLATE_NOT_READABLE, None);
            // What names a template that cannot be read has no mistake of its own.
            let named = mistakes::quoted(&diagnostic.message);
            if !named.is_some_and(|named| texts.contains_key(named) && !left.contains_key(named)) {
                report.push(diagnostic);
            }
            let culprit = faulty_template(&error).filter(|name| left.contains_key(name.as_str()));
            match culprit {
                Some(name) => left.remove(name.as_str()),
                None => break,
            };
        }
        let names: Vec<String> = theme.tera.get_template_names().map(str::to_owned).collect();
        let wording = Wording::of(&texts, words);
        for name in &names {
            let fingerprint = theme.fingerprint_of(name, &wording, shared);
            theme.fingerprints.insert(name.clone(), fingerprint);
        }
        theme.render_shared(&names, report);
        report.extend(theme.unused());
        theme
    }

    /// Templates of the site's own that neither the program nor another template asks for.
    ///
    /// Reports: `theme/template-not-used`.
    fn unused(&self) -> Vec<Diagnostic> {
        let is_known = |name: &str| BUILT_IN.get_file(format!("templates/{name}")).is_some();
        let is_named = |name: &str| {
            let says = |text: &str| text.split(['"', '\'', '`']).any(|piece| piece == name);
            self.texts.values().any(|worded| says(&worded.written))
        };
        let defines = |name: &str| self.texts.get(name).is_some_and(|worded| worded.written.contains("endcomponent"));
        let own = self.sources.iter().filter(|(name, _)| !is_known(name) && !is_named(name) && !defines(name));
        own.map(|(name, source)| {
            let message = format!("nothing asks for the template `{name}`");
            let known = self.texts.keys().map(String::as_str).filter(|other| is_known(other));
            let help = match nearest(name, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "give it the name of a built-in template, or include it in one".to_owned(),
            };
            Diagnostic::new(&codes::TEMPLATE_NOT_USED, Place::file(source), message).help(help)
        })
        .collect()
    }

    /// Whether there is such a template as `is_unread` tells.
    pub fn has_unread(&self) -> bool {
        self.texts.keys().any(|name| self.is_unread(name))
    }

    /// Whether a template is there and could not be read, which was said already.
    pub fn is_unread(&self, template: &str) -> bool {
        self.texts.contains_key(template) && !self.has(template)
    }

    /// Of a template with everything that it names but the addresses of assets.
    pub fn fingerprint(&self, template: &str) -> Fingerprint {
        self.fingerprints.get(template).map_or_else(Fingerprint::default, |(fingerprint, _)| *fingerprint)
    }

    /// Whether a template, or one that it names, asks for the address of an asset.
    pub fn names_assets(&self, template: &str) -> bool {
        self.fingerprints.get(template).is_some_and(|(_, names_assets)| *names_assets)
    }

    /// Of every template, by name.
    pub fn fingerprints(&self) -> &BTreeMap<String, (Fingerprint, bool)> {
        &self.fingerprints
    }

    /// Every template, by name.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.fingerprints.keys().map(String::as_str)
    }

    /// Whether the theme has that template.
    pub fn has(&self, template: &str) -> bool {
        self.fingerprints.contains_key(template)
    }

    /// Renders a template; `page` names what was being made, for the message.
    ///
    /// Reports: `theme/template-failed` and `theme/unknown-asset`, at their place in the template.
    pub fn render(&self, template: &str, context: &Context, page: &str) -> Result<Vec<u8>, Diagnostic> {
        let mut out = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(template, context, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => {
                let is_about_an_asset = error.to_string().contains(NO_ASSET);
                let code = if is_about_an_asset { &codes::UNKNOWN_ASSET } else { &codes::TEMPLATE_FAILED };
                Err(self.diagnostic(&error, code, Some(page)))
            }
        }
    }

    /// Puts in the place of each template in `shared/` what comes out of it.
    ///
    /// Reports: what `render` does.
    fn render_shared(&mut self, names: &[String], report: &mut Report) {
        let mut rendered: Vec<(&str, String)> = Vec::new();
        for name in names.iter().filter(|name| name.starts_with(SHARED_FOLDER)) {
            match self.render(name, &Context::new(), "what is the same on every page") {
                Ok(html) => rendered.push((name, as_it_is(&String::from_utf8_lossy(&html)))),
                Err(fault) => report.push(fault),
            }
        }
        if let Err(error) = self.tera.add_raw_templates(rendered) {
            report.push(self.diagnostic(&error, &codes::TEMPLATE_NOT_READABLE, None));
        }
    }

    fn fingerprint_of(&self, name: &str, wording: &Wording<'_>, shared: &Shared) -> (Fingerprint, bool) {
        let within = wording.within(name);
        let texts: Vec<(&str, Fingerprint)> = within.iter().map(|(name, words)| (*name, words.text)).collect();
        let variables = self.tera.get_template_variables(name).unwrap_or_default();
        let values: Vec<(&str, Fingerprint)> = shared
            .0
            .iter()
            .filter(|(name, _)| variables.contains(*name))
            .map(|(name, (_, fingerprint))| (*name, *fingerprint))
            .collect();
        let names_assets = within.values().any(|words| words.names_assets);
        (Fingerprint::of(&(texts, values)), names_assets)
    }

    fn diagnostic(&self, error: &tera::Error, code: &'static Code, page: Option<&str>) -> Diagnostic {
        let texts: BTreeMap<String, Arc<str>> =
            self.texts.iter().map(|(name, worded)| (name.clone(), Arc::clone(&worded.written))).collect();
        let (diagnostic, help) = match error.kind() {
            ErrorKind::SyntaxError(fault) | ErrorKind::RenderingError(fault) => {
                let (message, help) = mistakes::explained(&plain(fault.message()), &texts);
                let name = fault.filename();
                let worded = self.texts.get(name);
                let bytes = worded.map_or(0..0, |worded| worded.resolved.original(&fault.span().range));
                (self.at(code, name, bytes, message), help)
            }
            kind => {
                let text = match kind {
                    ErrorKind::MissingParent { parent, .. } => format!("there is no template `{parent}`"),
                    kind => kind.to_string(),
                };
                let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
                let (message, help) = mistakes::explained(&plain(first), &texts);
                let name = faulty_template(error);
                let place = name.and_then(|name| {
                    let source = self.sources.get(&name)?;
                    let bytes = mistakes::place(texts.get(&name)?, mistakes::quoted(&message)?);
                    Some(Place::new(source, bytes.unwrap_or_default()))
                });
                let diagnostic = match place {
                    Some(place) => Diagnostic::new(code, place, message),
                    None => Diagnostic::nowhere(code, message),
                };
                (diagnostic, help)
            }
        };
        Diagnostic { page: page.map(Into::into), ..diagnostic }.help(help)
    }

    fn word_fault(&self, name: &str, fault: &words::Fault) -> Diagnostic {
        self.at(&codes::NO_SUCH_WORD, name, fault.bytes.clone(), fault.message.clone()).help(fault.help.clone())
    }

    /// A fault at a place of a template; of a built-in one, which is no file of the site, the message names the line.
    fn at(&self, code: &'static Code, name: &str, bytes: Range<usize>, message: String) -> Diagnostic {
        match self.sources.get(name) {
            Some(source) => Diagnostic::new(code, Place::new(source, bytes), message),
            None => {
                let text = self.texts.get(name).map_or("", |worded| &worded.written);
                let line = text.bytes().take(bytes.start).filter(|byte| *byte == b'\n').count() + 1;
                Diagnostic::nowhere(code, format!("{message} in the built-in template {name}, line {line}"))
            }
        }
    }
}

/// A code of an address; nothing of what is none.
fn code(url: &str) -> Value {
    let code = qr_code(url).filter(|_| !url.contains(char::is_control));
    code.map_or_else(Value::none, |svg| Value::safe_string(&svg))
}

fn plain(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The template that an error is about, from the error itself or from the place in its text
/// (` --> post.html:3:4`).
fn faulty_template(error: &tera::Error) -> Option<String> {
    match error.kind() {
        ErrorKind::SyntaxError(fault) | ErrorKind::RenderingError(fault) => Some(fault.filename().to_owned()),
        ErrorKind::MissingParent { current, .. } => Some(current.clone()),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl.clone()),
        kind => {
            let text = kind.to_string();
            let place = text.split("--> ").nth(1)?.lines().next()?;
            Some(place.split(':').next()?.trim().to_owned())
        }
    }
}

/// A template that writes `text`, whatever it holds.
fn as_it_is(text: &str) -> String {
    format!("{{% raw %}}{}{{% endraw %}}", text.replace("{%", "{% endraw %}{{ \"{%\" }}{% raw %}"))
}

/// What the texts of all templates say of others.
struct Wording<'f> {
    of: BTreeMap<&'f str, Says<'f>>,
    /// Templates that define components of Tera's own, which any template may use without naming a file.
    everywhere: Vec<&'f str>,
}

/// What the text of one template says.
struct Says<'f> {
    /// Of the text with its words.
    text: Fingerprint,
    /// Templates that it names in quotes.
    named: Vec<&'f str>,
    names_assets: bool,
}

impl<'f> Wording<'f> {
    fn of(texts: &'f BTreeMap<String, Worded>, words: &Words) -> Self {
        let mut wording = Wording { of: BTreeMap::new(), everywhere: Vec::new() };
        for (name, Worded { written, resolved }) in texts {
            let text = &**written;
            if text.contains("endcomponent") {
                wording.everywhere.push(name);
            }
            let pieces = text.split(['"', '\'', '`']);
            let named = pieces.filter_map(|piece| texts.get_key_value(piece));
            let named = named.map(|(name, _)| name.as_str()).collect();
            let names_assets = text.contains("asset");
            let said: Vec<_> = resolved.said.iter().map(|name| words.get(name)).collect();
            let text = Fingerprint::of(&(&resolved.text, said));
            wording.of.insert(name, Says { text, named, names_assets });
        }
        wording
    }

    /// A template with every template that it uses, and so on.
    fn within(&self, name: &str) -> BTreeMap<&'f str, &Says<'f>> {
        let mut within = BTreeMap::new();
        let first = self.of.get_key_value(name).map(|(name, _)| *name);
        let mut due: Vec<&'f str> = first.into_iter().chain(self.everywhere.iter().copied()).collect();
        while let Some(name) = due.pop() {
            if let Some(words) = self.of.get(name)
                && within.insert(name, words).is_none()
            {
                due.extend(&words.named);
            }
        }
        within
    }
}

/// How the message about an asset that is not there begins.
const NO_ASSET: &str = "the theme has no asset ";

/// `asset(path="css/site.css")`: the address of an asset.
fn asset(urls: &BTreeMap<String, String>, arguments: &Kwargs) -> tera::TeraResult<Value> {
    let path: String = arguments.must_get("path")?;
    match urls.get(&path) {
        Some(url) => Ok(Value::safe_string(url)),
        None => {
            let hint = nearest(&path, urls.keys().map(String::as_str))
                .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Err(tera::Error::message(format!("{NO_ASSET}`{path}`{hint}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(templates: &[(&str, &str)], shared: &Shared) -> (Theme, Vec<String>) {
        let mut files = ThemeFiles::default();
        for (name, text) in templates {
            let source = Some(SourcePath::new(format!("themes/ours/templates/{name}")));
            files.templates.insert((*name).to_owned(), TemplateFile { text: (*text).into(), source });
        }
        let mut report = Report::default();
        let words = Arc::new(crate::config::english());
        let theme = Theme::compile(&files, shared, &words, "/", "https://www.example.org", &mut report);
        // These names are none that the program asks for.
        let told = report.iter().filter(|fault| fault.code.id != codes::TEMPLATE_NOT_USED.id);
        let faults = told.map(|fault| {
            let place = fault.place.as_ref().map_or(String::new(), |place| format!("{}:{}", place.path, place.start));
            format!("{} {place} {}", fault.code.id, fault.message)
        });
        (theme, faults.collect())
    }

    #[test]
    fn every_template_that_cannot_be_read_is_reported() {
        let templates =
            [("a.html", "x {% if %}"), ("b.html", "{{ x"), ("c.html", "{{ x | nosuch }}"), ("d.html", "fine")];
        let (theme, faults) = theme(&templates, &Shared::default());
        assert_eq!(faults.len(), 3, "{faults:#?}");
        assert!(faults.iter().any(|fault| fault.contains("themes/ours/templates/a.html:")));
        assert!(theme.has("d.html"));
    }

    #[test]
    fn a_fingerprint_covers_includes_and_the_shared_values_that_are_named() {
        let make = |inner: &str, tags: &str, site: &str| {
            let mut shared = Shared::default();
            shared.insert("tags", &tags);
            shared.insert("site", &site);
            let templates = [("a.html", "{% include \"b.html\" %}{{ site }}"), ("b.html", inner)];
            theme(&templates, &shared).0.fingerprint("a.html")
        };
        let first = make("x", "one", "s");
        assert_eq!(first, make("x", "two", "s"), "tags are not named");
        assert_ne!(first, make("y", "one", "s"));
        assert_ne!(first, make("x", "one", "t"));
        assert_ne!(make("{{ tags }}", "one", "s"), make("{{ tags }}", "two", "s"));
    }

    #[test]
    fn what_is_shared_is_rendered_once() {
        let mut shared = Shared::default();
        shared.insert("site", &"<{{ 1 }}{% endraw %}{# x #}");
        let templates = [("a.html", "{% include \"shared/b.html\" %}"), ("shared/b.html", "\n[{{ site }}]\n")];
        let (theme, faults) = theme(&templates, &shared);
        assert!(faults.is_empty(), "{faults:#?}");
        let made = theme.render("a.html", &Context::new(), "/").unwrap();
        assert_eq!(String::from_utf8(made).unwrap(), "\n[&lt;{{ 1 }}{% endraw %}{# x #}]\n");
    }

    #[test]
    fn what_is_shared_sees_no_page() {
        let (_, faults) = theme(&[("shared/a.html", "{{ page.title }}")], &Shared::default());
        assert!(
            matches!(&faults[..], [fault] if fault.contains("themes/ours/templates/shared/a.html:3")),
            "{faults:#?}"
        );
    }

    #[test]
    fn a_fingerprint_covers_every_template_that_is_used() {
        let of = |user: &str, used: &str| {
            theme(&[("a.html", user), ("b.html", used)], &Shared::default()).0.fingerprint("a.html")
        };
        for user in ["{% include \"b.html\" %}", "{% include 'b.html' %}", "It's {% include `b.html` %}"] {
            assert_ne!(of(user, "one"), of(user, "two"), "{user}");
        }
        let component = |text: &str| format!("{{% component note() %}}{text}{{% endcomponent %}}");
        assert_ne!(of("{{ <note /> }}", &component("one")), of("{{ <note /> }}", &component("two")));
        assert_eq!(of("b", "one"), of("b", "two"));
    }

    #[test]
    fn what_fails_points_into_the_template() {
        let (theme, _) = theme(&[("a.html", "{{ nothing.here }}")], &Shared::default());
        let fault = theme.render("a.html", &Context::new(), "/about/").unwrap_err();
        assert_eq!(
            fault.place.map(|place| (place.path.to_string(), place.start)).unwrap().0,
            "themes/ours/templates/a.html"
        );
        assert_eq!(fault.page.as_deref(), Some("/about/"));
    }

    #[test]
    fn style_sheets_name_other_assets_by_their_hashed_names() {
        let files = BTreeMap::from([
            ("css/site.css".to_owned(), (Arc::from(&b"a { b: url(\"../img/x.svg\") } c { d: url(#e) }"[..]), None)),
            ("img/x.svg".to_owned(), (Arc::from(&b"<svg/>"[..]), None)),
        ]);
        let assets = with_hashes(files);
        let css = String::from_utf8_lossy(&assets["css/site.css"].bytes).into_owned();
        assert!(css.contains(&format!("url(\"../../{}\")", assets["img/x.svg"].path)), "{css}");
        assert!(css.contains("url(#e)"));
    }
}
