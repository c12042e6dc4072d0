"""How fast the workspace is with much in it, and whether readers notice that the box converts a film."""
