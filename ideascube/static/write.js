/* What is typed into the page on which one writes is kept: on the box every few seconds, and on this phone while the box
   cannot be reached. Of both, another person who uses the phone sees nothing: kept-text.js. Plain ECMAScript 5.

   A draft is what the form of the page says at one moment. Each open page has a name of its own, and its drafts are counted,
   so that two pages, and two requests of one page, do not overtake each other. */
(function () {
  "use strict";

  var form = document.getElementById("write"), words = form.dataset || {}, said = document.getElementById("kept");
  var SOON = 2000, AT_LATEST = 6000, ON_PHONE = 500, AGAIN = 5000, FULL = 30000;  // milliseconds
  var KEY = "kept-text:" + words.person + ":" + words.creation + ":", NOT_TYPED = { token: 1, once: 1, deed: 1 };
  var sent = "", since = 0, timer = null, phoneTimer = null, running = null, isLeaving = false, isSending = false;
  var leaving = null, isWarned = false;

  function field(name) { return form.elements[name]; }

  /* The form's fields as pairs, without files; the text as the editor has it where there is one. */
  function pairs() {
    var found = [], i, each, isRich = Boolean(form.richBody);
    for (i = 0; i < form.elements.length; i += 1) {
      each = form.elements[i];
      if (!each.name || NOT_TYPED[each.name] || each.type === "file" || each.type === "submit") { continue; }
      if ((each.type === "checkbox" || each.type === "radio") && !each.checked) { continue; }
      if (each.name === "turn" || each.name === (isRich ? "text" : "body")) { continue; }
      found.push([each.name, each.name === "body" ? form.richBody() : each.value]);
    }
    return found;
  }

  function encoded(list) {
    return list.map(function (pair) { return encodeURIComponent(pair[0]) + "=" + encodeURIComponent(pair[1]); }).join("&");
  }

  function tell(text, kind) {
    if (said.textContent !== text) { said.textContent = text; }
    said.className = kind || "";
  }

  /* On this phone */

  function stored(work) {
    try { return work(window.localStorage); } catch (error) { return null; }  /* forbidden, or full */
  }

  function keepHere(typed) {
    var kept = JSON.stringify({ fields: typed, page: field("page").value, turn: Number(field("turn").value) });
    return stored(function (store) { store.setItem(KEY + field("page").value, kept); return true; });
  }

  function forget(page) { stored(function (store) { store.removeItem(KEY + page); }); }

  function keptHere() {
    return stored(function (store) {
      var found = [], i, name;
      for (i = 0; i < store.length; i += 1) {
        name = store.key(i);
        if (name.indexOf(KEY) === 0) { found.push(JSON.parse(store.getItem(name))); }
      }
      return found;
    }) || [];
  }

  /* On the box */

  function post(body, answered) {
    var request = new XMLHttpRequest();
    request.open("POST", words.draft);
    request.setRequestHeader("X-Form-Token", field("token").value);
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.timeout = 20000;
    request.onload = function () {
      var told = {};
      try { told = JSON.parse(request.responseText); } catch (error) { told = {}; }
      answered(request.status, told);
    };
    request.onerror = request.ontimeout = function () { answered(0, {}); };
    request.send(body);
    return request;
  }

  function send() {
    var typed = pairs(), body = encoded(typed);
    window.clearTimeout(timer);
    timer = null;
    if (running || isLeaving || body === sent) { return; }
    field("turn").value = Number(field("turn").value) + 1;
    tell(words.keeping);
    running = post(body + "&turn=" + field("turn").value, function (status, told) {
      running = null;
      if (status === 200) { arrived(body, told); } else { failed(status, typed); }
      signOutNow(status);
    });
  }

  function arrived(body, told) {
    sent = body;
    since = 0;
    forget(field("page").value);
    if (told.kept === "same") { tell(""); } else { tell(words.kept.replace("TIME", told.time), "good"); }
    others(told.others || []);
    if (encoded(pairs()) !== sent) { soon(SOON); }
  }

  function failed(status, typed) {
    var isHere = keepHere(typed), text = words.offline, again = AGAIN;
    if (status === 401 || status === 403) { text = words.out; again = 0; }
    if (status === 404) { text = words.gone; again = 0; }
    if (status === 413) { text = words.long; again = 0; }
    if (status === 507 || status === 502) { text = words.full; again = FULL; }
    tell(isHere || status === 413 ? text : words.unkept, "bad");
    if (again) { soon(again); }
  }

  function others(names) {
    var line = document.getElementById("others"), text = document.getElementById("others-names");
    line.hidden = !names.length;
    if (names.length) { text.textContent = text.getAttribute("data-one").replace("NAME", names.join(", ")); }
  }

  function soon(delay) {
    if (timer) { window.clearTimeout(timer); }
    timer = window.setTimeout(send, delay);
  }

  /* While one types: on the phone at once, on the box when one stops for a moment, or has typed for a while. */
  function typed() {
    var now = Date.now();
    since = since || now;
    soon(Math.max(0, Math.min(SOON, since + AT_LATEST - now)));
    if (!phoneTimer) {
      phoneTimer = window.setTimeout(function () { phoneTimer = null; if (encoded(pairs()) !== sent) { keepHere(pairs()); } }, ON_PHONE);
    }
  }

  /* The phone is put away, or the page left: there may be no later moment. */
  function away() {
    var list = pairs(), body = encoded(list), beacon;
    if (isSending || body === sent) { return; }
    keepHere(list);
    if (!navigator.sendBeacon || !window.Blob) { return; }
    field("turn").value = Number(field("turn").value) + 1;
    beacon = body + "&turn=" + field("turn").value + "&token=" + encodeURIComponent(field("token").value);
    navigator.sendBeacon(words.draft, new Blob([beacon], { type: "application/x-www-form-urlencoded" }));
  }

  /* What this phone kept of pages that are not open any more goes to the box, which then offers it. */
  function bring() {
    keptHere().forEach(function (kept) {
      if (kept.page === words.saved) { forget(kept.page); return; }
      if (kept.page === field("page").value) { return; }
      post(encoded(kept.fields) + "&turn=" + (kept.turn + 1), function (status, told) {
        if (status !== 200) { return; }
        forget(kept.page);
        if (told.kept === "kept" && encoded(pairs()) === sent && window.location.search.indexOf("draft=") < 0) {
          window.location.replace(words.address);
        }
      });
    });
  }

  /* Signing out takes the text with it only once it is on the box; where it cannot be, that is said first. */
  function signOut(event) {
    if (encoded(pairs()) === sent || isWarned) { isLeaving = true; return; }
    event.preventDefault();
    leaving = event.target;
    send();
  }

  function signOutNow(status) {
    var asked = leaving;
    if (!asked) { return; }
    if (status === 200 && encoded(pairs()) !== sent) { send(); return; }
    leaving = null;
    isWarned = status !== 200;
    if (!isWarned) { asked.querySelector("button").click(); }
  }

  /* Fields that belong to one choice of a list are shown with it. */
  function follow(list, holder) {
    var shown = form.querySelector(holder);
    function look() { shown.hidden = field(list).value !== "other"; }
    field(list).addEventListener("change", look, false);
    look();
  }

  function begin() {
    follow("language", ".for-other-language");
    follow("licence", ".for-own-licence");
    sent = encoded(pairs());
    bring();
    if (/[?&]done=/.test(window.location.search) && window.history.replaceState) { window.history.replaceState(null, "", words.address); }
  }

  form.addEventListener("input", typed, false);
  form.addEventListener("change", typed, false);
  /* For the editor, once it is there: `read` gives the text as HTML. */
  form.becomeRich = function (read) {
    var isChanged = encoded(pairs()) !== sent;
    form.richBody = read;
    sent = isChanged ? "" : encoded(pairs());
    if (isChanged) { typed(); }
  };

  form.addEventListener("submit", function () {
    if (form.richBody) { field("body").value = form.richBody(); field("text").disabled = true; }
    window.clearTimeout(timer);
    keepHere(pairs());
    isSending = true;
    window.setTimeout(function () { isSending = false; field("text").disabled = false; }, 3000);
  }, false);
  document.addEventListener("visibilitychange", function () { if (document.hidden) { away(); } else if (timer) { send(); } }, false);
  window.addEventListener("pagehide", away, false);
  window.addEventListener("online", send, false);
  window.addEventListener("pageshow", function (event) { if (event.persisted) { isSending = false; field("text").disabled = false; } }, false);
  Array.prototype.forEach.call(document.querySelectorAll("form[action='/staff/sign-out']"), function (each) {
    each.addEventListener("submit", signOut, false);
  });
  begin();
}());
