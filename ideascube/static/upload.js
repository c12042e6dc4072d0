/* Files sent in pieces by tus-js-client (static/vendor/tus), which is loaded when the first one is chosen: how far each is,
   pause, go on, by itself once the connection is back. Without this, or in a browser that lacks what it needs, the form is a
   plain one. Plain ECMAScript 5.

   ideascubeUpload(element, {done: function (media) {}}): for the form that `upload_field` of upload_parts.html makes;
   `media` is what /staff/upload/ID/state tells of it. Nothing is kept in the browser: which file is which, the box knows. */
(function () {
  "use strict";

  var PIECE = 16 * 1024 * 1024, PICTURE = 25 * 1024 * 1024;  // bytes of one request; of a photo that is shown small
  var SOONEST = 1000, LATEST = 15000, FULL = 30000;  // milliseconds until it is tried again
  var LOOK = 300, LOOK_LATEST = 3000;  // milliseconds between questions whether the box has looked at a file
  var GIVE_UP = { 400: 1, 401: 1, 403: 1, 404: 1, 410: 1, 412: 1, 413: 1, 415: 1, 429: 1, 431: 1 };
  var ICONS = { image: "image", video: "film", audio: "headphones" };
  var DIGITS = /[0-9\u0660-\u0669\u06f0-\u06f9\u09e6-\u09ef\u1040-\u1049]+/;

  var library = null;

  function isAble() {
    return window.File && window.Blob && Blob.prototype.slice && window.Promise && window.JSON &&
      window.XMLHttpRequest && "upload" in new XMLHttpRequest();
  }

  /* The library once, however many forms and files there are. */
  function load(address) {
    if (!library) {
      library = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = address;
        script.onload = function () { resolve(window.tus); };
        script.onerror = function () { library = null; reject(); };
        document.documentElement.appendChild(script);
      });
    }
    return library;
  }

  function ask(method, address, headers, answered) {
    var request = new XMLHttpRequest(), name;
    request.open(method, address);
    for (name in headers) { request.setRequestHeader(name, headers[name]); }
    request.onload = function () { answered(request.status, request.responseText); };
    request.onerror = function () { answered(0, ""); };
    request.send();
  }

  function asJson(text) { try { return JSON.parse(text); } catch (error) { return {}; } }

  /* By what a file is recognised when it is chosen again: not by its name in clear. FNV-1a, 32 bits. */
  function senderOf(file) {
    var text = [file.name, file.type, file.lastModified || 0].join("\n"), hash = 0x811c9dc5, i;
    for (i = 0; i < text.length; i += 1) {
      hash ^= text.charCodeAt(i);
      hash = (hash + (hash << 1) + (hash << 4) + (hash << 7) + (hash << 8) + (hash << 24)) >>> 0;
    }
    return file.size + "-" + hash.toString(16);
  }

  function make(name, kind, text) {
    var made = document.createElement(name);
    if (kind) { made.className = kind; }
    if (text) { made.textContent = text; }
    return made;
  }

  function sized(bytes, words) {
    var unit = bytes >= 1e9 ? 2 : bytes >= 1e6 ? 1 : 0, number = Math.max(bytes / [1e3, 1e6, 1e9][unit], 0.1), written;
    number = number < 10 ? Math.round(number * 10) / 10 : Math.round(number);
    try { written = number.toLocaleString(document.documentElement.lang); } catch (error) { written = String(number); }
    return words.units[unit].replace(DIGITS, written);
  }

  /* One file, and its line in the list. */
  function Sending(form, file) {
    this.form = form;
    this.file = file;
    this.state = "waiting";
    this.patience = SOONEST;
    this.timer = null;
    this.upload = null;
    this.place = "";
    this.began = 0;
    this.draw();
  }

  Sending.prototype.draw = function () {
    var words = this.form.words, box = make("div"), actions = make("p", "actions"), name = make("p", "name"), bdi = make("bdi", "", this.file.name);
    this.line = make("li");
    this.bar = make("progress", "bar-of");
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", this.file.name);
    this.far = make("p", "detail", sized(this.file.size, words));
    this.said = make("p", "", words.waiting);
    this.said.setAttribute("role", "status");
    name.appendChild(bdi);
    this.stop = this.button(actions, words.pause, this.pause);
    this.start = this.button(actions, words.go, this.go);
    this.away = this.button(actions, words.away, this.remove);
    [name, this.bar, this.far, this.said, actions].forEach(function (part) { box.appendChild(part); });
    this.line.appendChild(this.form.icon(ICONS[this.file.type.split("/")[0]] || "file-text"));
    this.line.appendChild(box);
    this.actions = actions;
    this.picture();
    this.tell("waiting");
  };

  Sending.prototype.button = function (actions, text, act) {
    var button = make("button", "button", text);
    button.type = "button";
    button.onclick = act.bind(this);
    actions.appendChild(button);
    return button;
  };

  /* A photo, small; without an address of its own, which the page's policy forbids. */
  Sending.prototype.picture = function () {
    var line = this.line;
    if (!window.createImageBitmap || this.file.size > PICTURE || !/^image\//.test(this.file.type)) { return; }
    function shown(bitmap) {
      var canvas = make("canvas"), side = Math.min(bitmap.width, bitmap.height);
      canvas.width = canvas.height = 96;
      canvas.getContext("2d").drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, 96, 96);
      line.replaceChild(canvas, line.firstChild);
      if (bitmap.close) { bitmap.close(); }
    }
    try { window.createImageBitmap(this.file).then(shown, function () { return; }); } catch (error) { return; }
  };

  /* `state`: waiting, sending, paused, offline, checking, arrived, failed, refused. `text`: a sentence of the box's own. */
  Sending.prototype.tell = function (state, text) {
    var said = text || this.form.words[state] || "";
    this.state = state;
    if (this.said.textContent !== said) { this.said.textContent = said; }
    this.said.className = state === "failed" || state === "refused" ? "bad" : state === "arrived" ? "good" : "";
    this.stop.hidden = state !== "sending";
    this.start.hidden = state !== "paused" && state !== "failed" && state !== "offline";
    this.start.textContent = state === "paused" ? this.form.words.go : this.form.words.again;
    this.away.hidden = state === "checking" || state === "arrived";
    this.bar.hidden = state !== "waiting" && state !== "sending" && state !== "paused" && state !== "offline";
  };

  Sending.prototype.go = function () {
    this.patience = SOONEST;
    this.tell("waiting");
    this.form.sendNext();
  };

  Sending.prototype.begin = function (tus) {
    var self = this, sender = senderOf(this.file);
    window.clearTimeout(this.timer);
    this.tell("sending");
    if (this.upload && this.upload.url) { this.upload.start(); return; }
    ask("GET", "/staff/upload/known?sender=" + encodeURIComponent(sender), {}, function (status, text) {
      if (self.state !== "sending") { return; }
      if (status !== 200) { self.failed(status, ""); return; }
      self.upload = self.made(tus, sender, asJson(text).place || null);
      self.upload.start();
    });
  };

  Sending.prototype.made = function (tus, sender, place) {
    var self = this, metadata = { filename: this.file.name, sender: sender };
    if (this.form.into) { metadata.target = this.form.into; }
    return new tus.Upload(this.file, {
      endpoint: "/staff/upload/tus",
      uploadUrl: place,
      chunkSize: PIECE,
      retryDelays: null,
      storeFingerprintForResuming: false,
      headers: { "X-Form-Token": this.form.token },
      metadata: metadata,
      onProgress: function (sent, all) { self.progress(sent, all); },
      onSuccess: function () { self.sent(); },
      onError: function (error) {
        var answer = error.originalResponse;
        self.failed(answer ? answer.getStatus() : 0, answer ? answer.getBody() : "");
      }
    });
  };

  Sending.prototype.progress = function (sent, all) {
    var words = this.form.words, now = Date.now(), far = words.left.replace("#1", sized(sent, words)).replace("#2", sized(all, words));
    if (this.state !== "sending") { return; }
    if (!this.began || sent < this.first) { this.began = now; this.first = sent; }
    if (now - this.began > 1500 && sent > this.first) {
      far += " · " + words.rate.replace("#", sized((sent - this.first) * 1000 / (now - this.began), words));
    }
    this.patience = SOONEST;
    this.bar.value = all ? sent / all : 0;
    this.far.textContent = far;
    if (this.said.textContent) { this.said.textContent = ""; }
  };

  Sending.prototype.pause = function () {
    if (this.upload) { this.upload.abort(); }
    this.tell("paused");
    this.began = 0;
    this.form.sendNext();
  };

  Sending.prototype.remove = function () {
    var place = this.upload && this.upload.url, after = this.line.nextSibling || this.line.previousSibling;
    window.clearTimeout(this.timer);
    if (this.upload) { this.upload.abort(); }
    if (place) { ask("DELETE", place, { "Tus-Resumable": "1.0.0", "X-Form-Token": this.form.token }, function () { return; }); }
    this.tell("removed");
    this.form.takeOut(this);
    if (after && after.querySelector("button")) { after.querySelector("button:not([hidden])").focus(); }
  };

  /* What gave no answer, or one that another try may better, goes on by itself; the rest waits for the person. */
  Sending.prototype.failed = function (status, text) {
    var isBegun = this.upload && this.upload.url, short = text.length < 400 && text.charAt(0) !== "<" ? text : "";
    this.began = 0;
    if (status === 404 || status === 410) { this.upload = null; }
    if (GIVE_UP[status] || (status === 507 && !isBegun)) {
      this.tell("failed", short);
    } else {
      this.tell("offline", short);
      this.timer = window.setTimeout(this.again.bind(this), status === 507 ? FULL : this.patience);
      this.patience = Math.min(this.patience * 2, LATEST);
    }
    this.form.sendNext();
  };

  Sending.prototype.again = function () {
    window.clearTimeout(this.timer);
    if (this.state === "offline") { this.tell("waiting", this.said.textContent); this.form.sendNext(); }
  };

  Sending.prototype.sent = function () {
    this.place = "/staff/upload/" + this.upload.url.split("/").pop();
    this.bar.value = 1;
    this.far.textContent = sized(this.file.size, this.form.words);
    this.tell("checking");
    this.form.sendNext();
    this.look(LOOK);
  };

  Sending.prototype.look = function (delay) {
    var self = this;
    ask("GET", this.place + "/state", {}, function (status, text) {
      var told = asJson(text);
      if (told.state === "arrived") { self.arrived(told.media); return; }
      if (told.state === "refused") { self.tell("refused", told.problem); return; }
      if (GIVE_UP[status]) { self.upload = null; self.tell("failed", text); return; }
      window.setTimeout(function () { self.look(Math.min(delay * 1.5, LOOK_LATEST)); }, delay);
    });
  };

  Sending.prototype.arrived = function (media) {
    this.tell("arrived");
    if (this.form.done) { this.form.done(media); return; }
    if (media.kind === "subtitles") { window.location.reload(); return; }
    this.actions.parentNode.appendChild(this.form.maker(this.place));
  };

  /* The form that `upload_field` makes. */
  function Form(element, options) {
    var self = this;
    this.element = element;
    this.words = asJson(element.getAttribute("data-words"));
    this.into = element.getAttribute("data-into");
    this.token = element.querySelector("[name=token]").value;
    this.lines = document.getElementById(element.getAttribute("data-list"));
    this.done = options.done;
    this.all = [];
    element.className += " by-script";
    element.addEventListener("change", function (event) { self.chosen(event.target); }, false);
    window.addEventListener("online", function () { self.wake(); }, false);
    document.addEventListener("visibilitychange", function () { if (!document.hidden) { self.wake(); } }, false);
  }

  Form.prototype.chosen = function (field) {
    var files = field.type === "file" && field.files ? Array.prototype.slice.call(field.files) : [], self = this;
    if (!files.length) { return; }
    files.forEach(function (file) {
      var sending = new Sending(self, file);
      self.all.push(sending);
      self.lines.appendChild(sending.line);
    });
    field.value = "";
    this.sendNext();
  };

  /* One after the other: together they would only share the connection. */
  Form.prototype.sendNext = function () {
    var self = this, waiting = this.all.filter(function (each) { return each.state === "waiting"; })[0];
    if (!waiting || this.all.some(function (each) { return each.state === "sending"; })) { return; }
    waiting.tell("sending");
    load(this.element.getAttribute("data-tus")).then(
      function (tus) { if (waiting.state === "sending") { waiting.begin(tus); } },
      function () { waiting.failed(0, ""); }
    );
  };

  Form.prototype.wake = function () { this.all.forEach(function (each) { each.patience = SOONEST; each.again(); }); };

  Form.prototype.takeOut = function (sending) {
    this.all = this.all.filter(function (each) { return each !== sending; });
    this.lines.removeChild(sending.line);
    this.sendNext();
  };

  Form.prototype.icon = function (name) {
    var found = this.element.querySelector("[data-icon=" + name + "]");
    return found ? found.firstElementChild.cloneNode(true) : make("span");
  };

  Form.prototype.maker = function (place) {
    var form = make("form", "actions"), token = make("input"), button = make("button", "button main", this.words.make);
    form.method = "post";
    form.action = place + "/make";
    token.type = "hidden";
    token.name = "token";
    token.value = this.token;
    form.appendChild(token);
    form.appendChild(button);
    return form;
  };

  window.ideascubeUpload = function (element, options) { return isAble() ? new Form(element, options || {}) : null; };

  Array.prototype.forEach.call(document.querySelectorAll("[data-upload=alone]"), function (element) {
    window.ideascubeUpload(element);
  });
}());
