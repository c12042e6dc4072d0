"""The same page in several packs is one result that names them all."""

from __future__ import annotations

import pytest

from ideascube.search.merge import merge_results
from ideascube.search.protocol import Hit, PackHits, Place
from ideascube.search.ranking import Merged


def found(*packs: PackHits) -> list[Merged]:
    return merge_results("x", (), packs)


def pack(
    name: str, path: str, title: str, *, kind: str = "encyclopedia", lang: str = "en", made_here: bool = False
) -> PackHits:
    return PackHits(name, (lang,), kind, (Hit(path, title, "", 0),), 1, made_here=made_here)


def test_one_title_in_two_packs_is_one_result_that_names_both() -> None:
    [place] = found(pack("a", "eau", "Eau"), pack("b", "A/Eau", "eau"))

    assert (Place("a", "eau"), [Place("b", "A/Eau")]) == (place.place, place.also)


def test_another_language_another_kind_or_the_same_book_is_another_page() -> None:
    book = PackHits("book", ("en",), "book", (Hit("1.html", "Notes", "", 0), Hit("2.html", "Notes", "", 1)))

    assert 2 == len(found(book))
    assert 2 == len(found(pack("a", "radio", "Radio"), pack("b", "radio", "Radio", lang="fr")))
    assert 2 == len(found(pack("a", "hands", "Hands"), pack("b", "hands", "Hands", kind="film")))


@pytest.mark.parametrize("kind", ["website", "book", "film", "course"])
def test_only_in_encyclopedias_does_a_title_alone_tell_what_a_page_is(kind: str) -> None:
    one, same = pack("a", "intro.html", "Introduction", kind=kind), pack("b", "intro.html", "Introduction", kind=kind)

    assert 1 == len(found(one, same))
    assert 2 == len(found(one, pack("b", "start/1.html", "Introduction", kind=kind)))


def test_a_page_of_a_wiki_is_known_by_its_title_whatever_kind_its_file_names() -> None:
    assert 1 == len(found(pack("wikipedia_tum", "A/Maji", "Maji", kind="collection"), pack("a", "m", "Maji")))


def test_pages_of_two_projects_with_one_title_are_two() -> None:
    assert 2 == len(found(pack("wikipedia_en_all", "Water", "Water"), pack("wiktionary_en_all", "water", "water")))


def test_pages_without_a_title_are_never_taken_for_the_same() -> None:
    assert 2 == len(found(pack("a", "index.html", ""), pack("b", "index.html", "")))


def test_one_address_on_the_web_is_one_page_whatever_it_is_called() -> None:
    address = "developer.mozilla.org/en-US/docs/Web"

    assert 1 == len(found(pack("mdn_2024", address, "Web"), pack("mdn_2025", address, "Web technology")))


def test_one_name_in_two_packs_of_a_wiki_is_one_page_in_old_and_new_files() -> None:
    old, new = pack("wikipedia_tum_all_2015-08", "A/Chitumbuka", ""), pack("wikipedia_tum_all_maxi", "Chitumbuka", "")

    assert 1 == len(found(old, new))
    assert 2 == len(found(pack("ted_en_ai", "index", ""), pack("ted_en_cats", "index", "")))


def test_a_second_copy_in_a_pack_of_a_wiki_is_no_second_result() -> None:
    hits = (Hit("A/Ray_Charles", "Ray Charles", "", 0), Hit("A/The_Genius", "Ray Charles", "", 1))

    [place] = found(PackHits("wikipedia_en_ray_charles", ("en",), "encyclopedia", hits))

    assert ("A/Ray_Charles", []) == (place.hit.path, place.also)


def test_of_twins_the_fuller_pack_is_shown_where_the_first_stood() -> None:
    mini, whole = pack("wikipedia_en_all_mini", "Water", "Water"), pack("wikipedia_en_all_maxi", "Water", "Water")
    other = PackHits("b", ("en",), "encyclopedia", (Hit("x", "Rain", "", 2),))

    first, second = found(mini, other, PackHits(whole.pack, ("en",), whole.kind, (Hit("Water", "Water", "", 9),)))

    assert (Place(whole.pack, "Water"), [Place(mini.pack, "Water")]) == (first.place, first.also)
    assert "Rain" == second.hit.title


def test_of_twins_the_one_that_was_made_here_is_shown() -> None:
    [place] = found(pack("a", "well", "Wells"), pack("here", "7", "Wells", made_here=True))

    assert Place("here", "7") == place.place
