//! Makes what changed and nobody asked for, and keeps none of it: a template that fails is said in the terminal
//! before somebody opens its page.
//!
//! **Invariant:** a newer preview comes first. What is left over then is made with it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::diagnostic::Diagnostic;

use super::preview::Preview;

/// Begins to wait for previews; `say` hears each fault once for as long as it lasts.
pub fn start(say: fn(&str)) -> anyhow::Result<Sender<Arc<Preview>>> {
    let (sender, previews) = channel();
    thread::Builder::new().name("idle".to_owned()).spawn(move || follow(&previews, say))?;
    Ok(sender)
}

fn follow(previews: &Receiver<Arc<Preview>>, say: fn(&str)) {
    let mut checked = Arc::new(Preview::empty());
    let mut known: BTreeSet<Diagnostic> = BTreeSet::new();
    let mut next = previews.recv().ok();
    while let Some(preview) = next.take() {
        let mut faults: BTreeSet<Diagnostic> = BTreeSet::new();
        for path in preview.changed(&checked) {
            next = previews.try_iter().last();
            if next.is_some() {
                break;
            }
            faults.extend(preview.make(&path).err());
        }
        for fault in faults.difference(&known) {
            say(&preview.words(fault.clone()));
        }
        if next.is_none() {
            known = faults;
            checked = preview;
            next = previews.recv().ok();
        } else {
            known.extend(faults);
        }
    }
}
