"""A program that moves a desk and is killed, or says how many steps there are to die at."""

from deskapp.data import move_into
from deskapp.desk.upkeep import move

from .dying import Steps


def move_and_die(url: str, to: str, place: int, delay: float) -> int:
    """Moves the desk; the number of its steps."""
    steps = Steps(place, delay)
    steps.listen(move_into)
    move(url, to)
    return steps.passed
