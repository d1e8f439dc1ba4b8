// Keys and clicks, and the start.
const ACTS = {
  j: () => go(1), ArrowDown: () => go(1), k: () => go(-1), ArrowUp: () => go(-1),
  "]": () => goDocument(1), "[": () => goDocument(-1),
  1: () => judge("agree"), a: () => judge("agree"), 2: () => judge("change"), c: () => judge("change"), 3: () => judge("drop"), d: () => judge("drop"),
  "+": () => add(), "=": () => add(), n: () => toComment(), "?": () => showHelp(), Escape: () => back(),
};

function toComment() {
  const field = find("comment");
  if (field) field.focus();
}

function showHelp() {
  find("keys").showModal();
  find("close-keys").focus();
}

function back() {
  const wasOpen = chooser.open;
  chooser.open = false;
  if (wasOpen) showCard();
  notice("");
  (now.s >= 0 ? shown.spans[now.s] : find("main")).focus({ preventScroll: true });
}

// The letter that was meant, also where an input method holds it back.
function meant(event) {
  const held = event.isComposing || event.key === "Process" || event.key === "Unidentified";
  const key = held && /^(Key|Digit)/.test(event.code) ? event.code.replace(/^(Key|Digit)/, "") : event.key;
  return key.length === 1 ? key.toLowerCase() : key;
}

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
    event.preventDefault();
    saveFile();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || find("keys").open) return;
  const target = event.target;
  const isText = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== "checkbox");
  if (isText && event.key !== "Escape") return;
  const key = meant(event);
  if (key === "Enter" && isChoosing() && !(target instanceof HTMLButtonElement && !target.classList.contains("pick"))) {
    event.preventDefault();
    back();
  } else if (event.shiftKey && (key === "ArrowDown" || key === "ArrowUp")) {
    event.preventDefault();
    goSentence(key === "ArrowDown" ? 1 : -1);
  } else if (isChoosing() && /^[1-9]$/.test(key)) {
    event.preventDefault();
    toggle(Number(key) - 1);
  } else if ((key === "Enter" || key === " ") && target.classList.contains("s")) {
    event.preventDefault();
    pickSentence(target);
  } else if (Object.hasOwn(ACTS, key)) {
    event.preventDefault();
    ACTS[key]();
  }
}

function pickSentence(span) {
  const s = Number(span.dataset.s);
  const items = articles[now.d].sentences[s].items;
  const at = items.indexOf(now.item);
  choose(now.d, s, items.length ? items[s === now.s ? (at + 1) % items.length : 0] : -1);
}

function measure() {
  const top = find("reviewer").closest(".top");
  const isStuck = window.getComputedStyle(top).position === "sticky";
  document.documentElement.style.setProperty("--top", `${isStuck ? top.offsetHeight : 0}px`);
}

function start() {
  find("lack").remove();
  recall();
  find("extent").textContent = fill(texts.extent, { documents: articles.length, annotations: route.length });
  buildAside();
  document.addEventListener("keydown", onKey);
  find("article").addEventListener("click", (event) => {
    const span = event.target.closest(".s");
    if (span && !String(window.getSelection())) pickSentence(span);
  });
  find("save").addEventListener("click", saveFile);
  find("load").addEventListener("click", () => find("file").click());
  find("file").addEventListener("change", async (event) => {
    if (event.target.files.length) await loadFile(event.target.files[0]);
    event.target.value = "";
  });
  find("print").addEventListener("click", () => window.print());
  find("help").addEventListener("click", showHelp);
  find("close-keys").addEventListener("click", () => find("keys").close());
  find("menu").addEventListener("click", () => {
    const isShown = find("aside").classList.toggle("shown");
    find("menu").setAttribute("aria-expanded", String(isShown));
    if (isShown) window.scrollTo(0, 0);
  });
  find("reviewer").addEventListener("input", () => { keepSoon(); });
  window.addEventListener("beforeprint", buildAnnex);
  window.addEventListener("afterprint", () => find("annex").replaceChildren());
  window.addEventListener("pagehide", keep);
  window.addEventListener("resize", () => { measure(); watch(shown.blocks); });
  window.addEventListener("beforeunload", (event) => {
    keep();
    if (!state.unsaved || !answers.size) return;
    event.preventDefault();
    event.returnValue = true; // what older browsers look at
  });
  measure();
  if (articles.length) {
    showArticle(0);
    showDocument();
  }
  showCard();
  showNumbers();
  showKept();
}

start();
