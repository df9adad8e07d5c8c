"""What `recommender.scoring.measures` promises, law by law.

May import the recommender only.
Start at `test_shrinkage.py`.
"""
