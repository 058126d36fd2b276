// One form over the lists of the directory: shows what stands in every list that was chosen.
(() => {
  const form = document.querySelector(".directory-form");
  const box = document.getElementById("directory-list");
  const status = form.nextElementSibling;
  const words = JSON.parse(box.dataset.words);
  const whole = [...box.children];
  form.hidden = false;
  // The form asks all questions but the first at once.
  each(":has(+ .directory-form) details + details", (filter) => (filter.hidden = true));

  // All entries of a list by their addresses, those of its further parts among them.
  const entries = async (address) => {
    const found = new Map();
    while (address) {
      const answer = await fetch(address);
      if (!answer.ok) throw address;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      page.querySelectorAll(".resource-card").forEach((card) => found.set(card.querySelector("a").getAttribute("href"), card));
      address = page.querySelector(".pager [rel=next]")?.getAttribute("href");
    }
    return found;
  };

  const run = async () => {
    const chosen = [...new FormData(form).values()].filter(Boolean);
    if (!chosen[0]) {
      box.replaceChildren(...whole);
      return (status.textContent = "");
    }
    try {
      const [first, ...others] = await Promise.all(chosen.map(entries));
      const cards = [...first].filter(([address]) => others.every((other) => other.has(address))).map(([, card]) => card);
      const list = document.createElement("ul");
      list.className = "cards";
      list.append(...cards);
      box.replaceChildren(list);
      status.textContent = cards.length ? say(words.found, cards.length) : words.nothing;
    } catch {
      status.textContent = words.fault;
    }
  };

  // Only lists of this site's own form are asked for, whatever an address says.
  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const field of form.elements) {
      const values = asked.getAll(field.name);
      if (field.type == "checkbox") field.checked = values.includes(field.value);
      else if (field.options) field.value = [...field.options].find((option) => values.includes(option.value))?.value ?? "";
    }
    run();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    const answers = [...new FormData(form)].filter(([, value]) => value);
    history.pushState(null, "", "?" + new URLSearchParams(answers));
    run();
  };
  onpopstate = read;
  read();
})();
