//! Codes for single fields of front matter, site.yaml and venues.yaml.

use super::codes;

codes! {
    MISSING: Error, "field/missing",
        "A field that must be there is not. The message says which, and shows a line that you can copy.";
    UNKNOWN: Warning, "field/unknown",
        "There is no field of that name in this place, so what it says has no effect. Most often it is a slip of \
         the pen; the message names the field that you may have meant.";
    NOT_TEXT: Error, "field/not-text",
        "The field takes a single text and was given a list or further fields. Write its value on the same line, \
         after the colon.";
    NOT_A_MAP: Error, "field/not-a-map",
        "Fields such as `name: value` were expected here, each on a line of its own and further in than the line \
         above them, and something else was written.";
    NOT_YES_OR_NO: Error, "field/not-yes-or-no",
        "The field says whether something is so. Write `true` or `false` (or `yes` or `no`).";
    NOT_A_NUMBER: Error, "field/not-a-number",
        "The field takes a whole number, in digits and without a unit, such as 18.";
    NOT_A_DATE: Error, "field/not-a-date",
        "The field takes a date, or a date and a time, and the text cannot be read as one. Good forms are \
         `2026-05-21`, `2026-05-21 10:00`, `21 May 2026` and `Thursday 21 May 2026 10am`. Forms such as 5/6/2026 \
         are refused because they mean different days to different people.";
    NOT_A_DURATION: Error, "field/not-a-length-of-time",
        "The field takes a length of time, such as `90 minutes`, `1 hour 30 minutes`, `2 days` or `12 months`.";
    NOT_A_TIME: Error, "field/not-a-time",
        "The field takes a time of day, such as `10:00`, `10am`, `2:30pm` or `midday`.";
    NOT_ONE_OF: Error, "field/not-one-of",
        "The field can be one of a few words only. The message lists them, and names the one that you may have \
         meant.";
    NOT_A_PHONE_NUMBER: Error, "field/not-a-phone-number",
        "The field takes a telephone number, in digits as people dial them, such as 01632 960123, and one number only. \
         Words may stand beside it, and an extension behind it (01632 960123 ext 12); when somebody answers belongs into `hours`.";
    PHONE_NUMBER_TOO_SHORT: Warning, "field/phone-number-too-short",
        "A telephone number that begins with 0 has 10 or 11 digits in the United Kingdom. Write the whole number with its \
         area code: a phone can be told to dial it from anywhere. Until then, readers see it and cannot tap on it.";
    AMOUNT_WITHOUT_CURRENCY: Warning, "field/amount-without-currency",
        "What something costs is shown as it is written, and a number alone does not say of what. Write the sign of the \
         currency before it, such as £3, or `free`.";
    CHECK_OPENING_HOURS: Warning, "field/check-opening-hours",
        "Opening hours that can hardly be meant so: more than sixteen hours at a stretch, two times on one day that overlap, \
         or hours without a day. Readers see them as they are written, so look at them once more.";
    NOT_A_POSTCODE: Warning, "field/not-a-postcode",
        "A postcode of the United Kingdom has two parts: one or two letters with one or two digits (the last of these may \
         be a letter), then a digit and two letters, such as SW1A 2AA. Maps and sat navs find nothing by any other.";
    CURLY_QUOTES: Warning, "field/curly-quotes",
        "Curly quotation marks, as word processors make them, are part of what is shown: only straight ones (\" and ') hold \
         a value together. Most values need none at all.";
    NOT_AN_ADDRESS: Error, "field/not-an-address",
        "The field takes an address on the web that begins with https:// or http://, or an e-mail address; the \
         message says which.";
}
