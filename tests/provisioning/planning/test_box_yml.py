"""`box.yml` as an operator writes it, and the sentence for each mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content_packs.errors import BadInput
from provisioning.planning import Budget, Hours, Metered, Want, Wishes
from provisioning.planning.amounts import parse_amount
from provisioning.planning.wishes_file import parse_wishes, read_wishes

PAGE = Path(__file__).parents[3] / "docs" / "formats" / "box-yml.md"


def test_the_example_of_the_documentation_is_read_as_it_says():
    example = re.search(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)

    assert example is not None
    assert parse_wishes("box.yml", example[1]) == Wishes(
        packs=(
            Want("first-words", line=2),
            Want("wikipedia_fr_all_mini", priority=1, line=3),
            Want("gutenberg_*", languages=("fr", "ar"), line=5),
            Want(kinds=("course",), languages=("fr",), line=7),
            Want("maps-south", version="2026-10", line=9),
            Want("*_maxi", absent=True, line=11),
        ),
        catalogues=("our-hub", "kiwix"),
        budget=Budget(50_000_000, 1_000_000_000),
        hours=Hours(22 * 60, 6 * 60),
        metered=Metered.SMALL,
        reserve=2_000_000_000,
        readers=5,
    )


def test_no_file_and_an_empty_one_wish_for_the_usual(tmp_path: Path):
    (tmp_path / "empty.yml").write_text("\n# nothing yet\n")

    assert Wishes() == read_wishes(tmp_path / "box.yml") == read_wishes(tmp_path / "empty.yml")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("pack: [a]", "box.yml, line 1: “pack” is no field that is known here: correct or remove it."),
        ("packs: wells", "box.yml, line 1: “packs” must be a list: begin each of its entries with “- ”."),
        ("packs:\n  - priority: 3", "box.yml, line 2: this entry does not say which packs it means"),
        ("packs:\n  - id: Wells", "box.yml, line 2: “id” is “Wells”, and ids have no capitals"),
        ("packs:\n  - a\n  - {id: b, priority: 12}", "box.yml, line 3: “priority” must be a number from 1 to 9"),
        ("packs:\n  - {id: b, priority: 0}", "box.yml, line 2: “priority” must be a number from 1 to 9, not 0."),
        ("packs:\n  - {kind: movie}", "box.yml, line 2: “kind” has “movie”, and kinds are encyclopedia, course,"),
        ("packs:\n  - {language: french}", "box.yml, line 2: “language” has “french”, which is no language"),
        ("packs:\n  - {id: a, version: '1', absent: yes}", "box.yml, line 2: “version” cannot stand beside"),
        ("packs:\n  - {id: a, absent: perhaps}", "box.yml, line 2: “absent” must be yes or no, not “perhaps”."),
        ("budget: 50MB", "box.yml, line 1: “budget” must hold lines of the form “field: value”."),
        ("budget: {day: much}", "box.yml, line 1: “day” must be an amount such as 50MB or 1.5GB, not “much”."),
        ("hours: 22-6", "box.yml, line 1: “hours” must be two different times such as 22:00-06:00, not “22-6”."),
        ("hours: 25:00-06:00", "box.yml, line 1: “hours” must be two different times"),
        ("hours: 06:00-06:00", "box.yml, line 1: “hours” must be two different times"),
        ("metered: maybe", "box.yml, line 1: “metered” must be never, small or yes, not “maybe”."),
        ("readers: -1", "box.yml, line 1: “readers” must be a number from 0 to 10000, not -1."),
        ("hours: 1:00-2:00\nhours: 3:00-4:00", "box.yml, line 2: “hours” is there twice: remove one."),
        ("packs: [a", "box.yml, line 1: this is not YAML"),
        ("a: &x [b]\nc: *x", "box.yml, line 2: this is not YAML"),
    ],
)
def test_each_mistake_is_one_sentence_with_its_line(text: str, sentence: str):
    with pytest.raises(BadInput) as raised:
        parse_wishes("box.yml", text)

    assert str(raised.value).startswith(sentence)


def test_what_is_no_text_is_refused(tmp_path: Path):
    (tmp_path / "box.yml").write_bytes(b"packs: [\xff]")

    with pytest.raises(BadInput, match=r"^box.yml is not UTF-8 text: save it as UTF-8.$"):
        read_wishes(tmp_path / "box.yml")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("50MB", 50_000_000),
        ("1.5 GB", 1_500_000_000),
        ("1,5gb", 1_500_000_000),
        ("512KiB", 524_288),
        ("100", 100),
        ("0", 0),
        ("2 T", 2 * 10**12),
        ("-5MB", None),
        ("5 apples", None),
    ],
)
def test_amounts_are_written_as_people_do(text: str, amount: int | None):
    assert amount == parse_amount(text)


def test_hours_go_over_midnight_and_end_where_they_say():
    night, day = Hours(22 * 60, 6 * 60), Hours(9 * 60, 17 * 60)

    assert [True, True, False, False] == [night.include(minute) for minute in (22 * 60, 0, 6 * 60, 12 * 60)]
    assert [True, False, False] == [day.include(minute) for minute in (9 * 60, 17 * 60, 0)]
    assert Hours(22 * 60, 0) == parse_wishes("box.yml", "hours: 22:00-24:00").hours
