"""A file of mail is there whole or not at all."""

from datetime import timedelta
from pathlib import Path

from monitor.channels.eml import EmlFolder
from tests.builders import NOON


def test_files_sort_by_time_and_bear_the_alert(tmp_path: Path) -> None:
    folder = EmlFolder(tmp_path / "new" / "folder")

    folder.write("b2", NOON + timedelta(minutes=1), b"two")
    folder.write("a1", NOON, b"one")

    assert [file.name for file in sorted(folder.path.iterdir())] == [
        "20261124T120000Z-a1.eml",
        "20261124T120100Z-b2.eml",
    ]


def test_an_alert_written_twice_is_one_file(tmp_path: Path) -> None:
    folder = EmlFolder(tmp_path)

    folder.write("a1", NOON, b"one")
    folder.write("a1", NOON + timedelta(hours=1), b"again")

    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"again"]


def test_an_id_can_not_leave_the_folder(tmp_path: Path) -> None:
    written = EmlFolder(tmp_path / "in").write("../../out*[a]", NOON, b"one")

    assert written.parent == tmp_path / "in"
