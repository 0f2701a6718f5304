"""The look of Qt's widgets in this program, as one style sheet made of the colours."""

from eventsnap_desktop.ui.widgets.palette import Colours
from eventsnap_desktop.ui.widgets.resource_files import resource

# Kinds are set as properties: button.setProperty("kind", "primary"), label.setProperty("role",
# "title"), frame.setProperty("kind", "card").
_SHEET = """
* { font-family: "Inter"; font-size: 14px; }
QWidget { color: @text; }
QMainWindow, QDialog, QWidget[role="ground"] { background: @ground; }
QToolTip { background: @surface; color: @text; border: 1px solid @strong_border; padding: 6px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: 24px; font-weight: 700; }
QLabel[role="subtitle"] { color: @faint; }
QLabel[role="heading"] { font-size: 16px; font-weight: 600; }
QLabel[role="faint"] { color: @faint; }
QLabel[role="small"] { color: @faint; font-size: 12px; }
QLabel[role="figure"] { font-size: 30px; font-weight: 700; }
QLabel[role="good"] { color: @good; }
QLabel[role="warning"] { color: @warning; }
QLabel[role="danger"] { color: @danger; }
QLabel[role="badge"] { border-radius: 9px; padding: 2px 9px; font-size: 12px; font-weight: 600;
    background: @raised; color: @faint; }
QLabel[role="badge"][tone="good"] { background: @good_soft; color: @good; }
QLabel[role="badge"][tone="warning"] { background: @warning_soft; color: @warning; }
QLabel[role="badge"][tone="danger"] { background: @danger_soft; color: @danger; }
QLabel[role="badge"][tone="accent"] { background: @accent_soft; color: @accent; }

QFrame[kind="card"] { background: @surface; border: 1px solid @border; border-radius: 12px; }
QFrame[kind="card"][selected="true"] { border: 2px solid @accent; }
QFrame[kind="rail"] { background: @rail; border: none; border-right: 1px solid @border; }
QFrame[kind="line"] { background: @border; max-height: 1px; min-height: 1px; border: none; }
QFrame[kind="banner"] { border-radius: 10px; }
QFrame[kind="banner"][tone="info"] { background: @accent_soft; border: 1px solid @accent; }
QFrame[kind="banner"][tone="good"] { background: @good_soft; border: 1px solid @good; }
QFrame[kind="banner"][tone="warning"] { background: @warning_soft; border: 1px solid @warning; }
QFrame[kind="banner"][tone="danger"] { background: @danger_soft; border: 1px solid @danger; }
QFrame[kind="toast"] { background: @text; border-radius: 10px; }
QFrame[kind="toast"] QLabel { color: @ground; }
QFrame[kind="toast"] QPushButton { color: @ground; background: transparent; font-weight: 700;
    border: 1px solid @faint; }
QFrame[kind="drop"] { background: @raised; border: 2px dashed @strong_border; border-radius: 12px; }
QFrame[kind="drop"][hot="true"] { background: @accent_soft; border-color: @accent; }

QPushButton, QToolButton { background: @raised; color: @text; border: 1px solid @strong_border;
    border-radius: 8px; padding: 7px 14px; font-weight: 500; }
QToolButton { padding: 7px; }
QPushButton:hover, QToolButton:hover { background: @accent_soft; border-color: @accent; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked, QPushButton:checked {
    background: @accent_soft; border-color: @accent; color: @accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 6px 13px; }
QToolButton:focus { padding: 6px; }
QPushButton:disabled, QToolButton:disabled { color: @faint; background: @ground;
    border-color: @border; }
QPushButton[kind="primary"] { background: @accent; color: @on_accent; border: 1px solid @accent;
    font-weight: 600; }
QPushButton[kind="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="primary"]:disabled { background: @raised; color: @faint; border-color: @border; }
QPushButton[kind="danger"] { color: @danger; border-color: @danger; background: transparent; }
QPushButton[kind="danger"]:hover { background: @danger_soft; }
QPushButton[kind="danger"]:disabled { color: @faint; border-color: @border; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] { background: transparent;
    border: 1px solid transparent; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: @accent_soft; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border: 2px solid @accent; }
QPushButton[kind="rail"] { text-align: left; padding: 9px 12px; border: 1px solid transparent;
    background: transparent; color: @faint; font-weight: 500; }
QPushButton[kind="rail"]:hover { background: @raised; color: @text; }
QPushButton[kind="rail"]:disabled { color: @strong_border; }
QPushButton[kind="rail"]:checked { background: @accent_soft; color: @accent; font-weight: 600; }
QPushButton[kind="rail"]:focus { border: 2px solid @accent; padding: 8px 11px; }
QPushButton[kind="segment"] { border-radius: 8px; padding: 6px 12px; background: transparent;
    border: 1px solid @border; color: @faint; }
QPushButton[kind="segment"]:checked { background: @accent_soft; color: @accent;
    border-color: @accent; font-weight: 600; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit, QDateTimeEdit, QTextEdit,
QPlainTextEdit { background: @surface; color: @text; border: 1px solid @strong_border;
    border-radius: 8px; padding: 7px 10px; selection-background-color: @accent;
    selection-color: @on_accent; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QDateEdit:focus,
QDateTimeEdit:focus, QTextEdit:focus, QPlainTextEdit:focus { border: 2px solid @accent;
    padding: 6px 9px; }
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled, QTextEdit:disabled,
QPlainTextEdit:disabled, QDateEdit:disabled { background: @raised; color: @faint; }
QLineEdit[invalid="true"] { border-color: @danger; }
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down { border: none; width: 26px;
    background: transparent; }
QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow {
    image: url(@down_arrow); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @surface; color: @text; border: 1px solid @strong_border;
    selection-background-color: @accent_soft; selection-color: @text; padding: 4px; }
QSpinBox, QDoubleSpinBox { padding-right: 26px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; border: none;
    subcontrol-position: top right; width: 24px; background: transparent; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; border: none;
    subcontrol-position: bottom right; width: 24px; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(@up_arrow); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(@down_arrow); width: 12px;
    height: 12px; }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @strong_border;
    border-radius: 5px; background: @surface; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(@tick); }
QCheckBox::indicator:disabled { background: @raised; border-color: @border; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QRadioButton[role="choice"] { font-size: 15px; font-weight: 600; }
QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid @strong_border;
    border-radius: 9px; background: @surface; }
QRadioButton::indicator:hover, QRadioButton::indicator:focus { border-color: @accent; }
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 5px solid @accent;
    background: @on_accent; }
QRadioButton::indicator:disabled { background: @raised; border-color: @border; }

QListView, QTableView, QTreeView { background: @surface; color: @text; border: 1px solid @border;
    border-radius: 10px; outline: none; gridline-color: @border;
    selection-background-color: @accent_soft; selection-color: @text; }
QTableView::item, QTreeView::item { padding: 6px 8px; border: none; }
QListView::item:selected, QTableView::item:selected, QTreeView::item:selected {
    background: @accent_soft; color: @text; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @faint; border: none; padding: 8px;
    border-bottom: 1px solid @border; font-weight: 600; }
QTableCornerButton::section { background: @surface; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="scrolled"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar::handle:vertical { background: @strong_border; border-radius: 4px; min-height: 36px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle:horizontal { background: @strong_border; border-radius: 4px; min-width: 36px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: @raised; border: 1px solid @border; border-radius: 6px; height: 10px;
    text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 5px; }
QProgressBar[tone="good"]::chunk { background: @good; }
QProgressBar[tone="warning"]::chunk { background: @warning; }
QSlider::groove:horizontal { background: @border; height: 6px; border-radius: 3px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 3px; }
QSlider::handle:horizontal { background: @surface; border: 2px solid @accent; width: 16px;
    margin: -7px 0; border-radius: 10px; }
QSlider:focus { border: 1px solid @accent; border-radius: 8px; }

QMenu { background: @surface; border: 1px solid @strong_border; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 7px 22px; border-radius: 6px; }
QMenu::item:selected { background: @accent_soft; color: @text; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @border; margin: 5px 8px; }
QTabWidget::pane { border: none; }
QTabBar::tab { background: transparent; color: @faint; padding: 8px 14px; border: none;
    border-bottom: 2px solid transparent; font-weight: 500; }
QTabBar::tab:selected { color: @accent; border-bottom-color: @accent; font-weight: 600; }
QTabBar::tab:focus { color: @text; }
QStatusBar { background: @rail; border-top: 1px solid @border; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @faint; font-size: 12px; }
QSplitter::handle { background: @border; }
"""


def style_sheet(colours: Colours) -> str:
    """Return the style sheet in these colours."""
    tick = "tick-on-light" if colours.on_accent != "#ffffff" else "tick-on-dark"
    pictures = {"@down_arrow": "arrow-down", "@up_arrow": "arrow-up", "@tick": tick}
    sheet = _SHEET
    for word, name in pictures.items():
        sheet = sheet.replace(word, resource("icons", f"{name}.svg").as_posix())
    # Longer names first: @accent is the beginning of @accent_soft.
    for name in sorted(Colours.__dataclass_fields__, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", str(getattr(colours, name)))
    return sheet
