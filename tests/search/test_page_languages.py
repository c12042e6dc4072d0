from __future__ import annotations

import pytest

from ideascube.search.page_languages import page_language


@pytest.mark.parametrize(
    ("path", "languages", "language"),
    [
        ("water.fr.html", ("en", "fr"), "fr"),
        ("health/water.zh-Hans.html", ("en", "zh-Hans"), "zh-Hans"),
        ("water.FR.html", ("en", "fr"), "fr"),
        ("fr/water.html", ("en", "fr"), "fr"),
        ("docs/fr/water", ("en", "fr"), "fr"),
        ("a/b/c/fr/water", ("en", "fr"), ""),
        ("water.de.html", ("en", "fr"), ""),
        ("fr", ("en", "fr"), ""),
        ("water.html", ("en", "fr"), ""),
        ("water.html", ("en",), "en"),
        ("", ("en", "fr"), ""),
        ("water.fr.html", (), ""),
    ],
)
def test_a_path_tells_the_language_of_a_pack_of_several(path: str, languages: tuple[str, ...], language: str) -> None:
    assert language == page_language(path, languages)
