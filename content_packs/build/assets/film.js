/* Starts the film or sound of a page at the second that the address names: PAGE#t=95, as the results of a search do.

   Plain ECMAScript 2015. Without it, the address leads to the words in the transcript, which has an id for each cue. */
(function () {
  "use strict";

  function second() {
    var named = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
    return named ? Number(named[1]) : -1;
  }

  /* Some browsers forget what they are told before they know how long the film is. */
  function seek(player, time) {
    function go() { player.currentTime = time; }
    if (player.readyState > 0) {
      go();
    } else {
      player.addEventListener("loadedmetadata", function () {
        if (second() === time) { go(); }
      }, { once: true });
    }
  }

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

  /* The transcript in a language that the reader knows, else the first one that has these words' second. */
  function transcript(time) {
    var said = all(".transcript [data-t='" + Math.floor(time) + "']");
    var open = said.map(function (words) { return words.closest(".transcript"); });
    var known = (navigator.languages || [navigator.language]).map(function (code) { return code.split("-")[0]; });
    var read = open.filter(function (one) { return known.indexOf(one.lang.split("-")[0]) >= 0; });
    return read[0] || open[0];
  }

  function show() {
    var player = document.querySelector("video, audio"), time = second(), words;
    if (!player || time < 0) { return; }
    seek(player, time);
    words = transcript(time);
    all(".transcript").forEach(function (one) { one.open = one === words; });
    player.scrollIntoView();
  }

  /* Else the browser leads to the words, away from the film, and to those of the first language. */
  all(".transcript [id]").forEach(function (words) { words.removeAttribute("id"); });
  window.addEventListener("hashchange", show);
  show();
})();
