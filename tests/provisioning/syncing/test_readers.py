import socket
from pathlib import Path

from provisioning.syncing.readers import count_readers

HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
REST = "00000000:00000000 00:00000000 00000000     0        0 1 1 0000000000000000 100 0 0 10 0"


def table(path: Path, *lines: str) -> Path:
    path.write_text(HEAD + "".join(f"   {number}: {line} {REST}\n" for number, line in enumerate(lines)))
    return path


def test_phones_count_once_however_many_connections_and_ports_they_use(tmp_path: Path) -> None:
    ipv4 = table(
        tmp_path / "tcp",
        "00000000:1F90 00000000:0000 0A",  # listens on 8080
        "00000000:0016 00000000:0000 0A",  # and SSH
        "0A2A000A:1F90 0B2A000A:C350 01",  # 10.0.42.11
        "0A2A000A:1F90 0B2A000A:C351 01",
        "0A2A000A:1F90 0C2A000A:C350 06",  # gone (TIME_WAIT)
        "0A2A000A:0016 0D2A000A:C350 01",  # an operator
        "0100007F:1F90 0100007F:C350 01",  # a server in front
        "0A2A000A:D431 08080808:01BB 01",  # the sync itself
    )
    ipv6 = table(
        tmp_path / "tcp6",
        "00000000000000000000000000000000:1F91 00000000000000000000000000000000:0000 0A",
        "0000000000000000FFFF00000A2A000A:1F91 0000000000000000FFFF00000B2A000A:C352 01",
        "000080FE00000000FF005450B6AA0CFE:1F91 000080FE00000000FF005450B6BB0CFE:C352 01",
        "00000000000000000000000001000000:1F91 00000000000000000000000001000000:C352 01",
    )

    assert 1 == count_readers([ipv4])
    assert 2 == count_readers([ipv4, ipv6])


def test_tables_that_cannot_be_read_count_nobody(tmp_path: Path) -> None:
    (tmp_path / "odd").write_text(HEAD + "nonsense\n 1: x y z\n")

    assert 0 == count_readers([tmp_path / "missing", tmp_path / "odd"])


def test_the_kernel_lists_what_this_machine_serves() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        assert count_readers() >= 0
