"""Names, passwords, PINs, how long one stays signed in, how often one may be wrong: the rules, without a box."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ideascube.box_db.tries import _SLOWEST, Tries
from ideascube.people import throttle
from ideascube.people.browsers import browser_words
from ideascube.people.known import known_by, known_value
from ideascube.people.lasting import Moment, is_over
from ideascube.people.lost import typed_texts
from ideascube.people.names import clean_name, folded_name, name_problem
from ideascube.people.passwords import (
    clean_code,
    clean_password,
    clean_pin,
    draw_code,
    draw_password,
    password_problem,
    pin_problem,
)
from ideascube.people.problems import Problem, sentence
from ideascube.people.rights import Person, Role
from ideascube.people.roles import may_manage, roles_to_give
from ideascube.people.throttle import signing_in
from ideascube.throttle import Level, Limit, raised, wait_left

DAY = 24 * 3600


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Zoé", None),
        ("  Jean \n Pierre ", None),
        ("محمد عبد الله", None),
        ("می\N{ZERO WIDTH NON-JOINER}نا", None),
        ("", Problem.NO_NAME),
        (" \t ", Problem.NO_NAME),
        ("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH SPACE}", Problem.NO_NAME),
        ("a" * 61, Problem.LONG_NAME),
        ("a\x00b", Problem.ODD_NAME),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", Problem.ODD_NAME),
        ("a\ue000b", Problem.ODD_NAME),
    ],
)
def test_what_may_be_a_name(typed: str, problem: Problem | None):
    assert problem == name_problem(clean_name(typed))


@pytest.mark.parametrize(
    ("one", "other"), [("Zoé", "ZOE"), ("Ａｍｉｎａ", "amina"), ("José  Luis", "jose luis"), ("أحمد", "احمد")]
)
def test_names_that_are_the_same(one: str, other: str):
    assert folded_name(one) == folded_name(other)


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("le puits est profond", None),
        ("ماء البئر نظيف جدا", None),
        ("k7mp-4xwt-9hqd", None),
        ("too short", Problem.SHORT_PASSWORD),
        ("x" * 201, Problem.LONG_PASSWORD),
        ("Password123", Problem.KNOWN_PASSWORD),
        ("1234567890", Problem.KNOWN_PASSWORD),
        ("9876543210987", Problem.KNOWN_PASSWORD),
        ("abcdefghijkl", Problem.KNOWN_PASSWORD),
        ("aaaaaaaaaaab", Problem.KNOWN_PASSWORD),
        ("soleilsoleil", Problem.KNOWN_PASSWORD),
        ("AZERTYUIOP", Problem.KNOWN_PASSWORD),
        ("my name is AMINA 7", Problem.NAME_IN_PASSWORD),
        ("dioup rocks the well", Problem.NAME_IN_PASSWORD),
    ],
)
def test_what_may_be_a_password(password: str, problem: Problem | None):
    assert problem == password_problem(password, "Amina Dioup")


def test_a_password_is_the_same_however_a_keyboard_composes_it():
    assert clean_password("de\u0301sert de sable") == clean_password("d\u00e9sert de sable")


def test_what_the_box_draws_is_good_and_never_the_same():
    drawn = {draw_password() for _ in range(200)}

    assert 200 == len(drawn)
    assert {None} == {password_problem(password, "Amina") for password in drawn}
    assert {14} == {len(password) for password in drawn}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("271828", None),
        ("٢٧١٨٢٨", None),
        ("27 18 28", None),
        ("27182", Problem.NO_PIN),
        ("27182a", Problem.NO_PIN),
        ("123456", Problem.EASY_PIN),
        ("890123", Problem.EASY_PIN),
        ("987654", Problem.EASY_PIN),
        ("121212", Problem.EASY_PIN),
        ("112211", Problem.EASY_PIN),
    ],
)
def test_what_may_be_a_pin(typed: str, problem: Problem | None):
    assert problem == pin_problem(clean_pin(typed))


def test_a_code_is_known_however_it_is_typed():
    code = draw_code()

    assert {code} == {clean_code(typed) for typed in (code, code.replace("-", ""), f" {code.replace('-', ' ')} ")}
    assert "1234-5678" == clean_code("١٢٣٤٥٦٧٨")


def test_every_problem_has_a_sentence():
    assert all(sentence(problem, str) for problem in Problem)


# ---- How long one stays signed in


@pytest.mark.parametrize(
    ("own", "days", "quarters", "boot", "over"),
    [
        (False, 0, 48, "a", False),  # twelve hours of running
        (False, 0, 49, "a", True),
        (False, 1, 2, "a", False),  # over midnight, at work
        (False, 0, 1, "b", False),  # a power cut at noon
        (False, 1, 1, "b", True),  # the next morning
        (False, -3, 1, "b", True),  # the clock was lost with the power, and the date is another one
        (True, 30, 8, "b", False),
        (True, 31, 8, "b", True),
        (True, 0, 2880, "b", False),  # a box whose clock stands still
        (True, 0, 2881, "b", True),
    ],
)
def test_how_long_one_stays_signed_in(own: bool, days: int, quarters: int, boot: str, over: bool):
    last = Moment(100, 5000, "a")

    assert over == is_over(last, Moment(100 + days, 5000 + quarters, boot), own=own)


# ---- How often one may be wrong


def made_by_one_attacker(limits: list[Limit], seconds: int) -> int:
    """Tries of somebody who tries whenever no limit makes them wait."""
    levels, made, now = [Level() for _ in limits], 0, 0
    while now < seconds:
        if wait := max(wait_left(level, now, limit) for level, limit in zip(levels, limits, strict=True)):
            now += wait
            continue
        levels, made = [raised(level, now, limit) for level, limit in zip(levels, limits, strict=True)], made + 1
    return made


def test_who_forgot_the_password_has_another_try_in_a_quarter_of_an_hour_for_ever():
    limit, level, waits = throttle.OF_ADDRESS_AND_ACCOUNT, Level(), []
    for _ in range(60):
        level = raised(level, level.at + wait_left(level, level.at, limit), limit)
        waits.append(wait_left(level, level.at, limit))

    assert [0] * 7 + [30, 60, 120, 240, 480] == waits[:12]
    assert 900 == max(waits)
    assert all(before <= after for before, after in pairwise(waits))


def test_one_address_alone_never_makes_another_one_wait():
    one = made_by_one_attacker([throttle.OF_ADDRESS_AND_ACCOUNT], 30 * DAY)
    level, now = Level(), 0
    for _ in range(one):  # what these tries do to the count of the account
        now += 30 * DAY // one
        level = raised(level, now, throttle.OF_ACCOUNT)

    assert 0 == wait_left(level, now, throttle.OF_ACCOUNT)


def test_guessing_a_drawn_password_takes_longer_than_any_box_lasts():
    with_any_number_of_addresses = made_by_one_attacker([throttle.OF_ACCOUNT], 365 * DAY)

    assert 71_000 > with_any_number_of_addresses
    assert 30**12 / with_any_number_of_addresses > 1e12  # years


def test_the_code_of_the_first_start_outlasts_its_guessers():
    assert 200 > made_by_one_attacker([throttle.FIRST[1]], DAY)


def test_a_known_phone_and_strangers_are_counted_apart():
    stranger, known = signing_in("Amina", "10.0.0.9", ""), signing_in("AMINA", "10.0.0.7", "phone")
    key = b"k" * 32

    assert not {*stranger.who(key)} & {*known.who(key)}
    assert stranger.who(key) == signing_in("amína", "10.0.0.9", "").who(key)


def test_time_forgives_no_try_before_its_count_is_dropped():
    kinds: list[Tries] = [signing_in("a", "b", ""), signing_in("a", "b", "c"), throttle.setting_up("a"),
                          throttle.asking_again("a")]  # fmt: skip

    assert all(count.limit.forgiven <= _SLOWEST.forgiven for tries in kinds for count in tries.counts)


def test_only_the_box_makes_the_cookie_of_a_known_phone():
    value = known_value(b"k" * 32, "abcdefghij")

    assert known_by(b"k" * 32, value, "abcdefghij")
    assert "" == known_by(b"k" * 32, value, "0123456789")
    assert "" == known_by(b"o" * 32, value, "abcdefghij")
    assert ["", "", ""] == [known_by(b"k" * 32, text, "abcdefghij") for text in ("", "abcdefghij.x.y", "é." * 300)]


# ---- Who may change whom


def test_mediators_look_after_contributors_and_operators_after_all():
    people = {role: Person(1, "A", role) for role in Role}

    assert {Role.CONTRIBUTOR} == {*roles_to_give(people[Role.MEDIATOR])}
    assert {*Role} == {*roles_to_give(people[Role.OPERATOR])}
    assert not any(may_manage(people[role], Role.CONTRIBUTOR) for role in (Role.CONTRIBUTOR, Role.CURATOR))


# ---- What comes back of a form


def test_texts_come_back_and_neither_passwords_nor_choices_do():
    fields = [("token", "x" * 40), ("kind", "article"), ("password", "le puits est profond"), ("title", "Le puits"),
              ("body", "Un puits\r\nprofond, et de l'eau."), ("again_password", "a b c")]  # fmt: skip

    assert ["Un puits\r\nprofond, et de l'eau.", "Le puits"] == typed_texts(fields)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "Mozilla/5.0 (Linux; Android 5.1; Nokia) AppleWebKit/537.36 Chrome/95.0 Mobile Safari/537.36",
            "Android, Chrome",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Linux, Firefox"),
        ("Opera/9.80 (J2ME/MIDP; Opera Mini/7.1; U; en)", "Opera Mini"),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_what_kind_of_phone_it_is(said: str, words: str):
    assert words == browser_words(said)
