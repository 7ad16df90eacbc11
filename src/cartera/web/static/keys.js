// The keyboard: rows, verbs, days and pages. Off inside fields; each key is also something that can be clicked.
const VERBS = { p: "plan", l: "lost", c: "cancelled", r: "reactivate", n: "note" };
const PAGES = { t: "today", p: "portfolio", m: "moves", c: "coming", l: "clients", v: "value" };
const OFF = "keys-off";
let going = 0;

const rows = () => [...document.querySelectorAll("[data-client]")];
const current = () => document.querySelector("[data-client].current");
const find = (selector, within = document) => within?.querySelector(selector);
const own = (row) => find("th a, a.name", row) ?? find("a", row);
const click = (element) => (element ? (element.click(), true) : false);

function move(step) {
  const all = rows(), at = all.indexOf(current());
  const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
  if (!next) return false;
  current()?.classList.remove("current");
  next.classList.add("current");
  own(next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function show(id) {
  const dialog = document.getElementById(id);
  if (!dialog) return false;
  if (dialog.open) dialog.close();
  else dialog.showModal();
  find("input", dialog)?.select();
  return true;
}

const search = () => {
  const field = find("#q");
  if (!field) return show("palette");
  field.focus();
  field.select();
  return true;
};

const ACTIONS = {
  "/": search,
  "?": () => show("keys"),
  j: () => move(1),
  k: () => move(-1),
  Enter: () => document.activeElement === document.body && click(own(current())),
  " ": () => click(find("[data-peek]", current())),
  x: () => click(find("input[type=checkbox]", current())),
  u: () => click([...document.querySelectorAll(".toast [data-key=u]")].at(-1)),
  "[": () => click(find(".day [rel=prev]")),
  "]": () => click(find(".day [rel=next]")),
  t: () => click(find(".chips a")),
  0: () => click(find("[data-key=clear]")),
};

function act(key) {
  if (going && Date.now() - going < 1500 && PAGES[key]) return click(find(`[data-page=${PAGES[key]}]`));
  going = key === "g" ? Date.now() : 0;
  if (ACTIONS[key]) return ACTIONS[key]();
  if (VERBS[key]) return click(find(`[data-verb=${VERBS[key]}]`, current() ?? find("main")));
  return false;
}

document.addEventListener("keydown", (event) => {
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
    if (show("palette")) event.preventDefault();
    return;
  }
  if (event.metaKey || event.ctrlKey || event.altKey || localStorage.getItem(OFF)) return;
  if (event.target.closest("input, select, textarea, dialog, [contenteditable]")) return;
  if (event.key === " " && event.target.closest("a, button, summary") && !current()) return;
  if (act(event.key)) event.preventDefault();
});

// What is typed goes where it is looked for, also when the field came after the dialog opened.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.closest?.("#palette") && !document.activeElement?.matches("#find-q")) find("#palette input")?.select();
});

const off = document.getElementById("keys-off");
if (off) {
  off.checked = Boolean(localStorage.getItem(OFF));
  off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF)));
}

// After a decision the row changes where it stands, and the next one is at hand.
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target?.matches?.("[data-client].current")) move(1);
});
