"""A small world of news for the demo: five outlets, thirty articles, two broken feeds, served on 127.0.0.1.

Everything here was written for this project. Invented companies stand for invented events; events that happened are
told from public reports, with their dates moved to the present.
"""
