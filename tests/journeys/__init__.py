"""Whole stories, told over HTTP and on the command line as people would use the service.

May import every room.
Start at `test_main_job.py`, which goes from an office's workbook to the indicators.
"""
