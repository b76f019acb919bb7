"""SQLite desks stay on one machine's own disk."""

from pathlib import Path

import pytest

from deskapp.data.connect import desk_url
from deskapp.data.places import check_place
from deskapp.domain.problem import Problem, ProblemKind

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/team nfs4 rw 0 0
//nas/desk /mnt/with\\040space cifs rw 0 0
me@host: /srv/remote fuse.sshfs rw 0 0
/dev/sdb1 /mnt/team/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    "place",
    [
        "/mnt/team/desk.db",
        "/mnt/team/sub/not/there/desk.db",
        "/mnt/with space/desk.db",
        "/srv/remote/desk.db",
        "//server/share/desk.db",
        "\\\\server\\share\\desk.db",
    ],
)
def test_a_network_folder_is_refused(place: str) -> None:
    with pytest.raises(Problem) as refused:
        check_place(Path(place), MOUNTS)
    assert refused.value.kind is ProblemKind.NETWORK_FOLDER


@pytest.mark.parametrize("place", ["/srv/desk.db", "/mnt/team/local/desk.db", "/mnt/teams.db"])
def test_a_disk_of_this_machine_is_fine(place: str) -> None:
    check_place(Path(place), MOUNTS)


def test_a_desk_is_named_by_path_or_by_url() -> None:
    assert desk_url("desk.db").database == str(Path("desk.db").absolute())
    assert desk_url("postgresql://h/d").drivername == "postgresql+psycopg"
    with pytest.raises(Problem) as refused:
        desk_url("mysql://user:secret@h/d")
    assert "secret" not in str(refused.value)
