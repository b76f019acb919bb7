"""Mails that tests write themselves, as bytes the way a server would give them."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def letter(
    text: str = "Where is my parcel?",
    *,
    subject: str = "Where is order #10482?",
    sender: str = "Mai Lan <mai@customer.example>",
    to: str = "support@shop.example",
    cc: str = "",
    message_id: str = "",
    answers: tuple[str, ...] = (),
    hours: float = 0,
    headers: dict[str, str] | None = None,
    file: tuple[str, bytes] | None = None,
) -> bytes:
    """One mail, ``hours`` after START. ``answers``: its References, the last one In-Reply-To."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = to
    if cc:
        mail["Cc"] = cc
    mail["Subject"] = subject
    mail["Date"] = format_datetime(START + timedelta(hours=hours))
    if message_id:
        mail["Message-ID"] = f"<{message_id}>"
    if answers:
        mail["In-Reply-To"] = f"<{answers[-1]}>"
        mail["References"] = " ".join(f"<{one}>" for one in answers)
    for name, value in (headers or {}).items():
        mail[name] = value
    mail.set_content(text)
    if file is not None:
        name, data = file
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()
