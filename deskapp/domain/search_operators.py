"""The operators of the search field: what each is called in every language, and what it may say.

To add one: a line in ``OPERATORS`` here, and its condition in ``data/queries/search_facts.py``
under the same name. English names always work; the others work besides, with or without marks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache

from .folding import fold
from .kinds import TicketStatus
from .search_times import read_moment, read_wait
from .ticket_facts import Priority


@dataclass(frozen=True, slots=True)
class Fact:
    """One operator read: ``choices`` of a closed set, else folded ``tokens``, a time or a wait.

    ``seconds`` is a wait, ``longer`` whether at least or at most that; ``text`` is what was typed.
    """

    name: str
    text: str
    excluded: bool = False
    choices: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    moment: datetime | None = None
    seconds: int = 0
    longer: bool = True


Reading = Callable[[str, datetime], Fact | None]


@dataclass(frozen=True, slots=True)
class Operator:
    """``also`` are its names in other languages, ``values`` the closed set it chooses from.

    ``free``: any other text is a name to look for. ``reads`` stands for values and names.
    """

    name: str
    also: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    free: bool
    reads: Reading | None = None


_STATUSES = {
    TicketStatus.NEW.value: ("mới", "新", "新建", "новый", "новые"),
    TicketStatus.OPEN.value: ("mở", "打开", "处理中", "открыт", "открытые"),
    TicketStatus.WAITING.value: ("chờ", "đang chờ", "等待", "等待客户", "ждёт", "ждёт клиента"),
    TicketStatus.ON_HOLD.value: ("hold", "tạm dừng", "搁置", "отложен", "на паузе"),
    TicketStatus.SOLVED.value: ("đã xong", "xong", "已解决", "решён", "решено"),
    TicketStatus.CLOSED.value: ("đóng", "đã đóng", "关闭", "已关闭", "закрыт", "закрытые"),
    TicketStatus.SPAM.value: ("rác", "垃圾", "спам"),
}
_WHO = {
    "me": ("tôi", "mình", "我", "я", "мне", "мои"),
    "nobody": ("none", "unassigned", "không ai", "无", "无人", "никто", "нет"),
}
_HAS = {
    "attachment": ("file", "attachments", "tệp", "đính kèm", "附件", "文件", "вложение", "файл"),
    "note": ("notes", "ghi chú", "备注", "笔记", "заметка"),
    "order": ("đơn", "đơn hàng", "订单", "заказ"),
}
_IS = {
    "unread": ("new mail", "chưa đọc", "未读", "непрочитан", "непрочитанные"),
    "snoozed": ("hoãn", "tạm hoãn", "推迟", "稍后", "отложен"),
    "open": ("mở", "打开", "открыт"),
    "ended": ("done", "xong", "完成", "завершён"),
    "unassigned": ("chưa giao", "未分配", "без исполнителя"),
    "starred": ("sao", "đánh dấu", "星标", "со звездой", "избранное"),
    "followed": ("theo dõi", "关注", "отслеживаю"),
    "overdue": ("late", "quá hạn", "逾期", "просрочен"),
    "vip": ("quan trọng", "贵宾", "вип"),  # of a customer
}


_PRIORITIES = {
    Priority.LOW.value: ("thấp", "低", "низкий"),
    Priority.NORMAL.value: ("thường", "普通", "обычный"),
    Priority.HIGH.value: ("cao", "高", "высокий"),
    Priority.URGENT.value: ("khẩn", "gấp", "紧急", "срочный", "срочно"),
}
_NO_TEAM = {"nobody": ("none", "không", "无", "нет")}


def _moment(name: str) -> Reading:
    def read(text: str, now: datetime) -> Fact | None:
        moment = read_moment(text, now)
        return None if moment is None else Fact(name, text, moment=moment)

    return read


def _wait(text: str, _now: datetime) -> Fact | None:
    wait = read_wait(text)
    return None if wait is None else Fact("waiting", text, seconds=wait[0], longer=wait[1])


def _due(text: str, now: datetime) -> Fact | None:
    """``due:2d`` is due within two days, ``due:2026-12-01`` by the end of that day."""
    wait, day = read_wait(text), read_moment(text, now)
    if wait is not None:
        day = now + timedelta(seconds=wait[0])
    elif day is not None:
        day += timedelta(days=1)
    return None if day is None else Fact("due", text, moment=day)


OPERATORS: tuple[Operator, ...] = (
    Operator("from", ("từ", "发件人", "来自", "寄件人", "от"), {}, True),
    Operator("to", ("đến", "tới", "收件人", "кому"), {}, True),
    Operator("status", ("trạng thái", "状态", "статус"), _STATUSES, False),
    Operator(
        "assignee",
        ("assigned", "phụ trách", "负责人", "исполнитель", "ответственный"),
        _WHO,
        True,
    ),
    Operator("priority", ("ưu tiên", "优先级", "приоритет"), _PRIORITIES, False),
    Operator("team", ("nhóm", "团队", "组", "команда", "группа"), _NO_TEAM, True),
    Operator("tag", ("label", "nhãn", "thẻ", "标签", "метка", "тег"), {}, True),
    Operator("mailbox", ("hộp thư", "邮箱", "信箱", "ящик"), {}, True),
    Operator("order", ("đơn", "đơn hàng", "订单", "заказ"), {}, True),
    Operator("has", ("có", "有", "含", "есть", "с"), _HAS, False),
    Operator("is", ("là", "是", "это"), _IS, False),
    Operator("before", ("trước", "之前", "早于", "до"), {}, False, _moment("before")),
    Operator("after", ("since", "sau", "之后", "晚于", "после"), {}, False, _moment("after")),
    Operator("due", ("hạn", "截止", "到期", "срок"), {}, False, _due),
    Operator("waiting", ("chờ", "đợi", "等待", "ждёт"), {}, False, _wait),
)


@lru_cache(maxsize=1 << 12)  # every letter typed is held against all these names
def name_key(name: str) -> str:
    """What names are compared by: folded, without spaces and hyphens."""
    return fold(name).replace(" ", "")


@cache
def _by_key() -> dict[str, Operator]:
    """Made when it is first asked for: folding Chinese loads its tables."""
    return {name_key(name): one for one in OPERATORS for name in (one.name, *one.also)}


def operator_named(name: str) -> Operator | None:
    """The operator of that name in any language."""
    return _by_key().get(name_key(name))


def read_value(operator: Operator, text: str, now: datetime) -> Fact | None:
    """What the operator says with this value; None when it cannot mean anything.

    The beginning of a value stands for all that begin so: ``status:o`` is open and on hold.
    """
    if operator.reads is not None:
        return operator.reads(text, now)
    key = name_key(text)
    if not key:
        return None
    chosen = _chosen(operator.values, key, whole=operator.free)
    if chosen:
        return Fact(operator.name, text, choices=chosen)
    return Fact(operator.name, text, tokens=tuple(fold(text).split())) if operator.free else None


def _chosen(values: Mapping[str, tuple[str, ...]], key: str, *, whole: bool) -> tuple[str, ...]:
    keys = {value: [name_key(name) for name in (value, *also)] for value, also in values.items()}
    exact = tuple(value for value, names in keys.items() if key in names)
    if exact or whole:
        return exact
    return tuple(value for value, names in keys.items() if any(n.startswith(key) for n in names))
