"""Catalogues brought up to date: new texts come in as drafts, changed ones are fuzzy, what is gone leaves."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from ideascube.web.i18n import DRAFT

_HEADER = """# {name} words of Ideascube's pages. docs/translating.md says how to correct them.
# GPL-3.0-or-later"""

_WIDTH = 10_000  # letters: nothing is wrapped

# How each language counts, by CLDR, for whole numbers: what `Plural-Forms` says in a new catalogue.
PLURALS = {
    "ar": (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"),
    "bn": (2, "(n > 1)"),
    "es": (2, "(n != 1)"),
    "fa": (2, "(n > 1)"),
    "fr": (2, "(n > 1)"),
    "ku": (2, "(n != 1)"),
    "my": (1, "0"),
    "ps": (2, "(n != 1)"),
    "sw": (2, "(n != 1)"),
    "ti": (2, "(n > 1)"),
    "uk": (3, "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
}


def read(path: Path, language: str) -> Catalog:
    """The catalogue in `path`, or an empty one."""
    if not path.exists():
        return new(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def new(language: str) -> Catalog:
    count, rule = PLURALS[language]
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: nplurals={count}; plural={rule};\\n"\n'
    return read_po(BytesIO(head.encode()), locale=language)


def update(catalogue: Catalog, template: Catalog) -> None:
    """Take over the texts and comments of `template`; what is new is a draft until someone who knows says otherwise."""
    known = {message.id for message in catalogue if message.id}
    catalogue.update(template, update_creation_date=False)
    catalogue.obsolete.clear()
    for message in catalogue:
        if message.id and message.id not in known:
            message.flags.add(DRAFT)


def approve(catalogue: Catalog) -> None:
    """Someone who knows the language has read all of it."""
    for message in drafts(catalogue):
        message.flags.discard(DRAFT)


def drafts(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id and DRAFT in message.flags]


def written(catalogue: Catalog, language: str) -> bytes:
    """The file's text: one line for each text, so that any editor shows it whole; in the order of the pages."""
    catalogue.header_comment = _HEADER.format(name=Locale.parse(language).english_name)
    catalogue.project, catalogue.version = "Ideascube", "0.1.0"
    catalogue.language_team, catalogue.last_translator = language, "Ideascube"
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 24, tzinfo=UTC)
    catalogue.fuzzy = False
    output = BytesIO()
    write_po(output, catalogue, width=_WIDTH, sort_by_file=True, include_lineno=False)
    return output.getvalue().replace(b"MIME-Version", _draft_line(catalogue) + b"MIME-Version", 1)


def _draft_line(catalogue: Catalog) -> bytes:
    """The header that says at a glance what the flags say string by string."""
    return f'X-Draft: {"yes" if drafts(catalogue) else "no"}\\n"\n"'.encode()


def forms(message: Message) -> tuple[str, ...]:
    """The translation: one text, or one for each plural form."""
    return message.string if isinstance(message.string, tuple) else (message.string,)
