// The reading page: a proposal and its words light up together, every decision has its key, the cursor is never lost,
// and what somebody else decides meanwhile comes in without disturbing what is being filled in.
(function () {
  "use strict";
  const page = document.querySelector("[data-reading]");
  if (!page) return;
  const EVERY = 4000; // milliseconds between two looks at others' decisions
  let last = 0;       // place of the card that was in hand
  let field = "";     // name of the field that gets the cursor when a form opens
  let pressing = false, held = null; // a button of the mouse is down, and on which card that began
  let regain = "";    // id of a card that had the cursor when another's decision replaced it

  function all(selector) { return Array.from(page.querySelectorAll(selector)); }
  function cards() { return all("[data-rows] [data-finding], .claim[data-finding]"); }

  // The two ways to look at the document: pictures of the pages, and the text.
  function shown() { return page.querySelector("[data-pane]:not([hidden])"); }
  function view(name) {
    if (!page.querySelector('[data-view="' + name + '"]')) return;
    for (const pane of all("[data-pane]")) pane.hidden = pane.dataset.pane !== name;
    for (const button of all("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === name));
    try { window.localStorage.setItem("dondoc.view", name); } catch (refused) { /* kept for this page only */ }
    const now = page.querySelector(".proposal.now[data-finding]");
    if (now) show(now.dataset.finding);
  }
  if (page.querySelector("[data-view]")) {
    let name = "paper";
    try { name = window.localStorage.getItem("dondoc.view") || name; } catch (refused) { /* the picture, then */ }
    view(name);
  }

  function light(id) {
    for (const piece of all(".found.now")) piece.classList.remove("now");
    for (const card of all(".proposal.now")) card.classList.remove("now");
    for (const piece of all('.found[data-of~="' + id + '"]')) piece.classList.add("now");
    const card = page.querySelector('[data-finding="' + id + '"]');
    if (card) card.classList.add("now");
  }

  function show(id) {
    light(id);
    const pane = shown();
    const piece = pane && pane.querySelector('.found[data-of~="' + id + '"]');
    if (!piece) return;
    // Only the text scrolls, not the page: the buttons stay under the hand.
    const outside = piece.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    if (outside < 24 || outside > pane.clientHeight - 96) pane.scrollTop += outside - pane.clientHeight / 4;
  }

  function take(card) {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  // The next one that still waits, from the one in hand on; else the one in hand.
  function goOn(from, card) {
    const list = cards();
    const waiting = function (one) { return one.hasAttribute("data-open-proposal") && one.getAttribute("aria-busy") !== "true"; };
    take(list.slice(from + 1).find(waiting) || list.find(waiting) || card || list[from]);
  }

  page.addEventListener("focusin", function (event) {
    const card = event.target.closest("[data-finding]");
    if (!card) return;
    const place = cards().indexOf(card);
    if (place >= 0) last = place;
    held = pressing ? card : null;
    if (!held) show(card.dataset.finding);
  });
  // A card that is in hand shows all its words and grows. Under a pressed button that waits until it is let go: else what
  // was pressed would move from under the pointer, and the click would miss it.
  document.addEventListener("mousedown", function () { pressing = true; }, true);
  for (const end of ["mouseup", "dragend", "keydown"]) {
    document.addEventListener(end, function () {
      pressing = false;
      window.setTimeout(function () {
        if (held && held.isConnected) show(held.dataset.finding);
        held = null;
      });
    }, true);
  }

  page.addEventListener("click", function (event) {
    const chosen = event.target.closest("[data-view]");
    if (chosen) view(chosen.dataset.view);
    const number = event.target.closest("a.number");
    if (number) {
      event.preventDefault();
      show(number.closest("[data-finding]").dataset.finding);
      return;
    }
    if (String(window.getSelection())) return;
    const piece = event.target.closest(".found");
    if (piece && piece.dataset.of) take(page.querySelector('[data-finding="' + piece.dataset.of.split(" ")[0] + '"]'));
  });

  // Keys. Single letters can be switched off in the legend; they never act while somebody is typing.
  function wanted() {
    try { return window.localStorage.getItem("dondoc.keys") !== "off"; } catch (refused) { return true; }
  }
  function typing(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox";
  }
  function press(key, card) {
    const list = cards();
    if (key === "g" || key === "G") return take(list[key === "g" ? 0 : list.length - 1]) || true;
    if (key === "t") {
      const other = shown() && page.querySelector('[data-pane][hidden]');
      if (other) view(other.dataset.pane);
      return Boolean(other);
    }
    const merge = page.querySelector("[data-merge]");
    if (key === "m" && merge) return merge.click() || true;
    if (!card) return false;
    if (card.getAttribute("aria-busy") === "true") return true;
    const box = card.querySelector("input.pick");
    if (key === " " && box) return box.click() || true;
    field = key === "d" ? "due_on" : "";
    const button = card.querySelector('[data-key="' + CSS.escape(key === "d" ? "e" : key) + '"]');
    if (button) button.click();
    return Boolean(button);
  }
  page.addEventListener("keydown", function (event) {
    const card = event.target.closest("[data-finding]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const save = card && card.querySelector("[data-save]");
      if (save) { event.preventDefault(); save.click(); }
      return;
    }
    if (event.key === "Escape" && card && card.matches(".changing")) {
      event.preventDefault();
      card.dispatchEvent(new CustomEvent("dondoc:leave", { bubbles: true }));
      card.querySelector("[data-back]").click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const pressed = event.target.closest("a, button, summary, input");
    if (/^( |Enter)$/.test(event.key) ? pressed : !wanted()) return;
    if (press(event.key, card)) event.preventDefault();
  });
  // Keys of the whole page work before anything is in hand.
  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || page.contains(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) || !wanted() || document.querySelector("dialog[open]")) return;
    if (/^[gGt]$/.test(event.key) && press(event.key, null)) event.preventDefault();
  });

  // Merging: the button says how many are ticked.
  const merge = page.querySelector("[data-merge]");
  function tick() {
    if (merge) merge.form.hidden = all("input.pick:checked").length < 2;
  }
  page.addEventListener("change", function (event) {
    if (event.target.matches("input.pick")) tick();
  });
  tick();
  page.addEventListener("click", function (event) {
    const back = event.target.closest("#merging [data-back]");
    if (!back) return;
    event.preventDefault();
    document.getElementById("merging").replaceChildren();
    take(cards()[last]);
  });

  // What is asked for, and what comes of it. A card whose answer is on its way takes no further key; whoever accepts
  // goes on to the next one at once and does not wait for the server.
  function own(target) { return Boolean(target) && target.matches && (target.matches("[data-finding]") || target.id === "merging"); }
  document.addEventListener("htmx:beforeRequest", function (event) {
    const target = event.detail.target;
    if (!own(target)) return;
    if (target.getAttribute("aria-busy") === "true") return event.preventDefault();
    target.setAttribute("aria-busy", "true");
    if (event.detail.requestConfig.verb === "post" && !target.matches(".changing") && target.id !== "merging") goOn(cards().indexOf(target), null);
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    if (own(event.detail.target)) event.detail.target.removeAttribute("aria-busy");
  });
  // Refused, because somebody else was quicker: show the proposal as it stands now, unless something was typed.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.responseURL.includes("/login/")) event.detail.shouldSwap = false;
    // A look whose asker was replaced meanwhile finds no place on the page; the next one comes soon.
    const asker = event.detail.requestConfig.elt;
    if (asker.id === "pulse" && !asker.isConnected) event.detail.shouldSwap = false;
    const refused = event.detail.xhr.status === 422 && event.detail.requestConfig.elt;
    const card = refused && refused.closest(".proposal[id^=proposal-]:not(.changing)");
    if (!card) return;
    card.removeAttribute("aria-busy");
    window.htmx.ajax("GET", "/proposals/" + card.id.split("-")[1] + "/", { target: card, swap: "outerHTML" });
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    const detail = event.detail;
    if (!own(detail.target) || detail.xhr.settled) return;
    detail.xhr.settled = true; // once for each answer, however many cards it holds
    const sent = detail.requestConfig.verb === "post";
    const place = document.getElementById(detail.target.id);
    const form = place && (place.matches(".changing") ? place : place.querySelector(".changing"));
    tick();
    // Somebody who has gone on meanwhile is not called back, except to a form.
    const away = document.activeElement !== document.body && !detail.target.contains(document.activeElement) && document.activeElement.closest("[data-finding]");
    if (form) {
      openForm(form);
    } else if (place) {
      if (sent) document.dispatchEvent(new CustomEvent("dondoc:kept", { detail: place.id }));
      if (place.hasAttribute("data-open-proposal")) take(place); // given up, or withdrawn: it is in hand again
      else if (sent && !(away && away.id !== place.id)) goOn(place.id === "merging" ? last - 1 : cards().indexOf(place), place);
      else if (!sent) take(place.matches("[data-finding]") ? place : cards()[last]);
    }
    page.dispatchEvent(new CustomEvent("dondoc:changed"));
  });
  function openForm(form) {
    // Whoever opened it by moving its words goes on with that: the cursor stays on the card, at once.
    if (!form.dispatchEvent(new CustomEvent("dondoc:opened", { bubbles: true, cancelable: true }))) {
      field = "";
      return form.focus({ preventScroll: true });
    }
    const fault = form.querySelector(".field .wrong");
    const wrong = fault ? fault.closest(".field") : form;
    let wished = field && form.querySelector('[name$="' + field + '"]');
    const dueKind = wished && wished.closest(".due-part");
    if (dueKind && !dueKind.offsetParent) wished = form.querySelector('[name$="due_kind"]');  // it is no single day
    field = "";
    const first = wished || wrong.querySelector("input:not([type=hidden]), textarea, select");
    // A field for a day is drawn by a script: its visible part takes the cursor.
    const dressed = first && first.closest(".dayfield");
    const seen = dressed ? dressed.querySelector("input[type=text]") : first;
    if (seen) seen.focus();
  }

  // Others' decisions: a card that is being filled in stays, and says what happened.
  document.addEventListener("htmx:oobBeforeSwap", function (event) {
    const old = event.detail.target;
    if (!old.matches || !old.matches("[data-finding]")) return;
    const fresh = event.detail.fragment.firstElementChild;
    // Its own answer is on the way; replaced now, it would come for a card that is no longer there.
    if (old.getAttribute("aria-busy") === "true") {
      event.detail.shouldSwap = false;
    } else if (old.matches(".changing")) {
      event.detail.shouldSwap = false;
      const note = old.querySelector("[data-told-here]");
      if (note && fresh && fresh.dataset.told) {
        note.textContent = fresh.dataset.told;
        note.hidden = false;
      }
    } else if (old.contains(document.activeElement)) {
      regain = old.id;
    }
  });
  document.addEventListener("htmx:oobAfterSwap", function () {
    tick();
    if (!regain) return;
    const card = document.getElementById(regain);
    regain = "";
    if (card) card.focus({ preventScroll: true });
  });
  function look() {
    const pulse = document.getElementById("pulse");
    if (pulse && document.visibilityState === "visible") window.htmx.trigger(pulse, "look");
  }
  // A look that fails is not worth a word: the next one comes soon, and a decision says by itself what is wrong.
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    page.addEventListener(name, function (event) {
      if (event.target.id === "pulse") event.stopPropagation();
    });
  }
  window.setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);

  // Come from elsewhere: to a proposal, or to a place of the text that no mark begins at.
  const place = /^#at-(\d+)$/.exec(window.location.hash);
  const card = window.location.hash.startsWith("#proposal-") && document.getElementById(window.location.hash.slice(1));
  if (card) take(card);
  if (place) {
    const piece = document.getElementById("at-" + place[1]);
    const line = piece || all(".line").reverse().find(function (one) { return Number(one.dataset.at) <= Number(place[1]); });
    if (piece && piece.dataset.of) show(piece.dataset.of.split(" ")[0]);
    else if (line) { view("text"); line.scrollIntoView({ block: "center" }); }
  }
})();
