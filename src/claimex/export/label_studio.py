"""Claims as Label Studio tasks: the article's text, with its claims as predictions to be corrected.

A region stands on the words of a claim, with its kind as label, and carries the fields that gold says of it. Offsets
count code points, in the export of the corrected tasks too; a carriage return counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from xml.sax.saxutils import quoteattr

from claimex import __version__
from claimex.claims import kinds
from claimex.evaluate.fields import FIELDS, Field, fields_of
from claimex.export.json_text import write_array
from claimex.export.source import Source
from claimex.export.spans import MarkedArticle, Span, marked_articles

LABEL, TEXT = "kind", "text"
"""Names of the tags of the labeling configuration."""


def write(source: Source, handle: IO[bytes]) -> None:
    """Write the claims."""
    write_array(map(_task, marked_articles(source)), handle)


def setup() -> str:
    """The labeling configuration: a label for each kind, and below it the fields of its claims."""
    labels = "\n".join(f"    <Label value={quoteattr(kind)}/>" for kind in kinds())
    fields = {field.name: field for of_kind in FIELDS.values() for field in of_kind}
    controls = "\n".join(map(_control, fields.values()))
    return (
        f'<View>\n  <Labels name="{LABEL}" toName="{TEXT}">\n{labels}\n  </Labels>\n'
        f'  <Text name="{TEXT}" value="$text" granularity="symbol"/>\n{controls}\n</View>\n'
    )


def _control(field: Field) -> str:
    """A field's heading and its entry, shown for regions of the kinds that have it."""
    of_kinds = ",".join(kind for kind, fields in FIELDS.items() if field in fields)
    entry = f'name="{field.name}" toName="{TEXT}" perRegion="true"'
    if field.choices:
        choices = "".join(f"<Choice value={quoteattr(value)}/>" for value in field.choices)
        entry = f'<Choices {entry} choice="single-radio" showInLine="true">{choices}</Choices>'
    else:
        entry = f'<TextArea {entry} editable="true" maxSubmissions="1" rows="1"/>'
    when = f'visibleWhen="region-selected" whenTagName="{LABEL}" whenLabelValue="{of_kinds}"'
    return f'  <View {when}>\n    <Header value="{field.name}" size="5"/>\n    {entry}\n  </View>'


def _task(article: MarkedArticle) -> dict[str, Any]:
    results = [result for number, span in enumerate(article.spans, 1) for result in _results(span, number, article)]
    return {
        "data": {TEXT: article.text, **article.about},
        "predictions": [{"model_version": f"claimex {__version__}", "result": results}],
    }


def _results(span: Span, number: int, article: MarkedArticle) -> Iterator[dict[str, Any]]:
    """The region of a span: its label, then its fields."""
    place = {"start": span.start, "end": span.end, "text": article.text[span.start : span.end]}
    region = {"id": f"{span.claim['id']}-{number}", "to_name": TEXT, "origin": "prediction"}
    yield {**region, "from_name": LABEL, "type": "labels", "value": {**place, "labels": [span.claim["kind"]]}}
    for field in fields_of(span.claim["kind"]):
        if words := field.say(span.claim):
            type_, value = ("choices", {"choices": [words]}) if field.choices else ("textarea", {"text": [words]})
            yield {**region, "from_name": field.name, "type": type_, "value": {**place, **value}}
