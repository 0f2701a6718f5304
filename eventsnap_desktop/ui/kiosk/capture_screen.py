"""The camera: the guest as in a mirror, one line of advice, and few large buttons."""

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from eventsnap_desktop.flows.guest_actions import Back, Retake, Shutter, Together
from eventsnap_desktop.flows.guest_views import CaptureView
from eventsnap_desktop.ui.kiosk.capture_controls import ShutterButton, TogetherChoice
from eventsnap_desktop.ui.kiosk.hint_pill import HintPill
from eventsnap_desktop.ui.kiosk.live_preview import LiveFeed, LivePreview
from eventsnap_desktop.ui.kiosk.look import Look
from eventsnap_desktop.ui.kiosk.pieces import big_button, text
from eventsnap_desktop.ui.kiosk.screen import Screen
from eventsnap_desktop.ui.kiosk.selfie_strip import SelfieStrip

_MARGIN, _GAP = 36, 24  # designed pixels
_SIDE = 480
_WIDE = 1.3  # width to height from which the controls lie beside the preview
_HIGH = 1.45  # height to width from which there is room for everything under it
_TALLEST = 1.25  # height to width of a high preview
_OVER_ALL, _BETWEEN = 0, 3  # the two spaces in the head of the controls
_CENTRE = Qt.AlignmentFlag.AlignCenter


class CaptureScreen(Screen):
    """Shows a CaptureView; ``feed`` has the live pictures."""

    def __init__(self, look: Look, feed: LiveFeed, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        backwards = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.preview = LivePreview(look, feed)
        self.pill = HintPill(look)
        self.strip = SelfieStrip(look)
        self.said = text(self.tr("The pictures are taken automatically."), "faint", centred=True)
        self.together = TogetherChoice(look)
        self.shutter = ShutterButton(look)
        self.again = big_button(look, self.tr("Start again"), "retry")
        self.back = big_button(look, "", "right" if backwards else "left", "quiet")
        self.back.setAccessibleName(self.tr("Back"))
        for made in (self.again, self.back):
            made.setStyleSheet(f"padding: 0 {look.px(22)}px;")
        self._counting = False
        self._arranged: tuple[bool, bool] | None = None
        keep = self.again.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.again.setSizePolicy(keep)
        self._build()
        self.again.hide()
        self.shutter.pressed_ready.connect(self._on_shutter)
        self.together.chosen.connect(self._on_together)
        self.again.clicked.connect(self._on_again)
        self.back.clicked.connect(self._on_back)
        self.preview.camera_changed.connect(self._on_camera)

    def show_state(self, view: CaptureView) -> None:
        """Show what the coach says, and what was taken."""
        progress = view.progress
        self._counting = progress.countdown > 0
        self.preview.show_progress(progress)
        self.pill.show_hint(progress.hint)
        self.strip.show_selfies(progress.taken, progress.wanted, progress.selfies)
        self.together.show_choice(view.together, progress.people)
        if not progress.taken and self.again.hasFocus():
            self.shutter.setFocus()
        self.again.setVisible(progress.taken > 0)
        self._on_camera()

    def forget(self) -> None:
        """Keep no picture of the guest."""
        self.preview.forget()
        self.strip.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the controls where there is room for them."""
        super().resizeEvent(event)
        high = self.height() * _WIDE > self.width()
        low = self._is_low(high)
        if (high, low) != self._arranged:
            self._arranged = (high, low)
            self._arrange(high, low)
        self._fit(high)

    def _is_low(self, high: bool) -> bool:
        """Whether there is no room for everything one below the other."""
        if high:
            return self.height() < self.width() * _HIGH
        gap, edge = self.look.px(_GAP), self.look.px(_MARGIN)
        lines = (self.together, self.shutter, self.again)
        needed = sum(made.sizeHint().height() + gap for made in lines) + 2 * edge
        return self.height() < needed + self.look.target(120) + 3 * self.look.text(30) + gap

    def _fit(self, high: bool) -> None:
        """Choose the sizes that follow from the screen's."""
        gap, edge = self.look.px(_GAP), 2 * self._whole.contentsMargins().left()
        wide = self.width() - edge
        if high:
            self._name_sides(wide)
            self._controls.setFixedWidth(wide)
            self.preview.setMaximumHeight(round(wide * _TALLEST))
        else:
            self.back.setText(self.tr("Back"))
            side = max(self.look.px(_SIDE), self._controls_column.minimumSize().width())
            self._controls.setFixedWidth(side)
            self.preview.setMaximumHeight(self.height())
            wide -= side + gap
        self.pill.fit(wide - 2 * self.look.px(_MARGIN))
        self.preview.set_room_below(self.pill.height() + self.look.px(_MARGIN))

    def _name_sides(self, wide: int) -> None:
        """Have the shutter in the middle if there is room; an arrow alone says "Back" as well."""
        self.back.setText(self.tr("Back"))
        back, again = self.back.sizeHint().width(), self.again.sizeHint().width()
        room = wide - self.shutter.sizeHint().width() - 2 * self.look.px(_GAP)
        if back + again > room:
            self.back.setText("")
        equal = max(back, again) if 2 * max(back, again) <= room else 0
        for column in (0, 2):
            self._foot.setColumnMinimumWidth(column, equal)

    def _arrange(self, high: bool, low: bool) -> None:
        """Put the controls beside a wide preview, or under a high one."""
        edge = self.look.px(_GAP if low else _MARGIN)
        self._whole.setContentsMargins(edge, edge, edge, edge)
        self.strip.set_small(low)
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._whole.setDirection(down if high else along)
        self._head.setDirection(along if high and low else down)
        self.said.setVisible(not low)
        reach_low = self.look.accessible and not high
        self._head.setStretch(_OVER_ALL, int(reach_low))
        self._head.setStretch(_BETWEEN, int(not reach_low and (low or not high)))
        self._controls_column.setStretch(0, int(not high))
        self._controls_column.setStretch(1, int(not high and not reach_low))
        for made in (self.shutter, self.back, self.again):
            made.ensurePolished()
            self._foot.removeWidget(made)
        if high:
            places = [(self.back, 0, 0, 1), (self.shutter, 0, 1, 1), (self.again, 0, 2, 1)]
        else:
            places = [(self.shutter, 0, 0, 3), (self.back, 2, 0, 1), (self.again, 2, 1, 2)]
        for made, line, column, columns in places:
            align = _CENTRE if made is self.shutter else Qt.AlignmentFlag(0)
            self._foot.addWidget(made, line, column, 1, columns, align)
        self._foot.setRowStretch(1, int(not high))
        for column in range(3):
            self._foot.setColumnMinimumWidth(column, 0)
            self._foot.setColumnStretch(column, int(high and column != 1))

    def event(self, event: QEvent) -> bool:
        """Forget the pictures before the screen is destroyed."""
        if event.type() == QEvent.Type.DeferredDelete:
            self.forget()
        return super().event(event)

    def _build(self) -> None:
        edge, gap = self.look.px(_MARGIN), self.look.px(_GAP)
        over = QVBoxLayout(self.preview)
        over.setContentsMargins(edge, 0, edge, edge)
        over.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        self._controls = QWidget()
        self._controls_column = QVBoxLayout(self._controls)
        self._controls_column.setContentsMargins(0, 0, 0, 0)
        self._head = self._build_head()
        self._foot = QGridLayout()
        for made in (self.shutter, self.back, self.again):
            self._foot.addWidget(made)
        self._controls_column.addLayout(self._head)
        self._controls_column.addLayout(self._foot)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.addWidget(self.preview, 1)
        self._whole.addWidget(self._controls)
        for layout in (self._controls_column, self._head, self._foot, self._whole):
            layout.setSpacing(gap)
        order = [self.shutter, self.together.alone, self.together.all, self.again, self.back]
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)

    def _build_head(self) -> QBoxLayout:
        head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        head.addStretch()
        head.addWidget(self.strip, 0, _CENTRE)
        head.addWidget(self.said)
        head.addStretch()
        head.addWidget(self.together, 0, _CENTRE)
        return head

    def _on_camera(self) -> None:
        """Offer no picture, and no advice, while there is no camera."""
        self.pill.setVisible(not self.preview.is_lost)
        self.shutter.set_ready(not self._counting and not self.preview.is_lost)

    def _on_shutter(self) -> None:
        self.act(Shutter())

    def _on_together(self, on: bool) -> None:
        self.act(Together(on))

    def _on_again(self) -> None:
        self.act(Retake())

    def _on_back(self) -> None:
        self.act(Back())
