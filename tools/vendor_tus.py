"""Renews ideascube/static/vendor/tus from npm: `tools/vendor_tus.py 4.3.1`. For contributors, by hand; needs npm.

tus-js-client as its makers build it for browsers, in ECMAScript 5.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "ideascube" / "static" / "vendor" / "tus"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version", help="a release of tus-js-client")
    version = parser.parse_args().version
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        package = fetched(version, Path(folder))
        for name in ("LICENSE", "dist/tus.min.js"):
            shutil.copyfile(package / name, VENDOR / Path(name).name)
    (VENDOR / "VERSION").write_text(f"{version}\n")


def fetched(version: str, folder: Path) -> Path:
    """The package, unpacked; npm checks it by the registry's hash."""
    packing = ["npm", "pack", "--silent", f"tus-js-client@{version}"]
    archive = subprocess.run(packing, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
    with tarfile.open(folder / archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


if __name__ == "__main__":
    main()
