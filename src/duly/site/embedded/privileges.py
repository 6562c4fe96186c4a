"""Under whose name the server runs: PostgreSQL refuses to be root, and root is who we are in most containers.

Root takes the first of these that works:
(a) a user namespace in which the server sees an ordinary user, while its files stay root's. It works inside
    a 0700 folder, makes no user and changes no folder's mode. Root has no special rights there, so the files
    must be root's.
(b) the owner of the home folder, where that is not root.
(c) `nobody`, with the data below /var/lib/duly, because `nobody` cannot look into root's folders.
"""

import ctypes
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CLONE_NEWUSER: Final = 0x10000000
PR_SET_PDEATHSIG: Final = 1
SHARED_ROOM: Final = Path("/var/lib/duly")


@dataclass(frozen=True, slots=True)
class Privilege:
    """Who the server becomes: itself (`uid` None), another user, or a user of its own namespace."""

    uid: int | None = None
    gid: int | None = None
    namespace: bool = False


def choose(home: Path, data: Path, *, namespaces: bool = True) -> Privilege:
    """The privilege for the server of `home`; data that exist decide, so that a home keeps its way."""
    if os.geteuid() != 0:
        return Privilege()
    owner = (data if data.exists() else home).stat()
    if owner.st_uid != 0:
        return Privilege(owner.st_uid, owner.st_gid)
    if namespaces and _namespace_works():
        return _ordinary_user_of_a_namespace()
    nobody = pwd.getpwnam("nobody")
    return Privilege(nobody.pw_uid, nobody.pw_gid)


def becoming(privilege: Privilege, *, on_orphan: signal.Signals) -> Callable[[], None]:
    """What a child does between fork and exec: change its name, then ask for `on_orphan` when we vanish."""
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def become() -> None:
        if privilege.namespace:
            _enter_namespace(libc, privilege)
        elif privilege.uid is not None and privilege.gid is not None:
            os.setgroups([])
            os.setgid(privilege.gid)
            os.setuid(privilege.uid)
        if sys.platform.startswith("linux"):  # after the change of name, which would clear it
            libc.prctl(PR_SET_PDEATHSIG, int(on_orphan), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return become


def give(folder: Path, privilege: Privilege) -> None:
    """Make `folder` and all in it the server's own."""
    if privilege.namespace or privilege.uid is None or privilege.gid is None:
        return
    os.chown(folder, privilege.uid, privilege.gid)
    for here, folders, files in os.walk(folder):
        for name in folders + files:
            os.chown(Path(here, name), privilege.uid, privilege.gid, follow_symlinks=False)


def data_room(home: Path, data: Path, privilege: Privilege) -> Path:
    """The real data directory, moved to where `nobody` can reach it when that is who the server becomes."""
    nobody_asked = privilege.uid is not None and not privilege.namespace
    if not nobody_asked or data.is_symlink() or home.stat().st_uid == privilege.uid:
        return data.resolve()
    room = SHARED_ROOM / hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    for folder in (SHARED_ROOM, room):
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    give_to = room / "pg"
    if data.exists():
        shutil.move(data, give_to)
        give(give_to, privilege)
    data.symlink_to(give_to)
    return give_to


def programs_room(programs: Path, privilege: Privilege) -> Path:
    """The programs, copied to where the server's user can run them when it cannot look into ours."""
    if privilege.namespace or privilege.uid is None or _can_run(programs / "postgres", privilege):
        return programs
    install, wheel = programs.parent, programs.parent.parent
    mark = hashlib.sha256(f"{install}{(programs / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    room = SHARED_ROOM / f"programs-{mark}"
    if not room.exists():
        draft = SHARED_ROOM / f".programs-{mark}.{os.getpid()}"
        # The programs look for their libraries beside the package (their RPATH), so both move together.
        shutil.copytree(install, draft / wheel.name / install.name, symlinks=True)
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.rename(room)
    return room / wheel.name / install.name / "bin"


def _enter_namespace(libc: ctypes.CDLL, privilege: Privilege) -> None:
    uid, gid = os.geteuid(), os.getegid()
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{privilege.uid} {uid} 1"),
        ("gid_map", f"{privilege.gid} {gid} 1"),
    ):
        Path("/proc/self", name).write_text(text)


def _ordinary_user_of_a_namespace() -> Privilege:
    # initdb asks for the name of its user, so the number must be one that the machine has a name for.
    user = max((entry for entry in pwd.getpwall() if 0 < entry.pw_uid < 65534), key=lambda entry: entry.pw_uid)
    return Privilege(user.pw_uid, user.pw_gid, namespace=True)


def _namespace_works() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    privilege = _ordinary_user_of_a_namespace()
    try:
        asked = subprocess.run(
            ["id", "-u"],
            preexec_fn=becoming(privilege, on_orphan=signal.SIGTERM),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return asked.stdout.strip() == str(privilege.uid)


def _can_run(program: Path, privilege: Privilege) -> bool:
    try:
        subprocess.run(
            [program, "--version"],
            preexec_fn=becoming(privilege, on_orphan=signal.SIGTERM),
            check=True,
            capture_output=True,
            cwd="/",
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True
