"""The form of a mailbox, with its live test: the same in the wizard and in the settings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskapp.domain.contact import is_mail_address
from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import MailboxSettings, Server, StepResult
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui import text
from deskapp.ui.countries import offered_countries
from deskapp.ui.errors import explain
from deskapp.ui.outside import Outside
from deskapp.ui.pieces import form
from deskapp.ui.pieces.labels import label, set_tone

from .aside import Aside
from .passwords import Passwords
from .servers import ServerFields
from .step_words import password_help
from .steps import Steps

_ALL = 0
_AS_CHOSEN = -1  # among the days to reach back: leave it as it is


class MailboxForm(QWidget):
    """Address → suggested servers → password → test, step by step.

    ``tested`` comes after the last step: whether all went well. ``known`` is a mailbox that is
    being changed: its password may stay empty, and the kept one is tried.
    """

    tested = Signal(bool)
    edited = Signal()

    def __init__(
        self,
        outside: Outside,
        known: MailboxSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._outside, self._known = outside, known
        self._aside = Aside(self)
        self._own_servers = known is not None
        self._all_well = False
        self._settings: MailboxSettings | None = None
        self._fields()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._who, self.servers, self._told, self.steps):
            column.addWidget(part)
        column.addStretch(1)
        self._told.hide()
        self.steps.hide()
        if known is not None:
            self._show(known)
        self._address_changed()

    @property
    def testing(self) -> bool:
        return self._aside.busy

    def settings(self) -> MailboxSettings:
        """What stands in the fields. Raises Problem INVALID (mail, host) or PLAIN_NOT_LOOPBACK."""
        address = self.address.text().strip()
        wrong = not is_mail_address(address)
        form.mark_wrong(self.address, wrong)
        if wrong:
            self.address.setFocus()
            raise Problem(ProblemKind.INVALID, what="mail", value=address or "@")
        imap, smtp = self.servers.servers(address)
        made = MailboxSettings(
            address,
            self.name.text().strip(),
            imap,
            smtp,
            folders=self._named_folders(),
            since=self._since(),
        )
        known = self._known
        if known is None:
            return made
        since = known.since if self.since.currentData() == _AS_CHOSEN else made.since
        return replace(
            made,
            since=since,
            signature=known.signature,
            aliases=known.aliases,
            country=str(self.country.currentData()),
        )

    def know(self, known: MailboxSettings) -> None:
        """What stands in no field is as it is there now."""
        self._known = known

    def standing(self, settings: MailboxSettings) -> dict[QWidget, object]:
        """What the fields of a known mailbox show of it, as ``form_values.value`` gives it."""
        assert self._known is not None
        reaches: object = _AS_CHOSEN
        if settings.since != self._known.since:
            reaches = _ALL if settings.since is None else settings.since
            if self.since.itemData(self.since.count() - 1) != reaches:
                self.since.addItem(self._reach_words(settings.since), reaches)
        return {
            self.address: settings.address,
            self.name: settings.name,
            self.folders: ", ".join(settings.folders),
            self.since: reaches,
            self.country: settings.country,
            **self.servers.standing(settings.imap, settings.smtp, settings.address),
        }

    def passwords(self) -> Passwords:
        """What was typed, and where kept ones are found."""
        return Passwords(
            self.address.text().strip(),
            self.password.text(),
            self.smtp_password.text(),
            self._known.address if self._known else "",
            self._outside.secrets,
        )

    def test(self) -> None:
        """Tries the settings; each step is shown as it ends."""
        try:
            settings = self.settings()
        except Problem as problem:
            self.show_problem(problem)
            return
        passwords, live_test = self.passwords(), self._outside.live_test
        if not passwords.imap and self._known is None:
            form.mark_wrong(self.password, True)
            self.password.setFocus()
            self._tell(self.tr("Type the password first."), "bad")
            return
        form.mark_wrong(self.password, False)
        self._told.hide()
        self.steps.begin()
        self.steps.show()
        self._settings, self._all_well = settings, True
        self._aside.follow(
            lambda: live_test(settings, *passwords.to_try()),
            self._stepped,
            self._ended,
            self._broke,
        )

    def show_problem(self, problem: Problem) -> None:
        """What stopped us, above the steps; what was typed stays."""
        told = explain(problem)
        self._tell(f"{told.happened} {told.todo}", "bad")

    def stop(self) -> None:
        """Nobody waits for the test any more."""
        self._aside.forget()

    def _fields(self) -> None:
        self._who = form.Form()
        self.address = form.line(placeholder="support@example.com")
        self.name = form.line(placeholder=self.tr("for example: Lotus support"))
        self.password = form.line(secret=True)
        self.smtp_password = form.line(secret=True)
        self.smtp_password.setPlaceholderText(self.tr("the same"))
        self.folders = form.line(placeholder=self.tr("Inbox and Sent only"))
        self._who.add(self.tr("Mail address"), self.address)
        self._who.add(self.tr("Name customers see"), self.name)
        self._hint = self._who.add(self.tr("Password"), self.password, " ")
        self._who.add(self.tr("Password for sending"), self.smtp_password)
        self.since = form.choice(self._ages(), 0 if self._known is None else _AS_CHOSEN)
        self._who.add(
            self.tr("How far back"),
            self.since,
            self.tr(
                "Newest first; you can work meanwhile, and stop it. Old mail comes as closed "
                "tickets and is answered by nothing automatic. What is older stays on the server, "
                "is counted, and can be fetched later."
            ),
        )
        if self._known is not None:
            self.password.setPlaceholderText(self.tr("unchanged"))
            self._who.add(self.tr("More folders"), self.folders, self.tr("With commas between."))
            countries = [(self.tr("not said"), ""), *offered_countries()]
            self.country = form.choice(countries, self._known.country)
            self._who.add(
                self.tr("Its customers' country"),
                self.country,
                self.tr("Phone numbers without a country code are read as numbers from there."),
            )
        self.servers = ServerFields()
        self._told = label(wrap=True, selectable=True)
        self.steps = Steps()
        self.address.textEdited.connect(self._address_changed)
        self.servers.edited.connect(self._servers_edited)
        for field in (self.address, self.name, self.password, self.smtp_password, self.folders):
            field.textEdited.connect(self.edited)

    def _ages(self) -> list[tuple[str, int]]:
        """What is shown, and the days behind it; 0 is all."""
        ages = [
            (self.tr("The last 30 days"), 30),
            (self.tr("The last 90 days"), 90),
            (self.tr("The last year"), 365),
            (self.tr("All mail on the server"), _ALL),
        ]
        if self._known is None:
            return ages
        since = self._known.since
        return [(self._reach_words(since), _AS_CHOSEN), *(ages[:-1] if since is None else ages)]

    def _reach_words(self, since: datetime | None) -> str:
        if since is None:
            return self.tr("All mail on the server, as chosen")
        return self.tr("Mail since {day}, as chosen").replace("{day}", text.day(since))

    def _show(self, known: MailboxSettings) -> None:
        self.address.setText(known.address)
        self.name.setText(known.name)
        self.folders.setText(", ".join(known.folders))
        self.servers.show_servers(known.imap, known.smtp, known.address)

    def _address_changed(self) -> None:
        address = self.address.text().strip()
        form.mark_wrong(self.address, False)
        self._hint.setText(password_help(self._outside.password_hint(address)))
        if self._own_servers or not is_mail_address(address):
            return
        imap, smtp = self._outside.suggest_servers(address) or _guess(address)
        self.servers.show_servers(imap, smtp, address)

    def _servers_edited(self) -> None:
        self._own_servers = True
        self.edited.emit()

    def _stepped(self, result: StepResult) -> None:
        if self._settings is None:
            return
        self._all_well = self._all_well and result.ok
        hint = self._outside.password_hint(self._settings.address)
        self.steps.show_step(result, self._settings, hint)

    def _ended(self, _nothing: None) -> None:
        self.steps.end()
        self.tested.emit(self._all_well)

    def _broke(self, problem: Problem) -> None:
        self.steps.end()
        self.show_problem(problem)
        self.tested.emit(False)

    def _tell(self, sentence: str, tone: str) -> None:
        self._told.setText(sentence)
        set_tone(self._told, tone)
        self._told.show()

    def _since(self) -> datetime | None:
        days: int | datetime = self.since.currentData()
        if isinstance(days, datetime):
            return days
        return datetime.now(UTC) - timedelta(days=days) if days > 0 else None

    def _named_folders(self) -> tuple[str, ...]:
        parts = self.folders.text().replace("，", ",").split(",")
        return tuple(part.strip() for part in parts if part.strip())


def _guess(address: str) -> tuple[Server, Server]:
    """The names most mail servers have; a person sees and corrects them."""
    domain = address.rpartition("@")[2]
    return (
        Server(f"imap.{domain}", 993, Security.TLS, address),
        Server(f"smtp.{domain}", 465, Security.TLS, address),
    )
