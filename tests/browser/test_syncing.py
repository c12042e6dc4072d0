"""A box that has another one as its source: a mediator connects it on a phone, and readers find what came."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import NewReader
from tests.support.box import Box, eventually, ideascube, running_box
from tests.support.staff import browser_sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def box(demo: Box, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """One that is to have a pack of the demo library's box, in a network where nobody asks for the internet."""
    data = tmp_path_factory.mktemp("syncing")
    (data / "box.yml").write_text("packs:\n- safe-water\n")
    ideascube("--data", data, "catalog", "add", "neighbour", demo.url, "--plain-http", "--unsigned")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("IDEASCUBE_PROBE", "")
        with running_box(data, options=("--workers", "1", "--searchers", "1")) as running:
            yield running


def test_a_mediator_connects_the_box_and_readers_find_what_came(box: Box, visit: NewReader):
    """With scripts, which follow it to its end; then in Arabic without them, by the button."""
    mediator = visit("en", width=320)
    browser_sign_in(mediator.page, box)
    mediator.page.goto(f"{box.url}/staff/sync")
    wanted = mediator.page.locator("details .why li").all_text_contents()
    mediator.page.click("#sync-now button")
    mediator.page.get_by_text("Everything that was to be fetched and sent has arrived.").wait_for()
    box.wait_for("safe-water")

    assert ["safe-water"] == [line.strip() for line in wanted]
    assert "Safe water, healthy children" == mediator.page.locator(".made h3").first.inner_text()
    assert mediator.look("document.documentElement.scrollWidth") <= 320
    assert [] == mediator.complaints

    learner = visit("en", width=320)
    learner.page.goto(f"{box.url}/library")
    assert "From neighbour, not signed" in learner.page.inner_text(".card .facts")

    arabic = visit("ar", width=320, java_script_enabled=False)
    browser_sign_in(arabic.page, box)
    arabic.page.goto(f"{box.url}/staff/sync")
    arabic.page.click("form[action='/staff/sync/connect'] button")
    eventually(lambda: arabic.page.reload() and arabic.page.locator("form[action='/staff/sync/connect']").count())
    assert "check" in (arabic.page.locator("#sync-now use").first.get_attribute("href") or "")
