"""Whose the files beside a database are: a command run as root must leave none that shuts the service out.

SQLite gives its own -wal and -shm to the owner of the database; what we make ourselves we give to the owner of the
folder.
"""

import os
from pathlib import Path


def hand_over(descriptor: int, folder: Path) -> None:
    """Give a file that this process has just opened to the owner of the folder that it lies in, where root runs us.

    By its descriptor and never by its name: in a folder of somebody else's, a name may have become another file.
    One with several names is left alone, for one of them may lie elsewhere.
    """
    if os.geteuid() != 0:
        return
    owner, file = folder.stat(), os.fstat(descriptor)
    if owner.st_uid != 0 and file.st_uid == 0 and file.st_nlink == 1:
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
