"""The word list of real packs and made ones: what gets into it, what leaves it, and how much of it there may be."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from content_packs.delta import make_layer, write_delta
from content_packs.errors import BrokenPack, NoSpace, NotAllowed
from content_packs.text import fold
from content_packs.zim.archive import ZimArchive
from content_packs.zim.index_text import text_path
from content_packs.zim.stack import open_stack
from ideascube.indexing.words import reading
from ideascube.indexing.words.choosing import ListedWord
from ideascube.indexing.words.listing import forget_words, list_words, listed_packs, words_of
from ideascube.indexing.words.store import ListedPack, WordStore
from ideascube.search.vocabulary import Near, Vocabulary, Written
from tests.support.shared import shared
from tests.support.words import list_pack, old_wikipedia, record_of
from tests.support.zims import make_zim


def page(title: str, body: str) -> tuple[str, str]:
    return "text/html", f"<html><head><title>{title}</title></head><body><p>{body}</p></body></html>"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "index" / "words.db"


@pytest.fixture
def vocabulary(database: Path) -> Iterator[Vocabulary]:
    with closing(Vocabulary(database)) as opened:
        yield opened


@pytest.fixture(scope="module")
def water(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack with French and Polish words, redirects, a film's text, and what is no word."""
    entries = {
        "eau.html": page("L’eau potable", "Faire bouillir l’eau de la rivière. Boire de l’eau, c’est la santé."),
        "riviere.html": page(
            "La Rivière", "Une RIVIERE et une rivière, 2026, deadbeef01, aGVsbG8gd29ybGQ5aGVsbG8gd29ybGQ5aGVsbG8."
        ),
        "lodz.html": page("Łódź", "Łódź <b>jest</b> miastem.<script>var hidden = 'squelette';</script>"),
        "film.html": page("Film", "Un film."),
        text_path("film.html"): ("text/plain", "Le crocodile parle au 00:12."),
        "frame.html": ("text/html;frame", "<html><body>grenouille</body></html>"),
        "style.css": ("text/css", "girafe { color: red }"),
    }
    return make_zim(
        tmp_path_factory.mktemp("water") / "water.zim", entries, redirects={"Aqueduc": "eau.html"}, language="fra"
    )


def forms(words: list[Written]) -> list[tuple[str, int]]:
    return [(word.form, word.pages) for word in words]


def test_words_are_listed_as_they_are_written(water: Path, database: Path, vocabulary: Vocabulary):
    list_pack(water, database)

    assert [("rivière", 3)] == forms(vocabulary.written("water", "riviere"))
    assert ("l'eau", 1) in forms(vocabulary.written("water", "eau"))
    assert [("łódź", 1)] == forms(vocabulary.written("water", "lodz"))
    assert [] == vocabulary.written("water", "squelette")
    assert [] == vocabulary.written("another", "riviere")


@pytest.mark.parametrize("word", ["aqueduc", "crocodile", "grenouille"])
def test_words_of_redirects_films_and_frames_are_listed(water: Path, database: Path, vocabulary: Vocabulary, word: str):
    list_pack(water, database)

    assert [word] == [form for form, _ in forms(vocabulary.written("water", word))]


@pytest.mark.parametrize("word", ["girafe", "2026", "deadbeef01", "squelette"])
def test_what_is_no_word_of_a_page_is_not(water: Path, database: Path, vocabulary: Vocabulary, word: str):
    list_pack(water, database)

    assert [] == vocabulary.written("water", word)


def test_real_wikipedias_of_old_and_new_kind(tmp_path: Path, database: Path, vocabulary: Vocabulary, ray_charles: Path):
    tumbuka = list_pack(old_wikipedia(tmp_path), database)
    charles = list_pack(ray_charles, database)
    books = list_pack(shared("zim/good/nons/wikibooks_be_all_nopic_2017-02.zim"), database)

    assert {(pack.id, pack.stamp) for pack in (tumbuka, charles, books)} == listed_packs(database)
    assert vocabulary.written(tumbuka.id, "malawi")[0].pages > 10
    assert "georgia" in {near.key for near in vocabulary.near(charles.id, "georgai", 5)}
    assert fold("беларускай") in {word.key for word in vocabulary.beginning(books.id, "беларуск", 30)}
    found = vocabulary.written_by_pack(["malawi", "charles"])
    assert {tumbuka.id, charles.id} >= set(found)
    assert "charles" in found[charles.id]


def test_libzim_finds_the_pages_of_every_form(ray_charles: Path):
    """But for the words that whoever made the pack added to its pages after they were indexed: a footer."""
    archive = ZimArchive(ray_charles)
    footer = ["apply", "attribution", "commons", "licensed", "media", "sharealike", "terms", "wikipedia"]

    forms = {word.form for word in words_of(archive, lambda done, total: None) if word.pages}
    lost = {form for form in forms if not archive.fulltext(form, 0, 1)[0]}

    assert len(forms) > 2500
    assert lost <= {*footer, "bbd"}


def test_a_layer_speaks_for_what_it_lies_on(tmp_path: Path, database: Path, vocabulary: Vocabulary):
    (tmp_path / "new").mkdir()
    old = make_zim(tmp_path / "news.zim", {"a": page("Old", "crocodile"), "b": page("Stays", "elephant")})
    new = make_zim(tmp_path / "new" / "news.zim", {"a": page("New", "flamingo"), "b": page("Stays", "elephant")})
    write_delta(ZimArchive(old), ZimArchive(new), tmp_path / "delta")
    make_layer(ZimArchive(old), tmp_path / "delta", tmp_path / "layer.zim")

    list_words(record_of(old), open_stack(old, [tmp_path / "layer.zim"]), database, lambda done, total: None)

    assert [1, 1, 0] == [len(vocabulary.written("news", word)) for word in ("flamingo", "elephant", "crocodile")]


def test_a_pack_that_changed_is_listed_anew_and_one_that_left_is_forgotten(
    water: Path, tmp_path: Path, database: Path, vocabulary: Vocabulary
):
    other = make_zim(tmp_path / "other.zim", {"a": page("A page", "rivière crocodile")})
    list_pack(other, database)
    list_pack(water, database, "first")
    before = every_key(database)

    list_pack(water, database, "second")

    assert {"first", "second"} & {stamp for _, stamp in listed_packs(database)} == {"second"}
    assert before == every_key(database)
    forget_words(database, [("water", "second")])
    assert {("water", "second")} == listed_packs(database)
    assert [] == vocabulary.written("other", "crocodile")
    assert 1 == len(vocabulary.near_anywhere("crocodyle", 5))
    forget_words(database, [])
    assert {} == every_key(database)


def test_room_is_given_back_to_the_disk(water: Path, database: Path):
    list_pack(water, database)
    small = database.stat().st_size
    with closing(WordStore(database)) as store:
        store.put(ListedPack("large", "1", ()), many_words(20_000))
    large = database.stat().st_size

    forget_words(database, [("water", record_of(water).stamp)])

    assert small <= database.stat().st_size < large / 5


def every_key(database: Path) -> dict[str, list[int]]:
    """What the table of keys says, after it was compared with the words that it sums up."""
    with closing(WordStore(database)) as store:
        ask = store._connection.execute
        keys = ask("SELECT * FROM keys ORDER BY key").fetchall()
        summed = "SELECT key, count(DISTINCT pack), sum(weight) FROM words GROUP BY key ORDER BY key"
        assert ask(summed).fetchall() == keys
        return {key: rest for key, *rest in keys}


def test_a_pack_is_not_read_twice(water: Path, database: Path):
    list_pack(water, database, "same")

    told: list[int] = []
    list_words(record_of(water, "same"), open_stack(water, []), database, lambda done, total: told.append(done))

    assert [] == told


def test_progress_is_told_in_pages(water: Path, database: Path):
    told: list[tuple[int, int]] = []

    list_words(record_of(water), open_stack(water, []), database, lambda done, total: told.append((done, total)))

    assert (6, 6) == told[-1]


def test_a_large_pack_is_read_in_an_even_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    entries = {f"{number:05}": page(f"T{number}", f"everywhere half{number % 2}") for number in range(400)}
    large = ZimArchive(make_zim(tmp_path / "large.zim", entries, cluster_size=2500))
    monkeypatch.setattr(reading, "PAGE_LIMIT", 100)

    words = {word.key: word for word in words_of(large, lambda done, total: None)}

    assert 400 == words["everywhere"].pages
    assert 150 < words["half0"].pages < 250
    assert 1 == words["t399"].titles


def test_damaged_packs_give_what_can_be_read(tmp_path: Path, database: Path):
    for bad in sorted(shared("zim/bad/nons").glob("*.zim")):
        try:
            archive = ZimArchive(bad)
        except BrokenPack:
            continue
        words_of(archive, lambda done, total: None)


ODD_PAGES = {
    "latin-1": "<html><body>caf\xe9 garçon</body></html>".encode("latin-1"),
    "utf-16": "<html><body>wide</body></html>".encode("utf-16"),
    "zeros": b"<html><body>before\0after \xff\xfe</body></html>",
    "nested": b"<div>" * 100_000 + b"deep",
    "unclosed": b"<html><body><p>alpha<b>beta<!-- gamma",
    "empty": b"",
    "marks": "<html><body>a\u0301\u0301\u0301 \u202eabc\u202c \ud7ff \ufffd e\u0301t\u00e9</body></html>".encode(),
}


@pytest.mark.parametrize("content", ODD_PAGES.values(), ids=ODD_PAGES)
def test_no_page_is_too_odd(tmp_path: Path, database: Path, vocabulary: Vocabulary, content: bytes):
    pack = make_zim(tmp_path / "odd.zim", {"odd.html": ("text/html", content), "good.html": page("Good", "water")})

    list_pack(pack, database)

    assert [("water", 1)] == forms(vocabulary.written("odd", "water"))


# Bounds


def many_words(count: int, first: int = 0, titles: int = 0) -> list[ListedWord]:
    return sorted(
        (ListedWord(f"w{number}", f"w{number}", number + 1, titles) for number in range(first, first + count)),
        key=lambda word: word.key,
    )


def test_all_packs_together_have_no_more_words_than_they_may(database: Path):
    with closing(WordStore(database, row_limit=1000)) as store:
        for name, count in (("small", 100), ("large", 2000), ("larger", 5000)):
            store.put(ListedPack(name, "1", ()), many_words(count))
        sizes = dict(store._connection.execute("SELECT pack, count(*) FROM words GROUP BY pack").fetchall())
        lightest = store._connection.execute("SELECT min(pages) FROM words WHERE pack = 3").fetchone()

    assert {1: 100, 2: 450, 3: 450} == sizes
    assert (4551,) == lightest
    every_key(database)


def test_a_pack_of_very_many_words_takes_what_it_may(tmp_path: Path, database: Path):
    texts = {text_path(f"{page}.html"): ("text/plain", unlike_words(page)) for page in range(22)}
    pack = make_zim(tmp_path / "many.zim", texts)

    list_pack(pack, database)

    with closing(WordStore(database)) as store:
        (count,) = store._connection.execute("SELECT count(*) FROM words").fetchone()
    assert count == 150_000
    assert database.stat().st_size < 12_000_000
    assert {"words.db"} == {left.name for left in database.parent.iterdir() if left.stat().st_size}


def unlike_words(page: int) -> str:
    """Ten thousand words that are on no other page."""
    letters = str.maketrans("0123456789", "abcdefghij")
    return " ".join(f"q{page * 10_000 + number}".translate(letters) for number in range(10_000))


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB, as a full card would be."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may make a small disk (mount)")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_said_in_a_sentence_and_the_old_list_stays(water: Path, tiny_disk: Path):
    database = tiny_disk / "words.db"
    list_pack(water, database, "old")

    with (
        closing(WordStore(database)) as store,
        pytest.raises(NoSpace, match=r"no room for the word list .*free some space"),
    ):
        store.put(ListedPack("large", "1", ()), many_words(60_000))

    assert {("water", "old")} == listed_packs(database)
    with closing(Vocabulary(database)) as vocabulary:
        assert 1 == len(vocabulary.written("water", "crocodile"))
    list_pack(water, database, "new")


def test_a_folder_that_may_not_be_written_is_said_in_a_sentence(tmp_path: Path):
    (tmp_path / "index").write_text("no folder")

    with pytest.raises(NotAllowed, match=r"The word list .*words\.db cannot be written"):
        forget_and_list(tmp_path / "index" / "words.db")


def forget_and_list(database: Path) -> None:
    with closing(WordStore(database)) as store:
        store.put(ListedPack("a", "1", ()), many_words(10))


# Looking up


def test_what_was_meant_is_a_word_of_the_library_in_its_usual_form(database: Path, vocabulary: Vocabulary):
    with closing(WordStore(database)) as store:
        store.put(
            ListedPack("manuel", "1", ("fr",)),
            listed(("selection", "sélection", 50, 0), ("selections", "sélections", 9, 0)),
        )
        store.put(
            ListedPack("buch", "1", ("de-AT",)), listed(("selektion", "selektion", 3, 0), ("sektion", "sektion", 1, 9))
        )

    assert ["sélection", "selektion"] == [near.form for near in vocabulary.near_anywhere("selecktion", 2)]
    assert ["selektion", "sélection"] == [near.form for near in vocabulary.near_anywhere("selecktion", 2, ["de"])]
    assert [Near("selektion", "selektion", 3, 1)] == vocabulary.near("buch", "selecktion", 1)
    assert [] == vocabulary.near("buch", "crocodile", 5)


def listed(*words: tuple[str, str, int, int]) -> list[ListedWord]:
    return [ListedWord(*word) for word in sorted(words)]


def test_a_change_that_a_look_up_noticed_first_is_still_told(database: Path, vocabulary: Vocabulary):
    vocabulary.refresh()

    with closing(WordStore(database)) as store:
        store.put(ListedPack("a", "1", ()), listed(("water", "water", 1, 0)))

    assert ["water"] == [word.form for word in vocabulary.written("a", "water")]
    assert (True, False) == (vocabulary.refresh(), vocabulary.refresh())


def test_beginnings_come_by_how_frequent_they_are_each_word_once(database: Path, vocabulary: Vocabulary):
    words = [
        ("clavier", "clavier", 5, 0), ("clavier", "l'clavier", 1, 0), ("claviers", "claviers", 1, 0),
        ("clair", "clair", 2, 3), ("dur", "dur", 99, 0),
    ]  # fmt: skip
    with closing(WordStore(database)) as store:
        store.put(ListedPack("a", "1", ("fr",)), listed(*words))

    assert [("clair", 2), ("clavier", 6), ("claviers", 1)] == forms(vocabulary.beginning("a", "cla", 5))
    assert ["clair"] == [word.form for word in vocabulary.beginning("a", "cl", 1)]
    assert [] == vocabulary.beginning("a", "claviersx", 5)


def test_near_words_come_once_in_the_form_that_is_most_frequent(database: Path, vocabulary: Vocabulary):
    words = [
        ("image", "image", 2, 0),
        ("image", "l'image", 9, 0),
        ("mage", "mage", 3, 0),
        ("imagiers", "imagiers", 9, 0),
    ]
    with closing(WordStore(database)) as store:
        store.put(ListedPack("a", "1", ("fr",)), listed(*words))

    assert [Near("l'image", "image", 11, 1)] == vocabulary.near("a", "imgae", 5)
    assert [Near("l'image", "image", 11, 1), Near("mage", "mage", 3, 2)] == vocabulary.near("a", "imagee", 5)


def test_words_written_together_are_taken_apart(database: Path, vocabulary: Vocabulary):
    words = listed(("mot", "mot", 20, 0), ("de", "de", 90, 0), ("passe", "passé", 8, 0))
    with closing(WordStore(database)) as store:
        store.put(ListedPack("a", "1", ()), words)

    assert [("mot", "de", "passé")] == vocabulary.divided("motdepasse", 3)
    assert [] == vocabulary.divided("motdepasses", 3)


@pytest.mark.parametrize(
    "text", ["", " ", "%", "_", "'", '"', "\0", "\ud800", "\U0010ffff", "a" * 100_000, "水", "[1,2]"]
)
def test_nothing_that_is_looked_up_is_too_odd(database: Path, vocabulary: Vocabulary, water: Path, text: str):
    list_pack(water, database)

    assert [] == vocabulary.written("water", text)
    assert {} == vocabulary.written_by_pack([text])
    assert [] == vocabulary.near("water", text, 5) == vocabulary.near_anywhere(text, 5) == vocabulary.divided(text, 5)
    assert [] == vocabulary.beginning("water", text, 5) or text == ""
