"""What people do with cards, each deed in one transaction: take, enter, leave, renew, erase, note a place."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from content_packs.errors import NoSpace
from ideascube.box_db import cards
from ideascube.box_db.card_places import drop_place, places_of, put_place, put_places
from ideascube.box_db.cards import Keys
from ideascube.box_db.database import transaction
from ideascube.box_db.tries import Tries, count_try, seconds_to_wait
from ideascube.progress.places import Key, Place

_DRAWS = 20  # of pictures that another card has: one would do, unless the box were full of cards

_ALL_TAKEN = "All pictures are taken by other cards: erase cards that nobody uses."

NewKeys = Callable[[], Keys]


@dataclass(frozen=True, slots=True)
class Box:
    """The database, open, the key of its hashes, and the clock's seconds."""

    connection: sqlite3.Connection
    key: bytes
    now: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A card that is open on a phone: the phone's cookie, and what else opens the card, when that is new.

    Without a cookie nothing was opened: in `wait` seconds one may try again, at once where that is 0.
    """

    token: str = ""
    keys: Keys | None = None
    wait: int = 0


@dataclass(frozen=True, slots=True)
class OnCard:
    """`places`: oldest first. `used_today`: whether it is known already that the card was used today."""

    places: list[Place]
    used_today: bool


def take(box: Box, tries: Tries, new_keys: NewKeys, places: Sequence[Place]) -> Opened:
    """A new card, open on the phone, with what the browser had."""
    with transaction(box.connection):
        if wait := seconds_to_wait(box.connection, box.key, tries, box.now):
            return Opened(wait=wait)
        count_try(box.connection, box.key, tries, box.now)
        card, keys = _add(box, new_keys)
        put_places(box.connection, card, places)
        return Opened(_open(box, card), keys)


def _add(box: Box, new_keys: NewKeys) -> tuple[int, Keys]:
    for _ in range(_DRAWS):
        keys = new_keys()
        if (card := cards.add_card(box.connection, box.key, keys)) is not None:
            return card, keys
    raise NoSpace(_ALL_TAKEN)


def _open(box: Box, card: int) -> str:
    token = secrets.token_urlsafe(16)
    cards.open_on_phone(box.connection, box.key, card, token)
    cards.touch(box.connection, card)
    return token


def enter_by_pictures(box: Box, tries: Tries, pictures: str, places: Sequence[Place]) -> Opened:
    """Wrong pictures count as a try. While one has to wait, nothing is looked at, so that nothing is learnt."""
    with transaction(box.connection):
        if wait := seconds_to_wait(box.connection, box.key, tries, box.now):
            return Opened(wait=wait)
        card = cards.card_by_pictures(box.connection, box.key, pictures)
        if card is None:
            count_try(box.connection, box.key, tries, box.now)
            return Opened()
        put_places(box.connection, card, places)
        return Opened(_open(box, card))


def enter_by_secret(box: Box, secret: str, places: Sequence[Place]) -> Opened:
    """Nobody guesses 128 bits: there is nothing to wait for."""
    with transaction(box.connection):
        card = cards.card_by_secret(box.connection, box.key, secret)
        if card is None:
            return Opened()
        put_places(box.connection, card, places)
        return Opened(_open(box, card))


def leave(box: Box, token: str) -> None:
    with transaction(box.connection):
        cards.close_on_phone(box.connection, box.key, token)
    cards.wipe(box.connection)


def renew(box: Box, token: str, new_keys: NewKeys) -> Opened:
    """Other pictures and another secret; the card stays open on this phone and is closed on all others."""
    with transaction(box.connection):
        card = cards.card_of_phone(box.connection, box.key, token)
        if card is None:
            return Opened()
        cards.close_on_phones(box.connection, card)
        opened = Opened(_open(box, card), _change(box, card, new_keys))
    cards.wipe(box.connection)
    return opened


def _change(box: Box, card: int, new_keys: NewKeys) -> Keys:
    for _ in range(_DRAWS):
        keys = new_keys()
        if cards.change_keys(box.connection, box.key, card, keys):
            return keys
    raise NoSpace(_ALL_TAKEN)


def erase(box: Box, token: str) -> None:
    with transaction(box.connection):
        card = cards.card_of_phone(box.connection, box.key, token)
        if card is not None:
            cards.erase(box.connection, card)
    cards.wipe(box.connection)


def places(box: Box, token: str) -> OnCard | None:
    """What is on the card that the phone has open; None where it has none open."""
    card = cards.card_of_phone(box.connection, box.key, token)
    if card is None:
        return None
    return OnCard(places_of(box.connection, card), cards.is_touched(box.connection, card))


def note(box: Box, token: str, place: Place) -> bool:
    """Keep the place on the card that the phone has open; False where it has none open."""
    return _on_card(box, token, lambda card: put_place(box.connection, card, place))


def forget(box: Box, token: str, key: Key) -> bool:
    return _on_card(box, token, lambda card: drop_place(box.connection, card, key))


def _on_card(box: Box, token: str, change: Callable[[int], None]) -> bool:
    with transaction(box.connection):
        card = cards.card_of_phone(box.connection, box.key, token)
        if card is None:
            return False
        change(card)
        cards.touch(box.connection, card)
        return True


def use(box: Box, token: str) -> None:
    """Note that the card is in use today."""
    _on_card(box, token, lambda card: None)
