"""`ideascube catalog add`: say that packs may come from a catalogue."""

from __future__ import annotations

import asyncio

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.errors import BadInput
from content_packs.languages import is_bcp47, to_bcp47
from content_packs.store.data_folder import DataFolder
from provisioning.addresses import without_secrets
from provisioning.catalogues.commands.refresh import refresh_all
from provisioning.catalogues.looking import Looked, look, look_for_hub
from provisioning.catalogues.signed import begin
from provisioning.catalogues.sources import FOLDER, OPDS, SIGNED, YAML, Source, add_source, refuse_name
from provisioning.catalogues.web import open_web

CALLED = {
    OPDS: "a catalogue of Kiwix or of another box",
    SIGNED: "a signed catalogue",
    YAML: "a catalogue of old Ideascube",
    FOLDER: "a folder of packs",
}


@click.command("add")
@data_option
@click.option("--root", default="", metavar="FINGERPRINT", help="Of a signed catalogue: as its hub printed it.")
@click.option("--unsigned", is_flag=True, help="Accept a catalogue that nobody signs, such as Kiwix's.")
@click.option("--plain-http", is_flag=True, help="Accept an unencrypted address in the local network.")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Ask for this language; may be repeated.")
@click.argument("name")
@click.argument("url")
def add(
    data: DataFolder,
    root: str,
    unsigned: bool,
    plain_http: bool,
    languages: tuple[str, ...],
    name: str,
    url: str,
) -> None:
    """Add the catalogue at URL, an address or a folder, and ask it what it has."""
    refuse_name(data, name)
    codes = tuple(dict.fromkeys(map(_language, languages)))
    found = asyncio.run(look_for_hub(url, data) if root else _look(url, plain_http))
    _refuse_unchosen(found, url, root, unsigned)
    source = Source(name, found.url, found.kind, root, plain_http, codes)
    if source.is_signed:
        asyncio.run(_begin(source, data))
    add_source(data, source)
    unsigned_too = "" if source.is_signed else ", not signed: what it offers is marked so"
    say(f"{name} is added: {CALLED[found.kind]} ({without_secrets(found.url)}){unsigned_too}.")
    if failed := asyncio.run(refresh_all([source], data)):
        raise failed[0]


async def _look(url: str, plain_http: bool) -> Looked:
    async with open_web() as web:
        return await look(url, web, plain_http=plain_http)


async def _begin(source: Source, data: DataFolder) -> None:
    async with open_web() as web:
        await begin(source, data, web)


def _refuse_unchosen(found: Looked, url: str, root: str, unsigned: bool) -> None:
    """Whom to trust is the operator's choice, made for each catalogue."""
    if found.kind == SIGNED:
        if not root:
            raise BadInput(
                f"{without_secrets(url)} is signed: give the fingerprint that its hub printed, with --root FINGERPRINT."
            )
        return
    if not unsigned:
        raise BadInput(
            f"{without_secrets(url)} is {CALLED[found.kind]}, which nobody signs: "
            "give --unsigned if you trust who runs it."
        )


def _language(given: str) -> str:
    code = to_bcp47(given)
    if not is_bcp47(code):
        raise BadInput(f"“{given}” is no language: give a code such as fr, sw or prs.")
    return code
