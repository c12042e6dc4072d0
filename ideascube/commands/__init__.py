"""The commands that run the server, one file each."""
