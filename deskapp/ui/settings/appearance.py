"""How the windows look, and how long a reply can be taken back; taken over at once."""

from deskapp.settings import Settings
from deskapp.ui.pieces import form
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.theme import Appearance, theme
from deskapp.ui.work import Work

from .section import Section

_MOST_SECONDS = 120


class AppearanceSection(Section):
    """Settings of this person on this computer."""

    def __init__(self, work: Work, shell: ShellActions) -> None:
        super().__init__(work, shell)
        settings = shell.outside.settings
        self.introduce(
            self.tr("Appearance"), self.tr("For you on this computer; it applies at once.")
        )
        self.colours = form.choice(
            (
                (self.tr("As the computer"), Appearance.SYSTEM.value),
                (self.tr("Light"), Appearance.LIGHT.value),
                (self.tr("Dark"), Appearance.DARK.value),
            ),
            settings.appearance,
        )
        self.density = form.choice(
            (
                (self.tr("Comfortable, with tags"), "comfortable"),
                (self.tr("Compact, two lines"), "compact"),
            ),
            settings.density,
        )
        self.undo = form.NumberField(settings.undo_seconds, 0, _MOST_SECONDS)
        fields = form.Form(160)
        fields.add(self.tr("Colours"), self.colours)
        fields.add(self.tr("Lines of the lists"), self.density)
        fields.add(
            self.tr("Seconds to undo a reply"),
            self.undo,
            self.tr("0 to 120. A reply leaves only after this time. 0: it leaves at once."),
        )
        fields.setMaximumWidth(480)
        self.column.addWidget(fields)
        self.column.addStretch(1)
        self.colours.activated.connect(self._colours_chosen)
        self.density.activated.connect(self._density_chosen)
        self.undo.editingFinished.connect(self._undo_chosen)
        self.undo.changed.connect(self._undo_chosen)
        shell.settings_changed.connect(self._show)

    def _show(self, settings: Settings) -> None:
        """What was chosen elsewhere, as in the menu of the list."""
        form.choose(self.colours, settings.appearance)
        form.choose(self.density, settings.density)

    def _colours_chosen(self, _place: int) -> None:
        chosen = Appearance(self.colours.currentData())
        self.shell.outside.settings.appearance = chosen.value
        theme().choose(chosen)
        self.shell.keep_settings()

    def _density_chosen(self, _place: int) -> None:
        self.shell.outside.settings.density = str(self.density.currentData())
        self.shell.keep_settings()

    def _undo_chosen(self) -> None:
        if self.shell.outside.settings.undo_seconds != self.undo.value():
            self.shell.outside.settings.undo_seconds = self.undo.value()
            self.shell.keep_settings()
