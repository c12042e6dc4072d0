"""Tags: the small vocabulary of subjects that what was made here is found by, and its bounds. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ideascube.items.wording import Worded, in_language

MOST = 200
LONGEST_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class Tag:
    """A subject. `names` by language (BCP 47); `uses`: of how many creations, at their newest version."""

    id: str
    names: Mapping[str, str]
    uses: int = 0

    def name(self, liked: Iterable[str]) -> Worded:
        """The name in the language that is liked best."""
        found = in_language(self.names, liked)
        return found if found.text else Worded(self.id, "")


def tidy_names(names: Mapping[str, str]) -> dict[str, str]:
    """Names as they are kept: on one line, those that are empty left out."""
    tidied = {language: " ".join(name.split())[:LONGEST_NAME].strip() for language, name in names.items()}
    return {language: name for language, name in tidied.items() if name}
