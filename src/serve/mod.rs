//! The preview: wait -> build -> tell the browsers.
//!
//! ```text
//! watch --> Changed --> preview::build --> Preview --> Shown --> http: whoever asks
//!                        (the pipeline)                    `--> live: every open page
//! ```
//!
//! 1. `listen` finds a place to listen at.
//! 2. One thread owns what the pipeline remembers. It builds, shows, waits for the next change (`watch`), and
//!    builds again. With errors the last good site stays, and browsers hear of the errors.
//! 3. A second thread makes in idle time what changed and nobody asked for, to find its faults (`idle`).
//! 4. A small runtime answers requests (`http`) and keeps a stream to each open page (`live`). Both ask
//!    `answer` what stands at an address, and it asks the newest `Preview`.
//! 5. Ctrl-C ends everything at once: there is nothing to put in order.
//!
//! **Invariant:** nothing is written anywhere, and the build does not know that it is previewed. `preview` is
//! the only file that looks into a build. Async stands in `http`, `live` and here.

#![allow(clippy::disallowed_methods, reason = "says how long a rebuild took, and of what")]

mod answer;
mod hosts;
mod http;
mod idle;
mod listen;
mod live;
mod media_type;
mod preview;
mod watch;

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use axum::serve::ListenerExt;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch as channel;

use crate::assemble::Drafts;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::load::Look;
use crate::pipeline::{Cache, Project};
use crate::report::{self, Style};

use answer::Shown;
use http::Served;
use live::Places;
use preview::Preview;
use watch::{Changed, Watch};

/// What is previewed, and where.
pub struct Settings {
    /// The folder that holds `content/`, by its full path.
    pub root: PathBuf,
    pub drafts: Drafts,
    pub moment: Moment,
    /// A name or an address.
    pub host: String,
    /// 0 is any.
    pub port: u16,
    pub browser: Browser,
    pub style: Style,
    /// Prints.
    pub say: fn(&str),
}

/// The moment at which the site is seen.
#[derive(Clone, Copy)]
pub enum Moment {
    Fixed(Timestamp),
    /// That of each rebuild.
    Now(fn() -> Timestamp),
}

/// Whether the site is shown at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    Open,
    LeftAlone,
}

/// Previews a site until somebody stops it.
///
/// Errors: there is no place to listen at.
pub fn run(settings: Settings) -> anyhow::Result<()> {
    let (listener, address) = listen::listen(&settings.host, settings.port)?;
    let (say, browser, asked_port) = (settings.say, settings.browser, settings.port);
    let host = settings.host.as_str().into();
    let (mut rebuild, shown) = Rebuild::new(settings)?;
    rebuild.build(None);
    let base_path = shown.borrow().preview.base_path().to_owned();
    if address.port() != asked_port && asked_port != 0 {
        say(&format!("Port {asked_port} is busy, so this is port {}.\n", address.port()));
    }
    let url = listen::url(address, &base_path);
    say(&format!("The site is at {url} and follows every save. Ctrl-C ends it.\n"));
    if let Some(url) = listen::network_url(address, &base_path) {
        say(&format!(
            "warning: everybody on this network can see it, at {url}\n  = help: end it when you have finished\n"
        ));
    }
    if browser == Browser::Open
        && let Err(error) = open::that_detached(&url)
    {
        say(&format!("warning: no browser could be opened: {error}\n"));
    }
    let served = Served { shown: shown.clone(), host, places: Places::new() };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    thread::Builder::new().name("rebuild".to_owned()).spawn(move || rebuild.follow())?;
    let ended = runtime.block_on(async {
        tokio::select! {
            served = serve(listener, served) => served,
            stopped = stop() => stopped.context("cannot listen for Ctrl-C"),
            () = has_ended(shown) => bail!("the preview has failed, which is a mistake in Fingerpost itself"),
        }
    });
    runtime.shutdown_background();
    ended
}

async fn serve(listener: TcpListener, served: Served) -> anyhow::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|connection| {
        // An event must not wait for the next one.
        let _ = connection.set_nodelay(true);
    });
    axum::serve(listener, http::router(served)).await.context("cannot answer any more")
}

/// Ctrl-C, or a polite request of the system.
async fn stop() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok(())
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Whoever builds has gone.
async fn has_ended(mut shown: channel::Receiver<Shown>) {
    while shown.changed().await.is_ok() {}
}

/// How long to wait for a change before looking at the clock again.
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Builds, and remembers what it must for the next time.
struct Rebuild {
    settings: Settings,
    cache: Cache,
    watch: Watch,
    shown: channel::Sender<Shown>,
    /// Makes in idle time what nobody asked for.
    idle: mpsc::Sender<Arc<Preview>>,
    /// What is shown was built without an error.
    is_good: bool,
    /// The last look at the disk failed, so that more may have changed than is told.
    is_unsure: bool,
    /// What was wrong the last time, so that warnings are said once.
    known: BTreeSet<Diagnostic>,
    /// How many pages were held back the last time, in words: said once.
    held_back: Option<String>,
    /// What was in the way the last time: a file may come and go while we look.
    obstacle: Option<String>,
}

impl Rebuild {
    fn new(settings: Settings) -> anyhow::Result<(Self, channel::Receiver<Shown>)> {
        let (sender, receiver) = channel::channel(Shown { preview: Arc::new(Preview::empty()), faults: None });
        // Watched before it is read: no change is missed.
        let watch = Watch::new(&settings.root, settings.say);
        let idle = idle::start(settings.say)?;
        let (cache, known) = (Cache::default().recall(&settings.root), BTreeSet::new());
        let rebuild = Rebuild {
            settings,
            cache,
            watch,
            shown: sender,
            idle,
            is_good: false,
            is_unsure: false,
            known,
            held_back: None,
            obstacle: None,
        };
        Ok((rebuild, receiver))
    }

    fn follow(mut self) {
        loop {
            let changed = self.watch.wait(self.time_left());
            self.build(Some(&changed));
        }
    }

    /// How long the site stays what it is while nobody changes it: until an event is over, or a day.
    fn time_left(&self) -> Duration {
        let until = self.shown.borrow().preview.until();
        match (self.settings.moment, until) {
            (Moment::Now(clock), Some(until)) => {
                // A little later, so that the moment has come on every clock.
                let left = until.duration_since(clock()).checked_add(SignedDuration::from_millis(20));
                left.and_then(|left| Duration::try_from(left).ok()).unwrap_or_default().clamp(SHORTEST, LONGEST)
            }
            _ => LONGEST,
        }
    }

    /// Builds, tells the browsers, and says what is wrong. `changed` is what set it off.
    fn build(&mut self, changed: Option<&Changed>) {
        let started = Instant::now();
        let now = match self.settings.moment {
            Moment::Fixed(moment) => moment,
            Moment::Now(clock) => clock(),
        };
        let look = match changed {
            Some(Changed::Paths(paths)) if !self.is_unsure => Look::At(paths.clone()),
            _ => Look::Everywhere,
        };
        let project = Project { root: &self.settings.root, now, drafts: self.settings.drafts, look };
        let built = preview::build(&project, &mut self.cache);
        self.is_unsure = built.is_err();
        let built = match built {
            Ok(built) => built,
            Err(error) => return self.is_in_the_way(&format!("{error:#}")),
        };
        self.obstacle = None;
        let has_errors = built.report.has_errors();
        let faults = has_errors.then(|| {
            let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
            preview::words(&some(&built.report, is_error), &built.sources, Style::Plain).into()
        });
        let held_back = built.preview.as_ref().and_then(Preview::held_back_words);
        let before = Arc::clone(&self.shown.borrow().preview);
        let preview = match built.preview {
            Some(preview) if !has_errors || !self.is_good => Arc::new(preview),
            _ => Arc::clone(&before),
        };
        let had_good = self.is_good;
        self.is_good |= !has_errors;
        self.shown.send_replace(Shown { preview: Arc::clone(&preview), faults });
        let is_news = !preview.is_same(&before) || !built.report.iter().eq(&self.known);
        if is_news && !has_errors {
            preview.prune();
        }
        // It ends with the process, and not before.
        let _ = self.idle.send(preview);
        let milliseconds = started.elapsed().as_millis();
        // An error is said until it is mended, a warning once.
        let is_said =
            |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error || !self.known.contains(diagnostic);
        let words = preview::words(&some(&built.report, is_said), &built.sources, self.settings.style);
        let problems = report::summary(&built.report);
        self.known = built.report.iter().cloned().collect();
        let held_back_words = match &held_back {
            Some(words) if held_back != self.held_back => format!("{words}.\n"),
            _ => String::new(),
        };
        self.held_back = held_back;
        match changed {
            None => self.say(&format!("{words}Built in {milliseconds} ms: {problems}.\n{held_back_words}")),
            Some(Changed::Everywhere) if !is_news => {}
            Some(Changed::Paths(paths)) if paths.is_empty() => self.say(&words),
            Some(changed) => {
                let kept = if has_errors && had_good { ". The last good site stays" } else { "" };
                let changed = self.changed_words(changed);
                self.say(&format!(
                    "{words}{changed}: built in {milliseconds} ms; {problems}{kept}.\n{held_back_words}"
                ));
            }
        }
    }

    /// The disk did not let us look. Once may be chance; twice is said.
    fn is_in_the_way(&mut self, words: &str) {
        let is_known = self.obstacle.as_deref() == Some(words);
        self.obstacle = Some(words.to_owned());
        if !is_known {
            return self.watch.look_again();
        }
        let words = format!("error: {words}\n");
        self.say(&words);
        self.shown.send_modify(|shown| shown.faults = Some(words.into()));
    }

    /// `content/about.md changed`, `3 files changed`, `Something changed`.
    fn changed_words(&self, changed: &Changed) -> String {
        let Changed::Paths(paths) = changed else { return "Something changed".to_owned() };
        // A save may use files that are gone a moment later.
        let in_root = |path: &Path| path.strip_prefix(&self.settings.root).unwrap_or(path).to_owned();
        let (there, gone): (Vec<_>, Vec<_>) = paths.iter().partition(|path| path.exists());
        let relative = |paths: Vec<&PathBuf>| paths.into_iter().map(|path| in_root(path)).collect::<Vec<_>>();
        words_of_change(&relative(there), &relative(gone))
    }

    fn say(&self, words: &str) {
        (self.settings.say)(words);
    }
}

/// What became of files: of those that are there, and of those that are not.
fn words_of_change(there: &[PathBuf], gone: &[PathBuf]) -> String {
    // What an editor puts aside while it saves has another ending.
    if let ([new], [old]) = (there, gone)
        && new.extension() == old.extension()
    {
        return format!("{} renamed to {}", old.display(), new.display());
    }
    let (named, verb) = if there.is_empty() { (gone, "removed") } else { (there, "changed") };
    match named {
        [path] => format!("{} {verb}", path.display()),
        several => format!("{} files {verb}", several.len()),
    }
}

/// Those problems of a report that are wanted.
fn some(report: &Report, is_wanted: impl Fn(&Diagnostic) -> bool) -> Report {
    let mut some = Report::default();
    some.extend(report.iter().filter(|diagnostic| is_wanted(diagnostic)).cloned());
    some
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_files_is_said() {
        let words = |there: &[&str], gone: &[&str]| {
            let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
            words_of_change(&paths(there), &paths(gone))
        };
        assert_eq!(words(&["a.md"], &[]), "a.md changed");
        assert_eq!(words(&[], &["a.md"]), "a.md removed");
        assert_eq!(words(&["b.md"], &["a.md"]), "a.md renamed to b.md");
        assert_eq!(words(&["a.md"], &["a.md.tmp"]), "a.md changed");
        assert_eq!(words(&["a.md", "b.md"], &["c.md"]), "2 files changed");
    }
}
