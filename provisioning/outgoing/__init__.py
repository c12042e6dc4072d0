"""What leaves a box: parcels (docs/formats/sharing.md) as objects of at most 1 MiB, then the box's signed manifest.

Also what comes to other boxes of it. docs/formats/outgoing.md says what lies where; a hub's side is in `hub.collect`.
"""
