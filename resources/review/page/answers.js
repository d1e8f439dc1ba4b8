// What the reviewer said so far, kept in the browser where it lets us. It does not know what is on the screen.
const KINDS = ["agree", "change", "drop", "add"];
const MARKS = { agree: "✓", change: "✎", drop: "✕", add: "+" };
const LONGEST = 20000;
const STORE = `annotator-review-${end.fingerprint}`;
const answers = new Map();
const state = { unsaved: false, keeps: true, waiting: 0 };

const itemKey = (d, item) => `${d}.${item}`;
const sentenceKey = (d, s) => `${d}+${s}`;
const nothing = () => ({ verdict: "", labels: [], comment: "", said: "" });
const answerAt = (key) => answers.get(key) || nothing();
const isJudged = (d, item) => answerAt(itemKey(d, item)).verdict !== "";

function say(key, changed) {
  const next = { ...answerAt(key), ...changed, said: new Date().toISOString().replace(/\.\d+Z$/, "Z") };
  if (next.verdict || next.comment.trim()) answers.set(key, next);
  else answers.delete(key);
  state.unsaved = true;
  keepSoon();
}

// An answer as it may come from the store or a file: whatever is not of the right kind is left out.
function sound(raw) {
  if (typeof raw !== "object" || raw === null) return null;
  const isText = (value) => typeof value === "string" && value.length <= LONGEST;
  const verdict = KINDS.includes(raw.verdict) ? raw.verdict : "";
  const comment = isText(raw.comment) ? raw.comment : "";
  const labels = Array.isArray(raw.labels) ? raw.labels.filter((key) => places.has(key)) : [];
  if (!verdict && !comment.trim()) return null;
  if ((verdict === "change" || verdict === "add") && !labels.length && !comment.trim()) return null;
  return { verdict, labels: Array.from(new Set(labels)), comment, said: isText(raw.said) ? raw.said : "" };
}

function keep() {
  window.clearTimeout(state.waiting);
  state.waiting = 0;
  try {
    const kept = { reviewer: find("reviewer").value, unsaved: state.unsaved, answers: Array.from(answers) };
    window.localStorage.setItem(STORE, JSON.stringify(kept));
    state.keeps = true;
  } catch {
    state.keeps = false;
  }
  showKept();
}

function keepSoon() {
  if (!state.waiting) state.waiting = window.setTimeout(keep, 250);
}

function recall() {
  try {
    const text = window.localStorage.getItem(STORE);
    window.localStorage.setItem(`${STORE}-try`, "1");
    window.localStorage.removeItem(`${STORE}-try`);
    if (text === null) return;
    const kept = JSON.parse(text);
    if (typeof kept.reviewer === "string") find("reviewer").value = kept.reviewer;
    for (const [key, raw] of kept.answers) {
      const answer = isPlace(key) ? sound(raw) : null;
      if (answer) answers.set(key, answer);
    }
    state.unsaved = kept.unsaved === true;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) state.keeps = false;
  }
}

function isPlace(key) {
  const found = /^(\d+)([.+])(\d+)$/.exec(key);
  const article = found && articles[Number(found[1])];
  if (!article) return false;
  return Number(found[3]) < (found[2] === "." ? article.items : article.sentences).length;
}

function showKept() {
  find("kept").textContent = state.keeps ? texts["kept here"] : texts["kept nowhere"];
  find("kept").parentElement.classList.toggle("warn", !state.keeps);
}

const countJudged = () => route.reduce((count, [d, , item]) => count + (isJudged(d, item) ? 1 : 0), 0);
const countAdded = () => Array.from(answers.values()).filter((answer) => answer.verdict === "add").length;
