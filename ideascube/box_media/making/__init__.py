"""What is made of each kind of file, into an empty folder. Slow, and for a process apart: every file is hostile.

Each maker gives the kind that the file turned out to be, and what it made. It raises BadInput with a sentence that
begins with the file's name, or NoSpace.
"""
