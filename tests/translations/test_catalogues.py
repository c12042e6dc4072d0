"""Every catalogue: complete, with all that is filled in, within its limits, counting as its language counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from gettext import c2py

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message

from ideascube.web.i18n import CATALOGUES, DRAFT, LANGUAGES, catalogue, is_draft, translations
from tests.translations.test_texts import NOTES
from tools.translations.catalogues import drafts, forms
from tools.translations.notes import letters, limit_in
from tools.translations.sources import template, texts_in

TEXTS = texts_in()
NUMBERS = range(2001)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
NUMBER = "%(num)d"
ENDS = {".": ".။।።", ":": ":፦", "?": "?؟", "!": "!", "…": "…"}  # the same sign in all scripts


@pytest.fixture(scope="module", params=[language for language in LANGUAGES if language != "en"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def words(language: str) -> Catalog:
    found = catalogue(language)
    assert found is not None
    return found


def test_every_text_is_translated(words: Catalog) -> None:
    missing = [text for text in TEXTS if (found := words[text]) is None or not all(forms(found)) or found.fuzzy]

    assert [] == missing


def test_nothing_is_translated_that_nobody_shows(words: Catalog) -> None:
    assert set() == {message.id for message in messages(words)} - set(TEXTS)


def test_comments_say_what_the_notes_say(words: Catalog) -> None:
    expected = {message.id: message.auto_comments for message in messages(template(TEXTS, NOTES))}

    assert expected == {message.id: message.auto_comments for message in messages(words)}


def test_what_is_filled_in_is_the_same(words: Catalog) -> None:
    in_words = forms_for_one_number(words)

    assert [] == [message.id for message in messages(words) if not has_all_that_is_filled_in(message, in_words)]


def test_a_lone_percent_sign_cannot_spoil_a_page(words: Catalog) -> None:
    assert [] == [form for form in all_forms(words) if "%" in PLACEHOLDER.sub("", form).replace("%%", "")]


def test_nothing_is_longer_than_its_place(words: Catalog) -> None:
    long = {
        form: (letters(form), limit)
        for message in messages(words)
        for form in forms(message)
        if letters(form) > (limit := limit_in(message.auto_comments) or 0)
    }

    assert {} == long


def test_there_are_as_many_forms_as_the_language_has(words: Catalog) -> None:
    plurals = [message for message in messages(words) if message.pluralizable]

    assert len(plurals) > 4
    assert {words.num_plurals} == {len(forms(message)) for message in plurals}


def test_numbers_take_the_form_that_cldr_says(language: str, words: Catalog) -> None:
    """A form of gettext for each of CLDR's that a whole number can have, but those of millions."""
    rule, form = Locale.parse(language).plural_form, form_of(words)
    pairs = {(rule(number), form(number)) for number in NUMBERS}

    assert words.num_plurals == len(pairs)
    assert words.num_plurals == len({name for name, _ in pairs}) == len({index for _, index in pairs})


def test_a_text_ends_as_the_english_one_does(words: Catalog) -> None:
    """Which also tells when translations slipped from one text to the next."""
    other = {
        message.id: form
        for message in messages(words)
        for form in forms(message)
        if end_of(form) not in (sign := end_of(english(message)), "." if sign == "?" else sign)
    }

    assert {} == other


def test_a_sign_is_not_parted_from_its_word_at_the_end_of_a_line(words: Catalog) -> None:
    assert [] == [form for form in all_forms(words) if re.search(r" [!?:;»]|« ", form)]


def test_what_is_a_draft_says_so(language: str, words: Catalog) -> None:
    file = (CATALOGUES / language / "LC_MESSAGES" / "ideascube.po").read_text(encoding="utf-8")

    assert f'\n"X-Draft: {"yes" if drafts(words) else "no"}\\n"\n' in file
    assert bool(drafts(words)) == is_draft(language)
    assert {DRAFT, "python-format"} >= {flag for message in messages(words) for flag in message.flags}


def test_english_is_no_draft() -> None:
    assert not is_draft("en")
    assert translations("en").gettext("Library") == "Library"


def messages(words: Catalog) -> Iterator[Message]:
    return (message for message in words if message.id)


def english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def all_forms(words: Catalog) -> Iterator[str]:
    return (form for message in messages(words) for form in forms(message))


def has_all_that_is_filled_in(message: Message, in_words: set[int]) -> bool:
    """A form that stands for one number alone may say it in words."""
    asked = set(PLACEHOLDER.findall(english(message)))
    filled = [set(PLACEHOLDER.findall(form)) for form in forms(message)]
    return all(asked - ({NUMBER} if index in in_words else set()) <= each <= asked for index, each in enumerate(filled))


def forms_for_one_number(words: Catalog) -> set[int]:
    counted = Counter(map(form_of(words), NUMBERS))
    return {form for form, numbers in counted.items() if numbers == 1}


def form_of(words: Catalog) -> Callable[[int], int]:
    """Which of its forms a catalogue takes for a number, by its own rule."""
    return c2py(words.plural_expr)


def end_of(text: str) -> str:
    """How a text ends, as the English sign."""
    return next((sign for sign, signs in ENDS.items() if text.rstrip().endswith(tuple(signs))), "")
