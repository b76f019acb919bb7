"""A conversation on pages: numbered, with the ticket named at the foot of each."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from deskapp.domain.file_problems import writing_problem
from deskapp.ui import text
from deskapp.ui.theme import theme

_MARGINS_MM = QMarginsF(18, 16, 18, 14)
_RESOLUTION = 300
_FOOT_PT, _FOOT_ROOM = 8.0, 2.2  # the foot's letters, and how many lines are kept free for it


def save_pdf(document: QTextDocument, file: Path, title: str, foot: str) -> int:
    """Writes the pages into ``file``; how many. Raises Problem where it cannot be written."""
    made = QBuffer()
    made.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(made)
    writer.setTitle(title)
    writer.setResolution(_RESOLUTION)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(_MARGINS_MM, QPageLayout.Unit.Millimeter)
    pages = paint_pages(document, writer, foot)
    try:
        file.write_bytes(made.data().data())
    except OSError as error:
        raise writing_problem(file, error) from error
    return pages


def paint_pages(document: QTextDocument, device: QPagedPaintDevice, foot: str) -> int:
    """Paints all pages on a printer or into a file; how many, 0 where it takes none."""
    painter = QPainter()
    if not painter.begin(device):
        return 0
    font = QFont(theme().fonts.text())
    font.setPointSizeF(_FOOT_PT)
    painter.setFont(font)
    line = painter.fontMetrics().lineSpacing()
    width = float(painter.viewport().width())
    height = painter.viewport().height() - line * _FOOT_ROOM
    document.documentLayout().setPaintDevice(device)
    document.setPageSize(QSizeF(width, height))
    pages = document.pageCount()
    for page in range(pages):
        if page:
            device.newPage()
        painter.save()
        painter.translate(0, -page * height)
        document.drawContents(painter, QRectF(0, page * height, width, height))
        painter.restore()
        _foot(painter, QRectF(0, height + line, width, line * 1.2), foot, page + 1, pages)
    painter.end()
    return pages


def _foot(painter: QPainter, room: QRectF, foot: str, page: int, pages: int) -> None:
    said = QCoreApplication.translate("Paper", "Page {page} of {pages}")
    said = said.replace("{pages}", text.number(pages)).replace("{page}", text.number(page))
    painter.setPen(theme().colour("ink_muted"))
    metrics = painter.fontMetrics()
    left = int(room.width() - metrics.horizontalAdvance(said) - metrics.horizontalAdvance("mm"))
    shown = metrics.elidedText(foot, Qt.TextElideMode.ElideRight, left)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, shown)
    painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, said)
