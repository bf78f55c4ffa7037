"""The chart of figures: its specification, made with Altair, and the JavaScript that draws it."""

from __future__ import annotations

from functools import cache
from typing import Any

FACTUALITIES = {
    "asserted": ("●", "circle"),
    "reported": ("■", "square"),
    "possible": ("◆", "diamond"),
    "predicted": ("▲", "triangle-up"),
    "planned": ("▶", "triangle-right"),
    "conditional": ("✚", "cross"),
    "negated": ("✕", "M-1,-0.7L-0.7,-1L0,-0.3L0.7,-1L1,-0.7L0.3,0L1,0.7L0.7,1L0,0.3L-0.7,1L-1,0.7L-0.3,0Z"),
}
"""Factuality to its sign in words and its shape in charts: nobody has to tell colours apart."""

FONT = "system-ui, sans-serif"
"""What the page is set in too; charts measure their labels, so it has to be named here."""
STEP = 22
"""Height of a row in pixels."""
PARAMETERS = {"least": 1, "most": 100, "room": 240, "ticks": 6, "marks": [1]}
"""What the page sets: the ends of the axis, the room for labels in pixels, and about how many ticks, or where."""


@cache
def spec(*, log: bool) -> dict[str, Any]:
    """A Vega-Lite chart whose rows and ends of the axis the page fills in; a logarithmic axis on request.

    Colours are CSS variables of the page, so that the chart follows its light and dark look.
    """
    import altair as alt

    known = list(FACTUALITIES)
    axis = alt.Axis(
        title=None,
        grid=True,
        domain=False,
        ticks=False,
        values=alt.ExprRef("marks") if log else alt.Undefined,
        tickCount=alt.Undefined if log else alt.ExprRef("ticks"),
        orient="top",
        labelOverlap="greedy",
        labelExpr="datum.value ? format(datum.value, '~s') : '0'",
    )
    x = alt.Scale(
        type="log" if log else "linear",
        domain=[alt.ExprRef("least"), alt.ExprRef("most")],
        nice=False,
        zero=alt.Undefined if log else True,
    )
    y = alt.Y(
        "key:N",
        sort="ascending",
        title=None,
        axis=alt.Axis(
            domain=False,
            ticks=False,
            labelPadding=8,
            labelLimit=alt.ExprRef("room"),
            labelExpr="slice(datum.value, indexof(datum.value, '|') + 1)",
            labelFontWeight=alt.condition("test(/^[0-9]+#/, datum.value)", alt.value("bold"), alt.value("normal")),
            labelColor=alt.condition(
                "test(/^[0-9]+#/, datum.value)", alt.value("var(--ink)"), alt.value("var(--soft)")
            ),
        ),
    )
    colour = alt.Color(
        "factuality:N", legend=None, scale=alt.Scale(domain=known, range=[f"var(--f-{name})" for name in known])
    )
    shape = alt.Shape(
        "factuality:N", legend=None, scale=alt.Scale(domain=known, range=[s for _, s in FACTUALITIES.values()])
    )
    tips = [
        alt.Tooltip(f"{name}:N", title=label)
        for name, label in (
            ("figure", "Figure"), ("unit", "Of"), ("activity", "Does"), ("place", "Where"), ("source", "Source"),
            ("factuality", "Factuality"), ("when", "When"), ("article", "Article"),
        )
    ]  # fmt: skip
    base = alt.Chart(alt.NamedData("rows")).encode(y=y, color=colour, tooltip=tips)

    def at(field: str) -> Any:
        return alt.X(f"{field}:Q", scale=x, axis=axis)

    line = base.mark_rule(strokeWidth=2, cursor="pointer").encode(
        x=at("x1"),
        x2="x2:Q",
        strokeDash=alt.condition("datum.bound == 'vague'", alt.value([3, 3]), alt.value([1, 0])),
        opacity=alt.condition("datum.bound == 'approx'", alt.value(0.55), alt.value(1)),
    )
    arrows = [
        base.transform_filter(f"datum.opens == '{side}'")
        .mark_point(shape=f"triangle-{side}", filled=True, size=55, opacity=1, cursor="pointer")
        .encode(x=at(end))
        for side, end in (("right", "x2"), ("left", "x1"))
    ]
    points = [
        base.transform_filter(f"isValid(datum.{field}) && {'' if hollow else '!'}datum.hollow")
        .mark_point(size=85, strokeWidth=2, opacity=1, cursor="pointer", **look)
        .encode(x=at(field), shape=shape)
        for field in ("p1", "p2")
        for hollow, look in ((True, {"filled": False, "fill": "var(--paper)"}), (False, {"filled": True}))
    ]
    words = base.mark_text(align="left", dx=10, fontWeight="bold", cursor="pointer", limit=110).encode(
        x=alt.value("width"), text="figure:N", color=alt.value("var(--ink)")
    )
    chart = (
        alt.layer(line, *arrows, *points, words)
        .add_params(*(alt.param(name=name, value=value) for name, value in PARAMETERS.items()))
        .properties(width="container", height=STEP, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .configure(background="transparent", padding={"left": 0, "top": 4, "right": 6, "bottom": 4})
        .configure_view(stroke=None)
        .configure_axis(
            labelColor="var(--soft)",
            gridColor="var(--rule)",
            labelFontSize=12,
            labelFont=FONT,
        )
        .configure_text(color="var(--ink)", font=FONT, fontSize=12)
    )
    made: dict[str, Any] = chart.to_dict(validate=False)
    return made


@cache
def library() -> str:
    """The JavaScript that draws Vega-Lite charts, whole; it sets `vegaEmbed` and asks no other machine."""
    import vl_convert

    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return bundle
