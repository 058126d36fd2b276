//! Codes for calendars that partners publish.

use super::codes;

codes! {
    NOT_READABLE: Error, "calendar/not-readable",
        "The file in `content/calendars/` cannot be read as a calendar: it may be cut off, or a page that asks for a \
         password. Fetch it again with `fingerpost import calendar`, which keeps the old file where the new one is no \
         good.";
    ODD: Warning, "calendar/odd",
        "Something in a partner's calendar cannot be right, or is lost. The message says what is shown instead. Tell \
         whoever keeps that calendar; `severity:` can make a note of it.";
    NOTE: Note, "calendar/note",
        "Something about a partner's calendar that is good to know, such as private events that were left out. There is \
         nothing to mend.";
    NOT_NAMED: Warning, "calendar/not-named",
        "A calendar lies in `content/calendars/` and site.yaml does not say whose it is. Name it in `calendars`, so that \
         readers are told where its events come from: `calendars: [{file: leisure.ics, name: The leisure centre}]`.";
    NO_FILE: Error, "calendar/no-file",
        "site.yaml names a partner's calendar that is not in `content/calendars/`. A build never fetches anything: run \
         `fingerpost import calendar ADDRESS --name NAME`, and commit the file.";
    HISTORY_NOT_READABLE: Warning, "calendar/history-not-readable",
        "`content/calendar-history.txt` says what calendars were last told of each event, and has lines that cannot be read: \
         a merge left its marks, or somebody wrote in the file. Delete these lines and keep the others; where one event has \
         two lines, the higher number counts. If you are not sure, take the file as it was last committed.";
    DUPLICATE: Note, "calendar/duplicate",
        "An event of a partner's calendar is one that the site has already: it has the same identity, or about the same \
         name at the same time. It is shown once, as the team wrote it.";
}
