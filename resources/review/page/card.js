// The card of the sentence that is chosen, and what its buttons do.
const chooser = { open: false };
const currentKey = () => (now.item >= 0 ? itemKey(now.d, now.item) : sentenceKey(now.d, now.s));

function showCard() {
  const card = find("card");
  const held = card.contains(document.activeElement) ? document.activeElement.dataset.does : null;
  const sentence = now.s >= 0 ? articles[now.d].sentences[now.s] : null;
  card.classList.toggle("loose", sentence !== null && sentence.kind === "loose");
  if (!sentence) card.replaceChildren(cardHead(texts.card), make("p", { class: "hint" }, texts["nothing chosen"]));
  else if (now.item >= 0) card.replaceChildren(...itemParts(sentence).filter(Boolean));
  else card.replaceChildren(...freeParts(sentence));
  if (held) (card.querySelector(`[data-does="${held}"]`) || find("main")).focus({ preventScroll: true });
}

function cardHead(words) {
  const step = (name, sign, by) => make("button", { type: "button", "aria-label": texts[name], title: texts[name], "data-does": name, on: { click: () => { go(by); } } }, sign);
  return make("div", { class: "head" }, make("span", { class: "place" }, words), make("span", { class: "steps" }, step("previous", "‹", -1), step("next", "›", 1)));
}

function itemParts(sentence) {
  const item = articles[now.d].items[now.item];
  const answer = answerAt(currentKey());
  const at = route.findIndex(([d, , place]) => d === now.d && place === now.item) + 1;
  const chips = item.labels.map((key) => make("span", { class: "chip" }, letter(key), make("bdi", {}, labelName(key))));
  const parts = [
    cardHead(fill(texts.place, { number: item.number || "–", at, total: route.length })),
    make("div", { class: "chips" }, ...(chips.length ? chips : [make("span", { class: "chip" }, texts["note only"])])),
    make("blockquote", { class: `quote ${item.labels.length ? labelClass(item.labels[0]) : "lx"}` }, item.text || sentence.words),
    facts(item),
    verdicts(answer),
  ];
  if (chooser.open || answer.verdict === "change") parts.push(labelChoice(texts["new labels"], answer));
  parts.push(...commentParts(answer));
  return parts;
}

function freeParts(sentence) {
  const answer = answerAt(currentKey());
  const parts = [
    cardHead(texts.unlabelled),
    make("blockquote", { class: "quote" }, sentence.words),
    labelChoice(texts["add label"], answer),
    ...commentParts(answer),
  ];
  if (answer.verdict) parts.push(make("button", { type: "button", "data-does": "remove", on: { click: () => settle({ ...nothing() }) } }, texts["remove addition"]));
  return parts;
}

const letter = (key) => make("span", { class: `letter ${labelClass(key)}`, "aria-hidden": "true" }, labelSign(key));

function facts(item) {
  const rows = [...item.fields];
  if (item.note) rows.push([texts.note, item.note]);
  if (!rows.length) return null;
  return make("dl", { class: "facts" }, ...rows.flatMap(([name, value]) => [make("dt", {}, make("bdi", {}, name)), make("dd", {}, value)]));
}

function verdicts(answer) {
  const button = (kind, key) => make(
    "button",
    { type: "button", class: `verdict ${kind}`, "aria-pressed": String(answer.verdict === kind), "data-does": kind, on: { click: () => judge(kind) } },
    make("b", {}, choices[kind]), make("kbd", { "aria-hidden": "true" }, key),
  );
  return make("fieldset", {}, make("legend", {}, texts.verdict), make("div", { class: "verdicts" }, button("agree", "1"), button("change", "2"), button("drop", "3")));
}

function labelChoice(title, answer) {
  const buttons = packet.labels.map((label, place) => make(
    "button",
    { type: "button", class: `pick l${place}`, "aria-pressed": String(answer.labels.includes(label.key)), title: label.hint || null, "data-does": `label-${place}`, on: { click: () => toggle(place) } },
    letter(label.key), make("span", { class: "word" }, label.name), place < 9 ? make("kbd", { "aria-hidden": "true" }, String(place + 1)) : "",
  ));
  return make("fieldset", {}, make("legend", {}, `${title} – ${texts["choose labels"].toLowerCase()}`), make("div", { class: "choices" }, ...buttons));
}

function commentParts(answer) {
  const field = make("textarea", { id: "comment", maxlength: LONGEST, placeholder: texts["comment hint"], "data-does": "comment", on: { input: (event) => write(event.target.value) } });
  field.value = answer.comment;
  return [make("label", { class: "over", for: "comment" }, texts.comment), field];
}

// One verdict; the same again takes it back. Change asks for labels first and counts when there is one.
function judge(kind) {
  if (now.s < 0) return;
  if (now.item < 0) {
    if (kind === "change") pickFirst();
    return;
  }
  const answer = answerAt(currentKey());
  if (kind === "change" && answer.verdict !== "change") {
    chooser.open = true;
    if (answer.verdict) say(currentKey(), { verdict: "", labels: [] });
    settle(null);
    pickFirst();
    return;
  }
  chooser.open = false;
  const isSame = answer.verdict === kind;
  settle({ verdict: isSame ? "" : kind, labels: [] });
  if (!isSame && find("go-on").checked) go(1);
}

function pickFirst() {
  const first = find("card").querySelector(".choices .pick");
  if (first) first.focus({ preventScroll: true });
}

function toggle(place) {
  const key = packet.labels[place] && packet.labels[place].key;
  if (key === undefined || now.s < 0) return;
  const had = answerAt(currentKey()).labels;
  const wanted = had.includes(key) ? had.filter((one) => one !== key) : [...had, key];
  const labels = packet.labels.map((label) => label.key).filter((one) => wanted.includes(one));
  chooser.open = now.item >= 0;
  settle({ labels, verdict: labels.length ? (now.item >= 0 ? "change" : "add") : "" });
}

const isChoosing = () => now.s >= 0 && find("card").querySelector(".choices") !== null && (now.item < 0 || chooser.open);

// On a sentence with labels, adding one is a change that keeps those.
function add() {
  if (now.s < 0) return;
  if (now.item >= 0 && answerAt(currentKey()).verdict !== "change") {
    const stood = articles[now.d].items[now.item].labels.filter((key) => places.has(key));
    settle({ verdict: stood.length ? "change" : "", labels: stood });
  }
  chooser.open = now.item >= 0;
  showCard();
  pickFirst();
}

function write(words) {
  say(currentKey(), { comment: words });
  dress(now.s);
  showNumbers();
}

function settle(changed) {
  if (changed) say(currentKey(), changed);
  dress(now.s);
  showCard();
  showNumbers();
}
