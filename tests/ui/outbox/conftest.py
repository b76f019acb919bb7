"""The outbox over the same real desk as the composer."""

from tests.ui.compose.conftest import counter

__all__ = ["counter"]
