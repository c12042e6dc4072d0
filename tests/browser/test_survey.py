"""What is measured of pages is found where it is wrong: a page with one of each fault."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NewReader
from tests.browser.survey import layout_faults, violations

pytestmark = pytest.mark.browser

FAULTY = """<!doctype html><html lang="en" dir="ltr"><title>Faulty</title>
<meta name="viewport" content="width=device-width">
<main><h1>Faulty</h1><img src="data:," id="unnamed"><button id="nameless"></button>
<p style="color: #999; background: #fff" id="pale">Pale words</p>
<p style="overflow: hidden; white-space: nowrap; width: 7.5em" id="cut">Words just fit</p>
<p style="position: relative; height: 20px"><span style="position: absolute; left: 0">Over</span>
<b style="position: absolute; left: 50px">it</b></p>
<p style="position: absolute; clip: rect(0 0 0 0); width: 1px; height: 1px; overflow: hidden">Words that are heard</p>
<button style="width: 44px; padding: 0; border: 0; overflow-wrap: anywhere">Go on again</button>
<p style="width: 300px; white-space: nowrap" id="wide">A line that only just fits on the screen</p></main></html>"""


def test_faults_are_found(visit: NewReader) -> None:
    reader = visit("en", width=320, is_mobile=True)
    reader.page.set_content(FAULTY)

    before = layout_faults(reader, "")
    after = layout_faults(reader, "", "stretch")
    rules = {found.partition(":")[0] for found in violations(reader, "")}

    assert [] == before
    assert ["too wide", "cut off: p#cut", "broken: button “Góo óñn ágáíñin”", "covered: span “Ovérer” and b “ítt”"] == [
        each.partition("pixels ")[2] or each for each in after
    ]
    assert {"image-alt", "button-name", "color-contrast"} <= rules
