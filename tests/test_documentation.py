"""The documentation says what the program does: commands, settings, exit codes, addresses; its links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from aiohttp import web

from content_packs.errors import IdeascubeError
from ideascube.cli import main

ROOT = Path(__file__).parents[1]
PAGES = sorted(path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
COMMANDS = (ROOT / "docs" / "commands.md").read_text()
SOURCES = [
    path for package in ("content_packs", "ideascube", "provisioning") for path in ROOT.glob(f"{package}/**/*.py")
]


def section(text: str, heading: str) -> str:
    """What stands below a heading of the second level, up to the next one."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"there is no section “{heading}”"
    return found[1]


def first_cells(text: str) -> list[str]:
    """The first column of a section's tables, without their headers and marks of code."""
    rows = re.findall(r"^\| *([^|]*?) *\|", text, re.MULTILINE)
    return [row.strip("`") for row in rows if row not in ("option", "variable", "code") and not row.startswith("---")]


def commands(command: click.Command, name: str = "ideascube") -> Iterator[tuple[str, click.Command]]:
    """Every command with its whole name. A group is one too where it takes options of its own."""
    if not isinstance(command, click.Group) or options(command):
        yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            yield from commands(found, f"{name} {child}")


def options(command: click.Command) -> set[str]:
    return {max(option.opts, key=len) for option in command.params if isinstance(option, click.Option)}


def usage(name: str, command: click.Command) -> str:
    arguments = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    return " ".join([name, *(argument.make_metavar(click.Context(command)) for argument in arguments)])


def test_every_command_has_a_section_and_every_section_a_command():
    documented = set(re.findall(r"^## `(ideascube.*)`$", COMMANDS, re.MULTILINE))

    assert documented == {name for name, _ in commands(main)}


def test_options_are_those_of_the_commands():
    documented = {name: set(first_cells(section(COMMANDS, f"`{name}`"))) for name, _ in commands(main)}

    assert documented == {name: options(command) for name, command in commands(main)}


def test_arguments_are_those_of_the_commands():
    documented = re.findall(r"^```\n(ideascube .*)\n```$", COMMANDS, re.MULTILINE)

    assert sorted(documented) == sorted(usage(name, command) for name, command in commands(main) if name != "ideascube")


def test_settings_are_those_that_the_program_reads():
    documented = set(first_cells(section(COMMANDS, "Settings")))

    assert documented == {name for path in SOURCES for name in re.findall(r"\bIDEASCUBE_[A-Z_]+\b", path.read_text())}


def test_exit_codes_are_those_of_the_errors():
    documented = {int(code) for code in first_cells(section(COMMANDS, "Exit codes"))}
    ours = {error.exit_code for error in (IdeascubeError, *families(IdeascubeError))}

    assert documented == ours | {0, click.UsageError.exit_code, 130}


def families(error: type[IdeascubeError]) -> Iterator[type[IdeascubeError]]:
    for family in error.__subclasses__():
        yield family
        yield from families(family)


def table_of_addresses(heading: str) -> set[tuple[str, str]]:
    text = section((ROOT / "docs" / "addresses.md").read_text(), heading)
    return set(re.findall(r"^\| ([A-Z]+) \| `([^`]+)` \|", text, re.MULTILINE))


def addresses(routes: list[web.AbstractRouteDef]) -> set[tuple[str, str]]:
    """Method and path of each route, a part that a pattern describes being given by its name alone."""
    return {address_of(route) for route in routes}


def address_of(route: web.AbstractRouteDef) -> tuple[str, str]:
    if isinstance(route, web.StaticDef):
        return "GET", f"{route.prefix}/{{path}}"
    assert isinstance(route, web.RouteDef)
    return route.method, re.sub(r"\{(\w+):[^{}]*\}", r"{\1}", route.path)


def test_addresses_are_those_of_the_app():
    from ideascube.web.routes import app_routes

    assert table_of_addresses("The app") == addresses(app_routes())


def test_addresses_are_those_of_the_packs():
    from ideascube.web.routes import content_routes

    assert table_of_addresses("The packs") == addresses(content_routes())


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.DOTALL)
    targets = [target.partition("#") for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    broken = [
        f"{path}#{anchor}"
        for path, _, anchor in targets
        if not (there := page.parent / path if path else page).exists()
        or (anchor and there.suffix == ".md" and anchor not in anchors(there))
    ]

    assert broken == []


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{4}-[^)]+)\)", (folder / "README.md").read_text())

    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))


def test_every_page_is_within_reach_of_the_index():
    reached: set[Path] = set()
    waiting = [ROOT / "docs" / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.exists():
            continue
        reached.add(page)
        links = re.findall(r"\]\(([^)#\s]+\.md)", page.read_text())
        waiting.extend((page.parent / link).resolve() for link in links if "://" not in link)

    assert {page for page in PAGES if "docs" in page.parts} <= reached


def test_commands_of_make_that_pages_name_are_there():
    rules = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = "\n".join(page.read_text() for page in PAGES)
    named = set(re.findall(r"(?:`make |^make (?=[a-z-]+$))([a-z-]+)", text, re.MULTILINE))

    assert named <= rules
    assert {"run", "test"} <= named
