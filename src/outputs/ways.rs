//! The ways in which a calendar, or a single event, gets into the reader's own calendar.
//!
//! 1. To subscribe: the address with `webcal:` for Apple's programs and many others, and the pages on which
//!    Google, Outlook.com and Microsoft 365 take an address (requirement 29).
//! 2. To add one event once: the pages on which these take the words and times themselves.
//!
//! **Invariant:** these are addresses to follow by choice. Nothing is asked of anybody before that.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::calendar::recurrence::Times;
use crate::date::words::{compact, compact_day, iso_day};
use crate::model::kinds::event::Event;
use crate::path::absolute;
use crate::site::{EventDates, Page};
use crate::view::words::venue_line;
use crate::view::{OnceView, WaysView};

/// What may stand in the value of a query as it is (RFC 3986 §2.3).
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The ways to a calendar file at `url`, from the server's root.
pub fn to_calendar(origin: &str, url: &str, title: &str) -> WaysView {
    let address = absolute(origin, url);
    let webcal_url = format!("webcal://{}", address.split_once("://").map_or(address.as_str(), |(_, rest)| rest));
    let by_web =
        |host: &str| format!("https://{host}/calendar/0/addfromweb?url={}&name={}", encoded(&address), encoded(title));
    WaysView {
        title: title.to_owned(),
        file_url: url.to_owned(),
        google_url: format!("https://calendar.google.com/calendar/r?cid={}", encoded(&webcal_url)),
        outlook_url: by_web("outlook.live.com"),
        microsoft_url: by_web("outlook.office.com"),
        webcal_url,
        address,
        once: None,
    }
}

/// The ways to an event: to follow it, and, where it happens once, to add it once.
pub fn to_event(origin: &str, page: &Page, event: &Event, dates: &EventDates) -> WaysView {
    let ways = to_calendar(origin, &format!("{}event.ics", page.url), &page.card.title);
    WaysView { once: dates.series.happens_once().then(|| once(origin, page, event, &dates.shown.times)), ..ways }
}

fn once(origin: &str, page: &Page, event: &Event, times: &Times) -> OnceView {
    let url = absolute(origin, &page.url);
    let details = [page.card.summary.as_str(), url.as_str()].join("\n\n");
    let place = page.venue.as_deref().map(venue_line);
    let place = place.or_else(|| event.online.clone()).unwrap_or_default();
    let (google_dates, outlook_dates) = match times {
        Times::Timed { start, end } => {
            let utc = |zoned: &jiff::Zoned| zoned.with_time_zone(jiff::tz::TimeZone::UTC).datetime();
            let google = format!("{}Z/{}Z", compact(utc(start)), compact(utc(end)));
            let moment = |zoned: &jiff::Zoned| encoded(&format!("{}Z", utc(zoned)));
            (google, format!("startdt={}&enddt={}", moment(start), moment(end)))
        }
        Times::Days { first, last } => {
            // Both count whole days up to the day after the last.
            let after = last.tomorrow().unwrap_or(*last);
            let google = format!("{}/{}", compact_day(*first), compact_day(after));
            (google, format!("startdt={}&enddt={}&allday=true", iso_day(*first), iso_day(after)))
        }
    };
    let (title, details, place) = (encoded(&page.card.title), encoded(details.trim()), encoded(&place));
    let by_form = |host: &str| {
        format!(
            "https://{host}/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent\
             &subject={title}&{outlook_dates}&location={place}&body={details}"
        )
    };
    OnceView {
        google_url: format!(
            "https://calendar.google.com/calendar/render?action=TEMPLATE\
             &text={title}&dates={google_dates}&details={details}&location={place}"
        ),
        outlook_url: by_form("outlook.live.com"),
        microsoft_url: by_form("outlook.office.com"),
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, IN_QUERY).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_is_offered_in_the_words_of_each_program() {
        let ways = to_calendar("https://a.example.org", "/sub/areas/old-ferry/calendar.ics", "Link: tea & talk");
        assert_eq!(ways.address, "https://a.example.org/sub/areas/old-ferry/calendar.ics");
        assert_eq!(ways.webcal_url, "webcal://a.example.org/sub/areas/old-ferry/calendar.ics");
        assert_eq!(
            ways.google_url,
            "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fa.example.org%2Fsub%2Fareas%2Fold-ferry%2Fcalendar.ics"
        );
        assert_eq!(
            ways.outlook_url,
            "https://outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2Fa.example.org%2Fsub%2Fareas%2Fold-ferry%2Fcalendar.ics&name=Link%3A%20tea%20%26%20talk"
        );
        assert!(ways.microsoft_url.starts_with("https://outlook.office.com/calendar/0/addfromweb?url=https%3A"));
        assert_eq!(to_calendar("http://localhost:8000", "/a.ics", "A").webcal_url, "webcal://localhost:8000/a.ics");
    }
}
