"""Which changes a team must be able to answer for, table by table and column by column.

Told are: who may do what, where mail and orders come from and leave by, what goes to customers,
what people did to tickets and customers, and the deletion of what was meant to stay. Not told is
mail that comes in, which the ledger tells, and what programs keep for themselves: looks at servers,
presence, drafts, the search index.

A customer's own data never stands in the audit, or erasing them would break it: of such a column
(``kept_back``) it says that it changed. Long texts of ours stand as their length and SHA-256
(``hashed``): one can be proved and not read.
"""

from dataclasses import dataclass

from sqlalchemy import Table

from .tables import metadata

_ALL = ("INSERT", "UPDATE", "DELETE")
_STAYS = ("UPDATE", "DELETE")
_NEVER = frozenset({"version", "created_at", "updated_at"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What is told of one table.

    ``plain``: the columns told as they are; None: all that are not named otherwise. ``left``:
    columns that change by themselves. ``by_people``: a new row is told only when it names an agent.
    """

    name: str
    verbs: tuple[str, ...] = _ALL
    plain: tuple[str, ...] | None = None
    hashed: tuple[str, ...] = ()
    kept_back: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    by_people: bool = False

    @property
    def table(self) -> Table:
        return metadata.tables[self.name]

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.table.primary_key.columns)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns told as they are."""
        if self.plain is not None:
            return self.plain
        other = {*self.key, *self.hashed, *self.kept_back, *self.left, *_NEVER}
        return tuple(column.name for column in self.table.c if column.name not in other)

    @property
    def watched(self) -> tuple[str, ...]:
        """Every column whose change is told."""
        return (*self.columns, *self.hashed, *self.kept_back)

    @property
    def whole(self) -> bool:
        """Whether all that happens to a row is told: then it must stand as it was told last."""
        return self.verbs == _ALL and not self.by_people


_PERSON = ("name", "family_name", "given_name", "call_name", "honorific", "must_know")
_POINT = ("value", "value_key", "label", "network")
_MAIL_HEAD = ("sender_name", "sender_address", "subject", "message_id", "sha256")

RULES: tuple[Rule, ...] = (
    # Who may do what.
    Rule("agent", hashed=("signature",)),
    Rule("team"),
    Rule("act_switch", plain=("agent_id",)),
    Rule("act_cap"),
    Rule(
        "desk_info",
        kept_back=("secret",),
        left=("folding_version", "refolding_version", "refolded_from", "read_with", "arriving"),
    ),
    # Where mail and orders come from and leave by.
    Rule(
        "mailbox",
        hashed=("signature",),
        left=(
            *("smtp_size", "state", "state_detail", "state_since", "retry_at", "asked"),
            *("last_attempt_at", "last_success_at", "stopped", "stopped_until_start"),
        ),
    ),
    Rule("folder", verbs=("UPDATE",), plain=("watched",)),
    Rule(
        "order_source",
        hashed=("mapping", "settings"),
        left=("mark", "shortfalls", "trouble", "read_at", "tried_at", "next_at"),
    ),
    # What goes to customers.
    Rule("canned_reply", hashed=("actions",)),
    Rule("canned_text", hashed=("body",)),
    Rule("canned_file"),
    Rule("signature", hashed=("body",)),
    Rule("auto_reply", plain=("canned_id", "since", "paused_at")),
    Rule(
        "approval",
        hashed=("body", "comment", "final_body"),
        left=(
            *("html", "recipients", "files", "unless_answered", "act"),
            *("final_html", "final_recipients", "final_files"),
        ),
    ),
    Rule("outbox", plain=("ticket_id", "mailbox_id", "agent_id", "message_row_id", "state")),
    Rule(
        "order_act",
        plain=(
            *("source_id", "order_id", "ticket_id", "kind", "state", "amount", "currency"),
            *("asked_by", "approved_by", "settled_by"),
        ),
    ),
    Rule("return_case", plain=("order_id", "ticket_id", "kind", "state", "refund_state")),
    # What people did to tickets: each is an event, and the ticket itself is watched past them.
    Rule("event", plain=("ticket_id", "kind", "agent_id", "message_id"), by_people=True),
    Rule(
        "ticket",
        verbs=_STAYS,
        plain=("status", "priority", "customer_id", "assignee_id", "team_id", "merged_into"),
    ),
    Rule(
        "message",
        verbs=_STAYS,
        plain=("ticket_id", "direction", "kind", "agent_id", "side_id", "withdrawn", "at"),
        kept_back=_MAIL_HEAD,
    ),
    Rule("message_body", verbs=("UPDATE",), plain=(), kept_back=("text", "reply_text", "html")),
    Rule("server_mail", verbs=("DELETE",), plain=("folder_id", "uid", "state")),
    Rule("custom_field"),
    Rule("tag", plain=("name", "merged_into")),
    # What people did to customers. What a field was and became stands in customer_change, and goes
    # with the person.
    Rule(
        "customer",
        verbs=_STAYS,
        plain=("merged_into", "vip"),  # the company is filing's to guess, for each new sender
        kept_back=_PERSON,
    ),
    Rule("contact_point", verbs=_STAYS, plain=("customer_id", "kind"), kept_back=_POINT),
    Rule(
        "customer_change",
        plain=("customer_id", "field", "agent_id"),
        kept_back=("old", "new"),
        by_people=True,
    ),
    Rule("customer_merge", plain=("kept_id", "merged_id", "agent_id", "undone_at")),
    Rule("consent", kept_back=("reason", "source")),
    Rule("legal_hold", kept_back=("reason",)),
    Rule("erasure", plain=("agent_id", "mode"), hashed=("counts",)),
    Rule("shop_order", verbs=("DELETE",), plain=("source_id",)),
)
