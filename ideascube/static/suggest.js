// Suggestions while typing, for every search field that asks for them. Plain ECMAScript 5, for old phones; without it
// the field is an ordinary form. After the pattern of WAI-ARIA for a combobox with a list.
(function () {
  "use strict";
  var WAIT = 60; // ms after the last key: shorter than people type, and too short to be felt
  var LEAST = 2; // letters; one sign of Chinese, Japanese or Korean is a word already
  var SIGN = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;

  function enhance(input, number) {
    var list = document.createElement("ul");
    var news = document.createElement("span"); // how many there are, for those who hear it
    var timer, asking, chosen = -1, typed = "";
    list.id = "suggestions" + number;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggest);
    news.className = "hidden";
    news.setAttribute("role", "status");
    input.parentNode.appendChild(list);
    input.parentNode.appendChild(news);
    set({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });

    function set(attributes) {
      for (var name in attributes) input.setAttribute(name, attributes[name]);
    }

    function stop() { // nothing more comes until something else is typed
      clearTimeout(timer);
      if (asking) asking.abort();
    }

    function close() {
      stop();
      list.hidden = true;
      news.textContent = "";
      mark(-1);
      set({ "aria-expanded": "false" });
    }

    function choose(index) {
      stop(); // the list stays as it is under the fingers of who chooses
      mark(index);
    }

    function mark(index) {
      if (list.children[chosen]) list.children[chosen].setAttribute("aria-selected", "false");
      chosen = index;
      var option = list.children[chosen];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      set({ "aria-activedescendant": option.id });
    }

    // The same filters as the search has that the form would send.
    function address() {
      return Array.prototype.reduce.call(input.form.querySelectorAll("input[type=hidden]"), function (start, field) {
        return start + "&" + field.name + "=" + encodeURIComponent(field.value);
      }, "/suggest?q=" + encodeURIComponent(typed));
    }

    function ask() {
      asking = new XMLHttpRequest();
      asking.open("GET", address());
      asking.onload = function () {
        if (this.status === 200) show(JSON.parse(this.responseText));
      };
      asking.send();
    }

    function show(found) {
      list.textContent = "";
      chosen = -1;
      found.slice(0, 8).forEach(function (each, index) {
        var option = document.createElement("li");
        var link = document.createElement("a");
        var title = document.createElement("bdi");
        option.id = list.id + "-" + index;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        link.href = each.url;
        link.tabIndex = -1;
        title.textContent = each.title;
        if (each.lang) title.lang = each.lang;
        link.appendChild(title);
        if (each.beside) {
          var beside = document.createElement("bdi");
          beside.className = "beside";
          beside.textContent = each.beside;
          link.appendChild(beside);
        }
        option.appendChild(link);
        list.appendChild(option);
      });
      list.hidden = !found.length;
      set({ "aria-expanded": String(!list.hidden) });
      news.textContent = list.hidden ? "" : input.dataset.suggest + ": " + list.children.length;
    }

    input.addEventListener("input", function () {
      stop();
      typed = input.value.trim();
      if (typed.length >= LEAST || SIGN.test(typed)) timer = setTimeout(ask, WAIT);
      else close();
    });

    input.addEventListener("keydown", function (event) {
      var last = list.children.length - 1;
      if (event.key === "Escape" && !list.hidden) close();
      else if (list.hidden || last < 0) return;
      else if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
      else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
      else if (event.key === "Enter" && chosen >= 0) location.href = list.children[chosen].firstChild.href;
      else return;
      event.preventDefault();
    });

    // A press on a suggestion takes the focus from the field before the click arrives.
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    input.addEventListener("blur", close);
  }

  Array.prototype.forEach.call(document.querySelectorAll("input[data-suggest]"), enhance);
})();
