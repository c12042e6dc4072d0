"""Collections: what was made here, gathered, and published as a pack that any box and Kiwix can read."""
