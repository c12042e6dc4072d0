"""What the box's own index finds: packs by what they say of themselves, creations in every script, forgivingly."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh.query import FuzzyTerm

from content_packs.manifest import Licence, Manifest
from content_packs.store.library import Library, PackRecord
from ideascube.own_index.documents import OwnDocument, Said
from ideascube.own_index.index import OwnIndex
from ideascube.own_index.keeping import OwnIndexKeeper
from ideascube.own_index.packs import pack_documents
from ideascube.own_index.queries import query_for
from ideascube.own_index.source import OwnSources
from ideascube.search.asked import Effort, understand
from ideascube.search.protocol import Hit
from tests.own_index.documents import document

CREATIONS = [
    document(1, "Les boulangeries du quartier", "Où acheter du pain, et à quelle heure.", "fr"),
    document(2, "L’eau du puits", "Elle est bonne à boire.", "fr"),
    document(3, "خيمة الماء", "ماءٌ نظيفٌ لكلّ العائلات", "ar"),
    document(4, "水井", "村里的水井在学校旁边", "zh"),
    document(5, "Solar oven", "How to build an oven of cardboard. Bread takes an hour.", "en"),
    document(6, "The bread oven", "A clay oven that the baker of the camp built", "en"),
    document(7, "Jak upiec chleb", "Łódź i chleb", "pl"),
    document(8, "Ubuntu", "Un entretien filmé avec ceux qui ont construit la maison commune du camp.", "", at=95),
]


@pytest.fixture(scope="module")
def creations(tmp_path_factory: pytest.TempPathFactory) -> OwnSources:
    folder = tmp_path_factory.mktemp("own")
    OwnIndex(folder).put(CREATIONS)
    sources = OwnSources(folder)
    sources.refresh()
    return sources


def hits(sources: OwnSources, text: str, effort: Effort = Effort.WORDS) -> list[Hit]:
    return [hit for source in sources() for hit in source.search(understand(text), effort, 10).hits]


def numbers(sources: OwnSources, text: str, effort: Effort = Effort.WORDS) -> set[int]:
    return {int(hit.path.removeprefix("items/")) for hit in hits(sources, text, effort)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("boulangeries ", {1}),
        ("BOULANGERIE ", {1}),  # another form of the word
        ("heure pain ", {1}),
        ("ou acheter ", {1}),  # without its accent
        ("eau ", {2}),
        ("l'eau ", {2}),
        ("l’eau bonne ", {2}),
        ("ماء ", {3}),
        ("الماء ", {3}),
        ("水井", {4}),
        ("学校", {4}),
        ("oven ", {5, 6}),
        ("ovens ", {5, 6}),
        ("oven bread ", {5, 6}),
        ("lodz ", {7}),
        ("boulang", {1}),  # half a word
        ("oven -cardboard ", {6}),
        ("pain oven ", set()),
        ("ubuntu ", {8}),
        ("   ", set()),
    ],
)
def test_creations_are_found_by_their_words(creations: OwnSources, query: str, expected: set[int]):
    assert expected == numbers(creations, query)


@pytest.mark.parametrize(("query", "expected"), [("bulangerie ", {1}), ("cardbord ", {5}), ("sollar oven ", {5})])
def test_with_more_effort_a_slip_is_forgiven(creations: OwnSources, query: str, expected: set[int]):
    assert set() == numbers(creations, query)
    assert expected == numbers(creations, query, Effort.NEAR)


@pytest.mark.parametrize(("word", "slips"), [("cardboard", True), ("cardboard" * 5, False)])
def test_slips_are_looked_for_only_in_words_of_a_usual_length(word: str, slips: bool):
    asked_for = query_for(understand(word), Effort.NEAR, ())

    assert slips == any(isinstance(leaf, FuzzyTerm) for leaf in asked_for.leaves())


def test_with_most_effort_some_of_the_words_are_enough(creations: OwnSources):
    assert set() == numbers(creations, "pain au chocolat ", Effort.NEAR)
    assert {1} == numbers(creations, "pain au chocolat ", Effort.ANY)


def test_titles_count_more_than_texts(creations: OwnSources):
    assert ["items/6", "items/5"] == [hit.path for hit in hits(creations, "bread oven ")]


def test_a_hit_says_what_results_show(creations: OwnSources):
    source = next(each for each in creations() if each.languages == ("pl",))
    answer = source.search(understand("chleb "), Effort.WORDS, 10)

    assert ("", "film", "CC0-1.0", ("pl",), True, 1) == (
        answer.pack, answer.kind, answer.licence, answer.languages, answer.made_here, answer.total,
    )  # fmt: skip
    assert (Hit("items/7", "Jak upiec chleb", "", 0, 0),) == answer.hits
    assert ("Łódź i chleb", "Jak upiec chleb", "pl") == (
        (page := source.page("items/7").read()).text, page.title, page.lang,
    )  # fmt: skip


def test_a_film_opens_at_the_second_at_which_it_is_said(creations: OwnSources):
    assert [95] == [hit.at for hit in hits(creations, "ubuntu ")]


def test_the_language_of_a_text_is_found_out_where_nobody_said_it(creations: OwnSources):
    (found,) = [each for each in creations() if each.search(understand("ubuntu "), Effort.WORDS, 1).hits]

    assert ("fr",) == found.languages
    assert {8} == numbers(creations, "maisons communes ")  # by French stems


def test_suggestions_are_by_title_and_need_no_whole_word(creations: OwnSources):
    found = [hit.path for source in creations() for hit in source.suggest(understand("bou")).hits]

    assert ["items/1"] == found
    assert [] == [hit for source in creations() for hit in source.suggest(understand("cardb")).hits]


def test_of_many_only_those_asked_for_and_how_many_there_are(tmp_path: Path):
    OwnIndex(tmp_path).put([document(number, text="the same words") for number in range(30)])
    sources = OwnSources(tmp_path)
    sources.refresh()
    (source,) = sources()
    answer, counted = (source.search(understand("same words "), Effort.WORDS, count) for count in (10, 0))

    assert (10, 30, True) == (len(answer.hits), answer.total, answer.more)
    assert (0, 30) == (len(counted.hits), counted.total)


@pytest.mark.parametrize(
    "text",
    ["", "?", "the", "a AND OR NOT (", "'; DROP TABLE unfound", "<b>", "*", "a*", "\x00", "\ud800", "word " * 500,
     "x" * 100_000, "\u202egnp", "title:soap", "[a TO z]", "ab~2", "水" * 1000],
)  # fmt: skip
@pytest.mark.parametrize("effort", Effort)
def test_whatever_is_typed_gets_an_answer(creations: OwnSources, text: str, effort: Effort):
    assert numbers(creations, text, effort) <= set(range(9))


def record(pack_id: str, **fields: object) -> PackRecord:
    return PackRecord(pack_id, (f"{pack_id}.zim",), 1, "stamp", Manifest(id=pack_id, **fields))  # type: ignore[arg-type]


KHAN = record(
    "khan_fr", titles={"fr": "Khan Academy", "ar": "أكاديمية خان"}, descriptions={"fr": "Les mathématiques en vidéos"},
    languages=("fr", "ar"), tags=("algèbre", "_ftindex:yes"), licence=Licence(spdx="CC-BY-NC-SA-4.0"),
    creators=("Bibliothèques Sans Frontières",), kind="course",
)  # fmt: skip
WIKI = record("wikipedia_tum", titles={"und": "Wikipedia"}, descriptions={"und": "The encyclopedia"})
BROKEN = PackRecord("broken", ("broken.zim",), 1, "stamp", None, "It is damaged.")


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> OwnSources:
    folder = tmp_path_factory.mktemp("packs")
    assert OwnIndexKeeper(folder).look(Library((BROKEN, KHAN, WIKI)))
    sources = OwnSources(folder)
    sources.refresh()
    return sources


@pytest.mark.parametrize(
    "query",
    ["khan academy ", "academy khan", "Academie", "mathematique ", "خان ", "algebre ", "sans frontieres ", "khan_fr "],
)
def test_a_pack_is_found_by_what_it_says_of_itself(packs: OwnSources, query: str):
    effort = Effort.NEAR if query == "Academie" else Effort.WORDS
    hit = packs.pack_hit("khan_fr", understand(query), effort)

    assert hit is not None
    assert ("", "Khan Academy", 0) == (hit.path, hit.title, hit.text_rank)
    assert packs.pack_hit("wikipedia_tum", understand(query), effort) is None


def test_it_says_which_of_its_titles_was_found(packs: OwnSources):
    by_title, by_text = (packs.pack_hit("khan_fr", understand(text), Effort.WORDS) for text in ("خان ", "algèbre "))

    assert by_title and by_text
    assert ("أكاديمية خان", 0) == (by_title.matched, by_title.title_rank)
    assert ("", -1) == (by_text.matched, by_text.title_rank)


def test_what_is_for_programs_finds_nothing(packs: OwnSources):
    assert packs.pack_hit("khan_fr", understand("ftindex "), Effort.WORDS) is None


def test_a_pack_is_suggested_by_its_title(packs: OwnSources):
    assert packs.pack_suggestion("khan_fr", understand("kha")) is not None
    assert packs.pack_suggestion("khan_fr", understand("algè")) is None


def test_packs_are_no_creations(packs: OwnSources):
    assert [] == packs()
    assert "mathématiques" in packs.page("khan_fr", "").text


def test_the_keeper_writes_when_the_library_or_the_index_changed(tmp_path: Path):
    keeper, both, one = OwnIndexKeeper(tmp_path), Library((KHAN, WIKI)), Library((WIKI,))
    changes = [keeper.look(both), keeper.look(both), keeper.look(one), keeper.look(both)]
    again = OwnIndexKeeper(tmp_path).look(both)
    for file in tmp_path.iterdir():
        file.write_bytes(b"")
    repaired = keeper.look(both)

    assert [True, False, True, True] == changes
    assert not again
    assert repaired
    sources = OwnSources(tmp_path)
    assert sources.refresh()
    assert sources.pack_hit("khan_fr", understand("khan "), Effort.WORDS)


def test_the_keeper_tells_what_keeps_it_from_writing(tmp_path: Path):
    (tmp_path / "index").write_text("no folder")
    keeper = OwnIndexKeeper(tmp_path / "index" / "own", pause=2)

    assert not keeper.look(Library((KHAN,)))
    assert "cannot be written" in keeper.problem
    (tmp_path / "index").unlink()
    assert [False, True] == [keeper.look(Library((KHAN,))) for _ in range(2)]  # after a pause
    assert "" == keeper.problem


def test_documents_of_packs_have_all_languages() -> None:
    (found,) = pack_documents([KHAN, BROKEN])

    assert OwnDocument(
        "pack:khan_fr", "khan_fr", "", "fr", "pack", "CC-BY-NC-SA-4.0", "Khan Academy",
        "Les mathématiques en vidéos\nalgèbre Bibliothèques Sans Frontières  khan_fr",
        also=(Said("ar", "أكاديمية خان", ""),),
    ) == found  # fmt: skip


def test_nothing_is_found_where_there_is_no_index(tmp_path: Path):
    sources = OwnSources(tmp_path / "nowhere")

    assert not sources.refresh()
    assert [] == sources()
    assert sources.pack_hit("khan_fr", understand("khan"), Effort.WORDS) is None
    assert "" == sources.page("khan_fr", "").text
