// Notices of what was done: ten seconds, standing still while somebody looks at them.
const LIFE = 10_000;

function begin(toast) {
  let left = LIFE, since, timer;
  const run = () => { since = Date.now(); timer = setTimeout(() => toast.remove(), left); };
  const stand = () => { clearTimeout(timer); left -= Date.now() - since; };
  toast.addEventListener("mouseenter", stand);
  toast.addEventListener("focusin", stand);
  toast.addEventListener("mouseleave", run);
  toast.addEventListener("focusout", run);
  run();
}

const shelf = document.getElementById("toasts");
if (shelf) {
  for (const toast of shelf.querySelectorAll(".toast")) begin(toast);
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.classList?.contains("toast")) begin(node);
  }).observe(shelf, { childList: true });
}

// An answer that failed says so where it cannot be missed; the text stands in the page, in its language.
document.addEventListener("htmx:responseError", () => {
  const told = document.getElementById("failed");
  if (told && shelf) shelf.append(told.content.cloneNode(true));
});
