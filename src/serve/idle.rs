//! Makes what changed and nobody asked for, and keeps none of it: a template that fails is said in the terminal
//! before somebody opens its page.
//!
//! **Invariant:** a newer preview is looked at before anything else is made; what is still due is made with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::diagnostic::Diagnostic;
use crate::path::OutputPath;

use super::preview::Preview;

/// Begins to wait for previews; `say` hears each fault once for as long as it lasts.
pub fn start(say: fn(&str)) -> anyhow::Result<Sender<Arc<Preview>>> {
    let (sender, previews) = channel();
    thread::Builder::new().name("idle".to_owned()).spawn(move || follow(&previews, say))?;
    Ok(sender)
}

fn follow(previews: &Receiver<Arc<Preview>>, say: fn(&str)) {
    let mut newest = Arc::new(Preview::empty());
    let mut due: BTreeSet<OutputPath> = BTreeSet::new();
    let mut known: BTreeMap<OutputPath, Diagnostic> = BTreeMap::new();
    loop {
        let next = if due.is_empty() { previews.recv().ok() } else { previews.try_iter().last() };
        match next {
            Some(preview) => {
                due.extend(preview.changed(&newest));
                newest = preview;
            }
            // Nobody builds any more.
            None if due.is_empty() => return,
            None => {}
        }
        let Some(path) = due.pop_first() else { continue };
        match newest.make(&path) {
            Ok(_) => {
                known.remove(&path);
            }
            Err(fault) if known.get(&path) == Some(&fault) => {}
            Err(fault) => {
                // A template that fails, fails on many pages: its fault is said once.
                let is_new = !known.values().any(|other| other.place == fault.place);
                if is_new {
                    let words = newest.words(fault.clone());
                    say(&format!(
                        "{words}1 error: pages made with this cannot be shown or published until it is mended.\n"
                    ));
                }
                known.insert(path, fault);
            }
        }
    }
}
