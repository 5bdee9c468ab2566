"""Pictures as blocks of a report: the drawing, a sentence for those who cannot see it, and its numbers as a table.

Each is about a scope of the board (the whole office, a resolution, a list, a document) as a viewer may see it on a day.
The drawing carries the looks of paper; a page takes them off (`charts.on_screen`). A picture of nothing has a table
without rows: whoever shows it says so in words.
"""

from dondoc.office.reports.pictures.of_a_day import ageing, heat_map
from dondoc.office.reports.pictures.of_a_task import task_timeline
from dondoc.office.reports.pictures.over_days import burn_up, how_counted, states_over_time
from dondoc.office.reports.pictures.ways import flow

__all__ = ["ageing", "burn_up", "flow", "heat_map", "how_counted", "states_over_time", "task_timeline"]
