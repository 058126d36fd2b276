//! One event of a file, read alone: its times in one zone, its words as plain text.
//!
//! 1. Private events are left out, and so is what has no start.
//! 2. The zone is that of the start; every other time of the event is put into it.
//! 3. Which dates belong together is decided later (`series`).
//!
//! **Invariant:** only the properties that are read here reach an event. Attendees, contacts, comments, alarms
//! and whatever a program adds of its own (`X-`) are never looked at.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::clean::is_private;
use super::lines::Line;
use super::parts::{Part, Parts, first};
use super::stamp::{Length, Stamp, begin_plus, local_or_moment};
use super::title::status_in_title;
use super::values::{self, Moment};
use super::zones::{Clock, Zones};
use super::{ForeignEvent, ForeignStatus, MOST_DATES, ReadFault, description, personal, rule, short};
use crate::calendar::recurrence::Rule;
use crate::date::When;

/// An event before it meets the others of its series.
#[derive(Clone, Debug)]
pub struct Draft {
    /// `rule`, `except`, `extra` and `changes` are still empty. `uid` is what the file says; it may be empty.
    pub event: ForeignEvent,
    pub clock: Clock,
    pub rule: Option<Rule>,
    /// Of the first date, where it says so.
    pub length: Option<Length>,
    /// Local times of the event's zone, or days.
    pub except: Vec<When>,
    /// Added dates, each with an end where it has its own.
    pub extra: Vec<(When, Option<When>)>,
    /// The date of a series that this is about, as the file has it.
    pub recurrence: Option<Stamp>,
    pub is_this_and_later: bool,
    pub has_summary: bool,
}

/// Every event that may be shown and has a start, in the order of the file.
pub fn drafts<'t>(parts: &Parts<'t>, zones: &mut Zones<'_, 't>, faults: &mut Vec<ReadFault>) -> Vec<Draft> {
    let mut drafts = Vec::with_capacity(parts.events.len());
    let (mut private, mut in_utc) = (0, Vec::new());
    for part in &parts.events {
        if is_private(part) {
            private += 1;
            continue;
        }
        let mut reading = Reading { part, parts, zones, faults, name: String::new() };
        if let Some((draft, is_moved)) = reading.draft() {
            if is_moved {
                in_utc.push((part.bytes.clone(), draft.clock.name.clone()));
            }
            drafts.push(draft);
        }
    }
    if private > 0 {
        faults.push(ReadFault::note(
            0..0,
            format!("private events were left out: {private}"),
            "nothing needs doing. To show one, its owner marks it as public",
        ));
    }
    if let Some((bytes, zone)) = in_utc.first() {
        faults.push(ReadFault::note(
            bytes.clone(),
            format!("events that repeat have their times in UTC, and are read as times in {zone}: {}", in_utc.len()),
            "they would move by an hour when the clocks change. If a time is wrong by an hour, tell whoever keeps the calendar",
        ));
    }
    drafts
}

struct Reading<'r, 'p, 't> {
    part: &'r Part<'t>,
    parts: &'r Parts<'t>,
    zones: &'r mut Zones<'p, 't>,
    faults: &'r mut Vec<ReadFault>,
    /// The event as messages name it.
    name: String,
}

impl Reading<'_, '_, '_> {
    /// Nothing where it has no start; and whether a repeating event was taken out of UTC.
    fn draft(&mut self) -> Option<(Draft, bool)> {
        let summary =
            self.part.line("SUMMARY").map(|line| description::one_line(&line.text(), " ")).unwrap_or_default();
        self.name = match summary.is_empty() {
            true => "an event without a name".to_owned(),
            false => format!("`{}`", short(&summary)),
        };
        let Some(start) = self.part.line("DTSTART").and_then(|line| self.stamp(line, line.value())) else {
            let said = self.part.line("DTSTART").map(|line| format!(" that can be read (`{}`)", short(line.value())));
            let message = format!("{} has no start{} and is left out", self.name, said.unwrap_or_default());
            self.warn(message, "tell whoever keeps the calendar");
            return None;
        };
        let rule = self.rule(&start);
        let repeats = rule.is_some() || self.part.all("RDATE").any(|line| !line.value().is_empty());
        let clock = self.clock(&start);
        let recurrence = self.part.line("RECURRENCE-ID").and_then(|line| self.stamp(line, line.value()));
        let is_moved = repeats && matches!(start.moment, Moment::Utc(_)) && start.clock.is_none();
        let begin = match start.moment {
            Moment::Utc(moment) if !repeats && recurrence.is_none() => {
                When::Instant(moment, clock.zone.to_offset(moment))
            }
            _ => start.local(&clock.zone),
        };
        let (end, length) = self.end(&start, begin, &clock);
        let (title_status, summary) = status_in_title(&summary);
        let is_cancelled_calendar = first(&self.parts.calendars[self.part.calendar], "METHOD")
            .is_some_and(|line| line.value().eq_ignore_ascii_case("CANCEL"));
        let status = match self.part.line("STATUS").map(|line| line.value().to_ascii_uppercase()).as_deref() {
            _ if is_cancelled_calendar => ForeignStatus::Cancelled,
            Some("CANCELLED" | "CANCELED") => ForeignStatus::Cancelled,
            Some("TENTATIVE") if title_status.is_none() => ForeignStatus::Postponed,
            _ => title_status.unwrap_or(ForeignStatus::Scheduled),
        };
        let has_summary = !summary.is_empty();
        let is_shown = !begin.is_day() && clock.name != self.zones.site().name;
        let event = ForeignEvent {
            uid: self
                .part
                .line("UID")
                .map(|line| super::super::text::one_line(&line.text(), "-").replace(' ', "-"))
                .unwrap_or_default(),
            bytes: self.part.bytes.clone(),
            summary: if has_summary { summary } else { "An event without a name".to_owned() },
            start: begin,
            end,
            zone: is_shown.then(|| (clock.zone.clone(), clock.name.clone())),
            status,
            rule: None,
            except: Vec::new(),
            extra: Vec::new(),
            changes: Vec::new(),
            created: self.timestamp("CREATED"),
            last_modified: self.timestamp("LAST-MODIFIED"),
            sequence: self.part.line("SEQUENCE").and_then(|line| line.value().parse().ok()).unwrap_or(0),
            ..self.words()
        };
        // A series in UTC keeps the offset of its first date, so that its dates stay on their days.
        let offset = match start.moment {
            Moment::Utc(moment) if is_moved => Some(clock.zone.to_offset(moment)),
            _ => None,
        };
        let except = self.dates("EXDATE", &clock, offset).into_iter().map(|(except, _)| except).collect();
        let extra = self.dates("RDATE", &clock, offset);
        let later = self.part.line("RECURRENCE-ID").and_then(|line| line.parameter("RANGE"));
        let is_this_and_later = later.is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE"));
        Some((
            Draft { event, clock, rule, length, except, extra, recurrence, is_this_and_later, has_summary },
            is_moved,
        ))
    }

    /// What is said about the event; its times are not filled in.
    fn words(&self) -> ForeignEvent {
        let text = |name: &str| self.part.line(name).map(Line::text).unwrap_or_default();
        let address = |name: &str| self.part.line(name).and_then(|line| values::web_address(line.value()));
        let url = address("URL");
        let mut description = description::paragraphs(&text("DESCRIPTION"));
        if description.last() == url.as_ref() && url.is_some() {
            description.pop();
        }
        let mut location = description::one_line(&text("LOCATION"), ", ");
        let mut online = self.part.all("CONFERENCE").find_map(|line| values::web_address(line.value()));
        if let Some((link, rest)) = personal::meeting_link(&location) {
            online = online.or(values::web_address(&link));
            location = rest;
        }
        let mut categories: Vec<String> = Vec::new();
        for category in self.part.all("CATEGORIES").flat_map(Line::texts) {
            let category = description::one_line(&category, " ");
            if !category.is_empty() && !categories.contains(&category) && categories.len() < 50 {
                categories.push(category);
            }
        }
        let organiser = self.part.line("ORGANIZER").and_then(|line| {
            let name = line.parameter("CN")?;
            personal::organisation(&name, line.parameter("CUTYPE").as_deref(), line.value())
        });
        ForeignEvent {
            uid: String::new(),
            bytes: 0..0,
            summary: String::new(),
            description,
            location: (!location.is_empty()).then_some(location),
            point: self.part.line("GEO").and_then(|line| values::point(line.value())),
            url,
            online,
            categories,
            organiser,
            status: ForeignStatus::Scheduled,
            start: When::Day(Date::ZERO),
            end: None,
            zone: None,
            rule: None,
            except: Vec::new(),
            extra: Vec::new(),
            changes: Vec::new(),
            created: None,
            last_modified: None,
            sequence: 0,
        }
    }

    /// A date or time with the zone that its line names.
    fn stamp(&mut self, line: &Line<'_>, value: &str) -> Option<Stamp> {
        let moment = match values::moment(value)? {
            Moment::Local(local) if line.parameter("VALUE").is_some_and(|kind| kind.eq_ignore_ascii_case("DATE")) => {
                Moment::Day(local.date())
            }
            moment => moment,
        };
        let name = line.parameter("TZID").filter(|name| !name.is_empty() && !matches!(moment, Moment::Day(_)));
        let clock = name.map(|name| self.zones.named(self.part.calendar, &name, &self.part.bytes, self.faults));
        Some(Stamp { moment, clock })
    }

    /// The zone of the whole event.
    fn clock(&self, start: &Stamp) -> Clock {
        match (&start.clock, start.moment) {
            (Some(clock), _) => clock.clone(),
            (None, Moment::Utc(_)) => self.zones.of_calendar(self.part.calendar).clone(),
            (None, _) => self.zones.site().clone(),
        }
    }

    fn rule(&mut self, start: &Stamp) -> Option<Rule> {
        let mut rules = self.part.all("RRULE");
        let line = rules.next()?;
        if rules.next().is_some() {
            self.warn(
                format!("{} repeats in several ways at once", self.name),
                "only the first of them is read; tell whoever keeps the calendar",
            );
        }
        if self.part.line("EXRULE").is_some() {
            self.warn(
                format!("{} leaves dates out by a rule (`EXRULE`), which is no longer in use", self.name),
                "those dates are shown; tell whoever keeps the calendar",
            );
        }
        match rule::read(line.value(), values::local(start.moment)) {
            Ok((rule, None)) => Some(rule),
            Ok((rule, Some(fault))) => {
                self.warn(format!("{}: {}", self.name, fault.message), fault.help);
                Some(rule)
            }
            Err(fault) => {
                self.warn(
                    format!("{} is shown once only, because its repeats cannot be read: {}", self.name, fault.message),
                    format!("tell whoever keeps the calendar. What they can do: {}", fault.help),
                );
                None
            }
        }
    }

    /// The end, and how long the first date lasts, in the zone of the start.
    fn end(&mut self, start: &Stamp, begin: When, clock: &Clock) -> (Option<When>, Option<Length>) {
        let ending = self.part.line("DTEND").and_then(|line| self.stamp(line, line.value()));
        let span = self.part.line("DURATION").and_then(|line| values::duration(line.value()));
        if let When::Day(first) = begin {
            // The end is the day after the last (RFC 5545 §3.6.1).
            let after = match (&ending, span) {
                (Some(ending), _) => match ending.local(&clock.zone) {
                    When::Local(local) if local.time() != jiff::civil::Time::midnight() => local.date().tomorrow().ok(),
                    other => Some(other.date()),
                },
                (None, Some(span)) => DateTime::from(first).checked_add(span).ok().map(|end| end.date()),
                (None, None) => None,
            };
            let Some(after) = after else { return (None, None) };
            if after < first {
                self.ends_before_it_starts("it is shown on its first day only");
            }
            let last = after.yesterday().unwrap_or(after);
            let days = first.until(last).map_or(0, |span| span.get_days());
            return if days > 0 { (Some(When::Day(last)), Some(Length::Days(days))) } else { (None, None) };
        }
        let from = start.timestamp(&clock.zone);
        let to = match (&ending, span) {
            (Some(ending), _) => Some(ending.timestamp(&clock.zone)),
            (None, Some(span)) => from.to_zoned(clock.zone.clone()).checked_add(span).ok().map(|end| end.timestamp()),
            (None, None) => None,
        };
        let Some(to) = to.filter(|to| *to != from) else { return (None, None) };
        let length = from.duration_until(to);
        if length.is_negative() {
            self.ends_before_it_starts("it is shown as one hour long");
            let hour = SignedDuration::from_hours(1);
            return (Some(begin_plus(begin, hour, &clock.zone)), Some(Length::Time(hour)));
        }
        let same_kind = match begin {
            When::Instant(..) => When::Instant(to, clock.zone.to_offset(to)),
            _ => local_or_moment(to, &clock.zone),
        };
        (Some(same_kind), Some(Length::Time(length)))
    }

    fn ends_before_it_starts(&mut self, so: &str) {
        self.warn(format!("{} ends before it starts", self.name), format!("{so}; tell whoever keeps the calendar"));
    }

    /// The dates of every line of that name, in the zone of the event.
    fn dates(&mut self, name: &str, clock: &Clock, offset: Option<Offset>) -> Vec<(When, Option<When>)> {
        let mut dates = Vec::new();
        for line in self.part.all(name) {
            for value in line.value().split(',').map(str::trim).filter(|value| !value.is_empty()) {
                if dates.len() == MOST_DATES {
                    self.warn(
                        format!("{} has more than {MOST_DATES} dates that are added or left out", self.name),
                        "only the first of them are read; tell whoever keeps the calendar",
                    );
                    return dates;
                }
                let (from, to) = value.split_once('/').map_or((value, None), |(from, to)| (from, Some(to)));
                let Some(begin) = self.stamp(line, from) else {
                    self.warn(
                        format!("{} adds or leaves out a date that cannot be read (`{}`)", self.name, short(from)),
                        "tell whoever keeps the calendar",
                    );
                    continue;
                };
                let local = begin.local_at(&clock.zone, offset);
                let end = to.and_then(|to| self.period_end(line, to, &begin, clock));
                dates.push((local, end));
            }
        }
        dates
    }

    /// The end of a period: a moment, or a length (RFC 5545 §3.3.9).
    fn period_end(&mut self, line: &Line<'_>, value: &str, begin: &Stamp, clock: &Clock) -> Option<When> {
        let from = begin.timestamp(&clock.zone);
        let to = match values::duration(value) {
            Some(span) => from.to_zoned(clock.zone.clone()).checked_add(span).ok()?.timestamp(),
            None => self.stamp(line, value)?.timestamp(&clock.zone),
        };
        (to > from).then(|| local_or_moment(to, &clock.zone))
    }

    fn timestamp(&self, name: &str) -> Option<Timestamp> {
        match values::moment(self.part.line(name)?.value())? {
            Moment::Utc(moment) => Some(moment),
            Moment::Local(local) => Offset::UTC.to_timestamp(local).ok(),
            Moment::Day(day) => Offset::UTC.to_timestamp(DateTime::from(day)).ok(),
        }
    }

    fn warn(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(ReadFault::warning(self.part.bytes.clone(), message, help));
    }
}
