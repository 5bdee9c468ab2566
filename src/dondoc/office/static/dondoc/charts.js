// Draws the charts that the server described: Vega-Lite, through the interpreter (no eval), without injected styles.
// The libraries are fetched from this server, and only on a page that has a chart.
(function () {
  "use strict";
  const self = document.currentScript;
  const page = document.documentElement;
  const libraries = [self.dataset.vega, self.dataset.vegaLite, self.dataset.vegaEmbed];
  // Vietnamese writes 1.234,5.
  const NUMBERS = { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"] };
  // Narrower than this, a picture laid out for paper cannot be read: then the one for a phone is drawn, where there is one.
  const WIDE = 540;
  const drawn = new WeakMap(); // what stands in a place: "wide" or "narrow"
  let ready = null;
  let printing = false;

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
    return getComputedStyle(page).getPropertyValue(name).trim();
  }

  // The names that specifications give to their marks: the same as on paper (charts/looks.py), in the colours of the page.
  function styles(font, ink, quiet, small) {
    const late = colour("--late");
    function words(fill, more) { return Object.assign({ color: fill, font: font, fontSize: 13 }, more); }
    return {
      label: words(ink), strong: words(ink, { fontWeight: "bold" }), quiet: words(quiet, { fontSize: small }),
      "on-dark": words(colour("--sheet"), { fontWeight: "bold" }), "on-light": words(ink), "late-text": words(late, { fontWeight: "bold" }),
      pile: { stroke: quiet, strokeWidth: 0.6 }, ribbon: { stroke: colour("--paper") }, lead: { color: quiet, strokeWidth: 0.6 }, today: { color: ink, strokeWidth: 1.2 },
      thick: { color: colour("--bar-done"), strokeWidth: 2.6 }, thin: { color: ink, strokeWidth: 1.2 },
      dashed: { color: late, strokeWidth: 1.8, strokeDash: [5, 3] }, late: { color: colour("--bar-late") },
      halo: words(colour("--paper"), { stroke: colour("--paper"), strokeWidth: 3, opacity: 0.8, fontSize: 12 }), small: words(ink, { fontSize: small }),
      due: { color: late, strokeWidth: 2.6 }, ahead: { color: quiet, strokeWidth: 1.2, strokeDash: [2, 3] },
      swatch: { stroke: quiet, strokeWidth: 0.6 }, ground: { color: colour("--hover"), stroke: colour("--paper"), strokeWidth: 1 }, outline: { color: colour("--sheet"), stroke: quiet, strokeWidth: 0.8 },
      mark: { color: ink, stroke: colour("--sheet"), strokeWidth: 0.6 }, hit: { color: ink, fillOpacity: 0, strokeOpacity: 0 },
    };
  }

  // A specification names the state of each colour in the order of its legend: usermeta.classes = ["done", "late"].
  function look(spec, shape) {
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
      style: styles(font, ink, quiet, shape === "narrow" ? 13 : 12),
      range: {
        heatmap: [colour("--sheet"), colour("--bar-active")],
        category: classes.map(function (name) { return colour("--area-" + name) || colour("--bar-" + (name === "due_soon" ? "soon" : name)); }),
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

  function narrowOf(place) {
    return document.getElementById(place.dataset.spec + "-narrow");
  }

  function shapeOf(place) {
    return narrowOf(place) && !printing && place.closest(".chart").clientWidth < WIDE ? "narrow" : "wide";
  }

  // What is other about a picture on a phone lies beside it: its layout, and the words that stand elsewhere.
  function described(place, shape) {
    const spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
    if (shape === "wide") return spec;
    const narrow = JSON.parse(narrowOf(place).textContent);
    return Object.assign({}, spec, narrow, { datasets: Object.assign({}, spec.datasets, narrow.datasets) });
  }

  function draw(place) {
    if (!document.getElementById(place.dataset.spec)) return;
    const shape = shapeOf(place);
    drawn.set(place, shape);
    const named = ["role", "aria-label"].map(function (name) { return [name, place.getAttribute(name)]; });
    libraryReady().then(function () {
      const spec = described(place, shape);
      const paper = Boolean(spec.background);
      place.classList.toggle("on-paper", paper);
      place.classList.toggle("narrow", shape === "narrow");
      return window.vegaEmbed(place, spec, {
        ast: true, actions: false, defaultStyle: false, renderer: "svg", config: paper ? {} : look(spec, shape), formatLocale: NUMBERS,
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
    for (const place of root.querySelectorAll("[data-spec]")) {
      draw(place);
      widths.observe(place.closest(".chart"));
    }
  }

  // A window made narrower or a phone that is turned: what stands there may not fit any more.
  const widths = new ResizeObserver(function (entries) {
    for (const entry of entries) {
      const place = entry.target.querySelector("[data-spec]");
      if (!printing && place && shapeOf(place) !== drawn.get(place)) draw(place);
    }
  });

  // Paper has the wide one in the colours of day, whatever the screen shows.
  function drawAgain(isNight) {
    for (const place of document.querySelectorAll("[data-spec]")) {
      if (isNight || shapeOf(place) !== drawn.get(place)) draw(place);
    }
  }
  window.addEventListener("beforeprint", function () {
    printing = true;
    const isNight = page.dataset.bsTheme === "dark";
    if (isNight) page.dataset.bsTheme = "light";
    drawAgain(isNight);
  });
  window.addEventListener("afterprint", function () {
    printing = false;
    window.dondocTheme();
    drawAgain(page.dataset.bsTheme === "dark");
  });

  document.addEventListener("htmx:afterSettle", function (event) { drawAll(event.detail.elt); });
  document.addEventListener("dondoc:theme", function () { drawAll(document); });
  drawAll(document);
})();
