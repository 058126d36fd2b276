// Keeps dates true between two builds: what has ended goes, and today is called so.
let timer;
const refresh = () => {
  const now = Date.now();
  // `2026-11-24` and `09:30:00`, as the clocks of the service say.
  const [date, clock] = new Date(now).toLocaleString("sv", { timeZone }).split(" ");
  const daysTo = (time) => (Date.parse(time.dateTime.slice(0, 10)) - Date.parse(date)) / 864e5;
  let next = new Date(now).setHours(24, 0, 0, 0);
  each("[data-ends]", (item) => {
    const ends = Date.parse(item.dataset.ends);
    item.hidden = ends <= now;
    if (ends > now) next = Math.min(next, ends);
  });
  // What holds nothing else goes, too, or says so.
  each("[data-group], [data-empty]", (list) => {
    const all = list.querySelectorAll("[data-ends]").length;
    const gone = list.querySelectorAll("[data-ends][hidden]").length;
    if (!gone) return;
    const { empty } = list.dataset;
    if (!empty) list.hidden = gone == all;
    else if (gone == all && !list.querySelector(".empty")) list.append(make("p", { className: "empty" }, empty));
    const count = list.querySelector("[data-count]");
    if (count) {
      const left = count.dataset.count - gone;
      count.textContent = say(words.events, left);
      count.nextElementSibling.hidden = true;
      count.parentNode.hidden = !left;
    }
  });
  each("time > b, [data-today] > b", (label) => label.remove());
  each("[data-day]", (time) => {
    const label = [words.today, words.tomorrow][daysTo(time)];
    if (label) time.prepend(make("b", {}, label + ", "));
  });
  each("[data-countdown]", (time) => {
    const days = daysTo(time);
    if (days > 0) time.append(make("b", {}, ` (${say(words.to_go, days)})`));
  });
  each("[data-over]", (page) => {
    if (Date.parse(page.dataset.over) > now || page.querySelector("[data-status=finished]")) return;
    page.querySelector(".notice")?.remove();
    const notice = make("p", { className: "notice" }, words.finished);
    notice.dataset.status = "finished";
    page.prepend(notice);
  });
  // Which day of a week of opening hours is today, and whether it is open now.
  each("[data-times]", (day) => {
    const { number, times } = day.dataset;
    const { closures, words } = day.parentNode.dataset;
    const isToday = number == (new Date(date).getUTCDay() || 7);
    day.toggleAttribute("data-today", isToday);
    next = Math.min(next, now + 6e4);
    if (!isToday) return;
    const { today, open, closed, maybe } = JSON.parse(words);
    const isOpen = times.split(" ").some((time) => time.slice(0, 5) <= clock && clock < time.slice(6));
    const state = closures.includes(date) ? maybe : times && (isOpen ? open : closed);
    day.children[1].after(make("b", {}, today + (state && `: ${state}`)));
  });
  clearTimeout(timer);
  timer = setTimeout(refresh, next - now);
};
refresh();
document.addEventListener("visibilitychange", () => document.hidden || refresh());
