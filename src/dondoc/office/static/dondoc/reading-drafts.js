// Nothing that was typed is lost when the tab closes: a form that was not sent is kept on this machine, for this
// person, and offered again. Sent, left on purpose, or logged out: it goes.
(function () {
  "use strict";
  const page = document.querySelector("[data-reading]");
  if (!page) return;
  const OWN = "dondoc.draft." + page.dataset.user + ".";
  const KEYS = { change: "e", split: "s", refuse: "x", withdraw: "u" };
  let keep = false; // leaving by Esc keeps what was typed

  function read(name) {
    try { return JSON.parse(window.localStorage.getItem(OWN + name)); } catch (refused) { return null; }
  }
  function write(name, value) {
    try { window.localStorage.setItem(OWN + name, JSON.stringify(value)); } catch (refused) { /* full or switched off */ }
  }
  function forget(name) {
    try { window.localStorage.removeItem(OWN + name); } catch (refused) { /* nothing was kept either */ }
  }
  function names() {
    try { return Object.keys(window.localStorage).filter(function (key) { return key.startsWith(OWN); }).map(function (key) { return key.slice(OWN.length); }); } catch (refused) { return []; }
  }
  function of(id) { return names().filter(function (name) { return name.split("-").slice(1).includes(id); }); }

  function fields(form) {
    return Array.from(form.elements).filter(function (one) { return one.name && one.name !== "csrfmiddlewaretoken" && one.name !== "p" && one.type !== "submit"; });
  }
  page.addEventListener("input", function (event) {
    const form = event.target.closest("form[data-draft]");
    if (!form) return;
    const held = {};
    for (const one of fields(form)) held[one.name] = one.type === "checkbox" ? one.checked : one.value;
    write(form.dataset.draft, held);
  });
  page.addEventListener("change", function (event) {
    const form = event.target.closest("form[data-draft]");
    if (form) event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // A form that opens is filled with what was typed before; an answer with faults in it holds it already.
  page.addEventListener("dondoc:opened", function (event) {
    const form = event.target.querySelector("form[data-draft]");
    const held = form && read(form.dataset.draft);
    if (!held || form.querySelector(".wrong, .note.error")) return;
    let differs = false;
    for (const one of fields(form)) {
      if (!(one.name in held)) continue;
      const same = one.type === "checkbox" ? one.checked === held[one.name] : one.value === held[one.name];
      if (same) continue;
      differs = true;
      if (one.type === "checkbox") one.checked = held[one.name];
      else one.value = held[one.name];
      one.dispatchEvent(new Event("change", { bubbles: true }));
    }
    form.querySelector("[data-restored]").hidden = !differs;
  });
  // As many parts as were written before.
  document.addEventListener("htmx:configRequest", function (event) {
    const found = event.detail.verb === "get" && /\/proposals\/(\d+)\/split\/$/.exec(event.detail.path);
    const held = found && read("split-" + found[1]);
    if (held && held.parts) event.detail.parameters.parts = held.parts;
  });

  // A form that was begun can be gone on with as long as its proposals can still be decided like that.
  function picks(name) {
    return name.split("-").slice(1).map(function (id) { return page.querySelector('input.pick[value="' + id + '"]'); });
  }
  function canResume(card, name) {
    if (name.startsWith("merge-")) return picks(name).every(Boolean);
    return Boolean(card.querySelector('[data-key="' + KEYS[name.split("-")[0]] + '"]'));
  }
  function begun(card) {
    return of(card.id.split("-")[1]).filter(function (name) { return canResume(card, name); });
  }
  function badges() {
    for (const card of page.querySelectorAll(".proposal[id^=proposal-]:not(.changing)")) {
      const mark = card.querySelector("[data-unfinished]");
      if (mark) mark.hidden = begun(card).length === 0;
    }
  }
  function merge(name) {
    const wanted = picks(name);
    for (const pick of page.querySelectorAll("input.pick")) pick.checked = wanted.includes(pick);
    wanted[0].dispatchEvent(new Event("change", { bubbles: true }));
    page.querySelector("[data-merge]").click();
  }
  page.addEventListener("dondoc:leave", function () { keep = true; });
  page.addEventListener("click", function (event) {
    const resume = event.target.closest("[data-resume]");
    if (resume) {
      const card = resume.closest(".proposal");
      const name = begun(card)[0];
      if (name && name.startsWith("merge-")) merge(name);
      else if (name) card.querySelector('[data-key="' + KEYS[name.split("-")[0]] + '"]').click();
    }
    const form = event.target.closest("form[data-draft]");
    if (form && event.target.closest("[data-forget]")) {
      forget(form.dataset.draft);
      form.reset();
      form.querySelector("[data-restored]").hidden = true;
    }
    if (form && event.target.closest("[data-back]")) {
      if (!keep) forget(form.dataset.draft);
      keep = false;
      badges();
    }
  }, true);
  document.addEventListener("dondoc:kept", function (event) {
    const id = String(event.detail || "");
    if (id === "merging") names().filter(function (name) { return name.startsWith("merge-"); }).forEach(forget);
    else of(id.split("-")[1]).forEach(forget);
    badges();
  });
  page.addEventListener("dondoc:changed", badges);
  badges();
})();
