"""A disk of its own for a house: an ext4 file system in a file, which can be filled up and can lose its power.

Power is lost in two ways. Frozen: the file system is brought to a point in time, the file behind it copied, and the
copy mounted in its place. Cut off: ext4 is shut down without writing back its journal, so that all that was not synced
is gone, and mounted again. Both need root and loop devices.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import time
from contextlib import suppress
from pathlib import Path

# linux/fs/ext4: _IOR('X', 125, __u32), and its flag "do not flush the log".
EXT4_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2
UNMOUNT_S = 60.0
MIB = 1024 * 1024


class Disk:
    """Use as a context manager; `path` is where it is mounted."""

    def __init__(self, folder: Path, mebibytes: int) -> None:
        folder.mkdir(parents=True)
        self._image = folder / "image"
        self.path = folder / "disk"
        self.path.mkdir()
        with self._image.open("wb") as image:
            image.truncate(mebibytes * MIB)
        _do("mkfs.ext4", "-q", "-m", "0", str(self._image))

    def __enter__(self) -> Disk:
        self._mount()
        return self

    def __exit__(self, *_: object) -> None:
        self._unmount()

    def _mount(self) -> None:
        _do("mount", "-o", "loop", str(self._image), str(self.path))

    def _unmount(self) -> None:
        """Whoever was killed lets go of his files when the kernel comes to it."""
        end = time.monotonic() + UNMOUNT_S
        while subprocess.run(["umount", str(self.path)], capture_output=True, check=False).returncode:
            if time.monotonic() > end:
                users = self._users()
                _do("umount", "--lazy", str(self.path))
                raise AssertionError(f"{self.path} is still in use: {users}")
            time.sleep(0.1)

    def _users(self) -> list[str]:
        """Which processes hold which of its files."""
        found = []
        for link in Path("/proc").glob("[0-9]*/fd/*"):
            with suppress(OSError):
                target = os.readlink(link)
                if target.startswith(str(self.path)):
                    found.append(f"process {link.parts[2]} has {target}")
        return found

    # Power

    def freeze(self) -> None:
        """From here on nothing that is written returns."""
        _do("fsfreeze", "--freeze", str(self.path))

    def go_back_to_frozen(self) -> None:
        """Copy what was frozen, and mount the copy in its place. Its users were killed, and die with the thaw."""
        copy = self._image.with_name("copy")
        try:
            shutil.copyfile(self._image, copy)
        finally:
            _do("fsfreeze", "--unfreeze", str(self.path))
        self._unmount()
        copy.replace(self._image)
        self._mount()

    def cut_off(self) -> None:
        """From here on nothing can be read or written, and what was not synced is lost."""
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(descriptor)

    def come_back(self) -> None:
        """Mount again what was cut off; ext4 repairs itself from its journal."""
        self._unmount()
        self._mount()

    # Room

    def fill(self, leaving_bytes: int) -> None:
        """Somebody else's file takes all but so much."""
        room = os.statvfs(self.path)
        size = room.f_bavail * room.f_frsize - leaving_bytes
        with (self.path / "ballast").open("wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, size)

    def empty(self) -> None:
        (self.path / "ballast").unlink()


def _do(*command: str) -> None:
    environment = {**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"


def why_not(folder: Path) -> str:
    """Why there can be no disk here; empty when there can."""
    if os.geteuid() != 0:
        return "a disk of its own needs root"
    try:
        with Disk(folder, 8) as disk:
            disk.freeze()
            disk.go_back_to_frozen()
    except (AssertionError, OSError) as error:
        return f"no loop-mounted ext4 here: {error}"
    return ""
