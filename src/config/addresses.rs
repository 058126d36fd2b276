//! Addresses on the web and of e-mail, wherever they are written.

use crate::codes;
use crate::config::phone;
use crate::date::Fault;
use crate::fields::Fields;
use crate::path::{decode, nearest};

/// What may stand before the colon of an address that people mistype: the letters of others are left alone.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// Names by which a computer calls itself.
const OWN_COMPUTER: [&str; 4] = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"];

/// What follows the last dot of most hosts that a service in the United Kingdom links to.
const ENDINGS: [&str; 12] = ["com", "cymru", "eu", "gov", "info", "io", "london", "net", "nhs", "org", "scot", "uk"];

/// Reads an address on the web that begins with a scheme.
pub fn web_address(fields: &mut Fields<'_, '_>, name: &'static str) -> Option<String> {
    let read = |text: &str| {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        match rest {
            Some(rest) if !rest.is_empty() && !text.contains(char::is_whitespace) => match link_fault(text) {
                None => Ok(text.to_owned()),
                Some(fault) => Err(fault),
            },
            _ => Err(Fault {
                message: format!("`{text}` is not an address on the web"),
                help: format!(
                    "write it with https:// at its start: `{name}: https://{}`",
                    text.trim_start_matches('/')
                ),
            }),
        }
    };
    fields.parsed(name, &codes::field::NOT_AN_ADDRESS, read).map(|address| address.value)
}

/// Reads an e-mail address.
pub fn email(text: &str) -> Result<String, Fault> {
    if is_email(text) {
        return Ok(text.to_owned());
    }
    Err(Fault {
        message: format!("`{text}` is not an e-mail address"),
        help: "write one address, such as `email: hello@example.org`".to_owned(),
    })
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !text.contains(|c: char| c.is_whitespace() || c == ',' || c == '<')
            && !domain.contains('@')
    })
}

/// Why a link that does not stay on this site leads nowhere for those who read it; nothing where it may lead somewhere.
pub fn link_fault(link: &str) -> Option<Fault> {
    let fault = |message: String, help: String| Some(Fault { message, help });
    let (scheme, rest) = link.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let Some(rest) = rest.strip_prefix("//") else {
                let better = format!("https://{}", rest.trim_start_matches('/'));
                return fault(format!("`{link}` lacks the two slashes after its colon"), format!("write `{better}`"));
            };
            let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
            let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
            let is_own = OWN_COMPUTER.contains(&name.map_or(host, |(name, _)| name));
            let path = if path.is_empty() { "/" } else { path };
            is_own.then(|| Fault {
                message: format!("`{link}` is on your own computer, so nobody else can open it"),
                help: format!("for a page of this site write its address alone, `{path}`; else write one on the web"),
            })
        }
        "mailto" => {
            let people = decode(rest.split('?').next().unwrap_or_default());
            let wrong = people.split(',').map(str::trim).find(|person| !person.is_empty() && !is_email(person))?;
            let help = "write one address, such as `mailto:hello@example.org`";
            fault(format!("`{wrong}` is not an e-mail address"), help.to_owned())
        }
        "tel" if !phone::has_number(rest) => {
            let help = "write it in digits, such as `tel:01632960123`";
            fault(format!("`{link}` has no number to ring"), help.to_owned())
        }
        "file" => own_file(link),
        drive if drive.len() == 1 && drive.starts_with(|c: char| c.is_ascii_alphabetic()) => own_file(link),
        other if !SCHEMES.contains(&other) && rest.starts_with("//") => {
            let near = nearest(other, SCHEMES)?;
            fault(
                format!("`{other}:` is nothing that an address begins with"),
                format!("did you mean `{near}:{rest}`?"),
            )
        }
        _ => None,
    }
}

fn own_file(link: &str) -> Option<Fault> {
    Some(Fault {
        message: format!("`{link}` is a file on your own computer, so nobody else can open it"),
        help: "put the file into `content/media/` and write its path there, from the folder of this file".to_owned(),
    })
}

/// An address that was meant by what has no scheme: `https://www.example.org` by `www.example.org`.
pub fn with_scheme(link: &str) -> Option<String> {
    for slip in ["https//", "http//", "https/", "http/"] {
        if let Some(rest) = link.strip_prefix(slip).filter(|rest| rest.contains('.')) {
            return Some(format!("https://{}", rest.trim_start_matches('/')));
        }
    }
    let host = link.split(['/', '?', '#']).next().unwrap_or_default().to_lowercase();
    if host.contains('@') {
        return (host.len() == link.len() && is_email(link)).then(|| format!("mailto:{link}"));
    }
    let (name, ending) = host.rsplit_once('.')?;
    let is_host = !name.is_empty() && !name.starts_with('.') && (host.starts_with("www.") || ENDINGS.contains(&ending));
    is_host.then(|| format!("https://{link}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_nobody_else_can_follow_is_told() {
        for (link, message, help) in [
            ("http://localhost:8000/about/", "on your own computer", "`/about/`"),
            ("http://127.0.0.1:8000", "on your own computer", "`/`"),
            ("file:///C:/x.docx", "a file on your own computer", "content/media/"),
            ("C:\\x.docx", "a file on your own computer", "content/media/"),
            ("htp://x.org", "`htp:`", "`http://x.org`"),
            ("https:/x.org", "two slashes", "`https://x.org`"),
            ("mailto:jo@@example", "`jo@@example`", "mailto:hello@example.org"),
            ("mailto:jo%20at%20example.org", "`jo at example.org`", "mailto:"),
            ("tel:ring", "no number", "tel:01632960123"),
        ] {
            let fault = link_fault(link).unwrap();
            assert!(fault.message.contains(message) && fault.help.contains(help), "{link}: {fault:?}");
        }
        for link in [
            "https://x.org",
            "https://localhost.example.org/a",
            "mailto:jo@example.org,sam@example.org?subject=Tea",
            "mailto:?subject=Look",
            "tel:999",
            "//example.org/a",
            "webcal://example.org/a.ics",
            "whatsapp://send",
            "sms:07700900123",
        ] {
            assert!(link_fault(link).is_none(), "{link}: {:?}", link_fault(link));
        }
    }

    #[test]
    fn an_address_without_its_beginning_gets_it() {
        for (link, expected) in [
            ("www.bbc.co.uk", Some("https://www.bbc.co.uk")),
            ("www.youtube.com/watch?v=a", Some("https://www.youtube.com/watch?v=a")),
            ("example.org/a.html", Some("https://example.org/a.html")),
            ("https//example.org", Some("https://example.org")),
            ("jo@example.org", Some("mailto:jo@example.org")),
            ("../about.md", None),
            ("leaflet.pdf", None),
            ("jo@", None),
        ] {
            assert_eq!(with_scheme(link).as_deref(), expected, "{link}");
        }
    }
}
