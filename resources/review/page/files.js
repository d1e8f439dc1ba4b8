// The file that is sent back: written from the answers, and read into them again on another machine.
function saved() {
  const said = [];
  for (const [key, answer] of answers) {
    const [, d, kind, place] = /^(\d+)([.+])(\d+)$/.exec(key);
    const article = articles[Number(d)];
    const item = kind === "." ? article.items[Number(place)] : null;
    const s = item ? article.at[Number(place)] : Number(place);
    const text = item ? item.text : article.sentences[s].words;
    said.push([Number(d), s, { file: article.file, annotator: article.annotator, id: item ? item.id : "", sentence: article.sentences[s].number, text, verdict: answer.verdict, labels: answer.labels, stood: item ? item.labels : [], comment: answer.comment, said: answer.said }]);
  }
  said.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return { format: packet.format, packet: end.fingerprint, folder: packet.folder, made: packet.made, language: packet.language, reviewer: find("reviewer").value.trim(), saved: new Date().toISOString(), annotations: route.length, answers: said.map((one) => one[2]) };
}

function fileName() {
  const words = [packet.folder, find("reviewer").value].map((part) => part.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60));
  return `${words.filter(Boolean).join("-") || "annotator"}-answers.json`;
}

function saveFile() {
  if (!find("reviewer").value.trim()) {
    notice(texts["name first"]);
    find("reviewer").focus();
    return;
  }
  const address = URL.createObjectURL(new Blob([JSON.stringify(saved(), null, 1)], { type: "application/json" }));
  const link = make("a", { href: address, download: fileName(), hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 60000);
  state.unsaved = false;
  keep();
  notice(fill(texts.saved, { file: fileName() }));
}

async function loadFile(file) {
  let raw = null;
  try {
    raw = JSON.parse(await file.text());
  } catch {
    raw = null;
  }
  if (typeof raw !== "object" || raw === null || raw.format !== packet.format || !Array.isArray(raw.answers)) return notice(fill(texts["load wrong"], { file: file.name }));
  if (raw.packet !== end.fingerprint) return notice(fill(texts["load other"], { file: file.name }));
  const taken = raw.answers.map(placed);
  const known = taken.filter((one) => one !== null);
  for (const [key, answer] of known) answers.set(key, answer);
  if (typeof raw.reviewer === "string" && !find("reviewer").value) find("reviewer").value = raw.reviewer.slice(0, 200);
  state.unsaved = true;
  keep();
  dressAll();
  showNumbers();
  showCard();
  const left = taken.length - known.length;
  return notice(fill(texts[left ? "loaded partly" : "loaded"], { file: file.name, count: known.length, left }));
}

// Where an answer from a file belongs: [key, answer], or null.
function placed(raw) {
  const answer = sound(raw);
  if (!answer) return null;
  const d = articles.findIndex((article) => article.file === raw.file && article.annotator === raw.annotator);
  if (d < 0) return null;
  if (raw.id) {
    const item = articles[d].items.findIndex((one) => one.id === raw.id && one.text === raw.text);
    return item < 0 ? null : [itemKey(d, item), answer];
  }
  const s = articles[d].sentences.findIndex((one) => one.number === raw.sentence && one.words === raw.text);
  return s < 0 ? null : [sentenceKey(d, s), answer];
}

function notice(words) {
  find("notice").textContent = words;
  find("notice").hidden = !words;
  measure();
}
