// Says which day of a week of opening hours is today, and whether it is open now. Without it the week is true, too.
(() => {
  const timeZone = document.currentScript.dataset.zone;
  each("[data-opening]", (week) => {
    const words = JSON.parse(week.dataset.words);
    const show = () => {
      // `2026-11-24 09:30`, as the clocks of the place say.
      const [date, now] = new Date().toLocaleString("sv", { timeZone, dateStyle: "short", timeStyle: "short" }).split(" ");
      const number = new Date(date).getUTCDay() || 7;
      for (const day of week.children) {
        day.querySelector("b")?.remove();
        const isToday = day.dataset.dayNumber == number;
        day.toggleAttribute("data-today", isToday);
        if (!isToday) continue;
        const times = day.dataset.times;
        const isOpen = times.split(" ").some((time) => time.slice(0, 5) <= now && now < time.slice(6));
        const state = week.dataset.closures.includes(date) ? words.maybe : times && (isOpen ? words.open : words.closed);
        day.firstElementChild.insertAdjacentHTML("afterend", "<b>");
        day.children[1].textContent = ` (${words.today})` + (state && ` ${state}.`);
      }
    };
    show();
    setInterval(show, 6e4);
  });
})();
