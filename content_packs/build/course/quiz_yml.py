"""`NAME.quiz.yml`: a quiz as its maker wrote it, read into the model. The fields are in `docs/formats/course.md`.

What kind a question is of shows from the field that holds its answer; `quiz_questions` reads each kind.
"""

from __future__ import annotations

from collections.abc import Container

from content_packs.build.course.names import QUIZ_ENDING
from content_packs.build.course.quiz_questions import KINDS, QuizFile, read_question
from content_packs.build.names import split_language
from content_packs.build.side_yml import read_text
from content_packs.build.source import SourceFile
from content_packs.build.yaml_fields import SIZE_LIMIT, Fields
from content_packs.courses.model import AnyQuestion, Quiz
from content_packs.errors import BadInput


def read_quiz(source: SourceFile, id_: str, languages: tuple[str, ...], files: Container[str]) -> tuple[Quiz, set[str]]:
    """The quiz of a file, and the files (of `files`) that it shows. Its languages are those of its title.

    Raises BadInput with file, line and field for what is wrong or missing.
    """
    _refuse_language(source.path, languages)
    fields = Fields(source.path, read_text(source.path, source.file, SIZE_LIMIT))
    title = fields.texts("title", languages, required=True)
    file = QuizFile(source.path, id_, tuple(code for code in languages if code in title), files)
    quiz = Quiz(
        id=id_,
        title={code: title[code] for code in file.languages},
        introduction=file.texts(fields, "introduction"),
        pass_mark=_pass_mark(fields),
        questions=_questions(fields, file),
    )
    fields.finish()
    return quiz, file.shown


def _refuse_language(path: str, languages: tuple[str, ...]) -> None:
    name, language = split_language(path.removesuffix(QUIZ_ENDING) + ".yml", languages)
    if language is not None:
        raise BadInput(
            f"{path}: a quiz holds all its languages, so that its answers are the same in each: "
            f"call it {name.rpartition('/')[2]}{QUIZ_ENDING} and write texts as {{{language}: …}}."
        )


def _pass_mark(fields: Fields) -> int | None:
    text = fields.text("pass")
    if not text:
        return None
    digits = text.removesuffix("%").strip()
    if not digits.isdecimal() or not 1 <= int(digits[:4]) <= 100:
        raise fields.wrong("pass", f"must be a share of the questions between 1% and 100%, not “{text}”.")
    return int(digits)


def _questions(fields: Fields, file: QuizFile) -> tuple[AnyQuestion, ...]:
    questions: list[AnyQuestion] = []
    for number, each in enumerate(fields.mappings("questions", required=True), start=1):
        question = read_question(each, file, f"q{number}")
        if any(question.id == other.id for other in questions):
            raise each.wrong("id", f"is “{question.id}”, which another question is called too: change one.")
        each.finish()
        questions.append(question)
    if not questions:
        raise fields.wrong("questions", f"is empty: write a question with one of {', '.join(KINDS)}.")
    return tuple(questions)
