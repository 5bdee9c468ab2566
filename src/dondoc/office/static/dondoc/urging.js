// What is to be urged today: how many are ticked stands on the button and in the question before they are sent.
(function () {
  "use strict";
  const form = document.querySelector("[data-urging]");
  const send = form && form.querySelector("[data-send-urges]");
  if (!send) return;
  const all = form.querySelector("[data-tick-all]");
  const boxes = Array.from(form.querySelectorAll("input[name=duty]"));

  function show() {
    const ticked = boxes.filter(function (box) { return box.checked; }).length;
    form.querySelector("[data-ticked]").textContent = ticked ? "(" + ticked + ")" : "";
    send.disabled = ticked === 0;
    send.dataset.confirm = ticked === 1 ? send.dataset.one : send.dataset.many + " " + ticked + ".";
    all.setAttribute("aria-pressed", String(ticked === boxes.length));
  }

  form.addEventListener("change", show);
  all.addEventListener("click", function () {
    const wanted = boxes.some(function (box) { return !box.checked; });
    for (const box of boxes) box.checked = wanted;
    show();
  });
  window.addEventListener("pageshow", show);
  show();
})();
