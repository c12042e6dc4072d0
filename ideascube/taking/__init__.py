"""Taking away: files and pages of packs, to keep on one's own phone or to show to another one."""
