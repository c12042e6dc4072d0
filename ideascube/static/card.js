// One grid for all five pictures of a card, without a page for each. Without scripts each touch asks the box for the next page.
(function () {
  "use strict";
  var form = document.getElementById("pick");
  if (!form || !form.querySelectorAll || !document.addEventListener) return;
  var places = form.querySelectorAll(".picked li");
  var undo = form.querySelector("[name=undo]");
  var empty = [];
  var count = 0;

  for (var i = 0; i < places.length; i++) {
    if (places[i].className !== "waiting") count = i + 1;
    empty.push(places[i].className === "waiting" ? places[i].innerHTML : "");
  }

  function show() {
    undo.parentNode.hidden = count === 0;
  }

  function choose(button) {
    var input = document.createElement("input");
    input.type = "hidden";
    input.name = "picture";
    input.value = button.value;
    places[count].innerHTML = button.innerHTML;
    places[count].className = "";
    places[count].appendChild(input);
    count += 1;
    show();
    if (count === places.length) form.submit();
  }

  function takeBack() {
    count -= 1;
    places[count].innerHTML = empty[count];
    places[count].className = "waiting";
    show();
  }

  form.addEventListener("click", function (event) {
    var button = event.target;
    while (button !== form && button.nodeName !== "BUTTON") button = button.parentNode;
    if (button === form) return;
    event.preventDefault();
    if (button.name === "undo") takeBack();
    else if (count < places.length) choose(button);
  });
})();
