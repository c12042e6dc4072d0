"""What kind of phone and browser somebody uses, from the browser's own words: it tells sessions apart. Pure."""

from __future__ import annotations

_SYSTEMS = (
    ("kaios", "KaiOS"), ("android", "Android"), ("iphone", "iPhone"), ("ipad", "iPad"), ("windows", "Windows"),
    ("cros", "ChromeOS"), ("mac os", "Mac"), ("linux", "Linux"),
)  # fmt: skip
# Those that call themselves by another one's name as well come first.
_BROWSERS = (
    ("opera mini", "Opera Mini"), ("opr/", "Opera"), ("ucbrowser", "UC Browser"), ("samsungbrowser", "Samsung"),
    ("edg", "Edge"), ("firefox", "Firefox"), ("fxios", "Firefox"), ("crios", "Chrome"), ("chrom", "Chrome"),
    ("safari", "Safari"),
)  # fmt: skip


def browser_words(user_agent: str) -> str:
    """Such as `Android, Chrome`; empty for what nobody knows."""
    said = user_agent[:500].lower()
    return ", ".join(filter(None, (_first(said, _SYSTEMS), _first(said, _BROWSERS))))


def _first(said: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in said), "")
