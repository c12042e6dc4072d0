// A single-page app as frameworks make them: its templates are compiled in the browser, its routes are in the hash and
// in the history, its data is JSON in the pack, and what the reader did is kept in the browser.
const place = document.getElementById("app");
const compile = template => new Function("data", `with (data) { return \`${template}\`; }`);
const lesson = compile("<h1>${title}</h1><p>visit ${visits}</p>");

function stored(change) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("progress", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("visits");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const store = opening.result.transaction("visits", "readwrite").objectStore("visits");
      const reading = store.get("count");
      reading.onsuccess = () => {
        store.put(change(reading.result || 0), "count").onsuccess = event => resolve(change(reading.result || 0));
      };
    };
  });
}

async function show() {
  const name = location.hash.slice(2) || "first";
  const { translate } = await import("./words.js");
  const data = await (await fetch(`data/${name}.json`)).json();
  const visits = await stored(count => count + 1);
  place.innerHTML = lesson({ title: translate(data.title), visits });
  localStorage.setItem("last", name);
}

addEventListener("hashchange", show);
addEventListener("popstate", () => { document.title = history.state ? history.state.title : "A single-page app"; });
await show();
history.pushState({ title: "Deep" }, "", "deep/page");
history.pushState({ title: "Deeper" }, "", "deeper");
history.back();
