"""The thirty packs that are searched, made twice from the same pages: by our builder, and by Debian's zimwriterfs.

kiwix-serve of Debian reads indexes of a newer libzim badly, so it is given what its own tools make.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from benchmarks import packs as other_packs
from benchmarks.packs import CORPORA, PreparationError, fetched
from benchmarks.search.pages import html_files
from content_packs.languages import to_bcp47, to_iso639_3

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data" / "zim" / "good"
DEMO = ROOT / "ideascube" / "demo"


_PARTS = 3


@dataclass(frozen=True, slots=True)
class Searched:
    """One pack: as we serve it, and as kiwix-serve does, where it can search it.

    `lang` is empty where its pages say their own.
    """

    id: str
    lang: str
    ours: Path
    kiwix: Path | None


def prepare(cache: Path) -> list[Searched]:
    """Fetch and build what is missing below `cache`. Raises PreparationError."""
    cache.mkdir(parents=True, exist_ok=True)
    gimp, handbook = (fetched(corpus, cache) for corpus in CORPORA)
    packs = [_folder_pack(cache, "gimp-fr", "fr", gimp, "index.html")]
    for folder in sorted(path for path in handbook.iterdir() if path.is_dir()):
        lang = to_bcp47(folder.name)
        packs.append(_folder_pack(cache, f"handbook-{folder.name.lower()}", lang, folder, "index.html"))
    packs += [_demo_pack(cache, folder) for folder in sorted(DEMO.iterdir()) if folder.is_dir()]
    return packs + list(_real_packs(cache))


def _folder_pack(cache: Path, name: str, lang: str, folder: Path, main: str) -> Searched:
    ours, theirs = cache / f"{name}.zim", cache / "kiwix" / f"{name}.zim"
    if not ours.exists():
        source = cache / name
        source.mkdir(exist_ok=True)
        Image.new("RGB", (96, 96), (30, 60, 90)).save(source / "picture.png")
        (source / "pack.yml").write_text(_pack_yml(name, lang, main, os.path.relpath(folder, source)), "utf-8")
        other_packs.build(source, ours)
    if not theirs.exists():
        _write_for_kiwix(cache, name, lang, folder, main, theirs)
    return Searched(name, lang, ours, theirs)


def slices(cache: Path, count: int) -> list[Path]:
    """More packs, up to three of each language: consecutive pages of the handbook, without their pictures."""
    handbook = fetched(CORPORA[1], cache)
    folders = sorted(path for path in handbook.iterdir() if path.is_dir())
    parts = [(folder, part) for part in range(_PARTS) for folder in folders]
    return [_slice(cache, folder, part) for folder, part in parts[:count]]


def _slice(cache: Path, folder: Path, part: int) -> Path:
    name = f"part-{part + 1}-{folder.name.lower()}"
    pack, source = cache / "parts" / f"{name}.zim", cache / "parts" / name
    if pack.exists():
        return pack
    shutil.rmtree(source, ignore_errors=True)
    (source / "pages").mkdir(parents=True)
    pages = sorted(path for path in folder.glob("*.html") if path.name != "index.html")
    for page in (folder / "index.html", *pages[part * len(pages) // _PARTS : (part + 1) * len(pages) // _PARTS]):
        shutil.copy(page, source / "pages")
    Image.new("RGB", (96, 96), (30, 60, 90)).save(source / "picture.png")
    (source / "pack.yml").write_text(_pack_yml(name, to_bcp47(folder.name), "index.html", "pages"), "utf-8")
    other_packs.build(source, pack)
    return pack


def _pack_yml(name: str, lang: str, main: str, content: str) -> str:
    facts = {"id": name, "title": name, "description": f"{name}, to search in", "languages": f"[{lang}]"}
    facts |= {"creator": "Debian", "publisher": "Debian", "date": "2022-09-22", "licence": "CC-BY-SA-3.0"}
    facts |= {"illustration": "picture.png", "main": main, "content": content}
    return "".join(f"{field}: {value}\n" for field, value in facts.items())


def _write_for_kiwix(cache: Path, name: str, lang: str, folder: Path, main: str, zim: Path) -> None:
    copy = cache / "kiwix" / f"{name}.files"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    Image.new("RGB", (48, 48), (30, 60, 90)).save(copy / "illustration-48.png")
    facts = {"welcome": main, "illustration": "illustration-48.png", "language": to_iso639_3(lang), "title": name}
    facts |= {"description": name, "creator": "Debian", "publisher": "Debian", "name": name}
    options = [text for field, value in facts.items() for text in (f"--{field}", value)]
    done = subprocess.run(["zimwriterfs", *options, str(copy), str(zim)], capture_output=True, text=True, check=False)
    shutil.rmtree(copy)
    if done.returncode:
        raise PreparationError(f"zimwriterfs could not make {name}: {(done.stdout + done.stderr)[-500:]}")


def _demo_pack(cache: Path, source: Path) -> Searched:
    """Its pages come from Markdown: zimwriterfs gets those that our builder made."""
    ours, theirs = cache / f"{source.name}.zim", cache / "kiwix" / f"{source.name}.zim"
    if not ours.exists():
        other_packs.build(source, ours)
    if not theirs.exists():
        pages = cache / source.name
        shutil.rmtree(pages, ignore_errors=True)
        for path, html in html_files(ours):
            (pages / path).parent.mkdir(parents=True, exist_ok=True)
            (pages / path).write_bytes(html)
        _write_for_kiwix(cache, source.name, "fr", pages, "index.fr.html", theirs)
    return Searched(source.name, "", ours, theirs)


def _real_packs(cache: Path) -> Iterator[Searched]:
    """As they are: a slice of English Wikipedia, and an old one in Tumbuka without an index."""
    if not SHARED.is_dir():
        return
    charles = SHARED / "wikipedia_en_ray_charles.zim"
    yield Searched(charles.stem, "en", charles, charles)
    tumbuka = cache / "wikipedia_tum_all_nopic_2015-08.zim"
    if not tumbuka.exists():
        archive = SHARED / "packages" / "wikipedia_tum_all_nopic_2015-08.zip"
        unpacked = cache / "tumbuka"
        shutil.unpack_archive(archive, unpacked)
        next(unpacked.rglob("*.zim")).rename(tumbuka)
    yield Searched(tumbuka.stem, "tum", tumbuka, None)
