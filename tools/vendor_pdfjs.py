"""Renews ideascube/static/vendor/pdfjs from npm: `tools/vendor_pdfjs.py 6.5.438`. For contributors, by hand; needs npm.

Left out: the viewer (ours is static/pdf.js), scripting of PDFs, fonts (phones have some), maps from source to build.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "ideascube" / "static" / "vendor" / "pdfjs"
PICKED = (
    "LICENSE",
    "legacy/build/pdf.min.mjs",
    "legacy/build/pdf.worker.min.mjs",
    "cmaps/*",
    "wasm/openjpeg.wasm",
    "wasm/jbig2.wasm",
    "wasm/qcms_bg.wasm",
    "wasm/LICENSE_*JBIG2",
    "wasm/LICENSE_*OPENJPEG",
    "wasm/LICENSE_*QCMS",
)
FLAT = "legacy/build"  # whose files lie in the folder itself


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version", help="a release of pdfjs-dist")
    version = parser.parse_args().version
    with tempfile.TemporaryDirectory() as folder:
        package = fetched(version, Path(folder))
        shutil.rmtree(VENDOR, ignore_errors=True)
        for pattern in PICKED:
            for source in package.glob(pattern):
                put(source, VENDOR / source.relative_to(package / FLAT if FLAT in str(source) else package))
    (VENDOR / "VERSION").write_text(f"{version}\n")


def fetched(version: str, folder: Path) -> Path:
    """The package, unpacked; npm checks it by the registry's hash."""
    packing = ["npm", "pack", "--silent", f"pdfjs-dist@{version}"]
    archive = subprocess.run(packing, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
    with tarfile.open(folder / archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
