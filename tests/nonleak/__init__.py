"""What a viewer is answered is what a graph without all that is hidden from him would answer, for any document.

Start at `campaign.py` for how answers are compared, `reduced.py` for what is taken out of a graph,
`counties.py` for the graphs.
"""
