//! The parts of a calendar file: what each calendar says of itself, its events and its time zones.
//!
//! 1. `BEGIN` and `END` are followed with a short stack; what lies inside an event (alarms) and what is no
//!    event (tasks, journals) is left out.
//! 2. An event whose `END` is missing ends where the next begins.
//! 3. What is open at the end of the file shows that it was cut off.
//!
//! **Invariant:** the stack has a fixed height, so that no file can make it deep.

use std::collections::HashMap;
use std::ops::Range;

use super::lines::{Line, lines};
use super::{LARGEST_FILE, MOST_EVENTS, ReadFault};
use crate::calendar::text::one_line;

/// More nested parts than any calendar has.
const DEEPEST: usize = 12;

/// The parts of a file, in its order.
#[derive(Debug, Default)]
pub struct Parts<'t> {
    /// What each calendar says of itself; the first holds what stands in none.
    pub calendars: Vec<Vec<Line<'t>>>,
    pub events: Vec<Part<'t>>,
    pub zones: Vec<Zone<'t>>,
    /// The first zone of each name in each calendar, and in any.
    zones_by_name: HashMap<(Option<usize>, String), usize>,
    /// How many tasks, journal entries and the like were left out.
    pub left_out: usize,
}

/// An event as it stands.
#[derive(Debug)]
pub struct Part<'t> {
    /// The number of its calendar.
    pub calendar: usize,
    /// Of its `BEGIN` line.
    pub bytes: Range<usize>,
    pub lines: Vec<Line<'t>>,
}

/// A time zone as it stands.
#[derive(Debug)]
pub struct Zone<'t> {
    pub calendar: usize,
    pub lines: Vec<Line<'t>>,
    /// Its times of the year: whether it is `DAYLIGHT`, and its lines.
    pub observances: Vec<(bool, Vec<Line<'t>>)>,
}

impl<'t> Parts<'t> {
    /// The zone that a calendar describes by a name, or else that which another calendar of the file does.
    pub fn zone(&self, calendar: usize, name: &str) -> Option<&Zone<'t>> {
        let of = |calendar| self.zones_by_name.get(&(calendar, name.to_owned()));
        self.zones.get(*of(Some(calendar)).or_else(|| of(None))?)
    }
}

impl<'t> Part<'t> {
    /// The first line of that name.
    pub fn line(&self, name: &str) -> Option<&Line<'t>> {
        first(&self.lines, name)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Line<'t>> {
        self.lines.iter().filter(move |line| line.name == name)
    }
}

/// The first line of that name.
pub fn first<'a, 't>(lines: &'a [Line<'t>], name: &str) -> Option<&'a Line<'t>> {
    lines.iter().find(|line| line.name == name)
}

/// Takes a text apart, or says why it is no calendar. Whatever is odd and can be read goes to `faults`.
pub fn parts<'t>(text: &'t str, faults: &mut Vec<ReadFault>) -> Result<Parts<'t>, ReadFault> {
    if text.len() > LARGEST_FILE {
        return Err(ReadFault::fatal(
            0..0,
            "the calendar is larger than 10 MB",
            "ask for a calendar of fewer events, or of fewer years",
        ));
    }
    let mut parts = Parts { calendars: vec![Vec::new()], ..Parts::default() };
    let mut stack: Vec<(String, Range<usize>)> = Vec::new();
    let mut has_begun = false;
    for line in lines(text) {
        match line.name.as_str() {
            "BEGIN" => {
                let name = line.value().to_ascii_uppercase();
                has_begun |= name.starts_with('V');
                let is_outer = ["VCALENDAR", "VEVENT", "VTIMEZONE"].contains(&name.as_str());
                let open = stack.iter().position(|(open, _)| *open == "VEVENT" || *open == "VTIMEZONE");
                if let Some(open) = open.filter(|_| is_outer) {
                    let bytes = stack[open].1.clone();
                    faults.push(ReadFault::warning(
                        bytes,
                        "a part of the calendar does not say where it ends (`END:`)",
                        "it is read up to where the next begins; tell whoever keeps the calendar",
                    ));
                    stack.truncate(open);
                }
                if stack.len() < DEEPEST {
                    begin(&mut parts, &name, &line, &stack);
                    stack.push((name, line.bytes));
                }
            }
            "END" => {
                let name = line.value();
                if let Some(open) = stack.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name)) {
                    stack.truncate(open);
                }
            }
            _ => keep(&mut parts, &stack, line),
        }
        if parts.events.len() > MOST_EVENTS {
            return Err(ReadFault::fatal(
                0..0,
                format!("the calendar holds more than {MOST_EVENTS} events"),
                "ask for a calendar of fewer events, or of fewer years",
            ));
        }
    }
    if !has_begun {
        return Err(no_calendar(text));
    }
    match stack.into_iter().find(|(name, _)| name == "VCALENDAR" || name == "VEVENT") {
        Some((name, bytes)) => Err(ReadFault::fatal(
            bytes,
            format!("the file is cut off: it begins with `BEGIN:{name}` and has no `END:{name}`"),
            "download the calendar again",
        )),
        None => {
            for (index, zone) in parts.zones.iter().enumerate() {
                let name = first(&zone.lines, "TZID").map(|line| one_line(&line.text(), " ")).unwrap_or_default();
                parts.zones_by_name.entry((Some(zone.calendar), name.clone())).or_insert(index);
                parts.zones_by_name.entry((None, name)).or_insert(index);
            }
            Ok(parts)
        }
    }
}

fn begin(parts: &mut Parts<'_>, name: &str, line: &Line<'_>, stack: &[(String, Range<usize>)]) {
    let within = stack.last().map(|(name, _)| name.as_str());
    let calendar = parts.calendars.len() - 1;
    match (name, within) {
        ("VCALENDAR", _) => parts.calendars.push(Vec::new()),
        ("VEVENT", None | Some("VCALENDAR")) => {
            parts.events.push(Part { calendar, bytes: line.bytes.clone(), lines: Vec::new() });
        }
        ("VTIMEZONE", None | Some("VCALENDAR")) => {
            parts.zones.push(Zone { calendar, lines: Vec::new(), observances: Vec::new() });
        }
        ("STANDARD" | "DAYLIGHT", Some("VTIMEZONE")) => {
            if let Some(zone) = parts.zones.last_mut() {
                zone.observances.push((name == "DAYLIGHT", Vec::new()));
            }
        }
        ("VTODO" | "VJOURNAL" | "VFREEBUSY" | "VAVAILABILITY", None | Some("VCALENDAR")) => parts.left_out += 1,
        _ => {}
    }
}

fn keep<'t>(parts: &mut Parts<'t>, stack: &[(String, Range<usize>)], line: Line<'t>) {
    let mut inner = stack.iter().rev().map(|(name, _)| name.as_str());
    let place = match (inner.next(), inner.next()) {
        (Some("VCALENDAR"), _) => parts.calendars.last_mut(),
        (Some("VEVENT"), None | Some("VCALENDAR")) => parts.events.last_mut().map(|event| &mut event.lines),
        (Some("VTIMEZONE"), None | Some("VCALENDAR")) => parts.zones.last_mut().map(|zone| &mut zone.lines),
        (Some("STANDARD" | "DAYLIGHT"), Some("VTIMEZONE")) => {
            parts.zones.last_mut().and_then(|zone| zone.observances.last_mut()).map(|(_, lines)| lines)
        }
        _ => None,
    };
    if let Some(lines) = place {
        lines.push(line);
    }
}

/// What the text is instead, as far as one can see.
fn no_calendar(text: &str) -> ReadFault {
    if text.chars().all(|letter| letter.is_whitespace() || letter.is_control() || letter == '\u{feff}') {
        return ReadFault::fatal(0..0, "the file is empty", "download the calendar again, or check its address");
    }
    let start: String = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
    if ["<html", "<!doctype html", "<head", "<body"].iter().any(|tag| start.contains(tag)) {
        return ReadFault::fatal(
            0..0,
            "this is a web page and not a calendar",
            "the address may ask for a login first. Look for the calendar's iCal address, which often ends in `.ics`",
        );
    }
    ReadFault::fatal(
        0..0,
        "this is not a calendar: it has no `BEGIN:VCALENDAR`",
        "check that it is an iCalendar file, whose name ends in `.ics`",
    )
}
