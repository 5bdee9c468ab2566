"""The demo office: two offices with a real history, built through the actions like any other office's.

What happened stands in `data/` (our own words; the published counts are facts); `build` replays it instant by instant.
"""

from dondoc.demo.build import Built, build, is_complete, is_foreign
from dondoc.demo.data import Account, accounts

__all__ = ["Account", "Built", "accounts", "build", "is_complete", "is_foreign"]
