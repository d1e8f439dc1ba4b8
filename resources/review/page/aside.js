// The filters, the numbers with their chart, and the list of documents.
const rows = [];
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const bars = { labels: [] };

function buildAside() {
  const keys = Array.from(new Set([...packet.labels.map((label) => label.key), ...articles.flatMap((article) => article.items.flatMap((item) => item.labels))]));
  const hasBare = articles.some((article) => article.items.some((item) => !item.labels.length));
  if (hasBare) keys.push(NO_LABEL);
  for (const key of keys) {
    const name = key === NO_LABEL ? texts["note only"] : labelName(key);
    const pick = make("button", { type: "button", class: `pick ${labelClass(key)}`, "aria-pressed": "false", on: { click: () => pickLabel(key, pick) } }, key === NO_LABEL ? "✉" : letter(key), make("bdi", {}, name));
    find("labels").append(pick);
    const row = { key, name, count: make("span", { class: "count" }), picture: drawn("svg", { role: "img", viewBox: "0 0 100 7", preserveAspectRatio: "none", class: labelClass(key) }) };
    bars.labels.push(row);
    find("chart").append(make("div", { class: "chart-row" }, key === NO_LABEL ? "✉" : letter(key), make("bdi", {}, name), row.count, row.picture));
  }
  articles.forEach((article, d) => rows.push(documentRow(article, d)));
  find("list").append(...rows.map((row) => row.line));
  find("find").hidden = articles.length < 8;
  find("this-only").closest("label").hidden = articles.length < 2;
  find("find").addEventListener("input", filterDocuments);
  find("open-only").addEventListener("change", (event) => { filter.open = event.target.checked; refilter(); });
  find("this-only").addEventListener("change", (event) => { filter.here = event.target.checked; refilter(); });
}

function documentRow(article, d) {
  const count = make("span", { class: "count" });
  const picture = drawn("svg", { role: "img", viewBox: "0 0 100 7", preserveAspectRatio: "none" });
  const button = make("button", { type: "button", class: "doc", title: article.file, on: { click: () => openDocument(d) } }, make("span", { class: "name", dir: "auto" }, article.title), count, article.annotator ? make("span", { class: "owner" }, article.annotator) : null, picture);
  return { line: make("li", {}, button), button, count, picture, words: plain(`${article.title} ${article.file} ${article.annotator}`) };
}

function pickLabel(key, pick) {
  if (!filter.labels.delete(key)) filter.labels.add(key);
  pick.setAttribute("aria-pressed", String(filter.labels.has(key)));
  refilter();
}

function refilter() {
  dressAll();
  filterDocuments();
}

function filterDocuments() {
  const words = plain(find("find").value).split(/\s+/).filter(Boolean);
  rows.forEach((row, d) => {
    const isNarrowed = filter.labels.size > 0 || filter.open;
    const isWanted = !isNarrowed || d === now.d || articles[d].items.some((item, place) => passesAnywhere(d, place));
    row.line.hidden = !isWanted || !words.every((word) => row.words.includes(word));
  });
}

function passesAnywhere(d, item) {
  const here = filter.here;
  filter.here = false;
  const found = passes(d, item);
  filter.here = here;
  return found;
}

function showDocument() {
  rows.forEach((row, d) => {
    if (d === now.d) row.button.setAttribute("aria-current", "true");
    else row.button.removeAttribute("aria-current");
  });
  if (rows[now.d]) rows[now.d].line.scrollIntoView({ block: "nearest" });
  if (filter.here || filter.open || filter.labels.size) refilter();
}

function showNumbers() {
  const done = countJudged();
  const added = countAdded();
  find("progress").textContent = fill(texts.progress, { done, total: route.length }) + (added ? ` · ${fill(texts.additions, { count: added })}` : "");
  find("bar").max = Math.max(1, route.length);
  find("bar").value = done;
  const tally = new Map(bars.labels.map((row) => [row.key, [0, 0]]));
  const each = articles.map((article) => [new Map(), 0]);
  for (const [d, , item] of route) {
    const judged = isJudged(d, item) ? 1 : 0;
    each[d][1] += judged;
    const labels = articles[d].items[item].labels;
    for (const key of labels.length ? labels : [NO_LABEL]) {
      tally.get(key)[0] += 1;
      tally.get(key)[1] += judged;
      each[d][0].set(key, (each[d][0].get(key) || 0) + 1);
    }
  }
  showBars(tally);
  rows.forEach((row, d) => showDocumentBar(row, each[d][0], each[d][1], articles[d].items.length));
}

function showBars(tally) {
  const most = Math.max(1, ...Array.from(tally.values(), ([count]) => count));
  for (const row of bars.labels) {
    const [count, done] = tally.get(row.key);
    row.count.textContent = `${done} / ${count}`;
    row.picture.setAttribute("aria-label", fill(texts["per label said"], { label: row.name, count, done }));
    row.picture.replaceChildren(
      drawn("rect", { class: "bed", width: 100, height: 7 }),
      drawn("rect", { class: "all", width: (100 * count) / most, height: 7 }),
      drawn("rect", { class: "said", width: (100 * done) / most, height: 7 }),
    );
  }
}

function showDocumentBar(row, counts, done, total) {
  const said = `${done} / ${total}`;
  if (row.count.textContent === said) return;
  row.count.textContent = said;
  const sum = Math.max(1, ...[Array.from(counts.values()).reduce((one, other) => one + other, 0)]);
  row.picture.setAttribute("aria-label", Array.from(counts, ([key, count]) => `${key === NO_LABEL ? texts["note only"] : labelName(key)}: ${count}`).join(", "));
  let at = 0;
  row.picture.replaceChildren(drawn("rect", { class: "bed", width: 100, height: 7 }), ...Array.from(counts, ([key, count]) => {
    const part = drawn("rect", { class: `said ${labelClass(key)}`, x: at, width: (100 * count) / sum, height: 7 });
    at += (100 * count) / sum;
    return part;
  }));
}
