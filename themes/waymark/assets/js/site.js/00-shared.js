// The one script of the site: what its parts share. Without it every page is complete and true.
const { zone: timeZone, words: said } = document.currentScript.dataset;
const words = JSON.parse(said);
const language = document.documentElement.lang;
const each = (selector, deed) => document.querySelectorAll(selector).forEach(deed);
const make = (name, properties, ...parts) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...parts);
  return element;
};
const say = (word, count) => (word[new Intl.PluralRules(language).select(count)] ?? word.other).replace("{count}", count);

// A form whose answers stand in the address: when the page opens, on the way back, and when it is sent.
const keepInAddress = (form, run) => {
  const go = (way) => {
    const answers = [...new FormData(form)].filter(([, answer]) => answer);
    const address = location.pathname + (answers[0] ? "?" + new URLSearchParams(answers) : "");
    if (address != location.pathname + location.search) history[way](null, "", address);
    run();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    go("pushState");
  };
  form.onreset = () => setTimeout(go, 0, "pushState");
  (onpopstate = () => {
    const asked = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (field.type == "checkbox") field.checked = asked.getAll(field.name).includes(field.value);
      else if (field.name) {
        field.value = asked.get(field.name) ?? "";
        // An answer that there is no more.
        field.value ||= "";
      }
    }
    run();
  })();
  return go;
};
