"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of real books and highlight files beside the checkout; the test skips without it."""
    folder = CHECKOUT.parent / "shared"
    if not (folder / "samples").is_dir():
        pytest.skip("no ../shared beside the checkout")
    return folder


@pytest.fixture(scope="session")
def samples(shared: Path) -> Path:
    """Folder of the sample files in `shared`."""
    return shared / "samples"
