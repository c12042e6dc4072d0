"""Pictures: in the sizes of phones and screens, upright, with nothing in them but what one sees."""

from __future__ import annotations

from pathlib import Path

from content_packs.media.apart import read_apart
from content_packs.media.web_pictures import WebPicture, animation, web_pictures
from ideascube.box_media.making.folder import Source, written
from ideascube.box_media.model import Kind, Made, Role

LARGE, MAIN, SMALL = 1920, 960, 320  # pixels of the longer side
SECONDS = 180
MEMORY = 768 * 1024 * 1024  # bytes: the largest that is taken, unpacked, and once more while it is made smaller


def make_picture(source: Source) -> tuple[Kind, Made]:
    """What is shown in a page, a larger one where there is more to see, and a small one for lists."""
    sizes = read_apart(source.path, _sizes, SECONDS, MEMORY)
    moving = read_apart(source.path, animation, SECONDS, MEMORY) if source.path.suffix == ".gif" else None
    small, shown = sizes[-1], moving or _near(sizes, MAIN)
    wanted = [(Role.MAIN, f"picture{shown.ending}", shown), (Role.SMALL, f"small{small.ending}", small)]
    if moving is None and sizes[0] is not shown:
        wanted.append((Role.LARGE, f"large{sizes[0].ending}", sizes[0]))
    files = [
        written(source, role, name, each.mimetype, each.data, (each.width, each.height)) for role, name, each in wanted
    ]
    return Kind.PICTURE, Made(tuple(files))


def _sizes(path: Path) -> tuple[WebPicture, ...]:
    return web_pictures(path, (LARGE, MAIN, SMALL))


def _near(sizes: tuple[WebPicture, ...], side: int) -> WebPicture:
    return next((each for each in sizes if max(each.width, each.height) <= side), sizes[-1])
