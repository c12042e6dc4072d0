"""The course editor as somebody uses it over HTTP: forms read from its pages, filled in and sent; not tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser as Html
from selectolax.lexbor import LexborNode

from tests.support.staff import SignedIn


@dataclass
class Form:
    """A form as a browser would send it; `fields` may be changed before."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    def fill(self, **values: str) -> Form:
        """Fields by their names, in which `__` stands for a dot."""
        for name, value in values.items():
            self.fields[name.replace("__", ".")] = [value]
        return self


def form_of(page: Html, action: str) -> Form:
    """The form of a page whose address ends so, as it stands filled in."""
    found = next(each for each in page.css("form") if (each.attributes.get("action") or "").endswith(action))
    form = Form(found.attributes["action"] or "")
    for each in found.css("input, textarea, select"):
        name = each.attributes.get("name")
        if name and name != "token" and (value := _value(each)) is not None:
            form.fields.setdefault(name, []).append(value)
    return form


def _value(element: LexborNode) -> str | None:
    if element.tag == "textarea":
        return element.text().removeprefix("\n")
    if element.tag == "select":
        chosen = element.css_first("option[selected]") or element.css_first("option")
        return (chosen.attributes.get("value") or "") if chosen else None
    if element.attributes.get("type") in ("checkbox", "radio") and "checked" not in element.attributes:
        return None
    return element.attributes.get("value") or ""


@dataclass
class Editor:
    """Who is signed in, and the course that they are busy with."""

    who: SignedIn
    course: str = ""

    @property
    def here(self) -> str:
        return f"/staff/courses/{self.course}"

    async def page(self, path: str) -> Html:
        answer = await self.who.get(path)
        assert 200 == answer.status, (path, answer.status, await answer.text())
        return Html(await answer.text())

    async def send(self, form: Form, **buttons: str) -> tuple[int, str, Html]:
        """Status, where it leads to, and the page of the answer."""
        answer = await self.who.post(form.action, **{**form.fields, **buttons})
        return answer.status, answer.headers.get("Location", ""), Html(await answer.text())

    async def begin(self, title: str, language: str = "fr") -> None:
        """A new course."""
        form = form_of(await self.page("/staff/courses/new"), "/new").fill(title=title, language=language)
        status, location, _page = await self.send(form)
        assert 303 == status
        self.course = urlsplit(location).path.rpartition("/")[2]

    async def new_quiz(self) -> str:
        """The id of a quiz at the end of the first part."""
        page = await self.page(self.here)
        module = page.css_first("button[name=module]").attributes["value"] or ""
        form = form_of(page, "/move")
        form.action = f"{self.here}/questions"
        status, location, _page = await self.send(form, module=module)
        assert 303 == status
        return location.rpartition("/")[2]

    async def question_form(self, quiz: str, kind: str) -> Form:
        """The form of a new question, empty."""
        answer = await self.who.get(f"{self.here}/quizzes/{quiz}/new?kind={kind}")
        return form_of(Html(await answer.text()), answer.url.path)
