"""Runs in the frozen program before anything else: what it starts gets the system's environment.

PyInstaller's start-up points the library path at the program's own folder. Our process has read it
by then; a system program (lp, xdg-open, nvidia-smi) that inherits it would load our libraries
instead of its own and fail in strange ways.
"""

import os
import sys

for _name in ("LD_LIBRARY_PATH", "LIBPATH"):
    _before = os.environ.pop(f"{_name}_ORIG", None)
    if _before is not None:
        os.environ[_name] = _before
    else:
        os.environ.pop(_name, None)

# The program started by itself (the kiosk that a supervisor guards) is a program of its own, which
# makes its own library path again.
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"

# OpenSSL has the folder of the certificates built in, that of the Linux it was built on; elsewhere
# no server would be trusted. What the system's administrator added is in the system's own file.
if sys.platform != "win32" and "SSL_CERT_FILE" not in os.environ:
    for _name in (
        "/etc/ssl/certs/ca-certificates.crt",  # Debian, Arch
        "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, Red Hat
        "/etc/ssl/ca-bundle.pem",  # SUSE
        "/etc/ssl/cert.pem",  # Alpine, macOS
        os.path.join(getattr(sys, "_MEIPASS", ""), "certifi", "cacert.pem"),  # noqa: PTH118
    ):
        if os.path.isfile(_name):  # noqa: PTH113
            os.environ["SSL_CERT_FILE"] = _name
            break

# A Windows program without a console has no streams at all, and printing to None is an error
# wherever a library flushes or asks for a terminal.
for _name in ("stdout", "stderr"):
    if getattr(sys, _name) is None:
        setattr(sys, _name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
