"""The 36 pictures that open a learner's card, and their words.

Chosen so that people from anywhere know them and tell them apart at the size of a fingertip, also who sees no colours:
nothing of a faith, of food that some must not eat, of war, flight or the sea. The drawings: static/card-pictures.svg,
made by tools/make_card_pictures.py.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from ideascube.box_db.cards import Keys

COUNT = 5  # pictures of a card, all different: 36 * 35 * 34 * 33 * 32 = 45,239,040 orders

PICTURES = (
    "sun", "cloud", "tree", "flower", "leaf", "drop", "mountain", "fish", "bird",
    "rooster", "cat", "cow", "camel", "elephant", "turtle", "butterfly", "snail", "apple",
    "banana", "watermelon", "carrot", "bread", "egg", "cup", "spoon", "key", "book",
    "pencil", "ball", "bicycle", "shoe", "umbrella", "chair", "house", "clock", "lamp",
)  # fmt: skip


def draw() -> tuple[str, ...]:
    """Pictures in an order, by chance: people's own choice could be guessed."""
    return tuple(secrets.SystemRandom().sample(list(PICTURES), COUNT))


def new_keys() -> Keys:
    """What opens a new card: pictures, and a secret of 128 bits for its square code."""
    return Keys(as_text(draw()), secrets.token_urlsafe(16))


def as_text(pictures: tuple[str, ...]) -> str:
    return " ".join(pictures)


def as_pictures(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def words(gettext: Callable[[str], str]) -> dict[str, str]:
    """Each picture's word."""
    _ = gettext
    return {
        "sun": _("sun"),
        "cloud": _("cloud"),
        "tree": _("tree"),
        "flower": _("flower"),
        "leaf": _("leaf"),
        "drop": _("water drop"),
        "mountain": _("mountain"),
        "fish": _("fish"),
        "bird": _("bird"),
        "rooster": _("rooster"),
        "cat": _("cat"),
        "cow": _("cow"),
        "camel": _("camel"),
        "elephant": _("elephant"),
        "turtle": _("turtle"),
        "butterfly": _("butterfly"),
        "snail": _("snail"),
        "apple": _("apple"),
        "banana": _("banana"),
        "watermelon": _("watermelon"),
        "carrot": _("carrot"),
        "bread": _("bread"),
        "egg": _("egg"),
        "cup": _("cup"),
        "spoon": _("spoon"),
        "key": _("key"),
        "book": _("book"),
        "pencil": _("pencil"),
        "ball": _("ball"),
        "bicycle": _("bicycle"),
        "shoe": _("shoe"),
        "umbrella": _("umbrella"),
        "chair": _("chair"),
        "house": _("house"),
        "clock": _("clock"),
        "lamp": _("lamp"),
    }
