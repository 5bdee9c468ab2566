// A long list is chosen from by typing: a few letters, without marks if one likes ("tai chinh" finds "Sở Tài chính").
// The select stays in its form and holds the value; without scripts it is what one uses.
(function () {
  "use strict";
  const LONG = 15; // options; a shorter list is read at a glance
  const words = document.body.dataset;
  let count = 0;

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
  }
  function label(option) { return option ? option.textContent.trim() : ""; }

  function dress(select) {
    count += 1;
    const box = document.createElement("span"), input = document.createElement("input"), list = document.createElement("ul");
    box.className = "chooser";
    input.type = "text";
    input.className = "form-select";
    input.autocomplete = "off";
    input.spellcheck = false;
    list.id = "chooser-" + count;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    for (const name of ["aria-label", "aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    input.id = list.id + "-input";
    const named = select.labels ? Array.from(select.labels) : [];
    named.forEach(function (one) { one.htmlFor = input.id; });
    list.setAttribute("aria-label", named.length ? named[0].textContent.trim() : select.getAttribute("aria-label") || "");
    select.classList.add("chosen-from");
    select.tabIndex = -1;
    select.setAttribute("aria-hidden", "true");
    select.dataset.chooser = "";
    select.before(box);
    box.append(input, list, select);

    let at = -1;
    function show() { input.value = label(select.selectedOptions[0]); }
    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function go(to) {
      const lines = list.querySelectorAll("[role=option]");
      if (!lines.length) return;
      if (lines[at]) lines[at].setAttribute("aria-selected", "false");
      at = (to + lines.length) % lines.length;
      lines[at].setAttribute("aria-selected", "true");
      lines[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", lines[at].id);
    }
    function open(typed) {
      const wanted = plain(typed || "").split(/\s+/).filter(Boolean);
      const found = Array.from(select.options).filter(function (option) {
        const held = plain(label(option));
        return !option.disabled && wanted.every(function (word) { return held.includes(word); });
      });
      list.replaceChildren();
      found.forEach(function (option, n) {
        const line = document.createElement("li");
        line.id = list.id + "-" + n;
        line.setAttribute("role", "option");
        line.setAttribute("aria-selected", "false");
        line.dataset.index = String(option.index);
        line.textContent = label(option) || "–";
        list.append(line);
      });
      if (!found.length) {
        const none = document.createElement("li");
        none.className = "quiet";
        none.textContent = words.noneFits;
        list.append(none);
      }
      list.hidden = false;
      at = -1;
      input.setAttribute("aria-expanded", "true");
      input.removeAttribute("aria-activedescendant");
      const current = found.indexOf(select.selectedOptions[0]);
      if (found.length) go(typed ? 0 : Math.max(current, 0));
    }
    function choose(line) {
      if (line && line.dataset.index !== undefined) {
        select.selectedIndex = Number(line.dataset.index);
        select.dispatchEvent(new Event("input", { bubbles: true }));
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }
      show();
      close();
    }

    input.addEventListener("input", function (event) { event.stopPropagation(); open(input.value); });
    input.addEventListener("change", function (event) { event.stopPropagation(); });
    input.addEventListener("click", function () { if (list.hidden) { open(""); input.select(); } });
    input.addEventListener("focus", function () { input.select(); });
    input.addEventListener("blur", function () { if (!list.hidden || input.value !== label(select.selectedOptions[0])) { show(); close(); } });
    input.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) open("");
        else go(at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && !list.hidden) {
        event.preventDefault();
        choose(list.querySelectorAll("[role=option]")[at]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        event.stopPropagation();
        show();
        close();
      }
    });
    // Before the field loses its focus, so that the choice is not taken back.
    list.addEventListener("pointerdown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) { choose(event.target.closest("[role=option]")); });
    select.addEventListener("change", show);
    select.addEventListener("focus", function () { input.focus(); });
    if (select.form) select.form.addEventListener("reset", function () { window.setTimeout(show); });
    show();
  }

  function dressAll(within) {
    for (const select of within.querySelectorAll("select.form-select:not([multiple]):not([data-chooser]):not([data-bindable])")) {
      if (select.options.length >= LONG) dress(select);
    }
  }
  document.addEventListener("htmx:afterSettle", function (event) { dressAll(event.detail.elt.parentElement || document); });
  document.addEventListener("dondoc:added", function (event) { dressAll(event.target); });
  dressAll(document);
})();
