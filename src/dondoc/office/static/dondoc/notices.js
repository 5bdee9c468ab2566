// The bell of a page that stays open: asks now and then whether something came. Silent when it cannot ask.
(function () {
  "use strict";
  const EVERY = 3 * 60 * 1000;
  const bell = document.querySelector("[data-bell]");
  if (!bell) return;
  const label = bell.querySelector("[data-bell-label]");
  const count = bell.querySelector("[data-bell-count]");
  let timer = null;

  function show(found) {
    label.textContent = found.label;
    count.textContent = found.count;
    count.hidden = found.count === 0;
  }

  function ask() {
    if (document.hidden) return;
    window.fetch(bell.dataset.bell, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      // Signed out meanwhile: there is nothing to ask any more.
      if (!answer.ok) { window.clearInterval(timer); return null; }
      return answer.json().then(show);
    }).catch(function () { /* The next time will do. */ });
  }

  timer = window.setInterval(ask, EVERY);
})();
