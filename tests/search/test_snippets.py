from __future__ import annotations

import pytest

from content_packs.bounded_cache import BoundedCache
from ideascube.search.asked import understand
from ideascube.search.cutting import WIDTH
from ideascube.search.page_text import read_page
from ideascube.search.query_words import words_of
from ideascube.search.snippets import Excerpt, excerpt


def marked(found: Excerpt) -> str:
    return "".join(f"[{text}]" if is_marked else text for text, is_marked in found.pieces)


def shown(html: str, query: str, title: str = "") -> str:
    """The snippet of a page, its marked words in [brackets]."""
    head = f"<head><title>{title}</title></head>" if title else ""
    return marked(excerpt(read_page(f"<html>{head}<body>{html}</body></html>".encode()), words_of(query)))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Boil the water.", "WATER", "Boil the [water]."),
        ("Le détourage d’une image", "detourage images", "Le [détourage] d’une [image]"),
        ("Les calques visibles", "calque", "Les [calques] visibles"),
        ("Die Straße am Fluß", "strasse", "Die Straße am Fluß"),
        ("Water, waterproof and backwater", "water", "[Water], waterproof and backwater"),
        ("الماء النظيف والماء المالح", "ماء", "[الماء] النظيف [والماء] المالح"),
        ("مَاءٌ نَظِيف", "ماء", "[مَاءٌ] نَظِيف"),
        ("أين المدرسة؟", "اين مدرسه", "[أين] [المدرسة]؟"),
        ("初回起動でパッケージを管理する", "パッケージ管理", "初回起動で[パッケージ]を[管理]する"),
        ("ネットワークの設定の例", "ネットワークの設定", "[ネットワーク]の[設定]の例"),
        ("为了使用，你需要安装它", "安装", "为了使用，你需要[安装]它"),
        ("网络的配置：配置网络", "配置网络", "[网络]的[配置]：[配置网络]"),
        ("Нужно установить его", "установка", "Нужно [установить] его"),
        ("साफ पानी पीना चाहिए", "पानी", "साफ [पानी] पीना चाहिए"),
        ("ရေသန့်သောက်ပါ", "ရေသန့်", "[ရေသန့်]သောက်ပါ"),
        ("깨끗한 물이 필요하다", "물", "깨끗한 [물이] 필요하다"),
        ("Maji safi ni muhimu", "maji", "[Maji] safi ni muhimu"),
        ("ንጹህ ውሃ ጠጡ", "ውሃ", "ንጹህ [ውሃ] ጠጡ"),
        ("Nước sạch", "nuoc", "[Nước] sạch"),
        ("Temiz su İÇİN", "için", "Temiz su [İÇİN]"),
    ],
)
def test_words_are_marked_in_every_script(text: str, query: str, expected: str) -> None:
    assert expected == shown(f"<p>{text}</p>", query)


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("The old hospital", "hospi", "The old [hospital]"),
        ("It is sunny on Sunday, in the sun", "sun", "It is sunny on Sunday, in the [sun]"),
        ("Une épidémie", "epid", "Une [épidémie]"),
        ("المستشفى القديم", "مستش", "[المستشفى] القديم"),
        ("Clean the water; drink clean water", '"clean water"', "[Clean] the [water]; drink [clean water]"),
        ("Filtre : l’<b>eau</b> claire", '"l\'eau claire"', "Filtre : [l’eau claire]"),
        ("ดื่มน้ำที่สะอาดและน้ำสะอาด", '"น้ำสะอาด"', "ดื่มน้ำที่สะอาดและ[น้ำสะอาด]"),
        ("Well water -salt", "water -salt", "Well [water] -salt"),
    ],
)
def test_half_words_and_phrases_are_marked(text: str, typed: str, expected: str) -> None:
    asked = understand(typed)
    words = words_of(asked.text, asked.phrases, unfinished=asked.words[-1].unfinished)

    assert expected == marked(excerpt(read_page(f"<body><p>{text}</p></body>".encode()), words))


def test_a_phrase_is_shown_rather_than_its_words() -> None:
    html = f"<body><p>water {'and clean ' * 200}. Drink only clean <i>water</i> here. {'clean and ' * 200} water"
    asked = understand('"clean water"')

    assert "only [clean water] here" in marked(excerpt(read_page(html.encode()), words_of(asked.text, asked.phrases)))


def test_in_scripts_without_spaces_pieces_are_shown_where_the_whole_is_not_there() -> None:
    assert "[ดื่มน้ำ]ที่[สะอาด]" == shown("<p>ดื่มน้ำที่สะอาด</p>", "ดื่มน้ำสะอาด")


FILM = """<body><h1>Washing</h1><video controls><source src="w.webm"></video><p>A film on soap.</p>
<details class="transcript"><summary>English</summary>
<p{}><a href="w.webm#t=12">0:12</a> First some water, {}then the soap.</p>
<p><a href="w.webm#t=3600">1:00:00</a> Rinse &amp; dry é.</p></details><p>A film by Amina</p>"""
OLD_FILM, NEW_FILM = FILM.format("", ""), FILM.format(' id="t=12" data-t="12"', '<span data-t="15">') + "</span>"


@pytest.mark.parametrize(
    ("html", "query", "at"),
    [
        (NEW_FILM, "water", 12),
        (NEW_FILM, "then soap", 15),
        (OLD_FILM, "then soap", 12),
        (OLD_FILM, "rinse", 3600),
        (OLD_FILM, "e", 3600),
        (OLD_FILM, "film", -1),
        (OLD_FILM, "amina", -1),
        (OLD_FILM, "nothing", -1),
        (OLD_FILM.replace("video", "div"), "water", -1),
        (OLD_FILM.replace("#t=12", "#t=99999999"), "water", -1),
        (OLD_FILM.replace("water", "water " * 900), "soap", -1),
        (OLD_FILM.replace("First", "First " * 900), "water", 12),
    ],
)
def test_what_is_said_in_a_film_has_its_second(html: str, query: str, at: int) -> None:
    found = excerpt(read_page(html.encode()), words_of(query))

    assert at == found.at
    assert at < 0 or "0:" not in marked(found)


def test_what_is_hidden_from_searches_is_not_shown() -> None:
    html = "<p>What cleans?</p><!--htdig_noindex--><p>It is soap</p><!--/htdig_noindex--><p>Go on</p>"

    assert "What cleans? Go on" == shown(html, "soap")


def test_a_document_is_quoted_where_its_page_does_not_have_the_words() -> None:
    page = read_page(b"<body><h1>Guide</h1><p>A book on water", lambda: "é " * 9000 + "Une goutte d’eau de javel. " * 9)

    assert "[goutte]" in marked(excerpt(page, words_of("goutte eau")))
    assert "A book on [water]" in marked(excerpt(page, words_of("water")))
    assert "A book on water" in marked(excerpt(page, words_of("nothing")))


def test_scripts_styles_and_menus_are_no_text() -> None:
    html = "<style>water{}</style><nav>water menu</nav><script>water()</script><p>Clean water</p><footer>water</footer>"

    assert "Clean [water]" == shown(html, "water")


def test_markup_inside_a_sentence_leaves_no_holes() -> None:
    html = "<p>Boil (<i>always</i>) the <b>water</b>, l’<b>eau</b> et <code>sel</code>.</p><p>Then wait</p>"

    assert "Boil (always) the [water], l’eau et sel. Then wait" == shown(html, "water")


def test_the_text_is_plain_and_escaped_by_whoever_shows_it() -> None:
    assert "[water] <script>alert(1)</script>" == shown("<p>water &lt;script&gt;alert(1)&lt;/script&gt;</p>", "water")


def test_the_place_with_most_of_the_words_is_shown() -> None:
    html = f"<p>salt {'and so on ' * 200}. Mix sugar with salt. {'and so on ' * 200} sugar</p>"

    assert "Mix [sugar] with [salt]." in shown(html, "salt sugar")


def test_a_snippet_is_short_and_says_where_it_leaves_out() -> None:
    text = shown(f"<p>{'before ' * 500} water {'after ' * 500}</p>", "water")

    assert text.startswith("… ")
    assert text.endswith(" …")
    assert "[water]" in text
    assert 100 < len(text) <= WIDTH + 10


def test_without_the_words_the_beginning_is_shown() -> None:
    assert "A page about rivers." == shown("<p>A page about rivers.</p>", "sea")


def test_the_heading_is_not_said_again() -> None:
    assert "It is [clean]." == shown("<h1>The well</h1><p>It is clean.</p>", "clean", title="The well")


def test_long_articles_and_short_words_do_not_hide_the_search() -> None:
    assert "[seau] de la [plage]" == shown("<p>seau de la plage</p>", "seau de la plage")


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"   ",
        b"\0\0",
        b"\xff\xfe<p>",
        b"<script>",
        b"<p",
        b'<p a="',
        b"<b>" * 30_000,
        "é".encode("utf-16"),
        b"&#xD800;",
    ],
)
@pytest.mark.parametrize("query", ["", "(", "\\", ".*", "a" * 5000, "\ud800", "ال", "̀"])
def test_no_page_and_no_query_makes_it_fail(html: bytes, query: str) -> None:
    pieces, _, _ = excerpt(read_page(html), words_of(query))

    assert all(text for text, _ in pieces)


def test_a_page_says_its_title_and_language() -> None:
    page = read_page(b'<html lang="ar-EG"><head><title> The\n well </title></head><body>x</body></html>')

    assert ("The well", "ar-EG") == (page.title, page.lang)


def test_a_cache_keeps_within_its_limit_what_was_used_last() -> None:
    cache: BoundedCache[str, int] = BoundedCache(10)
    cache.put("a", 1, 4)
    cache.put("b", 2, 4)
    cache.get("a")
    cache.put("c", 3, 4)
    cache.put("huge", 4, 11)

    assert [1, None, 3, None] == [cache.get(key) for key in ("a", "b", "c", "huge")]


def test_no_query_and_no_page_has_words_looked_for_without_end():
    """As many signs one after the other as would take years, if each could be taken for any other."""
    signs = shown("<p>क" + "ा" * 60 + "द", "क" + "ा" * 30 + "ब" * 30)

    assert "क" + "ा" * 60 + "द" == signs
    assert "[साफ]" in shown("<p>साफ पानी", "साफ " + "ग" * 900)
