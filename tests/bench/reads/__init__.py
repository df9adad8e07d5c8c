"""That the servers of `reads` are asked the same and answer the same.

May import bench.reads.
Start at `test_answers.py`.
"""
