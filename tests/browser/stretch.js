/* Looks at a page as it would be in a language whose words are 40 % longer. The value is an object of functions. */
(() => {
  const LONGER = 0.4;
  const LOOKALIKE = {a: "á", c: "ç", e: "é", i: "í", n: "ñ", o: "ó", u: "ú", s: "š", z: "ž"};

  const shown = element => element.checkVisibility({visibilityProperty: true}) && !tiny(element);

  /* Text for those who hear a page has no size for those who see it. */
  function tiny(element) {
    for (; element && element !== document.body; element = element.parentElement) {
      const box = element.getBoundingClientRect();
      if (box.width <= 1 && box.height <= 1 && getComputedStyle(element).overflow !== "visible") return true;
    }
    return false;
  }

  function texts(root) {
    const found = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && !node.parentElement.closest("script, style, noscript, template, option")) found.push(node);
    }
    return found;
  }

  function lengthen(word) {
    const letters = Array.from(word), count = Math.round(letters.length * LONGER);
    const more = count && /\p{L}/u.test(word) ? letters.slice(-count) : [];
    return letters.map(letter => LOOKALIKE[letter] || letter).join("") + more.join("");
  }

  /* A name or a description that someone else gave, which ends in an ellipsis where it is too long. */
  const shortened = (element, style) => (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") &&
    (element.matches("bdi, [dir=auto]") || element.querySelector("bdi"));

  const name = element => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "") +
    (element.className && element.className.split ? "." + element.className.split(" ").join(".") : "");

  const describe = node => name(node.parentElement) + " “" + node.data.trim().slice(0, 30) + "”";

  /* Where the text is seen: its lines, without what the elements around it hide or scroll away. */
  function boxes(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    let found = Array.from(range.getClientRects());
    for (let around = node.parentElement; around && around !== document.body; around = around.parentElement) {
      if (getComputedStyle(around).overflow !== "visible") found = found.map(box => within(box, around));
    }
    return found.filter(box => box.right - box.left > 1 && box.bottom - box.top > 1 && box.bottom > 0);
  }

  function within(box, element) {
    const edge = element.getBoundingClientRect();
    return {
      left: Math.max(box.left, edge.left), right: Math.min(box.right, edge.right), height: box.height,
      top: Math.max(box.top, edge.top), bottom: Math.min(box.bottom, edge.bottom),
    };
  }

  /* Lines of one paragraph may touch: only what covers a third of a line's height hides it. */
  function covers(one, other) {
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    return across > 2 && down > Math.min(one.height, other.height) / 3;
  }

  return {
    stretch(selector) {
      const root = document.querySelector(selector || "body");
      texts(root).forEach(node => { node.data = node.data.replace(/\S+/g, lengthen); });
    },

    sideways() {
      const root = document.documentElement;
      return root.scrollWidth - root.clientWidth;
    },

    cut(selector) {
      const root = document.querySelector(selector || "body");
      return [root, ...root.querySelectorAll("*")].filter(element => {
        const style = getComputedStyle(element);
        const hides = /hidden|clip/.test(style.overflowX + style.overflowY) && !shortened(element, style);
        return hides && shown(element) && element.textContent.trim() && !["SVG", "INPUT"].includes(element.tagName) &&
          (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
      }).map(name);
    },

    /* Words of one line's length that stand on two lines, as in a button that is too narrow. */
    broken(selector) {
      const root = document.querySelector(selector || "body");
      const plain = node => shown(node.parentElement) && !node.parentElement.closest("code, pre, .address");
      return texts(root).filter(plain).filter(node => Array.from(node.data.matchAll(/(?<!\p{L})\p{L}{3,14}(?!\p{L})/gu)).some(word => {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          const lines = Array.from(range.getClientRects()).filter(box => box.width > 1);
          return lines.some(box => box.top > lines[0].top + lines[0].height / 2);
        })).map(describe);
    },

    covered(selector) {
      const root = document.querySelector(selector || "body");
      const pieces = texts(root).filter(node => shown(node.parentElement)).map(node => [node, boxes(node)]);
      const found = [];
      pieces.forEach(([node, its], index) => pieces.slice(index + 1).forEach(([other, others]) => {
        if (its.some(box => others.some(another => covers(box, another)))) {
          found.push(describe(node) + " and " + describe(other));
        }
      }));
      return found;
    },
  };
})()
