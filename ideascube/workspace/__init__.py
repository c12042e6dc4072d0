"""The workspace: the frame around everything that people with an account do, and its first page."""
