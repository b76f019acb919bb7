"""What juniors wrote, before it leaves."""

from .in_shell import InShell
from .panel import ApprovalPanel, show_approvals

__all__ = ["ApprovalPanel", "InShell", "show_approvals"]
