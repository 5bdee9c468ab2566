// Lists of tasks by keyboard: d asks for the due day; arrows walk days, bars and cards; [ and ] move a card.
// j, k, Enter and x are in keys.js. Everything here is also a link or a button that works without it.
(function () {
  "use strict";

  function keysWanted() {
    const box = document.getElementById("keys-on");
    return !box || box.checked;
  }

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox";
  }

  function focus(node) {
    if (!node) return false;
    if (!node.hasAttribute("tabindex")) node.setAttribute("tabindex", "-1");
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }

  function follow(link) {
    if (link) link.click();
    return Boolean(link);
  }

  // A filter that takes several values: whoever chose one finds a further choice below it.
  document.addEventListener("change", function (event) {
    const select = event.target;
    if (!select.matches || !select.matches("select[data-several]") || !select.value) return;
    const field = select.closest("div");
    const all = Array.from(field.querySelectorAll("select[data-several]"));
    if (all.some(function (one) { return !one.value; })) return;
    const further = document.createElement("select");
    further.className = "form-select further";
    further.name = select.name;
    further.dataset.several = select.dataset.several;
    further.setAttribute("aria-label", select.dataset.several);
    for (const option of select.options) further.add(new Option(option.value ? option.textContent : select.form.dataset.or, option.value));
    field.append(further);
    field.dispatchEvent(new CustomEvent("dondoc:added", { bubbles: true }));
  });

  // A day in the calendar: arrows go from day to day, PgUp and PgDn from month to month.
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  function inCalendar(calendar, event) {
    const days = Array.from(calendar.querySelectorAll("[data-day]"));
    const here = days.findIndex(function (day) { return day.contains(document.activeElement); });
    if (event.key in STEPS) {
      if (here < 0) return focus(calendar.querySelector("[data-day][tabindex='0']") || days[0]);
      const next = here + STEPS[event.key];
      if (next < 0) return follow(document.querySelector("[data-month=before]"));
      if (next >= days.length) return follow(document.querySelector("[data-month=after]"));
      return focus(days[next]);
    }
    if (event.key === "PageUp") return follow(document.querySelector("[data-month=before]"));
    if (event.key === "PageDown") return follow(document.querySelector("[data-month=after]"));
    if (event.key === "Enter" && here >= 0 && event.target === days[here]) return follow(days[here].querySelector("[data-day-open]"));
    return false;
  }

  function inTimeline(table, event) {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return false;
    const rows = Array.from(table.querySelectorAll("[data-row]"));
    const here = rows.findIndex(function (row) { return row.contains(document.activeElement); });
    if (here < 0) return focus(rows[0]);
    return focus(rows[Math.min(Math.max(here + (event.key === "ArrowUp" ? -1 : 1), 0), rows.length - 1)]);
  }

  // The board: left and right from column to column at the same height, up and down within one.
  function inBoard(board, event) {
    const lanes = Array.from(board.querySelectorAll("[data-lane]")).map(function (lane) {
      return Array.from(lane.querySelectorAll("[data-row]"));
    });
    const at = lanes.findIndex(function (cards) { return cards.some(function (card) { return card.contains(document.activeElement); }); });
    const row = at < 0 ? -1 : lanes[at].findIndex(function (card) { return card.contains(document.activeElement); });
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const way = event.key === "ArrowLeft" ? -1 : 1;
      if (at < 0) return focus((lanes.find(function (cards) { return cards.length; }) || [])[0]);
      for (let next = at + way; next >= 0 && next < lanes.length; next += way) {
        if (lanes[next].length) return focus(lanes[next][Math.min(row, lanes[next].length - 1)]);
      }
      return true;
    }
    if (at < 0) return false;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      return focus(lanes[at][Math.min(Math.max(row + (event.key === "ArrowUp" ? -1 : 1), 0), lanes[at].length - 1)]);
    }
    if (event.key === "[") return follow(lanes[at][row].querySelector("[data-back]"));
    if (event.key === "]") return follow(lanes[at][row].querySelector("[data-forward]"));
    return false;
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]") || event.target.closest("#drawer, details.menu")) return;
    const plain = event.key.length === 1;
    if (plain && !keysWanted()) return;
    let done = false;
    if (event.key === "d") {
      const row = document.activeElement.closest("[data-due]");
      if (row) {
        window.location.assign(row.dataset.due);
        done = true;
      }
    } else {
      const shapes = { "[data-calendar]": inCalendar, "[data-arrows]": inTimeline, "[data-board]": inBoard };
      for (const [sign, handle] of Object.entries(shapes)) {
        const shape = document.querySelector(sign);
        if (shape && !done) done = handle(shape, event);
      }
    }
    if (done) event.preventDefault();
  });

  // The day that keeps the place in the grid is the one that was on last.
  document.addEventListener("focusin", function (event) {
    const day = event.target.closest && event.target.closest("[data-day]");
    if (!day) return;
    for (const other of day.closest("[data-calendar]").querySelectorAll("[data-day][tabindex='0']")) other.tabIndex = -1;
    day.tabIndex = 0;
  });

  // What was moved keeps the focus, wherever it stands now.
  document.addEventListener("htmx:afterSettle", function () {
    const moved = document.querySelector("[data-moved]");
    if (moved) {
      moved.removeAttribute("data-moved");
      focus(moved);
    }
  });

  // How many are ticked, and all of the page at once.
  const bar = document.querySelector("[data-bulk]");
  if (bar) {
    const boxes = Array.from(document.querySelectorAll("#ticked input[name=duty]"));
    const all = document.querySelector("[data-tick-all]");
    const show = function () {
      const ticked = boxes.filter(function (box) { return box.checked; }).length;
      bar.querySelector("[data-ticked]").textContent = String(ticked);
      bar.classList.toggle("some", ticked > 0);
      for (const button of bar.querySelectorAll("button")) button.disabled = ticked === 0;
      for (const box of boxes) box.closest("tr").classList.toggle("ticked", box.checked);
      all.checked = ticked === boxes.length && ticked > 0;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    all.addEventListener("change", function () {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
    document.getElementById("ticked").addEventListener("change", show);
    // A browser that comes back to the page has kept what was ticked.
    window.addEventListener("pageshow", show);
    show();
  }
})();
