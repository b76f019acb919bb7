"""E06: the server forgets its UIDs. Notes, owners and tickets stay; nothing is lost or doubled."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from deskapp.engine.once import run_once
from tests.stories.shop import SUPPORT, Shop

from .books import Ledger, desk_hashes
from .post import Post

_NAMED = "Shop"
_MESSAGES = "SELECT id, ticket_id, direction, sha256 FROM message"
_OWNERS = "SELECT id, number, customer_id, assignee_id FROM ticket"
_HERE = (
    "SELECT count(*) FROM server_mail s JOIN folder f ON f.id = s.folder_id "
    "AND f.uidvalidity = s.uidvalidity WHERE s.state = 'stored' AND s.message_id IS NOT NULL"
)
_EPOCHS = "SELECT count(*) FROM (SELECT DISTINCT folder_id, uidvalidity FROM server_mail) AS epochs"


@dataclass
class Server:
    """Two watched folders, and what a person of the team does on the server meanwhile."""

    shop: Shop
    random: Random
    post: Post
    lying: dict[str, list[bytes]] = field(default_factory=dict)  # in each folder now

    def fill(self, folder: str, count: int) -> None:
        """New mail."""
        letters = self.post.take(count)
        self.shop.account.deliver(*letters, folder=folder)
        self.lying.setdefault(folder, []).extend(letters)

    def reset(self, folder: str) -> None:
        """Some mails go, some come, and all others have new UIDs in another order."""
        kept = [one for one in self.lying[folder] if self.random.random() > 0.1]
        self.random.shuffle(kept)
        account = self.shop.account
        if folder == "INBOX":  # which cannot be deleted: it is emptied, and its UIDs are forgotten
            account.remove(account.uids())
            account.renew_uidvalidity()
        else:
            with account.connection() as client:
                client.delete_folder(folder)
            account.add_folder(folder)
        self.lying[folder] = []
        account.deliver(*kept, folder=folder)
        self.lying[folder] = kept
        self.fill(folder, self.random.randrange(1, 6))


def reset_often(shop: Shop, times: int, mails: int, seed: int, tell: Callable[[str], None]) -> None:
    """Resets one of two folders ``times`` times between pulls; people work on the tickets."""
    shop.account.add_folder(_NAMED)
    shop.run("mailbox", "remove", SUPPORT)
    shop.add_mailbox(shop.account.port, "--folder", _NAMED)
    server = Server(shop, Random(seed), Post(seed, large=False))
    for folder in ("INBOX", _NAMED):
        server.fill(folder, mails // 2)
    _pull(shop)
    with Ledger(shop.url) as ledger:
        for _ in range(times):
            _work(shop, server.random)
            messages, owners = ledger.rows(_MESSAGES), ledger.rows(_OWNERS)
            server.reset(server.random.choice(("INBOX", _NAMED)))
            _pull(shop)
            assert messages <= ledger.rows(_MESSAGES), "a message has moved"
            assert owners <= ledger.rows(_OWNERS), "an owner or a customer is lost"
            assert ledger.count(_HERE) == sum(map(len, server.lying.values()))
        assert ledger.count(_EPOCHS) == times + 2, "the server did not reset"
    written = {hashlib.sha256(one).hexdigest() for one in server.post.written}
    here = desk_hashes(shop)
    notes = here.pop("", 0)
    assert (set(here), max(here.values())) == (written, 1)
    assert notes == times
    report = shop.json("check")
    assert report["ok"], report["problems"]
    tell(f"seed {seed}: {times} resets, {len(server.post.written)} mails, {notes} notes kept")


def _work(shop: Shop, random: Random) -> None:
    """A note on one ticket, an owner for another."""
    tickets = shop.json("ticket", "list", "--view", "all", "--limit", "500")
    noted, owned = (random.choice(tickets)["number"] for _ in range(2))
    shop.run("ticket", "note", str(noted), "--text", "Called them; they will send a picture.")
    shop.run("ticket", "set", str(owned), "--assignee", random.choice(("Anna", "")))


def _pull(shop: Shop) -> None:
    [box] = run_once(shop.url).mailboxes
    assert (box.problem, box.held) == (None, 0)
