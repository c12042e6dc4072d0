"""docs/support.md says of everything that our pages use beyond the base who has it, and what happens where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ideascube.web.bar import STYLE as BAR_STYLE
from tests.old_browsers.css_features import NotCss, css_features, half_coloured, lost_with_another
from tests.old_browsers.data import BrowserData, browser_data
from tests.old_browsers.html_features import html_features
from tests.old_browsers.js_features import newer_than_es5
from tests.old_browsers.table import lines, needed, worst
from tests.old_browsers.used import ROOT, files, js_features, scripts, used_everywhere

STYLES, SCRIPTS = files(".css"), scripts()


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_everything_that_is_used_is_known():
    """What nobody has heard of is a slip of the pen, or newer than the data."""
    data = browser_data()

    assert {} == {feature: where for feature, where in used_everywhere(data).items() if not data.knows(feature)}


def test_everything_beyond_the_base_has_versions():
    data = browser_data()
    newer = {feature: where for feature, where in used_everywhere(data).items() if feature in data.later}

    assert {} == {feature: where for feature, where in newer.items() if feature not in data.rows}, (
        "run `python -m tools.renew_browser_data`, and add to docs/support.md what it prints"
    )


def test_the_table_has_what_is_used_and_nothing_else():
    documented = [feature for line in lines() for feature in line.features]

    assert sorted(needed()) == sorted(documented)


def test_the_table_says_what_the_data_says():
    rows = needed()
    expected = {line.features: worst([rows[each] for each in line.features if each in rows]) for line in lines()}

    assert expected == {line.features: line.row for line in lines()}
    assert [] == [line.features for line in lines() if len(line.without) < 10]


@pytest.mark.parametrize("script", SCRIPTS, ids=relative)
def test_scripts_are_ecmascript_5(script: Path):
    assert [] == newer_than_es5(script.read_text("utf-8"))


@pytest.mark.parametrize("style", STYLES, ids=relative)
def test_no_rule_is_lost_with_another(style: Path):
    assert [] == lost_with_another(style.read_text("utf-8"), lambda selector: selector in browser_data().base)


def test_no_rule_of_the_bar_is_lost():
    assert [] == lost_with_another(BAR_STYLE, lambda selector: selector in browser_data().base)


@pytest.mark.parametrize("style", [style for style in STYLES if "static" in style.parts], ids=relative)
def test_no_letters_in_the_colour_of_what_is_behind_them(style: Path):
    assert [] == half_coloured(style.read_text("utf-8"))


# ---- The lint finds what it is there for.


@pytest.fixture(scope="module")
def data() -> BrowserData:
    return browser_data()


@pytest.mark.parametrize(
    ("style", "feature"),
    [
        ("a { aspect-ratio: 1 }", "css.properties.aspect-ratio"),
        ("a { display: contents }", "css.properties.display.contents"),
        ("a { width: clamp(1px, 2vw, 3px) }", "css.types.clamp"),
        ("@media (hover: none) { a:has(b) { color: red } }", "css.selectors.has"),
        ("@media (min-width: 1px) and (hover: none) { }", "css.at-rules.media.hover"),
        ("@supports (x: y) { a { gap: 1px } }", "css.properties.gap"),
        ("@container (width > 1px) { }", "css.at-rules.container"),
        ("@keyframes x { from { translate: 1px } }", "css.properties.translate"),
        ("a { color: #0004 }", "css.types.color.alpha_hexadecimal_notation"),
        ("a { --b: 1 }", "css.properties.custom-property"),
    ],
)
def test_style_is_taken_apart(style: str, feature: str):
    assert feature in css_features(style)


def test_a_mistake_in_style_is_found():
    for mistake in ("a { color red }", "a { } }"):
        with pytest.raises(NotCss):
            css_features(mistake)


@pytest.mark.parametrize(
    ("markup", "feature"),
    [
        ("<dialog></dialog>", "html.elements.dialog"),
        ('<img {% if x %}loading="lazy"{% endif %} src="{{ x }}">', "html.elements.img.loading"),
        ("<input type='date'>", "html.elements.input.type_date"),
        ("<h{{ level }}><p inert>", "html.elements.p.inert"),
        ("<svg><use href='#x'/></svg>", "svg.elements.use.href"),
        ("<img src='/x.webp'>", "html.elements.img.webp"),
        ("{# <dialog> #}<i></i>", "html.elements.i"),
    ],
)
def test_markup_is_taken_apart(markup: str, feature: str):
    found = html_features(markup)

    assert feature in found
    assert "html.elements.dialog" not in found or "dialog" in feature


@pytest.mark.parametrize(
    "script",
    ["let a = 1;", "() => 1;", "`a`;", "f(...a);", "class A {}", "for (var a of b) {}", "var {a} = b;", "({a});",
     "a ?? b;", "a?.b;", "a ** 2;", "/a/u;", "/(?<a>b)/;", "0b1;", "function f(a = 1) {}", "f(a,);", "async () => 1;",
     "({a() {}});", "function* f() {}", "import a from 'b';", "var a = ;"],
)  # fmt: skip
def test_newer_script_is_found(script: str):
    assert newer_than_es5(script)


def test_older_script_is_not():
    assert [] == newer_than_es5(
        "(function () { 'use strict'; var a = [/[^]/gi, 1e-9, -0x1f, {get: 1, 'b': null}], c; }());"
    )


@pytest.mark.parametrize(
    ("script", "feature"),
    [
        ("document.querySelectorAll('a').forEach(f);", "api.NodeList.forEach"),
        ("element.closest('a');", "api.Element.closest"),
        ("Array.from(a);", "javascript.builtins.Array.from"),
        ("new Proxy(a, b);", "javascript.builtins.Proxy"),
        ("window.fetch('a');", "api.Window.fetch"),
        ("fetch('a');", "api.fetch"),
        ("a.includes(b);", "api.DOMTokenList.includes"),
    ],
)
def test_what_scripts_ask_of_browsers_is_found(data: BrowserData, script: str, feature: str):
    found = list(js_features(script, data))

    assert [each for each in found if each in data.later], found
    assert feature.rpartition(".")[2] in {each.rpartition(".")[2] for each in found}


def test_what_scripts_have_of_their_own_is_not(data: BrowserData):
    script = (
        "var fetch = 1, a = {beside: fetch}; a.beside(); [1].forEach(fetch); Object.keys(a); 'a'.replace('a', 'b');"
    )

    assert [] == [each for each in js_features(script, data) if each in data.later]


def test_rules_that_an_old_browser_skips_are_found():
    assert ["1: a:hover, a:focus-visible"] == lost_with_another(
        "a:hover, a:focus-visible { } a:focus-visible, b:focus-visible { }", lambda name: not name.endswith("visible")
    )


def test_letters_without_a_colour_behind_them_are_found():
    style = "a { color: #fff; background: var(--a) } b { color: #fff; background: #000; background: var(--a) }"

    assert ["1: a"] == half_coloured(style)
