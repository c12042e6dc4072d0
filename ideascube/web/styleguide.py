"""`/staff/styleguide`: every token, icon and component as pages have them, for who builds pages.

Values and contrasts are read from the stylesheet that pages load. The page is in English alone.
"""

from __future__ import annotations

from functools import cache

from aiohttp import web

from content_packs.languages import direction
from ideascube.reviewing.wording import state_words
from ideascube.web.cards import Card
from ideascube.web.i18n import language_name
from ideascube.web.icons import FOR_ALL, FOR_STAFF
from ideascube.web.looks import PAIRS, Pair, Themes, contrast, icon_names, themes
from ideascube.web.rendering import render
from ideascube.web.static import static_text

# “Clean water keeps children healthy.”, or in N'Ko a greeting, in the scripts that boxes are asked for.
_SENTENCES = {
    "en": "Clean water keeps children healthy.",
    "fr": "L’eau propre garde les enfants en bonne santé.",
    "es": "El agua limpia mantiene sanos a los niños.",
    "sw": "Maji safi huwaweka watoto na afya njema.",
    "ku": "Ava paqij zarokan saxlem dihêle.",
    "uk": "Чиста вода зберігає дітей здоровими.",
    "ar": "الماء النظيف يحفظ صحّة الأطفال.",
    "fa": "آب پاک کودکان را سالم نگه می‌دارد.",
    "ps": "پاکې اوبه ماشومان روغ ساتي.",
    "am": "ንጹህ ውሃ ልጆችን ጤናማ ያደርጋል።",
    "ti": "ጽሩይ ማይ ንቖልዑ ጥዕና ይህብ።",
    "nqo": "ߌ ߣߌ߫ ߛߐ߰ߡߊ߫",
    "my": "သန့်ရှင်းသောရေသည် ကလေးများကို ကျန်းမာစေသည်။",
    "km": "ទឹកស្អាតធ្វើឱ្យកុមារមានសុខភាពល្អ។",
    "hi": "साफ़ पानी बच्चों को स्वस्थ रखता है।",
    "bn": "পরিষ্কার পানি শিশুদের সুস্থ রাখে।",
}
_CARDS = (
    Card("one", "A pack of films", "What it is about", "en", "French and Arabic", "film", 24_500_000, "#", "#", ""),
    Card("two", "A title that takes two lines", "", "en", "12 languages", "encyclopedia", 980_000_000, "#", "#", ""),
)
_LINES = tuple(
    {
        "listing": {
            "id": "sample",
            "language": "en",
            "changed_at": 1_790_000_000,
            "publish_at": None,
            "shown": shown,
            "audience": "all",
        },
        "card": {"title": title, "lang": "en", "icon": icon, "picture": "", "label": kind},
        "state": state_words("en")[state],
        "by": "Basma",
        "answer": {"word": word, "by": "Amina", "at": 1_790_000_000} if word else None,
    }
    for title, icon, kind, state, shown, word in (
        ("Clean water", "file-text", "Article", "published", 1, ""),
        ("The hare and the well", "book-open", "Story", "returned", None, "Lovely. Please add an ending."),
    )
)


@cache
def _looks() -> Themes:
    return themes(static_text("style.css"))


def _measured(pair: Pair) -> tuple[Pair, float, float]:
    return pair, contrast(_looks().light, pair), contrast(_looks().dark, pair)


async def styleguide(request: web.Request) -> web.StreamResponse:
    light, dark = _looks().light, _looks().dark
    return render(
        request,
        "styleguide.html",
        colours=[(name, value, dark[name]) for name, value in light.items() if value.startswith("#")],
        spaces=[(name, value) for name, value in light.items() if name.startswith("space-")],
        sizes=[(name, value) for name, value in light.items() if name.startswith("size-")],
        pairs=[_measured(pair) for pair in PAIRS],
        icons=[name for sprite in (FOR_ALL, FOR_STAFF) for name in icon_names(static_text(sprite))],
        sentences=[(code, language_name(code, "en"), direction(code), text) for code, text in _SENTENCES.items()],
        cards=_CARDS,
        lines=_LINES,
    )


ROUTES = [web.get("/staff/styleguide", styleguide)]
