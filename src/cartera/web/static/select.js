// Several rows: how many are ticked, all of the page at once; and one row looked at beside the list.
const ticks = () => [...document.querySelectorAll("[data-client] input[name=client]")];
const bar = () => document.getElementById("bulk");

function count() {
  const form = bar();
  if (!form) return;
  const all = ticks(), ticked = all.filter((one) => one.checked).length;
  form.querySelector("output").value = ticked || "";
  form.classList.toggle("none", !ticked);
  const every = document.querySelector("input[data-all]");
  if (!every) return;
  every.hidden = false;
  every.checked = ticked > 0 && ticked === all.length;
  every.indeterminate = ticked > 0 && ticked < all.length;
}

let last = null;
document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-client] input[name=client]");
  if (!box) return;
  const all = ticks(), from = all.indexOf(last), to = all.indexOf(box);
  if (event.shiftKey && from >= 0) {
    for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
  }
  last = box;
});
document.addEventListener("change", (event) => {
  if (event.target.matches?.("input[data-all]")) for (const one of ticks()) one.checked = event.target.checked;
  count();
});
document.addEventListener("htmx:afterSettle", count);
addEventListener("pageshow", count);
count();

// The panel opens when the client has arrived in it; Esc closes it and gives the focus back, as for every dialog.
document.addEventListener("htmx:afterSwap", (event) => {
  const panel = event.detail.target?.id === "peek-at" && event.detail.target.closest("dialog");
  if (panel && !panel.open) panel.showModal();
});
