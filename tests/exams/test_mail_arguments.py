"""E29: 2 000 strings through every call to an IMAP server that takes a text."""

from collections.abc import Callable

from tests.mail.hostile_arguments import through_every_call
from tests.servers.scripted_imap import ScriptedImap

_STRINGS = 2000
_SEED = 2026


def test_no_control_character_reaches_the_line(
    scripted_imap: ScriptedImap, tell: Callable[[str], None]
) -> None:
    counts = through_every_call(scripted_imap, _STRINGS, _SEED)
    assert sum(counts.values()) == 5 * _STRINGS
    tell(f"seed {_SEED}: {counts['sent']} calls went out as one command, "
         f"{counts['refused']} were refused, 0 control characters on the line")  # fmt: skip
