// The editor of texts, where a browser can load modules: ProseMirror with the few things a body may hold, no more
// (docs/formats/creation-body.md). Without it the same page is written in Markdown, and nothing is lost but comfort.
//
// The page says all words and holds all buttons; what is here belongs together with templates/write.html. What was written
// is read by `form.richBody()` (write.js), and files come in by upload.js.

const place = document.getElementById("rich");
const form = document.getElementById("write");
const area = document.getElementById("text");
const words = place.dataset;

import(words.library).then(begin, () => {}); // an old browser, or a connection that broke: the Markdown form stays

function begin(pm) {
  if (area.value !== area.defaultValue || !form.becomeRich) return; // somebody was faster: they go on in Markdown
  const schema = new pm.Schema({ nodes: nodes(), marks: marks() });
  const view = new pm.EditorView({ mount: place.querySelector(".page-of-text") }, {
    state: pm.EditorState.create({ doc: read(pm, schema, words.body), plugins: plugins(pm, schema) }),
    attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": "text-label", "aria-describedby": "text-hint" },
    nodeViews: { figure: (node, view, at) => new FigureView(node, view, at) },
    transformPastedHTML: withoutOffice,
    handlePaste: (view, event) => takeFiles(event.clipboardData),
    handleDrop: (view, event) => takeFiles(event.dataTransfer),
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      showState(pm, schema, view);
      if (transaction.docChanged) area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });

  function takeFiles(data) {
    const files = data && uploads ? Array.from(data.files) : [];
    if (files.length) uploads.chosen({ type: "file", files, value: "" });
    return files.length > 0;
  }

  const uploads = wireFiles(pm, schema, view);
  place.hidden = false;
  area.parentNode.hidden = true;
  document.querySelectorAll(".for-markdown").forEach((each) => { each.hidden = true; });
  form.elements.coding.value = "html";
  followLanguage(view);
  wireButtons(pm, schema, view);
  showState(pm, schema, view);
  form.becomeRich(() => written(pm, schema, view));
}

// What a text may hold

function nodes() {
  const block = (tag, more) => Object.assign({
    content: "inline*", group: "block", parseDOM: [{ tag }], toDOM: () => [tag, { dir: "auto" }, 0],
  }, more);
  const list = (tag) => ({ content: "list_item+", group: "list", parseDOM: [{ tag }], toDOM: () => [tag, 0] });
  return {
    doc: { content: "(block | list | quote | rule | table | figure)+" },
    paragraph: block("p", { group: "block plain" }),
    heading: {
      content: "(text)*", marks: "strong em link", group: "block", defining: true, attrs: { level: { default: 2 } },
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level > 2 ? 3 : 2 } })),
      toDOM: (node) => [`h${node.attrs.level}`, { dir: "auto" }, 0],
    },
    bullet_list: list("ul"),
    ordered_list: list("ol"),
    list_item: { content: "paragraph list*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", { dir: "auto" }, 0] },
    quote: {
      content: "(plain | list)+", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0],
    },
    rule: { parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    table: {
      content: "row+", isolating: true, parseDOM: [{ tag: "table" }], toDOM: () => ["table", ["tbody", 0]],
    },
    row: { content: "cell+", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
    cell: {
      content: "inline*", isolating: true, attrs: { name: { default: false } },
      parseDOM: [{ tag: "td" }, { tag: "th", attrs: { name: true } }],
      toDOM: (node) => [node.attrs.name ? "th" : "td", { dir: "auto" }, 0],
    },
    figure: {
      content: "inline*", isolating: true, defining: true, attrs: { address: {}, alt: { default: "" } },
      parseDOM: [
        { tag: "figure", getAttrs: (dom) => media(dom.querySelector("img, audio, video")), contentElement: captionOf },
        { tag: "img, audio, video", getAttrs: media, contentElement: () => document.createElement("figcaption") },
      ],
      toDOM: (node) => ["figure", mediaElement(node.attrs), ["figcaption", 0]],
    },
    text: { group: "inline" },
    line_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  };
}

function marks() {
  return {
    link: {
      attrs: { href: {} }, inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => linkOf(dom.getAttribute("href")) }],
      toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
    },
    strong: {
      parseDOM: [
        { tag: "strong" },
        { tag: "b", getAttrs: (dom) => dom.style.fontWeight !== "normal" && null }, // Google Docs wraps all in one
        { style: "font-weight", getAttrs: (value) => /^(bold(er)?|[7-9]\d\d)$/.test(value) && null },
      ],
      toDOM: () => ["strong", 0],
    },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }, { style: "font-style=italic" }], toDOM: () => ["em", 0] },
  };
}

// The server looks again at every address (creations/links.py); here others only do not get in.
function linkOf(href) {
  const address = (href || "").trim();
  if (address.startsWith(`${location.origin}/`)) return { href: address.slice(location.origin.length) };
  return /^(https?:\/\/|\/(?!\/))/i.test(address) ? { href: address } : false;
}

function media(element) {
  const address = element ? (element.getAttribute("src") || "").replace(location.origin, "") : "";
  if (!/^\/media\/[0-9a-f]{64}\/[\w.-]+$/.test(address)) return false;
  return { address, alt: element.getAttribute("alt") || element.getAttribute("aria-label") || "" };
}

function captionOf(figure) {
  return figure.querySelector("figcaption") || document.createElement("figcaption");
}

function mediaElement({ address, alt }) {
  const ending = address.split(".").pop().toLowerCase();
  if (/^(mp4|webm|m4v|mov)$/.test(ending)) return ["video", { src: address, controls: "", preload: "none", "aria-label": alt }];
  if (/^(m4a|mp3|ogg|oga|opus|wav|aac)$/.test(ending)) return ["audio", { src: address, controls: "", "aria-label": alt }];
  return ["img", { src: address, alt }];
}

// From HTML and back

function read(pm, schema, html) {
  const parsed = new DOMParser().parseFromString(html, "text/html"); // runs nothing, and loads nothing
  return pm.DOMParser.fromSchema(schema).parse(parsed.body);
}

function written(pm, schema, view) {
  const target = document.createElement("div");
  target.appendChild(pm.DOMSerializer.fromSchema(schema).serializeFragment(view.state.doc.content, { document: quietDocument }));
  return target.innerHTML;
}

const quietDocument = document.implementation.createHTMLDocument(""); // pictures in it are not loaded once more

function withoutOffice(html) {
  return html.replace(/<!--[\s\S]*?-->/g, "").replace(/<\/?(o|w|m|v):[^>]*>/gi, "");
}

// A picture, film or sound with its caption, and with what those need who do not see it

class FigureView {
  constructor(node, view, at) {
    this.node = node;
    this.dom = document.createElement("figure");
    const [name, attributes] = mediaElement(node.attrs);
    this.media = document.createElement(name);
    Object.keys(attributes).forEach((key) => this.media.setAttribute(key, attributes[key]));
    this.media.addEventListener("error", () => this.waitUntilMade());
    this.media.addEventListener(name === "img" ? "load" : "loadedmetadata", () => this.dom.classList.remove("not-ready"));
    this.contentDOM = document.createElement("figcaption");
    this.contentDOM.dir = "auto";
    this.contentDOM.dataset.empty = words.caption;
    this.dom.dataset.making = words.making;
    this.tools = document.getElementById("figure-tools").cloneNode(true);
    this.tools.removeAttribute("id");
    this.tools.hidden = false;
    this.tools.contentEditable = "false";
    this.media.contentEditable = "false";
    this.wire(view, at);
    this.dom.append(this.media, this.contentDOM, this.tools);
    this.markEmpty();
  }

  wire(view, at) {
    const input = this.tools.querySelector("input");
    input.value = this.node.attrs.alt;
    input.addEventListener("input", () => {
      const attrs = { address: this.node.attrs.address, alt: input.value };
      view.dispatch(view.state.tr.setNodeMarkup(at(), null, attrs));
    });
    this.tools.querySelector("button").addEventListener("click", () => {
      view.dispatch(view.state.tr.delete(at(), at() + this.node.nodeSize));
      view.focus();
    });
  }

  update(node) {
    if (node.type !== this.node.type || node.attrs.address !== this.node.attrs.address) return false;
    this.node = node;
    this.markEmpty();
    return true;
  }

  // The box makes every file ready for phones, which takes a while.
  waitUntilMade() {
    this.dom.classList.add("not-ready");
    setTimeout(() => { if (this.dom.isConnected) this.media.src = `${this.node.attrs.address}?${Date.now()}`; }, 4000);
  }

  markEmpty() { this.contentDOM.classList.toggle("is-empty", this.node.content.size === 0); }

  stopEvent(event) { return this.tools.contains(event.target) || event.target === this.media; }

  ignoreMutation(mutation) {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target) || mutation.target === this.contentDOM && mutation.type === "attributes";
  }
}

// Files: they are sent by upload.js, which is on the page in a form of its own, and come into the text where the cursor is.

function wireFiles(pm, schema, view) {
  const sent = document.getElementById("uploads");
  if (!window.ideascubeUpload) return null;
  document.getElementById("upload-place").append(sent);
  sent.hidden = false;
  return window.ideascubeUpload(sent.querySelector("form"), { done: (media) => insertMedia(pm, schema, view, media) });
}

const endings = { picture: "jpg", film: "mp4", audio: "m4a", document: "pdf", book: "epub" };

// Below the block in which the cursor is. `main` is whatever the box makes of the file.
function insertMedia(pm, schema, view, media) {
  if (!endings[media.kind]) return;
  const address = media.address || `/media/${media.id}/main.${endings[media.kind]}`;
  const { $to } = view.state.selection;
  const at = $to.depth ? $to.after(1) : $to.pos;
  const isShown = /\.(jpe?g|png|webp|gif|mp4|webm|m4a|mp3)$/.test(address);
  const link = () => schema.nodes.paragraph.create(null, schema.text(media.name, [schema.marks.link.create({ href: address })]));
  const transaction = view.state.tr.insert(at, isShown ? schema.nodes.figure.create({ address }) : link());
  view.dispatch(transaction.setSelection(pm.TextSelection.near(transaction.doc.resolve(at + 1))).scrollIntoView());
}

// What is done by keys and by what is typed

function plugins(pm, schema) {
  const { list_item: item, line_break: lineBreak, bullet_list: bullets, ordered_list: steps, heading, quote } = schema.nodes;
  const breakLine = (state, dispatch) => {
    if (!state.selection.$from.parent.type.contentMatch.matchType(lineBreak)) return false;
    if (dispatch) dispatch(state.tr.replaceSelectionWith(lineBreak.create()).scrollIntoView());
    return true;
  };
  return [
    pm.inputRules({ rules: [
      pm.wrappingInputRule(/^\s*[-*•]\s$/, bullets),
      pm.wrappingInputRule(/^\s*1[.)]\s$/, steps),
      pm.wrappingInputRule(/^\s*>\s$/, quote),
      pm.textblockTypeInputRule(/^(#{1,3})\s$/, heading, (match) => ({ level: match[1].length > 2 ? 3 : 2 })),
    ] }),
    pm.keymap({
      "Mod-b": pm.toggleMark(schema.marks.strong), "Mod-i": pm.toggleMark(schema.marks.em),
      "Mod-z": pm.undo, "Mod-y": pm.redo, "Shift-Mod-z": pm.redo,
      "Shift-Enter": breakLine,
      Enter: pm.chainCommands(leaveFigure(pm, schema), pm.splitListItem(item)),
      "Mod-]": pm.sinkListItem(item), "Mod-[": pm.liftListItem(item),
    }),
    pm.keymap(pm.baseKeymap),
    pm.gapCursor(),
    pm.history(),
    lineAtTheEnd(pm, schema),
  ];
}

// A caption is one line: Enter goes on below the picture.
function leaveFigure(pm, schema) {
  return (state, dispatch) => {
    const at = state.selection.$from;
    if (at.parent.type !== schema.nodes.figure) return false;
    if (dispatch) {
      const transaction = state.tr.insert(at.after(), schema.nodes.paragraph.create());
      dispatch(transaction.setSelection(pm.TextSelection.near(transaction.doc.resolve(at.after() + 1))).scrollIntoView());
    }
    return true;
  };
}

// Below a picture or table at the end there is always a line to go on in.
function lineAtTheEnd(pm, schema) {
  return new pm.Plugin({
    appendTransaction(transactions, before, state) {
      const last = state.doc.lastChild;
      if (last.type.name !== "figure" && last.type.name !== "table" && last.type.name !== "rule") return null;
      return state.tr.insert(state.doc.content.size, schema.nodes.paragraph.create()).setMeta("addToHistory", false);
    },
  });
}

// The buttons above the text

function commands(pm, schema) {
  const { heading, paragraph, bullet_list: bullets, ordered_list: steps, list_item: item, quote } = schema.nodes;
  const within = (state, type) => { // whether the cursor is in such a block
    const at = state.selection.$from;
    for (let depth = at.depth; depth > 0; depth -= 1) if (at.node(depth).type === type) return true;
    return false;
  };
  const list = (type) => ({
    run: (state, dispatch, view) => (within(state, type) ? pm.liftListItem(item) : pm.wrapInList(type))(state, dispatch, view),
    on: (state) => within(state, type),
  });
  const mark = (type) => ({
    run: pm.toggleMark(type),
    on: ({ selection, storedMarks, doc }) => (selection.empty
      ? Boolean(type.isInSet(storedMarks || selection.$from.marks()))
      : doc.rangeHasMark(selection.from, selection.to, type)),
  });
  return {
    heading: {
      run: (state, dispatch) => nextHeading(pm, heading, paragraph, state)(state, dispatch),
      on: (state) => within(state, heading),
    },
    strong: mark(schema.marks.strong),
    em: mark(schema.marks.em),
    bullets: list(bullets),
    steps: list(steps),
    quote: {
      run: (state, dispatch, view) => (within(state, quote) ? pm.lift : pm.wrapIn(quote))(state, dispatch, view),
      on: (state) => within(state, quote),
    },
    undo: { run: pm.undo, off: (state) => pm.undoDepth(state) === 0 },
    redo: { run: pm.redo, off: (state) => pm.redoDepth(state) === 0 },
  };
}

// A heading, pressed again a smaller one, then plain text again.
function nextHeading(pm, heading, paragraph, state) {
  const now = state.selection.$from.parent;
  if (now.type !== heading) return pm.setBlockType(heading, { level: 2 });
  return now.attrs.level === 2 ? pm.setBlockType(heading, { level: 3 }) : pm.setBlockType(paragraph);
}

let known;

function wireButtons(pm, schema, view) {
  known = commands(pm, schema);
  place.querySelectorAll("[data-do]").forEach((button) => {
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the keyboard of a phone stays open
    button.addEventListener("click", () => {
      const command = known[button.dataset.do];
      if (command) command.run(view.state, view.dispatch, view);
      view.focus();
    });
  });
  wireLink(pm, schema, view);
}

function showState(pm, schema, view) {
  if (!known) return;
  place.querySelectorAll("[data-do]").forEach((button) => {
    const command = known[button.dataset.do];
    if (command && command.on) button.setAttribute("aria-pressed", String(command.on(view.state)));
    if (command && command.off) button.disabled = command.off(view.state);
  });
}

// A link: its address in a line below the buttons; the words that it stands on are those chosen, or the address.
function wireLink(pm, schema, view) {
  const box = document.getElementById("rich-link");
  const input = box.querySelector("input");
  const type = schema.marks.link;
  const close = () => { box.hidden = true; view.focus(); };
  document.getElementById("rich-link-open").addEventListener("click", () => {
    const mark = type.isInSet(view.state.selection.$from.marks());
    input.value = mark ? mark.attrs.href : "";
    box.hidden = false;
    input.focus();
  });
  box.querySelector("[data-link=set]").addEventListener("click", () => {
    const written = input.value.trim();
    const attrs = linkOf(/^[\w-]+(\.[\w-]+)+/.test(written) ? `http://${written}` : written);
    input.setAttribute("aria-invalid", String(!attrs));
    if (!attrs) return;
    setLink(schema, view, attrs);
    close();
  });
  box.querySelector("[data-link=remove]").addEventListener("click", () => {
    const { from, to } = view.state.selection;
    view.dispatch(view.state.tr.removeMark(from, to, type));
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // which would send the page
    box.querySelector("[data-link=set]").click();
  });
}

function setLink(schema, view, attrs) {
  const { state } = view;
  const mark = schema.marks.link.create(attrs);
  const { from, to, empty } = state.selection;
  const transaction = empty
    ? state.tr.replaceSelectionWith(schema.text(attrs.href, [mark]), false)
    : state.tr.addMark(from, to, mark);
  view.dispatch(transaction);
}

// The language that is chosen says which letters and which quotes a phone offers.
function followLanguage(view) {
  const choice = form.elements.language;
  const follow = () => { view.dom.lang = choice.value; };
  choice.addEventListener("change", follow);
  follow();
}
