"""Work that takes long: rows of the box's database, done one after the other by a process apart.

`queue_job` (`ideascube.box_db.jobs`) writes one; what kinds there are is in `kinds`.
"""
