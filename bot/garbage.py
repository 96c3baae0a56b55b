"""Garbage collection without pauses: a full collection holds every thread, the event loop's too.

It looks at everything alive, and most of that was built at the start and stays: some hundred thousand objects of
libraries and tables, a tenth of a second on a busy machine.
"""

import gc


def spare_what_stays() -> None:
    """Let the collector pass over what there is now; call it once the program is built up."""
    gc.collect()
    gc.freeze()
