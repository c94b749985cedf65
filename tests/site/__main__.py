"""Build the documentation site into `site/`, strictly, and check every link of it: `python -m tests.site`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import Final

from tests.site.links import faults_of
from tests.site.pages import ROOT, stage

STAGED: Final = ROOT / "build" / "docs"
BUILT: Final = ROOT / "site"
"""Both as `zensical.toml` names them."""


def main() -> int:
    """Build and check; return the exit code."""
    for folder in (STAGED, BUILT):
        shutil.rmtree(folder, ignore_errors=True)
    stage(STAGED)
    built = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--clean"],
        cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if built.returncode:
        print(built.stdout, file=sys.stderr)
        return built.returncode
    faults = faults_of(BUILT)
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"{len(list(BUILT.rglob('*.html')))} pages in {BUILT.relative_to(ROOT)}/; every link leads somewhere.")
    return 1 if faults else 0


sys.exit(main())
