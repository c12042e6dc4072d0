"""One table of answers with their marks, for Python and for the script of a quiz's page; not tests."""

from __future__ import annotations

from dataclasses import dataclass

from content_packs.courses.marking import Answer
from content_packs.courses.model import (
    AnyQuestion,
    Choice,
    ChoiceQuestion,
    GapsQuestion,
    Item,
    NumberQuestion,
    OrderQuestion,
    Pair,
    PairsQuestion,
    WordsQuestion,
)

LANGUAGE = "fr"


@dataclass(frozen=True)
class Case:
    question: AnyQuestion
    answer: Answer
    parts: tuple[bool, ...]
    without_normalize: bool = True  # whether a browser that knows no normal forms marks alike

    @property
    def name(self) -> str:
        return f"{self.question.id}: {self.answer}"


def words(accepted: str, answer: str, right: bool, *, exact: bool = False, everywhere: bool = True) -> Case:
    question = WordsQuestion(id=accepted, text={}, answers={LANGUAGE: tuple(accepted.split("|"))}, exact=exact)
    return Case(question, answer, (right,), everywhere)


def number(value: float, answer: str, right: bool, within: float = 0, unit: str = "") -> Case:
    name = f"{value} ± {within} {unit}"
    return Case(NumberQuestion(id=name, text={}, number=value, within=within, unit={LANGUAGE: unit}), answer, (right,))


def choice(rights: str, taken: str, *parts: bool) -> Case:
    choices = tuple(Choice(id=one, text={}, right=one in rights) for one in "123")
    return Case(ChoiceQuestion(id=f"right {rights}", text={}, choices=choices), list(taken), parts)


def order(answer: str, *parts: bool) -> Case:
    items = tuple(Item(id=one, text={}) for one in "123")
    return Case(OrderQuestion(id="order", text={}, items=items, shown=("2", "3", "1")), list(answer), parts)


def pairs(answer: dict[str, str], *parts: bool) -> Case:
    both = tuple(Pair(id=one, left={}, right={}) for one in "12")
    return Case(PairsQuestion(id="pairs", text={}, pairs=both, shown=("2", "1")), answer, parts)


def gaps(answer: list[str], *parts: bool) -> Case:
    pieces: tuple[str | tuple[str, ...], ...] = ("Il faut ", ("vingt", "20"), " secondes et du ", ("savon",), ".")
    return Case(GapsQuestion(id="gaps", text={}, pieces={LANGUAGE: pieces}), answer, parts)


CASES = [
    # Case, spaces, punctuation, quotation marks
    words("eau", "eau", True),
    words("eau", "  EAU ", True),
    words("eau", "« eau »", True),
    words("eau", "eaux", False),
    words("eau", "", False),
    words("eau", " \t ", False),
    words("eau", "!?", False),
    words("eau|flotte", "Flotte.", True),
    words("l’eau de pluie", "l'eau  de  pluie !", True),
    words("l’eau de pluie", "leau de pluie", True),
    words("l’eau de pluie", "pluie de l’eau", False),
    words("arc-en-ciel", "arc en ciel", True),
    words("arc-en-ciel", "Arc‑en–ciel", True),
    words("30 minutes", "30minutes", True),
    words("30 minutes", "3 minutes", False),
    words("-5", "5", False),
    words("-5", "−5", True),
    words("1.5", "15", False),
    words("1.5", "1,5", True),
    words("a) oui, b) non", "A oui b non", True),
    # Accents, ligatures, letters that lose a sign
    words("été", "ete", True),
    words("ete", "ÉTÉ", True),
    words("été", "e\u0301te\u0301", True),
    words("cœur", "coeur", True),
    words("garçon", "garcon", True),
    words("Straße", "STRASSE", True),
    words("Łódź", "lodz", True),
    words("Việt Nam", "viet nam", True),
    words("ὕδωρ", "υδωρ", True),
    words("ὁδός", "ΟΔΟΣ", True),
    words("їжа", "ЇЖА", True),
    words("ёлка", "елка", True),
    words("ﬁlm", "film", True, everywhere=False),
    words("ｗａｔｅｒ", "water", True, everywhere=False),
    # Turkish i, in capitals and without its dot
    words("ısı", "ISI", True),
    words("İstanbul", "istanbul", True),
    words("DİŞ", "diş", True),
    words("diş", "dis", True),
    words("kırmızı", "KIRMIZI", True),
    words("kırmızı", "kirmizi", True),
    # Arabic, Persian, Kurdish: hamza, points, tatweel, letters typed on another keyboard
    words("أرنب", "ارنب", True),
    words("إسلام", "اسلام", True),
    words("القرآن", "القران", True),
    words("ماء", "ما", True),
    words("مسؤول", "مسوول", True),
    words("شاطئ", "شاطي", True),
    words("مدرسة", "مدرسه", True),
    words("مُدَرِّس", "مدرس", True),
    words("مدرّس", "مدرسة", False),
    words("ســـلام", "سلام", True),
    words("مستشفى", "مستشفي", True),
    words("کتاب", "كتاب", True),
    words("می‌خواهم", "میخواهم", True),
    words("ئاو", "ياو", True),
    words("ڕۆژ", "روژ", True),
    words("\u202bماء\u202c", "ماء", True),
    words("ماء؟", "ماء", True),
    # Hebrew without points; scripts whose signs are vowels or tones keep them
    words("שָׁלוֹם", "שלום", True),
    words("कुल", "कल", False),
    words("हिन्दी", "हिन्दी", True),
    words("ক\u09bc", "ক", False),
    words("মাছ", "মছ", False),
    words("ရေ", "ရ", False),
    words("ရေ", "ရေ။", True),
    words("น้ำ", "นำ", False),
    words("ውሃ", "ውሃ።", True),
    words("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8", True, everywhere=False),
    words("がく", "かく", False),
    # Digits of every script
    words("20", "٢٠", True),
    words("۲۰", "20", True),
    words("20", "२०", True),
    words("20", "২০", True),
    words("20", "၂၀", True),
    words("20", "\U00010d32\U00010d30", True),
    words("20", "\U0001e952\U0001e950", True),
    words("20", "۲۱", False),
    words("1.5", "١٫٥", True),
    # Where each letter counts
    words("Été", "Été", True, exact=True),
    words("Été", "été", False, exact=True),
    words("Été", "Ete", False, exact=True),
    words("Été", " Été  ", True, exact=True),
    words("Été", "E\u0301te\u0301", True, exact=True, everywhere=False),
    words("un  chat", "un chat", True, exact=True),
    words("un chat", "unchat", False, exact=True),
    words("?", "?", True, exact=True),
    words("أرنب", "ارنب", False, exact=True),
    words("ماء", "\u200fماء\u200e", True, exact=True),
    # Numbers
    number(20, "20", True),
    number(20, " 20. ", True),
    number(20, "20,0", True),
    number(20, "21", False),
    number(20, "", False),
    number(20, "vingt", False),
    number(20, "2 0", True),
    number(20, "20 20", False),
    number(20, "22.5", True, within=2.5),
    number(20, "17,5", True, within=2.5),
    number(20, "22.51", False, within=2.5),
    number(0.3, "0.1", True, within=0.2),
    number(-5, "-5", True),
    number(-5, "− 5", True),
    number(-5, "5", False),
    number(5, "+5", True),
    number(0.5, ".5", True),
    number(0.5, "٫٥", True),
    number(0.5, "0,500", True),
    number(500, "0,500", False),
    number(37, "٣٧", True),
    number(37, "३७", True),
    number(37, "\U00010d33\U00010d37", True),
    number(37.5, "37,5 °C", True, unit="°C"),
    number(37.5, "37,5", True, unit="°C"),
    number(37.5, "37,5°c", True, unit="°C"),
    number(37.5, "37,5 °F", False, unit="°C"),
    number(5, "5 heures", False, unit="minutes"),
    number(5, "5 Minutes", True, unit="minutes"),
    number(5, "٥ دقائق", True, unit="دقائق"),
    number(1500, "1,500", True),
    number(1.5, "1,500", True),
    number(1500, "1 500", True),
    number(1500, "1\u202f500", True),
    number(1500, "1’500", True),
    number(1500, "١٬٥٠٠", True),
    number(1234567.5, "1.234.567,5", True),
    number(1234567.5, "1,234,567.5", True),
    number(1234567, "1,234,567", True),
    number(1234567, "1,23,4567", False),
    number(1234.5, "1.234.5", False),
    number(1, "1" * 50, False),
    number(1, "1e0", False),
    number(1, "NaN", False),
    # Choices: one, several, none, too many
    choice("1", "1", True, True, True),
    choice("1", "2", False, False, True),
    choice("1", "", False, True, True),
    choice("12", "12", True, True, True),
    choice("12", "1", True, False, True),
    choice("12", "123", True, True, False),
    choice("12", "21", True, True, True),
    # Order, pairs, gaps
    order("123", True, True, True),
    order("132", True, False, False),
    order("231", False, False, False),
    order("12", True, True, False),
    pairs({"1": "1", "2": "2"}, True, True),
    pairs({"1": "2", "2": "1"}, False, False),
    pairs({"1": "1"}, True, False),
    gaps(["Vingt", "savon"], True, True),
    gaps(["٢٠", "SAVON!"], True, True),
    gaps(["savon", "vingt"], False, False),
    gaps(["20"], True, False),
    gaps(["20", ""], True, False),
]
