"""What is served: two packs of Debian's documentation, a film of 1 GiB and small packs, built by our own builder.

All of it is kept in a cache folder. Documentation comes from Debian as packages, which are unpacked, not installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

FILM_SIZE = 1024**3  # bytes
SMALL_PACKS = 98
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.DOTALL)
_SMALL_WORDS = ["safe", "water", "boil", "filter", "store", "wash", "hands", "soap", "jar", "tap"]


class PreparationError(Exception):
    """Something that the comparison needs cannot be had; the message says what."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pages from a package of Debian: the folder in it, and what our builder must know beside them."""

    id: str
    package: str
    folder: str
    main: str
    languages: str
    licence: str


CORPORA = (
    Corpus("gimp-fr", "gimp-help-fr", "usr/share/gimp/2.0/help/fr", "index.html", "[fr]", "GFDL-1.2-or-later"),
    Corpus(
        "handbook", "debian-handbook", "usr/share/doc/debian-handbook/html", "en-US/index.html", "[en, fr]",
        "CC-BY-SA-3.0",
    ),
)  # fmt: skip

_PACK_YML = """id: {id}
title: {id}
description: {id}, to measure with
languages: {languages}
creator: {creator}
publisher: Debian
date: 2022-09-22
licence: {licence}
illustration: picture.png
main: {main}
content: {content}
"""


@dataclass(frozen=True, slots=True)
class Packs:
    """Where everything is. `pages` are (pack, path of an article); `titles` their titles, by pack."""

    texts: tuple[Path, ...]
    film: Path
    small: tuple[Path, ...]
    pages: list[tuple[str, str]]
    titles: dict[str, list[str]]


def prepare(cache: Path) -> Packs:
    """Fetch and build what is missing below `cache`. Raises PreparationError."""
    cache.mkdir(parents=True, exist_ok=True)
    folders = {corpus.id: fetched(corpus, cache) for corpus in CORPORA}
    texts = tuple(text_pack(corpus, folders[corpus.id], cache) for corpus in CORPORA)
    pages, titles = [], {}
    for name, folder in folders.items():
        found = sorted(path for path in folder.rglob("*.html") if path.is_file())
        pages += [(name, path.relative_to(folder).as_posix()) for path in found]
        titles[name] = [_title(path) for path in found if name != "handbook" or path.parent.name in ("en-US", "fr-FR")]
    return Packs(texts, film_pack(cache), _small_packs(cache), pages, titles)


def _title(path: Path) -> str:
    title = _TITLE.search(path.read_bytes())
    return title[1].decode("utf-8", "replace") if title else ""


def fetched(corpus: Corpus, cache: Path) -> Path:
    unpacked = cache / corpus.package
    if not unpacked.is_dir():
        temporary = cache / f"{corpus.package}.part"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        _run(["apt-get", "download", corpus.package], temporary, f"apt-get cannot download {corpus.package}")
        _run(["dpkg", "-x", *(path.name for path in temporary.glob("*.deb")), "."], temporary, "dpkg cannot unpack it")
        temporary.rename(unpacked)
    return unpacked / corpus.folder


def text_pack(corpus: Corpus, folder: Path, cache: Path) -> Path:
    content = os.path.relpath(folder, cache / corpus.id)
    return _built(
        cache,
        _PACK_YML.format(
            id=corpus.id, languages=corpus.languages, creator=corpus.package, licence=corpus.licence, main=corpus.main,
            content=content,
        ),
        corpus.id,
    )  # fmt: skip


def film_pack(cache: Path) -> Path:
    """A film's worth of bytes; its source has a hole for content, the pack itself is written out whole."""
    return _built(cache, _own_yml("film"), "film", film=True)


def _small_packs(cache: Path) -> tuple[Path, ...]:
    """As many as make 100 packs, each with an id of its own."""
    names = [f"small-{number:03}" for number in range(SMALL_PACKS)]
    return tuple(_built(cache, _own_yml(name), name) for name in names)


def _own_yml(name: str) -> str:
    lines = _PACK_YML.format(
        id=name, languages="[en]", creator="us", licence="CC0-1.0", main="index", content="."
    ).splitlines()
    return "\n".join(line for line in lines if not line.startswith("content:")) + "\n"


def _built(cache: Path, pack_yml: str, name: str, *, film: bool = False) -> Path:
    pack, source = cache / f"{name}.zim", cache / name
    if pack.exists():
        return pack
    source.mkdir(exist_ok=True)
    Image.new("RGB", (96, 96), (30, 60, 90)).save(source / "picture.png")
    (source / "pack.yml").write_text(pack_yml)
    if "content:" not in pack_yml:
        _write_pages(source)
    if film:
        with (source / "film.webm").open("wb") as file:
            file.truncate(FILM_SIZE)
    build(source, pack)
    return pack


def build(source: Path, pack: Path) -> None:
    """Build a pack from its folder. Raises PreparationError."""
    command = [sys.executable, "-m", "ideascube", "pack", "build", str(source), str(pack)]
    _run(command, Path.cwd(), f"building {pack.stem}")


def _write_pages(source: Path) -> None:
    for word in _SMALL_WORDS:
        (source / f"{word}.md").write_text(f"# {word.capitalize()}\n\nSome words about {word}.\n")
    (source / "index.md").write_text("# Index\n\n" + "".join(f"- [{word}]({word}.md)\n" for word in _SMALL_WORDS))


def _run(command: list[str], folder: Path, what: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise PreparationError(f"{what}: {done.stderr.strip()[-500:]}")
