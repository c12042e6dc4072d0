"""The store: the folder that holds a box's packs; what is in it, and how packs come and go."""
