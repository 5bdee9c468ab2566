// What is typed into an agency's table is kept on this machine, for this person, until it is sent; the bar at the foot
// says how many reports are written. Without this script the table works, and keeps nothing.
(function () {
  "use strict";
  const form = document.querySelector("form[data-progress]");
  if (!form) return;
  const OWN = "dondoc.draft." + form.dataset.user + ".progress-" + form.dataset.progress + "-";

  function kept() {
    try {
      return Object.keys(window.localStorage).filter(function (key) { return key.startsWith(OWN); });
    } catch (refused) {
      return [];
    }
  }
  function read(key) {
    try { return JSON.parse(window.localStorage.getItem(key)); } catch (refused) { return null; }
  }
  function write(key, value) {
    try { window.localStorage.setItem(key, JSON.stringify(value)); } catch (refused) { /* full or switched off */ }
  }
  function forget(key) {
    try { window.localStorage.removeItem(key); } catch (refused) { /* nothing was kept either */ }
  }

  const lines = Array.from(form.querySelectorAll("li[data-report]"));
  function keyOf(line) { return OWN + line.dataset.report + "-" + line.dataset.seen; }
  function fields(line) {
    return Array.from(line.querySelectorAll("textarea, input:not([type=hidden])"));
  }
  function nameOf(field) { return field.name.split("-")[0]; }
  function isTyped(line) {
    return fields(line).some(function (field) { return field.value.trim() !== field.defaultValue.trim(); });
  }

  // As much room as the words need: nobody scrolls within a field on a phone.
  function grow(field) {
    if (field.tagName !== "TEXTAREA" || !field.offsetParent) return;
    field.rows = 2;
    while (field.scrollHeight > field.clientHeight + 2 && field.rows < 14) field.rows += 1;
  }

  function mark(line) {
    const sign = line.querySelector("[data-draft-mark]");
    if (sign) sign.hidden = !isTyped(line);
  }

  const typedMark = form.querySelector("[data-typed]");
  const rest = form.querySelector("[data-rest-button]");
  function count() {
    const typed = lines.filter(isTyped);
    if (typedMark) typedMark.textContent = typed.length ? "(" + typed.length + ")" : "";
    if (!rest) return;
    // Drafts on the other pages of the table are left alone as well.
    for (const old of form.querySelectorAll("input[name=besides]")) old.remove();
    const written = new Set(typed.filter(function (line) { return line.dataset.state === "not_begun"; }).map(function (line) { return line.dataset.report; }));
    for (const key of kept()) {
      const parts = key.slice(OWN.length).split("-");
      const here = lines.some(function (line) { return line.dataset.report === parts[0]; });
      if (!here && parts[1] === "0") written.add(parts[0]);
    }
    for (const id of written) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "besides";
      hidden.value = id;
      form.append(hidden);
    }
    const left = Math.max(0, Number(form.dataset.rest) - written.size);
    rest.textContent = rest.dataset.said.replace("{n}", String(left));
    rest.disabled = left === 0;
    if (written.size) rest.dataset.confirm = rest.dataset.asked.replace("{n}", String(left));
  }

  for (const line of lines) {
    // What was sent, or was changed by somebody else meanwhile, needs its draft no longer.
    const own = OWN + line.dataset.report + "-";
    for (const key of kept()) {
      if (key.startsWith(own) && (key !== keyOf(line) || !fields(line).length)) forget(key);
    }
    const held = read(keyOf(line));
    if (held && !form.querySelector(".wrong-one")) {
      for (const field of fields(line)) {
        if (typeof held[nameOf(field)] !== "string") continue;
        field.value = held[nameOf(field)];
        if (field.value && field.closest("details")) field.closest("details").open = true;
      }
    }
    mark(line);
    fields(line).forEach(grow);
  }
  count();

  form.addEventListener("input", function (event) {
    const line = event.target.closest("li[data-report]");
    if (!line) return;
    const held = {};
    for (const field of fields(line)) held[nameOf(field)] = field.value;
    if (isTyped(line)) write(keyOf(line), held);
    else forget(keyOf(line));
    grow(event.target);
    mark(line);
    count();
  });
  // Enter in the percent field goes on to the words; it does not send the whole table.
  form.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT" || !event.target.closest("li[data-report]")) return;
    event.preventDefault();
    event.target.closest("li").querySelector("textarea").focus();
  });
})();
