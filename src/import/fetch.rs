//! The bytes of a file on the web or on this machine.
//!
//! **Invariant:** nothing is fetched but what was asked for and where that leads; a server can neither make us wait
//! longer than `Limits` says nor send more.

#![allow(clippy::disallowed_methods, reason = "reads the file that it is told of")]

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use ureq::Agent;
use ureq::http::StatusCode;

use crate::date::words::count;

/// How much and how long.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of the file, in bytes.
    pub largest: usize,
    /// For all of it: name, connection, redirects and body.
    pub longest: Duration,
}

/// More addresses in a row than any server means well.
const MOST_REDIRECTS: u32 = 5;

/// The bytes at a web address or in a file.
///
/// Errors: one sentence for people, without a full stop, and what they can do.
pub fn bytes(from: &str, limits: Limits) -> Result<Vec<u8>, String> {
    match from.split_once("://") {
        Some((scheme, rest)) => match scheme.to_ascii_lowercase().as_str() {
            "https" | "webcal" | "webcals" => download(&format!("https://{rest}"), limits),
            "http" => download(&format!("http://{rest}"), limits),
            _ => Err(format!("{scheme}:// is no address of a calendar; write one with https://, http:// or webcal://")),
        },
        None => local(Path::new(from), limits),
    }
}

fn local(path: &Path, limits: Limits) -> Result<Vec<u8>, String> {
    let cannot = |error: std::io::Error| format!("cannot read {}: {error}", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(cannot)?;
    file.take(limits.largest as u64 + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() > limits.largest {
        return Err(format!("{} is larger than {}", path.display(), size(limits.largest)));
    }
    Ok(bytes)
}

fn download(address: &str, limits: Limits) -> Result<Vec<u8>, String> {
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(limits.longest))
        .max_redirects(MOST_REDIRECTS)
        .http_status_as_error(false)
        .user_agent(concat!("fingerpost/", env!("CARGO_PKG_VERSION")))
        .accept("text/calendar, */*;q=0.1")
        .build()
        .into();
    let host = address.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next()).unwrap_or(address);
    let failed = |error| format!("{host}: {}", words(&error, limits));
    let mut response = agent.get(address).call().map_err(failed)?;
    let status = response.status();
    if status != StatusCode::OK {
        return Err(format!("{host}: {}", refusal(status)));
    }
    response.body_mut().with_config().limit(limits.largest as u64).read_to_vec().map_err(failed)
}

fn refusal(status: StatusCode) -> String {
    let number = status.as_u16();
    match number {
        401 | 403 | 407 => format!(
            "the server asks for a login or refuses us ({number}); look for the calendar's public or secret iCal address"
        ),
        404 | 410 => {
            format!("there is no calendar at this address ({number}); check it, or ask whoever keeps the calendar")
        }
        429 => format!("the server is asked too often ({number}); try again in an hour"),
        500.. => format!("the server is in trouble ({number}); try again later"),
        _ => format!("the server answers {number} and sends no calendar; check the address"),
    }
}

fn words(error: &ureq::Error, limits: Limits) -> String {
    match error {
        ureq::Error::Timeout(_) => format!(
            "the download takes longer than {}; try again, or give it more time with --wait",
            count(i64::try_from(limits.longest.as_secs()).unwrap_or(i64::MAX), "second")
        ),
        ureq::Error::BodyExceedsLimit(_) => {
            format!(
                "the calendar is larger than {}; ask for one of fewer events, or of fewer years",
                size(limits.largest)
            )
        }
        ureq::Error::HostNotFound => "there is no such server; check the address, and that you are online".to_owned(),
        ureq::Error::TooManyRedirects => {
            format!("the address leads from one to the next more than {MOST_REDIRECTS} times; check it in a browser")
        }
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => {
            "this is not an address; copy it again from the calendar".to_owned()
        }
        other => format!("the download failed ({other}); try again later"),
    }
}

fn size(bytes: usize) -> String {
    format!("{} MB", bytes / 1024 / 1024)
}
