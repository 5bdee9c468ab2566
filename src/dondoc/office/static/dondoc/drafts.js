// What was typed into a form with data-draft survives a closed tab: it is kept on this machine, for this person, until
// it was sent and recorded, or the person begins anew or logs out (app.js). Files cannot be kept, and the page says so.
// The reading page has its own (reading-drafts.js), for forms that come and go.
(function () {
  "use strict";
  const forms = Array.from(document.querySelectorAll("form[data-draft][data-user]"));
  const SENT = "dondoc.draft.sent";

  function name(form) { return "dondoc.draft." + form.dataset.user + ".form." + form.dataset.draft; }
  function read(key) {
    try { return JSON.parse(window.localStorage.getItem(key)); } catch (refused) { return null; }
  }
  function write(key, value) {
    try { window.localStorage.setItem(key, JSON.stringify(value)); } catch (refused) { /* full or switched off */ }
  }
  function forget(key) {
    try { window.localStorage.removeItem(key); } catch (refused) { /* nothing was kept either */ }
  }
  function fields(form) {
    return Array.from(form.elements).filter(function (one) { return one.name && !["hidden", "submit", "password", "file"].includes(one.type); });
  }

  function keep(form) {
    const held = {};
    for (const one of fields(form)) held[one.name] = one.type === "checkbox" ? one.checked : one.value;
    if (form.querySelector("input[type=file]")) held[":files"] = Array.from(form.elements).some(function (one) { return one.type === "file" && one.value; });
    write(name(form), held);
  }

  function fill(form) {
    const held = read(name(form));
    const note = form.querySelector("[data-restored]");
    // An answer with faults in it holds what was typed already.
    if (!held || !note || form.querySelector(".wrong, .note.error")) return;
    let differs = false;
    for (const one of fields(form)) {
      if (!(one.name in held)) continue;
      const now = one.type === "checkbox" ? one.checked : one.value;
      if (now === held[one.name]) continue;
      if (one.tagName === "SELECT" && !Array.from(one.options).some(function (option) { return option.value === held[one.name]; })) continue;
      differs = true;
      if (one.type === "checkbox") one.checked = held[one.name];
      else one.value = held[one.name];
      one.dispatchEvent(new Event("change", { bubbles: true }));
    }
    note.hidden = !differs;
    const files = note.querySelector("[data-files]");
    if (files) files.hidden = !held[":files"];
  }

  // Recorded: the page that came after says so. Where the way there broke off, what was typed stays.
  const sent = read(SENT);
  if (sent && document.querySelector(".note.success")) forget(sent);
  forget(SENT);

  for (const form of forms) {
    fill(form);
    form.addEventListener("input", function () { keep(form); });
    form.addEventListener("change", function () { keep(form); });
    form.addEventListener("submit", function () { keep(form); write(SENT, name(form)); });
    form.addEventListener("click", function (event) {
      if (!event.target.closest("[data-forget]")) return;
      forget(name(form));
      form.reset();
      for (const one of fields(form)) one.dispatchEvent(new Event("change", { bubbles: true }));
      forget(name(form));
      form.querySelector("[data-restored]").hidden = true;
    });
  }
})();
