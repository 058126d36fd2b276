//! Who may be meant by a request: a page of another site can make a browser ask us under its own name.
//!
//! Such a name is pointed at this machine after the page was loaded (DNS rebinding), and the browser takes
//! our answers for that site's. Addresses made of numbers cannot be used so, nor can names that always mean
//! this machine (RFC 6761 §6.3).

use std::net::IpAddr;

/// Whether a `Host` header names this machine, or the `host` that we were told to listen at.
pub fn is_ours(header: &str, host: &str) -> bool {
    let name = without_port(header).to_ascii_lowercase();
    let name = name.trim_end_matches('.');
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok()
        || !name.is_empty() && name.eq_ignore_ascii_case(host)
}

fn without_port(header: &str) -> &str {
    match header.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => header.split(':').next().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_ours() {
        for (header, expected) in [
            ("localhost:8000", true),
            ("LOCALHOST", true),
            ("site.localhost:8000", true),
            ("127.0.0.1:8000", true),
            ("192.168.1.20:8000", true),
            ("[::1]:8000", true),
            ("laptop.local:8000", true),
            ("example.org", false),
            ("example.org:8000", false),
            ("localhost.example.org", false),
            ("127.0.0.1.example.org:8000", false),
            ("", false),
            (":8000", false),
        ] {
            assert_eq!(is_ours(header, "laptop.local"), expected, "{header}");
        }
    }
}
