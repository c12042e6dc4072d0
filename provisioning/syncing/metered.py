"""Whether the link is paid by its bytes, as NetworkManager knows it; None where nobody does."""

from __future__ import annotations

import asyncio
import contextlib
import shutil

_PATIENCE = 5.0  # seconds
_LIMIT = 200  # bytes
_COMMAND = (
    "--system",
    "get-property",
    "org.freedesktop.NetworkManager",
    "/org/freedesktop/NetworkManager",
    "org.freedesktop.NetworkManager",
    "Metered",
)
# NMMetered: https://networkmanager.dev/docs/api/latest/nm-dbus-types.html#NMMetered (1 and 2 said, 3 and 4 guessed)
_MEANINGS = {"u 1": True, "u 2": False, "u 3": True, "u 4": False}


async def is_metered() -> bool | None:
    """Ask systemd's `busctl`; None without it, without NetworkManager, or where that does not know."""
    busctl = shutil.which("busctl")
    return None if busctl is None else _MEANINGS.get(await _said_by(busctl))


async def _said_by(busctl: str) -> str:
    process = await asyncio.create_subprocess_exec(
        busctl,
        *_COMMAND,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        stdin=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_PATIENCE):
            said = await process.stdout.read(_LIMIT)
            await process.wait()
    except TimeoutError:
        return ""
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    return said.decode("ascii", "replace").strip()
