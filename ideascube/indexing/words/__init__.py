"""The library's word list: which words really occur in which pack, and how they are written there.

Made by the jobs process, one pack after the other (`listing`); looked up by searchers (`ideascube.search.vocabulary`).
Format: docs/formats/index.md
"""
