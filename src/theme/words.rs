//! Words in templates: `{{ words.event.when }}` and `{{ words.list.events | say(count=list.total) }}`.
//!
//! 1. `resolve` finds every word that the text of a template names. One without values is put there as it will be
//!    read, so that saying it costs a page nothing; one with values becomes its name, for the filter `say`. A group
//!    alone (`words.script`) becomes all its words as JSON, for a script.
//! 2. `say` says a word with its values. Values are escaped, but for HTML that the template made itself
//!    (`{% set link %}<a ...>{% endset %}`); so is the word.
//!
//! **Invariant:** a template that compiles names only words that exist, and gives each of them exactly its values.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark_escape::escape_html;
use tera::{Kwargs, State, TeraResult, Value};

use crate::fields::one_of;
use crate::path::nearest;
use crate::words::{COUNT, ORDINAL, Piece, Word, Words};

/// The text of a template with its words in it.
#[derive(Debug, Default)]
pub struct Resolved {
    pub text: String,
    /// The words with values that it says; their texts are not in `text`.
    pub said: BTreeSet<String>,
    pub faults: Vec<Fault>,
    /// What stands elsewhere than in the original: (in `text`, in the original), in their order.
    moved: Vec<(Range<usize>, Range<usize>)>,
}

/// A word that cannot be said.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// In the original text.
    pub bytes: Range<usize>,
    pub message: String,
    pub help: String,
}

impl Resolved {
    /// Where something in the text stands in the original.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        let start = match self.moved.iter().take_while(|(here, _)| here.start <= range.start).last() {
            Some((here, there)) if range.start < here.end => there.start,
            Some((here, there)) => there.end + (range.start - here.end),
            None => range.start,
        };
        let end = match self.moved.iter().take_while(|(here, _)| here.start < range.end).last() {
            Some((here, there)) => there.end + range.end.saturating_sub(here.end),
            None => range.end,
        };
        start..end.max(start)
    }
}

/// Puts the words of a language into the text of a template.
pub fn resolve(text: &str, words: &Words) -> Resolved {
    let mut resolved = Resolved { text: String::with_capacity(text.len() + 256), ..Resolved::default() };
    let mut done = 0;
    let mut at = 0;
    while let Some(tag) = next_tag(text, at) {
        for named in names_in(text, &tag) {
            let (bytes, new) = match replacement(text, &tag, named, words, &mut resolved.said) {
                Ok(replaced) => replaced,
                Err(fault) => {
                    resolved.faults.push(fault);
                    continue;
                }
            };
            resolved.text.push_str(&text[done..bytes.start]);
            let start = resolved.text.len();
            resolved.text.push_str(&new);
            resolved.moved.push((start..resolved.text.len(), bytes.clone()));
            done = bytes.end;
        }
        at = tag.end.max(at + 2);
    }
    resolved.text.push_str(&text[done..]);
    resolved
}

/// The next `{{ ... }}` or `{% ... %}` that is neither in a comment nor raw.
fn next_tag(text: &str, mut at: usize) -> Option<Range<usize>> {
    loop {
        let start =
            at + text[at..].find("{{").into_iter().chain(text[at..].find("{%")).chain(text[at..].find("{#")).min()?;
        let rest = &text[start..];
        if rest.starts_with("{#") {
            at = start + rest.find("#}")? + 2;
            continue;
        }
        let close = if rest.starts_with("{{") { "}}" } else { "%}" };
        let end = start + 2 + end_of_tag(&rest[2..], close)?;
        if rest.starts_with("{%") && tag_name(&rest[2..]) == "raw" {
            at = end + text[end..].find("endraw")?;
            continue;
        }
        return Some(start..end);
    }
}

/// The first word of a tag that was opened.
fn tag_name(text: &str) -> &str {
    let text = text.trim_start_matches('-').trim_start();
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

/// Where a tag that was opened ends, behind its closing signs; what stands in quotes closes nothing.
fn end_of_tag(text: &str, close: &str) -> Option<usize> {
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with(close) {
            return Some(at + close.len());
        }
        at += length_of_token(&text[at..]);
    }
    None
}

/// A text in quotes whole; of all else one letter.
fn length_of_token(text: &str) -> usize {
    let mut letters = text.char_indices();
    let Some((_, first)) = letters.next() else { return 0 };
    if matches!(first, '"' | '\'' | '`') {
        let mut is_escaped = false;
        for (at, letter) in letters {
            if letter == first && !is_escaped {
                return at + letter.len_utf8();
            }
            is_escaped = letter == '\\' && !is_escaped;
        }
        return text.len();
    }
    first.len_utf8()
}

/// Where `words` stands in a tag as a name of its own.
fn names_in(text: &str, tag: &Range<usize>) -> Vec<usize> {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let mut names = Vec::new();
    let mut at = tag.start + 2;
    let mut before = ' ';
    while at < tag.end {
        let rest = &text[at..tag.end];
        if rest.starts_with("words") && !is_letter(before) && before != '.' {
            let after = rest[5..].trim_start();
            let is_argument = after.starts_with('=') && !after.starts_with("==");
            if !rest[5..].starts_with(is_letter) && !is_argument {
                names.push(at);
            }
        }
        let length = length_of_token(rest).max(1);
        before = rest[..length].chars().next_back().unwrap_or(' ');
        at += length;
    }
    names
}

/// The bytes to put something else in the place of, and what.
fn replacement(
    text: &str,
    tag: &Range<usize>,
    start: usize,
    words: &Words,
    said: &mut BTreeSet<String>,
) -> Result<(Range<usize>, String), Fault> {
    let path = path(&text[start..tag.end]);
    let end = start + path.len();
    let parts: Vec<&str> = path.split('.').skip(1).collect();
    let fault = |message: String, help: String| Err(Fault { bytes: start..end, message, help });
    if let [group] = parts[..]
        && words.group(group).next().is_some()
    {
        return Ok((start..end, quoted(&json(words, group))));
    }
    let name = parts.join(".");
    let Some(word) = words.get(&name) else {
        let help = match nearest(&name, words.names()) {
            Some(near) => format!("did you mean `words.{near}`?"),
            None => "a word is named by its group and its name, such as `words.event.when`".to_owned(),
        };
        return fault(format!("there is no word `{path}`"), help);
    };
    let given = values_given(&text[end..tag.end]);
    let wanted: BTreeSet<&str> = word.values().collect();
    let example = || {
        let values: Vec<String> = wanted.iter().map(|value| format!("{value}=...")).collect();
        format!("write `{path} | say({})`", values.join(", "))
    };
    match given {
        None if wanted.is_empty() => {
            let (plain, is_alone) = (words.text(&name), is_alone(text, tag, &(start..end)));
            if is_alone && !plain.contains(['{', '\n']) {
                Ok((tag.clone(), escaped(plain)))
            } else {
                Ok((start..end, quoted(plain)))
            }
        }
        None => fault(format!("`{path}` has values to say"), example()),
        Some(_) if wanted.is_empty() => {
            fault(format!("`{path}` has no values to say"), format!("write `{path}` alone"))
        }
        Some(given) => {
            let missing = wanted.iter().find(|value| !given.contains(**value));
            let unknown = given.iter().find(|value| !wanted.contains(**value));
            match (missing, unknown) {
                (Some(value), _) => fault(format!("`{path}` is said without its value `{value}`"), example()),
                (None, Some(value)) => fault(
                    format!("`{path}` has no value `{value}`"),
                    format!("it can say {}", one_of(&wanted.iter().copied().collect::<Vec<_>>())),
                ),
                (None, None) => {
                    said.insert(name.clone());
                    Ok((start..end, quoted(&name)))
                }
            }
        }
    }
}

/// `words.event.when` at the start of a text.
fn path(text: &str) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

/// Whether a tag holds nothing but these bytes, and leaves the space around it alone.
fn is_alone(text: &str, tag: &Range<usize>, bytes: &Range<usize>) -> bool {
    text[tag.start..].starts_with("{{")
        && text[tag.start + 2..bytes.start].trim().is_empty()
        && text[bytes.end..tag.end].trim_start() == "}}"
}

/// The names of the values that the filter behind a word is given; nothing where there is no such filter.
fn values_given(after: &str) -> Option<BTreeSet<&str>> {
    let after = after.trim_start().strip_prefix('|')?.trim_start().strip_prefix("say")?;
    if after.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mut values = BTreeSet::new();
    let Some(arguments) = after.trim_start().strip_prefix('(') else { return Some(values) };
    let (mut depth, mut at, mut is_start) = (1, 0, true);
    while at < arguments.len() && depth > 0 {
        let rest = &arguments[at..];
        if is_start && depth == 1 {
            let rest = rest.trim_start();
            let name = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())];
            if !name.is_empty() && rest[name.len()..].trim_start().starts_with('=') {
                values.insert(name);
            }
        }
        let length = length_of_token(rest).max(1);
        is_start = rest.starts_with(',');
        match rest.as_bytes()[0] {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        at += length;
    }
    Some(values)
}

/// A text as a constant of the template language.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing to a string does not fail.
    let _ = escape_html(&mut html, text);
    html
}

/// The words of a group as JSON: a text, or an object of its forms.
fn json(words: &Words, group: &str) -> String {
    let value = |word: &Word| {
        let mut forms: serde_json::Map<String, serde_json::Value> =
            word.forms().map(|(form, text)| (form.to_owned(), text.into())).collect();
        if word.is_counted() { forms.into() } else { forms.remove("other").unwrap_or_default() }
    };
    let map: serde_json::Map<_, _> = words.group(group).map(|(name, word)| (name.to_owned(), value(word))).collect();
    serde_json::Value::from(map).to_string()
}

/// The filter `say`.
pub fn say(words: Arc<Words>) -> impl Fn(&str, Kwargs, &State<'_>) -> TeraResult<Value> + Sync + Send + 'static {
    move |name, arguments, _| {
        let Some(word) = words.get(name) else {
            return Err(tera::Error::message(format!(
                "`say` says a word, such as `words.list.events`, and `{name}` is none"
            )));
        };
        let mut count = None;
        let mut ordinal = None;
        if word.is_counted() {
            count = arguments.get::<i64>(COUNT)?;
            ordinal = arguments.get::<i64>(ORDINAL)?;
        }
        let mut html = String::with_capacity(96);
        for piece in words.pieces(word, |name| if name == COUNT { count } else { ordinal }) {
            match piece {
                Piece::Said(said) => {
                    let _ = escape_html(&mut html, said);
                }
                Piece::Value(value) => push(&mut html, arguments.get::<Value>(value)?),
            }
        }
        Ok(Value::safe_string(&html))
    }
}

fn push(html: &mut String, value: Option<Value>) {
    let Some(value) = value else { return };
    match value.as_str() {
        Some(text) if value.is_safe() => html.push_str(text),
        Some(text) => {
            let _ = escape_html(html, text);
        }
        None => html.push_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use icu_plurals::PluralCategory::{One, Other};

    use super::*;
    use crate::words::{Rules, Text};

    fn words() -> Words {
        let word = |forms: &[(icu_plurals::PluralCategory, &str)]| {
            Word::new(forms.iter().map(|(category, text)| (*category, Text::read(text))).collect())
        };
        let words: BTreeMap<Box<str>, Word> = BTreeMap::from([
            ("a.when".into(), word(&[(Other, "Where & \"when\"")])),
            ("a.braces".into(), word(&[(Other, "} {{ {%")])),
            ("b.total".into(), word(&[(One, "{count} event"), (Other, "{count} events")])),
            ("b.from".into(), word(&[(Other, "From <{name}>.")])),
        ]);
        Words::new(words, Rules::of("en"))
    }

    fn check(template: &str, expected: &str) {
        let resolved = resolve(template, &words());
        assert_eq!(resolved.faults, [], "{template}");
        let mut tera = tera::Tera::default();
        tera.register_filter("say", say(Arc::new(words())));
        tera.add_raw_template("a.html", &resolved.text).unwrap();
        let mut context = tera::Context::new();
        context.insert("total", &1);
        context.insert("name", "<Jo>");
        context.insert("rawness", "");
        assert_eq!(tera.render("a.html", &context).unwrap(), expected, "{}", resolved.text);
    }

    #[test]
    fn a_template_says_words() {
        check("<b>{{ words.a.when }}</b>", "<b>Where &amp; &quot;when&quot;</b>");
        check("<b> {{- words.a.when -}} </b>", "<b>Where &amp; &quot;when&quot;</b>");
        check("{{ rawness }}{{ words.a.when }}", "Where &amp; &quot;when&quot;");
        check("{{ nothing or words.a.when }}", "Where &amp; &quot;when&quot;");
        check("{{ words.a.braces }}", "} {{ {%");
        check("{% set title = words.a.when %}{{ title }}", "Where &amp; &quot;when&quot;");
        check("{{ words.b.total | say(count=total) }}", "1 event");
        check("{{ words.b.total|say(count = (total + 1)) }}", "2 events");
        check("{{ words.b.from | say(name=name) }}", "From &lt;&lt;Jo&gt;&gt;.");
        check(
            "{% set link %}<i>{{ name }}</i>{% endset %}{{ words.b.from | say(name=link) }}",
            "From &lt;<i>&lt;Jo&gt;</i>&gt;.",
        );
        check(
            "{{ words.b }}",
            "{&quot;from&quot;:&quot;From &lt;{name}&gt;.&quot;,&quot;total&quot;:{&quot;one&quot;:&quot;{count} event&quot;,&quot;other&quot;:&quot;{count} events&quot;}}",
        );
        check(
            "words.a.no {# {{ words.a.no }} #}{% raw %}{{ words.a.no }}{% endraw %}{{ \"words.a.no\" }}",
            "words.a.no {{ words.a.no }}words.a.no",
        );
    }

    #[test]
    fn words_that_cannot_be_said() {
        let check = |template: &str, expected: &[(&str, &str, &str)]| {
            let faults = resolve(template, &words()).faults;
            let faults: Vec<_> =
                faults.iter().map(|fault| (&template[fault.bytes.clone()], &*fault.message, &*fault.help)).collect();
            assert_eq!(faults, expected, "{template}");
        };
        check(
            "{{ words.a.wen }}",
            &[("words.a.wen", "there is no word `words.a.wen`", "did you mean `words.a.when`?")],
        );
        check(
            "{{ words[0] }}",
            &[(
                "words",
                "there is no word `words`",
                "a word is named by its group and its name, such as `words.event.when`",
            )],
        );
        check(
            "{{ words.b.total }}",
            &[("words.b.total", "`words.b.total` has values to say", "write `words.b.total | say(count=...)`")],
        );
        check(
            "{{ words.b.total | say(n=f(count=1)) }}",
            &[(
                "words.b.total",
                "`words.b.total` is said without its value `count`",
                "write `words.b.total | say(count=...)`",
            )],
        );
        check(
            "{{ words.b.total | say(count=1, total=2) }}",
            &[("words.b.total", "`words.b.total` has no value `total`", "it can say `count`")],
        );
        check(
            "{{ words.a.when | say }}",
            &[("words.a.when", "`words.a.when` has no values to say", "write `words.a.when` alone")],
        );
    }

    #[test]
    fn places_are_those_of_the_text_as_it_was_written() {
        let written = "a {{ words.a.when }} b {{ x | y }}{{ words.b.from | say(name=1) }} c";
        let resolved = resolve(written, &words());
        for part in ["a ", " b ", "x | y", " c"] {
            let here = resolved.text.find(part).unwrap();
            assert_eq!(&written[resolved.original(&(here..here + part.len()))], part);
        }
        let here = resolved.text.find("amp").unwrap();
        assert_eq!(&written[resolved.original(&(here..here + 1))], "{{ words.a.when }}");
    }
}
