"""What metadata of The Update Framework may follow on which: python-tuf's rules, and expiry by our own clock.

Nothing is read or asked here. The specification: https://theupdateframework.github.io/specification/latest/, section 5.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from tuf.api import exceptions
from tuf.api.metadata import Root, Snapshot, Targets, Timestamp
from tuf.api.serialization import DeserializationError

# Its rules without input and output. The public Updater waits for the network, and takes the system's clock for true.
from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
from tuf.ngclient.config import EnvelopeType

from content_packs.errors import Refused, Unfinished
from provisioning.trust.clock import moment

TARGET = "catalogue.json.gz"
PUBLISHED = "published"  # the field of timestamp.json that is ours: docs/formats/hub.md

logging.getLogger("tuf").setLevel(logging.ERROR)

_NO_TIME = datetime(1, 1, 1, tzinfo=UTC)  # before anything expires: what has is judged by `clock`


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file as signed metadata describe it; `size` in bytes."""

    size: int
    sha256: str

    @property
    def path(self) -> str:
        """Where it lies on a hub."""
        return f"targets/{self.sha256}.{TARGET}"


class TrustedMetadata:
    """What is believed so far, of the catalogue `name`. Each `update_…` raises Refused and then believes what it did.

    They are called in the order root, timestamp, snapshot, targets.
    """

    def __init__(self, name: str, root: bytes) -> None:
        self.name = name
        with self._sentences("root.json"):
            self._set = TrustedMetadataSet(root, EnvelopeType.METADATA)
        self._set.reference_time = _NO_TIME

    @property
    def root(self) -> Root:
        return self._set.root

    def update_root(self, content: bytes) -> None:
        """The next root: signed by what is believed, and by itself."""
        with self._sentences("root.json"):
            self._set.update_root(content)

    def update_timestamp(self, content: bytes) -> bool:
        """Whether it is another one than that which is believed."""
        with self._sentences("timestamp.json"):
            with suppress(exceptions.EqualVersionNumberError):
                self._set.update_timestamp(content)
                return True
            return False

    def update_snapshot(self, content: bytes, *, is_ours: bool = False) -> None:
        """`is_ours`: it was verified before, and may belong to an earlier timestamp."""
        with self._sentences("snapshot.json"):
            self._set.update_snapshot(content, trusted=is_ours)

    def update_targets(self, content: bytes) -> None:
        with self._sentences("targets.json"):
            self._set.update_targets(content)

    @property
    def timestamp(self) -> Timestamp:
        return self._set.timestamp

    @property
    def snapshot(self) -> Snapshot:
        return self._set.snapshot

    @property
    def targets(self) -> Targets:
        return self._set.targets

    @property
    def targets_version(self) -> int:
        """That the snapshot names. Raises Refused where it names none."""
        meta = self.snapshot.meta.get("targets.json")
        if meta is None:
            raise self._refused("snapshot.json", "names no targets.json")
        return int(meta.version)

    def has(self, role: str) -> bool:
        return role in self._set

    @property
    def published(self) -> datetime | None:
        """When the newest metadata was signed, as it says."""
        fields = self._set.timestamp.unrecognized_fields if self.has(Timestamp.type) else {}
        return moment(fields.get(PUBLISHED))

    @property
    def expires(self) -> datetime:
        """When the first of what is believed does."""
        return min(signed.expires for signed in self._set)

    @property
    def catalogue(self) -> SignedFile:
        """Raises Refused where the metadata name none."""
        target = self.targets.targets.get(TARGET)
        if target is None or "sha256" not in target.hashes:
            raise Refused(f"The catalogue {self.name} names no {TARGET}: it has to be published again.")
        return SignedFile(target.length, target.hashes["sha256"])

    @contextmanager
    def _sentences(self, file: str) -> Iterator[None]:
        try:
            yield
        except DeserializationError as error:
            raise _no_metadata(self.name, file) from error
        except exceptions.UnsignedMetadataError as error:
            raise self._refused(file, "is not signed by the keys that this box trusts") from error
        except exceptions.BadVersionNumberError as error:
            raise self._refused(file, "is older than what this box has seen, or of another publication") from error
        except exceptions.LengthOrHashMismatchError as error:
            raise self._refused(file, "is not the one that belongs to the rest") from error
        except (exceptions.RepositoryError, ValueError) as error:
            raise self._refused(file, "does not follow on what this box has seen") from error

    def _refused(self, file: str, what: str) -> Refused:
        return Refused(
            f"{file} of the catalogue {self.name} {what}: it was refused, and nothing was changed. Somebody may be in "
            "between, or this is an old copy; try another connection, and ask whoever publishes it if it stays so."
        )


def _no_metadata(name: str, file: str) -> Unfinished:
    """Most often a page of a network to log in to: nothing that an attacker would gain by."""
    return Unfinished(
        f"What came for {file} of the catalogue {name} is no signed metadata: is there a page to log in to first, or "
        "another address to be given?"
    )
