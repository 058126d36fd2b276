// Narrows down the events of a page by the form that only this script shows. The choice stands in the address.
(() => {
  const form = document.querySelector("[data-filter]");
  if (!form) return;
  const found = form.querySelector("[role=status]");
  const area = form.elements.area;
  const apply = () => {
    const chosen = new FormData(form);
    const kind = chosen.get("kind");
    // An area has what the areas within it have: they follow it, one step further in.
    const areas = [];
    for (let option = area?.value && area.selectedOptions[0]; option; option = option.nextElementSibling) {
      if (areas.length && option.dataset.depth <= area.selectedOptions[0].dataset.depth) break;
      areas.push(option.value);
    }
    let left = 0;
    each("[data-terms]", (card) => {
      const terms = card.dataset.terms.split(" ");
      const tags = [...card.querySelectorAll(".tag")].map((tag) => tag.textContent);
      const fits =
        (!kind || terms.includes(kind)) &&
        (!areas.length || areas.some((url) => terms.includes(url))) &&
        chosen.getAll("only").every((word) => tags.includes(word));
      card.toggleAttribute("data-out", !fits);
      left += fits && !card.hidden;
    });
    each("[data-group]", (group) => group.toggleAttribute("data-out", !group.querySelector("[data-terms]:not([data-out])")));
    each(".list-count", (count) => count.toggleAttribute("data-out", location.search));
    found.textContent = left ? form.dataset.filter + " " + left : form.dataset.none;
  };
  const go = (query) => {
    history.replaceState(null, "", query || location.pathname);
    apply();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    go(chosen.length ? "?" + new URLSearchParams(chosen) : "");
  });
  form.addEventListener("reset", () => setTimeout(go));
  form.hidden = false;
  const asked = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (field.type == "checkbox") field.checked = asked.getAll(field.name).includes(field.value);
    else if (asked.has(field.name)) field.value = asked.get(field.name);
  }
  if (location.search) apply();
})();
