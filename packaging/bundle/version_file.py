"""What Windows shows among a program's properties: its version, name and licence."""

from pathlib import Path

_TEXT = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('CompanyName', 'The EventSnap developers'),
      StringStruct('FileDescription', 'EventSnap'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', 'eventsnap'),
      StringStruct('LegalCopyright', 'MIT licence; see the folder licenses'),
      StringStruct('ProductName', 'EventSnap'),
      StringStruct('ProductVersion', '{version}'),
    ])]),
    VarFileInfo([VarStruct('Translation', [1033, 1200])]),
  ],
)
"""


def write_version_file(version: str, file: Path) -> None:
    """Write PyInstaller's version file; a version such as 1.2.3rc1 counts as 1.2.3.0."""
    numbers = [_leading_digits(part) for part in version.split(".")[:3]]
    padded = tuple(numbers + [0] * (4 - len(numbers)))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_TEXT.format(numbers=padded, version=version), encoding="utf-8")


def _leading_digits(part: str) -> int:
    digits = ""
    for sign in part:
        if not sign.isdigit():
            break
        digits += sign
    return int(digits or 0)
