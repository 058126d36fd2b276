// Every date of a calendar file in a window, by ical.js, as JSON: [{uid, start, end, summary, status, words, place, tags}], in UTC.
//
//     node expand.cjs FOLDER_OF_ICAL_JS FILE FROM TO
const [folder, file, from, to] = process.argv.slice(2);
const fs = require("fs");
const path = require("path");
const { main } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
const loaded = import(path.join(folder, main ?? "dist/ical.js"));

loaded.then(module => {
  const ICAL = module.default ?? module;
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(file, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);

  const words = time => time.isDate ? time.toString() : time.toJSDate().toISOString().replace(".000Z", "Z");
  const isIn = time => { const day = words(time).slice(0, 10); return from <= day && day < to; };
  const dates = [];
  const add = (event, start, end) => {
    if (isIn(start)) {
      const status = event.component.getFirstPropertyValue("status");
      const tags = event.component.getFirstProperty("categories")?.getValues() ?? [];
      dates.push({
        uid: event.uid, start: words(start), end: words(end), summary: event.summary, status, tags,
        words: event.description, place: event.location,
      });
    }
  };

  const events = calendar.getAllSubcomponents("vevent").map(component => {
    // Left to itself, ical.js relates every exception of the file to every event.
    return new ICAL.Event(component, { strictExceptions: true, exceptions: [] });
  });
  for (const event of events.filter(event => !event.isRecurrenceException())) {
    for (const other of events) {
      if (other.isRecurrenceException() && other.uid === event.uid) event.relateException(other);
    }
    if (!event.isRecurring()) {
      add(event, event.startDate, event.endDate);
      continue;
    }
    const iterator = event.iterator();
    for (let next = iterator.next(); next && words(next).slice(0, 10) < to; next = iterator.next()) {
      const { item, startDate, endDate } = event.getOccurrenceDetails(next);
      add(item, startDate, endDate);
    }
  }
  process.stdout.write(JSON.stringify(dates));
});
