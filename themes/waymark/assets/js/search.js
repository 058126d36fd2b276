// Finds pages by their words, in files that were built with the site: src/outputs/search.rs says what is in them.
// Nothing is kept, and no other host is asked.
(() => {
  const box = document.getElementById("search-results");
  const words = box.dataset;
  const [count, list, more] = ["p", "ol", "button"].map((name) => box.querySelector(name));
  const input = document.getElementById("search-words");
  const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const step = 10;
  const files = {};
  const load = (name) =>
    (files[name] ??= fetch(`${words.files}${name}.json`).then((answer) => {
      if (answer.ok) return answer.json();
      delete files[name];
      throw name;
    }));

  // What a word is: as in src/search.rs.
  const split = (text) =>
    text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").match(/[\p{Alphabetic}\p{N}]+/gu) ?? [];
  const key = (word, depth) =>
    word.slice(0, depth).replace(/[^a-z0-9]/g, "_").replace(/\d/g, "0").padEnd(depth, "_");

  // A word with what is left of it when English endings go, one after the other.
  const forms = (word) => {
    const all = new Set([word]);
    for (const form of all) {
      for (const [ending, instead] of [
        [/(.{2})(ies|ied|ier|iest|ily|iness)$/, "$1y"],
        [/(.[hsxz])es$/, "$1"],
        [/(.{2}[^sui])s$/, "$1"],
        [/(.{2})(ing|ed|er|or|e?ly|ness|ment|ful|less|ship|ation)$/, "$1"],
        [/(.{2})ation$/, "$1ate"],
      ]) {
        const rest = form.replace(ending, instead);
        if (rest == form || rest.length < 3) continue;
        const isStem = instead == "$1" && !/s$/.test(form);
        // `moving` is of `move` and `running` of `run`, but `caring` is not of `car`.
        if (!isStem || !/^.?[^aeiou]?[aeiou][^aeiouwxy]$/.test(rest)) all.add(rest);
        if (isStem) all.add(rest + "e").add(rest.replace(/([^aeiouls])\1$/, "$1"));
      }
    }
    return all;
  };

  // How many letters are wrong, missing, too many or swapped.
  const distance = (a, b) => {
    let before, row = [...b, 0].map((_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] != b[j - 1]));
        if (i > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      [before, row] = [row, next];
    }
    return row[b.length];
  };

  const nearest = (word, known) => {
    let best;
    let least = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    for (const other in known) {
      if (Math.abs(other.length - word.length) > least) continue;
      const far = distance(word, other);
      // Of two that are as near, the word that is on more pages.
      if (far < least || (far == least && far && known[other].length > (known[best]?.length ?? 0))) [best, least] = [other, far];
    }
    return best;
  };

  // The pages of a word, its forms and what it begins: number -> score.
  const pages = (word, known, manifest) => {
    const of = forms(word);
    const found = new Map();
    for (const other in known) {
      const share =
        other == word ? 1 : [...forms(other)].some((form) => of.has(form)) ? 0.7
        : word.length > 2 && other.startsWith(word) ? 0.4 : 0;
      if (!share) continue;
      let number = 0, value = 0, shift = 0;
      for (const sign of known[other]) {
        const bits = signs.indexOf(sign);
        value += (bits & 31) * 2 ** shift;
        shift += 5;
        if (bits > 31) continue;
        number += Math.floor(value / 4);
        const score = share * [1, 2, 5, 9][value % 4];
        if (score > (found.get(number) ?? 0)) found.set(number, score);
        value = shift = 0;
      }
    }
    const rare = Math.log(1 + manifest.documents / found.size);
    found.forEach((score, number) => found.set(number, score * rare));
    return found;
  };

  const find = async (text) => {
    const manifest = await load("index");
    const { depth } = manifest;
    const stop = manifest.stop.split(" ");
    const asked = [...new Set(split(text))];
    let important = asked.filter((word) => word.length > 1 && !stop.includes(word));
    const shard = (name) => (manifest.shards.includes(name) ? load("w-" + name) : {});
    const used = {};
    const scores = new Map();
    for (let word of important) {
      let known = await shard(key(word, depth));
      let found = pages(word, known, manifest);
      if (!found.size) {
        let near = nearest(word, known);
        if (!near) {
          // The slip may be in the letters by which the file is found.
          const swapped = key(word[1] + word[0] + word.slice(2), depth);
          const others = manifest.shards.filter((name) => (depth > 1 && name[0] == word[0]) || name == swapped || name == key(word.slice(1), depth));
          known = Object.assign({}, ...(await Promise.all(others.map(shard))));
          near = nearest(word, known);
        }
        if (near) {
          used[word] = near;
          found = pages(near, await shard(key(near, depth)), manifest);
        }
      }
      found.forEach((score, number) => {
        const [words, sum] = scores.get(number) ?? [0, 0];
        scores.set(number, [words + 1, sum + score]);
      });
    }
    // Pages with all words; where there are none, those with the most.
    const most = Math.max(0, ...[...scores.values()].map(([words]) => words));
    const numbers = [...scores].filter(([, [words]]) => words == most).sort((a, b) => b[1][1] - a[1][1] || a[0] - b[0]);
    const corrected = Object.keys(used).length && text.toLowerCase().replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => used[split(word)[0]] ?? word);
    return { manifest, corrected, numbers: numbers.map(([number, [, score]]) => [number, score]) };
  };

  // The results from `from` on, each with what is shown of it. What is over comes last.
  const shown = async ({ manifest, numbers }, from) => {
    const some = await Promise.all(
      numbers.slice(from, from + step).map(async ([number, score]) => {
        const result = (await load("d-" + Math.floor(number / manifest.size)))[number];
        if (!result) return;
        const isOver = result[6] && Date.parse(result[6]) < Date.now();
        const age = new Date().getFullYear() - (/\d{4}$/.exec(result[4])?.[0] ?? Infinity);
        const newer = [1, 3].includes(result[0]) && age >= 0 && age < 5 ? 1.1 - age / 20 : 1;
        return { result, isOver, score: isOver ? 0 : score * newer * [1.2, 1, 1.3, 0.9, 1.1, 1][result[0]] };
      }),
    );
    return some.filter(Boolean).sort((a, b) => b.score - a.score);
  };

  const add = (parent, name, text, attributes) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.textContent = text;
    if (text) parent.append(element);
    return element;
  };

  const show = (entries) => {
    for (const { result, isOver } of entries) {
      const [kind, title, href, summary, when, place, , lang] = result;
      const item = add(list, "li", " ");
      item.textContent = "";
      if (lang) item.lang = lang;
      add(add(item, "h2", " ", { className: "card-title" }), "a", title, { href });
      const facts = [words.kinds.split("|")[kind], isOver && words.finished, when, place].filter(Boolean);
      add(item, "p", facts.join(" · "), { className: "search-facts", lang: words.language });
      add(item, "p", summary);
    }
  };

  let latest = 0;
  const run = async () => {
    const text = input.value.trim();
    const mine = ++latest;
    const say = (sentence) => {
      count.hidden = !sentence;
      count.textContent = sentence;
    };
    document.title = document.title.replace(/^(.*: )?/, text ? text + ": " : "");
    if (!text) {
      list.textContent = "";
      more.hidden = true;
      return say("");
    }
    try {
      const found = await find(text);
      let first = await shown(found, 0);
      // Somebody typed on.
      if (mine != latest) return;
      list.textContent = "";
      show(first);
      const total = found.numbers.length;
      const sentence = (pattern, query) => pattern.replace("#", total).replace("%", () => query);
      const query = found.corrected || text;
      say((found.corrected ? sentence(words.hint, query) + " " : "") + sentence(total > 1 ? words.many : total ? words.one : words.none, query));
      let from = step;
      more.textContent = words.more;
      more.hidden = total <= from;
      more.onclick = async () => {
        const next = await shown(found, from);
        from += step;
        more.hidden = total <= from;
        const at = list.children.length;
        show(next);
        list.children[at]?.querySelector("a").focus();
      };
    } catch {
      say(words.fault);
    }
  };

  const address = () => "?" + new URLSearchParams(input.value.trim() && { q: input.value.trim() });
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      history.replaceState(null, "", address());
      run();
    }, 250);
  });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (address() != location.search) history.pushState(null, "", address());
    run();
  });
  // The arrow keys go through the results; Escape leads back to the words.
  input.parentNode.parentNode.parentNode.addEventListener("keydown", (event) => {
    const links = [input, ...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: at && 0 }[event.key];
    if (at < 0 || !links[to] || to == at) return;
    event.preventDefault();
    links[to].focus();
  });
  const read = () => {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    run();
  };
  addEventListener("popstate", read);
  read();
})();
