"""Forms in sections: a card with a heading, fields below their names."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from eventsnap_desktop.ui.widgets.pieces import card, label


def section(column: QVBoxLayout, title: str, text: str = "") -> QGridLayout:
    """Add a card with a heading and a sentence to a column; return the two columns in it."""
    frame, inside = card()
    frame.setAccessibleName(title)
    inside.addWidget(label(title, "heading"))
    if text:
        inside.addWidget(label(text, "faint", wrap=True))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    inside.addLayout(grid)
    column.addWidget(frame)
    return grid


def put(grid: QGridLayout, line: int, text: str, field: QWidget) -> None:
    """Put a field with its name above it; it takes two rows of the grid from ``2 * line`` on."""
    grid.addWidget(field_name(text, field), 2 * line, 0, 1, 2)
    grid.addWidget(field, 2 * line + 1, 0, 1, 2)


def pair(grid: QGridLayout, line: int, *fields: tuple[str, QWidget]) -> None:
    """Put small fields side by side into one row of the grid, each with its name above it."""
    side_by_side = QHBoxLayout()
    side_by_side.setSpacing(24)
    for text, field in fields:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(field_name(text, field))
        column.addWidget(field)
        side_by_side.addLayout(column)
    side_by_side.addStretch(1)
    grid.addLayout(side_by_side, line, 0, 1, 2)


def field_name(text: str, field: QWidget) -> QLabel:
    """Return a field's name, which is also its name for screen readers."""
    name = label(text, "small")
    name.setBuddy(field)
    name.setContentsMargins(0, 6, 0, 0)
    field.setAccessibleName(text)
    return name
