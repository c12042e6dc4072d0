"""Files by a plain form, as a browser without scripts sends them; what is made of them then; what is left lying."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import box_database
from ideascube.box_db.uploads import Announced, Way, begin_upload, set_whole
from ideascube.receiving.part_file import PartFile, disk_of, part_path
from tests.receiving.phone import UploadingPhone, sign_in_on
from tests.support.box import Answer, Box, eventually, running_box

PICTURES = Path(__file__).parents[2] / "ideascube" / "demo" / "counting" / "pictures"
SUBTITLES = b"1\n00:00:01,000 --> 00:00:02,000\nWater\n"
BOUNDARY = "----a-browser-chose-this"


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    with running_box(tmp_path_factory.mktemp("forms")) as running:
        yield running


@pytest.fixture
def phone(box: Box, request: pytest.FixtureRequest) -> UploadingPhone:
    """Of somebody whom only this test knows."""
    return sign_in_on(box, name=request.node.name[:40])


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    named = f'; filename="{filename}"\r\nContent-Type: application/octet-stream' if filename is not None else ""
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + content + b"\r\n"


def form(phone: UploadingPhone, *files: tuple[str, bytes], end: str = f"--{BOUNDARY}--\r\n", token: str = "") -> bytes:
    first = part("token", (token or phone.headers["X-Form-Token"]).encode())
    return first + b"".join(part("file", content, name) for name, content in files) + end.encode()


def send(phone: UploadingPhone, body: bytes) -> Answer:
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return phone.ask("POST", "/staff/upload/files", body, Content_Type=kind, X_Form_Token="")


def left_over(box: Box) -> list[Path]:
    return list((box.data / "media" / "receiving").glob("*"))


def test_several_files_at_once(box: Box, phone: UploadingPhone):
    pictures = [(f"drawing {number}.png", (PICTURES / f"0{number}.png").read_bytes()) for number in (1, 2)]
    not_chosen = ("", b"")

    answer = send(phone, form(phone, not_chosen, *pictures, not_chosen))
    page = eventually(lambda: "Arrived" in (shown := phone.ask("GET", "/staff/upload").text) and shown)

    assert (303, "/staff/upload?sent=2#sent") == (answer.status, answer.headers["Location"])
    assert "drawing 1.png" in page
    assert "drawing 2.png" in page


@pytest.mark.parametrize(
    ("status", "files", "end", "said"),
    [
        (400, [("a.png", b"x" * 300_000)], "", "Only a part of it came, so nothing was kept. Send it again."),
        (
            400,
            [("a.png", b"x"), ("b.png", b"")],
            f"--{BOUNDARY}--\r\n",
            "b.png: This file is empty. Choose another one.",
        ),
        (429, [("a.png", b"x")] * 21, f"--{BOUNDARY}--\r\n", "20 files are on their way already."),
    ],
)
def test_of_half_a_form_nothing_is_kept(
    box: Box, phone: UploadingPhone, status: int, files: list[tuple[str, bytes]], end: str, said: str
):
    before = left_over(box)

    answer = send(phone, form(phone, *files, end=end))

    assert status == answer.status
    assert said in answer.text
    assert before == left_over(box)
    assert "On the way" not in phone.ask("GET", "/staff/upload").text


def test_a_form_whose_connection_is_cut_keeps_nothing(box: Box, phone: UploadingPhone):
    body = form(phone, ("a.png", b"x" * 500_000))
    lines = {**phone.headers, "Host": box.url[7:], "Content-Length": str(len(body)),
             "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())

    with socket.create_connection(("127.0.0.1", box.port)) as line:
        line.sendall(f"POST /staff/upload/files HTTP/1.1\r\n{head}\r\n".encode() + body[:300_000])
        eventually(lambda: left_over(box))

    assert eventually(lambda: not left_over(box))
    assert "On the way" not in phone.ask("GET", "/staff/upload").text


def test_a_form_that_somebody_else_made_is_refused(box: Box, phone: UploadingPhone):
    picture = ("a.png", (PICTURES / "03.png").read_bytes())

    wrong = send(phone, form(phone, picture, token="not-mine"))
    without = send(phone, part("file", picture[1], picture[0]) + f"--{BOUNDARY}--\r\n".encode())
    foreign = phone.ask("POST", "/staff/upload/files", form(phone, picture), Origin=box.content_url)

    assert [403, 403, 403] == [wrong.status, without.status, foreign.status]
    assert "Arrived" not in phone.ask("GET", "/staff/upload").text


@pytest.mark.parametrize(
    "name", ["../../box.db", "<script>alert(1)</script>.png", "a%00b.png", "'; DROP TABLE upload; --.png"]
)
def test_names_are_shown_as_text_and_go_nowhere(box: Box, phone: UploadingPhone, name: str):
    before = set(box.data.iterdir())

    send(phone, form(phone, (name, (PICTURES / "04.png").read_bytes())))
    page = eventually(lambda: "Arrived" in (shown := phone.ask("GET", "/staff/upload").text) and shown)

    assert "<script>alert" not in page
    assert before == set(box.data.iterdir())
    assert b"SQLite format 3" == (box.data / "box.db").read_bytes()[:15]


def test_from_a_file_to_an_item_once(box: Box, phone: UploadingPhone):
    send(phone, form(phone, ("A drawing of a well.png", (PICTURES / "05.png").read_bytes())))
    upload = arrived(box, "A drawing of a well.png")
    make = f"/staff/upload/{upload}/make"

    made = phone.ask("POST", make)
    again = phone.ask("POST", make)

    assert 303 == made.status
    assert made.headers["Location"].startswith("/staff/write/")
    assert (303, "/staff/upload") == (again.status, again.headers["Location"])
    with box_database(box.data / "box.db") as connection:
        faces = connection.execute(
            "SELECT kind, texts FROM creation_face WHERE texts LIKE '%drawing of a well%'"
        ).fetchall()
    assert [("picture", '{"en":{"title":"A drawing of a well","summary":""}}')] == faces


def test_subtitles_go_to_a_film_of_ones_own(box: Box, phone: UploadingPhone):
    film = b"\0\0\0\x18ftypmp42" + bytes(500)
    send(phone, form(phone, ("Digging.mp4", film), ("words.srt", SUBTITLES)))
    item = phone.ask("POST", f"/staff/upload/{arrived(box, 'Digging.mp4')}/make").headers["Location"].rpartition("/")[2]
    page = phone.ask("GET", "/staff/upload").text
    add = f"/staff/upload/{arrived(box, 'words.srt')}/make"

    of_nothing = phone.ask(
        "POST", add, b"item=zzzzzzzzzz&language=fr", Content_Type="application/x-www-form-urlencoded"
    )
    added = phone.ask(
        "POST", add, f"item={item}&language=fr".encode(), Content_Type="application/x-www-form-urlencoded"
    )

    assert f'<option value="{item}" lang="en">Digging</option>' in page
    assert "/staff/upload" == of_nothing.headers["Location"]
    assert f"/staff/write/{item}" == added.headers["Location"]
    with box_database(box.data / "box.db") as connection:
        uses = connection.execute(
            "SELECT role, language FROM creation_media WHERE creation = ? AND version = 2", (item,)
        )
        assert [("main", ""), ("subtitles", "fr")] == sorted(uses)


def arrived(box: Box, name: str) -> str:
    """The id of the upload of this name, once it is in the media store."""

    def found() -> str:
        with box_database(box.data / "box.db") as connection:
            rows = connection.execute("SELECT id FROM upload WHERE name = ? AND state = 'arrived'", (name,)).fetchall()
        return str(rows[-1][0]) if rows else ""

    return str(eventually(found))


def test_what_is_left_lying_is_taken_in_or_cleared_away_when_the_box_starts(tmp_path: Path):
    folder = DataFolder(tmp_path)
    folder.create()
    picture = (PICTURES / "06.png").read_bytes()
    with box_database(tmp_path / "box.db") as connection:
        disk = disk_of(folder)
        whole = begin_upload(connection, Announced(1, "whole.png", len(picture)), disk)
        half = begin_upload(connection, Announced(1, "half.png", 1000), disk)
        of_form = begin_upload(connection, Announced(1, "form.png", 1000, way=Way.FORM), disk)
        last = begin_upload(connection, Announced(1, "not noted.png", len(picture) + 1), disk)
        set_whole(connection, whole.id, len(picture))
    for upload_id, content in (
        (whole.id, picture),
        (last.id, picture + b"x"),
        (half.id, b"x" * 10),
        (of_form.id, b"x"),
        ("forgotten1", b"x"),
    ):
        file = PartFile(part_path(folder, upload_id))
        file.append(content)
        file.close()

    with running_box(tmp_path) as box:
        arrived(box, "whole.png")
        arrived(box, "not noted.png")
        eventually(lambda: [f"{half.id}.part"] == [path.name for path in left_over(box)])
    with box_database(tmp_path / "box.db") as connection:
        states = dict(connection.execute("SELECT name, state FROM upload").fetchall())

    assert {"whole.png": "arrived", "not noted.png": "arrived", "half.png": "receiving"} == states
