// The article on the screen, and which of its sentences is chosen. It says nothing itself.
const now = { d: -1, s: -1, item: -1 };
const filter = { labels: new Set(), open: false, here: false };
const shown = { spans: [], blocks: [], first: -1 };
const TAGS = { title: "h2", heading: "h3", caption: "p", byline: "p", boilerplate: "p", lead: "p", item: "p", paragraph: "p" };
const NO_LABEL = "";

function passes(d, item) {
  const labels = articles[d].items[item].labels;
  const wanted = !filter.labels.size || (labels.length ? labels : [NO_LABEL]).some((key) => filter.labels.has(key));
  return wanted && !(filter.open && isJudged(d, item)) && !(filter.here && d !== now.d);
}

function showArticle(d) {
  Object.assign(now, { d, s: -1, item: -1 });
  const article = articles[d];
  const root = find("article");
  shown.spans = [];
  shown.first = article.sentences.findIndex((one) => one.items.length);
  watcher.disconnect();
  const blocks = article.blocks.map(([kind, pieces]) => showBlock(kind, pieces));
  const facts = [fill(texts.status, countsOf(article)), texts[article.status] || article.status];
  if (article.annotator) facts.unshift(fill(texts.annotator, { name: article.annotator }));
  root.replaceChildren(make("p", { class: "facts" }, make("bdi", {}, article.file), ` · ${facts.join(" · ")}`), ...blocks);
  shown.spans.forEach((span, s) => dress(s));
  watch(blocks);
  find("annex").replaceChildren();
}

const countsOf = (article) => ({ decided: article.decided, sentences: Math.max(article.sentences.length, article.decided) });

function showBlock(kind, pieces) {
  const block = make(kind === "loose" ? "div" : TAGS[kind] || "p", { class: kind });
  if (kind === "loose") block.append(make("h3", {}, texts.loose));
  for (const piece of pieces) {
    if (typeof piece === "string") block.append(piece);
    else {
      const span = make("span", { class: "s", "data-s": shown.spans.length, tabindex: "-1" });
      shown.spans.push(span);
      block.append(span);
      if (kind === "loose") block.append("\n");
    }
  }
  return block;
}

// What a sentence looks like now: ground and letters of its labels, marks of what was said about it.
function dress(s) {
  const span = shown.spans[s];
  const sentence = articles[now.d].sentences[s];
  const items = sentence.items;
  const isOn = items.some((item) => passes(now.d, item));
  const keys = Array.from(new Set(items.flatMap((item) => articles[now.d].items[item].labels)));
  const added = answerAt(sentenceKey(now.d, s));
  const first = items.length ? (keys.length ? labelClass(keys[0]) : "lx") : added.labels.length ? labelClass(added.labels[0]) : "";
  span.className = ["s", first, isOn ? "on" : "", !items.length && added.verdict ? "added" : "", s === now.s ? "now" : ""].filter(Boolean).join(" ");
  const parts = [];
  if (isOn) parts.push(signs(keys), hidden(`${keys.length ? labelNames(keys) : texts["note only"]}: `));
  else if (added.verdict === "add") parts.push(signs(added.labels));
  parts.push(sentence.words);
  const said = [...items.map((item) => answerAt(itemKey(now.d, item))), added];
  for (const answer of said) {
    if (answer.verdict) parts.push(mark(answer.verdict), hidden(`, ${told(answer)}`));
    else if (answer.comment) parts.push(mark("note"), hidden(`, ${texts.commented}`));
  }
  if (isOn && !said.some((answer) => answer.verdict)) parts.push(hidden(`, ${texts.open}`));
  span.replaceChildren(...parts);
  if (isOn || added.verdict) span.setAttribute("role", "button");
  else span.removeAttribute("role");
  if (s === now.s) span.setAttribute("aria-current", "true");
  else span.removeAttribute("aria-current");
  span.tabIndex = s === now.s || (now.s < 0 && s === shown.first) ? 0 : -1;
}

const hidden = (words) => make("span", { class: "sr" }, words);
const mark = (kind) => make("span", { class: `mark ${kind}`, "aria-hidden": "true" }, MARKS[kind] || "✉");
const told = (answer) => (answer.verdict === "add" ? fill(texts.added, { labels: labelNames(answer.labels) })
  : fill(texts.judged, { verdict: choices[answer.verdict] + (answer.labels.length ? ` → ${labelNames(answer.labels)}` : "") }));

function signs(keys) {
  const box = make("span", { class: `sign ${keys.length ? labelClass(keys[0]) : "lx"}`, "aria-hidden": "true" });
  if (!keys.length) box.append("✉");
  for (const key of keys.slice(0, 3)) box.append(make("i", { class: labelClass(key) }, labelSign(key)));
  return box;
}

// Letters of sentences that begin in one line stand side by side. Blocks are looked at when they come into view.
const watcher = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => spread(one.target)), { rootMargin: "300px" });

function watch(blocks) {
  shown.blocks = blocks;
  watcher.disconnect();
  for (const block of blocks) if (block.querySelectorAll(".sign").length > 1) watcher.observe(block);
}

function spread(block) {
  const lines = new Map();
  for (const sign of block.querySelectorAll(".sign")) {
    const line = Math.round(sign.offsetTop / 8);
    const count = lines.get(line) || 0;
    lines.set(line, count + 1);
    sign.classList.toggle("second", count === 1);
    sign.classList.toggle("third", count > 1);
  }
}

function dressAll() {
  shown.spans.forEach((span, s) => dress(s));
  watch(shown.blocks);
}

function choose(d, s, item, { focus = true } = {}) {
  if (d !== now.d) {
    showArticle(d);
    showDocument();
  }
  const before = now.s;
  Object.assign(now, { s, item });
  if (before >= 0 && before !== s) dress(before);
  if (s >= 0) {
    dress(s);
    const span = shown.spans[s];
    spread(span.parentElement);
    if (focus) span.focus({ preventScroll: true });
    span.scrollIntoView({ block: "nearest" });
  }
  chooser.open = false;
  showCard();
}

const isBefore = (one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2];

// To the next annotation that the filter lets through (step 1), or the one before (step -1).
function go(step) {
  const here = [now.d, now.s, now.item];
  const open = route.filter(([d, , item]) => passes(d, item));
  const next = step > 0 ? open.find((one) => isBefore(one, here) > 0) : open.filter((one) => isBefore(one, here) < 0).pop();
  if (next) choose(...next);
  else notice(countJudged() === route.length && route.length ? texts["all judged"] : texts["nothing left"]);
}

function goSentence(step) {
  const s = now.s < 0 ? (step > 0 ? 0 : shown.spans.length - 1) : now.s + step;
  if (s < 0 || s >= shown.spans.length) return;
  choose(now.d, s, articles[now.d].sentences[s].items[0] ?? -1);
}

function goDocument(step) {
  const d = now.d + step;
  if (d < 0 || d >= articles.length) return;
  openDocument(d);
}

function openDocument(d) {
  showArticle(d);
  showDocument();
  showCard();
  find("main").focus({ preventScroll: true });
  window.scrollTo(0, 0);
}
