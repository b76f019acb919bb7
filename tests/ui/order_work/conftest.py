"""The ground of this folder's stories."""

from tests.ui.real_desk import bridge, desk, shell, work

__all__ = ["bridge", "desk", "shell", "work"]
