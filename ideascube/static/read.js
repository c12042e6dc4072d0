/* Pure enhancement of pages that are read: letters and paper change at once, and the place within a part is kept. */
(function () {
  "use strict";
  var root = document.documentElement;
  var YEAR = 365 * 24 * 3600; // seconds
  var MOST = 60; // parts whose place is kept
  var KEY = "reading-places";

  function wear(look) {
    var name = look.split("-")[0];
    var classes = root.className.split(" ").filter(function (each) { return each.indexOf(name + "-") !== 0; });
    root.className = classes.concat(look).join(" ");
    document.cookie = "reading=" + root.className.trim().split(/\s+/).join(".") + ";path=/read;max-age=" + YEAR + ";samesite=lax";
    [].forEach.call(document.querySelectorAll("[data-look^=" + name + "-]"), function (link) {
      if (link.getAttribute("data-look") === look) { link.setAttribute("aria-current", "true"); } else { link.removeAttribute("aria-current"); }
    });
  }

  [].forEach.call(document.querySelectorAll("[data-look]"), function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      keepingPlace(function () { wear(link.getAttribute("data-look")); });
    });
  });

  /* Letters of another size move the text: what was at the finger stays there. */
  function keepingPlace(change) {
    var link = document.activeElement;
    var before = link ? link.getBoundingClientRect().top : 0;
    change();
    if (link) { window.scrollBy(0, link.getBoundingClientRect().top - before); }
  }

  /* Only the part that the address names: contents and choices are not places. */
  var here = location.pathname + (/[?&]at=\d+/.exec(location.search) || [""])[0].replace("&", "?");

  function places() {
    try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch (error) { return []; }
  }

  function share() {
    var text = document.querySelector(".text").getBoundingClientRect();
    return text.height > 0 ? Math.max(0, -text.top / text.height) : 0;
  }

  function keep() {
    var kept = places().filter(function (each) { return each[0] !== here; });
    var now = Math.round(share() * 10000) / 10000;
    if (now > 0 && now < 1) { kept.push([here, now]); }
    try { localStorage.setItem(KEY, JSON.stringify(kept.slice(-MOST))); } catch (error) { /* a full or closed store */ }
  }

  function goBack() {
    var kept = places().filter(function (each) { return each[0] === here; })[0];
    if (!kept || location.hash || !(kept[1] > 0 && kept[1] < 1)) { return; }
    var text = document.querySelector(".text").getBoundingClientRect();
    window.scrollTo(0, window.pageYOffset + text.top + text.height * kept[1]);
  }

  var waiting = null;
  window.addEventListener("scroll", function () {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 500);
  });
  window.addEventListener("load", goBack);
})();
