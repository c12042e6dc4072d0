"""Where things are in a box's data folder. docs/formats/data-folder.md says what each is for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class DataFolder:
    root: Path

    @property
    def packs(self) -> Path:
        return self.root / "packs"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def index(self) -> Path:
        """What the box indexes by itself."""
        return self.root / "index"

    @property
    def media(self) -> Path:
        """What people brought, and what was made of it."""
        return self.root / "media"

    @property
    def word_list(self) -> Path:
        return self.index / "words.db"

    @property
    def library_file(self) -> Path:
        return self.cache / "library.json"

    @property
    def pdf_cache(self) -> Path:
        """What was made of PDFs that people opened."""
        return self.cache / "pdf"

    @property
    def indexing_file(self) -> Path:
        """How far the indexing is."""
        return self.cache / "indexing.json"

    @property
    def arriving(self) -> Path:
        """Files on their way, on the disk of the packs so that they can be linked into the store."""
        return self.packs / ".arriving"

    @property
    def keys(self) -> Path:
        """What is private to this box."""
        return self.root / "keys"

    @property
    def wishes(self) -> Path:
        """What an operator wants this box to hold, its budgets and hours."""
        return self.root / "box.yml"

    @property
    def sync(self) -> Path:
        """What is known of catalogues, and how far the exchange with them is."""
        return self.root / "sync"

    @property
    def outbox(self) -> Path:
        """What the box wants to send."""
        return self.root / "outbox"

    @property
    def inbox(self) -> Path:
        """What came in for the box and waits to be taken in."""
        return self.root / "inbox"

    @property
    def hub(self) -> Path:
        """What an operator published to the hub: files that deltas are made of."""
        return self.root / "hub"

    def create(self) -> None:
        """Make the folders that are missing. Raises NotAllowed where the file system refuses."""
        try:
            for folder in (self.packs, self.index, self.cache, self.media):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotAllowed(
                f"The data folder {self.root} cannot be used: {error.strerror}. "
                "Give another one with --data, or give this user the right to write there."
            ) from error
