"""The box as a source for others: what a pack's file has to be, so that they can check it."""
