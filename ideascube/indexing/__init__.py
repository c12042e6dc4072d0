"""What the jobs process makes for searches: indexes of what libzim's do not hold, and the library's word list."""
