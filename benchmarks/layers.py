"""`python -m benchmarks.layers`: what a refresh of a pack costs, on two real pairs, and what reading its layers costs.

django: two consecutive releases of Django's documentation, each file as a page. gimp-fr: Debian's manual, 5 % of its
pages edited by a sentence, three times over. Prints a table; everything is kept in `build/bench/layers`.
"""

from __future__ import annotations

import html
import random
import re
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from benchmarks.packs import CORPORA, PreparationError, fetched
from content_packs.delta import make_layer, write_delta
from content_packs.zim import clusters
from content_packs.zim.archive import ZimArchive
from content_packs.zim.reader import PackReader, ZimEntry
from content_packs.zim.stack import open_stack
from content_packs.zim.walk import listing
from ideascube.web.compression import compress

RELEASES = ("5.1.3", "5.1.4")
EDITIONS = 4
SHARE = 0.05  # of the pages, edited from one edition to the next
ROUNDS = 9
_CACHE = 64 * 1024 * 1024  # bytes of clusters: as a box with 1 GB
_TITLE = re.compile(r"^(?:[=#*~-]{3,}\n)?(\S.*)\n[=#*~-]{3,}$", re.MULTILINE)
_YML = """id: {id}
title: {id}
description: {id}, to measure with
languages: [{language}]
creator: {id}
publisher: Measured
date: 2026-01-{day:02}
licence: {licence}
illustration: picture.png
main: index.html
content: content
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One delta and its layer: sizes in bytes, processor time in seconds."""

    number: int
    new: int
    delta: int
    layer: int
    comparing: float
    making: float


def main() -> None:
    cache = Path(__file__).parents[1] / "build" / "bench" / "layers"
    cache.mkdir(parents=True, exist_ok=True)
    django = django_releases(cache)
    gimp = gimp_editions(cache)
    print(
        "| pair | new file | delta | share | layer | comparing | making |\n| --- | --- | --- | --- | --- | --- | --- |"
    )
    _stacked(django, cache / "django-layers", partial(_print, "django"))
    newest = _stacked(gimp, cache / "gimp-fr-layers", partial(_print, "gimp-fr"))
    flat, stack = _articles(ZimArchive(gimp[-1]), newest)
    print(f"\nArticles a second of processor time, gimp-fr: flat {flat:.0f}, base and three layers {stack:.0f} "
          f"({100 * stack / flat:.0f} %).")  # fmt: skip


def gimp_editions(cache: Path) -> list[Path]:
    """The manual and its later editions, each edited in 5 % of the pages of the one before."""
    cache.mkdir(parents=True, exist_ok=True)
    return [_gimp(cache, number) for number in range(EDITIONS)]


def django_releases(cache: Path) -> list[Path]:
    """Two releases of one documentation, the later of which changes 22 pages of 605."""
    cache.mkdir(parents=True, exist_ok=True)
    return [_django(cache, number) for number in range(len(RELEASES))]


def write_deltas(cache: Path) -> list[Path]:
    """What changed from each edition of the manual to the next, written anew."""
    folder = cache / "gimp-fr-layers"
    _stacked(gimp_editions(cache), folder)
    return sorted(folder.glob("*.delta"))


def _stacked(files: Sequence[Path], folder: Path, tell: Callable[[Step], None] = lambda step: None) -> PackReader:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    layers: list[Path] = []
    for number, new in enumerate(files[1:], 1):
        old, delta, layer = open_stack(files[0], layers), folder / f"{number}.delta", folder / f"{number}.zim"
        begun = time.process_time()
        write_delta(old, ZimArchive(new), delta)
        compared = time.process_time()
        make_layer(old, delta, layer)
        made = time.process_time()
        sizes = [path.stat().st_size for path in (new, delta, layer)]
        tell(Step(number, sizes[0], sizes[1], sizes[2], compared - begun, made - compared))
        layers.append(layer)
    return open_stack(files[0], layers)


def _print(pair: str, step: Step) -> None:
    share = f"{100 * step.delta / step.new:.3f} %"
    print(
        f"| {pair} {step.number} | {step.new / 1e6:.1f} MB | {step.delta / 1e3:.1f} kB | {share} "
        f"| {step.layer / 1e3:.0f} kB | {step.comparing:.2f} s | {step.making:.2f} s |"
    )


def _articles(flat: PackReader, stack: PackReader) -> tuple[float, float]:
    """The best of some rounds over all pages in random order, each made ready to be sent as a worker does."""
    clusters.cache.resize(_CACHE)
    paths = [listed.path for listed in listing(flat) if listed.is_html]
    random.Random(1).shuffle(paths)
    rounds = [(_round(flat, paths), _round(stack, paths)) for _ in range(ROUNDS)]
    return max(first for first, _ in rounds), max(second for _, second in rounds)


def _round(pack: PackReader, paths: Sequence[str]) -> float:
    begun = time.process_time()
    for path in paths:
        entry = pack.find(path)
        assert isinstance(entry, ZimEntry)
        pack.is_front(entry)
        if pack.stored(entry) is None:
            compress(pack.read(entry), "gzip")
    return len(paths) / (time.process_time() - begun)


# The packs


def _django(cache: Path, number: int) -> Path:
    release = RELEASES[number]
    source, sdist = cache / f"django-{release}", cache / f"django-{release}-sdist"
    if not sdist.is_dir():
        _download(f"Django=={release}", sdist)
    if not source.is_dir():
        for text in sorted((sdist / "docs").rglob("*.txt")):
            _write_page(text, source / "content" / text.relative_to(sdist / "docs").with_suffix(".html"))
    return _built(source, "django", "en", "BSD-3-Clause", number)


def _download(project: str, folder: Path) -> None:
    _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:",
          "--no-build-isolation", "--dest", str(folder), project])  # fmt: skip
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        inside = [member for member in archive.getmembers() if "/docs/" in member.name]
        for member in inside:
            member.name = member.name.partition("/")[2]
        archive.extractall(folder, inside, filter="data")


def _write_page(text: Path, page: Path) -> None:
    words = text.read_text(encoding="utf-8")
    title = found[1] if (found := _TITLE.search(words)) else text.stem
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title></head>'
        f"<body><pre>{html.escape(words)}</pre></body></html>",
        encoding="utf-8",
    )


def _gimp(cache: Path, number: int) -> Path:
    source = cache / f"gimp-fr-{number}"
    if not source.is_dir():
        before = cache / f"gimp-fr-{number - 1}" / "content" if number else fetched(CORPORA[0], cache)
        shutil.copytree(before, source / "content", symlinks=True)
        if number:
            _edit(source / "content", number)
    return _built(source, "gimp-fr", "fr", "GFDL-1.2-or-later", number)


def _edit(folder: Path, number: int) -> None:
    chance = random.Random(number)
    pages = sorted(folder.rglob("*.html"))
    for page in chance.sample(pages, round(SHARE * len(pages))):
        text = page.read_text(encoding="utf-8")
        sentence = f" Cette phrase de l'édition {number} porte le nombre {chance.randrange(10**6)}."
        page.write_text(text.replace("</p>", f"{sentence}</p>", 1), encoding="utf-8")


def _built(source: Path, name: str, language: str, licence: str, number: int) -> Path:
    pack = source.with_suffix(f"{source.suffix}.zim")
    if not pack.exists():
        Image.new("RGB", (96, 96), (30, 60, 90)).save(source / "picture.png")
        (source / "pack.yml").write_text(_YML.format(id=name, language=language, licence=licence, day=number + 1))
        _run([sys.executable, "-m", "ideascube", "pack", "build", str(source), str(pack)])
    return pack


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise PreparationError(f"{' '.join(command[:5])} failed: {done.stderr.strip()[-500:]}")


if __name__ == "__main__":
    try:
        main()
    except PreparationError as error:
        sys.exit(f"The measurement ended early: {error}")
