//! One event into its components: the series, the dates that differ, the dates that were added.

use ical::parser::ical::component::IcalEvent;
use ical::property::Property;
use jiff::Zoned;
use jiff::civil::{Date, DateTime};

use super::{CancelledEvents, Details, Feed, FeedEvent, Status, component, moment, property, utc};
use crate::calendar::colour::nearest_name;
use crate::calendar::recurrence::{End, Occurrence, Series, Times, set_apart};
use crate::calendar::text::{escape, one_line, parameter, uri};
use crate::date::words::compact_day;
use crate::date::{When, at};
use crate::words::Words;

/// The components of an event, the series first; none where every date of it is left out.
pub(super) fn components(event: &FeedEvent, feed: &Feed) -> Vec<IcalEvent> {
    let mut apart = set_apart(&event.series);
    apart.sort_by_key(|occurrence| (occurrence.is_extra, occurrence.planned.first_day()));
    let mut components = Vec::with_capacity(1 + apart.len());
    if event.series.rule.is_some() {
        if event.series.has_dates() {
            components.push(series(event, feed));
        }
    } else if !apart.iter().any(|occurrence| !occurrence.is_extra) && event.series.has_dates() {
        components.push(component(head(event, &event.uid, None, &event.series.times, &event.details, feed)));
    }
    for occurrence in &apart {
        components.push(component(single(event, occurrence, feed)));
    }
    components
}

/// The series with its rule (16 to 18, 20).
fn series(event: &FeedEvent, feed: &Feed) -> IcalEvent {
    let series = &event.series;
    let mut properties = head(event, &event.uid, None, &series.times, &event.details, feed);
    if let Some(rule) = &series.rule {
        properties.push(property("RRULE", rule.to_text(until(series).as_deref())));
    }
    let mut left_out: Vec<Date> = series.except.iter().map(|except| series.day(*except)).collect();
    left_out.sort();
    properties.extend(left_out.into_iter().map(|day| starting("EXDATE", &on(series, day))));
    component(properties)
}

/// A date that differs (21) or was added (19). An event that happens once is changed in place.
fn single(event: &FeedEvent, occurrence: &Occurrence, feed: &Feed) -> Vec<Property> {
    let changed = occurrence.change.and_then(|index| event.changed.iter().find(|(changed, _)| *changed == index));
    let mut details = changed.map_or(&event.details, |(_, details)| details).clone();
    if occurrence.is_cancelled {
        details.status = Status::Cancelled;
    }
    if occurrence.is_extra {
        let uid = uid_on(&event.uid, occurrence.planned.first_day());
        return head(event, &uid, None, &occurrence.times, &details, feed);
    }
    let recurrence = event.series.rule.is_some().then(|| starting("RECURRENCE-ID", &occurrence.planned));
    head(event, &event.uid, recurrence, &occurrence.times, &details, feed)
}

/// Everything but the rule (12 to 15, 22 to 25).
fn head(
    event: &FeedEvent,
    uid: &str,
    recurrence: Option<Property>,
    times: &Times,
    details: &Details,
    feed: &Feed,
) -> Vec<Property> {
    let mut properties = Vec::with_capacity(24);
    properties.push(property("UID", escape(uid)));
    properties.push(property("DTSTAMP", utc(event.told.modified)));
    properties.extend(event.created.map(|created| property("CREATED", utc(created))));
    properties.push(property("LAST-MODIFIED", utc(event.told.modified)));
    properties.push(property("SEQUENCE", event.told.sequence.min(i32::MAX as u32).to_string()));
    properties.extend(recurrence);
    properties.push(starting("DTSTART", times));
    properties.push(ending(times));
    properties.push(property("SUMMARY", escape(&summary(details, &feed.words))));
    properties.push(property("DESCRIPTION", escape(&description(details))));
    if let Some(place) = &details.place {
        let location = one_line(&place.location, ", ");
        if !location.is_empty() {
            properties.push(property("LOCATION", escape(&location)));
        }
        if let Some(point) = place.point {
            let degrees = |millionths: i32| f64::from(millionths) / 1e6;
            let value = format!("{};{}", degrees(point.latitude_millionths), degrees(point.longitude_millionths));
            properties.push(property("GEO", value));
        }
    }
    properties.push(property("URL", uri(&details.url)));
    let categories: Vec<String> =
        details.categories.iter().map(|category| escape(&one_line(category, " "))).filter(|c| !c.is_empty()).collect();
    if !categories.is_empty() {
        properties.push(property("CATEGORIES", categories.join(",")));
    }
    match (details.status, feed.cancelled) {
        (Status::Cancelled, CancelledEvents::Show) => {}
        (Status::Cancelled, CancelledEvents::Mark) => properties.push(property("STATUS", "CANCELLED")),
        (Status::Postponed, _) => properties.push(property("STATUS", "TENTATIVE")),
        (Status::Confirmed, _) => properties.push(property("STATUS", "CONFIRMED")),
    }
    properties.push(property("TRANSP", if is_long(times) { "TRANSPARENT" } else { "OPAQUE" }));
    properties.push(property("CLASS", "PUBLIC"));
    properties.extend(extras(details));
    properties
}

/// The parts that need parameters, which stand in the name: the crate's own would be quoted wrongly.
fn extras(details: &Details) -> Vec<Property> {
    let mut properties = Vec::new();
    if let Some(organiser) = &details.organiser {
        let name = format!("ORGANIZER;CN={}", parameter(&organiser.name));
        properties.push(property(name, format!("mailto:{}", uri(&organiser.email))));
    }
    if let Some(name) = details.colour.as_deref().and_then(nearest_name) {
        properties.push(property("COLOR", name));
    }
    if let Some(image) = &details.image {
        let is_plain = |kind: &&String| kind.bytes().all(|b| b.is_ascii_alphanumeric() || b"/+.-".contains(&b));
        let kind = image.media_type.as_ref().filter(is_plain);
        let kind = kind.map(|kind| format!(";FMTTYPE={kind}")).unwrap_or_default();
        properties.push(property(format!("IMAGE;VALUE=URI;DISPLAY=BADGE{kind}"), uri(&image.url)));
    }
    if let Some(conference) = &details.conference {
        let name = format!("CONFERENCE;VALUE=URI;LABEL={}", parameter(&conference.label));
        properties.push(property(name, uri(&conference.url)));
    }
    properties
}

/// 22: programs that know no STATUS still show that it is off.
fn summary(details: &Details, words: &Words) -> String {
    let title = one_line(&details.summary, " ");
    match details.status {
        Status::Confirmed => title,
        Status::Cancelled => words.say("calendars.cancelled", &[("title", (&title).into())]),
        Status::Postponed => words.say("calendars.postponed", &[("title", (&title).into())]),
    }
}

/// 23: the page's address is the last line.
fn description(details: &Details) -> String {
    let text = details.description.trim();
    let url = details.url.trim();
    match (text.is_empty(), text.lines().next_back() == Some(url)) {
        (true, _) => url.to_owned(),
        (_, true) => text.to_owned(),
        _ => format!("{text}\n\n{url}"),
    }
}

fn starting(name: &str, times: &Times) -> Property {
    match times {
        Times::Timed { start, .. } => moment(name, start),
        Times::Days { first, .. } => day(name, *first),
    }
}

/// 11: the end of whole days is the day after the last (RFC 5545 §3.6.1). A time that comes twice stands for the first
/// of the two (§3.3.5), so the second is written in UTC.
fn ending(times: &Times) -> Property {
    match times {
        Times::Timed { end, .. } if is_second(end) => property("DTEND", utc(end.timestamp())),
        Times::Timed { end, .. } => moment("DTEND", end),
        Times::Days { last, .. } => day("DTEND", last.tomorrow().unwrap_or(*last)),
    }
}

/// Whether the clock showed the same time an hour before.
fn is_second(time: &Zoned) -> bool {
    time.time_zone().to_zoned(time.datetime()).is_ok_and(|first| first.timestamp() < time.timestamp())
}

fn day(name: &str, day: Date) -> Property {
    property(format!("{name};VALUE=DATE"), compact_day(day))
}

/// Whole days, and whatever lasts a day or more, do not make the reader busy.
fn is_long(times: &Times) -> bool {
    match times {
        Times::Timed { start, end } => start.duration_until(end).as_hours() >= 24,
        Times::Days { .. } => true,
    }
}

/// 16: in UTC for a timed series, so that its last date is inside; a date for whole days.
fn until(series: &Series) -> Option<String> {
    let End::Until(until) = series.rule.as_ref()?.end else { return None };
    match (&series.times, until) {
        (Times::Days { .. }, _) => Some(compact_day(series.day(until))),
        (Times::Timed { start, .. }, When::Day(day)) => {
            Some(utc(at(DateTime::from_parts(day, start.time()), start.time_zone()).timestamp()))
        }
        (Times::Timed { start, .. }, _) => Some(utc(until.in_zone(start.time_zone()).zoned.timestamp())),
    }
}

/// The planned times on a day of the series.
fn on(series: &Series, day: Date) -> Times {
    series.times_from(DateTime::from_parts(day, series.times.local_start().time()))
}

/// 13, 19: the identity of an added date, the same for as long as the series and the date are.
fn uid_on(uid: &str, day: Date) -> String {
    match uid.rsplit_once('@') {
        Some((name, host)) => format!("{name}-{}@{host}", compact_day(day)),
        None => format!("{uid}-{}", compact_day(day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_added_date_has_an_identity_of_its_own() {
        let day = jiff::civil::date(2026, 6, 13);
        assert_eq!(uid_on("tea@example.org", day), "tea-20260613@example.org");
        assert_eq!(uid_on("tea", day), "tea-20260613");
    }

    #[test]
    fn until_is_the_last_date_itself() {
        let check = |zone: &str, until_text: &str, expected: &str| {
            let start = at(jiff::civil::date(2026, 6, 2).at(10, 0, 0, 0), &crate::date::zone(zone).unwrap());
            let rule = crate::calendar::recurrence::Rule::parse(&format!("FREQ=WEEKLY;UNTIL={until_text}")).unwrap();
            let times = Times::Timed { end: start.saturating_add(jiff::Span::new().hours(1)), start };
            assert_eq!(until(&Series { rule: Some(rule), ..Series::once(times) }).unwrap(), expected);
        };
        check("Europe/London", "20260630", "20260630T090000Z");
        check("Europe/London", "20261201", "20261201T100000Z");
        check("Pacific/Auckland", "20260630", "20260629T220000Z");
        check("Europe/London", "20260630T235959", "20260630T225959Z");
    }
}
