/* A PDF drawn in the phone, where it can: zoom, search, selecting, scrolling from page to page. Pure enhancement of the
   pictures of pages, and asked for by a button, since pdf.js has half a megabyte. */
const paper = document.querySelector(".paper");
const zoomed = document.querySelector(".zoomed");
const part = (name) => zoomed.querySelector(`[data-part=${name}]`);
const say = (name) => zoomed.querySelector(`[data-say=${name}]`);
const sheets = part("sheets");
const { library, file, place, external, name } = paper.dataset;
const pages = Number(paper.dataset.pages);

const SETTLED = 3000; // milliseconds that a page is in view before it is noted as the place
const MOST_PIXELS = 5e6; // of one canvas: what an old phone's memory bears
const NEAR = "100% 0px"; // around the screen: pages there are drawn, others are let go
const ZOOMS = [1, 1.25, 1.5, 2, 2.5, 3, 4];
const HABIT = "reading-pdf";
const KEPT = `reading-pdf:${location.pathname}`;

let pdf = null;
let zoom = 1;
let current = Number(paper.dataset.page);
const drawn = new Map(); // by number: what is to be ended when the page is let go

const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a full or closed store */ } };
const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const sheet = (number) => sheets.children[number - 1];

/* Opening and closing */

async function open() {
  show({ loading: true });
  try {
    if (!pdf) { await load(); }
    show({ open: true });
    sheets.focus({ preventScroll: true });
    goTo(current);
    remember(HABIT, "open");
  } catch (error) {
    console.warn(error);
    close();
    show({ failed: true });
    remember(HABIT, "");
  }
}

function close() {
  for (const number of [...drawn.keys()]) { letGo(number); }
  remember(HABIT, "");
  show({});
  zoomed.querySelector("[data-do=open]").focus({ preventScroll: true });
  if (current !== Number(paper.dataset.page)) { location.assign(`${place}?at=${current}`); }
}

function show({ open: isOpen = false, loading = false, failed = false }) {
  paper.hidden = isOpen;
  document.querySelectorAll(".turn, .words, .links, .go-to, .original").forEach((each) => { each.hidden = isOpen; });
  part("tools").hidden = sheets.hidden = !isOpen;
  zoomed.querySelector(".offer").hidden = isOpen || loading;
  say("loading").hidden = !loading;
  say("failed").hidden = !failed;
}

let pdfjs = null;

async function load() {
  pdfjs = await import(`${library}pdf.min.mjs`);
  pdfjs.GlobalWorkerOptions.workerSrc = `${library}pdf.worker.min.mjs`;
  const opening = pdfjs.getDocument({
    url: file,
    rangeChunkSize: 65536,
    disableAutoFetch: true,
    disableStream: true,
    disableWorkerRendering: true,
    isEvalSupported: false,
    enableXfa: false,
    maxImageSize: 3e7,
    canvasMaxAreaInBytes: MOST_PIXELS * 4,
    cMapUrl: `${library}cmaps/`,
    cMapPacked: true,
    wasmUrl: `${library}wasm/`,
  });
  pdf = await opening.promise;
  const first = (await pdf.getPage(current)).getViewport({ scale: 1 });
  for (let number = 1; number <= pdf.numPages; number += 1) { sheets.append(emptySheet(number, first)); }
  const near = new IntersectionObserver(come, { rootMargin: NEAR });
  const seen = new IntersectionObserver(view, { threshold: [0.1, 0.5] });
  for (const each of sheets.children) { near.observe(each); seen.observe(each); }
}

function emptySheet(number, { width, height }) {
  const made = document.createElement("div");
  made.dataset.number = number;
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", name.replace("#", number));
  made.style.aspectRatio = `${width} / ${height}`;
  return made;
}

/* Pages come and go with the screen */

function come(entries) {
  for (const { target, isIntersecting } of entries) {
    const number = Number(target.dataset.number);
    if (isIntersecting && !sheets.hidden) { draw(number).catch((error) => fail(number, error)); } else { letGo(number); }
  }
}

function fail(number, error) {
  if (error?.name === "RenderingCancelledException" || error?.name === "AbortException") { return; }
  console.warn(error);
  const picture = new Image();
  picture.className = "sheet";
  picture.alt = name.replace("#", number);
  picture.src = `${location.pathname}?image=${number}&width=1200`;
  sheet(number).replaceChildren(picture);
}

async function draw(number) {
  if (drawn.has(number)) { return; }
  const work = { ended: false, tasks: [] };
  drawn.set(number, work);
  const page = await pdf.getPage(number);
  if (work.ended) { return; }
  const target = sheet(number);
  const whole = page.getViewport({ scale: 1 });
  target.style.aspectRatio = `${whole.width} / ${whole.height}`;
  const shown = target.clientWidth / whole.width;
  const viewport = page.getViewport({ scale: bounded(shown * (window.devicePixelRatio || 1), whole) });
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  const task = page.render({ canvas, viewport });
  work.tasks.push(task);
  await task.promise;
  if (work.ended) { return; }
  target.style.setProperty("--total-scale-factor", shown);
  target.replaceChildren(canvas);
  await lay(textOver(page, whole, work), target, work);
  await lay(linksOver(page, whole), target, work);
  mark(number);
  page.cleanup();
}

/* Words and links over the picture: without them it is still the page. */
async function lay(coming, target, work) {
  const layers = await coming.catch((error) => { if (!work.ended) { console.warn(error); } return []; });
  if (!work.ended) { target.append(...layers); }
}

const bounded = (scale, { width, height }) => Math.min(scale, Math.sqrt(MOST_PIXELS / (width * height)));

function letGo(number) {
  const work = drawn.get(number);
  if (!work) { return; }
  work.ended = true;
  work.tasks.forEach((task) => task.cancel());
  drawn.delete(number);
  sheet(number).querySelectorAll("canvas").forEach((canvas) => { canvas.width = canvas.height = 0; });
  sheet(number).replaceChildren();
}

async function textOver(page, viewport, work) {
  const container = document.createElement("div");
  container.className = "textLayer";
  const layer = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
  work.tasks.push(layer);
  await layer.render();
  work.divs = layer.textDivs;
  return [container];
}

async function linksOver(page, viewport) {
  const annotations = await page.getAnnotations({ intent: "display" });
  const links = await Promise.all(annotations.filter((each) => each.subtype === "Link").map((each) => link(each, viewport)));
  return links.filter(Boolean);
}

async function link({ rect, url, dest }, viewport) {
  const target = url ? null : await pageOf(dest).catch(() => null);
  if (!target && !/^https?:/.test(url || "")) { return null; }
  const made = document.createElement("a");
  const [x1, y1] = viewport.convertToViewportPoint(rect[0], rect[1]);
  const [x2, y2] = viewport.convertToViewportPoint(rect[2], rect[3]);
  made.style.left = `${(100 * Math.min(x1, x2)) / viewport.width}%`;
  made.style.top = `${(100 * Math.min(y1, y2)) / viewport.height}%`;
  made.style.width = `${(100 * Math.abs(x2 - x1)) / viewport.width}%`;
  made.style.height = `${(100 * Math.abs(y2 - y1)) / viewport.height}%`;
  made.href = target ? `${place}?at=${target}` : external + encodeURIComponent(url);
  made.setAttribute("aria-label", target ? name.replace("#", target) : url);
  if (target) { made.addEventListener("click", (event) => { event.preventDefault(); goTo(target); }); }
  return made;
}

async function pageOf(dest) {
  const explicit = typeof dest === "string" ? await pdf.getDestination(dest) : dest;
  if (!Array.isArray(explicit)) { return null; }
  const [target] = explicit;
  return Number.isInteger(target) ? target + 1 : (await pdf.getPageIndex(target)) + 1;
}

function goTo(number) {
  sheet(number)?.scrollIntoView({ block: "start", behavior: "instant" });
}

/* Where the reader is */

const inView = new Map();
let settling = 0;

function view(entries) {
  for (const { target, isIntersecting, intersectionRect } of entries) {
    const number = Number(target.dataset.number);
    if (isIntersecting) { inView.set(number, intersectionRect.height); } else { inView.delete(number); }
  }
  if (sheets.hidden || !inView.size) { return; }
  const [now] = [...inView].reduce((most, each) => (each[1] > most[1] ? each : most));
  if (now === current) { return; }
  current = now;
  clearTimeout(settling);
  settling = setTimeout(settle, SETTLED);
}

/* The app notes it where the browser sends it the reader's cookie from here, as on boxes without names (there the app
   and its packs are one site to browsers). This browser remembers it in any case, and offers to go on there. */
function settle() {
  remember(KEPT, current);
  history.replaceState(null, "", `${location.pathname}?at=${current}`);
  fetch(`${place}?at=${current}&stay=1`, { mode: "no-cors", credentials: "include", keepalive: true }).catch(() => {});
}

/* Zoom, by buttons and by two fingers: what is in the middle of the screen stays there */

function setZoom(wanted) {
  const before = { number: current, share: shareAbove(current), across: acrossShare() };
  zoom = Math.min(Math.max(wanted, ZOOMS[0]), ZOOMS[ZOOMS.length - 1]);
  sheets.style.setProperty("--zoom", zoom);
  for (const number of [...drawn.keys()]) {
    const target = sheet(number);
    target.style.setProperty("--total-scale-factor", target.clientWidth / parseFloat(target.style.aspectRatio));
  }
  const box = sheet(before.number).getBoundingClientRect();
  window.scrollBy({ top: box.top + before.share * box.height - window.innerHeight / 2, behavior: "instant" });
  sheets.scrollLeft = before.across * sheets.scrollWidth - sheets.clientWidth / 2;
  clearTimeout(setZoom.redrawing);
  setZoom.redrawing = setTimeout(redraw, 250);
}

function shareAbove(number) {
  const box = sheet(number).getBoundingClientRect();
  return (window.innerHeight / 2 - box.top) / box.height;
}

const acrossShare = () => (sheets.scrollLeft + sheets.clientWidth / 2) / sheets.scrollWidth;

function redraw() {
  for (const number of [...drawn.keys()]) {
    letGo(number);
    draw(number).catch((error) => fail(number, error));
  }
}

function step(way) {
  const next = way > 0 ? ZOOMS.find((each) => each > zoom + 0.01) : ZOOMS.findLast((each) => each < zoom - 0.01);
  if (next) { setZoom(next); }
}

let pinch = null;
const apart = ({ touches: [a, b] }) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
sheets.addEventListener("touchstart", (event) => {
  pinch = event.touches.length === 2 ? { from: apart(event), zoom } : null;
}, { passive: true });
sheets.addEventListener("touchmove", (event) => {
  if (!pinch || event.touches.length !== 2) { return; }
  event.preventDefault();
  setZoom((pinch.zoom * apart(event)) / pinch.from);
}, { passive: false });
sheets.addEventListener("touchend", () => { pinch = null; }, { passive: true });

/* Search: page after page from where the reader is, letters without their accents and in any case. The field stands in the
   tools that stay in view, since the pages before this one lie above, and is folded away so that they stay low. */

function ask() {
  const isAsked = part("search").hidden;
  part("search").hidden = !isAsked;
  part("found").hidden = true;
  zoomed.querySelector("[data-do=ask]").setAttribute("aria-expanded", String(isAsked));
  if (isAsked) { document.getElementById("in-file").focus({ preventScroll: true }); }
}

const MARKS = /\p{M}+/gu;
const folded = (text) => text.normalize("NFKD").replace(MARKS, "").toLowerCase();
let sought = "";
let awaited = 0; // the number of a page whose first place is shown as soon as its words are there

async function find(text) {
  const wanted = folded(text.trim()).replace(/\s+/g, " ");
  sought = wanted;
  drawn.forEach((_, number) => mark(number));
  part("found").hidden = !wanted;
  if (!wanted) { return; }
  say("found").textContent = "…";
  const from = find.last === wanted ? current : current - 1;
  find.last = wanted;
  for (let step = 1; step <= pages; step += 1) {
    const number = ((from + step - 1) % pages) + 1;
    if (sought !== wanted) { return; }
    if ((await wordsOf(number).catch(() => "")).includes(wanted)) {
      say("found").textContent = say("found").dataset.some.replace("#", number);
      current = awaited = number;
      goTo(number);
      mark(number);
      return;
    }
  }
  say("found").textContent = say("found").dataset.none;
}

async function wordsOf(number) {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  return folded(items.map((item) => item.str + (item.hasEOL ? " " : "")).join("")).replace(/\s+/g, " ");
}

/* The places of a drawn page that hold what is sought are coloured, where the browser can (CSS Custom Highlight API). */
function mark(number) {
  const work = drawn.get(number);
  const before = work?.ranges || [];
  if (work?.divs) { work.ranges = sought ? rangesOf(work.divs) : []; }
  if (globalThis.CSS?.highlights) { colour(before, work?.ranges || []); }
  if (number === awaited && work?.ranges?.length) { bringUp(work.ranges[0]); }
}

function colour(before, places) {
  const colours = CSS.highlights.get("found") || new Highlight();
  CSS.highlights.set("found", colours);
  for (const range of before) { colours.delete(range); }
  for (const range of places) { colours.add(range); }
}

/* A place below the screen, beside it or behind the tools is brought into the middle. */
function bringUp(range) {
  awaited = 0;
  const { top, bottom, left, right } = range.getBoundingClientRect();
  if (top < part("tools").getBoundingClientRect().bottom || bottom > innerHeight) { scrollBy(0, top - innerHeight / 2); }
  if (left < 0 || right > innerWidth) { sheets.scrollLeft += left - innerWidth / 2; }
}

function rangesOf(divs) {
  let text = "";
  const places = []; // of each folded letter: its node and where it is in it
  for (const { firstChild: node } of divs) {
    if (!node) { continue; }
    [...node.data].reduce((at, letter) => {
      for (const piece of folded(letter)) { text += piece; places.push([node, at, at + letter.length]); }
      return at + letter.length;
    }, 0);
    if (!text.endsWith(" ")) { text += " "; places.push([node, node.length, node.length]); }
  }
  const ranges = [];
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) {
    const range = new Range();
    range.setStart(places[at][0], places[at][1]);
    range.setEnd(places[at + sought.length - 1][0], places[at + sought.length - 1][2]);
    ranges.push(range);
  }
  return ranges;
}

/* Beginning */

const search = () => find(document.getElementById("in-file").value).catch(() => {});
const DO = { open, close, ask, larger: () => step(1), smaller: () => step(-1), next: search };
zoomed.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (button) { DO[button.dataset.do](); }
});
part("search").addEventListener("submit", (event) => { event.preventDefault(); search(); });

function offerKept() {
  const kept = Number(remembered(KEPT));
  const isOpened = current === 1 || /[?&]again=/.test(location.search);
  if (!(kept > 0 && kept <= pages) || kept === current || !isOpened) { return; }
  part("kept").querySelector("span").textContent = part("kept").dataset.words.replace("#", kept);
  part("kept").querySelector("a").href = `${place}?at=${kept}`;
  part("kept").hidden = false;
}

/* `file.pdf#page=12`, as contents and other pages write it (RFC 8118, section 3) */
const meant = /^#page=(\d{1,8})$/.exec(location.hash);
if (meant && Number(meant[1]) !== current) {
  location.replace(`${place}?at=${meant[1]}`);
} else if ("structuredClone" in globalThis && "IntersectionObserver" in globalThis) {
  zoomed.hidden = false;
  show({});
  offerKept();
  if (remembered(HABIT) === "open") { open(); }
}
