"""People at the page on which one writes: its form, changed and sent as a browser without scripts does."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from aiohttp import ClientResponse, FormData
from PIL import Image
from selectolax.lexbor import LexborHTMLParser as Html

from tests.support.staff import SignedIn

GOOD = {
    "title": "Boire sans danger",
    "text": "## Faire bouillir\n\nL’eau bout **une minute**.",
    "consent": "none_shown",
    "licence": "CC-BY-4.0",
}


def picture() -> bytes:
    """A photo, as a phone takes one."""
    held = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(held, "JPEG")
    return held.getvalue()


@dataclass
class Form:
    """The form of a page, with what stands in its fields."""

    page: Html
    fields: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Form:
        page = Html(text)
        form = page.css_first("#write")
        return cls(page, [] if form is None else [*_fields(form)])

    def value(self, name: str) -> str:
        return next((value for key, value in self.fields if key == name), "")

    def problem(self, name: str) -> str:
        found = self.page.css_first(f"#{name}-problem")
        return found.text().strip() if found else ""

    def with_fields(self, **changed: str) -> list[tuple[str, str]]:
        kept = [(name, value) for name, value in self.fields if name not in changed]
        return [*kept, *changed.items()]


def _fields(form: Any) -> Any:
    for each in form.css("input, textarea, select"):
        attributes = each.attributes
        name, kind = attributes.get("name"), attributes.get("type")
        if not name or (kind in ("radio", "checkbox") and "checked" not in attributes) or kind == "file":
            continue
        if each.tag == "select":
            options = [*each.css("option[selected]"), *each.css("option")]
            yield name, options[0].attributes.get("value") or ""
        elif each.tag == "textarea":
            yield name, each.text().removeprefix("\n")
        else:
            yield name, attributes.get("value") or ""


async def begin(who: SignedIn, kind: str = "article", language: str = "fr") -> str:
    """The address of something new."""
    answer = await who.post("/staff/write", kind=kind, language=language)
    return answer.headers["Location"]


async def open_form(who: SignedIn, address: str) -> Form:
    answer = await who.get(address)
    assert answer.status == 200, await answer.text()
    return Form.of(await answer.text())


async def send(
    who: SignedIn,
    address: str,
    form: Form,
    deed: str = "save",
    file: tuple[str, bytes, str] | None = None,
    **changed: str,
) -> ClientResponse:
    """The form sent by the button `deed`; where it leads is not followed. `file`: field, bytes, name."""
    data = FormData(default_to_multipart=True)
    for name, value in form.with_fields(**changed):
        data.add_field(name, value)
    data.add_field("deed", deed)
    if file is not None:
        data.add_field(file[0], file[1], filename=file[2], content_type="application/octet-stream")
    path = address.partition("?")[0].partition("#")[0]
    return await who.client.post(path, data=data, headers=who.headers, allow_redirects=False)


async def follow(who: SignedIn, answer: ClientResponse) -> Form:
    assert answer.status == 303, await answer.text()
    return await open_form(who, answer.headers["Location"].partition("#")[0])
