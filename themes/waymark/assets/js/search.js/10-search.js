// Finds pages by their words, in files that were built with the site: src/outputs/search.rs says what is in them.
// Nothing is kept, and no other host is asked.
each("#search-results", (box) => {
  const words = JSON.parse(box.dataset.words);
  const [status, list, more] = box.children;
  const input = document.getElementById("search-words");
  let loaded = {};
  const load = (name) => (loaded[name] ??= fetch(`${box.dataset.files}${name}.json`).then((answer) => answer.json()));

  // What a word is: as in src/search.rs.
  const split = (text) =>
    text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").match(/[\p{Alphabetic}\p{N}]+/gu) ?? [];

  // What is left of a word when English endings go, one after the other: `moving` is of `move` and `running` of `run`,
  // but `caring` is not of `car`.
  const stem = (word) => {
    const one = word.replace(/([hsxz])es$|([^sui])s$/, "$1$2");
    const start = /^(.*?[aeiouy].+?)(ing|ed|er|est|ness|ment|ful|less|ship|ation|ly|li|e|y|i)$/.exec(one)?.[1];
    if (!start) return one.replace(/([^aeiouls])\1$/, "$1");
    return /^.?[^aeiou]?[aeiou][^aeiouwxy]$/.test(start) ? start + "e" : stem(start);
  };

  // Whether so many slips make one word of another: a letter is wrong, missing or too many, or two are swapped.
  const isNear = (a, b, slips) =>
    a[0] == b[0]
      ? !a || isNear(a.slice(1), b.slice(1), slips)
      : slips > 0 &&
        (isNear(a.slice(1), b, slips - 1) ||
          isNear(a, b.slice(1), slips - 1) ||
          isNear(a.slice(1), b.slice(1), slips - 1) ||
          (a[0] == b[1] && a[1] == b[0] && isNear(a.slice(2), b.slice(2), slips - 1)));

  // The known word that is meant; of those that are as near, the one that is on most pages.
  const nearest = (word, known) => {
    for (let slips = 1; slips < 3 && slips <= word.length / 4; slips++) {
      const near = Object.keys(known).filter((other) => isNear(word, other, slips));
      if (near[0]) return near.reduce((a, b) => (known[b].length > known[a].length ? b : a));
    }
  };

  // The pages of a word, of those with its stem and of what it begins: number -> score.
  const pages = (word, known, total) => {
    const found = new Map();
    for (const other in known) {
      const isBeginning = word.length > 2 && other.startsWith(word);
      const share = other == word ? 1 : stem(other) == stem(word) ? 0.7 : isBeginning && 0.4;
      if (!share) continue;
      let number = 0;
      for (const signs of known[other].match(/[^<-_]*./g)) {
        const value = [...signs].reduceRight((sum, sign) => sum * 32 + (sign.charCodeAt() % 32), 0);
        number += value >> 2;
        found.set(number, Math.max(found.get(number) ?? 0, share * [1, 2, 5, 9][value % 4]));
      }
    }
    const rare = Math.log(1 + total / found.size);
    found.forEach((score, number) => found.set(number, score * rare));
    return found;
  };

  const find = async (text) => {
    const { depth, size, documents, shards, stop } = await load("index");
    const key = (word) => word.slice(0, depth).replace(/[^a-z]/g, "_");
    const shard = (name) => (shards.includes(name) ? load("w-" + name) : {});
    const meant = {};
    const scores = new Map();
    for (const word of new Set(split(text))) {
      if (!word[1] || stop.includes(word)) continue;
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
      // A page with one word more stands before all others.
      found.forEach((score, number) => scores.set(number, (scores.get(number) ?? 0) + 1e4 + score));
    }
    const best = Math.max(...scores.values());
    return {
      size,
      hint: Object.keys(meant)[0] && text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => meant[split(word)[0]] ?? word),
      numbers: [...scores].filter(([, score]) => score > best - 5e3).sort((a, b) => b[1] - a[1] || a[0] - b[0]),
    };
  };

  // Ten results from a place on, with their place in time: what is over comes last.
  const show = async ({ size, numbers }, from) => {
    const some = numbers.slice(from, from + 10).map(async ([number, score]) => {
      const shown = (await load("d-" + Math.floor(number / size)))[number];
      const isOver = Date.parse(shown[5]) < Date.now();
      return { shown, isOver, score: isOver ? 0 : (score % 1e4) * shown[0] };
    });
    const sorted = (await Promise.all(some)).sort((a, b) => b.score - a.score);
    return sorted.map(({ shown: [, title, href, summary, facts, , lang], isOver }) => {
      return make(
        "li",
        lang && { lang },
        make("h2", { className: "card-title" }, make("a", { href }, title)),
        make("p", { className: "search-facts", lang: language }, (isOver ? words.finished + " · " : "") + facts),
        make("p", {}, summary),
      );
    });
  };

  let latest = 0;
  const go = keepInAddress(input.form, async () => {
    const text = input.value.trim();
    const mine = ++latest;
    document.title = document.title.replace(/^(.*: )?/, text && text + ": ");
    try {
      const found = text && (await find(text));
      const first = text ? await show(found, 0) : [];
      // Somebody typed on.
      if (mine != latest) return;
      list.replaceChildren(...first);
      const total = found && found.numbers.length;
      const fill = (word) => say(word, total).replace("{words}", () => found.hint || text);
      status.textContent = text && (found.hint ? fill({ other: words.hint }) + " " : "") + fill(total ? words.found : { other: words.nothing });
      more.textContent = words.more;
      more.hidden = !(total > 10);
      more.onclick = async () => {
        const at = list.children.length;
        list.append(...(await show(found, at)));
        more.hidden = total <= at + 10;
        list.children[at].querySelector("a").focus();
      };
    } catch {
      loaded = {};
      status.textContent = words.fault;
    }
  });
  let timer;
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(go, 250, "replaceState");
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
});
