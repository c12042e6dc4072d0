import hashlib

import pytest

from content_packs.errors import BadInput
from content_packs.metalink import Metalink, Mirror, read_metalink, write_metalink
from content_packs.pieces import Pieces, pieces_from_bytes

# As download servers of ZIM files write them.
KIWIX = b"""<?xml version="1.0" encoding="UTF-8"?>
<metalink xmlns="urn:ietf:params:xml:ns:metalink">
  <generator>MirrorBrain/2.19.0</generator>
  <origin dynamic="true">http://download.kiwix.org/zim/other/a.zim.meta4</origin>
  <published>2026-10-11T12:00:00Z</published>
  <file name="zim/a.zim">
    <size>2621440</size>
    <hash type="md5">d41d8cd98f00b204e9800998ecf8427e</hash>
    <hash type="sha-256">e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855</hash>
    <pieces length="1048576" type="sha-1">
      <hash>da39a3ee5e6b4b0d3255bfef95601890afd80709</hash>
      <hash>da39a3ee5e6b4b0d3255bfef95601890afd80709</hash>
      <hash>da39a3ee5e6b4b0d3255bfef95601890afd80709</hash>
    </pieces>
    <url location="fr" priority="2">https://mirror.example/a.zim</url>
    <url location="ch" priority="1">https://first.example/a.zim</url>
    <url priority="3">ftp://old.example/a.zim</url>
    <metaurl mediatype="torrent">https://first.example/a.zim.torrent</metaurl>
  </file>
  <file name="b.zim"><size>1</size></file>
</metalink>
"""


def with_part(part: bytes) -> bytes:
    return b'<metalink xmlns="urn:ietf:params:xml:ns:metalink"><file name="a.zim">%s</file></metalink>' % part


def test_what_a_download_server_says_is_read() -> None:
    link = read_metalink(KIWIX)

    assert "a.zim" == link.name
    assert 2_621_440 == link.size
    assert hashlib.sha256().hexdigest() == link.sha256
    assert Pieces("sha1", 1_048_576, (hashlib.sha1().digest(),) * 3) == link.pieces
    assert ("https://first.example/a.zim", "https://mirror.example/a.zim") == link.addresses
    assert ("ch", "fr") == tuple(mirror.location for mirror in link.mirrors)


def test_what_is_written_is_read_again() -> None:
    pieces = Pieces("sha256", 1024, (hashlib.sha256(b"one").digest(), hashlib.sha256(b"two").digest()))
    link = Metalink("é & ü.zim", 2000, "ab" * 32, pieces, (Mirror("https://a.example/?x=1&y=2", 1, "ke"),))

    assert link == read_metalink(write_metalink(link))


def test_of_two_kinds_of_sums_the_stronger_one_is_taken() -> None:
    weak = b'<pieces length="4" type="sha-1"><hash>%s</hash></pieces>' % (b"ab" * 20)
    strong = b'<pieces length="4" type="sha-256"><hash>%s</hash></pieces>' % (b"cd" * 32)

    for both in (weak + strong, strong + weak):
        link = read_metalink(with_part(b"<size>4</size>" + both))

        assert link.pieces is not None
        assert "sha256" == link.pieces.algorithm


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>Log in</body></html>",
        b"not XML",
        b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]>' + with_part(b"<size>4</size>"),
        b" " * (16 * 1024 * 1024 + 1),
        with_part(b"<size>-1</size>"),
        with_part(b"<size>" + b"9" * 40 + b"</size>"),
        with_part(b'<hash type="sha-256">xyz</hash>'),
        with_part(b'<hash type="sha-256">abcd</hash>'),
        with_part(b'<size>9</size><pieces length="4" type="sha-1"><hash>%s</hash></pieces>' % (b"ab" * 20)),
        with_part(b'<size>9</size><pieces length="0" type="sha-1"><hash>%s</hash></pieces>' % (b"ab" * 20)),
        with_part(b'<size>4</size><pieces length="4" type="sha-1"><hash>abcd</hash></pieces>'),
        with_part(b"<a>" * 50),
        with_part(b"<size>4")[:60],
    ],
)
def test_what_is_no_metalink_file_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"^(The|What) .+: (fetch it again|use another source|check its address)\.$"):
        read_metalink(content)


def test_a_file_can_be_named_by_nobody_outside_its_folder() -> None:
    link = read_metalink(with_part(b"").replace(b'"a.zim"', b'"../../etc/passwd"'))

    assert "passwd" == link.name


def test_a_list_of_sums_holds_whole_sums_only() -> None:
    digests = hashlib.sha256(b"a").digest() + hashlib.sha256(b"b").digest()

    pieces = pieces_from_bytes(digests, 1024)

    assert 2 == len(pieces)
    assert pieces.fit(1025)
    assert not pieces.fit(1024)
    assert pieces.is_right(1, b"b")
    with pytest.raises(BadInput):
        pieces_from_bytes(digests[:-1], 1024)
