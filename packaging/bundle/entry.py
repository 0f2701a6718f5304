"""Where the frozen program begins."""

import os
import sys

from eventsnap_desktop.__main__ import main

if sys.platform == "linux":
    # PyInstaller's start-up names our Qt's plugins here, though Qt finds them beside its libraries;
    # a file manager that we open is a Qt program itself perhaps, and must not find them.
    for _name in ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        os.environ.pop(_name, None)

if __name__ == "__main__":
    raise SystemExit(main())
