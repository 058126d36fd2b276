//! Telephone numbers: what a team may write as one, and how it is dialled.
//!
//! A text has one number, in digits, with words beside it if need be: `01632 960123`, `+44 (0)1632 960123 ext 12`. A number
//! that cannot be dialled as it stands is never guessed at.

use crate::codes;
use crate::codes::Code;
use crate::date::Fault;
use crate::fields::Fields;

/// Of the shortest numbers, such as 999.
const FEWEST_DIGITS: usize = 3;
/// Of the longest numbers (ITU-T E.164), with the five digits that stand before one for Relay UK.
const MOST_DIGITS: usize = 20;
/// Of numbers that begin with a zero, in the United Kingdom.
const FEWEST_AFTER_ZERO: usize = 10;
const MOST_AFTER_ZERO: usize = 11;
/// Beginnings of numbers that are shorter, such as 0800 1111.
const SHORT: [&str; 3] = ["0800", "0845", "0500"];
/// What stands beside digits without being part of a number: `10am`, `24hrs`.
const UNITS: [&str; 10] = ["am", "pm", "h", "hr", "hrs", "hours", "st", "nd", "rd", "th"];

/// Reads a field `phone`.
///
/// Reports: `field/not-a-phone-number`, `field/phone-number-too-short`.
pub fn read(fields: &mut Fields<'_, '_>) -> Option<String> {
    let phone = fields.located("phone")?;
    match fault(&phone.value) {
        Some((code, fault)) => {
            fields.wrong(code, phone.bytes, fault.message, fault.help);
            (code.id == codes::field::PHONE_NUMBER_TOO_SHORT.id).then_some(phone.value)
        }
        None => Some(phone.value),
    }
}

/// What a telephone number is dialled by, for `href="tel:..."` (RFC 3966 §3): digits, a leading plus, and the extension.
pub fn link(phone: &str) -> Option<String> {
    if fault(phone).is_some() {
        return None;
    }
    let (number, extension) = parts(phone);
    let number = numbers(&number).into_iter().next()?;
    Some(match extension {
        Some(extension) => format!("{number};ext={extension}"),
        None => number,
    })
}

/// Whether a text has any number to ring.
pub fn has_number(text: &str) -> bool {
    !numbers(text).is_empty()
}

/// What is wrong with a telephone number.
pub fn fault(phone: &str) -> Option<(&'static Code, Fault)> {
    let wrong = |message: String, help: &str| {
        Some((&codes::field::NOT_A_PHONE_NUMBER, Fault { message, help: help.to_owned() }))
    };
    let (number, _) = parts(phone);
    if let Some(part) = number.split_whitespace().find(|part| has_letters(part)) {
        let as_digits = phone.replace(['O', 'o'], "0").replace(['l', 'I'], "1");
        let help = match part.chars().all(|sign| sign.is_ascii_digit() || "OolI".contains(sign)) {
            true => format!("write the digits 0 and 1 for the letters that look like them: `phone: {as_digits}`"),
            false => "write every digit of the number, and an extension as `01632 960123 ext 12`".to_owned(),
        };
        return wrong(format!("`{part}` in `{phone}` has a letter among its digits"), &help);
    }
    let found = numbers(&number);
    let Some(first) = found.first() else {
        return wrong(
            format!("`{phone}` has no number to ring"),
            "write it in digits, such as `phone: 01632 960123`, or leave `phone` out",
        );
    };
    let most = if first.starts_with('0') { MOST_AFTER_ZERO } else { MOST_DIGITS };
    if found.len() > 1 || first.len() > most {
        return wrong(
            format!("`{phone}` has more digits than one number"),
            "write one number here, the one to ring first, and the others into the text of the page",
        );
    }
    let is_short = first.starts_with('0') && first.len() < FEWEST_AFTER_ZERO;
    (is_short && !SHORT.iter().any(|short| first.starts_with(short) && first.len() >= 8)).then(|| {
        let fault = Fault {
            message: format!("`{phone}` seems to lack digits: it has {}", first.len()),
            help: "numbers that begin with 0 have 10 or 11 digits; write the whole number with its area code"
                .to_owned(),
        };
        (&codes::field::PHONE_NUMBER_TOO_SHORT, fault)
    })
}

/// The number with the words beside it, and the digits of an extension at its end: `ext 12`, `extension 12`, `x12`.
fn parts(phone: &str) -> (String, Option<String>) {
    // Behind the code of a country, the zero in brackets is not dialled.
    let phone = if phone.contains('+') { phone.replace("(0)", " ") } else { phone.to_owned() };
    let lower = phone.to_ascii_lowercase();
    for name in ["extension", "ext", "x"] {
        let Some(at) = lower.rfind(name) else { continue };
        let extension = lower[at + name.len()..].trim_matches(['.', ':', ')', ' ']);
        let follows_number =
            lower[..at].trim_end_matches([' ', ',', '(']).ends_with(|sign: char| sign.is_ascii_digit());
        if follows_number && !extension.is_empty() && extension.bytes().all(|byte| byte.is_ascii_digit()) {
            return (phone[..at].to_owned(), Some(extension.to_owned()));
        }
    }
    (phone, None)
}

/// Whether a part of a number without spaces has letters among two digits or more.
fn has_letters(part: &str) -> bool {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    let letters = part.split(|sign: char| !sign.is_alphabetic()).filter(|letters| !letters.is_empty());
    let mut strange = letters.filter(|letters| !UNITS.contains(&letters.to_lowercase().as_str()));
    digits >= 2 && strange.next().is_some()
}

/// The numbers in a text: digits with a leading plus each, and with nothing but spaces, brackets, dots and hyphens between.
fn numbers(text: &str) -> Vec<String> {
    let is_between = |sign: char| sign.is_whitespace() || "()+-.\u{2010}\u{2011}\u{2013}".contains(sign);
    let runs = text.split(|sign: char| !sign.is_ascii_digit() && !is_between(sign));
    let dialled = |run: &str| {
        // A bracket that is open still holds words: when somebody answers.
        let run = match run.rsplit_once('(') {
            Some((number, rest)) if !rest.contains(')') && number.contains(|sign: char| sign.is_ascii_digit()) => {
                number
            }
            _ => run,
        };
        let digits: String = run.chars().filter(char::is_ascii_digit).collect();
        (digits.len() >= FEWEST_DIGITS).then(|| match run.trim_start_matches(['(', ' ', '-']).starts_with('+') {
            true => format!("+{digits}"),
            false => digits,
        })
    };
    runs.filter_map(dialled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_as_it_must_be() {
        for (phone, expected) in [
            ("01632 960123", "01632960123"),
            ("+44 (0)1632 960001", "+441632960001"),
            ("(+44) 1632-960001", "+441632960001"),
            ("(01632) 960001", "01632960001"),
            ("01632 960001 ext 12", "01632960001;ext=12"),
            ("01632 960001, extension 12", "01632960001;ext=12"),
            ("01632 960001x12", "01632960001;ext=12"),
            ("01632 960001 (ext. 12)", "01632960001;ext=12"),
            ("999", "999"),
            ("116 123", "116123"),
            ("0800 1111", "08001111"),
            ("Text SHOUT to 85258", "85258"),
            ("18001 0800 123 4567", "1800108001234567"),
            ("01632 960001, 9am to 5pm", "01632960001"),
            ("01632 960001 (10am-4pm)", "01632960001"),
            ("111 and then option 2", "111"),
        ] {
            assert_eq!(link(phone).as_deref(), Some(expected), "{phone}");
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_said() {
        for (phone, expected) in [
            ("ask at the desk", "has no number to ring"),
            ("01632 960001 / 01632 960002", "has more digits than one number"),
            ("01632 960001 or 01632 960002", "has more digits than one number"),
            ("01632 960001 01632 960002", "has more digits than one number"),
            ("O1632 96OOO1", "`O1632` in `O1632 96OOO1` has a letter among its digits"),
            ("01632 96001x", "`96001x` in `01632 96001x` has a letter among its digits"),
            ("01632 9600x", "has a letter among its digits"),
            ("01632 96", "seems to lack digits: it has 7"),
        ] {
            assert_eq!(link(phone), None, "{phone}");
            let (_, fault) = fault(phone).unwrap();
            assert!(fault.message.contains(expected), "{phone}: {}", fault.message);
        }
        assert!(fault("O1632 96OOO1").unwrap().1.help.ends_with("`phone: 01632 960001`"));
    }
}
