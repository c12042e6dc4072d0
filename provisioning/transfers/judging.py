"""Whether what arrives is right, and what that says of the mirrors that gave it."""

from __future__ import annotations

from content_packs.errors import BrokenPack
from provisioning.transfers.arriving import Arriving
from provisioning.transfers.mirrors import Mirror
from provisioning.transfers.proving import PieceProof, WholeProof, needs_whole


class Judge:
    """Of one file that arrives. Right pieces count, wrong ones are missing again."""

    def __init__(self, file: Arriving) -> None:
        self._file = file
        self._pieces = PieceProof(file, file.wanted.pieces) if file.wanted.pieces is not None else None
        self._whole = WholeProof()
        self._givers: set[Mirror] = set()  # who gave bytes of the piece that is arriving, as far as is known
        self._number = -1  # of that piece

    def begin(self, at: int) -> None:
        """Bytes follow from here on."""
        if self._pieces is None:
            return
        self._pieces.begin(at)
        number, past = divmod(at, self._pieces.length)
        if number != self._number or not past:
            self._givers.clear()
        self._number = number

    def take(self, mirror: Mirror, at: int, content: bytes) -> None:
        """These bytes of `mirror` are written. If it gave too much that is wrong, `mirror.other` says so afterwards."""
        if needs_whole(self._file):
            self._whole.take(at, content)
        if self._pieces is None:
            return
        self._givers.add(mirror)
        for number, is_right in self._pieces.take(content):
            self._judge(*self._pieces.span(number), is_right=is_right)
            self._givers, self._number = {mirror}, number + 1

    def _judge(self, start: int, end: int, *, is_right: bool) -> None:
        if is_right:
            self._file.prove(start, end)
        else:
            self._file.drop(start, end)
            self._whole.begin_anew()
        for mirror in self._givers:
            (mirror.was_right if is_right else mirror.was_wrong)()

    async def is_right(self) -> bool:
        """Whether the file, of which nothing is missing, is the wanted one. Slow: it may have to be read.

        Raises BrokenPack where the sums of its pieces are right and that of the whole is not.
        """
        if not needs_whole(self._file) or await self._whole.digest(self._file) == self._file.wanted.sha256:
            return True
        self._whole.begin_anew()
        if self._pieces is not None:
            raise BrokenPack(
                f"{self._file.wanted.file_name}: the sums of its pieces are right and that of the whole is not, "
                "so that the catalogue contradicts itself. Tell who publishes it."
            )
        return False
