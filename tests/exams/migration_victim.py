"""A program that upgrades a desk and is killed, or says how many steps there are to die at."""

from deskapp.data import migrating
from deskapp.data.database import Database
from deskapp.data.upgrade import open_desk
from tests.data.later import NEWEST, become

from .dying import Steps


def run_and_die(url: str, place: int, delay: float) -> int:
    """Upgrades the desk to the newest schema of the tests; the number of its steps."""
    steps = Steps(place, delay)
    steps.listen(migrating)
    become(NEWEST)
    database = Database(url)
    open_desk(database)
    database.close()
    return steps.passed
