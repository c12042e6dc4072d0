"""What a sync costs over a bad link, beside wget, rsync, zsync and casync: bytes, time, memory, processor time."""
