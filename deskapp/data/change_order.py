"""What a desk on PostgreSQL and its programs agree upon about the change log."""

CHANGE_LOCK = 0x6465736B
"""The advisory lock ("desk") that is held from a change row's number, which is given within its
COMMIT, to the end of that. The trigger of ``migrations/first/change_log.py`` takes it, so that no
program can number rows beside it."""

NOTIFY_CHANNEL = "deskapp_change"
