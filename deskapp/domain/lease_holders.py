"""Who works on a mailbox: the name under which an engine holds its lease, made and read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holder:
    """A machine and the number of the process there; None where the name does not tell."""

    machine: str
    process: int | None


def machine_name(node: str) -> str:
    """A machine's network name as it stands in a holder's; "" where it has none."""
    return "".join(letter for letter in node[:40] if letter.isalnum() or letter in "-.")


def holder_name(node: str, card: int, process: int, word: str) -> str:
    """The network card's number stands besides: containers and cloned machines share names."""
    return f"{machine_name(node)}:{card:012x}:{process}:{word}"


def read_holder(name: str) -> Holder:
    """Takes a holder's name apart; one of another shape is a machine's name as it is."""
    parts = name.split(":")
    if len(parts) == 4 and parts[2].isdigit():
        return Holder(parts[0], int(parts[2]))
    return Holder(name, None)
