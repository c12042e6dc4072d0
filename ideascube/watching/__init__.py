"""Watching and listening: the page of a film or sound, its player, what is said in it, and what comes next."""
