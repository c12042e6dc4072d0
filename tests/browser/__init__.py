"""What people see and do, in Debian's Chromium: the demo library, small screens, packs that run, one that attacks."""
