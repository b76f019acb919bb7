"""The composer: where replies and notes are written and leave."""

from .composer import Composer

__all__ = ["Composer"]
