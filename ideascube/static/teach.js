/* The form of a question, quicker: rows are added, moved and removed in the page. Without this script the same buttons
   send the form, which comes back as it was typed. ECMAScript 5. */
(function () {
  "use strict";
  var form = document.querySelector(".question-form");
  if (!form || !form.querySelector) { return; }

  function rows() { return Array.prototype.slice.call(form.querySelectorAll(".one-row")); }

  function rowOf(element) {
    while (element && !(element.className && /\bone-row\b/.test(element.className))) { element = element.parentNode; }
    return element;
  }

  function number() {
    return rows().reduce(function (most, row) { return Math.max(most, Number(row.getAttribute("data-row"))); }, 0) + 1;
  }

  /* The first and the last cannot be moved further. */
  function settle() {
    var all = rows();
    all.forEach(function (row, place) {
      row.querySelector("[value^='up.']").disabled = place === 0;
      row.querySelector("[value^='down.']").disabled = place === all.length - 1;
    });
  }

  /* A row like `row`, empty, with the number `next` in all its names. */
  function emptyLike(row, next) {
    var old = row.getAttribute("data-row"), made = row.cloneNode(true);
    made.setAttribute("data-row", next);
    Array.prototype.forEach.call(made.querySelectorAll("*"), function (each) {
      ["id", "for", "name", "aria-describedby"].forEach(function (name) {
        var value = each.getAttribute(name);
        if (value && value.indexOf(old + ".") === 0) { each.setAttribute(name, next + value.slice(old.length)); }
      });
      if (each.name === "row") { each.value = next; }
      else if (each.type === "checkbox") { each.checked = false; }
      else if (/^(up|down|remove)\./.test(each.value || "")) { each.value = each.value.split(".")[0] + "." + next; }
      else if (each.tagName === "INPUT" || each.tagName === "TEXTAREA") { each.value = ""; }
      if (each.tagName === "DETAILS") { each.removeAttribute("open"); }
    });
    Array.prototype.forEach.call(made.querySelectorAll(".problem, .chosen"), function (each) {
      each.parentNode.removeChild(each);
    });
    return made;
  }

  form.addEventListener("click", function (event) {
    var button = event.target;
    while (button && button !== form && button.tagName !== "BUTTON") { button = button.parentNode; }
    if (!button || button.tagName !== "BUTTON" || button.name !== "do") { return; }
    var row = rowOf(button), deed = button.value.split(".")[0], all = rows();
    if (deed === "add" && all.length) {
      var made = emptyLike(all[all.length - 1], String(number()));
      all[0].parentNode.insertBefore(made, all[all.length - 1].nextSibling);
      made.querySelector("input[type=text], textarea").focus();
    } else if (deed === "up" && row && row.previousElementSibling) {
      row.parentNode.insertBefore(row, all[all.indexOf(row) - 1]);
      button.focus();
    } else if (deed === "down" && row) {
      row.parentNode.insertBefore(all[all.indexOf(row) + 1], row);
      button.focus();
    } else if (deed === "remove" && row && all.length > 1) {
      row.parentNode.removeChild(row);
      form.querySelector(".add-row").focus();
    } else { return; }
    event.preventDefault();
    settle();
    changed = true;
  });

  /* Nobody loses what they typed by a wrong tap. */
  var changed = false;
  form.addEventListener("input", function () { changed = true; });
  form.addEventListener("submit", function () { changed = false; });
  window.onbeforeunload = function () { return changed ? " " : undefined; };
})();
