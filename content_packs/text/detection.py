"""In which language a text is: what its metadata says, else what its script says, else what its words say. Pure.

Words are judged by py3langid (139 languages), which knows when it does not know. It is loaded when it is first asked;
what answers pages and searches never asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import regex

from content_packs.languages import is_bcp47, script_of, to_bcp47

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_READ = 4000  # characters; more say no more
_NO_LETTERS = regex.compile(r"[\W\d_]+")
_ENOUGH = 40  # bytes of letters from which on words are judged; scripts with more letters take more for each
_SURE = 0.6  # of 1
# Forms of a language as libraries ask for them, and one that neighbours take for another.
_WRITTEN_AS = {"ary": "ar", "arz": "ar", "fuv": "ff", "no": "nb", "sdh": "ckb"}
_NO_LANGUAGE = ("", "mul", "und", "zxx", "mis")

# Scripts by their ISO 15924 codes, with the languages that are to be thought of where a text in one says no more.
_SPOKEN = {
    "Adlm": ["ff-Adlm"], "Armn": ["hy"], "Cher": ["chr"], "Ethi": ["am", "ti"], "Geor": ["ka"], "Grek": ["el"],
    "Gujr": ["gu"], "Guru": ["pa"], "Hang": ["ko"], "Hani": ["zh"], "Kana": ["ja"], "Khmr": ["km"], "Knda": ["kn"],
    "Laoo": ["lo"], "Mlym": ["ml"], "Mymr": ["my"], "Nkoo": ["nqo"], "Olck": ["sat"], "Orya": ["or"],
    "Rohg": ["rhg"], "Sinh": ["si"], "Taml": ["ta"], "Telu": ["te"], "Thaa": ["dv"], "Thai": ["th"], "Vaii": ["vai"],
    "Arab": [], "Beng": [], "Cyrl": [], "Deva": [], "Hebr": [], "Latn": [], "Tibt": [],
}  # fmt: skip
_NAMES = {
    "Kana": r"\p{Hiragana}\p{Katakana}", "Rohg": r"\p{Hanifi_Rohingya}", "Olck": r"\p{Ol_Chiki}",
    "Adlm": r"\p{Adlam}", "Vaii": r"\p{Vai}", "Cher": r"\p{Cherokee}",
}  # fmt: skip
_IN_SCRIPT = {script: regex.compile("[" + _NAMES.get(script, rf"\p{{Script={script}}}") + "]") for script in _SPOKEN}
# Japanese, Korean: their texts may have more Chinese characters than letters of their own.
_AMONG_CHINESE = {"Kana": "Jpan", "Hang": "Kore"}
_A_SHARE = 0.1
# Letters that Tigrinya has in every sentence and Amharic nearly never; the detector knows Amharic alone.
_TIGRINYA = regex.compile("[\u1250-\u125dኣ]")


def language_of(text: str, declared: Sequence[str] = ()) -> str:
    """The language of a text as BCP 47, or nothing where neither its metadata (`declared`) nor itself says it.

    One declared language is taken at its word; of several the one that the text's letters or words are in.
    """
    languages = [tag for code in declared if is_bcp47(tag := to_bcp47(code)) and tag not in _NO_LANGUAGE]
    if len(languages) == 1:
        return languages[0]
    text = text[:_READ]
    script = main_script(text)
    languages = [tag for tag in languages if _is_in(tag, script)] or _spoken_in(script, text)
    return languages[0] if len(languages) == 1 else _by_words(text, languages)


def _by_words(text: str, languages: Sequence[str]) -> str:
    """The language of the words: one of `languages`, if there are any, unless the words are clearly in another."""
    found = detect_language(text)
    named = {tag for tag in languages if tag.partition("-")[0] == found}
    if named or not found:
        return min(named, default="")
    unknown = [tag for tag in languages if tag.partition("-")[0] not in detected_languages()]
    return unknown[0] if len(unknown) == 1 else found


def main_script(text: str) -> str:
    """The ISO 15924 code of the script that most of the text's letters are in; nothing where there are none."""
    letters = _NO_LETTERS.sub("", text)
    found = Counter({script: len(pattern.findall(letters)) for script, pattern in _IN_SCRIPT.items()})
    script, count = found.most_common(1)[0] if letters else ("", 0)
    for own in _AMONG_CHINESE:
        if script == "Hani" and found[own] > _A_SHARE * count:
            return own
    return script if count else ""


def _is_in(tag: str, script: str) -> bool:
    written = script_of(tag)
    return written.startswith("Han") if script == "Hani" else written == _AMONG_CHINESE.get(script, script)


def _spoken_in(script: str, text: str) -> list[str]:
    if script == "Ethi":
        return ["ti" if _TIGRINYA.search(text) else "am"]
    return _SPOKEN.get(script, [])


def detect_language(text: str) -> str:
    """The language of a text's words as BCP 47, or nothing where the text is too short or no language stands out."""
    if len(_NO_LETTERS.sub("", text).encode("utf-8", "replace")) < _ENOUGH:
        return ""
    return _as_tag(_identifier().classify(text)[0])


def _as_tag(label: object) -> str:
    code = _WRITTEN_AS.get(str(label), str(label))
    return "" if code in _NO_LANGUAGE else to_bcp47(code)


@cache
def detected_languages() -> frozenset[str]:
    """The languages (BCP 47) that texts can be told to be in by their words."""
    labels: Iterable[object] = _identifier().labels
    return frozenset(map(_as_tag, labels))


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True, min_confidence=_SURE)
