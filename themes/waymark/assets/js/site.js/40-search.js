// Finds pages by their words, in files that were built with the site: src/outputs/search.rs says what is in them.
// Nothing is kept, and no other host is asked.
each("#search-results", (box) => {
  const [status, list, more, template] = box.children;
  const words = wordsOf(status);
  const input = document.getElementById("search-words");
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
      : slips &&
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

  // The pages of a word, of those with its stem and of what it begins: numbers with scores.
  const pages = (word, known) => {
    const found = {};
    for (const other in known) {
      const share = other == word ? 1 : stem(other) == stem(word) ? 0.7 : word[2] && other.startsWith(word) && 0.4;
      if (!share) continue;
      let number = 0;
      for (const signs of known[other].match(/[^<-_]*./g)) {
        const value = [...signs].reduceRight((sum, sign) => sum * 32 + (sign.charCodeAt() % 32), 0);
        number += value >> 2;
        found[number] = Math.max(found[number] ?? 0, share * [1, 3, 5, 9][value % 4]);
      }
    }
    return Object.entries(found);
  };

  // The pages that most of the words are on, best first, and the text as it was meant where that is another one.
  const search = async (text) => {
    const { depth, documents, shards, stop, light, exact } = await load("index");
    const key = (word) => word.slice(0, depth).replace(/[^a-z]/g, "_");
    const shard = (name) => (shards.includes(name) ? load("w-" + name) : {});
    const scores = {};
    const meant = {};
    for (const word of new Set(split(text))) {
      if (!word[1] || stop.includes(word)) continue;
      let known = await shard(key(word));
      let found = pages(word, known);
      if (!found[0] && !RegExp(exact).test(word)) {
        let near = nearest(word, known);
        if (!near) {
          // The slip may be among the letters by which the file is found.
          const swapped = [key(word[1] + word[0]), key(word.slice(1))];
          const others = shards.filter((name) => name[0] == word[0] || swapped.includes(name));
          known = Object.assign({}, ...(await Promise.all(others.map(shard))));
          near = nearest(word, known);
        }
        if (near) {
          meant[word] = near;
          found = pages(near, await shard(key(near)));
        }
      }
      // A page with one word more stands before all others, if the word says much.
      const share = light.includes(word) ? 1e-4 : 1;
      const rare = Math.log(1 + documents / found.length);
      for (const [number, score] of found) scores[number] = (scores[number] ?? 0) + (1e4 + score * rare) * share;
    }
    const all = Object.entries(scores).sort((a, b) => b[1] - a[1]);
    return [
      all.filter(([, score]) => score > all[0][1] - 5e3),
      Object.keys(meant)[0] && text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => meant[split(word)[0]] ?? word),
    ];
  };

  // Takes the next ten results, with their place in time: what is over comes last.
  const take = async (numbers) => {
    const { size } = await load("index");
    const some = numbers.splice(0, 10).map(async ([number, score]) => {
      const [weight, title, href, summary, facts, until, lang] = (await load("d-" + Math.floor(number / size)))[number];
      const isOver = Date.parse(until) < Date.now();
      const item = template.content.firstElementChild.cloneNode(true);
      const [link, line, text] = item.querySelectorAll("a, p");
      link.href = href;
      link.textContent = title;
      line.textContent = (isOver ? words.finished + " · " : "") + facts;
      text.textContent = summary;
      if (lang) item.lang = lang;
      return [item, isOver ? 0 : (score % 1e4) * weight];
    });
    return (await Promise.all(some)).sort((a, b) => b[1] - a[1]).map(([item]) => item);
  };

  const go = onAsked(input.form, async ([text = ""]) => {
    document.title = document.title.replace(/^(.*: )?/, text && text + ": ");
    const [numbers, meant] = await search(text);
    const count = numbers.length;
    const first = await take(numbers);
    return () => {
      list.replaceChildren(...first);
      more.hidden = !numbers[0];
      more.onclick = async () => {
        const items = await take(numbers);
        list.append(...items);
        more.hidden = !numbers[0];
        items[0]?.querySelector("a").focus();
      };
      return [count, meant];
    };
  });
  let timer;
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(go, 250, "replaceState");
  };
});
