"""What a box fetches, sends and removes next, and why: `box.yml`, and the plan that is made of it.

`plan` is a function without input and output; `wishes_file` and `holdings` read what it needs. Nothing is fetched here:
that is for whoever carries the plan out.
"""

from provisioning.planning.plan import plan
from provisioning.planning.situation import Allowance, Errand, Holding, Link, Rulings, Space, Window, Withdrawal
from provisioning.planning.steps import Do, LeftOut, Plan, Step
from provisioning.planning.wishes import Budget, Hours, Metered, Want, Wishes

__all__ = [
    "Allowance",
    "Budget",
    "Do",
    "Errand",
    "Holding",
    "Hours",
    "LeftOut",
    "Link",
    "Metered",
    "Plan",
    "Rulings",
    "Space",
    "Step",
    "Want",
    "Window",
    "Wishes",
    "Withdrawal",
    "plan",
]
