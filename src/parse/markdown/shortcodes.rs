//! What other site generators put between the lines of a text, and what to write here instead.
//!
//! Found are the shortcodes of Hugo (`{{< name >}}`, `{{% name %}}`), the tags and values of Liquid
//! (`{% name %}`, `{{ value }}`) and the attribute lists of kramdown (`{: .class}`).
//!
//! **Invariant:** finding all of a text takes time in proportion to it: the end of each is looked for
//! on few lines only, and the end of a pair that is missing is looked for once.

use std::ops::Range;

use memchr::memchr_iter;

/// One shortcode.
#[derive(Debug, PartialEq, Eq)]
pub struct Shortcode<'t> {
    pub range: Range<usize>,
    pub form: Form,
    /// The first word in it; for a value, all that it says.
    pub name: &'t str,
}

/// Whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Hugo,
    LiquidTag,
    LiquidValue,
    Attributes,
    /// A remark of Hugo or Liquid, with all that stands between its two ends.
    Remark,
}

/// Every shortcode of a text, in order.
pub struct Shortcodes<'t> {
    text: &'t str,
    at: usize,
    /// Pairs whose end is known to be missing from here on.
    lost: Vec<&'static str>,
    /// Inside `{% raw %}`: nothing is a shortcode before that place.
    raw_until: usize,
}

/// How many bytes a shortcode may have.
const LONGEST: usize = 2000;

/// Openings and endings; a longer opening stands before a shorter one.
const FORMS: &[(&str, &str, Form)] = &[
    ("{{/*", "*/}}", Form::Remark),
    ("{{<", ">}}", Form::Hugo),
    ("{{%", "%}}", Form::Hugo),
    ("{{", "}}", Form::LiquidValue),
    ("{%", "%}", Form::LiquidTag),
    ("{:", "}", Form::Attributes),
];

/// Whether a text can hold a shortcode at all.
pub fn may_hold_one(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr_iter(b'{', bytes).any(|at| matches!(bytes.get(at + 1), Some(b'{' | b'%' | b':')))
}

/// Every shortcode of `text`, in order.
pub fn find(text: &str) -> Shortcodes<'_> {
    Shortcodes { text, at: 0, lost: Vec::new(), raw_until: 0 }
}

impl<'t> Iterator for Shortcodes<'t> {
    type Item = Shortcode<'t>;

    fn next(&mut self) -> Option<Shortcode<'t>> {
        loop {
            let start = self.at + self.text[self.at..].find('{')?;
            self.at = start + 1;
            if let Some(found) = read(self.text, start)
                && (start >= self.raw_until || found.name == "endraw")
            {
                self.at = found.range.end;
                return Some(self.with_pair(found));
            }
        }
    }
}

impl<'t> Shortcodes<'t> {
    /// Takes in what belongs to a pair that hides its contents, and steps over one that shows them.
    fn with_pair(&mut self, found: Shortcode<'t>) -> Shortcode<'t> {
        let end_name = match (found.form, found.name) {
            (Form::LiquidTag, "comment") => "endcomment",
            (Form::LiquidTag, "raw") => "endraw",
            (Form::Hugo, "comment") => "/comment",
            _ => return found,
        };
        if self.lost.contains(&end_name) {
            return found;
        }
        let ending = self.text[found.range.end..].match_indices(end_name).find_map(|(at, _)| {
            let before = &self.text[..found.range.end + at];
            let start = before.rfind('{').map(|at| if before[..at].ends_with('{') { at - 1 } else { at })?;
            read(self.text, start).filter(|ending| ending.name == end_name)
        });
        match ending {
            None => {
                self.lost.push(end_name);
                found
            }
            Some(ending) if end_name == "endraw" => {
                self.raw_until = ending.range.start;
                found
            }
            Some(ending) => {
                self.at = ending.range.end;
                Shortcode { range: found.range.start..ending.range.end, form: Form::Remark, name: found.name }
            }
        }
    }
}

/// The shortcode that begins at `start`, where there is one.
fn read(text: &str, start: usize) -> Option<Shortcode<'_>> {
    let rest = &text[start..];
    let (opening, ending, form) = FORMS.iter().find(|(opening, _, _)| rest.starts_with(opening))?;
    let window = &rest[..rest.floor_char_boundary(LONGEST)];
    let end = opening.len() + window[opening.len()..].find(ending)?;
    let inside = window[opening.len()..end].trim_matches(|c: char| c.is_whitespace() || c == '-');
    let is_one = match form {
        Form::Attributes => !inside.contains(['{', '\n', '\r']) && inside.starts_with(is_attribute_start),
        _ => !inside.is_empty() && !inside.contains("\n\n") && !inside.contains("\r\n\r\n"),
    };
    let name = match form {
        Form::LiquidValue => &inside[..inside.floor_char_boundary(60)],
        _ => inside.split_whitespace().next().unwrap_or_default(),
    };
    is_one.then(|| Shortcode { range: start..start + end + ending.len(), form: *form, name })
}

/// Whether an attribute list of kramdown may begin so.
fn is_attribute_start(character: char) -> bool {
    character.is_ascii_alphabetic() || matches!(character, '.' | '#' | ':')
}

impl Shortcode<'_> {
    /// Whether it only ends or divides a pair whose beginning was named already.
    pub fn is_ending(&self) -> bool {
        match self.form {
            Form::Hugo => self.name.starts_with('/'),
            Form::LiquidTag => {
                self.name.starts_with("end") || matches!(self.name, "else" | "elsif" | "when" | "break" | "continue")
            }
            Form::LiquidValue | Form::Attributes => false,
            Form::Remark => true,
        }
    }

    /// What it is, in words.
    pub fn message(&self) -> String {
        let name = self.name;
        match self.form {
            Form::Hugo => format!("`{{{{< {name} >}}}}` is a shortcode of another site generator and is left out"),
            Form::LiquidTag => format!("`{{% {name} %}}` is an instruction for another site generator and is left out"),
            Form::LiquidValue => {
                format!("`{{{{ {name} }}}}` stands for a value of another site generator and is left out")
            }
            Form::Attributes | Form::Remark => {
                "a list of attributes in braces belongs to another site generator and is left out".to_owned()
            }
        }
    }

    /// What to write instead.
    pub fn help(&self) -> &'static str {
        let name = self.name.to_ascii_lowercase();
        match self.form {
            Form::LiquidValue => "write the words or the address that it stood for",
            Form::Attributes | Form::Remark => "delete it, or use a component for what it was to do",
            Form::Hugo | Form::LiquidTag => HELP
                .iter()
                .find(|(names, _)| {
                    names.iter().any(|known| name.split(['-', '_', '/', '.']).any(|part| part == *known))
                })
                .map_or("write what it stood for as text, a link, a picture or a component", |(_, help)| help),
        }
    }
}

/// Words in the names of shortcodes, and what to write instead.
const HELP: &[(&[&str], &str)] = &[
    (
        &["youtube", "vimeo", "video", "youtubelite"],
        "write `::: video {src: https://..., title: ...}` and `:::` on lines of their own",
    ),
    (&["audio", "podcast"], "write `::: audio {src: talk.mp3, title: ...}` and `:::` on lines of their own"),
    (
        &["figure", "img", "image", "picture", "photo"],
        "write `![what the picture shows](picture.jpg)`, or `::: image {src: picture.jpg, alt: ..., caption: ...}` \
         and `:::` on lines of their own",
    ),
    (&["ref", "relref", "link", "url", "post"], "write a link to the file, such as `[our events](../events/index.md)`"),
    (&["button", "btn"], "write `::: button {link: /contact/}`, the words, and `:::`, each on a line of its own"),
    (&["card", "cards"], "write `::: card {title: ..., link: ...}`, the text, and `:::` on lines of their own"),
    (
        &["note", "alert", "callout", "notice", "info", "tip", "box", "hint", "admonition", "panel"],
        "write `::: callout`, the text, and `:::`, each on a line of its own",
    ),
    (&["warning", "danger", "caution"], "write `::: warning`, the text, and `:::`, each on a line of its own"),
    (
        &["details", "accordion", "expand", "collapse", "spoiler"],
        "write `::: details {title: ...}`, the text, and `:::`, each on a line of its own",
    ),
    (&["quote", "blockquote"], "begin the lines with `> `, or write `::: quote {by: ...}`, the text, and `:::`"),
    (&["highlight", "code", "gist"], "put the lines between two lines of three backticks"),
    (&["include", "render", "partial", "readfile"], "write the text itself here"),
    (&["raw", "toc"], "delete it; nothing is needed in its place"),
    (&["contact"], "write `::: contact` and `:::` on lines of their own"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> = find(text).map(|s| (&text[s.range.clone()], s.name)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_form_is_found() {
        check("a {{< youtube id >}} b", &[("{{< youtube id >}}", "youtube")]);
        check("{{% note %}}x{{% /note %}}", &[("{{% note %}}", "note"), ("{{% /note %}}", "/note")]);
        check("{%- link a.md -%}", &[("{%- link a.md -%}", "link")]);
        check("{{ site.url }}/x", &[("{{ site.url }}", "site.url")]);
        check("x {: .wide}", &[("{: .wide}", ".wide")]);
        check("{{< figure\nsrc=a >}}", &[("{{< figure\nsrc=a >}}", "figure")]);
    }

    #[test]
    fn braces_alone_are_text() {
        check("{{< never closed", &[]);
        check("{a: b} { {", &[]);
        check("{{<\n\n>}}", &[]);
        check("{{}}", &[]);
    }

    #[test]
    fn remarks_vanish_whole_and_raw_text_stays() {
        check("{% comment %}a {{ b }}{% endcomment %}c", &[("{% comment %}a {{ b }}{% endcomment %}", "comment")]);
        check("{% raw %}{{ b }}{% endraw %}", &[("{% raw %}", "raw"), ("{% endraw %}", "endraw")]);
        check("{{/* a */}}", &[("{{/* a */}}", "a")]);
    }

    #[test]
    fn common_ones_are_explained() {
        let Some(found) = find("{{< legacy-img-right src >}}").next() else { panic!("nothing found") };
        assert!(found.help().contains("!["));
    }
}
