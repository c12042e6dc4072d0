// Asks every few seconds how far the exchange is, and shows it in place; when it has ended, the page comes anew.
// Without scripts, a button does.
(function () {
  "use strict";
  var panel = document.getElementById("sync-now");
  if (!panel || !window.XMLHttpRequest || panel.getAttribute("data-busy") === null) return;
  var EVERY = 4000; // milliseconds
  var failed = 0;

  function again() {
    window.setTimeout(ask, EVERY * (1 + Math.min(failed, 10)));
  }

  function show(html) {
    if (panel.contains(document.activeElement)) return; // somebody is about to press a button there
    panel.innerHTML = html;
  }

  function ask() {
    if (document.hidden) return again();
    var asking = new XMLHttpRequest();
    asking.open("GET", panel.getAttribute("data-from"));
    asking.onload = function () {
      failed = asking.status === 200 ? 0 : failed + 1;
      if (asking.status === 200 && asking.getResponseHeader("X-Busy") === "no") return window.location.replace("/staff/sync");
      if (asking.status === 200 && asking.getResponseHeader("X-Busy") === "yes") show(asking.responseText);
      again();
    };
    asking.onerror = function () {
      failed += 1;
      again();
    };
    asking.send();
  }

  again();
})();
