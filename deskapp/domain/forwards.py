"""Who wrote a mail that was forwarded: read from the header block that the forwarder's program
puts above it, in the languages of our customers and of the big programs.
"""

import re

from .mail import Address

_FROM = (
    *("from", "von", "de", "da", "van", "fra", "från", "od", "od koho", "lähettäjä", "feladó"),
    *("từ", "người gửi", "发件人", "寄件者", "寄件人", "发送人", "差出人", "보낸 사람", "จาก"),
    *("от", "от кого", "від", "de la", "από", "kimden", "gönderen", "من", "מאת", "dari"),
)
_line = re.compile(
    rf"^[ \t>*_]*(?:{'|'.join(map(re.escape, _FROM))})[ \t*_]*[:：][ \t*_]*(\S[^\n]{{0,300}})$",
    re.IGNORECASE | re.MULTILINE,
)
_other_header = re.compile(r"^[ \t>*_]*[^\W\d_][^\n:：]{0,24}[:：][ \t*_]*\S", re.MULTILINE)
_address = re.compile(r"[^\s<>()\[\]\",;:：]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_name_marks = " \t\"'“”*_<[("
_MOST_TEXT = 100_000
_BLOCK = 600  # characters after the line in which another header line must stand


def original_senders(text: str) -> tuple[Address, ...]:
    """The senders that header blocks in a text name, the first first; no header block: nobody."""
    found: dict[str, Address] = {}
    for line in _line.finditer(text[:_MOST_TEXT]):
        written = _address.search(line[1])
        if written is None or not _other_header.search(text, line.end(), line.end() + _BLOCK):
            continue
        name = line[1][: written.start()].strip(_name_marks).removesuffix("mailto:")
        one = Address(name.strip(_name_marks), written[0].rstrip("."))
        found.setdefault(one.key, one)
    return tuple(found.values())
