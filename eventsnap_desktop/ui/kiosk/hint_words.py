"""What the coach says to a guest, in one short line with an icon."""

from PySide6.QtCore import QObject

from eventsnap_desktop.domain.coaching import Hint

HINT_ICONS = {
    Hint.NOBODY: "user",
    Hint.CLOSER: "come-closer",
    Hint.STEP_BACK: "step-back",
    Hint.CENTRE: "to-centre",
    Hint.ONE_PERSON: "user",
    Hint.LOOK_HERE: "look-up",
    Hint.TURN_LEFT: "turn-left",
    Hint.TURN_RIGHT: "turn-right",
    Hint.HOLD_STILL: "hold-still",
    Hint.MORE_LIGHT: "more-light",
    Hint.LESS_LIGHT: "less-light",
    Hint.NO_MASK: "no-mask",
    Hint.GOOD: "check",
    Hint.CAMERA_LOST: "clock",
}
"""The icon of each hint. The preview is a mirror: an arrow to the left means the guest's left."""


class HintWords(QObject):
    """The hints in the guest's language."""

    def words(self, hint: Hint) -> str:
        """Return one short line."""
        return self.all_words()[hint]

    def all_words(self) -> dict[Hint, str]:
        """Return the lines of all hints."""
        return {
            Hint.NOBODY: self.tr("Come in front of the camera"),
            Hint.CLOSER: self.tr("Come a little closer"),
            Hint.STEP_BACK: self.tr("One step back, please"),
            Hint.CENTRE: self.tr("Move to the middle"),
            Hint.ONE_PERSON: self.tr("One person at a time, please"),
            Hint.LOOK_HERE: self.tr("Look into the camera"),
            Hint.TURN_LEFT: self.tr("Turn your head a little to the left"),
            Hint.TURN_RIGHT: self.tr("Turn your head a little to the right"),
            Hint.HOLD_STILL: self.tr("Hold still"),
            Hint.MORE_LIGHT: self.tr("A little more light, please"),
            Hint.LESS_LIGHT: self.tr("Too bright here"),
            Hint.NO_MASK: self.tr("Please take off the mask"),
            Hint.GOOD: self.tr("Perfect"),
            Hint.CAMERA_LOST: self.tr("One moment, the camera is being reconnected"),
        }
