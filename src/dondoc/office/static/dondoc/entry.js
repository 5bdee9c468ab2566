// A task in one line, from anywhere: "/" or the button opens the dialog, whose content comes from the server.
// Without scripts the button leads to the page of the same form.
(function () {
  "use strict";
  const dialog = document.getElementById("entry");
  const body = document.getElementById("entry-body");

  function ready(root) {
    const line = root.querySelector("[data-line]") || root.querySelector("[autofocus]");
    if (!line) return;
    line.focus();
    if (line.setSelectionRange) line.setSelectionRange(line.value.length, line.value.length);
  }

  // The page of the form itself needs no dialog: its line is focused.
  function open() {
    const own = document.querySelector("main [data-line]");
    if (own) { ready(own.parentElement); return true; }
    if (!dialog || !window.htmx) return false;
    dialog.showModal();
    if (body.querySelector("[data-line]")) ready(body);
    else window.htmx.ajax("GET", dialog.dataset.url, { target: body, swap: "innerHTML" }).then(function () { ready(body); });
    return true;
  }
  window.dondocEntry = open;

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-entry]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (open()) event.preventDefault();
  });

  // One more line of a name opens when the last one is used.
  document.addEventListener("input", function (event) {
    const last = event.target.closest("input[data-one-more]");
    if (!last || last.value.trim() === "") return;
    const next = last.nextElementSibling;
    if (next && next.matches("[data-one-more]")) return;
    const more = last.cloneNode();
    more.removeAttribute("id");
    more.value = "";
    more.setAttribute("aria-label", document.body.dataset.oneMore);
    last.after(more);
  });
})();
