"""What people type about a collection: read, checked, and said what is wrong. No input or output."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from content_packs.build.pack_yml import DESCRIPTION_LIMIT, TITLE_LIMIT
from content_packs.graphemes import grapheme_count
from content_packs.languages import is_bcp47
from ideascube.collecting.model import MOST_LANGUAGES, About, Collection, Member
from ideascube.creations.licences import RESERVED

LICENCES = (
    "CC-BY-SA-4.0",
    "CC-BY-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-ND-4.0",
    "CC0-1.0",
)

_MEDIA_ID = re.compile(r"[0-9a-f]{64}")

Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, to be shown again; `problems`: one sentence by the name of a field."""

    language: str
    texts: Mapping[str, About]
    licence: str
    cover: str
    problems: Mapping[str, str]


def typed_about(fields: Mapping[str, str], _: Words) -> Typed:
    """The fields `language`, `more` (one more language), `title-LANG`, `description-LANG`, `licence`, `cover`.

    A further language whose title and description are empty is left out.
    """
    language = fields.get("language", "").strip()
    asked = [
        language,
        *(name.partition("-")[2] for name in fields if name.startswith("title-")),
        fields.get("more", ""),
    ]
    codes = [code for code in dict.fromkeys(asked) if is_bcp47(code)][:MOST_LANGUAGES]
    every = {code: About(_line(fields, f"title-{code}"), _line(fields, f"description-{code}")) for code in codes}
    texts = {code: about for code, about in every.items() if any(about) or code in (language, fields.get("more"))}
    licence, cover = fields.get("licence", ""), fields.get("cover", "")
    problems = dict(_problems(language, texts, licence, fields.get("more", ""), _))
    return Typed(language, texts, licence, cover if _MEDIA_ID.fullmatch(cover) else "", problems)


def _line(fields: Mapping[str, str], name: str) -> str:
    text = "".join(" " if unicodedata.category(each) in ("Cc", "Cs") else each for each in fields.get(name, ""))
    return " ".join(text.split())


def _problems(
    language: str, texts: Mapping[str, About], licence: str, more: str, _: Words
) -> Iterator[tuple[str, str]]:
    if not is_bcp47(language):
        yield "language", _("Choose the main language.")
    for code, about in texts.items():
        if not about.title and code != more:
            yield f"title-{code}", _("Give it a title.")
        if problem := _too_long(about.title, TITLE_LIMIT, _):
            yield f"title-{code}", problem
        if problem := _too_long(about.description, DESCRIPTION_LIMIT, _):
            yield f"description-{code}", problem
    if licence not in (*LICENCES, RESERVED):
        yield "licence", _("Choose what others may do with it.")


def _too_long(text: str, most: int, _: Words) -> str:
    """What is wrong with a text that a ZIM has no room for; empty where it fits."""
    count = grapheme_count(text)
    if count <= most:
        return ""
    return _("It has %(count)d letters, and at most %(most)d fit: make it shorter.") % {"count": count, "most": most}


def new_collection(collection_id: str, typed: Typed) -> Collection:
    """A collection with what was typed; its pack gets a name that people can read where its title has Latin letters."""
    title = typed.texts[typed.language].title if typed.language in typed.texts else ""
    name = _readable(title)
    pack = f"{name}-{collection_id}" if name else f"collection-{collection_id}"
    return Collection(
        collection_id, pack, "open", typed.language, typed.texts, typed.licence, typed.cover, 1, ()
    )  # fmt: skip


def changed(collection: Collection, typed: Typed, version: int) -> Collection:
    """The collection as it is typed now, over its version `version`."""
    return replace(
        collection,
        language=typed.language,
        texts=typed.texts,
        licence=typed.licence,
        cover=typed.cover,
        version=version,
    )


def _readable(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def moved(members: Sequence[Member], member: Member, step: int) -> tuple[Member, ...]:
    """The members with one of them `step` places further on, as far as that goes; as they are without it."""
    if member not in members:
        return tuple(members)
    rest = [each for each in members if each != member]
    place = min(max(list(members).index(member) + step, 0), len(rest))
    return (*rest[:place], member, *rest[place:])
