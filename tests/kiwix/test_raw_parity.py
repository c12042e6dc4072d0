"""Entry by entry, `/raw` gives what Debian's kiwix-serve gives for the same file.

Where it does not, on purpose:
- A redirect leads to the target's bytes, below `/raw`; kiwix-serve leads out of `/raw`, to its page for readers.
- Redirects in a circle are 502, as every damaged entry is; kiwix-serve calls itself broken (500).
- What is missing is said in one line of text, not in a page of HTML: `/raw` is for programs.
- Nothing is compressed, since a box's other programs read `/raw` and phones read `/content`.
- A NUL in the address does not cut the path short.
"""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from tests.kiwix.peers import ODD, PACKS, Peers, addresses
from tests.support.box import Answer

CIRCLES = {f"/raw/poor/content/redirect_loop{number}.html" for number in ("", "2", "3")}


def seen(answer: Answer, pack: str) -> tuple[int, str | None, bytes, str | None]:
    """What must be equal: the status, and of what is there type and bytes, or the path that a redirect leads to."""
    if answer.status == 302:
        target = unquote(answer.headers["Location"]).removeprefix(f"/raw/{pack}/content/").removeprefix(f"/{pack}/")
        return 302, None, b"", target
    if answer.status == 200:
        return 200, answer.headers["Content-Type"], answer.body, None
    return answer.status, None, b"", None


@pytest.mark.parametrize("pack", PACKS)
def test_every_entry_and_every_metadata_is_the_same(peers: Peers, pack: str) -> None:
    differing = []
    answers = []
    for address in addresses(peers.archive(pack), pack):
        ours, theirs = peers.ask(address)
        answers.append(ours.status)
        if address not in CIRCLES and seen(ours, pack) != seen(theirs, pack):
            differing.append((address, seen(ours, pack), seen(theirs, pack)))

    assert differing == []
    assert answers.count(200) >= 10


@pytest.mark.parametrize("address", sorted(CIRCLES))
def test_redirects_in_a_circle_are_a_damaged_entry(peers: Peers, address: str) -> None:
    ours, theirs = peers.ask(address)

    assert ours.status == 502
    assert "leads in a circle" in ours.text
    assert theirs.status == 500


@pytest.mark.parametrize(
    "path",
    [
        "example.org/page%3Fid=1&x=2", "example.org/page?id=1&x=2", "example.org/100%25", "example.org/%253Fescaped",
        "example.org/%3Fescaped", "a+b.html", "a%20b.html", "a%2Bb.html", "hash%23tag.html", "semi;colon.html",
        "example.org%2F100%25", "style.css?v=3", "A/looks/old.html", "C/style.css", "A/style.css", "/style.css",
        "//style.css", "style.css/", "Style.css", "double//slash.html", "", "../style.css", "x/../style.css",
        "%2e%2e/style.css", "%ff", "%zz", "%", "to%3Fquery", "to?query",
    ],
)  # fmt: skip
def test_ways_to_write_a_path(peers: Peers, path: str) -> None:
    ours, theirs = peers.ask(f"/raw/{ODD}/content/{path}")

    assert seen(ours, ODD) == seen(theirs, ODD)


@pytest.mark.parametrize(
    "address",
    [
        "/raw/nothing/content/a", "/raw/nothing/meta/Title", "/raw/odd_paths", "/raw/odd_paths/other/style.css",
        "/raw/odd_paths/meta/", "/raw/odd_paths/meta/Nothing", "/raw/Odd_paths/meta/Title",
        "/raw/odd%5Fpaths/meta/Title", "/raw/wikipedia_en_ray_charles/meta/Illustration_48x48@1",
        "/raw/odd_paths/meta/Illustration_48x48@1",
        "/raw/odd_paths/meta/Illustration_48x48%401", "/raw/wikipedia_en_ray_charles/content/Ray_Charles",
        "/raw/wikipedia_en_ray_charles/content/A%2FRay_Charles", "/raw/wikipedia_en_ray_charles/content/M/Title",
        "/raw/wikipedia_en_ray_charles/content//A/Ray_Charles",
    ],
)  # fmt: skip
def test_ways_to_write_an_address(peers: Peers, address: str) -> None:
    ours, theirs = peers.ask(address)

    assert seen(ours, ODD) == seen(theirs, ODD)


@pytest.mark.parametrize(
    "asked", ["bytes=0-9", "bytes=-7", "bytes=100-", "bytes=511990-", "bytes=600000-", "bytes=5-5"]
)
def test_a_range(peers: Peers, asked: str) -> None:
    ours, theirs = peers.ask(f"/raw/{ODD}/content/data", Range=asked)

    assert ours.status == theirs.status
    assert ours.headers["Content-Range"] == theirs.headers["Content-Range"]
    assert ours.status == 416 or ours.body == theirs.body


def test_random_leads_to_a_page_of_the_pack(peers: Peers) -> None:
    ours, theirs = peers.ask("/random?content=small_new")

    assert ours.status == theirs.status == 302
    assert ours.headers["Location"] == f"{peers.box.content_url}/content/small_new/main.html"
    assert theirs.headers["Location"] == "/small_new/main.html"


@pytest.mark.parametrize("query", ["", "?content=", "?content=nothing", "?content=%ff", "?content=poor"])
def test_random_has_nothing_to_lead_to(peers: Peers, query: str) -> None:
    ours, theirs = peers.ask(f"/random{query}")

    assert ours.status == theirs.status == 404
