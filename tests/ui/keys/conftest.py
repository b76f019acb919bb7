"""Every test leaves the keys as they were."""

from collections.abc import Iterator

import pytest

from deskapp.ui.keys.keymap import keymap


@pytest.fixture(autouse=True)
def usual_keys() -> Iterator[None]:
    yield
    keymap().choose("default", {})
