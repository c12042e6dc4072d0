"""What people make on a box: its model, its rules, how it is published, and the pages on which it is read."""
