"""`box.yml` read strictly: every mistake is one sentence with the file, the line, what is wrong and what to do.

Format: docs/formats/box-yml.md
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from content_packs.build.yaml_fields import SIZE_LIMIT, Fields
from content_packs.errors import BadInput
from content_packs.languages import is_bcp47, to_bcp47
from content_packs.manifest.model import KINDS
from provisioning.planning.amounts import parse_amount
from provisioning.planning.wishes import USUAL_PRIORITY, Budget, Hours, Metered, Want, Wishes

_YES, _NO = ("yes", "true", "on"), ("no", "false", "off")
_HOURS = re.compile(r"([0-9]{1,2}):([0-5][0-9]) ?[-–] ?([0-9]{1,2}):([0-5][0-9])")
_ID = re.compile(r"[^\s/\\A-Z]{1,255}")
_MOST_READERS = 10_000


def read_wishes(path: Path) -> Wishes:
    """What `box.yml` at `path` says; a box without the file has the usual. Raises BadInput."""
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return Wishes()
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror}. Give this user the right to read it.") from error
    try:
        return parse_wishes(path.name, raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput(f"{path.name} is not UTF-8 text: save it as UTF-8.") from None


def parse_wishes(name: str, text: str) -> Wishes:
    """What the text of the file called `name` says. Raises BadInput."""
    fields = Fields(name, text)
    wishes = Wishes(
        packs=tuple(_want(each) for each in fields.mappings("packs", short="id")),
        updates=_switch(fields, "updates", usual=True),
        catalogues=fields.words("catalogues"),
        budget=_budget(fields),
        hours=_hours(fields),
        metered=_metered(fields),
        reserve=_amount(fields, "reserve"),
        readers=_number(fields, "readers", 0, _MOST_READERS),
        send=_switch(fields, "send", usual=True),
        receive=_switch(fields, "receive", usual=True),
    )
    fields.finish()
    return wishes


def _want(fields: Fields) -> Want:
    want = Want(
        id=_id(fields),
        languages=tuple(_language(fields, code) for code in _words(fields, "language")),
        kinds=_kinds(fields),
        priority=_number(fields, "priority", 1, 9) or USUAL_PRIORITY,
        version=fields.text("version", limit=100),
        catalogue=fields.text("catalogue", limit=100),
        absent=_switch(fields, "absent", usual=False),
        line=fields.begins or 0,
    )
    fields.finish()
    _refuse_senseless(fields, want)
    return want


def _refuse_senseless(fields: Fields, want: Want) -> None:
    if not (want.id or want.languages or want.kinds):
        raise BadInput(
            f"{fields.name}, line {want.line}: this entry does not say which packs it means: "
            "add “id: …”, “language: …” or “kind: …”; “id: '*'” means all."
        )
    if want.absent and want.version:
        raise fields.wrong("version", "cannot stand beside “absent: yes”, which means all of them: remove one line.")


def _id(fields: Fields) -> str:
    pack_id = fields.text("id")
    if pack_id and not _ID.fullmatch(pack_id):
        raise fields.wrong(
            "id", f"is “{pack_id[:60]}”, and ids have no capitals, spaces or slashes: look it up with "
            "`ideascube catalog search`. “*” stands for any letters."
        )  # fmt: skip
    return pack_id


def _language(fields: Fields, code: str) -> str:
    tag = to_bcp47(code)
    if not is_bcp47(tag):
        raise fields.wrong("language", f"has “{code[:40]}”, which is no language: write codes such as fr, ar or fa-AF.")
    return tag


def _kinds(fields: Fields) -> tuple[str, ...]:
    kinds = _words(fields, "kind")
    for kind in kinds:
        if kind not in KINDS:
            raise fields.wrong("kind", f"has “{kind[:40]}”, and kinds are {', '.join(KINDS)}: choose of these.")
    return kinds


def _words(fields: Fields, field: str) -> tuple[str, ...]:
    """One word, or a list of them."""
    value = fields.value(field)
    if value is None:
        return ()
    return tuple(each.text() for each in value.list()) if value.is_list else (value.text(),)


def _number(fields: Fields, field: str, least: int, most: int) -> int | None:
    number = fields.number(field)
    if number is not None and not least <= number <= most:
        raise fields.wrong(field, f"must be a number from {least} to {most}, not {number}.")
    return number


def _switch(fields: Fields, field: str, *, usual: bool) -> bool:
    text = fields.text(field).lower()
    if text and text not in (*_YES, *_NO):
        raise fields.wrong(field, f"must be yes or no, not “{text[:40]}”.")
    return text in _YES if text else usual


def _budget(fields: Fields) -> Budget:
    inner = fields.mapping("budget")
    if inner is None:
        return Budget()
    budget = Budget(_amount(inner, "day"), _amount(inner, "month"))
    inner.finish()
    return budget


def _amount(fields: Fields, field: str) -> int | None:
    text = fields.text(field)
    if not text:
        return None
    amount = parse_amount(text)
    if amount is None:
        raise fields.wrong(field, f"must be an amount such as 50MB or 1.5GB, not “{text[:40]}”.")
    return amount


def _hours(fields: Fields) -> Hours | None:
    text = fields.text("hours")
    if not text:
        return None
    found = _HOURS.fullmatch(text)
    begins, ends = (_minute(found.groups()[at : at + 2]) for at in (0, 2)) if found else (None, None)
    if begins is None or ends is None or begins == ends:
        raise fields.wrong("hours", f"must be two different times such as 22:00-06:00, not “{text[:40]}”.")
    return Hours(begins, ends)


def _minute(parts: Sequence[str]) -> int | None:
    """Minutes after midnight; 24:00 is the midnight that ends a day."""
    hour, minute = map(int, parts)
    total = hour * 60 + minute
    return total % (24 * 60) if total <= 24 * 60 else None


def _metered(fields: Fields) -> Metered:
    text = fields.text("metered").lower()
    text = "never" if text in _NO else text
    if text and text not in list(Metered):
        raise fields.wrong("metered", f"must be never, small or yes, not “{text[:40]}”.")
    return Metered(text) if text else Metered.SMALL
