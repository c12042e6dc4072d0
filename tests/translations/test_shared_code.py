"""Templates are compiled once, and what they say still depends on the language."""

from __future__ import annotations

from jinja2 import DictLoader, Environment

from ideascube.web.shared_code import SharedCode, at_run_time

TEMPLATES = {"page": '{{ "film" | kind }} {{ ["film", "book"] | map("kind") | join(", ") }}'}


def environment(code: SharedCode, words: dict[str, str]) -> Environment:
    made = Environment(loader=DictLoader(TEMPLATES), bytecode_cache=code)
    made.filters["kind"] = at_run_time(lambda kind: words[kind])
    return made


def test_one_code_says_it_in_two_languages() -> None:
    code = SharedCode()
    english = environment(code, {"film": "Films", "book": "Books"}).get_template("page")
    arabic = environment(code, {"film": "أفلام", "book": "كتب"}).get_template("page")

    assert "Films Films, Books" == english.render()
    assert "أفلام أفلام, كتب" == arabic.render()
    assert english.root_render_func.__code__ is arabic.root_render_func.__code__
