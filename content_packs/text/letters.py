"""The letters that people write one for the other, and the signs that they leave out: one table for all who compare.

Answers of quizzes and searches both fold by `TABLE`; searches, which rather find too much than too little, by
`SEARCH_LETTERS` as well, and Ethiopic by `ethiopic`.
"""

from __future__ import annotations

# Character classes in the form that Python and JavaScript share.
# Accents of Latin, Greek and Cyrillic; points and signs of Arabic, Hebrew and Syriac; the Arabic tatweel.
SIGNS = (
    "\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f"
    "\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed\\u08d3-\\u08ff"
    "\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0730-\\u074a"
)
# What searches leave out as well: tone marks and the tatweel of N'Ko, length marks of Ethiopic, the dot (nukta) under
# letters of Indic scripts, and signs of Adlam and Hanifi Rohingya.
SEARCH_SIGNS = (
    "\\u07eb-\\u07f3\\u07fa\\u07fd\\u135d-\\u135f\\u093c\\u09bc\\u0a3c\\u0abc\\u0b3c"
    "\\U0001e944-\\U0001e94a\\U00010d24-\\U00010d27"
)
# Soft hyphens, joiners, marks of direction.
INVISIBLE = "\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufe00-\\ufe0f\\ufeff"

# Letters that are written one for the other, or that lose a sign which Unicode does not see as one.
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i",
    "ς": "σ",
    "ٱ": "ا", "ء": "", "ى": "ي", "ی": "ي", "ێ": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه",
    "ۆ": "و", "ڕ": "ر", "ڵ": "ل",
    "٫": ".", "٬": "", "−": "-", "⁄": "/",
}  # fmt: skip

# Letters of African, Turkic and Tajik alphabets, of Pashto, Urdu and Uyghur, which many keyboards lack; a nasal sign of
# Hindi that is written for another. Those that Unicode names after a plain letter (“b with hook”) need no table.
SEARCH_LETTERS = {
    "ɲ": "n", "ŋ": "n", "ɛ": "e", "ɔ": "o", "ə": "e", "ǝ": "e", "ɣ": "g", "ʒ": "z", "ʋ": "v", "ĸ": "k", "ʊ": "u",
    "ɩ": "i", "ө": "о", "ү": "у", "һ": "х", "ә": "а",
    "ې": "ي", "ۍ": "ي", "ے": "ي", "ں": "ن", "ګ": "گ", "ۃ": "ه", "ۇ": "و", "ۈ": "و", "ۉ": "و", "ۋ": "و", "ڭ": "ك",
    "ँ": "ं",
}  # fmt: skip

# The zeros of decimal digits, each followed by one to nine. Of those beyond the first 65,536 characters, the ones that
# people write today: Hanifi Rohingya and Adlam.
ZEROS = (
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x10D30, 0x1E950,
)  # fmt: skip

TABLE = LETTERS | {chr(zero + digit): str(digit) for zero in ZEROS for digit in range(10)}
