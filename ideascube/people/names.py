"""Names of people and devices: what may be one, and when two are the same. Pure."""

from __future__ import annotations

import unicodedata

from content_packs.text import fold
from ideascube.people.problems import Problem

LONGEST = 60  # characters


def clean_name(typed: str) -> str:
    """The name as it is kept: Unicode's NFKC, one space between words, nothing around them."""
    return " ".join(unicodedata.normalize("NFKC", typed).split())


def name_problem(name: str) -> Problem | None:
    """What is wrong with a clean name; None where nothing is."""
    if not folded_name(name):
        return Problem.NO_NAME
    if len(name) > LONGEST:
        return Problem.LONG_NAME
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") for letter in name if letter not in _JOINERS):
        return Problem.ODD_NAME
    return None


_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # which Persian, Bengali and others write with


def folded_name(name: str) -> str:
    """By which names are the same: without capitals, accents and what is not to be seen."""
    return " ".join("".join(letter for letter in fold(clean_name(name)) if letter.isprintable()).split())
