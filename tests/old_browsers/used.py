"""Every file that a visitor's browser reads of us, and what is used in each."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.old_browsers.css_features import css_features
from tests.old_browsers.data import BrowserData
from tests.old_browsers.html_features import html_features
from tests.old_browsers.js_features import names_used

ROOT = Path(__file__).parents[2]
_FOLDERS = (
    "ideascube/static",
    "ideascube/templates",
    "content_packs/build/assets",
    "content_packs/build/templates",
    "content_packs/courses",
)
_MODULE = re.compile(r"""<script\s[^>]*type="module"[^>]*static\("([^"]+)"\)""")
# Of others, kept as they publish them; each is a pure addition where the browser can run it.
_VENDOR = "vendor"

# Objects by the names that scripts have for them, and by the method or member that gives them.
_OBJECTS = {
    "window": "api.Window",
    "document": "api.Document",
    "navigator": "api.Navigator",
    "location": "api.Location",
    "history": "api.History",
    "localStorage": "api.Storage",
    "sessionStorage": "api.Storage",
    "querySelectorAll": "api.NodeList",
    "childNodes": "api.NodeList",
    "children": "api.HTMLCollection",
    "classList": "api.DOMTokenList",
    "textTracks": "api.TextTrackList",
    "cues": "api.TextTrackCueList",
    "activeCues": "api.TextTrackCueList",
}

# What stands in the data below its newer name.
_RENAMED = {"css.properties.grid-gap": "css.properties.gap"}

# Names that something old has as well as something newer, where the newer one is what scripts mostly mean.
_TRAPS = {
    "append": "api.Element.append",
    "key": "api.KeyboardEvent.key",
    "normalize": "javascript.builtins.String.normalize",
}


def files(ending: str) -> list[Path]:
    """Our files of one kind, without those of others."""
    found = (path for folder in _FOLDERS for path in sorted((ROOT / folder).rglob(f"*{ending}")))
    return [path for path in found if _VENDOR not in path.parts]


@functools.cache
def modules() -> frozenset[str]:
    """The scripts that pages load as modules: old browsers leave them alone, and nothing is lost but what they add."""
    return frozenset(name for path in files(".html") for name in _MODULE.findall(path.read_text("utf-8")))


def scripts() -> list[Path]:
    """The scripts that every browser runs."""
    return [path for path in files(".js") if path.name not in modules()]


def used_everywhere(data: BrowserData) -> dict[str, set[str]]:
    """Each feature with the files that use it."""
    found: dict[str, set[str]] = {}
    for path in [*files(".css"), *files(".html"), *scripts()]:
        for feature in used_in(path, data):
            found.setdefault(feature, set()).add(str(path.relative_to(ROOT)))
    return found


def used_in(path: Path, data: BrowserData) -> set[str]:
    text = path.read_text("utf-8")
    if path.suffix == ".css":
        return {each for feature in css_features(text) for each in _css(feature, data)}
    if path.suffix == ".html":
        return {_html(feature, data) for feature in html_features(text)}
    return set(js_features(text, data))


def _css(feature: str, data: BrowserData) -> Iterator[str]:
    """The feature by the name that the data has; values and units matter only where the data tells them apart."""
    feature = _RENAMED.get(feature, feature)
    if data.knows(feature):
        yield feature
    elif feature.startswith("css.properties.-") and data.knows(plain := feature.replace(f"-{_maker(feature)}-", "")):
        yield plain
    elif feature.startswith("css.types."):
        yield from _function(feature.removeprefix("css.types."), data)
    elif feature.count(".") == 2 and feature != "css.properties.src":
        yield feature


def _maker(feature: str) -> str:
    return feature.split(".")[2].split("-")[1]


def _function(name: str, data: BrowserData) -> Iterator[str]:
    """A function or a unit: the data has some below a type, such as `linear-gradient` below `gradient`."""
    plain = name.rpartition(".")[2]
    found = [each for each in _named(data, plain) if each.startswith("css.types.")]
    if found:
        yield min(found, key=len)


def _html(feature: str, data: BrowserData) -> str:
    """An attribute that every element may have goes by its own name."""
    if data.knows(feature):
        return feature
    everywhere = f"{feature.partition('.')[0]}.global_attributes.{feature.rpartition('.')[2]}"
    return everywhere if data.knows(everywhere) else feature


def js_features(script: str, data: BrowserData) -> Iterator[str]:
    """What a script uses of browsers; a member of an object of its own is nothing of theirs."""
    used, members = names_used(script)
    for name in used:
        yield from (each for each in (f"api.{name}", f"javascript.builtins.{name}") if data.knows(each))
    for owner, name in members:
        yield from _member(owner, name, data)


def _member(owner: str, name: str, data: BrowserData) -> Iterable[str]:
    """Whose member it is where that can be told; else the oldest that has one of this name, but for traps."""
    exact = [f"{base}.{name}" for base in (_OBJECTS.get(owner, ""), f"javascript.builtins.{owner}", f"api.{owner}")]
    known = next((each for each in exact if owner and data.knows(each)), None) or _TRAPS.get(name)
    if known:
        return [known]
    found = [each for each in _named(data, name) if each.startswith(("api.", "javascript."))]
    return sorted(found, key=lambda each: (each in data.later, len(each)))[:1]


def _named(data: BrowserData, name: str) -> list[str]:
    return _by_last_part(data).get(name, [])


@functools.cache
def _cached(base: frozenset[str], later: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for feature in sorted(base | later):
        found.setdefault(feature.rpartition(".")[2], []).append(feature)
    return found


def _by_last_part(data: BrowserData) -> dict[str, list[str]]:
    return _cached(data.base, data.later)
