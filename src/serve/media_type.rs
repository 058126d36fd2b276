//! Media types of files by their names, as a good host sends them.

use crate::path::OutputPath;

/// `text/html; charset=utf-8`; everything that we write as text is UTF-8.
pub fn of(path: &OutputPath) -> String {
    let extension = path.extension();
    let essence = match extension.as_str() {
        "xml" if path.file_name() == "rss.xml" => "application/rss+xml",
        "xml" => "application/xml",
        "ics" => "text/calendar",
        _ => mime_guess::from_path(path.as_str()).first_raw().unwrap_or("application/octet-stream"),
    };
    let is_text = essence.starts_with("text/")
        || essence.ends_with("xml") && !essence.starts_with("image/")
        || essence.ends_with("json")
        || essence.ends_with("javascript");
    format!("{essence}{}", if is_text { "; charset=utf-8" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_those_of_a_good_host() {
        for (path, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("blog/rss.xml", "application/rss+xml; charset=utf-8"),
            ("sitemap.xml", "application/xml; charset=utf-8"),
            ("events/calendar.ics", "text/calendar; charset=utf-8"),
            ("assets/css/site.0123456789.css", "text/css; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("search.json", "application/json; charset=utf-8"),
            ("assets/search.js", "text/javascript; charset=utf-8"),
            ("media/logo.svg", "image/svg+xml"),
            ("media/A.JPG", "image/jpeg"),
            ("media/share.webp", "image/webp"),
            ("media/talk.mp4", "video/mp4"),
            ("media/talk.vtt", "text/vtt; charset=utf-8"),
            ("assets/font.woff2", "font/woff2"),
            ("files/poster.pdf", "application/pdf"),
            ("files/without", "application/octet-stream"),
        ] {
            assert_eq!(of(&path.into()), expected, "{path}");
        }
    }
}
