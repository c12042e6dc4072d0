/* Text that write.js keeps on a phone belongs to one person: on a phone that others use too, it goes when they sign out, and
   whoever signs in next finds nothing of theirs. On every page of the workspace, and small. Plain ECMAScript 5. */
(function () {
  "use strict";

  var person = document.querySelector("meta[name=person]"), mine = "kept-text:" + (person ? person.content : "") + ":";

  function wipe(keep) {
    var i, name;
    try {
      for (i = window.localStorage.length - 1; i >= 0; i -= 1) {
        name = window.localStorage.key(i);
        if (name.indexOf("kept-text:") === 0 && !(keep && name.indexOf(mine) === 0)) { window.localStorage.removeItem(name); }
      }
    } catch (error) { return; }  /* forbidden: then nothing was kept either */
  }

  wipe(true);
  document.addEventListener("submit", function (event) {
    if (event.target.getAttribute("action") === "/staff/sign-out" && !event.defaultPrevented) { wipe(false); }
  }, false);
}());
