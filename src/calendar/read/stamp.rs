//! A date or time of a file with its zone, put on the clocks of another one.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::values::Moment;
use super::zones::Clock;
use crate::date::{When, at};

/// How long an event lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    Time(SignedDuration),
    /// Beyond the first day.
    Days(i32),
}

/// A date or time of the file with its zone.
#[derive(Clone, Debug)]
pub struct Stamp {
    pub moment: Moment,
    /// Nothing for a time in no zone.
    pub clock: Option<Clock>,
}

impl Stamp {
    /// As a day, or as a time on the clocks of a zone.
    pub fn local(&self, zone: &TimeZone) -> When {
        self.local_at(zone, None)
    }

    /// The same; a moment in UTC is put on a clock that always has `offset`, where there is one.
    pub fn local_at(&self, zone: &TimeZone, offset: Option<Offset>) -> When {
        match (self.moment, &self.clock) {
            (Moment::Day(day), _) => When::Day(day),
            (Moment::Utc(moment), _) => {
                When::Local(offset.map_or_else(|| zone.to_datetime(moment), |offset| offset.to_datetime(moment)))
            }
            (Moment::Local(local), Some(own)) if own.zone != *zone => {
                When::Local(zone.to_datetime(at(local, &own.zone).timestamp()))
            }
            (Moment::Local(local), _) => When::Local(local),
        }
    }

    /// The moment; a time in no zone is one of `zone`.
    pub fn timestamp(&self, zone: &TimeZone) -> Timestamp {
        let zone = self.clock.as_ref().map_or(zone, |clock| &clock.zone);
        match self.moment {
            Moment::Utc(moment) => moment,
            Moment::Local(local) => at(local, zone).timestamp(),
            Moment::Day(day) => at(DateTime::from(day), zone).timestamp(),
        }
    }
}

/// A time on the clocks of the zone, or the moment where a clock shows that time twice and the second is meant.
pub fn local_or_moment(moment: Timestamp, zone: &TimeZone) -> When {
    let local = zone.to_datetime(moment);
    if at(local, zone).timestamp() == moment {
        When::Local(local)
    } else {
        When::Instant(moment, zone.to_offset(moment))
    }
}

/// A time that much later, of the same kind.
pub fn begin_plus(begin: When, length: SignedDuration, zone: &TimeZone) -> When {
    let later = begin.in_zone(zone).zoned.saturating_add(length).timestamp();
    match begin {
        When::Instant(..) => When::Instant(later, zone.to_offset(later)),
        _ => local_or_moment(later, zone),
    }
}
