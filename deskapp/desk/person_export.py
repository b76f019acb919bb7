"""Everything about one person in one zip: pages for reading, data, original mails and files."""

import hashlib
import json
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from deskapp.data.database import Connection
from deskapp.data.queries.blobs import get_blobs
from deskapp.data.queries.customer_record import customer_record
from deskapp.data.queries.erase_scope import scope_of
from deskapp.data.queries.parts import parts
from deskapp.data.queries.person_rows import person_mails, person_tables
from deskapp.domain.erasing import PersonExport
from deskapp.domain.file_names import saved_name
from deskapp.domain.ids import CustomerId
from deskapp.domain.mail import AttachmentInfo
from deskapp.domain.person_words import person_words

from .exporting import plain_json
from .person_pages import TalkFiles, index_page, talk_page

_MAILS = 5  # unpacked at a time; one can be 40 MB
_PACKED = ("image/", "video/", "audio/", "application/zip", "application/pdf")
ReadFile = Callable[[bytes, int], tuple[AttachmentInfo, bytes]]


class PersonArchive:
    """Writes one person's archive; ``manifest.json`` in it has the SHA-256 of every other file."""

    def __init__(self, connection: Connection, read_file: ReadFile, at: datetime) -> None:
        self._connection, self._read_file, self._at = connection, read_file, at
        self._hashes: dict[str, str] = {}

    def write(self, customer: CustomerId, path: Path) -> PersonExport:
        """Raises OSError, Problem(NOT_FOUND)."""
        scope = scope_of(self._connection, customer)
        record = customer_record(self._connection, customer, self._at)
        words = person_words(record.row.language)
        mails = person_mails(self._connection, scope)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            tables = dict(person_tables(self._connection, scope))
            for name, rows in tables.items():
                told = json.dumps(rows, ensure_ascii=False, indent=1, default=plain_json)
                self._put(archive, f"data/{name}.json", told.encode("utf-8", "backslashreplace"))
            places = self._put_mails(archive, mails)
            talks: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
            for mail in mails:
                talks[mail["number"]].append(mail)
            for number, messages in talks.items():
                page = talk_page(words, number, messages, places)
                self._put(archive, f"conversations/{number}.html", _bytes(page))
            orders = tables.get("shop_order", [])
            index = index_page(words, record, talks, orders, tables, self._at)
            self._put(archive, "index.html", _bytes(index))
            manifest = json.dumps({"made": self._at.isoformat(), "sha256": self._hashes}, indent=1)
            archive.writestr("manifest.json", manifest)
        files = sum(len(place.files) for place in places.values())
        originals = sum(bool(place.original) for place in places.values())
        return PersonExport(len(talks), len(mails), originals, files, len(orders), path)

    def _put_mails(
        self, archive: zipfile.ZipFile, mails: Sequence[Mapping[str, Any]]
    ) -> dict[int, TalkFiles]:
        places = {}
        for some in parts(mails, _MAILS):
            named = [mail["sha256"] for mail in some if mail["sha256"]]
            raws = get_blobs(self._connection, named)
            for mail in some:
                places[mail["id"]] = self._put_mail(archive, mail, raws.get(mail["sha256"]))
        return places

    def _put_mail(
        self, archive: zipfile.ZipFile, mail: Mapping[str, Any], raw: bytes | None
    ) -> TalkFiles:
        if raw is None:  # a note or a call: its words are all there is
            return TalkFiles("", ())
        stem = f"{mail['number']}-{mail['id']}"
        original = f"mails/{stem}.eml"
        self._put(archive, original, raw)
        files = []
        for row in mail["files"]:
            _, data = self._read_file(raw, row["part_index"])
            name = saved_name(row["filename"])
            place = f"files/{stem}/{row['part_index']}-{name}"
            self._put(archive, place, data, packed=row["content_type"].startswith(_PACKED))
            files.append((name, place))
        return TalkFiles(original, tuple(files))

    def _put(self, archive: zipfile.ZipFile, name: str, data: bytes, packed: bool = False) -> None:
        how = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        archive.writestr(name, data, how)
        self._hashes[name] = hashlib.sha256(data).hexdigest()


def _bytes(page: str) -> bytes:
    return page.encode("utf-8", "xmlcharrefreplace")
