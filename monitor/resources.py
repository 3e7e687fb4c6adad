"""The files that ship with the program, found in a checkout and in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """A file or folder that ships with the program: `rules`, `alembic`, `config.example.toml`, its schema."""
    installed = PACKAGE / "_data" / name
    return installed if installed.exists() else PACKAGE.parent / name
