"""Lines between a program and the process that answers phones for it: whole, or left out."""

import io
import json
import logging
from pathlib import Path

import pytest

from eventsnap_desktop.app.share_reports import (
    PipeLog,
    ShareOrder,
    ShareReport,
    order_line,
    read_line,
    read_order,
    report_line,
)
from eventsnap_desktop.index.address_names import database_name
from eventsnap_desktop.settings.loading import load_settings
from eventsnap_desktop.settings.secrets import reveal

URL = "postgresql://anna:S3cret!@db.example.org:5433/party"


def order(home: Path) -> ShareOrder:
    given = {
        "home": home,
        "database": {"url": URL},
        "storage": {"endpoint": "http://s3:9000", "access_key": "key", "secret_key": "sesame"},
        "mail": {"host": "mail.example.org", "password": "hush"},
        "share": {"port": 8500},
    }
    return ShareOrder(load_settings(given).settings, "eventsnap 1234", 8474)


def test_an_order_arrives_with_what_is_needed_to_serve_and_no_more(tmp_path: Path) -> None:
    line = order_line(order(tmp_path))
    found = read_order(line)
    assert line.count("\n") == 1
    assert (found.name, found.port, found.settings.share.port) == ("eventsnap 1234", 8474, 8500)
    assert found.settings.home == tmp_path
    assert reveal(found.settings, "database.url") == URL
    assert reveal(found.settings, "storage.secret_key") == "sesame"
    assert found.settings.mail.password is None
    assert "hush" not in line


@pytest.mark.parametrize("line", ["", "no order\n", "{}\n", "[1]\n", '{"settings": {}}\n'])
def test_what_is_no_order_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        read_order(line)


def test_a_report_arrives() -> None:
    for report in (ShareReport(8473), ShareReport(8474, False), ShareReport(problem="No “port”")):
        assert read_line(report_line(report)) == report


@pytest.mark.parametrize(
    "line", ["", "\n", "Loading a library …\n", "[]\n", "7\n", "{}\n", '{"report": 1}\n']
)
def test_what_a_library_prints_reports_nothing(line: str) -> None:
    assert read_line(line) is None


def test_what_the_process_logs_is_logged_by_the_program(caplog: pytest.LogCaptureFixture) -> None:
    pipe = io.StringIO()
    record = logging.LogRecord(
        "eventsnap_desktop.x", logging.WARNING, "", 1, "%d\nlinks", (7,), None
    )
    PipeLog(pipe).emit(record)
    assert json.loads(pipe.getvalue())["text"] == "7\nlinks"
    with caplog.at_level(logging.WARNING):
        assert read_line(pipe.getvalue()) is None
    assert caplog.record_tuples == [("eventsnap_desktop.x", logging.WARNING, "7\nlinks")]


def test_a_pipe_that_nobody_holds_any_more_is_no_error() -> None:
    pipe = io.StringIO()
    pipe.close()
    PipeLog(pipe).emit(logging.LogRecord("x", logging.INFO, "", 1, "word", (), None))


def test_a_databases_name_tells_it_from_others_and_nothing_of_its_password(tmp_path: Path) -> None:
    name = database_name(URL, tmp_path)
    assert name == database_name(URL.replace("S3cret!", "other"), tmp_path / "elsewhere")
    assert name != database_name(URL.replace("/party", "/other"), tmp_path)
    assert name != database_name(None, tmp_path)
    assert database_name(None, tmp_path) == database_name(None, tmp_path / "x" / "..")
    assert database_name(None, tmp_path) != database_name(None, tmp_path / "other")
    assert name.isascii()
