"""Order forms: asking people for what nobody here can do in the shop, and keeping what became of
it. Only a person says that something was done."""

from deskapp.data.queries import order_forms
from deskapp.data.queries.ticket_lists import ticket_rows
from deskapp.domain.handing_over import HandOver
from deskapp.domain.ids import OrderFormId, TicketId
from deskapp.domain.last_edits import About
from deskapp.domain.mail import Address
from deskapp.domain.order_forms import FormState, FormText, OrderForm, as_text, checked_form
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context
from .hand_overs import HandOvers
from .last_edits import edited
from .sending import Sent


class OrderForms:
    """Each step stands in the ticket's history with who took it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def get(self, form: OrderFormId) -> OrderForm:
        """Raises Problem(NOT_FOUND, what="form")."""
        with self._database.reading() as connection:
            return order_forms.form_row(connection, form)

    def of_ticket(self, ticket: TicketId) -> list[OrderForm]:
        """The forms on a ticket, the newest first."""
        with self._database.reading() as connection:
            return order_forms.forms_of_ticket(connection, ticket)

    def open(self) -> list[OrderForm]:
        """Drafts, and what was asked for and not done yet; the newest first."""
        with self._database.reading() as connection:
            return order_forms.open_forms(connection)

    def add(self, ticket: TicketId, text: FormText) -> OrderFormId:
        """A draft. Raises Problem NOT_FOUND, and what ``checked_form`` raises."""
        sound, at, by = checked_form(text), self._context.now(), self._context.agent
        with self._database.writing() as unit:
            if not ticket_rows(unit.connection, [ticket], by):
                raise Problem(ProblemKind.NOT_FOUND, what="ticket", id=ticket)
            return order_forms.insert_form(unit, ticket, sound, at, by)

    def change(self, form: OrderFormId, text: FormText, version: int | None = None) -> None:
        """Rewrites a draft. Raises Problem TOO_LATE (what="form") once it was asked for."""
        sound = checked_form(text)
        with self._database.writing() as unit:
            row = order_forms.form_row(unit.connection, form)
            if version not in (None, row.version):
                raise Problem(ProblemKind.CHANGED_MEANWHILE, what="form", id=form)
            if row.state is not FormState.DRAFT:
                raise Problem(ProblemKind.TOO_LATE, what="form", id=form)
            order_forms.update_form(unit, form, version, order_forms.values_of(sound))
            edited(self._context, unit, About.ORDER_FORM, form)
            unit.touched.areas.add("returns")

    def mail(self, form: OrderFormId, to: Address, version: int | None = None) -> Sent:
        """Asks somebody by mail, as a hand-over: their answer comes back to the ticket.

        The form is asked for from now on; an undo of the mail leaves it so, to be asked again.
        Raises Problem CHANGED_MEANWHILE (what="form") for the second of two who do it at once.
        """
        row = self._draft_or_asked(form, version)
        with self._database.writing() as unit:  # who presses at the same moment mails nothing
            order_forms.update_form(unit, form, row.version, {})
        needed = HandOver(as_text(row.text))
        sent = HandOvers(self._context).to_department(row.ticket_id, to, needed, whole=False)
        self.asked(form, to.name or to.address)
        return sent

    def asked(self, form: OrderFormId, of: str, version: int | None = None) -> None:
        """It was asked for, of whom: by mail, by phone, or in the shop's own pages."""
        at, by, who = self._context.now(), self._context.agent, one_line(of)
        row = self._draft_or_asked(form, version)
        with self._database.writing() as unit:
            values = {"state": FormState.ASKED, "asked_at": at, "asked_by": by, "asked_of": who}
            order_forms.update_form(unit, form, row.version, values)
            kind = row.text.kind
            order_forms.told(unit, row.ticket_id, kind, FormState.ASKED, at, by, who)
            edited(self._context, unit, About.ORDER_FORM, form)

    def end(
        self, form: OrderFormId, done: bool, words: str = "", version: int | None = None
    ) -> None:
        """A person says that it was done, or is not wanted any more. Raises Problem TOO_LATE."""
        at, by = self._context.now(), self._context.agent
        row = self._draft_or_asked(form, version)
        state = FormState.DONE if done else FormState.DROPPED
        with self._database.writing() as unit:
            values = {"state": state, "ended_at": at, "ended_by": by}
            values["ended_words"] = plain_text(words).strip()
            order_forms.update_form(unit, form, row.version, values)
            order_forms.told(unit, row.ticket_id, row.text.kind, state, at, by)
            edited(self._context, unit, About.ORDER_FORM, form)

    def _draft_or_asked(self, form: OrderFormId, version: int | None) -> OrderForm:
        row = self.get(form)
        if row.state not in (FormState.DRAFT, FormState.ASKED):
            raise Problem(ProblemKind.TOO_LATE, what="form", id=form)
        if version is not None and row.version != version:
            raise Problem(ProblemKind.CHANGED_MEANWHILE, what="form", id=form)
        return row
