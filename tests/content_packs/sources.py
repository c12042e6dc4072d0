"""Folders that tests build packs from, and what they ask of the packs; not tests."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest
from libzim.reader import Archive
from PIL import Image

from content_packs.check import Finding, check_pack
from tests.media.films import make_film
from tests.support.documents import make_pdf

SHARED = Path(__file__).parents[2].parent / "shared" / "data"

needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the folder shared beside the checkout is absent")
needs_zimcheck = pytest.mark.skipif(shutil.which("zimcheck") is None, reason="zimcheck (zim-tools) is not installed")

PACK_YML = """\
id: first-words
title: {fr: Premiers mots, ar: الكلمات الأولى}
description: {fr: Des mots pour arriver, ar: كلمات للوصول}
languages: [fr, ar]
creator: Nous
publisher: Nous aussi
date: 2026-11-02
licence: CC0-1.0
illustration: images/tap.png
tags: [words]
"""


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Write text files by their paths in `folder`, and return it."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def write_picture(file: Path, size: tuple[int, int] = (96, 96)) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.linear_gradient("L").resize(size).save(file)


def pages_folder(folder: Path) -> Path:
    """Pages in two languages, a film with subtitles and a document."""
    write_picture(folder / "images" / "tap.png")
    write_picture(folder / "film" / "washing.jpg", (64, 36))
    make_pdf(folder / "books" / "guide.pdf", "Chlorine in a jerrycan")
    (folder / "film" / "washing.webm").write_bytes(small_film())
    return write_files(
        folder,
        {
            "pack.yml": PACK_YML,
            "index.fr.md": "---\nsummary: Pour commencer\n---\n# Bienvenue\n\n[Saluer](greetings/hello.md#haut)\n",
            "index.ar.md": "# أهلا\n\n[تحية](greetings/hello.md) ![](images/tap.png)\n",
            "greetings/hello.fr.md": "Bonjour.\n\n![](../film/washing.webm)\n\n|a|b|\n|-|-|\n|1|2|\n",
            "greetings/hello.ar.md": "---\ntitle: التحية\norder: 1\n---\nمرحبا\n",
            "film/washing.yml": "title: {fr: Se laver les mains, ar: غسل اليدين}\nlanguage: ar\nlicence: CC0-1.0\n",
            "film/washing.fr.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nDu savon\n",
            "film/washing.ar.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nصابون\n",
            ".hidden/secret.md": "left out",
            "Thumbs.db": "left out",
        },
    )


@cache
def small_film() -> bytes:
    """A film of one second that every browser plays."""
    with tempfile.TemporaryDirectory() as folder:
        film = make_film(Path(folder, "film.webm"), "-c:v", "libvpx", "-c:a", "libopus", seconds=1, size="64x48")
        return film.read_bytes()


def site_folder(folder: Path) -> Path:
    """A pack.yml beside a site that lies elsewhere."""
    write_picture(folder / "pack" / "tap.png")
    main = PACK_YML.replace("images/tap.png", "tap.png") + "main: index.html\ncontent: ../site\n"
    return write_files(
        folder,
        {
            "pack/pack.yml": main,
            "site/index.html": "<title> Un  site </title><a href='deep/'>plus</a>",
            "site/deep/index.html": "<title>Au fond</title><a href='../index.html?a=b#c'>retour</a><img src='a b.svg'>",
            "site/deep/a b.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "site/deep/twin.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "site/_config.yml": "goes: in",
        },
    )


def read_entry(pack: Path, path: str) -> str:
    """An entry's text, redirects followed."""
    entry = Archive(pack).get_entry_by_path(path)
    while entry.is_redirect:
        entry = entry.get_redirect_entry()
    return bytes(entry.get_item().content).decode()


def problems(pack: Path) -> list[Finding]:
    """What `pack check` finds, without hints such as films that have no subtitles."""
    return [finding for finding in check_pack(pack) if finding.severity != "hint"]


def zimcheck(pack: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["zimcheck", "-A", str(pack)], capture_output=True, text=True, check=False)


def dump(pack: Path) -> list[tuple[str, str, str, bytes]]:
    """Every entry of the content and metadata: path, title, type or target, bytes; in the file's order."""
    archive = Archive(pack)
    found = []
    for index in range(archive.all_entry_count):
        entry = archive._get_entry_by_id(index)
        if entry.is_redirect:
            found.append((entry.path, entry.title, entry.get_redirect_entry().path, b""))
        elif "xapian" not in entry.get_item().mimetype:
            item = entry.get_item()
            found.append((entry.path, entry.title, item.mimetype, bytes(item.content)))
    return found
