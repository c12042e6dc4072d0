// Suggestions while typing, for every search field that asks for them. Plain ES2015, for old phones; without it the
// field is an ordinary form. After the pattern of WAI-ARIA for a combobox with a list.
(function () {
  "use strict";
  var WAIT = 200; // ms after the last key

  function enhance(input, number) {
    const list = document.createElement("ul");
    let timer, asking, chosen = -1, typed = "";
    list.id = "suggestions" + number;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggest);
    input.parentNode.appendChild(list);
    set({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });

    function set(attributes) {
      for (const name in attributes) input.setAttribute(name, attributes[name]);
    }

    function close() {
      clearTimeout(timer);
      if (asking) asking.abort();
      list.hidden = true;
      mark(-1);
      set({ "aria-expanded": "false" });
    }

    function mark(index) {
      if (list.children[chosen]) list.children[chosen].setAttribute("aria-selected", "false");
      chosen = index;
      const option = list.children[chosen];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      set({ "aria-activedescendant": option.id });
    }

    function ask() {
      asking = new XMLHttpRequest();
      asking.open("GET", "/suggest?q=" + encodeURIComponent(typed));
      asking.onload = function () {
        if (this.status === 200) show(JSON.parse(this.responseText));
      };
      asking.send();
    }

    function show(found) {
      list.textContent = "";
      chosen = -1;
      found.slice(0, 8).forEach(function (each, index) {
        const option = document.createElement("li");
        const link = document.createElement("a");
        const title = document.createElement("bdi");
        option.id = list.id + "-" + index;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        link.href = each.url;
        link.tabIndex = -1;
        title.textContent = each.title;
        if (each.lang) title.lang = each.lang;
        link.appendChild(title);
        option.appendChild(link);
        list.appendChild(option);
      });
      list.hidden = !found.length;
      set({ "aria-expanded": String(!list.hidden) });
    }

    input.addEventListener("input", function () {
      clearTimeout(timer);
      if (asking) asking.abort();
      typed = input.value.trim();
      if (typed) timer = setTimeout(ask, WAIT);
      else close();
    });

    input.addEventListener("keydown", function (event) {
      const last = list.children.length - 1;
      if (event.key === "Escape" && !list.hidden) close();
      else if (list.hidden || last < 0) return;
      else if (event.key === "ArrowDown") mark(chosen < last ? chosen + 1 : -1);
      else if (event.key === "ArrowUp") mark(chosen < 0 ? last : chosen - 1);
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
