// The figures that a number can be held against stand once in the page; a row takes them when it is opened.
(function () {
  "use strict";
  const offered = document.getElementById("bindable");
  if (!offered) return;
  document.addEventListener("toggle", function (event) {
    const empty = event.target.querySelector && event.target.querySelector("select[data-bindable]:empty");
    if (empty) empty.append(offered.content.cloneNode(true));
  }, true);
})();
