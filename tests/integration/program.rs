//! Runs the program on a site in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Noon in London on Monday 23 November 2026, in seconds as `SOURCE_DATE_EPOCH` has them.
pub const NOW: &str = "1795435200";

/// A folder that goes away with the test.
pub struct Folder(TempDir);

/// What a run printed, and its exit code.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Folder {
    pub fn new() -> Self {
        Folder(TempDir::new().unwrap())
    }

    /// A site of one page, beside what the test adds.
    pub fn with_site() -> Self {
        let folder = Folder::new();
        folder.write("content/site.yaml", "name: Test service\nurl: https://www.example.org\n");
        folder.write("content/index.md", "---\ntitle: Home\nsummary: Welcome.\n---\n\nWelcome.\n");
        folder
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Saves a file as editors do: it is whole at every moment.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let new = path.with_file_name(".new");
        fs::write(&new, text).unwrap();
        fs::rename(new, path).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs a command in the folder, on 23 November 2026.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_at(Some(NOW), arguments)
    }

    /// Runs a command in the folder, with `SOURCE_DATE_EPOCH` as it is given.
    pub fn run_at(&self, source_date_epoch: Option<&str>, arguments: &[&str]) -> Run {
        run(self.0.path(), source_date_epoch, arguments)
    }
}

impl Run {
    /// Ended well, without a word of a problem.
    #[track_caller]
    pub fn assert_clean(&self) -> &Self {
        self.assert_code(0);
        assert_eq!(self.stderr, "", "{}", self.stdout);
        for word in ["error", "warning"] {
            assert!(!self.stdout.contains(word), "{}", self.stdout);
        }
        self
    }

    #[track_caller]
    pub fn assert_code(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub fn assert_stderr(&self, words: &str) -> &Self {
        assert!(self.stderr.contains(words), "no `{words}` in: {}", self.stderr);
        self
    }

    #[track_caller]
    pub fn assert_stdout(&self, words: &str) -> &Self {
        assert!(self.stdout.contains(words), "no `{words}` in: {}", self.stdout);
        self
    }
}

fn run(folder: &Path, source_date_epoch: Option<&str>, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fingerpost"));
    command.current_dir(folder).args(arguments).env_remove("SOURCE_DATE_EPOCH");
    if let Some(seconds) = source_date_epoch {
        command.env("SOURCE_DATE_EPOCH", seconds);
    }
    let output = command.output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
