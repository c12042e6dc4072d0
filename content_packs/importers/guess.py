"""What a pack needs and nobody said: taken from names and contents, and told as a guess, so that people can correct it.

What a kind of source says of itself is for its importer; this fills the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from content_packs.build import file_types
from content_packs.importers.facts import Facts
from content_packs.importers.languages import guess_languages
from content_packs.importers.names import slug, title_from
from content_packs.importers.samples import Samples
from content_packs.importers.source import Source

UNKNOWN = "-"
UNKNOWN_LICENCE = "unknown"
UNKNOWN_LANGUAGE = "und"
_NO_LANGUAGE = "Nothing says which language it is in: set it with --language, or nobody finds it by language."
_MOST = 0.8  # of all items, from which on they give the pack its kind
_KINDS = (
    (file_types.FILM_ENDINGS, "film"),
    (file_types.SOUND_ENDINGS, "audio"),
    (file_types.DOCUMENT_ENDINGS, "book"),
    ((file_types.MARKDOWN_ENDING, *file_types.HTML_ENDINGS), "collection"),
)


def complete(known: Facts, source: Source, samples: Samples) -> tuple[Facts, list[str]]:
    """All fields that a `pack.yml` needs: those that are known, else guesses; and a note for each guess."""
    known = known.over(samples.facts())
    title = known.title or title_from(source.name) or UNKNOWN
    languages = known.languages or guess_languages(source, samples)
    guessed = Facts(
        id=slug(source.name),
        title=title,
        description=title,
        languages=languages or (UNKNOWN_LANGUAGE,),
        creator=UNKNOWN,
        publisher=UNKNOWN,
        date=source.date.isoformat(),
        licence=UNKNOWN_LICENCE,
        kind=kind_of_files(source.files),
    )
    return known.over(guessed), list(_notes(known, guessed, bool(languages)))


def _notes(known: Facts, guessed: Facts, language_found: bool) -> Iterable[str]:
    language = f"The language is guessed to be {', '.join(guessed.languages)}: --language sets another."
    notes = {
        "id": f"The id “{guessed.id}” comes from the file's name: --id sets another, which then stays the pack's.",
        "title": f"The title “{guessed.title}” comes from the file's name: --title sets another.",
        "description": "There is no description, and the title stands for it: --description sets one.",
        "languages": language if language_found else _NO_LANGUAGE,
        "creator": "Nothing says who made it: --creator sets that.",
        "publisher": "Nothing says who gives it out: --publisher sets that.",
        "licence": "Nothing says under which licence it may be given to others: ask who made it, and set --licence.",
    }
    return [note for field, note in notes.items() if not getattr(known, field)]


def kind_of_files(paths: Iterable[str]) -> str:
    """The kind of pack that most items make."""
    counts: Counter[str] = Counter()
    for path in paths:
        for endings, kind in _KINDS:
            if file_types.ending(path) in endings:
                counts[kind] += 1
    kind, count = counts.most_common(1)[0] if counts else ("collection", 0)
    return kind if count >= _MOST * counts.total() else "collection"
