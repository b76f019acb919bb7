"""The second look before a reply leaves, on a large desk: it runs beside the window, never in it.

python3 dev.py bench second_look [TICKETS] [ROUNDS]
"""

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from sqlalchemy import insert

from bench.big_desk import NOW, build
from deskapp.data.database import Database
from deskapp.data.tables.mail import mailbox
from deskapp.data.tables.orders import order_source, shop_order
from deskapp.domain.ids import TicketId
from deskapp.domain.orders import number_key
from deskapp.wiring import open_house

_SENTENCE = "Hello Mai Lan, order #{number} for Nguyễn Văn Minh leaves today, as Olga Weber said. "
_LONG = 200  # sentences, about 20 000 characters


def _shop(database: Database, orders: int) -> None:
    """An address to answer from, and an order of somebody for each ticket."""
    with database.writing() as unit:
        run = unit.connection.execute
        box = {"address": "support@shop.example", "address_key": "support@shop.example"}
        servers = {
            f"{kind}_{fact}": value
            for kind in ("imap", "smtp")
            for fact, value in (("host", "::1"), ("port", 1), ("security", "none"), ("user", "u"))
        }
        run(insert(mailbox), {**box, **servers, "created_at": NOW})
        run(insert(order_source), {"id": 1, "name": "Shop", "kind": "file"})
        run(
            insert(shop_order),
            [
                {
                    "source_id": 1,
                    "number": str(one),
                    "number_key": number_key(str(one)),
                    "email_key": f"c{one}@mail.example",
                    "status": "open",
                    "seen_at": NOW,
                }
                for one in range(10_000, 10_000 + orders)
            ],
        )


def main(tickets: int = 100_000, rounds: int = 20) -> None:
    """Measures and prints milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "desk.db"
        database = build(path, tickets)
        _shop(database, tickets)
        database.close()
        desk = open_house(f"sqlite:///{path}")
        try:
            short, long = (
                "".join(_SENTENCE.format(number=10_000 + one) for one in range(sentences))
                for sentences in (3, _LONG)
            )
            for words, body in (("short", short), ("20 000 characters", long)):
                taken = []
                for one in range(rounds):
                    draft = replace(desk.replies.draft(TicketId(1 + one)), body=body)
                    begun = time.perf_counter()
                    desk.replies.cautions(draft)
                    taken.append((time.perf_counter() - begun) * 1000)
                print(f"{words}: median {median(taken):.1f} ms, longest {max(taken):.1f} ms")
        finally:
            desk.close()


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
