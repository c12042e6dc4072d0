"""The rules of catalogues: which addresses are believed, what packs are called, what is suspicious."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_packs.errors import BadInput
from content_packs.store.matching import same_pack
from provisioning.catalogues.aliases import joined, keep_aliases, known_aliases, renamed
from provisioning.catalogues.held_back import Seen, has_list_shrunk, has_shrunk
from provisioning.catalogues.naming import id_of_address, identity_of, names_of, offers_called, stable_id
from provisioning.catalogues.safe_addresses import believed, is_local, refuse_unreadable
from provisioning.offers import Offer
from tests.support.manifests import manifest_with

KIWIX = "https://library.example.org/catalog/v2/entries"
BOX = "http://192.168.1.1/catalog/v2/entries"


def offer(pack_id: str, *aliases: str, **facts: str) -> Offer:
    return Offer("kiwix", manifest_with(pack_id, aliases=aliases, **facts), (), 0)


class TestAddresses:
    @pytest.mark.parametrize(
        ("host", "local"),
        [
            ("127.0.0.1", True), ("192.168.4.1", True), ("10.0.0.1", True), ("fe80::1", True), ("::1", True),
            ("box", True), ("box.lan", True), ("ideascube.local", True), ("localhost", True),
            ("8.8.8.8", False), ("library.kiwix.org", False), ("localhost.example.org", False), ("", False),
        ],
    )  # fmt: skip
    def test_which_hosts_are_of_the_own_network(self, host: str, local: bool) -> None:
        assert is_local(host) is local

    @pytest.mark.parametrize(
        ("link", "catalogue", "has_sum", "address"),
        [
            ("https://m.example.net/a.zim", KIWIX, False, "https://m.example.net/a.zim"),
            ("/zim/a.zim", KIWIX, False, "https://library.example.org/zim/a.zim"),
            ("../../a.zim", BOX, False, "http://192.168.1.1/a.zim"),
            ("//m.example.net/a.zim", KIWIX, False, "https://m.example.net/a.zim"),
            ("http://m.example.net/a.zim", KIWIX, False, ""),
            ("http://m.example.net/a.zim", KIWIX, True, "http://m.example.net/a.zim"),
            ("http://192.168.1.1/reboot", KIWIX, True, ""),
            ("http://router/reboot", KIWIX, True, ""),
            ("file:///etc/passwd", KIWIX, True, ""),
            ("javascript:alert(1)", KIWIX, True, ""),
            ("data:text/html,x", BOX, True, ""),
            ("s3://bucket/a.zim", KIWIX, True, ""),
            ("https://user:secret@m.example.net/a.zim", KIWIX, True, ""),
            ("https://[::1/a.zim", KIWIX, True, ""),
            ("https://m.example.net:port/a.zim", KIWIX, True, ""),
            ("https://", KIWIX, True, ""),
            ("https://m.example.net/" + "a" * 5000, KIWIX, True, ""),
        ],
    )
    def test_which_links_of_a_catalogue_are_believed(
        self, link: str, catalogue: str, has_sum: bool, address: str
    ) -> None:
        assert believed(link, catalogue, has_sum=has_sum) == address

    def test_plain_http_is_for_the_own_network_and_by_choice(self) -> None:
        refuse_unreadable("https://library.example.org/", plain_http=False)
        refuse_unreadable("http://box.lan/", plain_http=True)

        for address, plain_http, word in [
            ("http://box.lan/", False, "--plain-http"),
            ("http://library.example.org/", True, "https://"),
            ("gopher://x/", True, "https://"),
            ("https://", True, "https://"),
        ]:
            with pytest.raises(BadInput, match=word):
                refuse_unreadable(address, plain_http=plain_http)


class TestNames:
    def test_the_file_s_name_gives_the_id_and_its_date_does_not_belong_to_it(self) -> None:
        address = "https://d.example.org/zim/wikipedia/Wikip%C3%A9dia_fr_all_maxi_2026-10.zim.meta4?x=1"

        assert id_of_address(address) == "wikipedia_fr_all_maxi_2026-10"
        assert stable_id("wikipedia_fr_all_maxi_2026-10") == "wikipedia_fr_all_maxi"
        assert id_of_address("https://d.example.org/download/42") == ""

    @pytest.mark.parametrize("installed", ["w_fr_maxi", "w_fr_maxi_2025-01", "w_fr_maxi_2026-10"])
    def test_an_offer_is_a_new_version_of_what_is_installed(self, installed: str) -> None:
        new = identity_of(offer("w_fr_maxi", "w_fr_maxi_2026-10", name="w_fr", flavour="maxi"))
        here = identity_of(offer(installed, name="w_fr", flavour="maxi"))
        other = identity_of(offer("w_fr_mini", name="w_fr", flavour="mini"))

        assert same_pack(new, [other, here]) is here

    @pytest.mark.parametrize(
        ("name", "called"),
        [
            ("w_fr_maxi", ["w_fr_maxi"]),
            ("w_fr_maxi_2019-03", ["w_fr_maxi"]),
            ("old_name", ["w_en_maxi"]),
            ("name_of_2019", ["w_fr_maxi"]),
            ("w_en", ["w_en_maxi"]),
            ("w_fr", []),
            ("nothing", []),
        ],
    )
    def test_what_a_name_in_a_box_yml_means(self, name: str, called: list[str]) -> None:
        there = [
            offer("w_fr_maxi", name="w_fr", flavour="maxi"),
            offer("w_fr_mini", name="w_fr", flavour="mini"),
            offer("w_en_maxi", "old_name", name="w_en", flavour="maxi"),
        ]

        assert [each.id for each in offers_called(name, there, {"name_of_2019": "w_fr_maxi"})] == called

    def test_all_names_of_an_offer(self) -> None:
        assert names_of(offer("w", "w_2026-10", "v_2019-01")) == ("w", "w_2026-10", "v_2019-01", "v")


class TestAliases:
    def test_a_name_leads_to_the_newest_id_however_often_it_changed(self) -> None:
        assert joined({"a": "b"}, {"b": "c"}) == {"a": "c", "b": "c"}

    def test_a_pack_that_has_its_old_name_again_needs_no_alias(self) -> None:
        assert joined({"a": "b"}, {"b": "a"}) == {"b": "a"}

    def test_what_is_no_id_is_left_out(self) -> None:
        assert joined({}, {"../x": "a", "b": "c/d", "e": "e", "f": "g"}) == {"f": "g"}

    def test_no_catalogue_fills_the_disk_with_names(self) -> None:
        assert len(joined({}, {f"a{number}": "b" for number in range(30_000)})) == 20_000

    def test_only_a_signed_catalogue_takes_a_name_that_leads_somewhere(self, tmp_path: Path) -> None:
        keep_aliases(tmp_path, {"old": "ours"}, is_signed=True)
        keep_aliases(tmp_path, {"old": "theirs", "other": "theirs"}, is_signed=False)

        assert {"old": "ours", "other": "theirs"} == known_aliases(tmp_path)

    def test_packs_listed_under_another_id_are_known_again(self) -> None:
        gone = [offer("a_maxi", name="a", flavour="maxi"), offer("b", uuid="1"), offer("c")]
        there = [offer("a2_maxi", name="a", flavour="maxi"), offer("b2", uuid="1"), offer("d")]

        assert renamed(gone, there) == {"a_maxi": "a2_maxi", "b": "b2"}


class TestHeldBack:
    @pytest.mark.parametrize(
        ("before", "now", "suspicious"),
        [
            (Seen(1000, 100), Seen(900, 90), False),
            (Seen(1000, 100), Seen(501, 51), False),
            (Seen(1000, 100), Seen(500, 100), True),
            (Seen(1000, 100), Seen(2000, 50), True),
            (Seen(1000, 0), Seen(1000, 0), False),
            (Seen(0, 100), Seen(1000, 60), False),
            (Seen(1000, 100), Seen(0, 0), False),  # it no longer says so
        ],
    )
    def test_half_of_the_size_or_of_the_entries(self, before: Seen, now: Seen, suspicious: bool) -> None:
        assert has_shrunk(before, now) is suspicious

    def test_half_of_a_list_that_had_more_than_a_few(self) -> None:
        assert has_list_shrunk(3400, 1700)
        assert has_list_shrunk(3400, 0)
        assert not has_list_shrunk(3400, 1701)
        assert not has_list_shrunk(9, 1)
