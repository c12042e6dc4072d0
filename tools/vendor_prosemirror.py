"""Renews ideascube/static/vendor/prosemirror from npm: `tools/vendor_prosemirror.py`. For contributors, by hand; needs
npm.

ProseMirror comes in modules that name each other as node does: esbuild makes one file of them that browsers load. Which
releases is said here, so that the same file can be made again.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "ideascube" / "static" / "vendor" / "prosemirror"
ESBUILD = "esbuild@0.28.2"
PACKAGES = {
    "prosemirror-model": "1.25.13",
    "prosemirror-state": "1.4.4",
    "prosemirror-view": "1.42.9",
    "prosemirror-transform": "1.12.6",
    "prosemirror-commands": "1.7.2",
    "prosemirror-keymap": "1.2.3",
    "prosemirror-history": "1.5.1",
    "prosemirror-schema-list": "1.6.0",
    "prosemirror-inputrules": "1.6.0",
    "prosemirror-gapcursor": "1.4.1",
}
# What static/write-rich.mjs uses.
USED = """
export { Schema, DOMParser, DOMSerializer, Fragment, Slice } from "prosemirror-model";
export { EditorState, Plugin, TextSelection, NodeSelection } from "prosemirror-state";
export { EditorView } from "prosemirror-view";
export { baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
export { keymap } from "prosemirror-keymap";
export { history, undo, redo, undoDepth, redoDepth } from "prosemirror-history";
export { wrapInList, splitListItem, liftListItem, sinkListItem } from "prosemirror-schema-list";
export { inputRules, wrappingInputRule, textblockTypeInputRule } from "prosemirror-inputrules";
export { gapCursor } from "prosemirror-gapcursor";
"""
OLDEST = "es2017"  # of browsers that load modules


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "package.json").write_text(json.dumps({"private": True, "dependencies": PACKAGES}))
        run(folder, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", ESBUILD)
        (folder / "used.mjs").write_text(USED)
        VENDOR.mkdir(parents=True, exist_ok=True)
        bundle(folder, VENDOR / "prosemirror.mjs")
        (VENDOR / "LICENSE").write_text(licences(folder))
        (VENDOR / "VERSION").write_text("".join(f"{name} {version}\n" for name, version in PACKAGES.items()))


def bundle(folder: Path, target: Path) -> None:
    options = ("--bundle", "--minify", "--format=esm", f"--target={OLDEST}", "--legal-comments=none")
    run(folder, "node_modules/.bin/esbuild", "used.mjs", *options, f"--outfile={target}")


def licences(folder: Path) -> str:
    """Of everything that is in the file, each text once."""
    texts: dict[str, list[str]] = {}
    for path in sorted((folder / "node_modules").glob("*/LICENSE")):
        if path.parent.name != "esbuild":
            texts.setdefault(path.read_text().strip(), []).append(path.parent.name)
    return "\n".join(f"{', '.join(names)}:\n\n{text}\n" for text, names in texts.items())


def run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True)


if __name__ == "__main__":
    main()
