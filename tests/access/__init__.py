"""Who sees and writes what, checked against expectations written by hand."""
