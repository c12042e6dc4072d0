"""How packs reach a box and creations leave it: catalogues, trust, plans, transfers, hubs.

Imports `content_packs`, never `ideascube`: the two meet in the data folder.
"""
