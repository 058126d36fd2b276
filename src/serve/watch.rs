//! The project folder -> `Changed`: what a look at the disk should look at again.
//!
//! 1. The system tells of every change below `content/` and `themes/`, and of these two folders coming
//!    and going. Opening and reading are no changes, and editors' left-overs are passed over.
//! 2. The first change begins a burst; it is over when nothing has come for a moment (`QUIET`), or after
//!    `LONGEST`: a save is several events, and a checkout thousands.
//! 3. Where more may have changed than was told (a folder came, the system lost events), or very much has,
//!    the answer is `Everywhere`. After a folder came, files may be put into it before it is watched: so every
//!    answer is `Everywhere` until nothing has changed for a little while, and then a last look follows.
//! 4. Where the system cannot watch (its limit is reached), one warning is said, and the length and time
//!    of change of every file are looked at every second instead.
//!
//! **Invariant:** too much is looked at rather than too little; what did not change costs little.

#![allow(clippy::disallowed_methods, reason = "looks at the project folder, and times a burst of changes")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use crate::hash::Fingerprint;
use crate::load::is_wanted_name;

/// What may differ from the last look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Files; one that is not there any more stands for everything that was below it, too.
    Paths(BTreeSet<PathBuf>),
    /// Anything.
    Everywhere,
}

/// Waits for changes of a project folder.
pub struct Watch {
    root: PathBuf,
    means: Means,
    events: Receiver<notify::Result<Event>>,
    /// If nothing changes until this moment, one more look is due, everywhere; before, more may have changed than
    /// is told.
    unsure_until: Option<Instant>,
    say: fn(&str),
}

enum Means {
    Events(RecommendedWatcher),
    /// Of every file's name, length and time of change at the last look.
    Polling(Fingerprint),
}

const FOLDERS: [&str; 2] = ["content", "themes"];
/// The end of a burst.
const QUIET: Duration = Duration::from_millis(8);
const LONGEST: Duration = Duration::from_millis(100);
const UNSURE: Duration = Duration::from_millis(300);
const POLL: Duration = Duration::from_secs(1);
/// Looking everywhere costs less than so many paths one by one.
const MANY: usize = 1000;

impl Watch {
    /// Begins to watch; `say` hears the warning where only polling is possible.
    pub fn new(root: &Path, say: fn(&str)) -> Self {
        let (sender, events) = channel();
        let mut watch = Watch { root: root.to_owned(), means: polling(root), events, unsure_until: None, say };
        match watcher(root, sender) {
            Ok(watcher) => watch.means = Means::Events(watcher),
            Err(error) => watch.poll_from_now_on(&error),
        }
        watch
    }

    /// Asks for a look everywhere a little later: something was in the way of the last one.
    pub fn look_again(&mut self) {
        self.unsure_until = Some(Instant::now() + UNSURE);
    }

    /// Blocks until something changed, and the burst of changes is over; or until the time is over, after which
    /// nothing changed but the time.
    pub fn wait(&mut self, at_most: Duration) -> Changed {
        let started = Instant::now();
        loop {
            let left = at_most.saturating_sub(started.elapsed());
            if matches!(self.means, Means::Polling(_)) {
                return self.wait_polling(left);
            }
            let unsure = self.unsure_until.map(|moment| moment.saturating_duration_since(Instant::now()));
            let first = self.events.recv_timeout(unsure.unwrap_or(left));
            let burst = match first {
                Ok(first) => {
                    let started = Instant::now();
                    burst(first, &self.events, &|| started.elapsed())
                }
                Err(RecvTimeoutError::Timeout) if unsure.is_none() => return Changed::Paths(BTreeSet::new()),
                Err(RecvTimeoutError::Timeout) => Vec::new(),
                Err(RecvTimeoutError::Disconnected) => {
                    self.poll_from_now_on(&notify::Error::generic("the system's watcher has ended"));
                    return Changed::Everywhere;
                }
            };
            if let Some(changed) = self.changed(burst) {
                return changed;
            }
        }
    }

    fn wait_polling(&mut self, at_most: Duration) -> Changed {
        let started = Instant::now();
        loop {
            if started.elapsed() >= at_most {
                return Changed::Paths(BTreeSet::new());
            }
            let last_look = self.unsure_until.take();
            std::thread::sleep(last_look.map_or(POLL, |moment| moment.saturating_duration_since(Instant::now())));
            let now = look(&self.root);
            let Means::Polling(before) = &mut self.means else { return Changed::Everywhere };
            if std::mem::replace(before, now) != now || last_look.is_some() {
                return Changed::Everywhere;
            }
        }
    }

    /// What a burst of events amounts to; nothing where nothing of ours changed.
    fn changed(&mut self, burst: Vec<notify::Result<Event>>) -> Option<Changed> {
        let (mut paths, mut is_lost, mut is_everywhere) = (BTreeSet::new(), false, false);
        for event in burst {
            match event {
                Ok(event) if event.need_rescan() => is_lost = true,
                Ok(event) => paths.extend(event.paths),
                Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                    self.poll_from_now_on(&error);
                    is_everywhere = true;
                }
                Err(_) => is_everywhere = true,
            }
        }
        paths.retain(|path| self.is_ours(path));
        // A folder that came while events were lost is not watched.
        if is_lost || paths.iter().any(|path| FOLDERS.iter().any(|folder| *path == self.root.join(folder))) {
            self.watch_folders_again();
            is_everywhere = true;
        }
        if !is_everywhere && paths.is_empty() {
            let last_look = self.unsure_until.take_if(|moment| *moment <= Instant::now());
            return last_look.map(|_| Changed::Everywhere);
        }
        // While events keep coming, the system may not have got round to watching the new folder.
        if is_lost || self.unsure_until.is_some() || paths.iter().any(|path| path.is_dir()) {
            self.look_again();
            is_everywhere = true;
        }
        let is_everywhere = is_everywhere || paths.len() > MANY;
        Some(if is_everywhere { Changed::Everywhere } else { Changed::Paths(paths) })
    }

    /// Whether a path lies in a folder that we watch, and is no editor's left-over (`load` passes them over, too).
    fn is_ours(&self, path: &Path) -> bool {
        let Ok(inner) = path.strip_prefix(&self.root) else { return false };
        let mut names = inner.iter().map(|name| name.to_string_lossy());
        names.next().is_some_and(|folder| FOLDERS.contains(&&*folder)) && names.all(|name| is_wanted_name(&name))
    }

    /// A folder that was replaced is another folder to the system.
    fn watch_folders_again(&mut self) {
        let Means::Events(watcher) = &mut self.means else { return };
        for folder in FOLDERS {
            // It may be gone, and is then not watched any more.
            let _ = watcher.unwatch(&self.root.join(folder));
        }
        if let Err(error) = watch_folders(watcher, &self.root) {
            self.poll_from_now_on(&error);
        }
    }

    fn poll_from_now_on(&mut self, error: &notify::Error) {
        self.means = polling(&self.root);
        (self.say)(&match error.kind {
            ErrorKind::MaxFilesWatch => "warning: this system watches no more folders (its limit is reached), so the \
                preview looks for changes every second instead\n  = help: close other programs that watch folders, or \
                raise the limit: sudo sysctl fs.inotify.max_user_watches=1048576\n"
                .to_owned(),
            _ => format!(
                "warning: this system cannot watch the site's folder ({error}), so the preview looks for changes every \
                second instead\n"
            ),
        });
    }
}

fn polling(root: &Path) -> Means {
    Means::Polling(look(root))
}

fn watcher(root: &Path, sender: Sender<notify::Result<Event>>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.as_ref().map_or(true, is_change) {
            // Nobody waits any more when the preview ends.
            let _ = sender.send(event);
        }
    })?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    watch_folders(&mut watcher, root)?;
    Ok(watcher)
}

/// Watches those folders that are there; `content/` of a checkout may be gone for a moment.
fn watch_folders(watcher: &mut RecommendedWatcher, root: &Path) -> notify::Result<()> {
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        match watcher.watch(&folder, RecursiveMode::Recursive) {
            Err(_) if !folder.is_dir() => {}
            watched => watched?,
        }
    }
    Ok(())
}

/// Our own reading makes events, too.
fn is_change(event: &Event) -> bool {
    let is_look = |kind| !matches!(kind, AccessKind::Close(AccessMode::Write));
    event.need_rescan() || !matches!(event.kind, EventKind::Access(kind) if is_look(kind))
}

/// The first event with those that follow it closely.
fn burst<E>(first: E, events: &Receiver<E>, elapsed: &dyn Fn() -> Duration) -> Vec<E> {
    let mut burst = vec![first];
    loop {
        let left = LONGEST.saturating_sub(elapsed());
        if left.is_zero() {
            return burst;
        }
        match events.recv_timeout(QUIET.min(left)) {
            Ok(event) => burst.push(event),
            Err(_) => return burst,
        }
    }
}

/// The names, lengths and times of change of all files.
fn look(root: &Path) -> Fingerprint {
    let mut seen: Vec<(PathBuf, u64, Option<SystemTime>)> = Vec::new();
    for folder in FOLDERS {
        for entry in WalkDir::new(root.join(folder)).follow_links(true).sort_by_file_name().into_iter().flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            if metadata.is_file() {
                seen.push((entry.into_path(), metadata.len(), metadata.modified().ok()));
            }
        }
    }
    Fingerprint::of(&seen)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use notify::event::{CreateKind, DataChange, Flag, ModifyKind};

    use super::*;

    /// A watch of a folder with `content/a.md` and `content/b.md` that hears no events of its own.
    fn deaf_watch() -> (tempfile::TempDir, Watch) {
        let folder = tempfile::tempdir().unwrap();
        for name in ["content", "themes"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        for name in ["a.md", "b.md"] {
            fs::write(folder.path().join("content").join(name), name).unwrap();
        }
        let (root, means, events) = (folder.path().to_owned(), polling(folder.path()), channel().1);
        let watch = Watch { root, means, events, unsure_until: None, say: |_| {} };
        (folder, watch)
    }

    fn written(path: PathBuf) -> notify::Result<Event> {
        Ok(Event::new(EventKind::Modify(ModifyKind::Data(DataChange::Any))).add_path(path))
    }

    #[test]
    fn a_burst_ends_when_it_is_quiet_or_too_long() {
        let (sender, events) = channel();
        (1..3000).for_each(|n| sender.send(n).unwrap());
        assert_eq!(burst(0, &events, &|| Duration::ZERO).len(), 3000);
        (1..3000).for_each(|n| sender.send(n).unwrap());
        assert_eq!(burst(0, &events, &|| LONGEST).len(), 1);
        drop(sender);
    }

    #[test]
    fn a_save_is_one_path_and_what_is_unclear_is_everywhere() {
        let (folder, mut watch) = deaf_watch();
        let at = |path: &str| folder.path().join(path);
        let mut check = |burst: Vec<notify::Result<Event>>, expected: Option<Changed>| {
            assert_eq!(watch.changed(burst), expected);
        };
        let paths = |names: &[&str]| Some(Changed::Paths(names.iter().map(|name| at(name)).collect()));
        // An atomic save: a hidden file is written and takes the other's name.
        let atomic = vec![written(at("content/.a.md.x")), written(at("content/a.md")), written(at("content/a.md"))];
        check(atomic, paths(&["content/a.md"]));
        check(vec![written(at("content/a.md")), written(at("content/b.md"))], paths(&["content/a.md", "content/b.md"]));
        check(vec![written(at("content/a.md~")), written(at("content/.git/index"))], None);
        check(vec![written(at("public/index.html")), written(at("README.md"))], None);
        check(vec![written(at("content/gone.md"))], paths(&["content/gone.md"]));
        check(vec![Err(notify::Error::generic("lost"))], Some(Changed::Everywhere));
        let many = (0..MANY + 1).map(|n| written(at(&format!("content/{n}.md")))).collect();
        check(many, Some(Changed::Everywhere));
        check(vec![written(at("content"))], Some(Changed::Everywhere));
        watch.unsure_until = None;
        watch.changed(vec![Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))]);
        assert!(watch.unsure_until.is_some());
    }

    #[test]
    fn after_a_folder_came_it_looks_everywhere_until_all_is_sure() {
        let (folder, mut watch) = deaf_watch();
        let a = || vec![written(folder.path().join("content/a.md"))];
        fs::create_dir(folder.path().join("content/new")).unwrap();
        assert_eq!(watch.changed(vec![written(folder.path().join("content/new"))]), Some(Changed::Everywhere));
        // What came into the folder unseen is found with the next change, and if none comes, by itself.
        assert_eq!(watch.changed(a()), Some(Changed::Everywhere));
        assert_eq!(watch.changed(Vec::new()), None);
        assert!(watch.unsure_until.is_some());
        watch.unsure_until = Some(Instant::now());
        assert_eq!(watch.changed(Vec::new()), Some(Changed::Everywhere));
        assert!(matches!(watch.changed(a()), Some(Changed::Paths(_))));
    }

    #[test]
    fn the_systems_limit_makes_it_look_every_second() {
        let (folder, mut watch) = deaf_watch();
        watch.means = Means::Events(notify::recommended_watcher(|_| {}).unwrap());
        let full = vec![Err(notify::Error::new(ErrorKind::MaxFilesWatch))];
        assert_eq!(watch.changed(full), Some(Changed::Everywhere));
        assert!(matches!(watch.means, Means::Polling(_)));
        fs::write(folder.path().join("content/c.md"), "new").unwrap();
        assert_eq!(watch.wait(Duration::from_secs(60)), Changed::Everywhere);
        assert_eq!(watch.wait(Duration::ZERO), Changed::Paths(BTreeSet::new()));
    }

    #[test]
    fn reading_is_no_change() {
        let event = |kind| Event::new(EventKind::Access(kind));
        assert!(!is_change(&event(AccessKind::Open(AccessMode::Any))));
        assert!(!is_change(&event(AccessKind::Close(AccessMode::Read))));
        assert!(is_change(&event(AccessKind::Close(AccessMode::Write))));
        assert!(is_change(&Event::new(EventKind::Create(CreateKind::File))));
        assert!(is_change(&Event::new(EventKind::Other).set_flag(Flag::Rescan)));
    }
}
