// What a page does beside its links and forms; everything works without it, only slower.

// The day is gone to when it is chosen; half a year that is being typed is not.
document.addEventListener("change", (event) => {
  if (event.target.id === "day" && event.target.validity.valid) event.target.form.requestSubmit();
});

// One open menu at a time; a click elsewhere or Esc closes it and gives the focus back.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A verb of a row opens its form below. One ear for all of them: a list of many rows must not keep the browser busy.
document.addEventListener("click", (event) => {
  const verb = event.target.closest(".acts [data-verb]");
  if (!verb || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  htmx.ajax("GET", verb.href, { source: verb, target: verb.closest(".acts").querySelector(".slot") });
});

// "Cancel" of a form that was put into a page takes it away again.
document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  const form = close?.closest(".slot form, dialog");
  if (!form) return;
  event.preventDefault();
  if (form instanceof HTMLDialogElement) form.close();
  else form.remove();
});

// A number and its slider are one.
document.addEventListener("input", (event) => {
  const twin = event.target.dataset?.twin && document.getElementById(event.target.dataset.twin);
  if (twin) twin.value = event.target.value;
});

// A table that is wider than its place can be moved by the keyboard, too.
function reachable() {
  for (const sheet of document.querySelectorAll(".sheet, .drawing")) {
    if (sheet.scrollWidth > sheet.clientWidth) sheet.tabIndex = 0;
    else sheet.removeAttribute("tabindex");
  }
}
requestAnimationFrame(reachable); // with the frame that lays the page out anyway, not before it
addEventListener("resize", reachable);
document.addEventListener("htmx:afterSettle", reachable);
document.addEventListener("toggle", reachable, true);
