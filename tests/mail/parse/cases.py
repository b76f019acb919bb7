"""Where other projects' mail lies, if it lies beside the checkout."""

from pathlib import Path

import pytest

FOLDER = (Path(__file__).parents[3] / ".." / "shared" / "mail-cases").resolve()


def cases(name: str) -> Path:
    """A folder of mail-cases; the test is skipped with the reason where it is absent."""
    folder = FOLDER / name
    if not folder.exists():
        pytest.skip(f"mail-cases/{name} is not beside the checkout")
    return folder
