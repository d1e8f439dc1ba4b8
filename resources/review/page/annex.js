// What is printed after the article: its annotations in a table with boxes, and lines to sign on.
function buildAnnex() {
  const article = articles[now.d];
  if (!article) return;
  const head = make("tr", {}, ...["number", "sentence", "label", "print verdict", "comment"].map((name) => make("th", { scope: "col" }, texts[name])));
  const lines = article.items.map((item, place) => {
    const answer = answerAt(itemKey(now.d, place));
    return annexRow(String(place + 1), item.text, item.labels.length ? labelNames(item.labels) : texts["note only"], answer, ["agree", "change", "drop"]);
  });
  article.sentences.forEach((sentence, s) => {
    const answer = answerAt(sentenceKey(now.d, s));
    if (answer.verdict || answer.comment) lines.push(annexRow("+", sentence.words, texts["no labels"], answer, ["add"]));
  });
  const line = (name, value) => make("div", {}, texts[name], value ? `: ${value}` : "");
  find("annex").replaceChildren(
    make("h2", {}, `${texts.annex} – ${article.title}`),
    lines.length ? make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines)) : make("p", {}, texts["no items"]),
    make("div", { class: "lines" }, line("sign name", find("reviewer").value), line("sign date", ""), line("sign", "")),
  );
}

function annexRow(number, words, labels, answer, kinds) {
  const boxes = kinds.map((kind) => make("span", { class: answer.verdict === kind ? "chosen" : null }, choices[kind] + (answer.verdict === kind && answer.labels.length ? `: ${labelNames(answer.labels)}` : "")));
  return make("tr", {}, make("td", {}, number), make("td", { class: "words" }, make("bdi", {}, words)), make("td", {}, labels), make("td", { class: "boxes" }, ...boxes), make("td", {}, answer.comment));
}
