"""The database by eye: Datasette on this machine, its pages labelled from the file's own dictionary.

Pure: `metadata`, `cells`. The world: `server` (Datasette, uvicorn), `charts_page`.
"""
