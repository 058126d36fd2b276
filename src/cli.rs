//! Every command and flag; no behaviour.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::commands;

/// Turns a folder of Markdown into a website with events, calendars and feeds.
#[derive(Debug, Parser)]
#[command(name = "fingerpost", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    Build(BuildArguments),
    Serve(ServeArguments),
    Check(CheckArguments),
    Explain(ExplainArguments),
    New(NewArguments),
    NextBuild(NextBuildArguments),
    EditorsCalendar(EditorsCalendarArguments),
    Import(ImportArguments),
    Completions(CompletionsArguments),
}

/// Build the site into public/
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  fingerpost build
  fingerpost build --today 2027-05-20     the site as of that day
  fingerpost build --drafts --output /tmp/preview
  fingerpost build --why blog/thank-you/index.html")]
pub struct BuildArguments {
    #[command(flatten)]
    pub site: SiteArguments,
    /// The folder to build into [default: public, beside content]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Say why a file of the built site would be made again, and build nothing
    #[arg(long, value_name = "PATH")]
    pub why: Option<String>,
    /// Print the time that each step took, and the slowest templates and files
    #[arg(long)]
    pub timings: bool,
    /// Print problems only
    #[arg(long)]
    pub quiet: bool,
}

/// Show the site in a browser, and follow every save
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  fingerpost serve --open
  fingerpost serve --drafts --on 2027-05-20     with drafts, as of that day
  fingerpost serve --host 0.0.0.0               for a telephone on the same network")]
pub struct ServeArguments {
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// The day, or the moment, at which the site is seen: 2027-05-20, or 2027-05-20T10:00:00Z
    #[arg(long, value_name = "DATE|TIME")]
    pub on: Option<String>,
    /// Include drafts and what is scheduled for later
    #[arg(long)]
    pub drafts: bool,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Where it is served; the next free port where this one is busy
    #[arg(long, value_name = "NUMBER", default_value_t = 8000)]
    pub port: u16,
    /// The address or name of this machine to listen at; others can then see the site
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: String,
}

/// Say what is wrong with the site, and write nothing
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  fingerpost check
  fingerpost check --format github        in a GitHub workflow
  fingerpost check --format json | jq '.diagnostics[].code'")]
pub struct CheckArguments {
    #[command(flatten)]
    pub site: SiteArguments,
    /// Print problems only
    #[arg(long)]
    pub quiet: bool,
}

/// Which site, and as of when.
#[derive(Debug, Args)]
pub struct SiteArguments {
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// The day, or the moment, at which the site is seen: 2027-05-20, or 2027-05-20T10:00:00Z
    #[arg(long, value_name = "DATE|TIME")]
    pub today: Option<String>,
    /// Include drafts and what is scheduled for later
    #[arg(long)]
    pub drafts: bool,
    /// How problems are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// How problems are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, on a terminal.
    Text,
    /// One JSON document on standard output.
    Json,
    /// Annotations of a GitHub workflow.
    Github,
}

/// Say more about a problem, by the code in its square brackets
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  fingerpost explain field/not-a-date
  fingerpost explain                      lists every code")]
pub struct ExplainArguments {
    /// Such as field/not-a-date; left out, every code is listed
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Start a site, or a file of one
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  fingerpost new site our-service
  fingerpost new event \"Tea and talk\"
  fingerpost new post \"Thank you, volunteers\" --root our-service
  fingerpost new workflow github             builds and publishes the site every day")]
pub struct NewArguments {
    /// What to start
    #[arg(value_enum)]
    pub what: NewKind,
    /// The folder of a new site, the service of a workflow (github), or the title of anything else
    #[arg(value_name = "DIR|SERVICE|TITLE")]
    pub name: String,
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

/// What can be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewKind {
    Site,
    Post,
    Story,
    Event,
    Resource,
    Campaign,
    Page,
    /// A file that builds the site every day.
    Workflow,
}

/// Say when the built site next changes by itself, and why
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  fingerpost next-build
  fingerpost next-build | head -1         the moment alone, such as 2026-11-27T09:00:00+00:00, or `never`")]
pub struct NextBuildArguments {
    #[command(flatten)]
    pub site: SiteArguments,
}

/// Bring what others publish into content/
#[derive(Debug, Args)]
pub struct ImportArguments {
    #[command(subcommand)]
    pub what: ImportKind,
}

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportKind {
    Calendar(ImportCalendarArguments),
}

/// Fetch a partner's calendar into content/calendars/, and say what changed since the last time
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  fingerpost import calendar https://www.example.org/whats-on.ics --name leisure-centre
  fingerpost import calendar webcal://www.example.org/whats-on.ics --name leisure-centre
  fingerpost import calendar ~/Downloads/export.ics --name library
  fingerpost import calendar              all that site.yaml gives a `source`")]
pub struct ImportCalendarArguments {
    /// The calendar's address (https, http or webcal), or a file; left out, every calendar of site.yaml with a `source`
    #[arg(value_name = "URL|FILE")]
    pub from: Option<String>,
    /// The name of its file in content/calendars/ [default: the calendar's own name]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The folder that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Take a calendar that has no events
    #[arg(long)]
    pub allow_empty: bool,
    /// Take a calendar from which more than half of the coming events have vanished
    #[arg(long)]
    pub force: bool,
    /// How long the download may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=600))]
    pub wait: u16,
}

/// Write a calendar for the team: reviews, consents that end, pages that come and go, campaign days
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  fingerpost editors-calendar
  fingerpost editors-calendar --output ~/shared/editors.ics")]
pub struct EditorsCalendarArguments {
    #[command(flatten)]
    pub site: SiteArguments,
    /// The file; never inside the built site [default: editors.ics, beside content]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:
  fingerpost completions bash > ~/.local/share/bash-completion/completions/fingerpost")]
pub struct CompletionsArguments {
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// What a command may know of the world, read once in main.
pub struct Surroundings<'a> {
    pub clock: Timestamp,
    /// The environment variable of that name (reproducible-builds.org).
    pub source_date_epoch: Option<String>,
    pub is_coloured: bool,
    /// The time since the program began.
    pub elapsed: &'a (dyn Fn() -> Duration + Sync),
    /// Hears how many files were made, and of how many; called on several threads at once.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Reads the clock again, for what runs for days.
    pub read_clock: fn() -> Timestamp,
    /// Prints to standard error at once, for what runs for days.
    pub say: fn(&str),
}

/// What a command has to say.
#[derive(Debug, Default)]
pub struct Outcome {
    pub stdout: String,
    pub stderr: String,
    /// 0 done, 1 faults in content; faults of the world are errors, and make 2.
    pub exit_code: u8,
}

/// Runs a command.
pub fn run(arguments: Arguments, surroundings: &Surroundings<'_>) -> anyhow::Result<Outcome> {
    match arguments.command {
        Command::Build(arguments) => commands::build::run(&arguments, surroundings),
        Command::Serve(arguments) => commands::serve::run(&arguments, surroundings),
        Command::Check(arguments) => commands::check::run(&arguments, surroundings),
        Command::Explain(arguments) => Ok(commands::explain::run(&arguments)),
        Command::New(arguments) => commands::new::run(&arguments, surroundings),
        Command::EditorsCalendar(arguments) => commands::editors_calendar::run(&arguments, surroundings),
        Command::NextBuild(arguments) => commands::next_build::run(&arguments, surroundings),
        Command::Import(arguments) => commands::import::run(&arguments, surroundings),
        Command::Completions(arguments) => {
            let mut script = Vec::new();
            clap_complete::generate(arguments.shell, &mut Arguments::command(), "fingerpost", &mut script);
            Ok(Outcome { stdout: String::from_utf8_lossy(&script).into_owned(), ..Outcome::default() })
        }
    }
}
