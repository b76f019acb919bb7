"""How mail to many people says so, and how each of them gets rid of it (RFC 2369, RFC 8058)."""

import re
from collections.abc import Sequence

from deskapp.domain.problem import Problem, ProblemKind

# No blank, comma or angle bracket: they end an address in this field (RFC 2369, section 2).
_ADDRESS = re.compile(r"(?:mailto:|https://)[!#-+\--;=?-~]{3,900}", re.IGNORECASE)


def list_fields(unsubscribe: Sequence[str]) -> list[str]:
    """The fields of a mail to many, none for any other: ``unsubscribe`` are addresses, ``mailto:``
    or ``https:``, the preferred one first.

    Programs offer one click where an https address is among them. Answering machines leave mail
    of this precedence alone (RFC 3834). Raises ``Problem(INVALID, what="unsubscribe")``.
    """
    if not unsubscribe:
        return []
    for one in unsubscribe:
        if not _ADDRESS.fullmatch(one):
            raise Problem(ProblemKind.INVALID, what="unsubscribe", value=one[:200])
    fields = ["List-Unsubscribe: " + ",\r\n ".join(f"<{one}>" for one in unsubscribe)]
    if any(one.lower().startswith("https:") for one in unsubscribe):
        fields.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return [*fields, "Precedence: bulk"]
