"""The help page: words, the doctor's findings, and the licences of what is used."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from eventsnap_desktop import __version__
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.doctor_view import DoctorView
from eventsnap_desktop.ui.organizer.help_page import HelpPage
from eventsnap_desktop.ui.organizer.licences import used_packages


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> HelpPage:
    made = HelpPage(desk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def words(widget: QWidget | None) -> str:
    assert widget is not None
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (0, "Make an event"),
        (1, "Ctrl+S"),
        (2, "Article 9 GDPR"),
        (3, "Is everything there?"),
        (4, f"Version {__version__}"),
    ],
)
def test_each_view_says_its_words(page: HelpPage, view: int, expected: str) -> None:
    page.show_view(view)

    assert page._stack.currentIndex() == view
    assert expected in words(page._stack.currentWidget())


def test_licences_of_all_packages_are_listed(page: HelpPage, qtbot: QtBot) -> None:
    page.show_view(4)

    qtbot.waitUntil(lambda: "psycopg" in words(page._stack.currentWidget()))

    text = words(page._stack.currentWidget())
    assert "non-commercial research only" in text
    assert "SIL Open Font License" in text
    assert "numpy" in text


def test_most_packages_name_their_licence() -> None:
    packages = used_packages()

    assert len(packages) > 20
    assert sum(bool(package.licence) for package in packages) > 0.8 * len(packages)
    assert all(len(package.licence) < 200 for package in packages)


def test_the_doctor_looks_at_this_machine(page: HelpPage, qtbot: QtBot) -> None:
    page.show_view(3)

    qtbot.mouseClick(page._doctor._look, Qt.MouseButton.LeftButton)
    assert page._doctor._busy.isVisible()
    qtbot.waitUntil(lambda: bool(page._doctor.summary), timeout=60_000)

    assert page._doctor._busy.isHidden()
    assert "onnxruntime" in words(page._doctor)


def test_the_worst_finding_comes_first_with_what_to_do(qtbot: QtBot) -> None:
    view = DoctorView()
    qtbot.addWidget(view)

    view.show_findings([("ok", "disk", "fine", ""), ("problem", "camera", "broken", "Mend it.")])
    view.show_findings([("ok", "disk", "fine", ""), ("problem", "camera", "broken", "Mend it.")])

    text = words(view._findings)
    assert text.index("camera") < text.index("disk")
    assert "→ Mend it." in text
    assert view.summary == "1 problem(s) to be solved"
