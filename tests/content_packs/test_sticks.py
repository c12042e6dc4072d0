from pathlib import Path

from content_packs.sticks import Stick, find_sticks, mounts_below

LINE = "36 35 98:0 / {mount} {options} shared:2 - vfat /dev/sda1 rw\n"


def mount_info(tmp_path: Path, *mounts: tuple[Path | str, str]) -> Path:
    file = tmp_path / "mountinfo"
    file.write_text("".join(LINE.format(mount=mount, options=options) for mount, options in mounts))
    return file


def test_only_what_is_mounted_where_sticks_are_counts() -> None:
    lines = "".join(
        LINE.format(mount=mount, options=options)
        for mount, options in [
            ("/", "rw,relatime"),
            ("/home", "rw"),
            ("/media/box/MY\\040STICK", "rw,nosuid"),
            ("/run/media/box/\\134odd", "ro,nosuid"),
            ("/mnt", "rw"),
            ("/mediathek", "rw"),
        ]
    )

    bound = "37 35 98:0 /home/us /mnt/bound rw - ext4 /dev/sda2 rw\n38 35 0:5 / /mnt/memory rw - tmpfs tmpfs rw\n"

    found = mounts_below(lines + "short line\n" + bound, ("/media", "/run/media", "/mnt"))

    assert {Path("/media/box/MY STICK"): True, Path("/run/media/box/\\odd"): False, Path("/mnt"): True} == found


def test_a_stick_is_found_with_what_it_carries(tmp_path: Path) -> None:
    full, empty = tmp_path / "media" / "full", tmp_path / "media" / "empty"
    (full / "ideascube").mkdir(parents=True)
    empty.mkdir()
    gone = tmp_path / "media" / "gone"

    sticks = find_sticks(mount_info(tmp_path, (full, "rw"), (empty, "ro"), (gone, "rw")), (str(tmp_path / "media"),))

    assert [Stick(empty, False, False), Stick(full, True, True)] == sticks
    assert full / "ideascube" == sticks[1].folder


def test_without_a_list_of_mounts_there_is_no_stick(tmp_path: Path) -> None:
    assert [] == find_sticks(tmp_path / "missing")
