"""Replies on their way: what waits, what failed, what may have been sent."""

from .panel import OutboxPanel

__all__ = ["OutboxPanel"]
