//! The offset from UTC at the end of a time: `Z`, `UTC`, `+01:00`, `-0500`.
//!
//! **Invariant:** a zone's short name is never guessed: `IST` is Irish, Indian or Israeli time.

use jiff::tz::Offset;

use super::Fault;
use super::clock::{all_digits, parse_time, two_times};

/// Takes `Z`, `UTC`, `+01:00`, `-0500` from the end of a time.
pub(super) fn split_zone(text: &str) -> Result<(&str, Option<Offset>), Fault> {
    let follows_digit = |head: &str| head.ends_with(|c: char| c.is_ascii_digit());
    for name in ["utc", "gmt", "z", "UTC", "GMT", "Z"] {
        if let Some(head) = text.strip_suffix(name).map(str::trim_end)
            && follows_digit(head)
        {
            return Ok((head, Some(Offset::UTC)));
        }
    }
    let last = text.rsplit(' ').next().unwrap_or_default();
    if let Some((_, hours)) = ZONE_NAMES.iter().find(|(name, _)| last.eq_ignore_ascii_case(name)) {
        return Err(Fault::new(
            format!("`{last}` after a time means different hours in different countries"),
            format!("leave it out for a time in the page's own time zone, or write `{hours}`"),
        ));
    }
    let Some(at) = text.rfind(['+', '-', '−']) else { return Ok((text, None)) };
    let (head, offset) = text.split_at(at);
    if !head.contains(':') {
        return Ok((text, None));
    }
    if offset.chars().nth(1).is_some_and(char::is_whitespace)
        && parse_time(offset.trim_start_matches(['+', '-', '−'])).is_ok()
    {
        return Err(two_times(text));
    }
    let sign = if offset.starts_with('+') { 1 } else { -1 };
    let digits: String = offset.chars().skip(1).filter(|c| *c != ':').collect();
    let wrong =
        || Fault::new(format!("`{offset}` is not an offset from UTC"), "write it as in `+01:00`, or leave it out");
    if !all_digits(&digits) || !matches!(digits.len(), 2 | 4) {
        return Err(wrong());
    }
    let hours: i32 = digits[..2].parse().map_err(|_| wrong())?;
    let minutes: i32 = digits.get(2..).filter(|m| !m.is_empty()).map_or(Ok(0), str::parse).map_err(|_| wrong())?;
    if hours > 14 || minutes > 59 {
        return Err(wrong());
    }
    let offset = Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).map_err(|_| wrong())?;
    Ok((head.trim_end(), Some(offset)))
}

/// Names of zones that people write after a time, and what they mean most often.
const ZONE_NAMES: [(&str, &str); 10] = [
    ("bst", "+01:00"),
    ("cet", "+01:00"),
    ("cest", "+02:00"),
    ("ist", "+01:00"),
    ("wet", "+00:00"),
    ("est", "-05:00"),
    ("edt", "-04:00"),
    ("cst", "-06:00"),
    ("pst", "-08:00"),
    ("pdt", "-07:00"),
];
