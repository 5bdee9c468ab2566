// The place of a proposal's words: moved word by word with [ ] { }, or taken from what is selected in the text.
// Places count characters (code points) of the text as it came; every line says where it begins.
(function () {
  "use strict";
  const page = document.querySelector("[data-reading]");
  const words = page && page.querySelector(".words");
  if (!words) return;
  const STEPS = { "[": ["start", -1], "{": ["start", 1], "]": ["end", 1], "}": ["end", -1] };
  const button = page.querySelector("[data-take-selected]");
  let signs = null; // the characters of the text, at their places
  let chosen = null; // [start, end] of what is selected in the text
  let waiting = null; // the card, and what to do once its form has opened, in the order of the keys

  function text() {
    if (signs) return signs;
    signs = [];
    for (const line of words.querySelectorAll(".line")) {
      let at = Number(line.dataset.at);
      for (const sign of line.textContent) signs[at++] = sign;
    }
    return signs;
  }
  function blank(at) { return !text()[at] || /\s/.test(text()[at]); }
  function cut(start, end) { return text().slice(start, end).join(""); }
  function titled(piece) {
    const title = piece.trim().split(/\s+/).join(" ");
    return title.charAt(0).toUpperCase() + title.slice(1);
  }

  // One word further or back: an end stands behind a word, a beginning before one.
  function moved(at, which, step) {
    const size = text().length;
    const back = which === "start" ? 1 : 0;
    const before = step < 0;
    let place = at;
    const next = function () { return before ? place - 1 : place; };
    const inside = function () { return before ? place > 0 : place < size; };
    const spaceFirst = before === Boolean(back);
    for (const wants of spaceFirst ? [true, false] : [false, true]) {
      while (inside() && blank(next()) === wants) place += step;
    }
    return inside() || !blank(next()) || place === 0 || place === size ? place : at;
  }

  function inputs(card) {
    return { start: card.querySelector('input[name="start"]'), end: card.querySelector('input[name="end"]'), title: card.querySelector('[name="title"]') };
  }
  function set(card, start, end) {
    const found = inputs(card);
    if (!found.start || start >= end || !cut(start, end).trim()) return;
    const before = titled(cut(Number(found.start.value), Number(found.end.value)));
    found.start.value = start;
    found.end.value = end;
    const piece = cut(start, end);
    const shown = card.querySelector("[data-ends-words]");
    if (shown) shown.textContent = piece.length > 240 ? piece.slice(0, 150) + " … " + piece.slice(-80) : piece;
    // The words of the task follow the place, unless somebody has written others.
    if (found.title && found.title.value.trim() === before) found.title.value = titled(piece);
    found.start.dispatchEvent(new Event("input", { bubbles: true }));
    mark(start, end);
  }
  function point(at) {
    let line = null;
    for (const one of words.querySelectorAll(".line")) {
      if (Number(one.dataset.at) > at) break;
      line = one;
    }
    if (!line) return null;
    let left = at - Number(line.dataset.at);
    const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let node = walk.nextNode();
    let before = node;
    while (node) {
      const signsOf = Array.from(node.data);
      if (left <= signsOf.length) return [node, signsOf.slice(0, left).join("").length];
      left -= signsOf.length;
      before = node;
      node = walk.nextNode();
    }
    return before && [before, before.data.length];
  }
  // Shows the new place as a selection in the text, without changing the page.
  function mark(start, end) {
    const a = point(start);
    const b = point(end);
    if (!a || !b || words.hidden) return;
    const range = document.createRange();
    range.setStart(a[0], a[1]);
    range.setEnd(b[0], b[1]);
    const selection = window.getSelection();
    const focus = document.activeElement;
    selection.removeAllRanges();
    selection.addRange(range);
    if (focus && focus !== document.activeElement) focus.focus({ preventScroll: true });
  }

  // With the form open at once; else it is opened first.
  function withForm(card, deed) {
    if (!card) return;
    if (inputs(card).start) return deed(card);
    const open = card.querySelector('[data-key="e"]');
    if (!open) return;
    if (waiting && waiting[0] === card.id && card.getAttribute("aria-busy") === "true") return waiting[1].push(deed);
    waiting = [card.id, [deed]];
    open.click();
  }
  page.addEventListener("dondoc:opened", function (event) {
    if (!waiting || waiting[0] !== event.target.id) return;
    const deeds = waiting[1];
    waiting = null;
    if (!inputs(event.target).start) return;
    for (const deed of deeds) deed(event.target);
    event.preventDefault();
  });
  function shift(card, which, step) {
    withForm(card, function (form) {
      const found = inputs(form);
      const ends = { start: Number(found.start.value), end: Number(found.end.value) };
      ends[which] = moved(ends[which], which, step);
      set(form, ends.start, ends.end);
    });
  }

  page.addEventListener("keydown", function (event) {
    const step = STEPS[event.key];
    const target = event.target;
    if (!step || event.ctrlKey || event.metaKey || target.closest("input:not([type=checkbox]), textarea, select")) return;
    try { if (window.localStorage.getItem("dondoc.keys") === "off") return; } catch (refused) { /* the keys are on */ }
    const card = target.closest(".proposal[id^=proposal-]");
    if (!card) return;
    event.preventDefault();
    shift(card, step[0], step[1]);
  });
  page.addEventListener("click", function (event) {
    const end = event.target.closest("[data-move]");
    if (end) shift(end.closest(".proposal"), end.dataset.move, Number(end.dataset.step));
    if (event.target.closest("[data-take]") && chosen) set(event.target.closest(".proposal"), chosen[0], chosen[1]);
    if (event.target.closest("[data-take-selected]") && chosen) {
      const ends = chosen;
      const card = page.querySelector(".proposal.changing[id^=proposal-]") || page.querySelector(".proposal.now[data-open-proposal]");
      withForm(card, function (form) { set(form, ends[0], ends[1]); });
    }
  });
  // A button takes the cursor, and with it the selection, unless it is held back.
  page.addEventListener("mousedown", function (event) {
    if (event.target.closest("[data-take], [data-take-selected], [data-move]")) event.preventDefault();
  });

  function offset(node, at) {
    const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".line");
    if (!line) {
      const child = node.childNodes[at];
      const next = child && child.nodeType === Node.ELEMENT_NODE && child.closest(".line");
      return next ? Number(next.dataset.at) : text().length;
    }
    const range = document.createRange();
    range.setStart(line, 0);
    range.setEnd(node, at);
    return Number(line.dataset.at) + Array.from(range.toString()).length;
  }
  document.addEventListener("selectionchange", function () {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) {
      if (button) button.hidden = true;
      return;
    }
    const range = selection.getRangeAt(0);
    if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return;
    let start = offset(range.startContainer, range.startOffset);
    let end = offset(range.endContainer, range.endOffset);
    while (start < end && blank(start)) start++;
    while (end > start && blank(end - 1)) end--;
    if (start === end) return;
    chosen = [start, end];
    if (button) button.hidden = !page.querySelector(".proposal.changing[id^=proposal-], .proposal.now[data-open-proposal]");
  });
})();
