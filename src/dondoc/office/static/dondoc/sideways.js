// Says of a frame that scrolls sideways that it does, and on which side there is more: [data-sideways] in .sideways.
(function () {
  "use strict";
  const watched = new WeakSet();

  function look(frame) {
    const room = frame.scrollWidth - frame.clientWidth;
    const holder = frame.parentElement;
    holder.classList.toggle("is-wide", room > 1);
    holder.classList.toggle("more-before", room > 1 && frame.scrollLeft > 1);
    holder.classList.toggle("more-after", room > 1 && room - frame.scrollLeft > 1);
    // Only what moves is worth a stop of the Tab key.
    if (room > 1) frame.setAttribute("tabindex", "0");
    else frame.removeAttribute("tabindex");
  }

  // A drawing comes after the page, and a table opens later: both make their frame higher.
  const sizes = new ResizeObserver(function (entries) {
    for (const entry of entries) look(entry.target);
  });

  // The pictures and tables of a report are plain, also in its file: here each gets a frame that has a name.
  function frameReport(root) {
    for (const image of root.querySelectorAll(".paper figure.chart > .drawing")) {
      const frame = document.createElement("div");
      frame.className = "scroll";
      image.before(frame);
      frame.append(image);
      hold(frame, image.closest("figure").querySelector("figcaption").textContent);
    }
    for (const frame of root.querySelectorAll(".paper .scroll:not([data-sideways])")) {
      const heads = Array.from(frame.querySelectorAll("thead th"), function (cell) { return cell.textContent; });
      const caption = frame.querySelector("caption");
      frame.classList.toggle("many", heads.length > 5);
      hold(frame, caption ? caption.textContent : heads.join(", "));
    }
  }

  function hold(frame, title) {
    const [holder, hint] = ["div", "p"].map(function (name) { return document.createElement(name); });
    holder.className = "sideways";
    hint.className = "hint small quiet no-print";
    hint.setAttribute("aria-hidden", "true");
    hint.textContent = document.body.dataset.wide;
    frame.dataset.sideways = "";
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", title);
    frame.before(holder);
    holder.append(hint, frame);
  }

  function watch(root) {
    frameReport(root);
    for (const frame of root.querySelectorAll("[data-sideways]")) {
      look(frame);
      if (watched.has(frame)) continue;
      watched.add(frame);
      sizes.observe(frame);
      frame.addEventListener("scroll", function () { look(frame); }, { passive: true });
    }
  }

  document.addEventListener("htmx:afterSettle", function (event) { watch(event.detail.elt); });
  watch(document);
})();
