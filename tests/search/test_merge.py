from __future__ import annotations

import pytest

from ideascube.search.merge import merge_results, merge_suggestions
from ideascube.search.protocol import Hit, PackHits, Place
from ideascube.search.titles import fold_title, is_disambiguation, title_from_path


def pack(name: str, *titles: str, languages: tuple[str, ...] = ("en",), by: str = "text") -> PackHits:
    """A pack that found pages with these titles, in this order, by text or by title."""
    ranks = ((rank, -1) if by == "text" else (-1, rank) for rank in range(len(titles)))
    hits = (Hit(f"{title}.html", title, "", *rank) for title, rank in zip(titles, ranks, strict=True))
    return PackHits(name, languages, "website", tuple(hits), len(titles))


def titles(text: str, *packs: PackHits, languages: tuple[str, ...] = ()) -> list[str]:
    return [place.hit.title for place in merge_results(text, languages, packs)]


def test_an_exact_title_comes_first_then_leading_ones_then_the_rest() -> None:
    found = titles(
        "water", pack("a", "Rain", "Water filters", "Waterloo"), pack("b", "The well", "Rivers", "Pumps", "Water")
    )

    assert ["Water", "Water filters", "Rain", "The well"] == found[:4]


def test_titles_are_compared_without_case_accents_and_chapter_numbers() -> None:
    assert "7.2. Détourage" == titles("DETOURAGE", pack("a", "Autre", "7.2. Détourage"))[0]


def test_a_number_that_is_a_title_is_no_chapter_number() -> None:
    assert "1984" == titles("1984", pack("a", "Orwell", "1984"))[0]


def test_packs_take_turns() -> None:
    assert ["a1", "b1", "a2", "b2"] == titles("x", pack("a", "a1", "a2"), pack("b", "b1", "b2"))


def test_the_visitors_language_is_favoured_but_hides_nothing() -> None:
    english = pack("a", *(f"en{number}" for number in range(8)))
    french = pack("b", *(f"fr{number}" for number in range(8)), languages=("fr-CA",))

    found = titles("x", english, french, languages=("fr", "ar"))

    assert ["fr0", "fr1", "fr2", "fr3"] == found[:4]
    assert "en0" in found[:8]


def test_a_title_that_goes_on_in_another_script_leads_for_those_who_read_it() -> None:
    english = pack("en", "The Debian handbook", "Debian policy")
    chinese = pack("zh", "Debian 管理员手册", "Debian", languages=("zh-CN",))

    assert ["Debian", "Debian policy", "The Debian handbook", "Debian 管理员手册"] == titles(
        "debian", english, chinese, languages=("en",)
    )
    assert ["Debian", "Debian 管理员手册"] == titles("debian", english, chinese, languages=("zh",))[:2]
    hit = Hit("a", "Debian 管理员手册", "Debian", 1)
    assert "a" == merge_results("debian", ("en",), [english, PackHits("b", ("zh",), "book", (hit,))])[0].hit.path
    arabic = pack("ar", "x", "التحية والسلام", languages=("ar",))
    assert "التحية والسلام" == titles("التحية", arabic, languages=("en",))[0]


def test_the_second_language_comes_between_the_first_and_the_others() -> None:
    packs = [pack(language, f"in {language}", languages=(language,)) for language in ("en", "ar", "fr")]

    assert ["in fr", "in ar", "in en"] == titles("x", *packs, languages=("fr", "ar"))


def test_the_pages_own_language_counts_where_its_path_tells_it() -> None:
    hits = (Hit("boil.en.html", "Boil", "", 0), Hit("boil.fr.html", "Bouillir", "", 1))
    packs = [PackHits("water", ("en", "fr"), "collection", hits)]

    found = merge_results("x", ("fr",), packs)

    assert [("Bouillir", "fr"), ("Boil", "en")] == [(place.hit.title, place.lang) for place in found]
    assert ["Boil"] == [place.hit.title for place in merge_results("x", ("fr",), packs, lang="en-GB")]


def test_pages_without_a_title_are_never_taken_for_the_same() -> None:
    untitled = [PackHits(name, ("en",), "website", (Hit("index.html", "", "", 0),)) for name in "ab"]

    assert 2 == len(merge_results("x", (), untitled))


def test_the_title_of_a_redirect_counts_and_the_page_keeps_its_own() -> None:
    redirect = Hit("UN.html", "United Nations", "UNO", -1, 3)
    places = merge_results("uno", (), [PackHits("a", ("en",), "website", (Hit("x", "Uno game", "", 0), redirect))])

    assert "United Nations" == places[0].to_result().title


def test_what_was_found_by_other_words_is_no_exact_title() -> None:
    completed = Hit("waterloo", "Waterloo", "", 3, searched="waterloo", sureness=0.5)
    hits = (Hit("filter", "Water filters", "", 0), Hit("rain", "Rain", "", 1), completed)

    assert ["Water filters", "Waterloo", "Rain"] == titles("water", PackHits("a", ("en",), "website", hits))


def test_a_title_of_words_that_were_hardly_meant_leads_nothing() -> None:
    near = Hit("a", "The Debian handbook", "", 0, 0, sureness=0.7, searched="debian")
    far = Hit("b", "Dessin au crayon", "", 0, 0, sureness=0.49, searched="dessin")
    packs = [PackHits(hit.path, ("fr",), "book", (hit,), effort=1) for hit in (far, near)]

    assert ["The Debian handbook", "Dessin au crayon"] == titles("debain", *packs)
    likely = PackHits("b", ("fr",), "book", (far._replace(sureness=0.7),), effort=1)
    assert "Dessin au crayon" == titles("debain", packs[1], likely)[0]


def test_what_has_all_words_comes_before_what_has_words_like_them() -> None:
    near = PackHits("a", ("en",), "website", (Hit("ray", "Ray Charles", "", 0, searched="ray charles"),), effort=1)
    some = PackHits("a", ("en",), "website", (Hit("x", "Ray", "", 0), Hit("c", "Charls", "", 1)), effort=2)
    every = pack("b", "Songs", "Charls (singer)")

    assert ["Charls (singer)", "Songs", "Ray Charles", "Charls", "Ray"] == titles("charls", some, near, every)


def test_a_pack_of_that_name_comes_first_and_creations_of_this_box_are_favoured() -> None:
    named = PackHits("khan", ("en",), "course", (Hit("", "Khan Academy", "", -1, 0),))
    here = PackHits("here", ("en",), "collection", (Hit("1", "Our well", "", 1),), made_here=True)

    assert "" == merge_results("khan academy", (), [pack("a", "Khan Academy", by="title"), named])[0].hit.path
    assert ["Our well", "Wells"] == titles("x", PackHits("a", ("en",), "website", (Hit("w", "Wells", "", 1),)), here)


def test_packs_that_say_something_of_the_words_stand_among_the_pages_that_have_them() -> None:
    packs = [PackHits(str(n), ("en",), "book", (Hit("", f"The {n}", f"The {n} well", n, n),)) for n in range(5)]

    found = titles("well", *packs, pack("a", "Pumps", "Ropes", "Buckets"))

    assert found.index("Ropes") < found.index("The 3")


def test_a_list_of_meanings_stands_behind_what_it_lists_but_is_there() -> None:
    found = pack("a", "Mercury (disambiguation)", "Mercury (planet)", "Mercury", "Planets", by="title")

    assert ["Mercury", "Mercury (planet)", "Mercury (disambiguation)", "Planets"] == titles("mercury", found)
    assert "Mercury (disambiguation)" == titles("mercury (disambiguation)", found)[0]


@pytest.mark.parametrize(
    "title", ["Georgia (disambiguation)", "Paris (homonymie)", "عطارد (توضيح)", "Бостон (значения)", "长安（消歧义）"]
)
def test_lists_of_meanings_are_known_in_the_wikis_own_words(title: str) -> None:
    assert is_disambiguation(title)
    assert not is_disambiguation(title.replace("(", "").replace(")", "").replace("（", "").replace("）", ""))


def test_while_typing_a_beginning_is_enough() -> None:
    packs = [pack("a", "A rainy day", "Rainbow", by="title"), pack("b", "Rain", by="title")]

    assert ["Rain", "Rainbow", "A rainy day"] == [place.hit.title for place in merge_suggestions("rai", (), packs)]


def test_scripts_without_spaces_need_no_end_of_word() -> None:
    assert "安装软件" == titles("安装", pack("a", "如何安装", "安装软件"))[0]


def test_the_order_is_the_same_however_many_hits_each_pack_gives() -> None:
    def first(count: int) -> list[Place]:
        names = {3: "Rain (disambiguation)", 24: "Rain (homonymie)", 40: "Water", 41: "Well (disambiguation)"}
        packs = [
            PackHits(name, languages, "website", tuple(
                Hit(f"{n}.{'fr' if n % 3 else 'en'}.html", f"{name} {names.get(n, n)}", "", n) for n in range(count)
            ))
            for name, languages in (("a", ("en",)), ("b", ("fr", "en")), ("c", ("fr",)))
        ]  # fmt: skip
        return [place.place for place in merge_results("water", ("fr",), packs)]

    assert first(30)[:30] == first(60)[:30]
    assert first(60)[:60] == first(100)[:60]


def test_a_page_without_a_title_is_called_by_its_file() -> None:
    assert "first aid" == title_from_path("en/first-aid.html")
    assert "Ray Charles" == title_from_path("A/Ray_Charles")
    assert "/" == title_from_path("/")


def test_the_number_of_a_chapter_is_no_part_of_its_title() -> None:
    assert ["installation", "installation", "2001: a space odyssey", "john f. kennedy"] == [
        fold_title(title)
        for title in ("Chapitre 4. Installation", "3.2. Installation", "2001: A Space Odyssey", "John F. Kennedy")
    ]
