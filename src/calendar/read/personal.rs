//! What is personal in a calendar goes: e-mail addresses, dial-in codes, names of people.
//!
//! **Invariant:** nothing here decides by who might be asked; what may be personal is left out.

use linkify::{LinkFinder, LinkKind};

/// What the invitations of Zoom, Teams, Meet and Webex say, in small letters.
const MEETING_WORDS: [&str; 29] = [
    "join zoom meeting",
    "to a scheduled zoom meeting",
    "meeting id:",
    "webinar id:",
    "conference id:",
    "phone conference id",
    "passcode:",
    "passcode is",
    "meeting password",
    "meeting number",
    "access code:",
    "host key:",
    "participant code",
    "pin:",
    "pin code:",
    "one tap mobile",
    "dial by your location",
    "dial in by phone",
    "find your local number",
    "find a local number",
    "join microsoft teams",
    "join on your computer",
    "click here to join the meeting",
    "or call in (audio only)",
    "join with google meet",
    "or dial:",
    "more phone numbers:",
    "reset dial-in pin",
    "download teams",
];

/// Whole lines that head an invitation, in small letters.
const MEETING_TITLES: [&str; 4] =
    ["microsoft teams meeting", "microsoft teams", "microsoft teams need help?", "microsoft teams meeting need help?"];

/// Hosts of online meetings.
const MEETING_HOSTS: [&str; 6] =
    ["zoom.us", "teams.microsoft.com", "teams.live.com", "meet.google.com", "webex.com", "gotomeet.me"];

/// Words in the names of organisations, in small letters.
const ORGANISATIONS: [&str; 72] = [
    "academy",
    "action",
    "advice",
    "agency",
    "alliance",
    "arts",
    "association",
    "board",
    "cafe",
    "café",
    "calendar",
    "care",
    "carers",
    "cathedral",
    "centre",
    "center",
    "charity",
    "choir",
    "church",
    "cic",
    "city",
    "club",
    "college",
    "committee",
    "community",
    "council",
    "events",
    "federation",
    "forum",
    "foundation",
    "gallery",
    "garden",
    "gardens",
    "group",
    "hall",
    "health",
    "hospice",
    "hospital",
    "hub",
    "institute",
    "leisure",
    "library",
    "libraries",
    "limited",
    "ltd",
    "mosque",
    "museum",
    "network",
    "nhs",
    "office",
    "park",
    "partnership",
    "practice",
    "programme",
    "project",
    "school",
    "service",
    "services",
    "shed",
    "society",
    "sport",
    "sports",
    "support",
    "surgery",
    "synagogue",
    "team",
    "temple",
    "theatre",
    "trust",
    "u3a",
    "union",
    "university",
];

/// What the address of a shared mailbox begins with.
/// `nomail` is what `clean` writes in the place of an address.
const SHARED_MAILBOXES: [&str; 17] = [
    "admin",
    "bookings",
    "calendar",
    "contact",
    "comms",
    "communications",
    "enquiries",
    "events",
    "hello",
    "info",
    "library",
    "mail",
    "nomail",
    "office",
    "reception",
    "team",
    "whatson",
];

/// The join link of an online meeting among the words of a text, and the text without it.
pub fn meeting_link(text: &str) -> Option<(String, String)> {
    let link = web_links(text).find(|link| is_meeting(link.as_str()))?;
    let rest = format!("{}{}", &text[..link.start()], &text[link.end()..]);
    let rest = rest.trim_matches(|letter: char| letter.is_whitespace() || ";,|-–()<>".contains(letter)).to_owned();
    Some((link.as_str().to_owned(), rest))
}

/// A description without the invitation of an online meeting and without e-mail addresses.
pub fn without_meetings(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    // Rulers stand above an invitation and below it.
    let mut rulers = String::new();
    let mut is_in_invitation = false;
    // A line that is empty without its address separates nothing.
    for line in without_addresses(text).lines() {
        if is_ruler(line) {
            rulers.push_str(line);
            rulers.push('\n');
        } else if is_of_invitation(line) || is_in_invitation && is_telephone_line(line) {
            is_in_invitation = true;
            rulers.clear();
        } else if line.trim().is_empty() {
            let place = if rulers.is_empty() { &mut kept } else { &mut rulers };
            place.push('\n');
        } else {
            if !is_in_invitation {
                kept.push_str(&rulers);
            }
            rulers.clear();
            is_in_invitation = false;
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn is_of_invitation(line: &str) -> bool {
    let small = line.trim().to_lowercase();
    MEETING_WORDS.iter().any(|words| small.contains(words))
        || MEETING_TITLES.contains(&small.as_str())
        || line.contains("://") && web_links(line).any(|link| is_meeting(link.as_str()))
        || is_dial_string(line)
}

/// A text without its e-mail addresses.
pub fn without_addresses(text: &str) -> String {
    let mut kept = text.to_owned();
    // What stood on both sides of an address may be one when it is gone.
    for _ in 0..5 {
        let fewer = without_some_addresses(&kept);
        if fewer == kept {
            break;
        }
        kept = fewer;
    }
    kept
}

fn without_some_addresses(text: &str) -> String {
    if !text.contains('@') {
        return text.to_owned();
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Email]).email_domain_must_have_dot(false);
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for address in finder.links(text) {
        let before = &text[at..address.start()];
        let before = before.strip_suffix("mailto:").or(before.strip_suffix("MAILTO:")).unwrap_or(before);
        let open = before.strip_suffix(['(', '<', '[']);
        kept.push_str(open.unwrap_or(before));
        at = address.end();
        if open.is_some() && text[at..].starts_with([')', '>', ']']) {
            at += 1;
        }
    }
    kept.push_str(&text[at..]);
    kept
}

/// The name of an organiser where it is one of an organisation; people are not named.
pub fn organisation(name: &str, kind: Option<&str>, address: &str) -> Option<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(['"', '\'']);
    if name.is_empty() || name.contains('@') || name.chars().count() > 120 {
        return None;
    }
    let is_no_person =
        kind.is_some_and(|kind| ["GROUP", "RESOURCE", "ROOM"].iter().any(|known| kind.eq_ignore_ascii_case(known)));
    let lower = name.to_lowercase();
    let has_word = lower.split(|letter: char| !letter.is_alphanumeric()).any(|word| ORGANISATIONS.contains(&word));
    let mailbox = address.split_once(':').map_or(address, |(_, mailbox)| mailbox);
    let mailbox = mailbox.split('@').next().unwrap_or_default().to_lowercase();
    (is_no_person || has_word || SHARED_MAILBOXES.contains(&mailbox.as_str())).then(|| name.to_owned())
}

fn web_links(text: &str) -> impl Iterator<Item = linkify::Link<'_>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let links: Vec<_> = finder.links(text).filter(|link| link.as_str().starts_with("http")).collect();
    links.into_iter()
}

/// Whether an address is one of an online meeting.
pub fn is_meeting(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.to_ascii_lowercase();
    let is_host = |known: &str| host == known || host.strip_suffix(known).is_some_and(|sub| sub.ends_with('.'));
    path.len() > 1 && MEETING_HOSTS.iter().any(|known| is_host(known))
}

/// `+442034815237,,85012345678#,,,,*123456# United Kingdom`.
fn is_dial_string(line: &str) -> bool {
    let digits_after =
        |sign: &str| line.split(sign).skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_digit()));
    line.contains('#') && digits_after(",,")
}

/// `• +44 203 481 5237 United Kingdom`.
fn is_telephone_line(line: &str) -> bool {
    let bare = line.trim_start_matches(|letter: char| letter.is_whitespace() || "•-*·".contains(letter));
    bare.starts_with('+') && bare.chars().filter(char::is_ascii_digit).count() >= 8
}

/// `________`, `---`, `-::~:~::~:~`.
fn is_ruler(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.chars().all(|letter| "_-~:=*".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invitations_go_and_words_stay() {
        let check = |text: &str, expected: &str| assert_eq!(without_meetings(text).trim(), expected);
        check(
            "A talk about sleep.\n\nJane Doe is inviting you to a scheduled Zoom meeting.\n\nJoin Zoom Meeting\nhttps://us02web.zoom.us/j/85012345678?pwd=abc\n\nMeeting ID: 850 1234 5678\nPasscode: 123456\n\n---\n\nOne tap mobile\n+442034815237,,85012345678#,,,,*123456# United Kingdom\n\nDial by your location\n• +44 203 481 5237 United Kingdom\n\nFind your local number: https://us02web.zoom.us/u/abc\n\nBring a pen.",
            "A talk about sleep.\n\n\n\n\n\n\n\nBring a pen.",
        );
        check(
            "Board games.\n________________\nMicrosoft Teams meeting\nJoin on your computer or mobile app\nhttps://teams.microsoft.com/l/meetup-join/abc\n________________",
            "Board games.",
        );
        check("Board games.\n---\nsam@example.org", "Board games.");
        check("Ring +44 20 7946 0000 to book.\n+44 20 7946 0001", "Ring +44 20 7946 0000 to book.\n+44 20 7946 0001");
        check("Write to sam@example.org (sam@example.org) or come.", "Write to   or come.");
        check("Shopping: bring a pin, not a PIN.", "Shopping: bring a pin, not a PIN.");
    }

    #[test]
    fn addresses_go() {
        assert_eq!(without_addresses("Ask <jo.bloggs@nhs.example> or mailto:a@b.org."), "Ask  or .");
        assert_eq!(without_addresses("3 @ £2"), "3 @ £2");
        assert_eq!(without_addresses("root@localhost"), "");
    }

    #[test]
    fn organisations_are_named_and_people_are_not() {
        let check = |name: &str, kind, address: &str, expected: Option<&str>| {
            assert_eq!(organisation(name, kind, address).as_deref(), expected, "{name}");
        };
        check("Kelderby Leisure Centre", None, "mailto:x@example.org", Some("Kelderby Leisure Centre"));
        check("Jane Smith", None, "mailto:jane.smith@example.org", None);
        check("jane.smith@example.org", None, "mailto:jane.smith@example.org", None);
        check("Kelderby Walkers", None, "mailto:info@example.org", Some("Kelderby Walkers"));
        check("Kelderby Walkers", Some("GROUP"), "mailto:jane@example.org", Some("Kelderby Walkers"));
        check("Kelderby Walkers", None, "mailto:jane@example.org", None);
        check("", None, "mailto:info@example.org", None);
    }

    #[test]
    fn meetings_are_known_by_their_address() {
        let (link, rest) = meeting_link("Zoom; https://us02web.zoom.us/j/850?pwd=a").unwrap();
        assert_eq!((link.as_str(), rest.as_str()), ("https://us02web.zoom.us/j/850?pwd=a", "Zoom"));
        assert_eq!(meeting_link("https://example.org/zoom.us/j"), None);
        assert!(!is_meeting("https://zoom.us/") && !is_meeting("https://notzoom.us/j/1"));
    }
}
