// What the parts below and the scripts of single pages use.
const each = (selector, deed) => document.querySelectorAll(selector).forEach(deed);
const say = (word, count) =>
  (word[new Intl.PluralRules(document.documentElement.lang).select(count)] ?? word.other).replace("{count}", count);
