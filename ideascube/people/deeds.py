"""The deeds that are written down, and how a page words them. Each part of the workspace adds its own here. Pure."""

from __future__ import annotations

from collections.abc import Callable

from ideascube.people.rights import Role

# About content: mediators see these too.
PUBLISHED = "published"
WITHDREW = "withdrew"
REFUSED = "refused"
RETURNED = "returned"
ARRANGED = "arranged"
HID = "hid"
SHOWED = "showed"
PUBLISHED_COURSE = "published-course"
WITHDREW_COURSE = "withdrew-course"
PUBLISHED_COLLECTION = "published-collection"
WITHDREW_COLLECTION = "withdrew-collection"
REMOVED_FILE = "removed-file"
SHARED = "shared"
STOPPED_SHARING = "stopped-sharing"
RECEIVED = "received"
PUT_TOGETHER = "put-together"
ACCEPTED_TITLE = "accepted-title"  # one that became much smaller
REFUSED_TITLE = "refused-title"

# About people and the box.
SET_UP = "set-up"
ADDED_PERSON = "added-person"
REMOVED_PERSON = "removed-person"
MADE: dict[Role, str] = {role: f"made-{role.value}" for role in Role}  # somebody's role is now this one
RENAMED = "renamed"
GAVE_PASSWORD = "gave-password"  # noqa: S105 - the name of a deed
ENROLLED_DEVICE = "enrolled-device"
ENDED_DEVICE = "ended-device"
CHANGED_BOX = "changed-box"

CONTENT_DEEDS = (
    PUBLISHED, WITHDREW, REFUSED, RETURNED, ARRANGED, HID, SHOWED, PUBLISHED_COURSE, WITHDREW_COURSE,
    PUBLISHED_COLLECTION, WITHDREW_COLLECTION, REMOVED_FILE, SHARED, STOPPED_SHARING, RECEIVED, PUT_TOGETHER,
    ACCEPTED_TITLE, REFUSED_TITLE,
)  # fmt: skip
PEOPLE_DEEDS = (
    *MADE.values(), SET_UP, ADDED_PERSON, REMOVED_PERSON, RENAMED, GAVE_PASSWORD, ENROLLED_DEVICE, ENDED_DEVICE,
    CHANGED_BOX,
)  # fmt: skip
ALL_DEEDS = (*CONTENT_DEEDS, *PEOPLE_DEEDS)


def wording(gettext: Callable[[str], str]) -> dict[str, str]:
    """What each deed is called in a list, before what it is about."""
    _ = gettext
    return {
        PUBLISHED: _("Published"),
        WITHDREW: _("Withdrawn"),
        REFUSED: _("Refused"),
        RETURNED: _("Sent back"),
        ARRANGED: _("Home page changed"),
        HID: _("Hidden"),
        SHOWED: _("Shown again"),
        PUBLISHED_COURSE: _("Course published"),
        WITHDREW_COURSE: _("Course withdrawn"),
        PUBLISHED_COLLECTION: _("Collection published"),
        WITHDREW_COLLECTION: _("Collection withdrawn"),
        REMOVED_FILE: _("File removed"),
        SHARED: _("Shared with other boxes"),
        STOPPED_SHARING: _("No longer shared with other boxes"),
        RECEIVED: _("Came from another box"),
        PUT_TOGETHER: _("Changes of two boxes put together"),
        ACCEPTED_TITLE: _("Smaller title accepted"),
        REFUSED_TITLE: _("Smaller title refused"),
        SET_UP: _("Box set up"),
        ADDED_PERSON: _("Person added"),
        REMOVED_PERSON: _("Person removed"),
        MADE[Role.CONTRIBUTOR]: _("Made a contributor"),
        MADE[Role.CURATOR]: _("Made a teacher of courses"),
        MADE[Role.MEDIATOR]: _("Made a mediator"),
        MADE[Role.OPERATOR]: _("Made an operator"),
        RENAMED: _("Name changed"),
        GAVE_PASSWORD: _("New password given"),
        ENROLLED_DEVICE: _("Shared device added"),
        ENDED_DEVICE: _("Shared device removed"),
        CHANGED_BOX: _("Box changed"),
    }
