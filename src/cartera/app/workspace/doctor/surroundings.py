"""Can this place be trusted with a ledger? Its key, who may read it, its disk, and what kind of disk that is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from cartera.app.workspace.doctor.finding import Finding, Patient, ok, red, warn
from cartera.app.workspace.place import KEY_BYTES, LEDGER, ways_out
from cartera.ledger.key import OWN, fingerprint

OTHERS = 0o077
LEAST_FREE = 20 << 20  # a ledger that cannot write its log refuses everything
MOUNTS = Path("/proc/mounts")
NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
    "fuse.rclone",
    "davfs",
}


def key(patient: Patient) -> Finding:
    """The key is there, was made by chance, and only its owner may read it."""
    path = patient.place.key
    if not path.exists():
        return red("key", f"is missing: {path}", ways_out())
    content = path.read_bytes().strip()
    if len(content) < KEY_BYTES or len(set(content)) < 8:
        return red("key", "can be guessed", "Back up, then restore into a new folder with --new-key.")
    if is_another(patient):
        return red("key", f"is not this workspace's: {path}", ways_out())
    if path.stat().st_mode & OTHERS:
        return red("key", "may be read by others", f"chmod 600 {path}")
    return ok("key", "there, its owner's alone")


def is_another(patient: Patient) -> bool:
    """Whether the key that lies there is not the one of this workspace, which knows its fingerprint."""
    own = patient.book.workspace.settings.get(OWN) if patient.book else None
    return own not in (None, fingerprint(patient.place.key.read_bytes()))


def permissions(patient: Patient) -> Finding:
    """The ledger may be written by us and read by nobody else."""
    folder, ledger = patient.place.folder, patient.place.folder / LEDGER
    if not patient.place.is_file:
        return ok("permissions", "PostgreSQL's own")
    if not (os.access(folder, os.W_OK) and os.access(ledger, os.W_OK)):
        return red("permissions", "the ledger may not be written", f"chmod -R u+rwX {folder}")
    if folder.stat().st_mode & OTHERS and ledger.stat().st_mode & OTHERS:
        return warn("permissions", "others may read the ledger", f"chmod 700 {folder}")
    return ok("permissions", "its owner's alone")


def disk(patient: Patient) -> Finding:
    """There is room for a backup and for what comes."""
    folder = patient.place.folder
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    size = sum(path.stat().st_size for path in folder.glob(f"{LEDGER}*"))
    told = f"{free >> 20:,} MB free; the ledger has {max(size >> 20, 1):,} MB"
    if free < LEAST_FREE:
        return red("disk", told, "Make room before anything else.")
    return warn("disk", told, "Make room: a backup needs as much again.") if free < 2 * size else ok("disk", told)


def file_system(patient: Patient) -> Finding:
    """The disk is a local one: SQLite's log does not work over a network."""
    if not patient.place.is_file:
        return ok("file system", "PostgreSQL's own")
    if not MOUNTS.exists():
        return ok("file system", "this system does not tell; keep the ledger on a local disk")
    kind = _kind(patient.place.folder)
    if kind in NETWORK:
        return red("file system", f"a network's ({kind})", "Move the folder to a local disk, or use PostgreSQL.")
    return ok("file system", f"local ({kind})")


def _kind(folder: Path) -> str:
    """The type of the file system on which the folder lies, as the mount nearest to it says."""
    lines = [line.split() for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    fitting = [(one[1], one[2]) for one in lines if folder.resolve().is_relative_to(one[1].replace("\\040", " "))]
    return max(fitting, key=lambda one: len(one[0]), default=("", "unknown"))[1]
