"""The running encode: what it does, how far and how fast it is, and its buttons."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.overview import EventOverview
from eventsnap_desktop.flows.encode import EncodeReport
from eventsnap_desktop.ui.organizer.durations import in_words
from eventsnap_desktop.ui.organizer.encode_stages import EncodeStages
from eventsnap_desktop.ui.organizer.encodings import EncodeState, Phase
from eventsnap_desktop.ui.widgets.pieces import badge, button, label, restyle, set_tone
from eventsnap_desktop.ui.widgets.sentences import in_window_language

_TONES = {
    Phase.RUNNING: "accent",
    Phase.PAUSED: "warning",
    Phase.RETRYING: "warning",
    Phase.FAILED: "danger",
}
_NOTE_ROLES = {Phase.RETRYING: "warning", Phase.FAILED: "danger"}


class EncodePanel(QFrame):
    """Shows an EncodeState for one event; logic lives in Encodings."""

    start_wanted = Signal(bool)
    """Encode; True to go on with what arrives."""
    pause_wanted = Signal()
    resume_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._state, self._overview = EncodeState(), None  # type: EncodeState, EventOverview | None
        self._badge, self._sentence = badge(""), label("", "heading", wrap=True)
        self._note = label("", "faint", wrap=True)
        self._bar, self._stages = QProgressBar(), EncodeStages()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(12)
        self._bar.setAccessibleName(self.tr("Encoded photos of the event"))
        self._speed = label("", "faint")
        self._encode = button(self.tr("Encode now"), "play", "primary")
        self._watch = button(self.tr("Encode and watch"), "watch")
        self._watch.setToolTip(self.tr("Encodes what is there, and then each photo as it arrives"))
        self._pause, self._resume = (
            button(self.tr("Pause"), "pause"),
            button(self.tr("Resume"), "play", "primary"),
        )
        self._stop = button(self.tr("Stop"), "stop")
        self._lay_out()
        self._encode.clicked.connect(self._on_encode)
        self._watch.clicked.connect(self._on_watch)
        self._pause.clicked.connect(self.pause_wanted)
        self._resume.clicked.connect(self.resume_wanted)
        self._stop.clicked.connect(self.stop_wanted)
        self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._badge)
        head.addWidget(self._sentence, 1)
        for made in (self._encode, self._watch, self._resume, self._pause, self._stop):
            head.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._speed)
        column.addWidget(self._note)
        column.addWidget(self._stages)

    @property
    def text(self) -> str:
        """What it says, for tests and screen readers."""
        return f"{self._sentence.text()} {self._note.text()}".strip()

    def show_state(self, state: EncodeState) -> None:
        """Show the encode; one of another event leaves this one's buttons off."""
        self._state = state
        self._show()

    def show_event(self, overview: EventOverview | None) -> None:
        """Show the event's own figures."""
        self._overview = overview
        self._show()

    def _show(self) -> None:
        state, overview = self._state, self._overview
        mine = state.event is None or overview is None or state.event.id == overview.event.id
        phase = state.phase if mine else Phase.IDLE
        elsewhere = not mine and state.phase is Phase.RUNNING
        self._show_buttons(phase, elsewhere)
        self._badge.setText(self._phase_name(phase, state.watching))
        set_tone(self._badge, _TONES.get(phase, ""))
        self._sentence.setText(self._what(overview))
        self._note.setText(self._why(state, phase, elsewhere))
        self._note.setVisible(bool(self._note.text()))
        role = _NOTE_ROLES.get(phase, "faint")
        if self._note.property("role") != role:
            self._note.setProperty("role", role)
            restyle(self._note)
        self._stages.show_progress(state.progress if mine else None)
        self._stages.setVisible(mine and state.progress is not None)
        self._show_speed(state if mine else EncodeState())
        self._show_bar(overview, phase)

    def _show_buttons(self, phase: Phase, elsewhere: bool) -> None:
        idle = phase in {Phase.IDLE, Phase.FAILED}
        self._encode.setVisible(idle)
        self._watch.setVisible(idle)
        usable = self._overview is not None and bool(self._overview.event.source) and not elsewhere
        self._encode.setEnabled(usable)
        self._watch.setEnabled(usable)
        self._pause.setVisible(phase in {Phase.RUNNING, Phase.PAUSING})
        self._pause.setEnabled(phase is Phase.RUNNING)
        self._resume.setVisible(phase in {Phase.PAUSED, Phase.RETRYING})
        self._stop.setVisible(not idle)
        self._stop.setEnabled(phase is not Phase.STOPPING)

    def _show_bar(self, overview: EventOverview | None, phase: Phase) -> None:
        counts = overview.counts if overview is not None else None
        there = counts.pending + counts.encoded + counts.failed if counts is not None else 0
        done = there - counts.pending if counts is not None else 0
        if phase is Phase.RUNNING and there == 0:
            self._bar.setRange(0, 0)
            return
        self._bar.setRange(0, max(1, there))
        self._bar.setValue(done)
        set_tone(self._bar, "good" if there and done == there else "")

    def _show_speed(self, state: EncodeState) -> None:
        progress = state.progress
        if progress is None or state.phase is not Phase.RUNNING:
            self._speed.hide()
            return
        faces = progress.faces / max(1, progress.encoded)
        parts = [
            self.tr("{rate} photos a second").format(
                rate=QLocale().toString(progress.rate, "f", 1)
            ),
            self.tr("{rate} faces a second").format(
                rate=QLocale().toString(progress.rate * faces, "f", 0)
            ),
        ]
        if progress.eta is not None and progress.total > progress.done:
            parts.append(self.tr("done in about {time}").format(time=in_words(progress.eta)))
        self._speed.setText("  ·  ".join(parts))
        self._speed.show()

    def _phase_name(self, phase: Phase, watching: bool) -> str:
        names = {
            Phase.IDLE: self.tr("Ready"),
            Phase.RUNNING: self.tr("Watching") if watching else self.tr("Encoding"),
            Phase.PAUSING: self.tr("Pausing…"),
            Phase.PAUSED: self.tr("Paused"),
            Phase.STOPPING: self.tr("Stopping…"),
            Phase.RETRYING: self.tr("Waiting"),
            Phase.FAILED: self.tr("Stopped"),
        }
        return names[phase]

    def _what(self, overview: EventOverview | None) -> str:
        if overview is None:
            return self.tr("No event is chosen.")
        counts, local = overview.counts, QLocale()
        there = counts.pending + counts.encoded + counts.failed
        if there == 0:
            return self.tr("No photos are known of yet.")
        if counts.pending:
            text = self.tr("{done} of %Ln photo(s) are encoded.", "", there)
            return text.format(done=local.toString(counts.encoded))
        if counts.failed:
            text = self.tr("{done} of %Ln photo(s) are encoded, {failed} failed.", "", there)
            return text.format(
                done=local.toString(counts.encoded), failed=local.toString(counts.failed)
            )
        return self.tr("All %Ln photo(s) are encoded.", "", there)

    def _why(self, state: EncodeState, phase: Phase, elsewhere: bool) -> str:
        if elsewhere and state.event is not None:
            text = self.tr("{event} is being encoded; one event at a time.")
            return text.format(event=state.event.name)
        if state.error is not None and phase in {Phase.FAILED, Phase.RETRYING}:
            return self._trouble(state, state.error)
        if phase is Phase.PAUSED:
            return self.tr("What is encoded is stored. Resume goes on with the photos that wait.")
        if phase is Phase.RUNNING and state.progress is not None and state.progress.waiting:
            waiting = in_window_language(state.progress.waiting)
            return waiting[:1].upper() + waiting[1:]
        if phase is Phase.IDLE and state.report is not None:
            return self._last_run(state.report)
        return ""

    def _trouble(self, state: EncodeState, error: Exception) -> str:
        if state.phase is Phase.RETRYING:
            text = self.tr("{reason} It is tried again in {time}.")
            return text.format(reason=in_window_language(str(error)), time=in_words(state.retry_in))
        if isinstance(error, EventSnapError):
            return in_window_language(str(error))
        return self.tr("Something unexpected went wrong. The log page has the details.")

    def _last_run(self, report: EncodeReport) -> str:
        text = self.tr(
            "Last run: {encoded} encoded, {skipped} unchanged, {gone} gone, {faces} faces, {time}."
        )
        return text.format(
            encoded=report.encoded,
            skipped=report.skipped,
            gone=report.gone,
            faces=report.faces,
            time=in_words(report.seconds),
        )

    def _on_encode(self) -> None:
        self.start_wanted.emit(False)

    def _on_watch(self) -> None:
        self.start_wanted.emit(True)
