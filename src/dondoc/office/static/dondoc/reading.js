// The reading page: a proposal and its words light up together; Enter, e, s and x press the buttons of the one in hand.
(function () {
  "use strict";
  const page = document.querySelector("[data-reading]");
  if (!page) return;
  let last = 0;

  function light(ids) {
    for (const piece of page.querySelectorAll(".found.now")) piece.classList.remove("now");
    for (const card of page.querySelectorAll(".proposal.now")) card.classList.remove("now");
    for (const id of ids) {
      for (const piece of page.querySelectorAll('.found[data-of~="' + id + '"]')) piece.classList.add("now");
      const card = page.querySelector('[data-finding="' + id + '"]');
      if (card) card.classList.add("now");
    }
  }

  function show(id) {
    light([id]);
    const words = page.querySelector(".words");
    const piece = page.querySelector('.found[data-of~="' + id + '"]');
    if (!piece) return;
    // Only the text scrolls, not the page: the buttons stay under the hand.
    const outside = piece.getBoundingClientRect().top - words.getBoundingClientRect().top;
    if (outside < 24 || outside > words.clientHeight - 96) words.scrollTop += outside - words.clientHeight / 4;
  }

  page.addEventListener("focusin", function (event) {
    const card = event.target.closest("[data-finding]");
    if (!card) return;
    last = Array.from(page.querySelectorAll("[data-finding]")).indexOf(card);
    show(card.dataset.finding);
  });

  page.addEventListener("click", function (event) {
    const number = event.target.closest("a.number");
    if (number) {
      event.preventDefault();
      show(number.closest("[data-finding]").dataset.finding);
      return;
    }
    const piece = event.target.closest(".found");
    if (!piece || !piece.dataset.of) return;
    const card = page.querySelector('[data-finding="' + piece.dataset.of.split(" ")[0] + '"]');
    if (card) {
      card.focus({ preventScroll: true });
      card.scrollIntoView({ block: "nearest" });
    }
  });

  page.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, a, button, summary")) return;
    const card = event.target.closest("[data-finding]");
    const button = card && card.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  // Refused, because somebody else was quicker: show the proposal as it stands now.
  document.addEventListener("htmx:beforeSwap", function (event) {
    const card = event.detail.xhr.status === 422 && event.detail.requestConfig.elt.closest(".proposal:not(.changing)");
    if (card) window.htmx.ajax("GET", "/proposals/" + card.id.split("-")[1] + "/", { target: card, swap: "outerHTML" });
  });

  // After an answer came in: go on to the next one that still waits. A form that was opened gets the cursor.
  document.addEventListener("htmx:afterSettle", function (event) {
    const card = event.detail.elt;
    if (!card.matches || !card.matches("[data-finding]")) return;
    const field = card.matches(".changing") && card.querySelector("input:not([type=hidden]), textarea, select");
    if (field) {
      field.focus();
      return;
    }
    // Given up: it waits still, and keeps the cursor.
    if (card.querySelector("[data-key]")) {
      card.focus();
      return;
    }
    const cards = Array.from(page.querySelectorAll("[data-finding]"));
    const next = cards.slice(last + 1).find(function (one) { return one.querySelector("[data-key]"); });
    (next || card).focus();
  });
})();
