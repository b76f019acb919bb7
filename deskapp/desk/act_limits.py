"""What an admin allows people to do in shops: switches by source and kind, limits by role."""

import platform
from collections.abc import Mapping
from decimal import Decimal

from deskapp.data.database import Unit
from deskapp.data.queries import act_audit, act_limits
from deskapp.data.queries.act_audit import Step
from deskapp.data.queries.order_sources import source_rows
from deskapp.domain.identity import ROLES
from deskapp.domain.ids import OrderSourceId
from deskapp.domain.last_edits import About
from deskapp.domain.order_act_rows import Cap
from deskapp.domain.order_acts import ActKind
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context
from .last_edits import edited
from .roles import require_admin

WRITABLE = ("shopify", "woocommerce", "magento")
"""Kinds of sources that can be written to; the others have the order form."""


class ActLimits:
    """Everything is off and at nothing until an admin says otherwise; each change is audited."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def switches(self) -> Mapping[OrderSourceId, frozenset[ActKind]]:
        """What is on, by source; sources that can be written to only."""
        with self._database.reading() as connection:
            return {
                one.id: act_limits.switched_on(connection, one.id)
                for one in source_rows(connection)
                if one.kind in WRITABLE
            }

    def switch(self, source: OrderSourceId, kind: ActKind, on: bool) -> None:
        """Admins only. Raises Problem INVALID (what="admin_only", "act_source"), NOT_FOUND."""
        at, by = self._context.now(), self._context.agent
        with self._database.writing() as unit:
            require_admin(unit.connection, by)
            self._writable(source)
            if act_limits.switch(unit, source, kind, on, by=by, at=at):
                facts = f"source {source} {kind}"
                step = Step("allow" if on else "forbid", at, by, platform.node(), facts=facts)
                act_audit.write_down(unit, None, step)

    def caps(self) -> tuple[Cap, ...]:
        """All limits, by role and currency."""
        with self._database.reading() as connection:
            return act_limits.caps(connection)

    def set_cap(
        self,
        role: str,
        currency: str,
        most: Decimal,
        alone: Decimal,
        seen: tuple[Cap, ...] | None = None,
    ) -> None:
        """Admins only. ``alone`` is at most ``most``. Raises Problem INVALID (what="admin_only",
        "role", "currency", "cap"), or CHANGED_MEANWHILE (what="act_cap") where a colleague has set
        it otherwise than it was ``seen``."""
        code = one_line(currency).upper()
        if role not in ROLES:
            raise Problem(ProblemKind.INVALID, what="role", value=role)
        if not (len(code) == 3 and code.isascii() and code.isalpha()):
            raise Problem(ProblemKind.INVALID, what="currency", value=currency)
        fits = most.is_finite() and alone.is_finite() and 0 <= alone <= most
        if not fits:
            raise Problem(ProblemKind.INVALID, what="cap", value=f"{alone} / {most}")
        with self._database.writing() as unit:
            by = require_admin(unit.connection, self._context.agent).id
            self._as_seen(unit, role, code, seen, (most, alone))
            act_limits.set_cap(unit, Cap(role, code, most, alone))
            edited(self._context, unit, About.CAPS)
            facts = f"{role} {code} most {most:f} alone {alone:f}"
            step = Step("limit", self._context.now(), by, platform.node(), facts=facts)
            act_audit.write_down(unit, None, step)

    def drop_cap(self, role: str, currency: str, seen: tuple[Cap, ...] | None = None) -> None:
        """Nothing may be moved in this currency by this role any more. Admins only. Raises Problem
        CHANGED_MEANWHILE as ``set_cap``."""
        with self._database.writing() as unit:
            by = require_admin(unit.connection, self._context.agent).id
            self._as_seen(unit, role, currency, seen, None)
            act_limits.drop_cap(unit, role, currency)
            edited(self._context, unit, About.CAPS)
            facts = f"{role} {currency} none"
            step = Step("limit", self._context.now(), by, platform.node(), facts=facts)
            act_audit.write_down(unit, None, step)

    def _as_seen(
        self,
        unit: Unit,
        role: str,
        currency: str,
        seen: tuple[Cap, ...] | None,
        wanted: tuple[Decimal, Decimal] | None,
    ) -> None:
        if seen is None:
            return
        now = _amounts(act_limits.locked_caps(unit), role, currency)
        if now not in (_amounts(seen, role, currency), wanted):
            value = "" if now is None else f"{now[0]:f} / {now[1]:f} {currency}"
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="act_cap", value=value)

    def _writable(self, source: OrderSourceId) -> None:
        with self._database.reading() as connection:
            for one in source_rows(connection):
                if one.id == source and one.kind not in WRITABLE:
                    raise Problem(ProblemKind.INVALID, what="act_source", value=one.name)


def _amounts(caps: tuple[Cap, ...], role: str, currency: str) -> tuple[Decimal, Decimal] | None:
    for one in caps:
        if (one.role, one.currency) == (role, currency):
            return one.most, one.alone
    return None
