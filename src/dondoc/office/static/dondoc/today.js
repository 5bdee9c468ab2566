// On the day's page a report with a draft on this machine (progress.js keeps it) says so: "nothing new" is not offered
// for it, and is not said of it with all the others either. Without this script both are offered, as without drafts.
(function () {
  "use strict";
  for (const part of document.querySelectorAll("[data-period]")) {
    const own = "dondoc.draft." + part.dataset.user + ".progress-" + part.dataset.period + "-";
    let keys = [];
    try {
      keys = Object.keys(window.localStorage).filter(function (key) { return key.startsWith(own); });
    } catch (refused) {
      return; // switched off: nothing is kept
    }
    const begun = new Set(), drafts = new Set();
    for (const key of keys) {
      const words = key.slice(own.length).split("-");
      drafts.add(words[0]);
      if (words[1] === "0") begun.add(words[0]);
    }
    for (const line of part.querySelectorAll("li[data-report]")) {
      if (!drafts.has(line.dataset.report)) continue;
      line.querySelector("[data-draft-mark]").hidden = false;
      const form = line.querySelector("form");
      if (form) form.hidden = true;
    }
    const all = part.querySelector("[data-all]");
    if (!all || !begun.size) continue;
    for (const id of begun) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "besides";
      hidden.value = id;
      all.form.append(hidden);
    }
    const left = Math.max(0, Number(all.dataset.all) - begun.size);
    all.textContent = all.dataset.said.replace("{n}", String(left));
    all.dataset.confirm = all.dataset.asked.replace("{n}", String(left));
    all.disabled = left === 0;
  }
})();
