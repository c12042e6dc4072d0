"""What was made here and leaves the box, and what comes in from other boxes."""
