"""A folder that someone dropped, with no word about what it is: pages, films, books, pictures, as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from content_packs.build.course.names import COURSE_FILE, MODULE_FILE, QUIZ_ENDING
from content_packs.build.file_types import ITEM_ENDINGS, PICTURE_ENDINGS, SIDE_ENDING, ending
from content_packs.build.names import stem
from content_packs.build.side_yml import MEDIA_YML
from content_packs.errors import BadInput
from content_packs.importers.facts import Facts
from content_packs.importers.importer import Made, Order, make_pack_source
from content_packs.importers.placing import placed
from content_packs.importers.source import Source, bring_all


class PlainFolder:
    """Anything that nothing else recognises."""

    def recognises(self, source: Source) -> bool:
        return True

    def convert(self, order: Order) -> Made:
        _refuse_packs(order.source.files)
        strays = set(_stray_yaml(order.source.files))
        places = placed(path for path in order.source.files if path not in strays)
        if not places:
            raise BadInput(f"{order.source.name} holds nothing that can be a pack: add pages, films or other files.")
        kind = "course" if _is_course(order.source.files) else ""
        made = make_pack_source(order, Facts(kind=kind), partial(_bring, order, places))
        made.notes.extend(f"{path} describes no file beside it, and is left out." for path in sorted(strays))
        made.notes.extend(
            f"{path} becomes {place}, since another file of its name has a page as well."
            for path, place in places.items()
            if path != place
        )
        return made


def _refuse_packs(paths: Iterable[str]) -> None:
    pack = next((path for path in paths if path.endswith((".zim", ".zimaa"))), None)
    if pack is not None:
        raise BadInput(f"{pack} is a pack of its own: take it out, and add it with `ideascube pack install`.")


def _bring(order: Order, places: dict[str, str], folder: Path) -> None:
    bring_all(order.source, {path: folder / place for path, place in places.items()}, order.progress)


def _is_course(paths: Iterable[str]) -> bool:
    names = [path.rpartition("/")[2] for path in paths]
    return any(name in (COURSE_FILE, MODULE_FILE) or name.endswith(QUIZ_ENDING) for name in names)


def _stray_yaml(paths: Iterable[str]) -> Iterator[str]:
    """YAML that `pack build` would refuse, since it describes nothing that is there."""
    paths = list(paths)
    if _is_course(paths):
        return  # it has YAML of its own
    described = {stem(path) for path in paths if ending(path) in (*ITEM_ENDINGS, *PICTURE_ENDINGS)}
    for path in paths:
        if ending(path) == SIDE_ENDING and stem(path) not in described and path.rpartition("/")[2] != MEDIA_YML:
            yield path
