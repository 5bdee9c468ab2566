"""Figures as pictures: one Vega-Lite specification for screen and paper, with every number in it a figure's value.

A specification carries its data, fetches nothing, and uses only expressions that Vega's interpreter can read, so that
the page needs no permission to evaluate code. An axis of numbers is a ruler, nothing that was counted: it stands only
where a height has to be read off over many days.
"""

from dondoc.office.charts.ageing import ageing_bars
from dondoc.office.charts.bars import Bar, ChartNumber, chart_numbers, programme_bars
from dondoc.office.charts.course import Bar as CourseBar
from dondoc.office.charts.course import Line, mark_words, task_course
from dondoc.office.charts.course import Mark as CourseMark
from dondoc.office.charts.days import Layer, burn_up, class_layers, moments_drawn, states_area
from dondoc.office.charts.flow import Node, Ribbon, flow
from dondoc.office.charts.heat import HeatRow, heat_map
from dondoc.office.charts.looks import FONT, FONTS_FOLDER, NARROW, WIDTH, both, nothing
from dondoc.office.charts.printing import chart_png, chart_svg, on_screen

__all__ = [
    "FONT",
    "FONTS_FOLDER",
    "NARROW",
    "WIDTH",
    "Bar",
    "ChartNumber",
    "CourseBar",
    "CourseMark",
    "HeatRow",
    "Layer",
    "Line",
    "Node",
    "Ribbon",
    "ageing_bars",
    "both",
    "burn_up",
    "chart_numbers",
    "chart_png",
    "chart_svg",
    "class_layers",
    "flow",
    "heat_map",
    "mark_words",
    "moments_drawn",
    "nothing",
    "on_screen",
    "programme_bars",
    "states_area",
    "task_course",
]
