"""What a junior answers on the command line is handed in instead of sent."""

from typing import TYPE_CHECKING

import typer

from .output import show_json

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.kinds import TicketStatus
    from deskapp.domain.replies import Draft


def hand_in(
    desk: "Desk",
    draft: "Draft",
    status: "TicketStatus | None",
    act: str | None,
    anyway: bool,
    number: int,
    as_json: bool,
) -> None:
    """Hands a reply in and says so. Raises Problem as ``Approvals.submit`` does."""
    one = desk.approvals.submit(draft, status=status, anyway=anyway, act=act)
    if as_json:
        show_json({"ticket": number, "approval": one})
    else:
        typer.echo(f"The reply waits for a senior's approval as {one}. Nothing was sent.")
