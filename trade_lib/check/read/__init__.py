"""From the text of an article to the quantitative statements on trade in it: a small grammar of trade news.

``text`` cuts a text into sentences, ``words`` cuts a sentence into tokens, ``periods`` and ``areas`` say which months
and whom they mean, ``subjects`` whose trade a sentence is about, ``statements`` what is said of it, ``draft`` makes
the claims file of it.
"""
