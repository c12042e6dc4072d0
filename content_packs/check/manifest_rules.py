"""What is wrong with a manifest in a ZIM: against the schema, in itself, and against the ZIM's metadata.

Readers are lenient (`content_packs.manifest`), so that all of these are warnings: each field that is wrong is passed
over by them. Rules only: nothing is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from content_packs.errors import BadInput
from content_packs.finding import Finding
from content_packs.languages import is_bcp47, to_bcp47, to_iso639_3
from content_packs.manifest import METADATA_NAME, Manifest, kind_of
from content_packs.manifest.licence import spdx_expression
from content_packs.manifest.model import load_document

ENTRY = f"M/{METADATA_NAME}"
_IN_CATALOGUES_ONLY = ("zim", "size", "hashes", "layers")
_WITH_LANGUAGES = ("title", "description", "long_description", "languages", "main")
_CURE = "Correct it where the pack is made"
_NO_LICENCE = ("", "-", "unknown")  # importers write the last where nobody said

# The field of a manifest, how a manifest says it, and the metadata that says the same.
_SAME: dict[str, tuple[Callable[[Manifest], str], str]] = {
    "title": (lambda manifest: manifest.title, "Title"),
    "description": (lambda manifest: manifest.description, "Description"),
    "long_description": (lambda manifest: manifest.long_description, "LongDescription"),
    "languages": (lambda manifest: ",".join(dict.fromkeys(map(to_iso639_3, manifest.languages))), "Language"),
    "date": (lambda manifest: manifest.date, "Date"),
    "licence": (lambda manifest: str(manifest.licence), "License"),
    "creators": (lambda manifest: manifest.creator, "Creator"),
    "publisher": (lambda manifest: manifest.publisher, "Publisher"),
    "source": (lambda manifest: manifest.source, "Source"),
}


def manifest_findings(raw: bytes, derived: Manifest, exists: Callable[[str], bool]) -> Iterator[Finding]:
    """All that is wrong with the manifest whose text is `raw`.

    `derived` is the one that the ZIM's metadata give; `exists` says whether the ZIM has an entry of a path.
    """
    from content_packs.manifest.schema import schema_problems  # slow to load, and few packs bring a manifest

    try:
        document = load_document(raw)
        manifest = Manifest.from_json(document, derived)
    except BadInput as error:
        yield _of_error(error)
        return
    for problem in schema_problems(document):
        yield _warning(f"“{problem.field}” {problem.what}")
    assert isinstance(document, dict)
    yield from _language_findings(document)
    yield from _misplaced(document)
    yield from _content_findings(manifest, exists)
    yield from contradictions(manifest, derived)


def _language_findings(document: dict[str, object]) -> Iterator[Finding]:
    """Codes of the right form that are not the usual ones, which a schema cannot know."""
    for field in _WITH_LANGUAGES:
        value = document.get(field)
        for code in value if isinstance(value, list | dict) else ():
            if isinstance(code, str) and not is_bcp47(code) and is_bcp47(better := to_bcp47(code)):
                yield _warning(f"“{field}” has {code}, whose usual code is {better}")


def _misplaced(document: dict[str, object]) -> Iterator[Finding]:
    for field in _IN_CATALOGUES_ONLY:
        if field in document:
            yield Finding(
                "warning", ENTRY, f"“{field}” stands in the ZIM, which cannot know it", "Leave it to catalogues"
            )


def _content_findings(manifest: Manifest, exists: Callable[[str], bool]) -> Iterator[Finding]:
    for code, path in manifest.mains.items():
        if not exists(path):
            yield _warning(f"“main.{code}” names {path[:300]}, and there is no such entry")
    spdx = manifest.licence.spdx
    if spdx and not spdx_expression(spdx):
        yield Finding(
            "warning", ENTRY, f"“licence.spdx” is “{spdx}”, which SPDX does not know", "Give its name and url instead"
        )


def contradictions(manifest: Manifest, derived: Manifest) -> Iterator[Finding]:
    """Where a manifest and the metadata of its ZIM (as the manifest `derived` of them) say different things."""
    for field, (say, name) in _SAME.items():
        ours, theirs = say(manifest), say(derived)
        if theirs and ours != theirs and not (field == "title" and theirs == derived.id):
            yield _contradiction(field, ours, name, theirs)
    if any(tag.startswith("_category:") for tag in derived.zim.tags):
        category = kind_of(list(derived.zim.tags))
        if category not in (manifest.kind, "website"):
            yield _contradiction("kind", manifest.kind, "Tags", category)


def _contradiction(field: str, ours: str, name: str, theirs: str) -> Finding:
    what = f"“{field}” is “{ours[:100]}”, and the ZIM’s {name} says “{theirs[:100]}”"
    return Finding("warning", ENTRY, what, "Make both the same: readers take the manifest’s, Kiwix the ZIM’s")


def licence_findings(manifest: Manifest) -> Iterator[Finding]:
    """That nobody said under which licence a pack is."""
    if str(manifest.licence).casefold() in _NO_LICENCE:
        what = "no licence is named, so nobody knows whether they may pass it on"
        yield Finding("warning", "M/License", what, "Name it where the pack is made")


def _of_error(error: BadInput) -> Finding:
    what, _, cure = str(error).rstrip(".").rpartition(": ")
    return Finding("warning", ENTRY, what[:1].lower() + what[1:], cure[:1].upper() + cure[1:])


def _warning(what: str) -> Finding:
    return Finding("warning", ENTRY, what, _CURE)
