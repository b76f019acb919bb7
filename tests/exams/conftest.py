"""The exams are held in the same shop as the stories."""

from tests.stories.conftest import shop

__all__ = ["shop"]
