"""`python -m tools.translations [--approve CODE]`: bring all catalogues up to date and say what each still lacks."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from ideascube.web.i18n import CATALOGUES, LANGUAGES
from tools.translations import catalogues
from tools.translations.notes import read_notes
from tools.translations.sources import template, texts_in

LANGUAGES_BUT_ENGLISH = [language for language in LANGUAGES if language != "en"]


def main() -> None:
    for line in bring_up_to_date(CATALOGUES, _arguments().approve):
        print(line)  # noqa: T201


def bring_up_to_date(folder: Path, approved: str | None = None) -> Iterator[str]:
    """Write the catalogues in `folder`, whose notes are below it; all of the language `approved` was read by someone.

    Gives a line on each language.
    """
    texts, notes = texts_in(), read_notes(folder / "notes")
    for language in LANGUAGES_BUT_ENGLISH:
        path = folder / language / "LC_MESSAGES" / "ideascube.po"
        catalogue = catalogues.read(path, language)
        catalogues.update(catalogue, template(texts, notes))
        if language == approved:
            catalogues.approve(catalogue)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(catalogues.written(catalogue, language))
        yield f"{language}: {_state(catalogue)}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.translations", description=__doc__)
    parser.add_argument(
        "--approve",
        metavar="CODE",
        choices=LANGUAGES_BUT_ENGLISH,
        help="someone who knows this language read all of it",
    )
    return parser.parse_args()


def _state(catalogue: catalogues.Catalog) -> str:
    messages = [message for message in catalogue if message.id]
    missing = sum(1 for message in messages if not all(catalogues.forms(message)))
    fuzzy = sum(1 for message in messages if message.fuzzy)
    return f"{len(messages)} texts, {missing} missing, {fuzzy} fuzzy, {len(catalogues.drafts(catalogue))} drafts"


if __name__ == "__main__":
    main()
