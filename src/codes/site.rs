//! Codes for site.yaml and venues.yaml.

use super::codes;

codes! {
    NO_SITE_FILE: Error, "site/no-site-file",
        "The folder holds no `content/site.yaml`, so it is not known whose site this is. Make one with a `name` \
         and a `url`, or run `fingerpost new site FOLDER` for a site to start from.";
    UNKNOWN_TIMEZONE: Error, "site/unknown-time-zone",
        "Times cannot be understood without the zone they are in. Use a name from the time-zone database, such as \
         `Europe/London`, `Europe/Dublin` or `America/New_York`.";
    ZONE_WITHOUT_SUMMER: Warning, "site/time-zone-without-summer",
        "`GMT` stays the same all year, so every event would be an hour off from March to October. British time is \
         `Europe/London`: in winter that is GMT.";
    UNKNOWN_CODE: Warning, "site/unknown-code",
        "`severity:` names a problem that does not exist. Codes stand in square brackets in every message, such as \
         `field/unknown`.";
    ERRORS_STAY: Warning, "site/errors-stay",
        "`severity:` can change warnings and notes. An error means that a page would be wrong or could not be made, \
         so errors stay errors.";
    ID_TWICE: Error, "site/id-twice",
        "Two areas, categories, needs, venues or calendars have ids that make the same address, or an old id in `was` \
         is still somebody's id, so an address could mean either. The message shows both places. Give one of them another \
         id.";
    UNKNOWN_ID: Error, "site/unknown-id",
        "A calendar in `calendars` of site.yaml names an area, a category or a venue that there is not, so it would \
         miss events. The message names the one that you may have meant.";
    EMPTY_CALENDAR: Warning, "site/empty-calendar",
        "No event fits everything that a calendar in `calendars` of site.yaml asks for, so whoever subscribes to it \
         sees nothing. Check its tags and organisers for slips of the pen, or ask for less.";
    RETIRED_FEED_IN_USE: Warning, "site/retired-feed-in-use",
        "`retired_feeds` in site.yaml gives up a calendar or feed that the site still has, so the line has no effect. \
         Delete the line, or take away what the feed is made of, such as the area with that id.";
    NOT_A_CALENDAR_FILE: Error, "site/not-a-calendar-file",
        "`file` in `calendars` of site.yaml is the name of a file in `content/calendars/` that ends in `.ics`, without \
         folders before it, such as `leisure-centre.ics`.";
    UNKNOWN_LANGUAGE: Error, "site/unknown-language",
        "A language is named by its code (BCP 47), so that browsers and screen readers read its words aloud in the right \
         way: `en-GB` for British English, `cy` for Welsh, `pl` for Polish. The message names the code that you may \
         have meant.";
    NAME_ALONE: Warning, "site/name-alone",
        "`synonyms` in site.yaml holds lists of names for one thing, so that people find a page by a name that it does not \
         say. Each list has brackets of its own and at least two names: `synonyms: [[food bank, foodbank, pantry]]`.";
    NO_CRISIS_NUMBERS: Warning, "site/no-crisis-numbers",
        "Every page can say whom to ring in a crisis, at the same place: people who need help at once look for that \
         number. A site in English or Welsh that says nothing of it shows 999, NHS 111 and Samaritans; a site that writes \
         `help_now: []`, or is written in another language, names nobody. Write `help_now` into site.yaml with the numbers \
         of your country.";
    COLOUR_CONTRAST: Warning, "site/colour-contrast",
        "Words in white stand on the colour of your service: in the menu, on buttons and on numbers. On a light colour \
         many people cannot read them, so the site shows the nearest darker one of the same hue instead, with the \
         contrast of 7 to 1 that WCAG 2.2 asks for at its highest level. The message names that colour. Calendar \
         programs get the colour as you wrote it.";
    COLOUR_NOT_READABLE: Error, "site/colour-not-readable",
        "A colour is written as a hash sign and six digits or letters from a to f, such as `#0b5563`. Put it in \
         quotes, because YAML takes a bare hash sign as the start of a comment.";
}
