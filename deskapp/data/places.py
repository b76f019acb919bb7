"""Where a SQLite desk may lie: WAL works only among programs of one machine.

SQLite, "Write-Ahead Logging": all processes using a database must be on the same host; WAL does
not work over a network file system. Such places are refused; a team uses PostgreSQL.
"""

import sys
from pathlib import Path

from deskapp.domain.problem import Problem, ProblemKind

from .synced import synced_by

_NETWORK_TYPES = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb", "smbfs", "smb3", "afs", "afpfs", "ncpfs", "9p", "ceph"),
        *("glusterfs", "lustre", "davfs", "webdav", "fuse.sshfs", "fuse.davfs2", "fuse.rclone"),
        *("fuse.gvfsd-fuse", "fuse.s3fs", "fuse.glusterfs", "fuse.cephfs"),
        # What a host lends its guest, and drives of Windows seen from WSL: no shared memory.
        *("vboxsf", "prl_fs", "fuse.vmhgfs-fuse", "drvfs", "fuse.grpcfuse"),
        *("fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.pcloud", "fuse.mailru-cloud"),
    }
)
_DRIVE_REMOTE = 4  # GetDriveTypeW, Windows API


def check_place(path: Path, mounts: str | None = None) -> None:
    """Refuses a network or synced folder with ``Problem(NETWORK_FOLDER)``.

    ``mounts`` is the text of ``/proc/mounts``; by default the running system is asked.
    """
    if is_unc(str(path)):
        raise Problem(ProblemKind.NETWORK_FOLDER, path=str(path), system="SMB")
    if program := synced_by(path):
        raise Problem(ProblemKind.NETWORK_FOLDER, what="synced", path=str(path), system=program)
    if sys.platform == "win32":
        _check_drive(path)
        return
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text(encoding="utf-8", errors="replace") if table.exists() else ""
    system = _file_system(path.resolve(), mounts)
    if system in _NETWORK_TYPES:
        raise Problem(ProblemKind.NETWORK_FOLDER, path=str(path), system=system)


def is_unc(path: str) -> bool:
    """Whether a path names a folder of another computer as Windows spells it."""
    return path.startswith(("\\\\", "//")) and not path.startswith(("\\\\?\\", "\\\\.\\"))


def _file_system(path: Path, mounts: str) -> str:
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        inside = str(path) == point or str(path).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind


def _check_drive(path: Path) -> None:
    if sys.platform == "win32":  # the narrowing is for mypy on other systems
        import ctypes

        anchor = str(path.absolute().anchor)
        if ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE:
            raise Problem(ProblemKind.NETWORK_FOLDER, path=str(path), system="SMB")
