// Narrows down a list by the form that only this script shows; the style sheet hides headings of nothing.
each("[data-filter]", (form) => {
  // Brings the further parts of the list to this page.
  const complete = async () => {
    const parts = [];
    for (let page = document, link; (link = page.querySelector(".pager [rel=next]")); ) {
      const answer = await fetch(link.href);
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
      parts.push(...page.getElementById("list").children);
    }
    document.getElementById("list").append(...parts);
    each(".pager", (pager) => pager.remove());
    refresh();
  };
  onAsked(form, async (answers) => {
    if (answers[0]) await (loaded.list ??= complete());
    return () => {
      let count = 0;
      each("[data-terms]", (card) => {
        const terms = card.dataset.terms.split(" ");
        const fits = answers.every((answer) => terms.includes(answer));
        card.toggleAttribute("data-out", !fits);
        count += fits && !card.hidden;
      });
      return [count];
    };
  });
  form.hidden = false;
});
