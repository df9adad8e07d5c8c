"""An oracle for every read of the graph: plain graphql-core over the same data, one resolver a field.

May read declarations (`graph.compiler.declare`), nouns and `graph.words`, and nothing else of the compiler.
Start at `plain.py` for what answers, `documents.py` for what is asked, `differ.py` for how they are compared.
"""
