// The drawer, the menus, the switches and the questions before a dangerous step. Every page works without it:
// links lead to whole pages, menus are <details>, forms are forms.
(function () {
  "use strict";
  const drawer = document.getElementById("drawer");
  const inside = document.getElementById("drawer-body");
  const toast = document.getElementById("toast");
  const words = document.body.dataset;
  const narrow = window.matchMedia("(max-width: 900px)");
  let opener = null;

  function remember(name, value) {
    try {
      window.localStorage.setItem("dondoc." + name, value);
    } catch (refused) {
      // Storage may be switched off; the choice then holds for this page.
    }
  }

  // The drawer: opened by whatever htmx puts into it, closed by Esc or its button; focus goes in and comes back.
  function openDrawer() {
    drawer.hidden = false;
    document.body.classList.add("drawn");
    drawer.scrollTop = 0;
    setBehind(narrow.matches);
    const title = inside.querySelector("h1, h2");
    const first = title || drawer;
    first.setAttribute("tabindex", "-1");
    first.focus({ preventScroll: true });
  }

  function setBehind(inert) {
    for (const part of document.querySelectorAll("body > header, body > .pastline, main, body > footer")) part.inert = inert;
  }

  function closeDrawer() {
    if (!drawer || drawer.hidden) return false;
    drawer.hidden = true;
    inside.replaceChildren();
    document.body.classList.remove("drawn");
    setBehind(false);
    if (opener && opener.isConnected) {
      if (opener.hasAttribute("aria-expanded")) opener.setAttribute("aria-expanded", "false");
      opener.focus();
    }
    opener = null;
    return true;
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    const link = event.detail.elt;
    if (event.detail.target !== inside || drawer.contains(link)) return;
    if (opener && opener.hasAttribute("aria-expanded")) opener.setAttribute("aria-expanded", "false");
    opener = link;
    // A picture is no button: it cannot say that it is open.
    if (link.matches("a, button")) link.setAttribute("aria-expanded", "true");
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target === inside) openDrawer();
  });

  // What cannot be reached or is refused is said in words, with the next step.
  function say(text) {
    const note = document.createElement("p");
    note.className = "note error";
    note.textContent = text;
    toast.replaceChildren(note);
    window.setTimeout(function () { note.remove(); }, 12000);
  }
  document.addEventListener("htmx:sendError", function () { say(words.offline); });
  document.addEventListener("htmx:timeout", function () { say(words.offline); });
  // A refusal comes in its own words and says where they belong: they are shown, not replaced by general ones.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status !== 422) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    window.setTimeout(function () { toast.replaceChildren(); }, 20000);
  });
  document.addEventListener("htmx:responseError", function (event) {
    const status = event.detail.xhr.status;
    say(status === 403 ? words.refused : status === 404 ? words.absent : words.failed);
  });

  // A modified click asks for a new tab, not for the drawer.
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[hx-get]");
    if (link && (event.ctrlKey || event.metaKey || event.shiftKey)) event.stopPropagation();
  }, true);

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close-drawer]")) closeDrawer();
    const asked = event.target.closest("[data-dialog]");
    if (asked) document.getElementById(asked.dataset.dialog).showModal();
    const closing = event.target.closest("[data-close-dialog]");
    if (closing) closing.closest("dialog").close();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const theme = event.target.closest("[data-theme-switch]");
    if (theme) {
      remember("theme", document.documentElement.getAttribute("data-bs-theme") === "dark" ? "light" : "dark");
      window.dondocTheme();
      document.dispatchEvent(new CustomEvent("dondoc:theme"));
    }
    const density = event.target.closest("[data-density-switch]");
    if (density) {
      remember("density", document.documentElement.getAttribute("data-density") === "dense" ? "normal" : "dense");
      window.dondocTheme();
      showSwitches();
    }
    if (event.target.closest("[data-print]")) window.print();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const menu = document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (!document.querySelector("dialog[open]")) {
      closeDrawer();
    }
  });

  function showSwitches() {
    const dense = document.documentElement.getAttribute("data-density") === "dense";
    for (const item of document.querySelectorAll("[data-density-switch]")) item.setAttribute("aria-pressed", String(dense));
  }
  showSwitches();

  // A dangerous step asks first, and says the consequence in numbers: <form data-confirm="Bỏ 3 đề xuất …">.
  const ask = document.getElementById("ask");
  let asking = null;
  document.addEventListener("submit", function (event) {
    const form = event.target;
    const question = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
    if (!question || form === asking) {
      asking = null;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    ask.querySelector("[data-question]").textContent = question;
    ask.returnValue = "";
    ask.showModal();
    ask.addEventListener("close", function () {
      if (ask.returnValue !== "yes") return;
      asking = form;
      form.requestSubmit(event.submitter);
    }, { once: true });
  }, true);

  // Whoever logs out leaves no half-filled form on this machine.
  document.addEventListener("submit", function (event) {
    if (!/\/logout\/$/.test(event.target.getAttribute("action") || "")) return;
    try {
      for (const name of Object.keys(window.localStorage)) {
        if (name.startsWith("dondoc.draft.")) window.localStorage.removeItem(name);
      }
    } catch (refused) {
      // Without storage nothing was kept.
    }
  });

  // Filters send themselves when a choice is made.
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
  });
})();
