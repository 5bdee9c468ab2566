// Draws the charts that the server described: Vega-Lite, through the interpreter (no eval), without injected styles.
// The libraries are fetched from this server, and only on a page that has a chart.
(function () {
  "use strict";
  const self = document.currentScript;
  const libraries = [self.dataset.vega, self.dataset.vegaLite, self.dataset.vegaEmbed];
  // Vietnamese writes 1.234,5.
  const NUMBERS = { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"] };
  let ready = null;

  function fetchScript(address) {
    return new Promise(function (done, failed) {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function libraryReady() {
    if (!ready) ready = libraries.reduce(function (before, address) {
      return before.then(function () { return fetchScript(address); });
    }, Promise.resolve());
    return ready;
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  // The names that specifications give to their marks: the same as on paper (charts/looks.py), in the colours of the page.
  function styles(font, ink, quiet) {
    const late = colour("--late");
    function words(fill, more) { return Object.assign({ color: fill, font: font, fontSize: 13 }, more); }
    return {
      label: words(ink), strong: words(ink, { fontWeight: "bold" }), quiet: words(quiet, { fontSize: 12 }),
      "on-dark": words(colour("--sheet"), { fontWeight: "bold" }), "on-light": words(ink), "late-text": words(late, { fontWeight: "bold" }),
      lead: { color: quiet, strokeWidth: 0.6 }, today: { color: ink, strokeWidth: 1.2 },
      thick: { color: colour("--bar-done"), strokeWidth: 2.6 }, thin: { color: ink, strokeWidth: 1.2 },
      dashed: { color: late, strokeWidth: 1.8, strokeDash: [5, 3] }, late: { color: colour("--bar-late") },
      halo: words(colour("--paper"), { stroke: colour("--paper"), strokeWidth: 3, opacity: 0.8, fontSize: 12 }), small: words(ink, { fontSize: 12 }),
      due: { color: late, strokeWidth: 2.6 }, ahead: { color: quiet, strokeWidth: 1.2, strokeDash: [2, 3] },
      swatch: { stroke: quiet, strokeWidth: 0.6 }, ground: { color: colour("--hover"), stroke: colour("--paper"), strokeWidth: 1 }, outline: { color: colour("--sheet"), stroke: quiet, strokeWidth: 0.8 },
      mark: { color: ink, stroke: colour("--sheet"), strokeWidth: 0.6 }, hit: { color: ink, fillOpacity: 0, strokeOpacity: 0 },
    };
  }

  // A specification names the state of each colour in the order of its legend: usermeta.classes = ["done", "late"].
  function look(spec) {
    const classes = (spec.usermeta && spec.usermeta.classes) || ["done", "active", "late", "soon", "waiting", "deferred", "dropped"];
    const ink = colour("--ink");
    const quiet = colour("--ink-3");
    const rule = colour("--rule");
    const font = getComputedStyle(document.body).fontFamily;
    return {
      background: "transparent",
      font: font,
      view: { stroke: null },
      axis: { labelColor: ink, titleColor: quiet, gridColor: rule, domainColor: quiet, tickColor: quiet, labelFont: font, titleFont: font, labelFontSize: 13, titleFontSize: 13, titleFontWeight: 400, labelLimit: 260 },
      legend: { labelColor: ink, titleColor: quiet, labelFont: font, titleFont: font, labelFontSize: 13, titleFontSize: 13, orient: "top", titleFontWeight: 400 },
      title: { color: ink, font: font },
      text: { color: ink, font: font },
      area: { stroke: colour("--sheet"), strokeWidth: 1 },
      style: styles(font, ink, quiet),
      range: {
        heatmap: [colour("--sheet"), colour("--bar-active")],
        category: classes.map(function (name) { return colour("--bar-" + (name === "due_soon" ? "soon" : name)); }),
      },
      scale: { bandPaddingInner: 0.35, bandPaddingOuter: 0.2 },
      bar: { stroke: colour("--ink-3"), strokeWidth: 0.4 },
    };
  }

  // Charts carry their own data and fetch nothing. A mark that leads to its rows opens them beside the page, as its number
  // in the table does, and one that leads to a page goes there; Vega asks here before it would follow the link, and is told no.
  function loaderFor(place) {
    const refused = function () { return Promise.reject(new Error("a chart loads nothing")); };
    return {
      load: refused,
      sanitize: function (address) {
        if (!address.startsWith("/figures/")) window.location.assign(address);
        else if (window.htmx) window.htmx.ajax("GET", address, { source: place, target: "#drawer-body" });
        return refused();
      },
    };
  }

  function draw(place) {
    const source = document.getElementById(place.dataset.spec);
    if (!source) return;
    const named = ["role", "aria-label"].map(function (name) { return [name, place.getAttribute(name)]; });
    libraryReady().then(function () {
      const spec = JSON.parse(source.textContent);
      const paper = Boolean(spec.background);
      place.classList.toggle("on-paper", paper);
      return window.vegaEmbed(place, spec, {
        ast: true, actions: false, defaultStyle: false, renderer: "svg", config: paper ? {} : look(spec), formatLocale: NUMBERS,
        tooltip: { disableDefaultStyle: true },
        loader: loaderFor(place),
      });
    }).then(function () {
      // Vega names its place in English: it keeps the name that the page gave it, or none where its frame has one.
      place.removeAttribute("aria-roledescription");
      for (const [name, value] of named) {
        if (value === null) place.removeAttribute(name);
        else place.setAttribute(name, value);
      }
      // The same numbers stand in the table below; the drawing would only repeat them, mark by mark.
      const drawing = place.querySelector("svg");
      if (drawing) drawing.setAttribute("aria-hidden", "true");
    }).catch(function () {
      // The drawing is missing, not the numbers: open their table.
      const table = place.closest(".chart").querySelector("details");
      if (table) table.open = true;
    });
  }

  function drawAll(root) {
    for (const place of root.querySelectorAll("[data-spec]")) draw(place);
  }

  document.addEventListener("htmx:afterSettle", function (event) { drawAll(event.detail.elt); });
  document.addEventListener("dondoc:theme", function () { drawAll(document); });
  drawAll(document);
})();
