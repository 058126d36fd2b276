// Keeps dates true between two builds: what has ended goes, and today is called so.

// Words that stand until the next look.
const label = (name, textContent, className = "") =>
  Object.assign(document.createElement(name), { textContent, className: className + " said" });

let timer;
const refresh = () => {
  const now = Date.now();
  // `2026-11-24` and `09:30:00`, as the clocks of the service say.
  const [date, clock] = new Date(now).toLocaleString("sv", { timeZone: currentScript.dataset.zone }).split(" ");
  const daysTo = (time) => (Date.parse(time.dateTime.slice(0, 10)) - Date.parse(date)) / 864e5;
  let next = new Date(now).setHours(24, 0, 0, 0);
  each(".said", (label) => label.remove());
  // A later date of a series comes from the moment on at which the one before it is over.
  each("[data-ends], [data-from]", (item) => {
    const [ends, from] = [item.dataset.ends, item.dataset.from].map(Date.parse);
    item.hidden = ends <= now || from > now;
    next = Math.min(next, ...[ends, from].filter((time) => time > now));
  });
  // What holds nothing else says so, and counts what is left; the style sheet hides headings of nothing.
  each("[data-empty]", (list) => {
    const first = list.querySelector("[data-ends]");
    if (!first) return;
    const allBut = (some) => list.querySelectorAll(`li[data-ends]:not(${some})`).length;
    const seen = allBut("[hidden]");
    if (!seen) list.append(label("p", list.dataset.empty, "empty"));
    const count = list.querySelector("[data-count]");
    if (count) {
      count.textContent = say(words.events, count.dataset.count - allBut("[data-from]") + seen);
      count.nextElementSibling.hidden = first.hidden;
    }
  });
  each("[data-day]", (time) => {
    const day = [words.today, words.tomorrow][daysTo(time)];
    if (day) time.prepend(label("b", day + ", "));
  });
  each("[data-countdown]", (time) => {
    const days = daysTo(time);
    if (days > 0) time.append(label("b", ` (${say(words.to_go, days)})`));
  });
  // Which day of a week of opening hours is today, and whether it is open now.
  each("[data-times]", (day) => {
    const { number, times, state } = day.dataset;
    const week = day.parentNode;
    next = Math.min(next, now + 6e4);
    if (!day.toggleAttribute("data-today", number == (new Date(date).getUTCDay() || 7))) return;
    const { today, closed, maybe } = wordsOf(week);
    const isOpen = times.split(" ").some((time) => time.slice(0, 5) <= clock && clock < time.slice(6));
    const said = week.dataset.closures.includes(date) ? maybe : times && !isOpen ? closed : state;
    day.children[1].after(label("b", `${today}: ${said}`));
  });
  clearTimeout(timer);
  timer = setTimeout(refresh, next - now);
};
refresh();
document.onvisibilitychange = refresh;
