// Keeps dates true between two builds. Without it every page is true, too: it names its days.
(() => {
  const { zone, words: said } = document.currentScript.dataset;
  const words = JSON.parse(said);
  let timer;
  const run = () => {
    const now = Date.now();
    const today = Date.parse(new Date(now).toLocaleDateString("sv", { timeZone: zone }));
    const daysTo = (time) => (Date.parse(time.dateTime.slice(0, 10)) - today) / 864e5;
    let next = new Date(now).setHours(24, 0, 0, 0);
    // What has ended goes, and with it what holds nothing else.
    each("[data-ends]", (item) => {
      const ends = Date.parse(item.dataset.ends);
      item.hidden = ends <= now;
      if (ends > now) next = Math.min(next, ends);
    });
    each("[data-group], [data-empty]", (list) => {
      const gone = list.querySelectorAll("[data-ends][hidden]").length;
      if (!gone) return;
      let left = list.querySelectorAll("[data-ends]").length - gone;
      const empty = list.dataset.empty;
      if (!empty) list.hidden = !left;
      const count = list.querySelector("[data-count]");
      if (count) {
        left = count.dataset.count - gone;
        count.textContent = say(words.events, left);
        count.nextElementSibling.hidden = true;
        count.parentNode.hidden = !left;
      }
      if (empty && !left && !list.querySelector(".empty")) {
        list.insertAdjacentHTML("beforeend", "<p class=empty>");
        list.lastChild.textContent = empty;
      }
    });
    each("time > b", (label) => label.remove());
    each("[data-day]", (time) => {
      const label = [words.today, words.tomorrow][daysTo(time)];
      if (label) time.insertAdjacentHTML("afterbegin", `<b>${label}, </b>`);
    });
    each("[data-countdown]", (time) => {
      const days = daysTo(time);
      if (days > 0) time.insertAdjacentHTML("beforeend", `<b> (${say(words.to_go, days)})</b>`);
    });
    each("[data-over]", (page) => {
      if (Date.parse(page.dataset.over) > now || page.querySelector("[data-status=finished]")) return;
      page.querySelector(".notice")?.remove();
      page.insertAdjacentHTML("afterbegin", "<p class=notice data-status=finished>");
      page.firstChild.textContent = words.finished;
    });
    clearTimeout(timer);
    timer = setTimeout(run, next - now);
  };
  run();
  document.addEventListener("visibilitychange", () => document.hidden || run());
})();
