"""No text of ours or of a stranger becomes a command of its own on an IMAP line."""

from tests.mail.hostile_arguments import through_every_call
from tests.servers.scripted_imap import ScriptedImap


def test_each_call_is_one_command_or_a_refusal(scripted_imap: ScriptedImap) -> None:
    counts = through_every_call(scripted_imap, 60, seed=29)
    assert counts["sent"] + counts["refused"] == 5 * 60
    assert min(counts.values()) > 50
