"""Courses that tests build packs from, and what they ask of the packs; not tests."""

from __future__ import annotations

from pathlib import Path

from content_packs.build.source import SourceFile
from content_packs.courses.model import Course, json_path, read_course
from tests.content_packs.sources import read_entry, small_film, write_files, write_picture

PACK_YML = """\
id: clean-hands
title: {fr: Mains propres, ar: أيدٍ نظيفة}
description: {fr: Un petit cours, ar: درس صغير}
languages: [fr, ar]
creator: Nous
publisher: Nous aussi
date: 2026-11-02
licence: CC0-1.0
kind: course
illustration: icon.png
"""

COURSE_YML = """\
title: {fr: Mains propres, ar: أيدٍ نظيفة}
summary: {fr: Pourquoi et comment se laver les mains., ar: لماذا نغسل أيدينا وكيف.}
audience: {fr: Familles, ar: للعائلات}
level: beginner
modules:
  - title: {fr: Les microbes, ar: الجراثيم}
    summary: {fr: Ce qu’on ne voit pas., ar: ما لا يُرى.}
    before: germs/check.quiz.yml
    lessons:
      - file: germs/what.md
        minutes: 5
        attachments: [germs/sheet.odt, germs/seen.csv]
      - file: germs/washing.webm
        minutes: 2
    after: germs/check.quiz.yml
  - title: {fr: Le savon, ar: الصابون}
    lessons: [soap/soap.md, soap/why.html, soap/all.quiz.yml]
"""

CHECK_YML = """\
title: {fr: Ce que je sais, ar: ما أعرف}
introduction: {fr: Trois questions., ar: ثلاثة أسئلة.}
pass: 60%
questions:
  - question:
      fr: Où vivent les microbes ?
      ar: أين تعيش الجراثيم؟
    picture: ../images/tap.png
    choices:
      - right: {fr: Sur les mains, ar: على اليدين}
        feedback: {fr: "Oui, sur la peau.", ar: نعم، على الجلد.}
      - wrong: {fr: Dans la lune, ar: على القمر}
        feedback: {fr: "Non, trop loin.", ar: لا، هذا بعيد.}
    explanation: {fr: Les microbes sont partout., ar: الجراثيم في كلّ مكان.}
  - id: clean
    question:
      fr: Qu’est-ce qui nettoie ?
      ar: ما الذي ينظّف؟
    choices:
      - {right: {fr: Le savon, ar: الصابون}}
      - {right: {fr: L’eau, ar: الماء}}
      - {wrong: {fr: La poussière, ar: الغبار}}
  - question:
      fr: Que boit-on ?
      ar: ماذا نشرب؟
    answer: {fr: [de l’eau, eau], ar: [ماء, الماء]}
    when_right: {fr: Bravo !, ar: أحسنت!}
    when_wrong: {fr: Relisez la leçon., ar: اقرأ الدرس مرّة أخرى.}
"""

ALL_YML = """\
title: {fr: Toutes les questions, ar: كلّ الأسئلة}
pass: 50%
questions:
  - question:
      fr: Combien de secondes ?
      ar: كم ثانية؟
    number: 20
    within: 2.5
    unit: {fr: secondes, ar: ثانية}
  - question:
      fr: Dans quel ordre ?
      ar: ما الترتيب؟
    order:
      - {fr: Mouiller, ar: بلّل}
      - {fr: Savonner, ar: صبّن}
      - {fr: Rincer, ar: اشطف}
  - question:
      fr: Qui va avec quoi ?
      ar: ماذا مع ماذا؟
    pairs:
      - [{fr: savon, ar: صابون}, {fr: laver, ar: غسل}]
      - [{fr: serviette, ar: منشفة}, {fr: sécher, ar: تجفيف}]
      - ["1", "2"]
  - gaps: {fr: "Frotter __vingt|20__ secondes avec du __savon__.", ar: "افرك __عشرين|20__ ثانية ب__الصابون__."}
  - question:
      fr: Quelle image ?
      ar: أيّ صورة؟
    choices:
      - {right: {fr: Le robinet, ar: الصنبور}, picture: ../images/tap.png}
      - {wrong: {fr: L’icône, ar: الرمز}, picture: ../icon.png}
"""


def course_folder(folder: Path, files: dict[str, str] | None = None) -> Path:
    """A course in French and Arabic with a question of each kind, a film, an HTML lesson and something to hand out."""
    write_picture(folder / "icon.png")
    write_picture(folder / "images" / "tap.png", (120, 90))
    (folder / "germs").mkdir(exist_ok=True)
    (folder / "germs" / "washing.webm").write_bytes(small_film())
    everything = {
        "pack.yml": PACK_YML,
        "course.yml": COURSE_YML,
        "germs/what.fr.md": "# Que sont les microbes ?\n\nDes êtres minuscules, les bactéries.\n",
        "germs/what.ar.md": "# ما هي الجراثيم؟\n\nكائنات صغيرة جدًّا.\n",
        "germs/washing.yml": "title: {fr: Se laver les mains, ar: غسل اليدين}\nlicence: CC0-1.0\n",
        "germs/sheet.odt": "a work sheet",
        "germs/seen.csv": "germ,seen\n",
        "germs/check.quiz.yml": CHECK_YML,
        "soap/soap.fr.md": "# Le savon\n\nIl emporte la saleté.\n",
        "soap/soap.ar.md": "# الصابون\n\nيزيل الأوساخ.\n",
        "soap/why.html": "<!DOCTYPE html><title>Pourquoi ?</title><body><p>Parce que.</p></body>",
        "soap/all.quiz.yml": ALL_YML,
    }
    return write_files(folder, everything | (files or {}))


def read_course_of(pack: Path, id_: str) -> Course:
    """The machine-readable course that a pack holds."""
    return read_course(read_entry(pack, json_path(id_)).encode(), id_)


SMALL_PACK_YML = """\
id: small
title: {fr: Petit, en: Small}
description: {fr: Un cours, en: A course}
languages: [fr, en]
creator: Nous
publisher: Nous
date: 2026-11-02
licence: CC0-1.0
illustration: icon.png
"""


def small_course(folder: Path, files: dict[str, str]) -> Path:
    """A pack in French and English with what is given, and nothing else."""
    write_picture(folder / "icon.png")
    return write_files(folder, {"pack.yml": SMALL_PACK_YML} | files)


def quiz_yml(questions: str) -> str:
    """A quiz in French with these questions, which begin on line 3."""
    return f"title: Quiz\nquestions:\n{questions}"


def source_file(folder: Path, name: str, text: str) -> SourceFile:
    """A file as the builder finds it."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return SourceFile(name, file, len(text))
