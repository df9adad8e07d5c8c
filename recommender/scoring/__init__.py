"""What rules look at: one measuring function a feature, over columns of pairs.

May import numpy, scikit-learn, the topic tree, the ladder and `graph.model`; never the rules.
Start at `feature.py` for what a feature is, at `trainers.py` and `materials.py` for those there are.
"""
