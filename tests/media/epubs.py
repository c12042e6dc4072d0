"""EPUBs that tests make; not tests."""

from __future__ import annotations

import zipfile
from pathlib import Path

CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""

NAVIGATION = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<nav epub:type="landmarks"><ol><li><a href="one.xhtml">Start</a></li></ol></nav>
<nav epub:type="toc"><h1>Contents</h1><ol>
<li><a href="text/one.xhtml">First <b>part</b></a><ol><li><a href="text/one.xhtml#well">The well</a></li></ol></li>
<li><span>Second part</span><ol><li><a href="text/two%20b.xhtml">Rain</a></li></ol></li></ol></nav></body></html>"""

NCX = """<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>
<navPoint id="a"><navLabel><text>Premier</text></navLabel><content src="text/one.xhtml"/>
<navPoint id="b"><navLabel><text>Le puits</text></navLabel><content src="text/one.xhtml#well"/></navPoint></navPoint>
</navMap></ncx>"""

ONE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x.js"/></head><body><h1>One</h1>
<p>Clean&nbsp;water, caf&eacute; &amp; <i>sun</i>light.<br/>A new
line</p><script>alert('never shown')</script><table><tr><td>a</td><td>b</td></tr></table></body></html>"""

TWO = "<html xmlns='http://www.w3.org/1999/xhtml'><body><h2>Two</h2><p>مطر</p></body></html>"

METADATA = """<dc:title>Water</dc:title><dc:creator opf:role="aut">Amina</dc:creator><dc:creator>Joseph</dc:creator>
<dc:language>fra</dc:language><dc:date opf:event="modification">2024</dc:date>
<dc:date opf:event="publication">2019-05</dc:date><dc:publisher>Us</dc:publisher>
<dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights><dc:subject>water</dc:subject>
<dc:description>&lt;p&gt;About &lt;b&gt;water&lt;/b&gt;.&lt;/p&gt;</dc:description>
<meta name="calibre:series" content="Elements"/>"""

ITEMS = {
    "one": ("text/one.xhtml", "application/xhtml+xml", ""),
    "two": ("text/two%20b.xhtml", "application/xhtml+xml", ""),
}
FILES = {"OEBPS/text/one.xhtml": ONE, "OEBPS/text/two b.xhtml": TWO}


def make_epub(
    out: Path,
    files: dict[str, str | bytes] | None = None,
    items: dict[str, tuple[str, str, str]] | None = None,
    metadata: str = METADATA,
) -> Path:
    """A book of two chapters; `files` and `items` (path, type, properties) come in addition or in their place."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        contents = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package(ITEMS | (items or {}), metadata)}
        for name, content in (contents | FILES | (files or {})).items():
            archive.writestr(name, content)
    return out


def package(items: dict[str, tuple[str, str, str]], metadata: str) -> str:
    listed = "".join(
        f'<item id="{key}" href="{path}" media-type="{kind}" properties="{properties}"/>'
        for key, (path, kind, properties) in items.items()
    )
    return f"""<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
    <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>
    <manifest>{listed}</manifest><spine><itemref idref="one"/><itemref idref="two"/></spine></package>"""
