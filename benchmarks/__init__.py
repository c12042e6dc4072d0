"""How fast this server is beside Debian's kiwix-serve, on one machine and with the same packs. `make bench` runs it.

No part of what is installed on a box. What the figures mean is written in docs/performance.md.
"""
