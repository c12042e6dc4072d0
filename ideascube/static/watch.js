/* Players: where one stopped, speed, subtitles, and the words that follow the film and can be searched.

   A page is whole without this: the browser's own controls, subtitles, words, and links to their seconds. Plain
   ECMAScript 5, for old phones; what a browser does not know is left out. */
(function () {
  "use strict";

  var SOON = 5, EVERY = 20, NEAR = 0.3;  // seconds: when a place is first told, and how often; how early a word counts as said

  function all(root, selector) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }

  function on(target, names, act) {
    names.split(" ").forEach(function (name) { target.addEventListener(name, act, false); });
  }

  function named() {
    var second = /^#t=(\d{1,6}(?:\.\d+)?)$/.exec(location.hash);
    return second ? Number(second[1]) : -1;
  }

  /* Its seconds */

  function go(media, second) {
    function seek() { media.currentTime = second; }
    if (media.readyState > 0) { seek(); return; }
    media.addEventListener("loadedmetadata", function once() {
      media.removeEventListener("loadedmetadata", once, false);
      seek();
    }, false);
    media.load();
  }

  function play(media) {
    var started = media.play();
    if (started && started.catch) { started.catch(function () { return; }); }
  }

  function atNamedSecond(player, media) {
    function show() {
      if (named() < 0) { return; }
      go(media, named());
      player.scrollIntoView();
    }
    /* Else the browser leads to the words, away from the film. */
    all(player, "[id^='t=']").forEach(function (words) { words.removeAttribute("id"); });
    if (named() >= 0) { media.src = media.getAttribute("src").split("#")[0] + "#t=" + named(); }
    on(window, "hashchange", show);
    show();
  }

  function withLinks(player, media) {
    on(player, "click", function (event) {
      var link = event.target, second;
      while (link && link !== player && !link.getAttribute("data-go")) { link = link.parentNode; }
      if (!link || link === player || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      second = Number(link.getAttribute("data-go"));
      if (Math.abs(media.currentTime - second) > 1) { go(media, second); }
      play(media);
    });
    on(media, "playing", function () {
      all(player, ".resume").forEach(function (links) { links.parentNode.removeChild(links); });
    });
  }

  /* Where one stopped */

  function withPlace(player, media) {
    var told = -1, played = false, isTold = false;

    function place() {
      var of = isFinite(media.duration) ? media.duration : 0;
      return ["kind", "pack", "path", "title"].map(function (name) {
        return name + "=" + encodeURIComponent(player.getAttribute("data-" + name));
      }).concat("at=" + media.currentTime.toFixed(1), "of=" + of.toFixed(1)).join("&");
    }

    function tell(leaving) {
      var form = "application/x-www-form-urlencoded", request;
      if (!played || Math.abs(media.currentTime - told) < 1) { return; }
      told = media.currentTime;
      isTold = true;
      if (leaving && navigator.sendBeacon && window.Blob) {
        navigator.sendBeacon("/progress", new Blob([place()], { type: form }));
        return;
      }
      request = new XMLHttpRequest();
      request.open("POST", "/progress");
      request.setRequestHeader("Content-Type", form);
      request.send(place());
    }

    on(media, "playing", function () { played = true; });
    on(media, "timeupdate", function () {
      if (told < 0) { told = media.currentTime; }
      if (Math.abs(media.currentTime - told) >= (isTold ? EVERY : SOON)) { tell(false); }
    });
    on(media, "pause ended", function () { tell(false); });
    on(document, "click", function () { tell(true); }); // of a link: told before the next page asks where one stopped
    on(window, "pagehide", function () { tell(true); });
    on(document, "visibilitychange", function () { if (document.hidden) { tell(true); } });
  }

  /* Speed, subtitles */

  function withTools(player, media) {
    var speed = player.querySelector("[data-speed]"), subtitles = player.querySelector("[data-subtitles]");
    var back = player.querySelector("[data-back]"), tracks = media.textTracks || [];

    function each(act) { for (var number = 0; number < tracks.length; number += 1) { act(tracks[number]); } }

    on(back, "click", function () {
      media.currentTime = Math.max(0, media.currentTime - Number(back.getAttribute("data-back")));
    });
    on(speed, "change", function () { media.playbackRate = Number(speed.value); });
    on(media, "ratechange", function () { speed.value = String(media.playbackRate); });
    if (subtitles && tracks.length) {
      on(subtitles, "change", function () {
        each(function (track) { track.mode = track.language === subtitles.value ? "showing" : "disabled"; });
      });
      if (tracks.addEventListener) {
        on(tracks, "change", function () {
          subtitles.value = "";
          each(function (track) { if (track.mode === "showing") { subtitles.value = track.language; } });
        });
      }
    } else if (subtitles) {
      subtitles.parentNode.parentNode.removeChild(subtitles.parentNode);
    }
    player.querySelector(".tools").hidden = false;
  }

  /* What is said now */

  function second(words) { return Number(words.getAttribute("data-t")); }

  function lastBefore(said, time) {
    var low = 0, high = said.length, middle;
    while (low < high) {
      middle = (low + high) >> 1;
      if (second(said[middle]) <= time) { low = middle + 1; } else { high = middle; }
    }
    return said[low - 1];
  }

  function show(box, words) {
    box.scrollTop = words.offsetTop - box.clientHeight / 3;
  }

  function following(box, media, button) {
    var said = all(box, "[data-t]"), now = null, isLeft = false;

    function left() {
      isLeft = true;
      if (button && now) { button.parentNode.hidden = false; }
    }

    function follow() {
      var words = media.paused && !media.currentTime ? null : lastBefore(said, media.currentTime + NEAR);
      if (words === now) { return; }
      if (now) { now.removeAttribute("aria-current"); }
      now = words || null;
      if (now) {
        now.setAttribute("aria-current", "true");
        if (!isLeft) { show(box, now); }
      }
    }

    /* Who scrolls reads elsewhere, and is not pulled back. */
    on(box, "wheel touchmove keydown", left);
    on(media, "timeupdate seeked", follow);
    if (button) {
      on(button, "click", function () {
        isLeft = false;
        button.parentNode.hidden = true;
        if (now) { show(box, now); }
      });
    }
    return { leave: left };
  }

  /* Searching in it */

  function plain(text) {
    var lower = text.toLowerCase();
    return lower.normalize ? lower.normalize("NFD").replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, "") : lower;
  }

  function holding(box, wanted) {
    var found = [];
    all(box, "p").forEach(function (paragraph) {
      var parts = all(paragraph, "span").filter(function (part) { return plain(part.textContent).indexOf(wanted) >= 0; });
      if (!parts.length && plain(paragraph.textContent).indexOf(wanted) >= 0) { parts = [paragraph]; }
      found = found.concat(parts);
    });
    return found;
  }

  function withSearch(words, followers) {
    var form = words.querySelector(".find"), field = form.querySelector("input"), count = form.querySelector(".count");
    var hits = [], place = 0, waiting;

    function step(by) {
      var hit = hits[place], box;
      if (!hit) { return; }
      hit.classList.remove("here");
      place = (place + by + hits.length) % hits.length;
      hit = hits[place];
      hit.classList.add("here");
      box = hit;
      while (!box.classList.contains("said")) { box = box.parentNode; }
      if (box.parentNode.open === false) { box.parentNode.open = true; }
      followers.forEach(function (follower) { follower.leave(); });
      show(box, hit);
      count.textContent = (place + 1) + "/" + hits.length;
    }

    function find() {
      var wanted = plain(field.value.replace(/\s+/g, " ").trim());
      hits.forEach(function (hit) { hit.className = ""; });
      hits = [];
      place = 0;
      count.textContent = "";
      if (wanted.length < 2) { return; }
      all(words, ".said").forEach(function (box) { hits = hits.concat(holding(box, wanted)); });
      hits.forEach(function (hit) { hit.className = "hit"; });
      count.textContent = hits.length ? "" : "0";
      step(0);
    }

    on(field, "input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(find, 200);
    });
    on(field, "keydown", function (event) {
      if (event.keyCode === 13) { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
    });
    all(form, "[data-step]").forEach(function (button) {
      on(button, "click", function () { step(Number(button.getAttribute("data-step"))); });
    });
    form.hidden = false;
  }

  /* A film that does not play */

  function withProblems(player, media) {
    function tell(name) {
      all(player, "[data-problem]").forEach(function (notice) {
        notice.hidden = notice.getAttribute("data-problem") !== name;
      });
    }

    /* A browser says the same of a file that is gone and of one that it cannot play: the box knows which. */
    function ask() {
      var request = new XMLHttpRequest();
      request.open("HEAD", media.currentSrc || media.src);
      request.onload = function () { tell(request.status < 300 && media.error && media.error.code > 2 ? "unknown" : "gone"); };
      request.onerror = function () { tell("gone"); };
      request.send();
    }

    on(media, "error", ask);
    if (media.error) { ask(); }
    on(media, "playing", function () { tell(""); });
    all(player, "[data-again]").forEach(function (link) {
      on(link, "click", function () {
        var second = Math.floor(media.currentTime);
        if (second) { link.href = link.getAttribute("href").replace(/t=\d+$/, "t=" + second); }
      });
    });
  }

  all(document, ".player").forEach(function (player) {
    var media = player.querySelector("video, audio"), words = player.querySelector(".words"), followers;
    if (!media || !media.play) { return; }
    atNamedSecond(player, media);
    withLinks(player, media);
    withPlace(player, media);
    withTools(player, media);
    withProblems(player, media);
    if (words) {
      followers = all(words, ".said").map(function (box, number) {
        return following(box, media, number ? null : words.querySelector(".follow button"));
      });
      withSearch(words, followers);
    }
  });
})();
