// Finds pages by their words, in files that were built with the site: src/outputs/search.rs says what is in them.
// Nothing is kept, and no other host is asked.
(() => {
  const box = document.getElementById("search-results");
  const { files, language } = box.dataset;
  const words = JSON.parse(box.dataset.words);
  const [count, list, more] = box.children;
  const input = document.getElementById("search-words");
  const step = 10;
  const loaded = {};
  const load = (name) =>
    (loaded[name] ??= fetch(`${files}${name}.json`).then((answer) => {
      if (answer.ok) return answer.json();
      delete loaded[name];
      throw name;
    }));

  // What a word is: as in src/search.rs.
  const split = (text) =>
    text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").match(/[\p{Alphabetic}\p{N}]+/gu) ?? [];

  // A word, and what is left of it when English endings go, one after the other.
  const forms = (word) => {
    const all = new Set([word]);
    const add = (form) => form.length > 2 && all.add(form);
    for (const form of all) {
      add(form.replace(/(..)(ie[sdr]|iest|ily|iness)$/, "$1y"));
      add(form.replace(/([hsxz])es$|([^sui])s$/, "$1$2"));
      const stem = form.replace(/(..)(ing|ed|er|or|e?ly|ness|ment|ful|less|ship|ation)$/, "$1");
      if (stem == form) continue;
      // `moving` is of `move` and `running` of `run`, but `caring` is not of `car`.
      if (!/^.?[^aeiou]?[aeiou][^aeiouwxy]$/.test(stem)) add(stem);
      add(stem + "e");
      add(stem.replace(/([^aeiouls])\1$/, "$1"));
    }
    return all;
  };

  // How many letters are wrong, missing, too many or swapped.
  const distance = (a, b) => {
    let before;
    let row = [...b, 0].map((_, at) => at);
    for (let i = 0; i < a.length; i++) {
      const next = [i + 1];
      for (let j = 0; j < b.length; j++) {
        next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (a[i] != b[j])));
        if (i && j && a[i] == b[j - 1] && a[i - 1] == b[j]) next[j + 1] = Math.min(next[j + 1], before[j - 1] + 1);
      }
      before = row;
      row = next;
    }
    return row.pop();
  };

  // The known word that is meant; of two that are as near, the one that is on more pages.
  const nearest = (word, known) => {
    let best;
    let least = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    for (const other in known) {
      if (Math.abs(other.length - word.length) > least) continue;
      const far = distance(word, other);
      if (far < least || (far && far == least && known[other].length > (known[best] ?? "").length)) {
        best = other;
        least = far;
      }
    }
    return best;
  };

  // The pages of a word, of its forms and of what it begins: number -> score.
  const pages = (word, known, total) => {
    const own = forms(word);
    const found = new Map();
    for (const other in known) {
      let share = word.length > 2 && other.startsWith(word) ? 0.4 : 0;
      for (const form of forms(other)) if (own.has(form)) share = 0.7;
      if (other == word) share = 1;
      if (!share) continue;
      let number = 0;
      let value = 0;
      let place = 1;
      for (const sign of known[other]) {
        const code = sign.charCodeAt();
        const bits = code - 35 - (code > 92);
        value += (bits % 32) * place;
        place *= 32;
        if (bits > 31) continue;
        number += Math.floor(value / 4);
        found.set(number, Math.max(found.get(number) ?? 0, share * [1, 2, 5, 9][value % 4]));
        value = 0;
        place = 1;
      }
    }
    const rare = Math.log(1 + total / found.size);
    found.forEach((score, number) => found.set(number, score * rare));
    return found;
  };

  const find = async (text) => {
    const { depth, size, documents, shards, stop } = await load("index");
    const key = (word) => word.slice(0, depth).replace(/[^a-z0-9]/g, "_").replace(/\d/g, "0").padEnd(depth, "_");
    const shard = (name) => (shards.includes(name) ? load("w-" + name) : {});
    const meant = {};
    const scores = new Map();
    for (const word of new Set(split(text))) {
      if (!word[1] || stop.split(" ").includes(word)) continue;
      let known = await shard(key(word));
      let found = pages(word, known, documents);
      if (!found.size) {
        let near = nearest(word, known);
        if (!near) {
          // The slip may be among the letters by which the file is found.
          const swapped = [key(word[1] + word[0]), key(word.slice(1))];
          const others = shards.filter((name) => (depth > 1 && name[0] == word[0]) || swapped.includes(name));
          known = Object.assign({}, ...(await Promise.all(others.map(shard))));
          near = nearest(word, known);
        }
        if (near) {
          meant[word] = near;
          found = pages(near, await shard(key(near)), documents);
        }
      }
      found.forEach((score, number) => {
        // A page with one word more stands before all others.
        scores.set(number, (scores.get(number) ?? 0) + 1e4 + score);
      });
    }
    const best = Math.max(...scores.values());
    return {
      size,
      hint: Object.keys(meant)[0] && text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => meant[split(word)[0]] ?? word),
      numbers: [...scores].filter(([, score]) => score > best - 5e3).sort((a, b) => b[1] - a[1] || a[0] - b[0]),
    };
  };

  // The results from `from` on. Newer ones come a little before older ones, and last what is over.
  const results = async ({ size, numbers }, from) => {
    const some = numbers.slice(from, from + step).map(async ([number, score]) => {
      const shown = (await load("d-" + Math.floor(number / size)))[number];
      if (!shown) return;
      const [kind, , , , when, , until] = shown;
      const isOver = Date.parse(until) < Date.now();
      const age = new Date().getFullYear() - /\d{4}$/.exec(when);
      const newer = 1.05 - Math.min(age, 8) / 20;
      const weight = [1.2, newer, 1.3, newer, 1.1, 1][kind];
      return { shown, isOver, score: isOver ? 0 : (score % 1e4) * weight };
    });
    return (await Promise.all(some)).filter(Boolean).sort((a, b) => b.score - a.score);
  };

  const add = (parent, name, text, attributes) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(text ?? "");
    parent.append(element);
    return element;
  };

  const show = (entries) => {
    for (const { shown, isOver } of entries) {
      const [kind, title, href, summary, when, place, , lang] = shown;
      const item = add(list, "li", "", lang && { lang });
      add(add(item, "h2", "", { className: "card-title" }), "a", title, { href });
      const facts = [words.kinds.split("|")[kind], isOver && words.finished, when, place];
      add(item, "p", facts.filter(Boolean).join(" · "), { className: "search-facts", lang: language });
      add(item, "p", summary);
    }
  };

  // A place that screen readers watch.
  const say = (sentence) => (count.textContent = sentence);

  let latest = 0;
  const run = async () => {
    const text = input.value.trim();
    const mine = ++latest;
    document.title = document.title.replace(/^(.*: )?/, text && text + ": ");
    try {
      const found = text && (await find(text));
      const first = text && (await results(found, 0));
      // Somebody typed on.
      if (mine != latest) return;
      list.textContent = more.textContent = "";
      more.hidden = true;
      if (!text) return say("");
      show(first);
      const total = found.numbers.length;
      const fill = (word) => word.replace("{count}", total).replace("{words}", () => found.hint || text);
      const counted = words.found[new Intl.PluralRules(language).select(total)] ?? words.found.other;
      say((found.hint ? fill(words.hint) + " " : "") + fill(total ? counted : words.nothing));
      let from = step;
      more.textContent = words.more;
      more.hidden = total <= from;
      more.onclick = async () => {
        const at = list.children.length;
        show(await results(found, from));
        from += step;
        more.hidden = total <= from;
        list.children[at].querySelector("a").focus();
      };
    } catch {
      say(words.fault);
    }
  };

  // The address holds the words, so that it can be shared.
  const go = (way) => {
    const address = "?" + new URLSearchParams({ q: input.value.trim() });
    if (address != location.search) history[way](null, "", address);
    run();
  };
  let timer;
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(go, 250, "replaceState");
  };
  input.form.onsubmit = (event) => {
    event.preventDefault();
    clearTimeout(timer);
    go("pushState");
  };
  // The arrow keys lead through the results, and back to the words.
  onkeydown = (event) => {
    const places = [input, ...list.querySelectorAll("a")];
    const at = places.indexOf(document.activeElement);
    const to = places[at + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
    if (at < 0 || !to) return;
    event.preventDefault();
    to.focus();
  };
  (onpopstate = () => {
    input.value = new URLSearchParams(location.search).get("q");
    run();
  })();
})();
