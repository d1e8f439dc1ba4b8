// What the page was given: the packet, its articles, their sentences in one list each. Nothing here changes.
const find = (id) => document.getElementById(id);
const given = (element) => JSON.parse(element.textContent);
const packet = given(find("packet"));
const end = given(find("end"));
const articles = Array.from(document.querySelectorAll("script.data"), given);
const texts = packet.texts;
const choices = packet.choices;
const places = new Map(packet.labels.map((label, place) => [label.key, place]));

for (const article of articles) {
  // A sentence is {number, words, items, kind}; `items` are places in article.items.
  article.sentences = [];
  for (const [kind, pieces] of article.blocks) {
    for (const piece of pieces) {
      if (typeof piece === "string") continue;
      article.sentences.push({ number: piece[1], words: piece[0], items: piece[2], kind });
    }
  }
  article.at = new Array(article.items.length);
  article.sentences.forEach((sentence, place) => sentence.items.forEach((item) => { article.at[item] = place; }));
}

// All annotations in order: [document, sentence, item].
const route = [];
articles.forEach((article, d) => article.sentences.forEach((sentence, s) => {
  for (const item of sentence.items) route.push([d, s, item]);
}));

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
const labelName = (key) => (places.has(key) ? packet.labels[places.get(key)].name : key);
const labelSign = (key) => (places.has(key) ? packet.labels[places.get(key)].sign : Array.from(key)[0] || "?").toUpperCase();
const labelClass = (key) => (places.has(key) ? `l${places.get(key)}` : "lx");
const labelNames = (keys) => keys.map(labelName).join(", ");

// An element with attributes and children; texts become text nodes, never markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function drawn(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
