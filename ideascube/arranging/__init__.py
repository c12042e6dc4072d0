"""What mediators arrange: the home page (`/staff/home`), categories, what learners do not see, posters.

Rules: `model`, `changes`, `differences`, `visibility`. Tables: `ideascube.box_db.arrangement*`.
"""
