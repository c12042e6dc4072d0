"""Who may do what, what has to be said before others see it, how versions differ and go together: rules alone."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from ideascube.creations.checking import Problem, Wrong, problems
from ideascube.creations.differences import Piece, difference, words_changed
from ideascube.creations.licences import LICENCES, licence_choices, licence_of, licence_text
from ideascube.creations.merging import merge
from ideascube.creations.model import Consent, Fields, MediaUse, State, Words
from ideascube.creations.problems import problem_text
from ideascube.creations.states import Deed, may_follow, state_after
from ideascube.people.rights import Person, Role
from tests.creations.making import AMINA, BASMA, fields

MANY = [f"a{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
TODAY = date(2027, 3, 1)
STRANGER = Person(3, "Carim", Role.CONTRIBUTOR)


class TestStates:
    @pytest.mark.parametrize(
        ("state", "deed", "mediator", "owner"),
        [
            (State.DRAFT, Deed.SAVE, True, True),
            (State.DRAFT, Deed.SUBMIT, True, True),
            (State.DRAFT, Deed.PUBLISH, True, False),
            (State.DRAFT, Deed.DISCARD, True, True),
            (State.WAITING, Deed.PUBLISH, True, False),
            (State.WAITING, Deed.RETURN, True, False),
            (State.WAITING, Deed.REFUSE, True, False),
            (State.WAITING, Deed.WITHDRAW, True, True),
            (State.WAITING, Deed.SUBMIT, False, False),
            (State.REFUSED, Deed.SUBMIT, False, False),
            (State.REFUSED, Deed.PUBLISH, True, False),
            (State.PUBLISHED, Deed.RETURN, False, False),
            (State.PUBLISHED, Deed.WITHDRAW, True, True),
            (State.PUBLISHED, Deed.DISCARD, False, False),
        ],
    )
    def test_who_may(self, state: State, deed: Deed, mediator: bool, owner: bool):
        assert mediator == may_follow(state, deed, AMINA, BASMA.id)
        assert owner == may_follow(state, deed, BASMA, BASMA.id)
        assert not may_follow(state, deed, STRANGER, BASMA.id)

    def test_what_becomes_of_it(self):
        assert State.WAITING == state_after(State.PUBLISHED, Deed.SUBMIT, is_shown=True)
        assert State.WITHDRAWN == state_after(State.WAITING, Deed.WITHDRAW, is_shown=True)
        assert State.DRAFT == state_after(State.WAITING, Deed.WITHDRAW, is_shown=False)
        assert State.WAITING == state_after(State.WAITING, Deed.SAVE, is_shown=False)


class TestProblems:
    @pytest.mark.parametrize(
        ("changes", "field", "wrong"),
        [
            ({"texts": {"fr": Words("Eau")}}, "texts.title.en", Wrong.TITLE_MISSING),
            ({"body": ""}, "body", Wrong.BODY_MISSING),
            ({"kind": "film"}, "media", Wrong.FILE_MISSING),
            ({"licence": " "}, "licence", Wrong.LICENCE_MISSING),
            ({"consent": Consent()}, "consent", Wrong.CONSENT_UNANSWERED),
            ({"consent": Consent("given", " ")}, "consent.note", Wrong.CONSENT_UNKNOWN),
            ({"consent": Consent("missing")}, "consent", Wrong.CONSENT_MISSING),
            ({"kind": "notice", "ends": "2027-02-28"}, "ends", Wrong.DAY_PAST),
        ],
    )
    def test_what_keeps_it_from_being_published_but_not_from_being_saved(
        self, changes: dict[str, object], field: str, wrong: Wrong
    ):
        said = msgspec.structs.replace(fields(), **changes)

        assert [Problem(field, wrong)] == problems(said, Deed.PUBLISH, TODAY)
        assert [] == problems(said, Deed.SAVE, TODAY)

    @pytest.mark.parametrize(
        ("changes", "field", "wrong"),
        [
            ({"texts": {"en": Words("x" * 10_000)}}, "texts.title.en", Wrong.TITLE_LONG),
            ({"texts": {"en": Words("x", "x" * 501)}}, "texts.summary.en", Wrong.SUMMARY_LONG),
            ({"texts": {"en": Words("x"), "klingonish": Words("x")}}, "texts.language.klingonish", Wrong.LANGUAGE),
            ({"texts": {"en": Words("x"), **dict.fromkeys(MANY, Words("x"))}}, "texts", Wrong.LANGUAGES_MANY),
            ({"language": "no such", "texts": {}}, "language", Wrong.LANGUAGE),
            ({"language": "' OR 1=1", "texts": {}}, "language", Wrong.LANGUAGE),
            ({"body": "x" * 5_000_000}, "body", Wrong.BODY_LONG),
            ({"licence": "x" * 301}, "licence", Wrong.LINE_LONG),
            ({"tags": tuple("abcdefghijklmnopqrstuvwxyz")}, "tags", Wrong.TAGS_MANY),
            ({"media": (MediaUse("a" * 64, "inside"),) * 201}, "media", Wrong.FILES_MANY),
            ({"consent": Consent("given", "x" * 1001)}, "consent.note", Wrong.NOTE_LONG),
            ({"ends": "tomorrow"}, "ends", Wrong.DAY_WRONG),
            ({"ends": "20270301"}, "ends", Wrong.DAY_WRONG),
        ],
    )  # fmt: skip
    def test_bounds_hold_for_drafts_too(self, changes: dict[str, object], field: str, wrong: Wrong):
        assert Problem(field, wrong) in problems(msgspec.structs.replace(fields(), **changes), Deed.SAVE, TODAY)

    def test_consent_that_is_missing_may_be_sent_to_a_mediator(self):
        assert [] == problems(fields(consent=Consent("missing")), Deed.SUBMIT, TODAY)

    @pytest.mark.parametrize("language", ["swc", "prs", "ku-Arab", "nqo", "fr-CA"])
    def test_any_language_will_do(self, language: str):
        assert [] == problems(fields(language=language), Deed.PUBLISH, TODAY)

    @pytest.mark.parametrize("wrong", Wrong)
    def test_each_is_a_sentence(self, wrong: Wrong):
        assert problem_text(wrong, "en").endswith(".")


def test_a_licence_is_kept_under_its_usual_name():
    assert {*LICENCES} == set(licence_choices("en"))
    assert "CC-BY-4.0" == licence_of("CC-BY-4.0") == licence_of("other", "cc-by-4.0") == licence_of("", "CC BY 4.0")
    assert "Ask the elders" == licence_of("", " Ask  the elders ")
    assert ["CC0 1.0", "CC BY-NC-SA 4.0", "All rights reserved"] == [
        licence_text(each, "en") for each in ("CC0-1.0", "CC-BY-NC-SA-4.0", "all-rights-reserved")
    ]


class TestDifferences:
    def test_words_are_shown_where_they_changed(self):
        assert (
            Piece("same", "Boil it for "), Piece("removed", "one"), Piece("added", "three"), Piece("same", " minutes."),
        ) == words_changed("Boil it for one minutes.", "Boil it for three minutes.")  # fmt: skip

    def test_paragraphs_that_came_went_or_changed(self):
        before = fields(body="<p>Take a clean pot with a lid.</p><p>Old words.</p><h2>Then</h2>")
        after = fields(body="<p>Take a clean pot with its lid.</p><h2>Then</h2><ul><li>Wait</li></ul>")

        found = difference(before, after).body
        assert [("changed", "p"), ("removed", "p"), ("same", "h2"), ("added", "list")] == [
            (each.change, each.kind) for each in found
        ]

    def test_fields_beside_the_text(self):
        before = fields("Water", tags=("water", "food"), author="Amina")
        after = fields("Clean water", tags=("water", "health"), author="", media=(MediaUse("a" * 64, "cover"),))

        found = {each.name: each.pieces for each in difference(before, after).fields}
        assert {"title.en", "author", "tags", "media"} == found.keys()
        assert (Piece("removed", "food"), Piece("added", "health")) == found["tags"]
        assert (Piece("removed", "Amina"),) == found["author"]

    def test_what_is_the_same_has_none(self):
        assert difference(fields(), fields()).is_none

    def test_a_long_text_that_is_all_new_takes_no_time(self):
        before = fields(body="".join(f"<p>{number} word {'x ' * 20}</p>" for number in range(800)))
        after = fields(body="".join(f"<p>{'y ' * 20} other {number}</p>" for number in range(800)))

        assert 1600 == len(difference(before, after).body)


BASE = fields("Water", body="<p>One.</p><p>Two.</p><p>Three.</p>", tags=("water", "food"))


def with_body(*paragraphs: str, **more: object) -> Fields:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return msgspec.structs.replace(BASE, body=body, **more)


class TestMerging:
    @pytest.mark.parametrize(
        ("mine", "theirs", "merged"),
        [
            (("1.", "Two.", "Three."), ("One.", "Two.", "3."), ("1.", "Two.", "3.")),
            (("1.", "Two.", "Three."), ("One.", "2.", "Three."), ("1.", "2.", "Three.")),
            (("One.", "Two.", "Three.", "Mine."), ("One.", "Two.", "Three.", "Theirs."),
             ("One.", "Two.", "Three.", "Theirs.", "Mine.")),
            (("One.", "Three."), ("One.", "Two.", "Three.", "4."), ("One.", "Three.", "4.")),
            (("1.", "Two.", "Three."), ("1.", "Two.", "Three."), ("1.", "Two.", "Three.")),
        ],
    )  # fmt: skip
    def test_what_only_one_changed_stands(self, mine: tuple[str], theirs: tuple[str], merged: tuple[str]):
        found = merge(BASE, with_body(*mine), with_body(*theirs))

        assert found.is_whole
        assert with_body(*merged).body == found.fields.body

    @pytest.mark.parametrize(
        ("mine", "theirs"),
        [
            (("One.", "2.", "Three."), ("One.", "II.", "Three.")),
            (("One.", "Three."), ("One.", "II.", "Three.")),
            (("All new.",), ("One.", "II.", "Three.")),
        ],
    )
    def test_what_both_changed_is_for_a_person_to_decide(self, mine: tuple[str], theirs: tuple[str]):
        found = merge(BASE, with_body(*mine), with_body(*theirs))

        assert ("body",) == found.both
        assert with_body(*mine).body == found.fields.body

    def test_titles_and_subjects_go_together(self):
        mine = msgspec.structs.replace(
            BASE, texts={"en": Words("Water", "In short."), "fr": Words("Eau")}, tags=("water", "health"), author="A"
        )
        theirs = msgspec.structs.replace(
            BASE, texts={"en": Words("Clean water", "In short.")}, tags=("food",), source="B"
        )

        found = merge(BASE, mine, theirs)
        assert found.is_whole
        assert {"en": Words("Clean water", "In short."), "fr": Words("Eau")} == found.fields.texts
        assert (("health",), "A", "B") == (found.fields.tags, found.fields.author, found.fields.source)

    def test_two_titles_are_for_a_person_to_decide(self):
        mine = msgspec.structs.replace(BASE, texts={"en": Words("Mine")}, consent=Consent("missing"))
        theirs = msgspec.structs.replace(
            BASE, texts={"en": Words("Theirs", "In short.")}, consent=Consent("given", "x")
        )

        assert ("consent", "title.en") == merge(BASE, mine, theirs).both
