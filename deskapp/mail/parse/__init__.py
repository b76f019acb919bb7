"""Reading mail: bytes in, ``ParsedMail`` out. The one place where MIME is understood."""

from .read import parse_mail, read_attachment, read_page

__all__ = ["parse_mail", "read_attachment", "read_page"]
