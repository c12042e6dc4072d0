"""Writes tests/old_browsers/data.json from MDN's browser compatibility data and caniuse's; needs npm and the network.

    python -m tools.renew_browser_data

Run it when a page uses something for the first time that the oldest browsers lack, and once in a while.
Not here: what is said about a feature in docs/support.md. The tool prints the lines that are
missing there, and what is no longer used.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.old_browsers.data import FILE, BrowserData, Row
from tests.old_browsers.table import missing_rows, superfluous
from tests.old_browsers.used import used_everywhere

FOLDER = Path(__file__).parents[1] / "build" / "browser-data"
PACKAGES = ("@mdn/browser-compat-data", "caniuse-lite", "web-features")
NOTICE = {
    "sources": "names and versions: @mdn/browser-compat-data {0} (CC0-1.0); UC, Opera Mini and KaiOS: caniuse.com by "
    "caniuse-lite {1} (CC-BY-4.0); which belongs to which: web-features {2} (Apache-2.0)",
    "changed": "only what our pages may use, only the browsers of docs/support.md, only first versions",
    "written by": "tools/renew_browser_data.py",
}
BASE = {"chrome": 39.0, "firefox": 48.0, "safari": 9.0}
# Interfaces of browsers that a page of ours could reasonably use.
_INTERFACES = """Blob CSSStyleDeclaration CharacterData CustomEvent DOMParser DOMRect DOMStringMap DOMTokenList Document
    DocumentFragment Element Event EventTarget File FileReader FormData HTMLAnchorElement HTMLButtonElement
    HTMLCollection HTMLDetailsElement HTMLDialogElement HTMLDocument HTMLElement HTMLFormElement HTMLImageElement
    HTMLInputElement HTMLMediaElement HTMLOptionElement HTMLSelectElement HTMLTextAreaElement HTMLTrackElement
    HTMLVideoElement History IntersectionObserver KeyboardEvent Location MediaError MediaQueryList
    MouseEvent MutationObserver
    Navigator Node NodeList Performance Range ResizeObserver Selection Storage Text TextTrack TextTrackCue
    TextTrackCueList TextTrackList TimeRanges Touch TouchEvent UIEvent URL URLSearchParams VTTCue Window
    XMLHttpRequest XMLHttpRequestEventTarget crypto fetch caches console"""
INTERFACES = set(_INTERFACES.split())
SCOPES = {"css": 3, "html": 4, "svg": 3, "javascript.builtins": 2, "api": 2}  # and how deep below each
CANIUSE = """
const {agents, feature, features} = require("caniuse-lite");
const last = {and_uc: null, op_mini: "all", kaios: "2.5"};
for (const version of agents.and_uc.versions) if (version) last.and_uc = version;
const found = {};
for (const id in features) {
  const stats = feature(features[id]).stats;
  found[id] = Object.keys(last).map((browser) => (stats[browser] || {})[last[browser]] || null);
}
console.log(JSON.stringify(found));
"""
WORDS = {"y": "yes", "a": "partly", "n": "no", "p": "no", "d": "no", "u": "?"}

Compat = dict[str, Any]


def main() -> None:
    features = dict(_features(json.loads(_file("@mdn/browser-compat-data", "data.json"))))
    base = {name for name, compat in features.items() if _is_base(compat)}
    known = BrowserData(frozenset(base), frozenset(features.keys() - base), {})
    used = sorted(feature for feature in used_everywhere(known) if feature in known.later)
    caniuse = json.loads(_output("node", "-e", CANIUSE))
    ids = _caniuse_ids(json.loads(_file("web-features", "data.json"))["features"])
    rows = {
        name: _row(features[name], [caniuse[each] for each in ids(features[name]) if each in caniuse]) for name in used
    }
    versions = [json.loads(_file(package, "package.json"))["version"] for package in PACKAGES]
    written = {name: text.format(*versions) for name, text in NOTICE.items()}
    written |= {"base": _grouped(base), "later": _grouped(known.later), "rows": rows}
    FILE.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print("\n".join([*missing_rows(), *superfluous()]))  # noqa: T201


def _output(*command: str) -> str:
    return subprocess.run(command, cwd=FOLDER, check=True, capture_output=True, text=True).stdout


def _file(package: str, name: str) -> str:
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not (FOLDER / "node_modules" / package).exists():
        _output("npm", "install", "--prefix", ".", "--no-audit", "--no-fund", *PACKAGES)
    return (FOLDER / "node_modules" / package / name).read_text("utf-8")


def _features(data: Compat) -> Iterator[tuple[str, Compat]]:
    for scope, depth in SCOPES.items():
        place = data
        for part in scope.split("."):
            place = place[part]
        if scope == "api":
            place = {name: each for name, each in place.items() if name in INTERFACES}
        yield from _below(place, scope, depth)


def _below(place: Compat, name: str, depth: int) -> Iterator[tuple[str, Compat]]:
    for part, child in place.items():
        if part.startswith("__") or " " in part:
            continue
        if "__compat" in child:
            yield f"{name}.{part}", child["__compat"]
        if depth > 1:
            yield from _below(child, f"{name}.{part}", depth - 1)


def _version(compat: Compat, browser: str) -> str:
    """The first version that has all of the feature, by its own name."""
    statements = compat["support"].get(browser, [])
    for each in statements if isinstance(statements, list) else [statements]:
        if not {"prefix", "alternative_name", "flags", "version_removed", "partial_implementation"} & each.keys():
            number = re.search(r"\d+(\.\d+)?", str(each["version_added"] or ""))
            if number:
                return number[0]
    return "no"


def _is_base(compat: Compat) -> bool:
    versions = {browser: _version(compat, browser) for browser in BASE}
    return all(version != "no" and float(version) <= BASE[browser] for browser, version in versions.items())


def _caniuse_ids(features: Compat) -> Any:
    def ids(compat: Compat) -> list[str]:
        named = [tag.removeprefix("web-features:") for tag in compat.get("tags", []) if tag.startswith("web-features:")]
        return [each for name in named for each in features.get(name, {}).get("caniuse", [])]

    return ids


def _row(compat: Compat, stats: list[list[str]]) -> Row:
    """The worst that caniuse says of what belongs to it. KaiOS 2.5 is Firefox 48, and has no more than that."""
    chrome, firefox, safari = (_version(compat, browser) for browser in BASE)
    uc, mini, kaios = (_worst([each[place] for each in stats]) for place in range(3))
    is_too_new = firefox == "no" or float(firefox) > BASE["firefox"]
    return Row(chrome, firefox, safari, uc, mini, "no" if is_too_new else "yes" if kaios == "?" else kaios)


def _worst(stats: list[str | None]) -> str:
    words = {WORDS[stat[0]] for stat in stats if stat}
    return next((word for word in ("no", "partly", "yes") if word in words), "?")


def _grouped(names: frozenset[str] | set[str]) -> dict[str, str]:
    groups: dict[str, list[str]] = {}
    for name in sorted(names):
        parent, _, last = name.rpartition(".")
        groups.setdefault(parent, []).append(last)
    return {parent: " ".join(lasts) for parent, lasts in sorted(groups.items())}


if __name__ == "__main__":
    main()
