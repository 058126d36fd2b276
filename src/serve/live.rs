//! Telling open pages what changed: one stream of server-sent events for each.
//!
//! A page carries its address and the version that it was made with (`with_script`). Its script opens a
//! stream with both, and `Open::update` compares them with the newest preview: at once, so that a page that
//! slept catches up, and after every rebuild.
//!
//! 1. A page whose bytes are the same stays, whatever happened elsewhere.
//! 2. A page whose style sheets alone have other addresses swaps them.
//! 3. Any other page is loaded again; one that cannot be made stays, with the faults above it.
//! 4. Pictures that changed at the same address are named; the script knows whether it shows them.
//! 5. A browser opens six connections to one place and no more, and a seventh page would wait for ever. So
//!    where `STREAMS` are open, the oldest is told to rest when another one comes.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::future::ready;
use std::pin::Pin;
use std::sync::Arc;

use axum::response::sse::Event;
use futures_util::stream::{self, Stream};
use pulldown_cmark_escape::escape_html;
use serde_json::json;
use tokio::sync::futures::OwnedNotified;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::spawn_blocking;

use crate::hash::Fingerprint;
use crate::path::OutputPath;

use super::answer::{Answer, Shown, answer, version};
use super::media_type;
use super::preview::Preview;

/// Where the script stands, and below it the streams; no page of a site begins so.
pub const SCRIPT_ADDRESS: &str = "/_fingerpost/live.js";
pub const SCRIPT: &str = include_str!("live.js");

/// What an open page is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    Reload,
    /// (old address, new address) of style sheets.
    Styles(Vec<(String, String)>),
    /// Addresses of pictures that show something else now.
    Pictures(Vec<String>),
    /// The page is what it would be if it were loaded again.
    Version(Fingerprint),
    Faults(String),
    Mended,
    /// Let go of the stream until somebody sees the page.
    Rest,
}

/// How many streams may be open; a browser needs connections for the pages themselves, too.
const STREAMS: usize = 4;

/// The places for streams.
#[derive(Clone)]
pub struct Places {
    free: Arc<Semaphore>,
    /// Wakes the stream that has waited the longest, which is the oldest.
    wanted: Arc<Notify>,
}

impl Places {
    pub fn new() -> Self {
        Places { free: Arc::new(Semaphore::new(STREAMS)), wanted: Arc::default() }
    }

    /// Waits for a place; if need be, for one that the oldest stream has left.
    async fn take(&self) -> Option<OwnedSemaphorePermit> {
        if self.free.available_permits() == 0 {
            self.wanted.notify_one();
        }
        Arc::clone(&self.free).acquire_owned().await.ok()
    }
}

/// A page in a browser.
pub struct Open {
    address: String,
    /// The version that it was made with, and whether it is the page of a fault.
    version: Fingerprint,
    is_fault: bool,
    /// The newest preview in which the page is what the browser shows.
    shown: Option<Arc<Preview>>,
    /// Faults may stand above it.
    may_show_faults: bool,
}

impl Open {
    /// A page that says what it is: its address, and the version as `with_script` wrote it.
    pub fn new(address: &str, written_version: &str) -> Self {
        let (is_fault, version) = match written_version.strip_prefix(FAULT) {
            Some(version) => (true, version),
            None => (false, written_version),
        };
        let version = Fingerprint::parse(version).unwrap_or_default();
        Open { address: address.to_owned(), version, is_fault, shown: None, may_show_faults: true }
    }

    /// What the page must be told so that it shows what it should. Blocks: it may make the page.
    pub fn update(&mut self, now: &Shown) -> VecDeque<Message> {
        let mut messages = VecDeque::new();
        let mut faults = now.faults.as_ref().map(|faults| faults.to_string());
        let new = version(now, &self.address);
        let mut is_current = new == self.version;
        if !is_current {
            match (answer(now, &self.address), self.bytes()) {
                (Answer::Fault(words), _) if !self.is_fault => faults = faults.or(Some(words)),
                (Answer::File(_, new_bytes) | Answer::Missing(new_bytes), Some((old, old_bytes))) => {
                    let swaps = swaps(&old, &now.preview);
                    if new_bytes == old_bytes {
                        is_current = true;
                    } else if new_bytes == swapped(&old_bytes, &swaps) {
                        is_current = true;
                        messages.push_back(Message::Styles(swaps));
                    } else {
                        messages.push_back(Message::Reload);
                    }
                }
                _ => messages.push_back(Message::Reload),
            }
            if is_current || !messages.is_empty() {
                self.version = new;
                messages.push_back(Message::Version(new));
            }
        }
        if messages.contains(&Message::Reload) {
            return [Message::Reload].into();
        }
        if is_current {
            messages.extend(self.shown.as_ref().and_then(|old| pictures(old, &now.preview)));
            self.shown = Some(Arc::clone(&now.preview));
        }
        match faults {
            Some(words) => messages.push_back(Message::Faults(words)),
            None if self.may_show_faults => messages.push_back(Message::Mended),
            None => {}
        }
        self.may_show_faults = matches!(messages.back(), Some(Message::Faults(_)));
        messages
    }

    /// What the browser shows, with the preview that it is from; nothing where that is not known.
    fn bytes(&self) -> Option<(Arc<Preview>, Vec<u8>)> {
        let preview = self.shown.as_ref()?;
        match answer(&Shown { preview: Arc::clone(preview), faults: None }, &self.address) {
            Answer::File(_, bytes) | Answer::Missing(bytes) => Some((Arc::clone(preview), bytes)),
            Answer::Redirect(_) | Answer::Fault(_) => None,
        }
    }
}

/// Every message for an open page, as events, until it must rest or the preview ends.
pub async fn stream(
    shown: watch::Receiver<Shown>,
    places: Places,
    open: Open,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let _place = places.take().await;
    let is_wanted = Box::pin(places.wanted.notified_owned());
    let following = Following { shown, open, messages: VecDeque::new(), is_new: true, is_wanted, _place };
    stream::unfold(Some(following), |following| async move {
        let (message, following) = following?.next().await?;
        Some((Ok(event(&message)), following))
    })
}

/// An open page that follows what is shown.
struct Following {
    shown: watch::Receiver<Shown>,
    open: Open,
    messages: VecDeque<Message>,
    /// It has not been compared yet.
    is_new: bool,
    is_wanted: Pin<Box<OwnedNotified>>,
    /// Free again when this is dropped.
    _place: Option<OwnedSemaphorePermit>,
}

impl Following {
    /// The next message, and what follows it; nothing follows a rest.
    async fn next(mut self) -> Option<(Message, Option<Self>)> {
        loop {
            if let Some(message) = self.messages.pop_front() {
                return Some((message, Some(self)));
            }
            tokio::select! {
                biased;
                () = &mut self.is_wanted => return Some((Message::Rest, None)),
                changed = self.shown.changed(), if !self.is_new => changed.ok()?,
                () = ready(()), if self.is_new => self.is_new = false,
            }
            let now = self.shown.borrow_and_update().clone();
            let mut open = self.open;
            (self.open, self.messages) = spawn_blocking(move || {
                let messages = open.update(&now);
                (open, messages)
            })
            .await
            .ok()?;
        }
    }
}

/// A page with the script that listens for it.
pub fn with_script(page: &[u8], address: &str, version: Fingerprint, is_fault: bool) -> Vec<u8> {
    let mut written_address = String::new();
    // Writing to a text cannot fail.
    let _ = escape_html(&mut written_address, address);
    let fault = if is_fault { FAULT } else { "" };
    let script = format!(
        "<script src=\"{SCRIPT_ADDRESS}\" data-page=\"{written_address}\" data-version=\"{fault}{version}\" defer></script>\n"
    );
    let is_end = |window: &[u8]| window.eq_ignore_ascii_case(b"</body>");
    let at = page.windows(b"</body>".len()).rposition(is_end).unwrap_or(page.len());
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

/// What stands before the version of the page of a fault.
const FAULT: &str = "fault-";

/// Style sheets that have another address now.
fn swaps(old: &Preview, new: &Preview) -> Vec<(String, String)> {
    let now: BTreeMap<&str, &OutputPath> = new.assets().collect();
    let both = old.assets().filter_map(|(name, path)| Some((name, path, *now.get(name)?)));
    both.filter(|(name, before, after)| name.ends_with(".css") && before != after)
        .map(|(_, before, after)| (old.address(before), new.address(after)))
        .collect()
}

/// A page with the new addresses in place of the old ones.
fn swapped(page: &[u8], swaps: &[(String, String)]) -> Vec<u8> {
    let Ok(page) = std::str::from_utf8(page) else { return page.to_owned() };
    let swap = |page: String, (before, after): &(String, String)| page.replace(before, after);
    swaps.iter().fold(page.to_owned(), swap).into_bytes()
}

fn pictures(old: &Preview, new: &Preview) -> Option<Message> {
    let mut changed = new.changed_files(old);
    changed.retain(|path| media_type::of(path).starts_with("image/"));
    (!changed.is_empty()).then(|| Message::Pictures(changed.iter().map(|path| new.address(path)).collect()))
}

fn event(message: &Message) -> Event {
    let (name, data) = match message {
        Message::Reload => ("reload", json!({})),
        Message::Styles(swaps) => ("styles", json!({ "swaps": swaps })),
        Message::Pictures(addresses) => ("pictures", json!({ "addresses": addresses })),
        Message::Version(version) => ("version", json!({ "version": version.to_string() })),
        Message::Faults(text) => ("faults", json!({ "text": text })),
        Message::Mended => ("mended", json!({})),
        Message::Rest => ("rest", json!({})),
    };
    Event::default().event(name).data(data.to_string())
}
