"""Is an upload an archive of fact tables? Then they are unpacked beside it, under our own names and within bounds."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PurePosixPath

from cartera.app.workspace.place import private_folder
from cartera.errors import InputError
from cartera.facts.schema import ALL
from cartera.sources.files.bounds import check_packed, check_unpacked
from cartera.sources.files.folder import ENDINGS
from cartera.tongue import say

TABLES = "tables"


def unpacked(path: Path) -> Path:
    """The folder of the fact tables in an archive of several; the path itself for every other file.

    InputError: the archive is damaged, encrypted, or unpacks to more than is reasonable.
    """
    if not zipfile.is_zipfile(path):
        return path
    try:
        with zipfile.ZipFile(path) as archive:
            found = _tables(archive)
            if "invoices" not in {name.partition(".")[0] for name in found} or len(found) < 2:
                return path
            packed = path.stat().st_size
            check_packed(path.name, packed)
            check_unpacked(path.name, packed, sum(one.file_size for one in found.values()))
            return _written(archive, found, path.parent.parent / TABLES / path.stem)
    except (zipfile.BadZipFile, EOFError):
        fix = say("Save or download it again.")
        raise InputError(say("the zip archive is damaged or cut off."), where=path.name, fix=fix) from None
    except (RuntimeError, NotImplementedError):
        fix = say("Save it again as a plain zip archive, without a password.")
        raise InputError(say("the zip archive cannot be opened."), where=path.name, fix=fix) from None


def _tables(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Our name of a table's file -> its place in the archive, in whichever folder."""
    known = {f"{table}{ending}": f"{table}{ending}" for table in ALL for ending in ENDINGS}
    names = ((PurePosixPath(one.filename).name.lower(), one) for one in archive.infolist() if not one.is_dir())
    return {known[name]: one for name, one in names if name in known}


def _written(archive: zipfile.ZipFile, found: dict[str, zipfile.ZipInfo], folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    private_folder(folder.parent)
    private_folder(folder)
    for name, member in found.items():
        target = folder / name
        target.touch(0o600)
        with archive.open(member) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file)
    return folder
