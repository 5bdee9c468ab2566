// Writing a report: a figure that is chosen is named in the passage where the cursor stands.
(function () {
  "use strict";
  const offered = document.getElementById("figures-offered");
  for (const select of document.querySelectorAll("select[data-insert]")) {
    if (!offered) { select.closest(".field").hidden = true; continue; }
    // Sixty lines for each of many forms would make the page heavy: a list is filled when it is first needed.
    const fill = function () {
      if (select.options.length < 2) select.append(offered.content.cloneNode(true));
    };
    select.addEventListener("focus", fill);
    select.addEventListener("pointerdown", fill);
    select.addEventListener("change", function () {
      const text = document.getElementById(select.dataset.insert);
      if (!select.value || !text) return;
      text.setRangeText(select.value, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
      select.value = "";
      text.focus();
    });
  }
})();
