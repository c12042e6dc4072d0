"""Debian's kiwix-serve beside a box, both with copies of the same files, and what is asked of both."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

from libzim.reader import Archive

from tests.support.box import Answer, Box, eventually, free_port, request
from tests.support.shared import program, shared
from tests.support.zims import make_zim

# Both namespace schemes, whole and split, well and badly described. No two of one UUID, which are one to Kiwix.
FILES = {
    "example": "zim/good/example.zim",
    "poor": "zim/good/poor.zim",
    "wikipedia_en_ray_charles": "zim/good/wikipedia_en_ray_charles.zim",
    "small_new": "zim/good/nons/small.zim",
    "small_old": "zim/good/withns/small.zim",
    "wikibooks_new": "zim/good/nons/wikibooks_be_all_nopic_2017-02_splitted.zimaa",
    "wikibooks_old": "zim/good/withns/wikibooks_be_all_nopic_2017-02_splitted.zimaa",
}
ZIPPED = ("zim/good/packages/wikipedia_tum_all_nopic_2015-08.zip", "data/content/wikipedia_tum_all_nopic_2015-08.zim")
TUMBUKA = "wikipedia_tum_all_nopic_2015-08"
ODD = "odd_paths"
PACKS = (*FILES, TUMBUKA, ODD)


def fill(folder: Path) -> None:
    """Copy every pack into `folder` under the name that tests call it by."""
    for name, path in FILES.items():
        first = shared(path)
        parts = sorted(first.parent.glob(f"{first.stem}.zim*")) if first.suffix == ".zimaa" else [first]
        for part in parts:
            shutil.copyfile(part, folder / (name + part.suffix))
    with zipfile.ZipFile(shared(ZIPPED[0])) as archive, archive.open(ZIPPED[1]) as packed:
        (folder / f"{TUMBUKA}.zim").write_bytes(packed.read())
    make_odd_paths(folder / f"{ODD}.zim")


def make_odd_paths(path: Path) -> None:
    """A pack as a crawler of websites writes it: queries in paths, escapes that are none, every script."""
    names = [
        "example.org/page?id=1&x=2", "example.org/100%", "example.org/%3Fescaped", "a+b.html", "a b.html",
        "hash#tag.html", "semi;colon.html", "ቡና/بئر.html", "quote'\".html", "A/looks/old.html", "double//slash.html",
        "two\nlines.html",
    ]  # fmt: skip
    entries: dict[str, tuple[str, str | bytes | Path]] = {name: ("text/html", f"<html>{name}</html>") for name in names}
    entries["style.css"] = ("text/css", "p{}")
    entries["data"] = ("application/octet-stream;x=1", bytes(range(256)) * 2000)
    make_zim(
        path, entries, main=names[0], redirects={"to?query": "example.org/page?id=1&x=2"},
        Tags="nopic;_category:website;a&b", Title="<Odd> & “paths”", Creator="A & B", Flavour="maxi",
        language="swa,fra",
    )  # fmt: skip


def wait_for(box: Box, path: str, host: str = "") -> None:
    """Until every worker has `path`. The kernel picks the worker: twenty answers by chance come from all of them."""
    headers = {"Host": host} if host else {}
    eventually(lambda: all(request(box.url + path, "HEAD", headers).status == 200 for _ in range(20)))


@dataclass
class Peers:
    """The two servers, and where the files are that they serve."""

    box: Box
    kiwix: str

    @property
    def folder(self) -> Path:
        return self.box.packs

    def ask(self, path: str, **headers: str) -> tuple[Answer, Answer]:
        """The same request to the box and to kiwix-serve."""
        return self.box.get(path, **headers), request(self.kiwix + path, headers=headers)

    def archive(self, pack: str) -> Archive:
        return Archive(next(path for ending in (".zim", ".zimaa") if (path := self.folder / (pack + ending)).exists()))

    def feed(self, path: str) -> tuple[dict[str, ET.Element], dict[str, ET.Element]]:
        """The entries of one feed of both, by the last part of their ids."""
        ours, theirs = self.ask(path)
        return entries_by_id(ours.body), entries_by_id(mended(theirs.body))


@contextlib.contextmanager
def kiwix_serve(folder: Path) -> Iterator[str]:
    """kiwix-serve with every pack in `folder`; its address. A split file goes by the name that it has when whole."""
    packs = {path.with_suffix(".zim") for path in folder.iterdir() if path.suffix in (".zim", ".zimaa")}
    with _running(*map(str, sorted(packs))) as address:
        yield address


@contextlib.contextmanager
def kiwix_serve_library(library: Path) -> Iterator[str]:
    """kiwix-serve with the packs that a `library.xml` lists; its address."""
    with _running("--library", str(library)) as address:
        yield address


@contextlib.contextmanager
def _running(*arguments: str) -> Iterator[str]:
    port = free_port()
    command = [program("kiwix-serve"), "--address", "127.0.0.1", "--port", str(port), *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            eventually(lambda: request(f"http://127.0.0.1:{port}/catalog/v2/root.xml").status == 200)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def addresses(archive: Archive, pack: str) -> Iterator[str]:
    """The raw address of every entry and every metadata of a pack."""
    for number in range(archive.all_entry_count):
        yield f"/raw/{pack}/content/{quote(archive._get_entry_by_id(number).path)}"
    for name in archive.metadata_keys:
        yield f"/raw/{pack}/meta/{quote(name)}"


def entries_by_id(feed: bytes) -> dict[str, ET.Element]:
    """The entries of a feed, without the namespaces, which Kiwix's programs don't look at."""
    found = {}
    for element in ET.fromstring(feed).iter():
        element.tag = element.tag.rpartition("}")[2]
        if element.tag == "entry":
            found[element] = None
    return {(entry.findtext("id") or "").removeprefix("urn:uuid:"): entry for entry in found}


def mended(feed: bytes) -> bytes:
    """kiwix-serve 3.3 forgets to escape `&` in a feed's own address, and to say what `dc:` is in a single entry."""
    head, middle, tail = feed.partition(b"<entry>")
    if b"xmlns:dc" not in head:
        middle = b'<entry xmlns:dc="http://purl.org/dc/terms/">'
    return head.replace(b"&amp;", b"&").replace(b"&", b"&amp;") + middle + tail
