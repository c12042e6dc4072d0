"""Files as `/staff/files` lists them: what each is, how far it is, what can be done with it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ideascube.box_db.jobs import Job
from ideascube.box_media.addresses import media_address
from ideascube.box_media.model import Media, Role, State
from ideascube.box_media.wording import ICONS, kind_words, problem_text, state_words
from ideascube.people.rights import Person, Right
from ideascube.reviewing.wording import StateWord
from ideascube.web.i18n import translations
from ideascube.web.wording import minutes_text, percent_text


@dataclass(frozen=True, slots=True)
class FileLine:
    """`picture`, `address`: empty where there is none. `sentence`: why it failed, or what it waits for. `done` of `of`
    says how far it is, and `label` says so in words, while it is worked at.
    """

    media: Media
    icon: str
    kind: str
    state: StateWord
    picture: str
    address: str
    sentence: str
    label: str
    done: float
    of: float


def may_see(person: Person, media: Media) -> bool:
    """Mediators see all files, others those that they brought."""
    return person.may(Right.WRITE) or media.by == person.id


def file_line(media: Media, job: Job | None, language: str) -> FileLine:
    """`job`: the newest that converts it, where there is one."""
    is_working = media.state is State.WORKING and job is not None
    return FileLine(
        media,
        ICONS[media.kind],
        kind_words(language)[media.kind],
        state_words(language)[media.state],
        picture=media_address(media, Role.SMALL),
        address=media_address(media),
        sentence=_sentence(media, job, language),
        label=_label(job, language) if is_working and job else "",
        done=job.done if is_working and job else 0,
        of=job.total if is_working and job else 0,
    )


def _sentence(media: Media, job: Job | None, language: str) -> str:
    if media.state is State.FAILED:
        return problem_text(media.problem, media.name, language)
    if media.state is State.WAITING and job is not None and job.problem:
        return problem_text(job.problem, media.name, language)
    return ""


def _label(job: Job, language: str) -> str:
    """How far it is, and how long it takes from here, as far as anybody can tell."""
    _ = translations(language).gettext
    if not job.total:
        return ""
    share = percent_text(min(round(100 * job.done / job.total), 100), language)
    if job.seconds_left < 0:
        return share
    minutes = minutes_text(max(round(job.seconds_left / 60), 1), language)
    return _("%(percent)s, about %(minutes)s left") % {"percent": share, "minutes": minutes}
