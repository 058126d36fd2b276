//! Bundles: a folder of assets whose name ends in `.css` or `.js` is one file of that name.
//!
//! 1. Its parts are joined in the order of their names: `css/site.css/10-tokens.css`, `css/site.css/20-base.css`.
//! 2. Comments and white space that mean nothing are left out of the parts of style sheets. All else stays as it is;
//!    the parts of the built-in script are minified when the program is compiled (`build.rs`).
//!
//! A site's own file takes the place of the built-in part of the same name; its file `css/site.css` takes the place of
//! the whole bundle, and its folder of that name that of a built-in file.
//!
//! Addresses in a part are written as in the file that the bundle becomes: `url(../fonts/a.woff2)` in
//! `css/site.css/10-tokens.css` is `fonts/a.woff2`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::path::SourcePath;

/// The bytes of an asset, and where they come from; nothing for a built-in one.
pub type Raw = (Arc<[u8]>, Option<SourcePath>);

/// The bundle that an asset is a part of: `css/site.css` for `css/site.css/10-tokens.css`.
fn bundle_of(name: &str) -> Option<&str> {
    let is_bundle = |folder: &&str| folder.ends_with(".css") || folder.ends_with(".js");
    name.match_indices('/').map(|(at, _)| &name[..at]).find(is_bundle)
}

/// Lays an asset over those that there are.
pub fn lay_over(assets: &mut BTreeMap<String, Raw>, name: &str, raw: Raw) {
    match bundle_of(name) {
        Some(bundle) => {
            assets.remove(bundle);
        }
        None if name.ends_with(".css") || name.ends_with(".js") => {
            let inside = format!("{name}/");
            assets.retain(|other, _| !other.starts_with(&inside));
        }
        None => {}
    }
    assets.insert(name.to_owned(), raw);
}

/// Joins the parts of bundles. A bundle comes from the first of its parts that is a site's own.
pub fn join(assets: BTreeMap<String, Raw>) -> BTreeMap<String, Raw> {
    let mut joined: BTreeMap<String, Raw> = BTreeMap::new();
    let mut bundles: BTreeMap<String, (Vec<u8>, Option<SourcePath>)> = BTreeMap::new();
    for (name, (bytes, source)) in assets {
        let Some(bundle) = bundle_of(&name) else {
            joined.insert(name, (bytes, source));
            continue;
        };
        let (whole, first) = bundles.entry(bundle.to_owned()).or_default();
        match std::str::from_utf8(&bytes) {
            Ok(text) if bundle.ends_with(".css") => whole.extend_from_slice(compact_css(text).as_bytes()),
            _ => whole.extend_from_slice(&bytes),
        }
        whole.push(b'\n');
        *first = first.take().or(source);
    }
    joined.extend(bundles.into_iter().map(|(name, (bytes, source))| (name, (bytes.into(), source))));
    joined
}

/// A style sheet without comments and without white space that means nothing. Comments that begin with `/*!` stay,
/// and so does one that alone keeps two words apart.
fn compact_css(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut has_space = false;
    // At the start, and behind signs that need no space.
    let mut is_fresh = true;
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            has_space = true;
            rest = rest.trim_start();
            continue;
        }
        let token = match comment(rest) {
            Some(comment) => {
                let after = &rest[comment.len()..];
                let parts_words = !(has_space || is_fresh || after.is_empty() || after.starts_with(is_apart));
                if !parts_words && !comment.starts_with("/*!") {
                    rest = after;
                    continue;
                }
                comment
            }
            None => &rest[..length_of_token(rest)],
        };
        rest = &rest[token.len()..];
        let is_sign = token.starts_with(is_sign);
        if has_space && !is_sign && !is_fresh {
            out.push(' ');
        }
        if token == "}" && is_fresh && out.ends_with(';') {
            out.pop();
        }
        out.push_str(token);
        has_space = false;
        is_fresh = is_sign;
    }
    out
}

/// Signs that need no space around them.
fn is_sign(letter: char) -> bool {
    matches!(letter, '{' | '}' | ';' | ',')
}

fn is_apart(letter: char) -> bool {
    is_sign(letter) || letter.is_whitespace()
}

/// The comment that a text begins with; one that is never closed reaches to the end.
fn comment(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("/*")?;
    Some(inner.find("*/").map_or(text, |end| &text[..end + 4]))
}

/// A text in quotes or an address whole, an escaped letter with its sign; of all else one letter.
fn length_of_token(css: &str) -> usize {
    let mut letters = css.char_indices();
    let Some((_, first)) = letters.next() else { return 0 };
    match first {
        '"' | '\'' => {
            let mut is_escaped = false;
            for (at, letter) in letters {
                if letter == first && !is_escaped {
                    return at + 1;
                }
                is_escaped = letter == '\\' && !is_escaped;
            }
            css.len()
        }
        '\\' => letters.next().map_or(css.len(), |(at, letter)| at + letter.len_utf8()),
        'u' | 'U' if css.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("url(")) => {
            let inner = &css[4..];
            // An address in quotes is a text, and what follows it is read as usual.
            if inner.trim_start().starts_with(['"', '\'']) {
                4
            } else {
                4 + inner.find(')').map_or(inner.len(), |end| end + 1)
            }
        }
        _ => first.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        let mut assets = BTreeMap::new();
        for (name, text) in files {
            lay_over(&mut assets, name, (text.as_bytes().into(), None));
        }
        join(assets)
            .into_iter()
            .map(|(name, (bytes, _))| (name, String::from_utf8_lossy(&bytes).into_owned()))
            .collect()
    }

    #[test]
    fn parts_are_joined_in_the_order_of_their_names() {
        let files = [
            ("css/site.css/20-base.css", "p { color: red; }"),
            ("css/print.css", "p  { }"),
            ("css/site.css/10-tokens.css", ":root { --a: 1 }"),
            ("js/site.js/10-a.js", "a();"),
            ("css/site.css/20-base.css", "p { color: blue; }"),
        ];
        let joined = of(&files);
        assert_eq!(joined["css/site.css"], ":root{--a: 1}\np{color: blue}\n");
        assert_eq!(joined["css/print.css"], "p  { }");
        assert_eq!(joined["js/site.js"], "a();\n");
        assert_eq!(joined.len(), 3);
        assert_eq!(of(&[("css/site.css/1.css", "a{}"), ("css/site.css", "b { }")])["css/site.css"], "b { }");
        assert_eq!(of(&[("css/site.css", "b { }"), ("css/site.css/1.css", "a{}")])["css/site.css"], "a{}\n");
    }

    #[test]
    fn a_style_sheet_means_what_it_meant() {
        let check = |css: &str, expected: &str| assert_eq!(compact_css(css), expected);
        check("a , b > c {\n  color : red ;\n}\n", "a,b > c{color : red}");
        check("/* x */ a /* y */ b /* z */{ }", "a b{}");
        check("a { margin: 1px/**/2px }", "a{margin: 1px/**/2px}");
        check("/*! licence */a{}", "/*! licence */a{}");
        check("a::before { content: \"/* no */  ; \\\" }\" }", "a::before{content: \"/* no */  ; \\\" }\"}");
        check("a { b: url( x/*y*/ z ); c: url( \"/* d */\" ) }", "a{b: url( x/*y*/ z );c: url( \"/* d */\" )}");
        check("a { width: calc(1px + 2px) ; --x: ; }", "a{width: calc(1px + 2px);--x:}");
        check("@media (min-width: 40em) and (x) { a { b: c } }", "@media (min-width: 40em) and (x){a{b: c}}");
        check(".a\\ b { } .c\\; d { }", ".a\\ b{}.c\\; d{}");
        check("a {} /* never closed", "a{}");
    }
}
