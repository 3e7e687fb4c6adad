"""Whose the files beside a database are: a command run as root must leave none that shuts the service out.

SQLite gives its own -wal and -shm to the owner of the database; what we make ourselves we give to the owner of the
folder.
"""

import os
from pathlib import Path

from monitor.errors import StoreError


def hand_over(descriptor: int, folder: Path) -> None:
    """Give a file that this process has just opened to the owner of the folder that it lies in, where root runs us.

    By its descriptor and never by its name: in a folder of somebody else's, a name may have become another file.
    One with several names is left alone, for one of them may lie elsewhere.
    """
    if os.fstat(descriptor).st_nlink == 1:
        _give(descriptor, folder)


def make_folder(folder: Path) -> None:
    """Make the folder of a database and those above it, each for the owner of the one that it lies in.

    Root makes none in a folder of root's own but its home: it would lie there as root's, and shut out the service
    that is to work in it. Raises StoreError then, OSError where it can't be made.
    """
    if folder.is_dir():
        return
    above = folder.parent
    while not above.exists():
        above = above.parent
    if os.geteuid() == 0 and above.stat().st_uid == 0 and not above.resolve().is_relative_to(Path.home().resolve()):
        raise StoreError(
            f"there is no folder {folder}, and root makes none that a service of another account could not use",
            remedy=f"make it for whoever runs the daemon: install -d -o ACCOUNT {folder}",
        )
    for missing in reversed([folder, *folder.parents][: len(folder.parts) - len(above.parts)]):
        missing.mkdir(exist_ok=True)
        descriptor = os.open(missing, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            _give(descriptor, missing.parent)
        finally:
            os.close(descriptor)


def _give(descriptor: int, folder: Path) -> None:
    owner = folder.stat()
    if os.geteuid() == 0 and owner.st_uid != 0 and os.fstat(descriptor).st_uid == 0:
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
