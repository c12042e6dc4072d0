"""What a maker should know of single files: sentences that begin with the file's path in the pack."""

from __future__ import annotations


class Notes:
    """Gathers them in the order in which they arise."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def about(self, path: str, sentence: str) -> None:
        """Errors of `content_packs.media` name a file without its folder, notes not at all."""
        name = path.rpartition("/")[2]
        sentence = sentence if sentence.endswith(".") else f"{sentence}."
        self.all.append(path + sentence[len(name) :] if sentence.startswith(name) else f"{path}: {sentence}")

    def once(self, sentence: str) -> None:
        """What is the same for many files, such as a program that is missing."""
        if sentence not in self.all:
            self.all.append(sentence)
