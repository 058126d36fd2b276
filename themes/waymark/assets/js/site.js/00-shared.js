// The one script of the site: what its parts share. Without it every page is complete and true.
const each = (selector, deed) => document.querySelectorAll(selector).forEach(deed);
const wordsOf = (element) => JSON.parse(element.dataset.words);
const { currentScript } = document;
const words = wordsOf(currentScript);
const say = (word, count) =>
  (word[new Intl.PluralRules(document.documentElement.lang).select(count)] ?? word.other).replace("{count}", count);

// What was fetched, by its name.
let loaded = {};

// Answers a form when the page opens, on the way back, and when it is sent; its answers stand in the address.
// `find` takes them, and gives a function that shows what was found: how many, and the words that were meant where
// somebody wrote others. The line `role=status` says so, in words of its own.
const onAsked = (form, find) => {
  const status = document.querySelector("[role=status]");
  const words = wordsOf(status);
  let latest;
  const go = async (way) => {
    const filled = [...new FormData(form)].filter(([, answer]) => answer.trim());
    const address = new URL(location);
    address.search = new URLSearchParams(filled);
    if (address.search != location.search) history[way](null, "", address);
    const answers = (latest = filled.map(([, answer]) => answer.trim()));
    try {
      const show = await find(answers);
      // Somebody has asked on.
      if (answers != latest) return;
      const [count, meant] = show();
      const found = (meant ? words.hint + " " : "") + (count ? say(words.found, count) : words.nothing);
      status.textContent = answers[0] ? found.replaceAll("{words}", () => meant ?? answers[0]) : "";
    } catch {
      loaded = {};
      status.textContent = words.fault;
    }
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    go("pushState");
  };
  form.onreset = () => setTimeout(go, 0, "pushState");
  (onpopstate = () => {
    const asked = new URLSearchParams(location.search);
    for (const field of form.elements) {
      const answers = asked.getAll(field.name);
      if (field.type == "checkbox") field.checked = answers.includes(field.value);
      else field.value = answers[0] ?? "";
      // An answer that there is no more.
      field.value ||= "";
    }
    go("replaceState");
  })();
  return go;
};
