"""What juniors wrote, before it leaves."""

from .in_shell import InShell, show_approvals
from .panel import ApprovalPanel

__all__ = ["ApprovalPanel", "InShell", "show_approvals"]
