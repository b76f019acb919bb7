"""The list in every state."""

from PySide6.QtCore import QItemSelectionModel

from deskapp.domain.kinds import View
from deskapp.domain.list_order import Column, ListOrder
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.inbox.list_pane import ListPane

from .camera import Camera
from .stage import Stage

_HUNDRED_THOUSAND = 100_000


def play(stage: Stage, camera: Camera) -> None:
    """Each state from the last; what was changed for it is put back."""
    page = stage.inbox
    camera.widen()
    page.show_view(View.ALL_OPEN.value)
    camera.settle()
    page.list.list.choose(stage.tickets["short"])
    camera.settle()
    camera.window("list-rows")
    page.list.set_compact(True)
    camera.window("list-compact")
    page.list.set_compact(False)
    _columns(stage, camera)
    _selection(stage, camera)
    _words(stage, camera)
    _search(stage, camera)
    _large(stage, camera, page.list)


def _columns(stage: Stage, camera: Camera) -> None:
    listing = stage.inbox.list
    listing.columns._on.trigger()
    camera.settle()
    camera.window("list-columns")
    listing.list.show_columns(tuple(Column))
    camera.window("list-columns-all")
    listing.columns._show()
    listing.list.titles.order = ListOrder(Column.DUE)
    listing._sorted(None)
    listing.list.titles._mark()
    camera.settle()
    camera.window("list-columns-sorted")
    listing.list.titles.order = None
    listing.columns._on.trigger()
    camera.settle()


def _selection(stage: Stage, camera: Camera) -> None:
    tickets = stage.inbox.list.list
    flags = QItemSelectionModel.SelectionFlag
    for row in (1, 2, 4):
        index = tickets.model().index(row, 0)
        tickets.selectionModel().select(index, flags.Select | flags.Rows)
    camera.settle()
    camera.window("list-selection-bar")
    tickets.selectAll()
    camera.settle()
    camera.window("list-all-selected")
    tickets.choose_first()
    camera.settle()


def _words(stage: Stage, camera: Camera) -> None:
    """Empty, loading, failed, one row."""
    page, pane = stage.inbox, stage.inbox.list
    for view in (View.SNOOZED, View.STARRED, View.SPAM):
        page.show_view(view.value)
        camera.settle()
        camera.window(f"list-{view.value}")
    pane._stated.show_loading()
    camera.wait(250)
    camera.window("list-loading")
    for name, kind in (
        ("list-database-away", ProblemKind.DATABASE_UNREACHABLE),
        ("list-error", ProblemKind.DATABASE_DAMAGED),
    ):
        pane._stated.show_problem(Problem(kind), pane._start)
        camera.window(name)
    page.show_view("my_team")
    camera.settle()
    camera.window("list-empty")
    stage.shell.top.field.setText("tag:急件")
    page.search("tag:急件")
    camera.settle()
    camera.window("list-one-row")
    stage.shell.top.field.clear()


def _search(stage: Stage, camera: Camera) -> None:
    page = stage.inbox
    for name, typed in (
        ("list-search", "10482"),
        ("list-search-nothing", "from:nobody@nowhere.example zeppelin"),
        ("list-search-not-understood", "status:whatever don hang"),
    ):
        stage.shell.top.field.setText(typed)
        page.search(typed)
        camera.settle()
        camera.window(name)
    stage.shell.top.field.clear()
    pinned = stage.desk.views.list()
    page.show_view(pinned[0].key)
    camera.settle()
    camera.window("list-pinned-view")
    page.show_view(pinned[1].key)
    camera.settle()
    camera.window("list-pinned-columns")
    page.show_view(View.ALL_OPEN.value)
    camera.settle()


def _large(stage: Stage, camera: Camera, pane: ListPane) -> None:
    """As many as a desk of years has: what they are is asked of the sample's tickets."""
    ids = list(stage.desk.tickets.view_ids(View.ALL))
    many = [ids[place % len(ids)] for place in range(len(ids))]
    rows = stage.desk.tickets.rows(many[:60])
    far = range(1_000_000, 1_000_000 + _HUNDRED_THOUSAND - len(many))
    pane.list.show_ids([*many, *far], rows)  # type: ignore[list-item]
    pane._count.setText(f"{_HUNDRED_THOUSAND:,}")
    camera.window("list-100000-rows")
    pane._start()
    camera.settle()
