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

  // The pictures of a report are plain images, also in its file: here they get a frame of their own.
  function frameImages(root) {
    for (const image of root.querySelectorAll(".paper figure.chart > img.drawing")) {
      const [holder, hint, frame] = ["div", "p", "div"].map(function (name) { return document.createElement(name); });
      holder.className = "sideways";
      hint.className = "hint small quiet";
      hint.setAttribute("aria-hidden", "true");
      hint.textContent = document.body.dataset.wide;
      frame.className = "scroll";
      frame.dataset.sideways = "";
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", image.parentElement.querySelector("figcaption").textContent);
      image.before(holder);
      holder.append(hint, frame);
      frame.append(image);
    }
  }

  function watch(root) {
    frameImages(root);
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
