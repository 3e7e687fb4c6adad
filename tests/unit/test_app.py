"""What the root reads from disk: rule files, and all that may lie beside them."""

import os
from pathlib import Path

from monitor.rulebook import texts_in


def test_what_is_no_readable_file_is_a_problem_and_the_files_beside_it_are_read(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text("a = 1")
    (tmp_path / "lost.toml").symlink_to(tmp_path / "absent")
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "zero.toml").symlink_to("/dev/zero")

    texts, problems = texts_in(tmp_path)

    assert dict(texts) == {"good.toml": "a = 1", "lost.toml": None, "pipe.toml": None, "zero.toml": None}
    assert [f"{one.place.file.removeprefix(f'{tmp_path}/')} {one.because}" for one in problems] == [
        "lost.toml can't be read: no such file or directory",
        "pipe.toml is no file",
        "zero.toml is no file",
    ]


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.toml").mkdir()
    (tmp_path / "x.toml" / "inner.toml").write_text("a = 1")

    texts, problems = texts_in(tmp_path)

    assert (dict(texts), problems) == ({"x.toml/inner.toml": "a = 1"}, ())


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    texts, problems = texts_in(tmp_path / "absent")

    assert dict(texts) == {"": None}
    assert [one.because for one in problems] == ["can't be listed: no such file or directory"]


def test_a_file_that_is_not_utf_8_is_told_of_and_its_other_rules_are_read(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"a = 1\nb = '\xe9'\n")

    texts, problems = texts_in(tmp_path)

    assert (texts["latin.toml"] or "").startswith("a = 1")
    assert [(one.place.line, one.because) for one in problems] == [(2, "byte 0xe9 is not UTF-8")]
