// Files put in together: each is sent by a request of its own, two at a time, with a row that says how far it is and
// what became of it. Without this script the form goes as it is, in one piece.
(function () {
  "use strict";
  const form = document.querySelector("form[data-deliver]");
  const section = document.getElementById("sending");
  if (!form || !section) return;
  const own = form.dataset;
  const words = document.getElementById("sending-words").dataset;
  const input = form.querySelector("input[type=file]");
  const rows = document.getElementById("files");
  const part = function (name) { return section.querySelector("[data-" + name + "]"); };
  const LANES = 2;
  const PAUSE = 3000; // before a file is sent again whose turn had not come
  const items = [];
  let address = own.send || "";
  let broken = "";
  let running = false;

  function field(name) {
    const found = form.elements[name];
    return found ? found.value : "";
  }

  function cell(row, label, name) {
    const made = document.createElement("td");
    if (name) made.className = name;
    made.textContent = label;
    row.append(made);
    return made;
  }

  // A row before the server has said anything of its file.
  function rowOf(item) {
    const row = document.createElement("tr");
    row.id = "file-" + item.order;
    cell(row, String(item.order), "num wide-only");
    cell(row, item.file.name, "first file-name");
    const said = cell(row, "", "");
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", item.file.name);
    const state = document.createElement("span");
    state.className = "quiet";
    state.textContent = words.waiting;
    said.append(bar, state);
    cell(row, "", "");
    cell(row, "", "");
    return row;
  }

  function say(item, text, share) {
    const row = document.getElementById("file-" + item.order);
    const bar = row && row.querySelector("progress");
    if (!bar) return;
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
    bar.nextSibling.textContent = text;
  }

  // What the server says of a file takes the place of the row. Of a secret one it kept no name: this page knows it.
  function settle(item, html) {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    const row = holder.content.firstElementChild;
    const old = document.getElementById("file-" + item.order);
    const same = document.getElementById(row.id);
    if (same && same !== old) {
      same.replaceWith(row); // sent once more: it stands where it stood
      if (old) old.remove();
    } else if (old) {
      old.replaceWith(row);
    }
    item.order = Number(row.id.slice(5));
    name(item);
    if (window.htmx) window.htmx.process(row);
  }

  function name(item) {
    const row = document.getElementById("file-" + item.order);
    if (row && row.dataset.outcome === "secret") row.querySelector("[data-name]").textContent = item.file.name;
  }

  function sum() {
    const done = items.filter(function (item) { return item.state === "done"; }).length;
    part("sum").textContent = done + "/" + items.length + " " + words.of;
    part("bar").max = items.length;
    part("bar").value = done;
    part("stay").hidden = !running;
    part("broken").hidden = running || done === items.length;
    part("why").textContent = broken;
  }

  function post(url, body, onProgress) {
    return new Promise(function (done) {
      const request = new XMLHttpRequest();
      request.open("POST", url);
      request.setRequestHeader("X-CSRFToken", field("csrfmiddlewaretoken"));
      if (onProgress) request.upload.addEventListener("progress", onProgress);
      request.addEventListener("loadend", function () { done(request); });
      const data = new FormData();
      for (const key of Object.keys(body)) data.append(key, body[key]);
      request.send(data);
    });
  }

  // Why nothing came of a request: in the server's own words where it gave some.
  function why(answer) {
    const plain = (answer.getResponseHeader("Content-Type") || "").startsWith("text/plain");
    if (answer.status === 0) return words.notSent;
    if (plain && answer.responseText) return answer.responseText;
    return answer.status === 200 || answer.status === 403 ? words.signedOut : words.failedWords;
  }

  async function send(item) {
    const body = { order: item.order, received_on: field("received_on") || own.day, name: item.file.name };
    if (item.again) body.again = "1";
    // A file over the limit is not sent: the server only notes that it was refused.
    if (item.file.size <= Number(words.limit)) body.file = item.file;
    item.again = true;
    const answer = await post(address, body, function (event) {
      const share = event.total ? event.loaded / event.total : 0;
      say(item, share < 1 ? words.sending + " " + Math.round(share * 100) + "%" : words.sent, share < 1 ? share : null);
    });
    if (answer.status === 200 && answer.responseURL.endsWith(address)) {
      item.state = "done";
      settle(item, answer.responseText);
    } else if (answer.status === 503) {
      say(item, words.turn, 0);
      await new Promise(function (done) { window.setTimeout(done, PAUSE); });
    } else if (answer.status === 422) {
      item.state = "failed";
      broken = answer.responseText;
      say(item, answer.responseText, 0);
    } else {
      item.state = "failed";
      broken = why(answer);
      say(item, words.notSent.split(":")[0], 0);
      return false; // the next would fare no better
    }
    return true;
  }

  async function lane() {
    for (;;) {
      const item = items.find(function (one) { return one.state === "waiting"; });
      if (!item) return;
      item.state = "sending";
      const goOn = await send(item);
      if (item.state === "sending") item.state = "waiting";
      sum();
      if (!goOn) return;
    }
  }

  async function begin() {
    const answer = await post(own.begin, { key: own.key, expected: items.length });
    if (answer.status !== 201) {
      broken = why(answer);
      return false;
    }
    const said = JSON.parse(answer.responseText);
    address = said.send;
    // Whoever loads the page again sees what has come; other officers see it at the same address.
    window.history.replaceState(null, "", said.url);
    if (window.htmx) window.htmx.ajax("GET", said.url + "progress/", { target: "#sending-progress", swap: "innerHTML" });
    return true;
  }

  async function run() {
    running = true;
    broken = "";
    for (const item of items) if (item.state === "failed") item.state = "waiting";
    sum();
    if (address || (await begin())) {
      await Promise.all(Array.from({ length: LANES }, lane));
      for (const item of items) if (item.state === "waiting") item.state = "failed";
    } else {
      for (const item of items) item.state = "failed";
    }
    running = false;
    sum();
  }

  function start(files) {
    let order = Number(own.next || 1);
    for (const file of files) {
      const item = { file: file, order: order, state: "waiting", again: "again" in own };
      items.push(item);
      rows.append(rowOf(item));
      order += 1;
    }
    section.hidden = false;
    form.hidden = true;
    document.getElementById("sending-title").focus({ preventScroll: true });
    run();
  }

  form.addEventListener("submit", function (event) {
    const files = Array.from(input.files);
    const pasted = field("text").trim() !== "";
    if (files.length > Number(words.most)) {
      event.preventDefault();
      input.setCustomValidity(words.tooMany);
      input.reportValidity();
      return;
    }
    const single = pasted || field("issued_on") || field("incoming_number");
    if (!own.send && (files.length < 2 || single)) {
      // One document goes the plain way, to its reading. A scan takes a while: that is said.
      if (files.length === 1 && !pasted) {
        form.querySelector("button.btn-primary").textContent = words.sent;
        form.setAttribute("aria-busy", "true");
      }
      return;
    }
    event.preventDefault();
    if (files.length) start(files);
  });
  input.addEventListener("change", function () { input.setCustomValidity(""); });
  part("send-rest").addEventListener("click", run);
  window.addEventListener("beforeunload", function (event) {
    if (running) event.preventDefault();
  });

  // What was read meanwhile comes with the line above the rows; this page makes the rows of its files itself.
  document.addEventListener("htmx:configRequest", function (event) {
    if (items.length && event.detail.path.includes("/progress/")) event.detail.parameters.sending = "1";
  });
  document.addEventListener("htmx:oobAfterSwap", function () { items.forEach(name); });

  // A folder that is dropped stands for the files in it.
  function filesIn(entry) {
    if (entry.isFile) return new Promise(function (done) { entry.file(function (file) { done([file]); }, function () { done([]); }); });
    const reader = entry.createReader();
    const found = [];
    return new Promise(function (done) {
      (function more() {
        reader.readEntries(function (some) {
          if (!some.length) return done(Promise.all(found).then(function (lists) { return lists.flat(); }));
          for (const one of some) if (!one.name.startsWith(".")) found.push(filesIn(one));
          more();
        }, function () { done([]); });
      })();
    });
  }

  document.addEventListener("drop", function (event) {
    const entries = Array.from(event.dataTransfer.items || []).map(function (item) { return item.webkitGetAsEntry && item.webkitGetAsEntry(); });
    if (!entries.some(function (entry) { return entry && entry.isDirectory; })) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    Promise.all(entries.filter(Boolean).map(filesIn)).then(function (lists) {
      const chosen = new DataTransfer();
      for (const file of lists.flat()) chosen.items.add(file);
      input.files = chosen.files;
      input.dispatchEvent(new Event("change"));
    });
  });
})();
