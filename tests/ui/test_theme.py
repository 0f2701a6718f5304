"""The colours can be read, follow the choice, and reach what is drawn by hand."""

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eventsnap_desktop.ui.widgets.contrast import contrast
from eventsnap_desktop.ui.widgets.icon_label import IconLabel
from eventsnap_desktop.ui.widgets.palette import DARK, LIGHT, Colours
from eventsnap_desktop.ui.widgets.resource_files import resource
from eventsnap_desktop.ui.widgets.style_sheet import style_sheet
from eventsnap_desktop.ui.widgets.theme import Theme, colours_now

READ_ON = [
    *(
        (text, ground)
        for text in ("text", "faint", "accent")
        for ground in ("ground", "surface", "raised")
    ),
    ("text", "rail"),
    ("faint", "rail"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent", "accent_soft"),
    ("good", "good_soft"),
    ("warning", "warning_soft"),
    ("danger", "danger_soft"),
    ("text", "good_soft"),
    ("text", "warning_soft"),
    ("text", "danger_soft"),
    ("good", "surface"),
    ("warning", "surface"),
    ("danger", "surface"),
]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ_ON)
def test_every_text_can_be_read_on_its_ground(colours: Colours, text: str, ground: str) -> None:
    found = contrast(getattr(colours, text), getattr(colours, ground))

    assert found >= 4.5, f"{text} on {ground}: {found:.2f}"


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_names_no_colour_that_is_not_there(colours: Colours) -> None:
    assert "@" not in style_sheet(colours)
    assert all(QColor(getattr(colours, field.name)).isValid() for field in fields(Colours))


def test_icons_beside_texts_follow_the_theme(theme: Theme, qtbot: QtBot) -> None:
    sign = IconLabel("photos", 24)
    qtbot.addWidget(sign)
    sign.show()
    light = sign.pixmap().toImage()
    try:
        theme.choose("dark")
        QApplication.processEvents()
        assert colours_now() is DARK
        assert theme.is_dark
        assert sign.pixmap().toImage() != light
    finally:
        theme.choose("light")
    QApplication.processEvents()
    assert sign.pixmap().toImage() == light


def test_every_icon_can_be_drawn() -> None:
    names = sorted(file.stem for file in resource("icons").glob("*.svg"))

    assert len(names) > 40
    for name in names:
        assert not IconLabel(name, 24).pixmap().isNull(), name
