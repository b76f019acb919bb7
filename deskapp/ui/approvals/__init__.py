"""What juniors wrote, before it leaves."""

from .panel import ApprovalPanel, show_approvals

__all__ = ["ApprovalPanel", "show_approvals"]
