//! What making one page brings up beside the page: faults, the files that it names, what it asked of the rest
//! of the site, and until when the answers hold.
//!
//! A page is a function of its document, of the answers to what it asks about other files, and of the moment.
//! So a page that was made before stands while its document is the same, nothing that it asked has another
//! answer now, and the clock has not reached the next moment that matters to it.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;

use crate::diagnostic::Report;
use crate::path::SourcePath;

/// Something that a page asks of other files.
#[derive(Clone, Copy, Debug)]
pub enum Question<'a> {
    /// What is there at a path, which may leave out `.md` or `/index.md`.
    Path(&'a str),
    /// The places in the text of a document.
    Anchors(&'a SourcePath),
    /// Which campaign has that name.
    Campaign(&'a str),
    /// What all documents are: every change may matter.
    Everything,
}

/// A question in short. Two questions may share one: then a page is made once too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

impl Question<'_> {
    pub fn key(&self) -> Key {
        let mut hasher = DefaultHasher::new();
        match self {
            Question::Path(path) => (0, bare(path)).hash(&mut hasher),
            Question::Anchors(path) => (1, path).hash(&mut hasher),
            Question::Campaign(name) => (2, name).hash(&mut hasher),
            Question::Everything => 3.hash(&mut hasher),
        }
        Key(hasher.finish())
    }
}

/// A document's path as a link may name it.
fn bare(path: &str) -> &str {
    let path = path.strip_suffix(".md").unwrap_or(path);
    path.strip_suffix("/index").unwrap_or(path)
}

/// What making one page brought up.
#[derive(Clone, Debug)]
pub struct Findings {
    pub report: Report,
    /// What was asked.
    pub asked: Vec<Key>,
    /// Files of `content/` that are shown or linked.
    pub files: Vec<SourcePath>,
    /// Those of them that are shown.
    pub pictures: Vec<SourcePath>,
    now: Timestamp,
    /// The next moment at which the clock could change an answer.
    pub until: Timestamp,
}

impl Findings {
    pub fn at(now: Timestamp) -> Self {
        Findings {
            report: Report::default(),
            asked: Vec::new(),
            files: Vec::new(),
            pictures: Vec::new(),
            now,
            until: Timestamp::MAX,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.now
    }

    pub fn ask(&mut self, question: &Question<'_>) {
        self.asked.push(question.key());
    }

    /// Takes what was found elsewhere: the faults, and until when it holds.
    pub fn add(&mut self, other: Findings) {
        self.report.append(other.report);
        self.until = self.until.min(other.until);
    }

    /// Whether a moment has come.
    pub fn has_come(&mut self, moment: Timestamp) -> bool {
        self.matters(moment);
        moment <= self.now
    }

    /// Notes that something changes at a moment, if it lies ahead.
    pub fn matters(&mut self, moment: Timestamp) {
        if moment > self.now {
            self.until = self.until.min(moment);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_question_however_it_is_written() {
        let key = |path| Question::Path(path).key();
        assert_eq!(key("content/a.md"), key("content/a"));
        assert_eq!(key("content/a/index.md"), key("content/a"));
        assert_ne!(key("content/a"), key("content/b"));
        assert_ne!(key("content/a"), Question::Campaign("content/a").key());
    }

    #[test]
    fn what_is_found_holds_until_the_next_moment_that_matters() {
        let moment = |second| Timestamp::from_second(second).unwrap();
        let mut findings = Findings::at(moment(10));
        assert!(findings.has_come(moment(5)) && findings.has_come(moment(10)));
        assert_eq!(findings.until, Timestamp::MAX);
        assert!(!findings.has_come(moment(30)) && !findings.has_come(moment(20)));
        assert_eq!(findings.until, moment(20));
    }
}
