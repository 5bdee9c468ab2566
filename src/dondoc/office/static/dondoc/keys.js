// Keyboard on tables: j and k move, Enter opens, x ticks, / enters a task, f searches, ? shows the legend.
// Single letters can be switched off in the legend (WCAG 2.1.4); they never act while somebody is typing.
(function () {
  "use strict";
  const NAME = "dondoc.keys";

  function wanted() {
    try {
      return window.localStorage.getItem(NAME) !== "off";
    } catch (refused) {
      return true;
    }
  }

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox";
  }

  function rows() {
    const drawer = document.querySelector("#drawer:not([hidden])");
    const place = drawer && drawer.contains(document.activeElement) ? drawer : document.querySelector("main");
    // The list that is in hand, else the first one of its place.
    const table = document.activeElement.closest("[data-rows]") || place.querySelector("[data-rows]");
    return table ? Array.from(table.querySelectorAll("[data-row]")) : [];
  }

  function move(step) {
    const all = rows();
    if (all.length === 0) return;
    const here = all.findIndex(function (row) { return row === document.activeElement || row.contains(document.activeElement); });
    const next = all[here < 0 ? 0 : Math.min(Math.max(here + step, 0), all.length - 1)];
    next.setAttribute("tabindex", "-1");
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function press(event) {
    const row = event.target.closest ? event.target.closest("[data-row]") : null;
    switch (event.key) {
      case "j": move(1); return true;
      case "k": move(-1); return true;
      case "x": {
        const box = row && row.querySelector("input[type=checkbox]");
        if (box) box.click();
        return Boolean(box);
      }
      case "Enter": {
        if (!row || event.target !== row) return false;
        const link = row.querySelector("[data-open]") || row.querySelector("a[href]");
        if (link) link.click();
        return Boolean(link);
      }
      case "/": return window.dondocEntry();
      case "f": {
        const box = document.querySelector("[data-search]");
        if (box) { box.focus(); box.select(); }
        return Boolean(box);
      }
      case "?": document.getElementById("legend").showModal(); return true;
      default: return false;
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key !== "Enter" && !wanted()) return;
    if (press(event)) event.preventDefault();
  });

  const box = document.getElementById("keys-on");
  if (box) {
    box.checked = wanted();
    box.addEventListener("change", function () {
      try {
        window.localStorage.setItem(NAME, box.checked ? "on" : "off");
      } catch (refused) {
        // Without storage the switch holds for nothing; the keys stay on.
      }
    });
  }
})();
