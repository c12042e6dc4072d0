"""Draws the pictures, the film, the sounds and the book of the demo library in ideascube/demo.

For contributors, by hand, after a change here: their outputs are kept in the repository. Needs Pillow, ffmpeg,
espeak-ng and the DejaVu fonts.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from demo_media import book, epub, film, numbers, sheets, sounds, themes

DEMO = Path(__file__).parents[1] / "ideascube" / "demo"


def draw_pictures(folder: Path) -> None:
    for name, draw in {**sheets.PICTURES, **book.PICTURES, **numbers.PICTURES, **themes.PICTURES}.items():
        draw().save(folder / name)


MAKERS = {"pictures": draw_pictures, "sounds": sounds.make, "film": film.make, "epub": epub.make}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=["all", *MAKERS], default="all")
    parser.add_argument("--into", type=Path, default=DEMO, help="folder of the demo library's sources")
    arguments = parser.parse_args()
    for what in MAKERS if "all" in arguments.what else arguments.what:
        MAKERS[what](arguments.into)


if __name__ == "__main__":
    main()
