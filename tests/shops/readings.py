"""What was assumed in the reading of an order file."""

from deskapp.domain.order_files import Assumption, Reading


def decided(reading: Reading) -> set[Assumption]:
    return {one.what for one in reading.assumed}
