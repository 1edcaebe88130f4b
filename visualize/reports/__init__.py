"""What is handed to the director: a report in words with its proof, and workbooks of answers.

:func:`~innograph.visualize.reports.build.build_report` makes a :class:`~innograph.visualize.reports.model.Report` from a
workspace; ``word.py`` and ``page.py`` only lay it out. ``workbook.py`` lays out one answer, ``xlsx.py`` many.
"""
