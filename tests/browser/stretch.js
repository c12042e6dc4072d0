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
    const letters = Array.from(word);
    const more = letters.slice(-Math.ceil(letters.length * LONGER));
    return letters.map(letter => LOOKALIKE[letter] || letter).join("") + more.join("");
  }

  /* A name that someone else gave, which ends in an ellipsis where it is too long. */
  const shortened = (element, style) => style.textOverflow === "ellipsis" && element.dir === "auto";

  const name = element => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "") +
    (element.className && element.className.split ? "." + element.className.split(" ").join(".") : "");

  const describe = node => name(node.parentElement) + " “" + node.data.trim().slice(0, 30) + "”";

  function boxes(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return Array.from(range.getClientRects()).filter(box => box.width > 1 && box.bottom > 0);
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
