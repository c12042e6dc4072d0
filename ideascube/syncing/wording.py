"""What a sync says, in words for people on site. What is not known here is shown in the English sentence. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ideascube.syncing.said import LeftOut, Notice, SyncState
from ideascube.web.i18n import translations

_SHOWN = 100
_SETTLED = ("current", "done", "own", "updates")


@dataclass(frozen=True, slots=True)
class Said:
    """`text` in the reader's language, or in English where `is_english`. `detail`: the English sentence beside it."""

    text: str
    detail: str = ""
    about: str = ""
    is_english: bool = False


def said(notice: Notice, language: str) -> Said:
    """A notice as a line."""
    text = _notices(language).get(notice.code)
    if text is None:
        return Said(notice.sentence, is_english=True)
    return Said(text, "" if notice.sentence == text else notice.sentence, notice.about)


def why_left_out(out: LeftOut, language: str) -> Said:
    text = _left_out(language).get(out.code)
    return Said(out.why, is_english=True) if text is None else Said(text, out.why)


@lru_cache
def _notices(language: str) -> dict[str, str]:
    """By the codes of docs/formats/sync.md; `failed` has no other words than its own."""
    _ = translations(language).gettext
    return {
        "no-link": _("There is no connection now."),
        "portal": _("The network asks to sign in first. Do so in a browser, then connect again."),
        "half-open": _("There is a network, but nothing comes through it."),
        "metered": _("This connection costs money for what is fetched, so that the box waits for another one."),
        "hours": _("The box may not connect at this hour."),
        "line-lost": _("The connection broke off. What arrived is kept, and it goes on there."),
        "budget": _("What the box may fetch and send for now is used up. It goes on later."),
        "clock": _("The clock of the box is wrong. Ask the person who looks after the box."),
        "expired": _("A list of titles is old: nobody confirmed it in time."),
        "refused": _("Something was not what it says it is, and was refused."),
        "catalogue": _("A list of titles could not be read."),
        "held-back": _("A title became much smaller. You decide whether that is right."),
        "wishes": _("The list of what this box should have is wrong somewhere. Ask who wrote it."),
        "pack": _("A title could not be installed."),
        "space": _("The box has no room left. Remove what nobody uses."),
        "send": _("Something could not be sent. The box tries again."),
        "enrol": _("The hub does not know this box yet. Tell its editor the number of this box."),
        "stick": _("The stick was taken out, or it is full."),
        "stopped": _("Somebody stopped it. It goes on there the next time."),
    }


@lru_cache
def _left_out(language: str) -> dict[str, str]:
    """By the codes of a plan (docs/commands.md, `ideascube sync`)."""
    _ = translations(language).gettext
    return {
        "budget": _("What the box may fetch and send for now is used up. It goes on later."),
        "hours": _("The box may not connect at this hour."),
        "metered": _("This connection costs money for what is fetched, so that the box waits for another one."),
        "readers": _("Many people are reading. It waits for them."),
        "space": _("There is no room for it on the box."),
        "held-back": _("It became much smaller. You decide whether that is right."),
        "unknown": _("No list of titles has it."),
        "catalogue": _("Only another list of titles has it."),
        "refused": _("Somebody here decided against it."),
        "withdrawn": _("Who published it took it back."),
        "pinned": _("The version that this box should have is not there."),
        "unsigned": _("Nobody signed it."),
        "older": _("What is there is older than what is here."),
    }


def waits(out: LeftOut) -> bool:
    """Whether it is still to come: much is only left out because it is here already, or not for this box."""
    return out.code not in _SETTLED


def phase_text(state: SyncState, language: str) -> str:
    """What is being done just now."""
    _ = translations(language).gettext
    if state.paused:
        return _("Many people are reading. It waits for them.")
    phases = {
        "link": _("Looking for a connection"),
        "trust": _("Checking who speaks for these titles"),
        "out": _("Sending what was made here"),
        "catalogues": _("Reading what there is"),
        "plan": _("Choosing what to fetch"),
        "packs": _("Fetching titles"),
        "incoming": _("Taking in what others made"),
    }
    return phases.get(state.phase, _("Connected"))


def result_text(result: str, language: str) -> str:
    """How the last run ended; empty where nobody knows."""
    _ = translations(language).gettext
    results = {
        "done": _("Everything that was to be fetched and sent has arrived."),
        "nothing": _("There was nothing new."),
        "unfinished": _("Some of it has arrived. The rest comes the next time."),
        "failed": _("It did not work."),
        "stopped": _("Somebody stopped it. It goes on there the next time."),
    }
    return results.get(result, "")


def step_text(what: str, language: str) -> str:
    """What is done with a title; empty for what needs no word."""
    _ = translations(language).gettext
    return {
        "delta": _("What is new in it"),
        "pack": _("The whole title"),
        "send": _("Sent"),
        "receive": _("Made on other boxes"),
    }.get(what, "")


@dataclass(frozen=True, slots=True)
class Words:
    """All of these in one language, for templates."""

    language: str

    def phase(self, state: SyncState) -> str:
        return phase_text(state, self.language)

    def result(self, result: str) -> str:
        return result_text(result, self.language)

    def step(self, what: str) -> str:
        return step_text(what, self.language)

    def said(self, notice: Notice) -> Said:
        return said(notice, self.language)

    def waiting(self, left_out: Sequence[LeftOut]) -> list[LeftOut]:
        """Those that are still to come, the first hundred."""
        return [out for out in left_out if waits(out)][:_SHOWN]

    def why(self, out: LeftOut) -> Said:
        return why_left_out(out, self.language)
