"""Reading ZIM files: libzim for what it does well, the file's own layout for what must not freeze a process."""
