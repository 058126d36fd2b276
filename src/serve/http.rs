//! Requests -> answers: media types, ranges, redirects, the not-found page.
//!
//! 1. A request must name this machine (`hosts`): a page of another site must not read the preview.
//! 2. The script of open pages and their streams stand below an address of their own (`live`).
//! 3. Everything else is what the newest preview has at that address. Pages get the script.
//!
//! 4. Every answer has the headers that a good host sends, so that what the policy forbids is seen here first.
//!
//! **Invariant:** nothing is kept by browsers (`no-store`), no cookies; nothing is written but pictures that builds keep.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, LOCATION};
use axum::http::header::{HOST, IF_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::response::sse::{KeepAlive, Sse};
use axum::routing::get;
use http_range_header::parse_range_header;
use pulldown_cmark_escape::escape_html_body_text;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::outputs::SECURITY;

use super::answer::{Answer, Shown, answer, version};
use super::hosts;
use super::live::{self, Open, Places};
use super::media_type;

/// What the answers are made from.
#[derive(Clone)]
pub struct Served {
    pub shown: watch::Receiver<Shown>,
    /// The name or address that we were told to listen at.
    pub host: Arc<str>,
    pub places: Places,
}

/// How often an idle stream shows that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// All that the preview answers.
pub fn router(served: Served) -> Router {
    Router::new()
        .route(live::SCRIPT_ADDRESS, get(script))
        .route("/_fingerpost/live/{*version_and_page}", get(stream))
        .fallback(file)
        .layer(middleware::from_fn_with_state(served.clone(), only_for_us))
        .with_state(served)
}

async fn only_for_us(State(served): State<Served>, request: Request, next: Next) -> Response<Body> {
    let header = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let named = request.uri().authority().map(|authority| authority.as_str()).or(header);
    if named.is_some_and(|named| hosts::is_ours(named, &served.host)) {
        return next.run(request).await;
    }
    let words =
        "The preview answers at localhost and at addresses made of numbers only. To use a name, give it with --host.\n";
    whole(StatusCode::FORBIDDEN, TEXT, words.into())
}

async fn script() -> Response<Body> {
    whole(StatusCode::OK, "text/javascript; charset=utf-8", live::SCRIPT.into())
}

/// `/_fingerpost/live/<version>/<the page's address>`.
async fn stream(State(served): State<Served>, uri: Uri) -> impl IntoResponse {
    let rest = uri.path().trim_start_matches("/_fingerpost/live/");
    let (version, page) = rest.split_once('/').unwrap_or((rest, ""));
    let open = Open::new(&format!("/{page}"), version);
    Sse::new(live::stream(served.shown, served.places, open).await).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

async fn file(State(served): State<Served>, method: Method, uri: Uri, headers: HeaderMap) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        let mut refusal =
            whole(StatusCode::METHOD_NOT_ALLOWED, TEXT, "The preview answers GET and HEAD only.\n".into());
        refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refusal;
    }
    let shown = served.shown.borrow().clone();
    let address = uri.path().to_owned();
    let made = spawn_blocking(move || {
        let version = version(&shown, &address);
        let (status, media_type, bytes) = match answer(&shown, &address) {
            Answer::Redirect(to) => return Err(to),
            Answer::File(path, bytes) => (StatusCode::OK, media_type::of(&path), bytes),
            Answer::Missing(bytes) => (StatusCode::NOT_FOUND, HTML.to_owned(), bytes),
            Answer::Fault(words) => (StatusCode::INTERNAL_SERVER_ERROR, HTML.to_owned(), fault_page(&words)),
        };
        let is_fault = status == StatusCode::INTERNAL_SERVER_ERROR;
        let bytes = if media_type == HTML { live::with_script(&bytes, &address, version, is_fault) } else { bytes };
        Ok((status, media_type, bytes))
    });
    let mut response = match made.await {
        Ok(Ok((StatusCode::OK, media_type, bytes))) if method == Method::GET => part(&headers, &media_type, bytes),
        Ok(Ok((status, media_type, bytes))) => whole(status, &media_type, bytes),
        Ok(Err(to)) => redirect(&to, uri.query()),
        Err(_) => whole(StatusCode::INTERNAL_SERVER_ERROR, TEXT, "Fingerpost itself failed here.\n".into()),
    };
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

fn whole(status: StatusCode, media_type: &str, bytes: Vec<u8>) -> Response<Body> {
    let length = bytes.len();
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    put(&mut response, CONTENT_LENGTH, &length.to_string());
    put(&mut response, CONTENT_TYPE, media_type);
    put(&mut response, CACHE_CONTROL, "no-store");
    for (name, value) in SECURITY {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            put(&mut response, name, value);
        }
    }
    if status == StatusCode::OK {
        put(&mut response, ACCEPT_RANGES, "bytes");
    }
    response
}

/// The range that was asked for (RFC 9110 §14); everything where none was, or several, or where it cannot
/// be read.
fn part(headers: &HeaderMap, media_type: &str, mut bytes: Vec<u8>) -> Response<Body> {
    let range = headers.get(RANGE).filter(|_| !headers.contains_key(IF_RANGE)).and_then(|range| range.to_str().ok());
    let Some(Ok(ranges)) = range.map(parse_range_header) else { return whole(StatusCode::OK, media_type, bytes) };
    let length = bytes.len();
    let (status, content_range) = match ranges.validate(length as u64).as_deref() {
        Ok([range]) => {
            let (first, last) = (*range.start(), *range.end());
            bytes = bytes.drain(first as usize..=last as usize).collect();
            (StatusCode::PARTIAL_CONTENT, format!("bytes {first}-{last}/{length}"))
        }
        Ok(_) => return whole(StatusCode::OK, media_type, bytes),
        Err(_) => {
            bytes.clear();
            (StatusCode::RANGE_NOT_SATISFIABLE, format!("bytes */{length}"))
        }
    };
    let mut response = whole(status, media_type, bytes);
    put(&mut response, CONTENT_RANGE, &content_range);
    put(&mut response, ACCEPT_RANGES, "bytes");
    response
}

fn redirect(to: &str, query: Option<&str>) -> Response<Body> {
    let mut response = whole(StatusCode::TEMPORARY_REDIRECT, TEXT, format!("It stands at {to}\n").into());
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    put(&mut response, LOCATION, &format!("{to}{query}"));
    response
}

fn put(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn fault_page(words: &str) -> Vec<u8> {
    let mut written = String::new();
    // Writing to a text cannot fail.
    let _ = escape_html_body_text(&mut written, words);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Something needs mending</title>\n</head>\n\
         <body>\n<h1>Something needs mending</h1>\n<pre id=\"fingerpost-faults\">{written}</pre>\n\
         <p>The page comes here by itself when the mistake is mended.</p>\n</body>\n</html>\n"
    )
    .into()
}
