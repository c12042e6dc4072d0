"""Who works on a box: accounts, roles, signing in, devices, and what was done by whom. Learners need none of it."""
