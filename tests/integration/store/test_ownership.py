"""A command run as root leaves nothing beside the database that shuts the service out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.store import Store
from monitor.store.ownership import hand_over

ROOT = Path(__file__).resolve().parents[3]
SERVICE = 64123
"""An account that nobody has."""
WORK = """
from monitor.store import Store
from monitor.store.sqlite import claim_file
import sys, pathlib
with claim_file(pathlib.Path(sys.argv[1])):
    store = Store.open("sqlite:///" + sys.argv[1])
    with store.work() as work:
        work.connection.exec_driver_sql("UPDATE feeds SET failures = 0")
    print(sorted((p.name, p.stat().st_uid) for p in pathlib.Path(sys.argv[1]).parent.iterdir()))
    store.close()
"""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The service's folder, which the service's account can reach."""
    folder = tmp_path / "state"
    folder.mkdir()
    for above in (tmp_path, *tmp_path.parents[:3]):
        if above.owner() == "root" and str(above) != "/tmp":
            above.chmod(0o755)
    os.chown(folder, SERVICE, SERVICE)
    return folder


@pytest.mark.world
def test_what_root_makes_beside_a_database_belongs_to_the_owner_of_the_folder(state: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(state / "monitor.db")], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert "monitor.db-wal" in done.stdout
    assert "monitor.db.lock" in done.stdout
    assert done.stdout.count(f"{SERVICE})") == done.stdout.count("monitor.db")
    assert {path.stat().st_uid for path in state.iterdir()} == {SERVICE}


@pytest.mark.world
def test_a_name_that_leads_elsewhere_gives_nothing_away(state: Path, tmp_path: Path) -> None:
    from monitor.store.sqlite import claim_file

    treasure = tmp_path / "treasure"
    treasure.write_text("of root's")
    (state / "monitor.db.lock").symlink_to(treasure)

    with pytest.raises(StoreError), claim_file(state / "monitor.db"):
        pass

    assert treasure.read_text() == "of root's"
    assert treasure.stat().st_uid == 0


@pytest.mark.world
def test_a_file_with_two_names_is_left_alone(state: Path, tmp_path: Path) -> None:
    treasure = tmp_path / "treasure"
    treasure.touch()
    (state / "other").hardlink_to(treasure)

    with (state / "other").open("rb") as file:
        hand_over(file.fileno(), state)

    assert treasure.stat().st_uid == 0


@pytest.mark.world
def test_a_folder_that_root_makes_for_a_database_belongs_to_the_owner_of_the_folder_it_lies_in(state: Path) -> None:
    Store.open(f"sqlite:///{state}/deep/down/monitor.db").close()

    made = [state / "deep", state / "deep/down", *(state / "deep/down").iterdir()]
    assert len(made) >= 3
    assert {path.stat().st_uid for path in made} == {SERVICE}


@pytest.mark.world
def test_root_makes_no_folder_in_one_of_its_own_for_it_would_shut_out_the_service(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        Store.open(f"sqlite:///{tmp_path}/absent/monitor.db")

    assert f"there is no folder {tmp_path}/absent" in str(refused.value)
    assert f"install -d -o ACCOUNT {tmp_path}/absent" in refused.value.remedy
    assert not (tmp_path / "absent").exists()
