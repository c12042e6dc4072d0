"""zstd frames whose length is known beforehand, and those that make a new content of an old one."""

from __future__ import annotations

import zstandard

WINDOW_LOG = 24  # of 2, bytes: zstd's window for a chunk or a patch
LEVEL = 19


def unpack(packed: bytes, size: int, dictionary: bytes = b"") -> bytes | None:
    """Exactly `size` bytes of a zstd frame, or None where it has not just these.

    It takes no more memory than that, whatever the frame says.
    """
    raw = zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if dictionary else None
    unpacker = zstandard.ZstdDecompressor(dict_data=raw, max_window_size=2 ** (WINDOW_LOG + 1))
    try:
        with unpacker.stream_reader(packed) as reader:
            content = reader.read(size) if size else b""
            return content if len(content) == size and not reader.read(1) else None
    except zstandard.ZstdError:
        return None


def patch(old: bytes, new: bytes) -> bytes:
    """A zstd frame that makes `new` of `old` (see `unpack`)."""
    window = min(WINDOW_LOG, max(10, (len(old) + len(new)).bit_length()))
    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, window_log=window, write_content_size=False, write_checksum=False, write_dict_id=False
    )
    dictionary = zstandard.ZstdCompressionDict(old, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdCompressor(dict_data=dictionary, compression_params=parameters).compress(new)
