"""Makes the two sprites of icons and the drawings of kinds of packs from Lucide's icons.

For contributors, by hand, after a change here: what it writes is kept in the repository. It takes the folder of the npm
package `lucide-static` (`npm pack lucide-static`, unpacked), whose licence goes beside the sprite.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from xml.etree import ElementTree

STATIC = Path(__file__).parents[1] / "ideascube" / "static"

# What pages use and nothing more: the sprite is part of a first visit.
ICONS = (
    "app-window arrow-left arrow-right award book-open bookmark captions check chevron-down "
    "circle-help clock download file-text film flag gauge globe graduation-cap headphones house id-card image "
    "info languages layout-grid library lightbulb list log-in log-out play printer puzzle qr-code rotate-ccw "
    "search shuffle trash-2 type users wifi-off x"
)

# The same for the workspace, in a sprite of its own that learners never load.
STAFF_ICONS = (
    "arrow-down arrow-up bold calendar-clock camera clipboard-check copy eye eye-off file-diff folder-open "
    "hard-drive heading history image-plus inbox italic key-round layout-dashboard link list-ordered lock megaphone "
    "message-square mic pen-line plus quote redo-2 refresh-cw save scroll-text send settings shapes star tablet tag "
    "triangle-alert undo-2 upload usb user user-plus"
)

# A kind of pack: its icon, and the field behind it, as in style.css.
KINDS = {
    "audio": ("headphones", "#1a6762"),
    "book": ("book-open", "#a8431a"),
    "collection": ("layout-grid", "#855c00"),
    "course": ("graduation-cap", "#3a6a2b"),
    "encyclopedia": ("globe", "#1f5a9c"),
    "film": ("film", "#8a2f5c"),
    "made": ("users", "#8f1d2c"),
    "software": ("puzzle", "#5b49a8"),
    "website": ("app-window", "#475a72"),
}
STROKE = 'fill="none" stroke="{}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
SVG = '<svg xmlns="http://www.w3.org/2000/svg"{}>{}</svg>\n'


def shapes(package: Path, name: str) -> str:
    """What an icon is drawn of, without the frame around it."""
    drawing = ElementTree.parse(package / "icons" / f"{name}.svg").getroot()
    written = "".join(ElementTree.tostring(shape, encoding="unicode").strip() for shape in drawing)
    return re.sub(r'ns0:| xmlns:ns0="[^"]*"| (?=/>)', "", written)


def symbol(package: Path, name: str) -> str:
    return f'<symbol id="{name}" viewBox="0 0 24 24" {STROKE.format("currentColor")}>{shapes(package, name)}</symbol>\n'


def drawing(package: Path, icon: str, field: str) -> str:
    shown = f'<g transform="translate(24 24) scale(2)" {STROKE.format("#fff")}>{shapes(package, icon)}</g>'
    return SVG.format(' viewBox="0 0 96 96"', f'<path fill="{field}" d="M0 0h96v96H0z"/>{shown}')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the unpacked folder of lucide-static")
    package = parser.parse_args().package
    for file, names in (("icons.svg", ICONS), ("staff-icons.svg", STAFF_ICONS)):
        sprite = "\n" + "".join(symbol(package, name) for name in names.split())
        (STATIC / file).write_text(SVG.format("", sprite))
    (STATIC / "icons.LICENSE.txt").write_text((package / "LICENSE").read_text())
    for kind, (icon, field) in KINDS.items():
        (STATIC / f"kind-{kind}.svg").write_text(drawing(package, icon, field))


if __name__ == "__main__":
    main()
