#!/usr/bin/env python3
"""Compares calendars that we wrote with the dates that we find, by programs of other people.

    tests/calendars/compare.py DIR        DIR as `cargo run --example recurring -- DIR` leaves it

Each `DIR/<site>/calendar.ics` is read and expanded by recurring-ical-events (Python) and by ical.js (node, where
it is installed), and must give exactly the dates of `DIR/<site>/expected.json`: their moments, titles, words,
places and tags, and which of them are cancelled. Installs what it needs into $CHECK_ENV (default: target/checks), at fixed versions.

Exit: 0 all agree, 1 some do not, 2 could not run.
"""
import datetime as dt
import json
import os
import pathlib
import subprocess
import sys

PINS = ["icalendar==7.3.0", "recurring-ical-events==3.8.2", "tzdata==2026.6"]
NODE_PIN = "ical.js@2.2.1"
FROM, TO = dt.date(2025, 1, 1), dt.date(2029, 1, 1)
HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENT = pathlib.Path(os.environ.get("CHECK_ENV") or HERE.parents[1] / "target" / "checks") / "compare"


def prepare():
    """Runs this script again under an environment of its own, made on first use."""
    python = ENVIRONMENT / "bin" / "python"
    mark = ENVIRONMENT / "pins.json"
    if not mark.exists() or json.loads(mark.read_text()) != PINS:
        subprocess.check_call([sys.executable, "-m", "venv", ENVIRONMENT])
        subprocess.check_call([python, "-m", "pip", "-q", "--disable-pip-version-check", "install", *PINS])
        mark.write_text(json.dumps(PINS))
    if pathlib.Path(sys.prefix) != ENVIRONMENT:
        os.execv(python, [str(python), *sys.argv])


def node_is_ready():
    if not (ENVIRONMENT / "node_modules" / "ical.js").is_dir():
        try:
            subprocess.check_call(
                ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", ENVIRONMENT, NODE_PIN])
        except (OSError, subprocess.CalledProcessError):
            return False
    return True


def words(moment):
    if isinstance(moment, dt.datetime):
        return moment.astimezone(dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()


def by_python(path):
    import icalendar
    import recurring_ical_events
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    found = {}
    for event in recurring_ical_events.of(calendar, keep_recurrence_attributes=False).between(FROM, TO):
        categories = event.get("CATEGORIES")
        date = {
            "end": words(event["DTEND"].dt),
            "summary": str(event["SUMMARY"]),
            "status": str(event["STATUS"]),
            "words": str(event["DESCRIPTION"]),
            "place": str(event["LOCATION"]),
            "tags": [str(tag) for tag in categories.cats] if categories else [],
        }
        found[(str(event["UID"]), words(event["DTSTART"].dt))] = date
    return found


def by_node(path):
    answer = subprocess.run(
        ["node", HERE / "expand.cjs", ENVIRONMENT / "node_modules" / "ical.js", path, FROM.isoformat(), TO.isoformat()],
        check=True, capture_output=True, text=True)
    return {(date["uid"], date["start"]): date for date in json.loads(answer.stdout)}


def differences(expected, found):
    """Sentences on the dates that are missing, too many, or say other things.

    Ends are not compared at a clock change, where recurring-ical-events 3.8 adds the length to the clock's hands.
    """
    for uid, start in sorted(expected.keys() - found.keys()):
        yield f"expected and not found: {uid} at {start}"
    for uid, start in sorted(found.keys() - expected.keys()):
        yield f"found and not expected: {uid} at {start}"
    for key in sorted(expected.keys() & found.keys()):
        fields = ["summary", "status", "place", "tags"]
        if not expected[key].get("is_at_clock_change"):
            fields.append("end")
        for field in fields:
            want = expected[key].get(field, "CONFIRMED" if field == "status" else found[key][field])
            if found[key][field] != want:
                yield f"{key[0]} at {key[1]}: {field} is {found[key][field]!r}, not {want!r}"
        # The description holds more than the writer's words.
        if expected[key]["words"] not in found[key]["words"]:
            yield f"{key[0]} at {key[1]}: {expected[key]['words']!r} is not in {found[key]['words']!r}"


def within(dates):
    """Without the first and the last two days, where windows in two zones differ."""
    first, last = "2025-01-03", "2028-12-29"
    return {key: date for key, date in dates.items() if first <= key[1] <= last}


def unambiguous(dates, expected):
    """Without the days of an event on which its clock times do not exist or come twice.

    RFC 5545 §3.3.5 says what is meant then, and ical.js 2.2 reads it otherwise.
    """
    unclear = {(key[0], key[1][:10]) for key, date in expected.items() if date.get("is_at_clock_change")}
    return {key: date for key, date in dates.items() if (key[0], key[1][:10]) not in unclear}


def main():
    prepare()
    engines = {"recurring-ical-events": by_python}
    if node_is_ready():
        engines["ical.js"] = by_node
    elif os.environ.get("CI") == "true":
        print("ical.js cannot be installed")
        return 2
    else:
        print("SKIPPED: ical.js cannot be installed")
    sites = sorted(path.parent for path in pathlib.Path(sys.argv[1]).glob("*/expected.json"))
    if not sites:
        print(f"there is no site in {sys.argv[1]}")
        return 2
    wrong = total = 0
    for site in sites:
        listed = json.loads((site / "expected.json").read_text())
        expected = within({(date["uid"], date["start"]): date for date in listed})
        total += len(expected)
        for name, engine in engines.items():
            wanted, found = expected, within(engine(site / "calendar.ics"))
            if name == "ical.js":
                wanted, found = unambiguous(expected, expected), unambiguous(found, expected)
            for difference in list(differences(wanted, found))[:20]:
                print(f"{site.name}: {name}: {difference}")
                wrong += 1
    print(f"{len(sites)} calendars, {total} dates, {' and '.join(engines)}: {wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__)
        sys.exit(2)
    sys.exit(main())
