/* Marks the questions of a quiz's page as soon as they are answered, and counts them.

   Plain ECMAScript 5 without any library, for the browsers of old phones. Without it the page can be read all the same,
   and on a box, where the quiz is a form, it can be answered too: then what was answered is sent when all is done, and
   what the box says of it put at the page's end. It marks as content_packs/courses/marking.py does; the tables are put in by the builder, from folding.py. */
(function () {
  "use strict";

  var TABLES = {/* TABLES */};
  var DROPPED = new RegExp("[" + TABLES.signs + TABLES.invisible + "]", "g");
  var INVISIBLE = new RegExp("[" + TABLES.invisible + "]", "g");
  var PUNCTUATION = new RegExp("[" + TABLES.punctuation + "](?![0-9])", "g");
  var LETTER = /[\uD800-\uDBFF][\uDC00-\uDFFF]|[^]/g;
  var THOUSANDS = /^[1-9][0-9]{0,2}(([.,])[0-9]{3})(\2[0-9]{3})*$/;
  var DECIMAL = /^[0-9]*([.,][0-9]+)?$/;
  var NUMBER = /^([+-]?)([0-9.,]*[0-9])([^]*)$/;

  /* ---- Marking: pure functions of a key and an answer. Each gives what is right part by part. */

  function plain(text) {
    var apart = text.normalize ? text.normalize("NFKD") : text;
    return apart.toLowerCase().replace(DROPPED, "").replace(LETTER, function (letter) {
      return Object.prototype.hasOwnProperty.call(TABLES.letters, letter) ? TABLES.letters[letter] : letter;
    });
  }

  function fold(text) {
    return plain(text).replace(/,(?=[0-9])/g, ".").replace(PUNCTUATION, "").replace(/\s+/g, "");
  }

  function exact(text) {
    var visible = text.replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
    return visible.normalize ? visible.normalize("NFC") : visible;
  }

  function readings(digits) {
    var place = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
    var whole = digits.slice(0, place), part = digits.slice(place), found = [];
    if (THOUSANDS.test(digits)) {
      found.push(Number(digits.replace(/[.,]/g, "")));
    }
    if (DECIMAL.test(digits)) {
      found.push(Number(digits.replace(",", ".")));
    } else if (THOUSANDS.test(whole) && whole.charAt(whole.length - 4) !== part.charAt(0)) {
      found.push(Number(whole.replace(/[.,]/g, "") + "." + part.slice(1)));
    }
    return found;
  }

  function isNumber(text, key) {
    var found = NUMBER.exec(plain(text).trim().replace(/[\s'\u2019_]+(?=[0-9])/g, ""));
    var unit = found ? fold(found[3]) : "";
    if (!found || found[2].length > 40 || (unit !== "" && unit !== key.unit)) {
      return false;
    }
    return readings(found[2]).some(function (reading) {
      var number = found[1] === "-" ? -reading : reading;
      return Math.abs(number - key.number) <= key.within + 1e-9 * Math.max(1, Math.abs(key.number));
    });
  }

  function areAccepted(key, texts) {
    return key.accepted.map(function (accepted, place) {
      var text = texts[place] || "", given = key.exact ? exact(text) : fold(text);
      return given !== "" && accepted.indexOf(given) >= 0;
    });
  }

  function areInPlace(key, ids) {
    return key.right.map(function (id, place) { return ids[place] === id; });
  }

  var MARKS = {
    choice: function (key, taken, all) {
      return all.map(function (id) { return (taken.indexOf(id) >= 0) === (key.right.indexOf(id) >= 0); });
    },
    words: function (key, text) { return areAccepted(key, [text]); },
    number: function (key, text) { return [isNumber(text, key)]; },
    order: areInPlace,
    pairs: function (key, chosen) {
      return areInPlace(key, key.right.map(function (id) { return chosen[id]; }));
    },
    gaps: areAccepted
  };

  /* ---- The page: what a person answered, and what they are shown. */

  function all(selector, inside) {
    return Array.prototype.slice.call(inside.querySelectorAll(selector));
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    made.className = className;
    made.textContent = text || "";
    return made;
  }

  function button(className, text, act) {
    var made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function idOf(item) { return item.getAttribute("data-id"); }

  function values(inputs) { return inputs.map(function (input) { return input.value; }); }

  /* For each kind: what was answered, or null where something is missing; and the elements that show its parts. */
  var FIELDS = {
    choice: {
      parts: function (question) { return all(".choices > li", question); },
      answer: function (question) {
        var taken = values(all("input", question).filter(function (input) { return input.checked; }));
        return taken.length ? taken : null;
      }
    },
    words: {
      parts: function (question) { return all(".text", question); },
      answer: function (question) { return question.querySelector(".text").value.trim() || null; }
    },
    order: {
      parts: function (question) { return all(".order > li", question); },
      answer: function (question) { return all(".order > li", question).map(idOf); }
    },
    pairs: {
      parts: function (question) { return all(".pairs > li", question); },
      answer: function (question) {
        var chosen = {}, missing = false;
        all(".pairs > li", question).forEach(function (pair) {
          chosen[idOf(pair)] = pair.querySelector("select").value;
          missing = missing || !chosen[idOf(pair)];
        });
        return missing ? null : chosen;
      }
    },
    gaps: {
      parts: function (question) { return all(".gap", question); },
      answer: function (question) {
        var texts = values(all(".gap input", question));
        return texts.every(function (text) { return text.trim(); }) ? texts : null;
      }
    }
  };
  FIELDS.number = FIELDS.words;

  function isTaken(part) {
    var input = part.querySelector("input");
    return !input || input.type === "text" || input.checked;
  }

  function said(key, answer, isRight) {
    var sentences = [isRight ? key.whenRight : key.whenWrong];
    if (key.kind === "choice" && key.feedback) {
      sentences = sentences.concat(answer.map(function (id) { return key.feedback[id]; }));
    }
    return sentences.filter(Boolean).join(" ");
  }

  /* Makes a question answerable; calls `done` with whether it was answered rightly. */
  function setUp(question, words, done) {
    var key = JSON.parse(question.getAttribute("data-key")), field = FIELDS[key.kind];
    var result = element("p", "result", ""), check = button("button check", words.check, marked);
    result.setAttribute("role", "status");
    result.tabIndex = -1;

    function show(isRight, answer) {
      var word = isRight ? words.right : words.wrong, more = said(key, answer, isRight);
      result.className = "result " + (isRight ? "right" : "wrong");
      result.textContent = word + (more ? " – " + more : "");
      question.removeChild(check);
      all("input, select, button", question).forEach(function (input) { input.disabled = true; });
      if (!isRight || question.querySelector(".explanation")) {
        question.querySelector("details").setAttribute("open", "");
        question.querySelector("details").removeAttribute("hidden");
      }
      result.focus();
    }

    function marked() {
      var answer = field.answer(question), parts = field.parts(question), right;
      if (answer === null) {
        result.textContent = words.incomplete;
        return;
      }
      right = MARKS[key.kind](key, answer, parts.map(idOf));
      parts.filter(isTaken).forEach(function (part) {
        part.className += right[parts.indexOf(part)] ? " right" : " wrong";
      });
      done(right.every(Boolean), sent(question));
      show(right.every(Boolean), answer);
    }

    all("input[type=text]", question).forEach(function (input) {
      input.addEventListener("keydown", function (event) {
        if (event.keyCode === 13 && check.parentNode) { marked(); }
      });
    });
    all(".result, .check", question).forEach(function (old) { question.removeChild(old); });
    all(".order > li", question).forEach(function (item) { addMoves(item, words); });
    question.insertBefore(check, question.querySelector("details"));
    question.insertBefore(result, question.querySelector("details"));
  }

  function addMoves(item, words) {
    var text = item.querySelector("span").textContent.trim(), list = item.parentNode;
    all("select", item).forEach(function (select) { select.style.display = "none"; });
    var up = button("move", "\u2191", function () { move(item.previousElementSibling, item, up); });
    var down = button("move", "\u2193", function () { move(item, item.nextElementSibling, down); });
    function move(first, second, pressed) {
      if (first && second) {
        list.insertBefore(second, first);
        pressed.focus();
      }
    }
    up.setAttribute("aria-label", words.earlier + ": " + text);
    down.setAttribute("aria-label", words.later + ": " + text);
    item.appendChild(up);
    item.appendChild(down);
  }

  /* ---- On a box: the fields of a question's form once it is marked, and sending them all. */

  function sent(question) {
    all(".order > li select", question).forEach(function (select, place) { select.value = String(place + 1); });
    var inputs = all("input, select", question).filter(function (input) {
      return input.name && (input.checked || (input.type !== "radio" && input.type !== "checkbox"));
    });
    return inputs.map(function (input) { return [input.name, input.value]; }).concat([["done", question.id]]);
  }

  function encoded(fields) {
    return fields.map(function (field) { return field.map(encodeURIComponent).join("="); }).join("&");
  }

  /* Puts what the box says at the page's end; where it does not answer, a button sends the form once more. */
  function send(quiz, fields, score) {
    var request = new XMLHttpRequest(), end = document.getElementById("end");
    request.open("POST", quiz.action);
    request.responseType = "document";
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.onload = function () {
      var said = request.response && request.response.getElementById("end");
      if (request.status !== 200 || !said) { return offer(quiz, fields); }
      quiz.removeChild(score);
      end.parentNode.replaceChild(document.importNode(said, true), end);
    };
    request.onerror = function () { offer(quiz, fields); };
    request.send(encoded(fields));
  }

  function offer(quiz, fields) {
    fields.forEach(function (field) {
      var input = element("input", "", "");
      input.type = "hidden";
      input.name = field[0];
      input.value = field[1];
      quiz.appendChild(input);
    });
    var submit = element("button", "button main", quiz.getAttribute("data-send"));
    quiz.appendChild(submit);
    submit.focus();
  }

  function start(quiz, original) {
    var words = JSON.parse(quiz.getAttribute("data-words")), pass = quiz.getAttribute("data-pass");
    var questions = all(".question", quiz), right = 0, answered = 0, fields = [];
    var score = element("p", "score", "");
    score.setAttribute("role", "status");

    function again() {
      quiz.innerHTML = original;
      start(quiz, original);
      window.scrollTo(0, 0);
    }

    function count(isRight, said) {
      var hasPassed;
      right += isRight ? 1 : 0;
      answered += 1;
      fields = fields.concat(said);
      score.textContent = words.score.replace("{right}", right).replace("{total}", questions.length);
      if (answered === questions.length && quiz.action) {
        send(quiz, fields, score);
      } else if (answered === questions.length) {
        hasPassed = Math.floor(right * 100 / questions.length) >= Number(pass);
        if (pass) {
          score.textContent += ". " + (hasPassed ? words.passed : words.failed);
          score.className += hasPassed ? " right" : " wrong";
        }
        quiz.appendChild(button("again", words.again, again));
      }
    }

    questions.forEach(function (question) { setUp(question, words, count); });
    quiz.className = "answerable";
    quiz.addEventListener("submit", function (event) {
      if (answered < questions.length) { event.preventDefault(); }
    });
    quiz.appendChild(score);
  }

  window.ideascubeQuiz = {
    mark: function (key, answer, ids) { return MARKS[key.kind](key, answer, ids); }
  };
  var quiz = document.getElementById("quiz");
  if (quiz) {
    start(quiz, quiz.innerHTML);
  }
})();
