//! The time zone that a calendar means, by its IANA name.
//!
//! A zone's name (`TZID`) is looked up, in this order:
//!
//! 1. As an IANA name, also at the end of a path (`/freeassociation.sourceforge.net/Europe/London`).
//! 2. As a name of Windows (`GMT Standard Time`), by the table of the Unicode CLDR.
//! 3. By what the calendar says of it: `X-LIC-LOCATION`, or the zone whose clocks change as it describes (`described`).
//! 4. By a city in it (`(UTC+00:00) Dublin, Edinburgh, Lisbon, London`), or the offset that it states.
//! 5. Else the calendar's own zone is taken (`X-WR-TIMEZONE`), or the site's, and a fault says so.
//!
//! **Invariant:** every zone that is found has an IANA name, and each name is looked up once.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::date;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use windows_timezones::WindowsTimezone;

use super::clean::{is_shown, kept};
use super::lines::Line;
use super::parts::{Parts, first};
use super::{ReadFault, described, values};

/// Names that are searched for among all zones; no calendar has so many.
const MOST_SEARCHES: usize = 50;

/// Longer ones are no names.
const LONGEST_NAME: usize = 200;

/// A time zone with its IANA name.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    pub zone: TimeZone,
    pub name: String,
}

/// What is known of the zones of a file.
pub struct Zones<'p, 't> {
    parts: &'p Parts<'t>,
    /// For times without a zone.
    site: Clock,
    /// What `X-WR-TIMEZONE` of each calendar says.
    own: Vec<Option<Clock>>,
    found: HashMap<(usize, String), Option<Clock>>,
    /// The latest year in which events use a name.
    years: HashMap<(usize, String), i16>,
}

impl Clock {
    fn named(name: &str) -> Option<Self> {
        let zone = crate::calendar::read::known_zone(name.trim())?;
        let name = zone.iana_name()?.to_owned();
        Some(Clock { zone, name })
    }
}

impl<'p, 't> Zones<'p, 't> {
    pub fn new(parts: &'p Parts<'t>, site: &TimeZone) -> Self {
        let site = Clock { name: site.iana_name().unwrap_or_default().to_owned(), zone: site.clone() };
        let own = parts.calendars.iter().map(|lines| first(lines, "X-WR-TIMEZONE").and_then(own_name));
        Zones { parts, site, own: own.collect(), found: HashMap::new(), years: years(parts) }
    }

    /// For a floating time.
    pub fn site(&self) -> &Clock {
        &self.site
    }

    /// For a moment in UTC.
    pub fn of_calendar(&self, calendar: usize) -> &Clock {
        self.own.get(calendar).and_then(Option::as_ref).unwrap_or(&self.site)
    }

    /// The zone that a calendar means by a name. `bytes` are those of an event that uses it. A name that means
    /// nothing is said once.
    pub fn named(&mut self, calendar: usize, name: &str, bytes: &Range<usize>, faults: &mut Vec<ReadFault>) -> Clock {
        if name.len() > LONGEST_NAME {
            return self.of_calendar(calendar).clone();
        }
        let key = (calendar, name.to_owned());
        if let Some(known) = self.found.get(&key) {
            return known.as_ref().unwrap_or_else(|| self.of_calendar(calendar)).clone();
        }
        let found = by_name(name)
            .or_else(|| self.by_description(calendar, name, self.years.get(&key).copied().unwrap_or_default()));
        let found = found.or_else(|| if self.found.len() > MOST_SEARCHES { None } else { by_city(name) });
        if found.is_none() {
            faults.push(ReadFault::warning(
                bytes.clone(),
                format!("the calendar names a time zone that nobody knows: `{}`", super::short(name)),
                format!("its times are read as times in {}", self.of_calendar(calendar).name),
            ));
        }
        let clock = found.clone().unwrap_or_else(|| self.of_calendar(calendar).clone());
        self.found.insert(key, found);
        clock
    }

    fn by_description(&self, calendar: usize, name: &str, year: i16) -> Option<Clock> {
        let zone = self.parts.zone(calendar, name)?;
        if let Some(clock) = first(&zone.lines, "X-LIC-LOCATION").and_then(own_name) {
            return Some(clock);
        }
        if self.found.len() > MOST_SEARCHES {
            return None;
        }
        let preferred = [self.of_calendar(calendar).name.as_str(), self.site.name.as_str()];
        described::zone(zone, year, &preferred).and_then(|name| Clock::named(&name))
    }
}

/// For each name the latest year in which an event that is shown uses it: the order of events must not matter.
fn years(parts: &Parts<'_>) -> HashMap<(usize, String), i16> {
    let mut years: HashMap<(usize, String), i16> = HashMap::new();
    for part in parts.events.iter().filter(|part| is_shown(part)) {
        for line in kept(part) {
            let Some(name) = line.parameter("TZID").filter(|name| name.len() <= LONGEST_NAME) else { continue };
            let Some(moment) = line.value().split([',', '/']).find_map(values::moment) else { continue };
            let year = values::local(moment).year();
            years.entry((part.calendar, name)).and_modify(|latest| *latest = year.max(*latest)).or_insert(year);
        }
    }
    years
}

/// The zone that a line names.
fn own_name(line: &Line<'_>) -> Option<Clock> {
    Some(line.text()).filter(|name| name.len() <= LONGEST_NAME).and_then(|name| by_name(&name))
}

/// By an IANA name, or one of Windows.
fn by_name(name: &str) -> Option<Clock> {
    let name = name.trim().trim_matches('"');
    if let Some(clock) = Clock::named(name) {
        return Some(clock);
    }
    // `US-Eastern`.
    if let Some(clock) = Clock::named(&name.replacen('-', "/", 1)) {
        return Some(clock);
    }
    let mut rest = name;
    while let Some((_, tail)) = rest.split_once('/') {
        if let Some(clock) = tail.contains('/').then(|| Clock::named(tail)).flatten() {
            return Some(clock);
        }
        rest = tail;
    }
    let windows = |name: &str| name.parse::<WindowsTimezone>().ok().and_then(|zone| Clock::named(zone.tzdb_id()));
    windows(name).or_else(|| windows(&name.replace("Daylight Time", "Standard Time")))
}

/// By a city, or by an offset, as in `(UTC+01:00) Amsterdam, Berlin, Bern`.
fn by_city(name: &str) -> Option<Clock> {
    let stated = stated_offset(name);
    let words = name.strip_prefix('(').and_then(|name| name.split_once(')')).map_or(name, |(_, words)| words);
    let cities = words.split([',', '/', ':', ';', '&']).map(|city| city.trim().replace(' ', "_").to_lowercase());
    let mut found: Vec<Clock> = Vec::new();
    for city in cities.filter(|city| !city.is_empty()) {
        let is_city = |known: &String| known.rsplit_once('/').is_some_and(|(_, last)| last.to_lowercase() == city);
        let clock = names().find(is_city).and_then(|known| Clock::named(&known));
        found.extend(clock.filter(|clock| stated.is_none_or(|offset| has_offset(&clock.zone, offset))));
    }
    let often = described::OFTEN.iter().find_map(|name| found.iter().find(|clock| clock.name == **name));
    if let Some(clock) = often.or(found.first()) {
        return Some(clock.clone());
    }
    // `Eastern Time (US & Canada)` stands for `Eastern Standard Time`.
    let kind = words.split('(').next().unwrap_or_default().trim().replace(" Time", " Standard Time");
    if let Some(clock) = kind.parse::<WindowsTimezone>().ok().and_then(|zone| Clock::named(zone.tzdb_id())) {
        return Some(clock);
    }
    let seconds = stated?.seconds();
    match seconds / 3600 {
        0 if seconds == 0 => Clock::named("Etc/UTC"),
        // The signs of these names count westwards.
        hours if seconds % 3600 == 0 => Clock::named(&format!("Etc/GMT{:+}", -hours)),
        _ => None,
    }
}

/// `+01:00` in `(UTC+01:00) Berlin`, `GMT +1`, `UTC+0100`; nothing where the name states none.
fn stated_offset(name: &str) -> Option<Offset> {
    let upper = name.to_uppercase();
    let at = upper.find("UTC").or_else(|| upper.find("GMT"))? + 3;
    let rest: String = upper[at..].chars().filter(|letter| *letter != ' ').collect();
    if rest.is_empty() || rest.starts_with(')') {
        return Some(Offset::UTC);
    }
    let sign = rest.chars().next().filter(|sign| *sign == '+' || *sign == '-')?;
    let end = rest[1..].find(|letter: char| !letter.is_ascii_digit() && letter != ':' && letter != '.');
    let digits: String = rest[1..end.map_or(rest.len(), |end| end + 1)].replace(['.', ':'], "");
    let padded = if digits.len() % 2 == 1 { format!("0{digits}") } else { digits };
    values::offset(&format!("{sign}{padded}"))
}

/// Whether the zone has this offset in winter or in summer.
fn has_offset(zone: &TimeZone, offset: Offset) -> bool {
    [date(2026, 1, 1), date(2026, 7, 1)].iter().any(|day| {
        let midday = day.at(12, 0, 0, 0);
        zone.to_ambiguous_timestamp(midday).compatible().is_ok_and(|moment| zone.to_offset(moment) == offset)
    })
}

/// The IANA names, in the order of the alphabet.
pub(super) fn names() -> impl Iterator<Item = String> {
    TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_by_their_names() {
        let check = |name: &str, expected: &str| {
            let found = by_name(name).or_else(|| by_city(name));
            assert_eq!(found.map_or("nothing".to_owned(), |clock| clock.name), expected, "{name}");
        };
        check("Europe/London", "Europe/London");
        check("\"europe/london\"", "Europe/London");
        check("/freeassociation.sourceforge.net/Europe/London", "Europe/London");
        check(
            "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires",
            "America/Argentina/Buenos_Aires",
        );
        check("/mozilla.org/20050126_1/Europe/Paris", "Europe/Paris");
        check("US-Eastern", "US/Eastern");
        check("GMT Standard Time", "Europe/London");
        check("W. Europe Standard Time", "Europe/Berlin");
        check("GMT Daylight Time", "Europe/London");
        check("(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "Europe/London");
        check("(GMT) Greenwich Mean Time : Dublin / Edinburgh / Lisbon / London", "Europe/London");
        check("(GMT+01.00) Amsterdam / Berlin / Bern / Rome / Stockholm / Vienna", "Europe/Berlin");
        check("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York");
        check("(GMT +01:00)", "Etc/GMT-1");
        check("UTC", "UTC");
        check("UTC-3", "Etc/GMT+3");
        check("(UTC+05:00) London", "Etc/GMT-5");
        check("Customized Time Zone", "nothing");
        check("", "nothing");
        check("Etc/Unknown", "nothing");
    }
}
