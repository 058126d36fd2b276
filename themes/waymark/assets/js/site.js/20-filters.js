// Narrows down a list by the form that only this script shows.
each("[data-filter]", (form) => {
  const words = JSON.parse(form.dataset.filter);
  const list = document.getElementById("list");
  const status = form.querySelector("[role=status]");
  let whole;
  // Brings the further parts of the list to this page.
  const complete = async () => {
    let link;
    while ((link = document.querySelector(".pager [rel=next]"))) {
      const answer = await fetch(link.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.append(...page.getElementById("list").children);
      link.closest(".pager").replaceWith(page.querySelector(".pager"));
    }
    each(".pager", (pager) => pager.remove());
    refresh();
  };
  keepInAddress(form, async () => {
    const chosen = [...new FormData(form).values()].filter(Boolean);
    const isNarrow = chosen.length > 0;
    try {
      if (isNarrow) await (whole ??= complete());
    } catch {
      whole = null;
      return (status.textContent = words.fault);
    }
    let count = 0;
    each("[data-terms]", (card) => {
      const terms = card.dataset.terms.split(" ");
      const fits = chosen.every((term) => terms.includes(term));
      card.toggleAttribute("data-out", !fits);
      count += fits && !card.hidden;
    });
    each("[data-group]", (group) => group.toggleAttribute("data-out", !group.querySelector("[data-terms]:not([data-out])")));
    each(".list-count, .letters", (part) => part.toggleAttribute("data-out", isNarrow));
    status.textContent = isNarrow ? (count ? say(words.found, count) : words.nothing) : "";
  });
  form.hidden = false;
});
