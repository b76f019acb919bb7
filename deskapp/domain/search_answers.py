"""What a search answers besides its list of tickets."""

from dataclasses import dataclass

from .tickets import Found


@dataclass(frozen=True, slots=True)
class SearchGroups:
    """The first customers, orders and canned replies, each with how many there are.

    ``as_text``: what looked like an operator and was searched as text.
    """

    customers: tuple[Found, ...] = ()
    orders: tuple[Found, ...] = ()
    canned: tuple[Found, ...] = ()
    as_text: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.customers or self.orders or self.canned)
