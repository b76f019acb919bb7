"""What a customer asks in the exams: where the parcel is."""

from email.message import EmailMessage


def mail_of(number: int) -> bytes:
    """One mail of one customer; another number is another of both."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"c{number}@customer.example", "support@shop.example"
    mail["Subject"], mail["Message-ID"] = f"parcel {number}", f"<m{number}@customer.example>"
    mail["Date"] = "Sun, 22 Nov 2026 10:00:00 +0000"
    mail.set_content(f"Where is parcel {number}?")
    return mail.as_bytes()
