"""Makes the sprite of the pictures that open a learner's card, from Fluent's flat emoji.

For contributors, by hand, after a change here: what it writes is kept in the repository. It takes the folder of the npm
package `@iconify-json/fluent-emoji-flat` (`npm pack @iconify-json/fluent-emoji-flat`, unpacked).
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from ideascube.progress.pictures import PICTURES

STATIC = Path(__file__).parents[1] / "ideascube" / "static"

# What Fluent calls a picture, where that is not its own name.
NAMES = {
    "tree": "deciduous-tree",
    "flower": "tulip",
    "leaf": "leaf-fluttering-in-wind",
    "drop": "droplet",
    "mountain": "snow-capped-mountain",
    "apple": "red-apple",
    "cup": "hot-beverage",
    "book": "green-book",
    "ball": "soccer-ball",
    "shoe": "running-shoe",
    "clock": "alarm-clock",
    "lamp": "light-bulb",
}


def shortened(drawing: str) -> str:
    """Numbers to a fiftieth of a pixel, as sharp as any phone shows them."""
    return re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), drawing)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the unpacked folder of @iconify-json/fluent-emoji-flat")
    icons = json.loads((parser.parse_args().package / "icons.json").read_text())["icons"]
    symbols = [
        f'<symbol id="{name}" viewBox="0 0 32 32">{shortened(icons[NAMES.get(name, name)]["body"])}</symbol>\n'
        for name in PICTURES
    ]
    (STATIC / "card-pictures.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n')


if __name__ == "__main__":
    main()
