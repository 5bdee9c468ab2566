// Runs before the first paint: light or dark as the system or this person asks, and how dense the tables are.
// Not deferred, so that a dark room never sees a white flash. Remembered on this machine only.
(function () {
  "use strict";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function remembered(name) {
    try {
      return window.localStorage.getItem("dondoc." + name);
    } catch (refused) {
      return null;
    }
  }

  function show() {
    const chosen = remembered("theme");
    const theme = chosen === "light" || chosen === "dark" ? chosen : dark.matches ? "dark" : "light";
    root.setAttribute("data-bs-theme", theme);
    root.setAttribute("data-density", remembered("density") === "dense" ? "dense" : "normal");
    root.classList.add("js");
  }

  window.dondocTheme = show;
  dark.addEventListener("change", show);
  show();
})();
