// What the page does beside its links and forms; everything works without it.
document.documentElement.classList.add("js");
