"""Text in whatever encoding: Unicode in its forms, else the Windows code page that its language was written in."""

from __future__ import annotations

import codecs

# The encodings of https://encoding.spec.whatwg.org/#legacy-encodings by the languages that were written in them.
_BY_LANGUAGE = {
    "cp1250": "bs cs hr hu pl ro sk sl sq",
    "cp1251": "be bg kk ky mk mn ru sr tg tt uk",
    "cp1253": "el",
    "cp1254": "az tr",
    "cp1255": "he yi",
    "cp1256": "ar ckb fa prs ps sd ug ur",
    "cp1257": "et lt lv",
    "cp1258": "vi",
    "big5": "zh-Hant zh-HK zh-TW",
    "cp874": "th",
    "cp932": "ja",
    "cp949": "ko",
    "gb18030": "zh",
}
_CODE_PAGES = {language: page for page, languages in _BY_LANGUAGE.items() for language in languages.split()}
# What Python knows besides, and no browser does: some take time that grows with the square of the length.
_NO_ENCODINGS = ("idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read_text(data: bytes, language: str = "") -> tuple[str, str]:
    """The text in `data`, and the name of its encoding where that was guessed, else nothing.

    `language` is a BCP 47 tag: without one, Western Europe's code page is taken. Bytes that mean nothing become U+FFFD.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), ""
    if encoding := _unmarked_utf16(data):
        return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        if _is_damaged_utf8(data):
            return data.decode("utf-8", "replace"), "utf-8"
    page = _CODE_PAGES.get(language) or _CODE_PAGES.get(language.partition("-")[0], "cp1252")
    return data.decode(page, "replace"), page


def read_declared(data: bytes, encoding: str) -> str | None:
    """The text in `data` as the encoding that it declares has it, or None where that is none of text."""
    try:
        known = codecs.lookup(encoding).name
        return None if known.replace("_", "-") in _NO_ENCODINGS else data.decode(encoding, "replace")
    except (LookupError, ValueError):
        return None


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without its mark has a zero beside every digit and space, always on the same side."""
    start = data[:2000]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 5 < len(start) // 2:
        return ""
    if min(even, odd) * 10 < max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether only a few letters are wrong: an old encoding read as UTF-8 goes wrong at nearly every one."""
    wrong = data.decode("utf-8", "replace").count("\ufffd")
    beginnings = sum(1 for byte in data if byte >= 0xC2)
    return beginnings - wrong > wrong * 3
