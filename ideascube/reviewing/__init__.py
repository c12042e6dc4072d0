"""What others send, and what learners flag: looked at, answered, published."""
