"""Why a ticket went to somebody, as commands say it."""

from datetime import datetime

from deskapp.domain.assigning import How, Why

from .output import when

_GIVEN = {
    How.ROUND_ROBIN: "by turns",
    How.FEWEST: "fewest open tickets: {count}",
    How.STANDS_IN: "stands in for {after}",
    How.AWAY: "{after} is away; it is given out when somebody comes",
}


def why_words(why: Why, now: datetime) -> str:
    """ "by turns in the team Billing, next after Bình"."""
    if why.how is How.TAKEN:
        return _promise(why, now)
    said = _GIVEN[why.how].replace("{count}", str(why.count)).replace("{after}", why.after)
    team = f" in the team {why.team}" if why.team else ""
    turn = f", next after {why.after}" if why.how is How.ROUND_ROBIN and why.after else ""
    return f"{said}{team}{turn}"


def _promise(why: Why, now: datetime) -> str:
    told = []
    if why.back:
        told.append("it came back from a snooze")
    if why.waiting is not None:
        told.append(f"waiting since {when(why.waiting)}")
    if why.due is not None:
        minutes = round((why.due - now).total_seconds() / 60)
        told.append(f"due in {_span(minutes)}" if minutes >= 0 else f"overdue by {_span(-minutes)}")
    return ", ".join(told) or "no one has it"


def _span(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"
