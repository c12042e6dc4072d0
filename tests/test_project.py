"""What a newcomer and the machine that checks changes rely on: the lock files, the commands of the Makefile, layers."""

from __future__ import annotations

import ast
import os
import re
import shutil
import stat
import subprocess
import sys
from importlib.metadata import entry_points, packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("run", "dev")}
OURS = ("content_packs", "provisioning", "ideascube")
PIN = re.compile(r"^([a-z0-9-]+)==([^ ]+)", re.MULTILINE)
NO_NETWORK = re.compile("Failed to fetch|network was disabled|error sending request|dns error")


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=100
    )


def pins(lock: Path) -> dict[str, str]:
    return dict(PIN.findall(lock.read_text()))


def in_venv(name: str) -> Path:
    """A program of the environment that runs the tests."""
    program = Path(sys.executable).with_name(name)
    if not program.exists():
        pytest.skip(f"{name} is not installed: make test installs it")
    return program


# Debian 12 has glibc 2.36, so wheels for 2.28 and older run there.
@pytest.mark.parametrize("python", ["3.11", "3.13"])
@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_a_wheel_of_everything_for_64_bit_arm(lock: str, python: str, tmp_path: Path):
    resolved = run(
        in_venv("uv"), "--no-config", "pip", "install", "--dry-run", "--target", tmp_path, "--no-deps",
        "--python", sys.executable, "--python-version", python, "--python-platform", "aarch64-manylinux_2_28",
        "--only-binary", ":all:", "--require-hashes", "--requirement", LOCKS[lock],
    )  # fmt: skip
    if resolved.returncode and NO_NETWORK.search(resolved.stderr):
        pytest.skip("the package index cannot be reached")

    assert resolved.returncode == 0, resolved.stderr
    assert "libzim" in resolved.stderr


def test_locks_agree_with_each_other():
    run_pins, dev_pins = pins(LOCKS["run"]), pins(LOCKS["dev"])

    assert run_pins.items() <= dev_pins.items()


def test_locks_hold_a_hash_of_everything_and_no_address():
    for lock in LOCKS.values():
        blocks = re.split(r"^(?=[a-z0-9-]+==)", lock.read_text(), flags=re.MULTILINE)[1:]

        assert [] == [block.split()[0] for block in blocks if "--hash=sha256:" not in block]
        assert "://" not in lock.read_text()
        assert "index-url" not in lock.read_text()


def test_locks_hold_what_the_project_asks_for(tmp_path: Path):
    """`make lock` was run after the last change of pyproject.toml: with the lock as a start, nothing would change."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "uv").symlink_to(in_venv("uv"))
    for stamp in (".made", ".run", ".dev"):
        (tmp_path / ".venv" / stamp).touch()
    made = run("make", "--file", ROOT / "Makefile", "lock", cwd=tmp_path)
    if made.returncode and NO_NETWORK.search(made.stderr):
        pytest.skip("the package index cannot be reached")

    assert made.returncode == 0, made.stderr
    assert pins(LOCKS["run"]) == pins(tmp_path / "requirements" / "run.txt")
    assert pins(LOCKS["dev"]) == pins(tmp_path / "requirements" / "dev.txt")


def test_layers_are_kept():
    checked = run(in_venv("lint-imports"), "--no-cache")

    assert checked.returncode == 0, checked.stdout


def test_layers_are_checked(tmp_path: Path):
    """The contracts are not empty: a pack that imports the server, or asyncio, is found; so is trust with a run."""
    for package in ("content_packs", "provisioning", "ideascube"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    for part in (ROOT / "provisioning").glob("[a-z]*"):
        (tmp_path / "provisioning" / part.with_suffix(".py").name).touch()
    (tmp_path / "content_packs" / "__init__.py").write_text("import ideascube\nimport asyncio\n")
    (tmp_path / "provisioning" / "trust.py").write_text("import provisioning.syncing\n")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    checked = run(in_venv("lint-imports"), "--no-cache", cwd=tmp_path, PYTHONPATH=str(tmp_path))

    assert checked.returncode != 0
    assert "content_packs is not allowed to import ideascube" in checked.stdout
    assert "provisioning.trust is not allowed to import provisioning.syncing" in checked.stdout
    assert "content_packs is not allowed to import asyncio" in checked.stdout


def test_what_the_program_imports_is_in_the_lock():
    trees = [ast.parse(path.read_text()) for name in OURS for path in (ROOT / name).rglob("*.py")]
    modules = {module for tree in trees for module in imported(tree)} - sys.stdlib_module_names - set(OURS)
    distributions = packages_distributions()

    assert {
        module for module in modules if not pins(LOCKS["run"]).keys() & names(distributions.get(module, []))
    } == set()


def imported(tree: ast.Module) -> set[str]:
    """The top-level modules that are imported anywhere in a module."""
    nodes = list(ast.walk(tree))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.partition(".")[0] for name in plain | parts}


def names(distributions: list[str]) -> set[str]:
    return {re.sub(r"[-_.]+", "-", name).lower() for name in distributions}


@pytest.mark.parametrize("name", ["demo", "pack", "serve", "stats"])
def test_every_registered_command_can_be_loaded(name: str):
    (point,) = entry_points(group="ideascube.commands", name=name)

    assert name == point.load().name


def python_that(folder: Path, script: str) -> Path:
    """A Python that answers as `script` (shell, `$*` being its arguments) says."""
    python = folder / "python-of-this-machine"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    return python


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ('case "$*" in *ensurepip*) exit 1;; esac', "Run: apt-get install python3-venv"),
        ('case "$*" in *version_info*) exit 1;; esac', "needs Python 3.11 or newer"),
    ],
)
def test_make_says_what_a_python_lacks(tmp_path: Path, script: str, sentence: str):
    copy = copy_of_the_project(tmp_path)
    made = run("make", "run", f"PYTHON={python_that(tmp_path, script)}", cwd=copy)

    assert made.returncode != 0
    assert sentence in made.stderr
    assert not (copy / ".venv").exists()


def test_make_says_that_python_is_missing(tmp_path: Path):
    made = run("make", "run", "PYTHON=python-not-here", cwd=copy_of_the_project(tmp_path))

    assert made.returncode != 0
    assert "There is no program 'python-not-here' here." in made.stderr


def copy_of_the_project(folder: Path) -> Path:
    copy = folder / "ideascube"
    shutil.copytree(ROOT / "requirements", copy / "requirements")
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, copy)
    return copy


def test_make_alone_lists_its_commands():
    listed = run("make", MAKEFLAGS="").stdout

    for command in ("run", "test", "lint", "bench", "lock", "clean", "help"):
        assert re.search(rf"^make {command} +[A-Z]", listed, re.MULTILINE)


TWO_TESTS = """
import pytest
def test_that_runs(): pass
def test_without_its_program(): pytest.skip("needs a program that is not here")
"""


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_skipped_tests_are_summed_up_and_refused_where_changes_are_checked(tmp_path: Path, ci: str, code: int):
    (tmp_path / "test_two.py").write_text(TWO_TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    shutil.copy(ROOT / "tests" / "skips.py", tmp_path)
    tested = run(
        sys.executable, "-m", "pytest", "-p", "skips", "-p", "no:cacheprovider", cwd=tmp_path,
        CI=ci, PYTHONPATH=str(tmp_path),
    )  # fmt: skip

    assert code == tested.returncode
    assert "1 × needs a program that is not here" in tested.stdout
    assert ("test_two.py::test_without_its_program" in tested.stdout) == bool(ci)
    assert "1 passed, 1 skipped" in tested.stdout.splitlines()[-1]
