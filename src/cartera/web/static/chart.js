// Pictures: one stop for the keyboard, arrows walk the marks, the label of a mark is shown and spoken.
const tip = document.createElement("div");
tip.className = "tip";
tip.setAttribute("role", "status");
tip.hidden = true;
document.body.append(tip);

function tell(mark) {
  const label = mark?.getAttribute("aria-label") ?? mark?.querySelector("[aria-label]")?.getAttribute("aria-label");
  tip.hidden = !label;
  if (!label) return;
  tip.textContent = label;
  const box = mark.getBoundingClientRect(), own = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left + box.width / 2 - own.width / 2), innerWidth - own.width - 8);
  tip.style.setProperty("left", `${left}px`);
  tip.style.setProperty("top", `${Math.max(8, box.top - own.height - 8)}px`);
}

const marks = (figure) => [...figure.querySelectorAll("svg a[href], svg [aria-label][role=graphics-symbol]")].filter(
  (one) => one.matches("a") || !one.closest("a"),
);

document.addEventListener("mouseover", (event) => {
  if (tip.contains(event.target)) return;
  const mark = event.target.closest?.("figure svg a, figure svg [aria-label]");
  tell(mark && !mark.matches("svg") ? mark : null);
});

function ready(root) {
  for (const figure of root.querySelectorAll("figure.figure")) {
    if (figure.querySelector("svg")) figure.tabIndex = 0;
  }
}
ready(document);
document.addEventListener("htmx:afterSettle", (event) => ready(event.detail.elt.parentElement ?? document));

document.addEventListener("keydown", (event) => {
  const figure = event.target.closest?.("figure.figure");
  if (event.key === "Escape") tell(null);
  if (!figure || event.target !== figure) return;
  const all = marks(figure), at = all.indexOf(figure.querySelector(".walked"));
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step && all.length) {
    all[at]?.classList.remove("walked");
    const next = all[(at + step + all.length) % all.length];
    next.classList.add("walked");
    tell(next);
    event.preventDefault();
  } else if (event.key === "Enter" && all[at]?.matches("a")) {
    location.href = all[at].getAttribute("href");
  }
});
document.addEventListener("focusout", (event) => {
  if (!event.target.closest?.("figure.figure")) return;
  event.target.querySelector?.(".walked")?.classList.remove("walked");
  tell(null);
});

// The width in which pictures are drawn, for the next page.
const WIDTHS = [360, 720, 1080];
function measure() {
  const room = document.querySelector("main")?.clientWidth ?? 720;
  const width = [...WIDTHS].reverse().find((one) => one <= room) ?? WIDTHS[0];
  document.cookie = `width=${width};path=/;max-age=31536000;samesite=lax`;
}
requestAnimationFrame(measure);
addEventListener("resize", measure);
