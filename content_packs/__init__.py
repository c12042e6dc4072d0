"""What a pack is: its manifest, reading and building ZIM files, checking them, and the store that keeps them.

No network and no web framework here: `provisioning` brings packs to a box, `ideascube` shows them.
"""
