// Days and files in the words of the site, whatever the language of the browser: 02/12/2023 and "Chọn tệp".
// The native input stays, carries the name and the value (a day as 2023-12-02) and opens its calendar.
(function () {
  "use strict";
  const words = document.body.dataset;

  function two(number) {
    return String(number).padStart(2, "0");
  }

  // "2023-12-02" or "2023-12-02T08:00" → "02/12/2023" or "08:00 02/12/2023"
  function shown(value) {
    const parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/.exec(value);
    return parts ? (parts[4] ? parts[4] + " " : "") + parts[3] + "/" + parts[2] + "/" + parts[1] : "";
  }

  function exists(year, month, day) {
    const date = new Date(year, month - 1, day);
    return date.getMonth() === month - 1 && date.getDate() === day;
  }

  // The year of a day typed without one: the next such day where the field looks ahead, else the last one.
  function nearest(day, month, ahead) {
    const now = new Date(), today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
    for (let years = 0; years < 9; years += 1) {
      const year = today.getFullYear() + (ahead ? years : -years);
      const date = new Date(year, month - 1, day);
      if (exists(year, month, day) && (ahead ? date >= today : date <= today)) return year;
    }
    return 0;
  }

  // The way back; null when it is no day of the calendar. A moment without an hour is the end of its day.
  function meant(text, moment, ahead) {
    const parts = /^(?:(\d{1,2})[:h](\d\d)\s+)?(\d{1,2})([/.-])(\d{1,2})(?:\4(\d{4}|\d\d))?$/.exec(text.trim());
    if (!parts || (parts[1] && !moment)) return null;
    const day = Number(parts[3]), month = Number(parts[5]);
    const year = parts[6] === undefined ? nearest(day, month, ahead) : Number(parts[6]) + (parts[6].length === 4 ? 0 : Number(parts[6]) < 70 ? 2000 : 1900);
    if (!year || !exists(year, month, day)) return null;
    const clock = parts[1] ? two(parts[1]) + ":" + parts[2] : "23:59";
    return year + "-" + two(month) + "-" + two(day) + (moment ? "T" + clock : "");
  }

  function dress(native) {
    const moment = native.type === "datetime-local", ahead = native.hasAttribute("data-ahead");
    const text = document.createElement("input");
    text.type = "text";
    text.className = native.className;
    text.placeholder = moment ? words.momentForm : words.dayForm;
    text.autocomplete = "off";
    text.value = shown(native.value);
    text.required = native.required;
    native.required = false;
    for (const name of ["aria-describedby", "aria-invalid", "autofocus"]) {
      if (native.hasAttribute(name)) text.setAttribute(name, native.getAttribute(name));
    }
    if (native.id) {
      text.id = native.id;
      native.id += "-native";
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tool";
    button.title = words.calendar;
    button.setAttribute("aria-label", words.calendar);
    button.append(icon("calendar"));
    const field = document.createElement("span");
    field.className = "dayfield";
    native.replaceWith(field);
    native.className = "native";
    native.tabIndex = -1;
    native.setAttribute("aria-hidden", "true");
    field.append(text, native, button);
    text.addEventListener("input", function () {
      const value = text.value.trim() === "" ? "" : meant(text.value, moment, ahead);
      native.value = value || "";
      text.setCustomValidity(value === null ? (moment ? words.momentWrong : words.dayWrong) : "");
    });
    // What was understood of a short form is shown in full.
    text.addEventListener("change", function () { if (native.value) text.value = shown(native.value); });
    native.addEventListener("change", function () {
      text.value = shown(native.value);
      text.setCustomValidity("");
    });
    button.addEventListener("click", function () {
      if (native.showPicker) native.showPicker();
      else native.focus();
    });
  }

  function icon(name) {
    const sample = document.querySelector("svg.icon use");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", sample.getAttribute("href").split("#")[0] + "#" + name);
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    svg.append(use);
    return svg;
  }

  function dressFile(native) {
    const field = document.createElement("span");
    field.className = "filefield";
    const name = document.createElement("span");
    name.className = "quiet";
    name.textContent = words.noFile;
    const button = document.createElement("span");
    button.className = "btn";
    button.textContent = native.multiple ? words.chooseFiles : words.chooseFile;
    button.setAttribute("aria-hidden", "true");
    name.setAttribute("aria-live", "polite");
    native.replaceWith(field);
    native.className = "native";
    field.append(native, button, name);
    native.addEventListener("change", function () {
      const chosen = Array.from(native.files).map(function (file) { return file.name; });
      const more = chosen.length > 3 ? " … (+" + (chosen.length - 3) + ")" : "";
      name.textContent = chosen.length ? chosen.slice(0, 3).join(", ") + more : words.noFile;
      name.className = chosen.length ? "" : "quiet";
    });
  }

  function dressAll(root) {
    for (const native of root.querySelectorAll("input[type=date]:not(.native), input[type=datetime-local]:not(.native)")) dress(native);
    for (const native of root.querySelectorAll("input[type=file]:not(.native)")) dressFile(native);
  }

  // A field left empty is asked for in the language of the page, not of the browser.
  document.addEventListener("invalid", function (event) {
    const field = event.target;
    if (!field.validity.valueMissing) return;
    field.setCustomValidity(field.tagName === "SELECT" ? words.chooseOne : words.fillIn);
    field.addEventListener(field.tagName === "SELECT" ? "change" : "input", function () { field.setCustomValidity(""); }, { once: true });
  }, true);

  // A file may be dropped on the frame of its field; beside it the only such frame of the page takes it, or else
  // nothing happens: a browser would leave the page and show the file, and what was typed were lost.
  function frameOf(event) {
    const frames = document.querySelectorAll(".drop");
    return (event.target.closest && event.target.closest(".drop")) || (frames.length === 1 ? frames[0] : null);
  }
  function isFile(event) { return event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files"); }
  document.addEventListener("dragover", function (event) { if (isFile(event)) event.preventDefault(); });
  document.addEventListener("drop", function (event) {
    if (isFile(event)) event.preventDefault();
    const frame = frameOf(event);
    const native = frame && frame.querySelector("input[type=file]");
    if (!native || event.dataTransfer.files.length === 0) return;
    native.files = event.dataTransfer.files;
    native.dispatchEvent(new Event("change"));
  });

  document.addEventListener("htmx:afterSettle", function (event) { dressAll(event.detail.elt.parentElement || document); });
  dressAll(document);
})();
