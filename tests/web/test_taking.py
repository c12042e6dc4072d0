"""Taking away what a box has: files as they are, pages as files that need no box, addresses for another phone."""

from __future__ import annotations

import re
from base64 import b64decode
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser as Html

from tests.support.box import Box, request

FILM = "washing-hands-film/washing-hands"


class TestSave:
    def test_a_film_is_the_file_under_its_title(self, demo: Box) -> None:
        saved = demo.get(f"/save/{FILM}.mp4")

        assert saved.body == demo.get(f"/raw/{FILM.replace('/', '/content/')}.mp4").body
        assert 'attachment; filename="Washing hands.mp4"' in saved.headers["Content-Disposition"]

    def test_a_film_comes_in_pieces_where_the_link_broke(self, demo: Box) -> None:
        whole = demo.get(f"/save/{FILM}.mp4")
        rest = demo.get(f"/save/{FILM}.mp4", Range="bytes=500000-", If_Range=whole.headers["ETag"])

        assert (rest.status, rest.body) == (206, whole.body[500000:])

    def test_the_page_of_a_film_stands_for_the_film(self, demo: Box) -> None:
        assert demo.get(f"/save/{FILM}.html").body == demo.get(f"/save/{FILM}.mp4").body

    def test_a_page_opens_without_the_box(self, demo: Box) -> None:
        page = Html(demo.get("/save/safe-water/boil.en.html").body)
        addresses = [node.attributes["src"] or "" for node in page.css("[src]")]

        assert "Boil water" in page.css_first("h1").text()
        assert addresses
        assert [] == [address for address in addresses if not address.startswith("data:image/")]
        assert [] == page.css("script, link, iframe, video, audio")
        assert "default-src 'none'" in page.css_first("meta[http-equiv]").attributes["content"]

    def test_its_pictures_are_those_of_the_pack(self, demo: Box) -> None:
        saved = demo.get("/save/safe-water/boil.en.html").text
        picture = re.search(r'src="data:image/png;base64,([^"]+)"', saved)

        assert picture is not None
        assert b64decode(picture[1]) == demo.get("/raw/safe-water/content/pictures/boil.png").body

    def test_its_links_lead_to_the_box(self, demo: Box) -> None:
        page = Html(demo.get("/save/safe-water/hands.en.html").body)
        links = [link.attributes["href"] or "" for link in page.css("main a[href], body a[href]")]

        assert links
        assert [] == [link for link in links if not link.startswith(("http://127.0.0.1", "#"))]
        assert {200, 302} >= {request(link).status for link in links if link.startswith("http")}

    def test_it_says_where_it_is_from(self, demo: Box) -> None:
        footer = Html(demo.get("/save/safe-water/boil.fr.html", Accept_Language="fr").body).css_first("footer").text()

        assert "Eau saine" in footer
        assert "CC-BY-SA-4.0" in footer
        assert f"{demo.url}/content/safe-water/boil.fr.html" in footer

    def test_what_is_not_there_is_404(self, demo: Box) -> None:
        assert demo.get("/save/safe-water/nowhere.html").status == 404
        assert demo.get("/save/nowhere/a").status == 404
        assert demo.get("/take/safe-water/nowhere.html").status == 404


class TestTake:
    def test_the_size_is_said_before(self, demo: Box) -> None:
        size = len(demo.get("/save/safe-water/boil.en.html").body)
        button = Html(demo.get("/take/safe-water/boil.en.html").body).css_first('a[href^="/save/"]')

        assert f"{size / 1000:.0f} kB" in button.text().replace("\xa0", " ")

    def test_who_reads_no_language_of_a_film_gets_the_main_one_of_its_pack(self, demo: Box) -> None:
        """Not Arabic, which is the first of the alphabet."""
        taken = Html(demo.get(f"/take/{FILM}.mp4", Accept_Language="uk").body)
        watched = Html(demo.get(f"/watch/{FILM}.mp4", Accept_Language="uk").body)

        assert "Se laver les mains" == taken.css_first("h1").text()
        assert "fr" == watched.css_first(".said").attributes["lang"]

    def test_another_phone_gets_the_address_of_the_page(self, demo: Box) -> None:
        page = Html(demo.get("/take/safe-water/boil.en.html").body)

        assert f"{demo.url}/content/safe-water/boil.en.html" == page.css_first(".address code").text()
        assert page.css_first("svg.qr")

    def test_the_bar_of_a_page_leads_here(self, demo: Box) -> None:
        bar = Html(demo.read("/content/safe-water/boil.en.html").body).css_first("ideascube-bar")
        links = [link.attributes["href"] or "" for link in bar.css("details a")]

        assert [
            "/box/read/safe-water/boil.en.html",
            "/box/keep?pack=safe-water&path=boil.en.html",
            "/box/take/safe-water/boil.en.html",
            "/box/flag?pack=safe-water&path=boil.en.html",
        ] == links


class TestShare:
    def test_an_address_of_the_box(self, demo: Box) -> None:
        page = Html(demo.get(f"/share?of={quote('/search?q=eau+savon', safe='')}").body)

        assert f"{demo.url}/search?q=eau+savon" == page.css_first(".address code").text()
        assert page.css_first("svg.qr")

    def test_a_long_one_is_text_alone(self, demo: Box) -> None:
        page = Html(demo.get(f"/share?of=/search?q={'a' * 400}").body)

        assert "a" * 400 in page.css_first(".address code").text()
        assert page.css_first("svg.qr") is None

    def test_an_address_elsewhere_is_not_shown(self, demo: Box) -> None:
        for elsewhere in ("//evil.example/", "http://evil.example/", "/\\evil.example"):
            assert (
                f"{demo.url}/" == Html(demo.get(f"/share?of={quote(elsewhere)}").body).css_first(".address code").text()
            )
