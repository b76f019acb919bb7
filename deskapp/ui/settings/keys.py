"""Which key does what: a preset, every action with its keys, what gets in whose way."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHeaderView, QKeySequenceEdit, QTreeWidget, QTreeWidgetItem

from deskapp.ui.keys.keymap import is_letter, keymap, native
from deskapp.ui.keys.table import ENTRIES, ROOMS
from deskapp.ui.pieces import form
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.shortcuts_dialog import ShortcutsDialog
from deskapp.ui.work import Work

from .section import Section, side_by_side

_ID = int(Qt.ItemDataRole.UserRole) + 1
_LIST_HEIGHT = 296


class KeysSection(Section):
    """Settings of this person on this computer; each change holds at once."""

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        self.introduce(
            self.tr("Keys"),
            self.tr("For you on this computer. A single letter acts wherever you are not writing."),
        )
        self.preset = form.choice(
            (
                (self.tr("deskapp"), "default"),
                (self.tr("Like Gmail"), "gmail"),
                (self.tr("Like Thunderbird"), "thunderbird"),
            ),
            shell.outside.settings.key_preset,
        )
        self.preset.activated.connect(self._preset_chosen)
        fields = form.Form(160)
        fields.add(self.tr("Keys to begin with"), self.preset)
        fields.setMaximumWidth(480)
        self.search = form.line(
            name=self.tr("Find an action or a key"), placeholder=self.tr("Find an action or a key")
        )
        self.search.textChanged.connect(self._narrow)
        self.list = self._make_list()
        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setAccessibleName(self.tr("New key"))
        self.keys.setFixedWidth(170)
        self.keys.keySequenceChanged.connect(self._say_taken)
        self.set_key = push_button(self.tr("Use this key"), self._use, kind="primary")
        self.add_key = push_button(self.tr("Add as another"), self._add)
        self.no_key = push_button(self.tr("No key"), self._none)
        self.reset = push_button(self.tr("Reset"), self._reset)
        self.told = label(tone="warn", wrap=True)
        self.told.hide()
        foot = side_by_side(
            push_button(self.tr("Show the sheet…"), self._show_sheet),
            push_button(self.tr("Reset all"), self._reset_all, kind="danger"),
        )
        self.column.addWidget(fields)
        self.column.addWidget(self.search)
        self.column.addWidget(self.list)
        self.column.addWidget(
            side_by_side(self.keys, self.set_key, self.add_key, self.no_key, self.reset)
        )
        self.column.addWidget(self.told)
        self.column.addWidget(foot)
        self.column.addStretch(1)
        keymap().changed.connect(self._fill_keys)
        self._fill()
        self._picked()

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setAccessibleName(self.tr("Actions with their keys"))
        made.setColumnCount(2)
        made.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        made.setRootIsDecorated(False)
        made.setIndentation(0)
        made.setUniformRowHeights(True)
        made.setFixedHeight(_LIST_HEIGHT)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        made.header().setStretchLastSection(False)
        made.currentItemChanged.connect(self._picked)
        return made

    def _fill(self) -> None:
        for room, title in ROOMS.items():
            shown = QCoreApplication.translate("Actions", title)
            head = QTreeWidgetItem(self.list, [shown, ""])
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setFirstColumnSpanned(True)
            strong = head.font(0)
            strong.setBold(True)
            head.setFont(0, strong)
            for entry in ENTRIES.values():
                if entry.room == room:
                    line = QTreeWidgetItem(self.list, [keymap().words(entry.id), ""])
                    line.setData(0, _ID, entry.id)
        self._fill_keys()

    def _fill_keys(self) -> None:
        for at in range(self.list.topLevelItemCount()):
            line = self.list.topLevelItem(at)
            name = line.data(0, _ID) if line is not None else None
            if line is None or not name:
                continue
            keys = "   ".join(native(key) for key in keymap().keys(name))
            line.setText(1, keys)
            font = line.font(1)
            font.setBold(keymap().own(name))
            line.setFont(1, font)
            said = keys or self.tr("no key")
            line.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{line.text(0)}, {said}")

    def _narrow(self, typed: str) -> None:
        wanted = typed.casefold().strip()
        for at in range(self.list.topLevelItemCount()):
            line = self.list.topLevelItem(at)
            if line is None:
                continue
            name = line.data(0, _ID)
            texts = (line.text(0), line.text(1), ENTRIES[name].text if name else "")
            fits = any(wanted in one.casefold() for one in texts)
            line.setHidden(bool(wanted) and not (name and fits))

    def _name(self) -> str:
        line = self.list.currentItem()
        return str(line.data(0, _ID) or "") if line is not None else ""

    def _picked(self) -> None:
        self.keys.clear()
        self._say_taken()

    def _pressed(self) -> str:
        return self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _say_taken(self) -> None:
        name, key = self._name(), self._pressed()
        for button in (self.set_key, self.add_key):
            button.setEnabled(bool(name and key))
        self.no_key.setEnabled(bool(name and keymap().keys(name)))
        self.reset.setEnabled(bool(name) and keymap().own(name))
        said = self._warning(name, key) if name and key else ""
        self.told.setText(said)
        self.told.setVisible(bool(said))

    def _warning(self, name: str, key: str) -> str:
        taken = ", ".join(map(keymap().words, keymap().taken(key, name)))
        if taken:
            told = self.tr("{key} is taken by: {actions}. Used here, it is taken away from there.")
            return told.format(key=native(key), actions=taken)
        if "Ctrl+Alt" in key:
            return self.tr("Ctrl+Alt types letters on many keyboards (AltGr): better another key.")
        if is_letter(key):
            return self.tr("A letter acts wherever you are not writing.")
        return ""

    def _use(self) -> None:
        self._change([self._pressed()])

    def _add(self) -> None:
        key = self._pressed()
        self._change([*(one for one in keymap().keys(self._name()) if one != key), key])

    def _none(self) -> None:
        self._change([])

    def _change(self, keys: list[str]) -> None:
        """The key is taken from whoever had it: two with one key would both be dumb."""
        name, own = self._name(), self.shell.outside.settings.own_keys
        for key in keys:
            for other in keymap().taken(key, name):
                own[other] = [one for one in keymap().keys(other) if one != key]
        own[name] = keys
        self._keep()

    def _reset(self) -> None:
        self.shell.outside.settings.own_keys.pop(self._name(), None)
        self._keep()

    def _reset_all(self) -> None:
        self.shell.outside.settings.own_keys.clear()
        self._keep()

    def _preset_chosen(self, _place: int) -> None:
        self.shell.outside.settings.key_preset = str(self.preset.currentData())
        self._keep()

    def _keep(self) -> None:
        settings = self.shell.outside.settings
        keymap().choose(settings.key_preset, settings.own_keys)
        self.shell.keep_settings()
        self._picked()

    def _show_sheet(self) -> None:
        ShortcutsDialog(self).open()
