"""The stylesheets, the sprite and docs/design-language.md say the same; contrasts hold; nothing says left or right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from ideascube.web.looks import PAIRS, Pair, Themes, contrast, icon_names, themes
from tests.support.stylesheets import colours, halves, physical, rules
from tests.web.library import app_with
from tests.web.reading import html, texts

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "ideascube" / "static"
SHEETS = sorted(STATIC.glob("*.css"))
IN_PACKS = sorted((ROOT / "content_packs" / "build" / "assets").glob("*.css"))
SPRITE = (STATIC / "icons.svg").read_text()
STAFF_SPRITE = (STATIC / "staff-icons.svg").read_text()
DOCUMENT = (ROOT / "docs" / "design-language.md").read_text()
TEMPLATES = ROOT / "ideascube" / "templates"
PIECES = "".join(
    (TEMPLATES / name).read_text()
    for name in ("parts.html", "staff_forms.html", "staff_lists.html", "staff_changes.html")
)
SHARED = "".join((STATIC / name).read_text() for name in ("style.css", "forms.css", "staff.css"))


@pytest.fixture(scope="module")
def looks() -> Themes:
    return themes((STATIC / "style.css").read_text())


class TestColours:
    @pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.front} on {pair.ground}")
    def test_contrast_is_enough_in_light_and_dark(self, looks: Themes, pair: Pair) -> None:
        assert contrast(looks.light, pair) >= pair.least
        assert contrast(looks.dark, pair) >= pair.least

    def test_contrast_is_that_of_wcag(self) -> None:
        tokens = {"black": "#000", "white": "#ffffff", "grey": "#767676", "veil": "rgba(255, 255, 255, .5)"}

        assert round(contrast(tokens, Pair("black", "white", 0)), 2) == 21
        assert round(contrast(tokens, Pair("grey", "white", 0)), 2) == 4.54
        assert contrast(tokens, Pair("white", "black", 0, "veil")) < 5

    def test_dark_is_the_same_whoever_asks_for_it(self, looks: Themes) -> None:
        assert looks.dark == looks.system_dark
        assert looks.dark.keys() == looks.light.keys()

    def test_every_colour_is_a_token(self) -> None:
        assert colours((STATIC / "style.css").read_text()) == []

    @pytest.mark.parametrize("sheet", [*SHEETS, *IN_PACKS], ids=lambda path: path.name)
    def test_text_and_its_ground_are_named_together(self, sheet: Path) -> None:
        """So that an old browser never takes half of a pair: docs/decisions/0026-colours-are-tokens.md"""
        assert halves(sheet.read_text()) == []

    def test_pages_of_packs_have_the_same_colours(self, looks: Themes) -> None:
        sheet = next(path for path in IN_PACKS if path.name == "style.css").read_text()
        light, dark = (
            dict(declared) for selector, declared in rules(sheet) if selector == ":root" and len(declared) > 3
        )
        own = {name.removeprefix("--"): value for name, value in light.items() if value.startswith("#")}

        assert {name: looks.light[name] for name in own} == own
        assert {f"--{name}": looks.dark[name] for name in own} == dark

    def test_half_of_a_pair_is_found(self) -> None:
        assert halves(".a { color: #fff; background: var(--deep) } .b { background-color: #000 }") == [".a", ".b"]
        assert halves(".a { color: #fff; background: #000 } .b { color: var(--ink); background: var(--paper) }") == []


class TestDirections:
    @pytest.mark.parametrize("sheet", [*SHEETS, *IN_PACKS], ids=lambda path: path.name)
    def test_no_stylesheet_says_left_or_right(self, sheet: Path) -> None:
        assert physical(sheet.read_text()) == []

    @pytest.mark.parametrize(
        "declaration",
        [
            "margin-left: 1px", "left: 0", "text-align: right", "border-right-color: red", "float: left",
            "margin: 0 1px 0 2px", "padding: 0 1px 2px 0", "border-top-left-radius: 3px", "border-radius: 3px 0 0 3px",
            "inset: 0 1px 0 2px", "border-width: 0 0 0 4px", "scroll-margin-left: 1px",
        ],
    )  # fmt: skip
    def test_what_says_so_is_found(self, declaration: str) -> None:
        assert len(physical(f"a {{ color: inherit; {declaration}; }}")) == 1

    def test_what_is_the_same_on_both_sides_is_not(self) -> None:
        assert physical("a { margin: 0 1px 3px; padding: 0 calc(-1 * var(--x)) 2px; width: 3px; inset: 0; }") == []


class TestDocument:
    def test_it_names_the_tokens_that_there_are(self, looks: Themes) -> None:
        assert set(re.findall(r"`--([\w-]+)`", DOCUMENT)) ^ looks.light.keys() <= {
            "space-2",
            "space-3",
            "space-4",
            "space-5",
        }

    def test_every_token_is_used_and_every_token_used_is_there(self, looks: Themes) -> None:
        used = {name for sheet in SHEETS for name in re.findall(r"var\(--([\w-]+)", sheet.read_text())}

        assert used - _own(SHEETS) <= looks.light.keys()
        assert looks.light.keys() <= used

    def test_it_names_the_pairs_that_are_measured(self) -> None:
        rows = re.findall(r"^\| `--([\w-]+)` \|[^|]*\|([^|]*)\|$", DOCUMENT, re.MULTILINE)
        named = {(front, ground) for front, grounds in rows for ground in re.findall(r"`--([\w-]+)`", grounds)}

        assert named == {(pair.front, pair.ground) for pair in PAIRS}

    def test_it_names_the_icons_that_there_are(self) -> None:
        section = DOCUMENT.partition("## Icons")[2].partition("## Components")[0]
        named = re.findall(r"`([a-z0-9-]+)`", "".join(re.findall(r"^\|([^|]*)\|", section, re.MULTILINE)))

        assert sorted(named) == sorted(icon_names(SPRITE) + icon_names(STAFF_SPRITE))

    def test_it_names_components_that_there_are(self) -> None:
        section = DOCUMENT.partition("## Components")[2]
        selectors = " ".join(selector for selector, _ in rules(SHARED))

        assert [name for name in re.findall(r"`(\.[\w-]+)`", section) if not re.search(rf"\{name}\b", selectors)] == []
        assert set(re.findall(r"`(\w+)\(…\)`", section)) == set(re.findall(r"macro ([a-z]\w+)\(", PIECES))


def _own(sheets: list[Path]) -> set[str]:
    """Tokens that a page's own stylesheet or script declares for itself."""
    own = [sheet.read_text() for sheet in sheets if sheet.name != "style.css"]
    scripts = [script.read_text() for script in STATIC.glob("*.js")]
    return set(re.findall(r"--([\w-]+)(?=[:\"'])", "".join((*own, *scripts)))) | {"min-font-size"}  # of pdf.js


class TestIcons:
    def test_pages_ask_for_icons_that_there_are(self) -> None:
        pages = [path.read_text() for path in (ROOT / "ideascube" / "templates").glob("**/*.html")]
        asked = {name for page in pages for name in re.findall(r"\bicon\(\s*\"([a-z0-9-]+)\"", page)}

        assert asked <= {*icon_names(SPRITE), *icon_names(STAFF_SPRITE)}

    def test_every_icon_is_used(self) -> None:
        """The first sprite is part of a first visit; in code a name stands in quotes, in scripts behind a `#`."""
        files = [path for kind in ("html", "py", "js") for path in (ROOT / "ideascube").glob(f"**/*.{kind}")]
        text = "".join(
            path.read_text() for path in files if path.name != "styleguide.html" and "vendor" not in path.parts
        )

        assert [name for name in icon_names(SPRITE) if not re.search(rf"[\"'#]{name}[\"']", text)] == []

    def test_the_licence_lies_beside_them(self) -> None:
        assert "ISC License" in (STATIC / "icons.LICENSE.txt").read_text()


class TestStyleguide:
    async def test_it_shows_every_token_and_icon(
        self, aiohttp_client: AiohttpClient, tmp_path: Path, looks: Themes
    ) -> None:
        page = await html(await aiohttp_client(app_with(tmp_path)), "/staff/styleguide")

        shown = {text.removeprefix("--") for text in texts(page, ".tokens code")}
        assert {name for name, value in looks.light.items() if value.startswith("#")} <= shown
        assert texts(page, ".all-icons code") == icon_names(SPRITE) + icon_names(STAFF_SPRITE)
        assert len(page.css(".scrolls tbody tr")) == len(PAIRS)
        assert [each.attributes["dir"] for each in page.css(".sample")] == ["ltr", "ltr", "rtl", "rtl", "ltr", "rtl"]

    async def test_no_learner_s_page_leads_there(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        client = await aiohttp_client(app_with(tmp_path))

        for path in ("/", "/library", "/search", "/mine"):
            assert (await html(client, path)).css("a[href*=styleguide]") == [], path
