"""Books and articles shown in the page: cleaned text of packs in a quiet frame of our own, on the pack's origin."""
