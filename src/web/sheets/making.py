"""A sheet as it is made: page after page of its list at one moment, each in its caller's turn and time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any, TypeVar

from fastapi import Request

from api.app.serving import claimant
from api.context import Context
from api.http.endpoint import gone
from exporting.csv_file import CsvSheet
from exporting.sheet import Cell, Cover, SheetWriter
from exporting.xlsx_file import XlsxSheet
from storage.work import Work
from web.answering import READ_FOR_ONE_ANSWERED, Site
from web.documents import Document, Fields
from web.moments import AskedMoment
from web.problems import PageProblem
from web.sheets.asking import Asker
from web.sheets.lists import HERE, SheetList
from web.words import in_words

MOMENT = Document.of(HERE, "moment.graphql")
LONGEST = 600.0
"""Seconds from the first page of a sheet to its last."""
TOO_LONG = (503, "This sheet takes too long", "Nothing of it was sent. Narrow the list, or ask when less is going on.")

Done = TypeVar("Done")


@dataclass
class Making:
    """One sheet for one asker; its file is the system's to remove, whatever becomes of this.

    Attributes:
        narrowed: the variables of its document beside the moment.
        filters: as they stand in the address, for the cover.
    """

    site: Site
    asker: Asker
    sheet: SheetList
    format: str
    narrowed: Mapping[str, Any]
    filters: list[tuple[str, str]]
    moment: AskedMoment
    file: IO[bytes] = field(default_factory=TemporaryFile)
    rows: int = 0
    after: str | None = None

    async def make(self, request: Request) -> None:
        """The whole file. Nobody's snapshot is held from one page to the next: the moment is. Raises as a page does."""
        until = monotonic() + LONGEST
        await self._turn(request, self._begin)
        while await self._turn(request, self._page):
            if monotonic() > until:
                raise PageProblem(*TOO_LONG)
        await self._turn(request, self._finish)

    async def _turn(self, request: Request, do: Callable[[], Done]) -> Done:
        """One request's worth, as if it had come by itself: others come between."""
        work, workers = Work(self.site.edge.limits.request_seconds), self.site.edge.workers
        place = workers.take_in(claimant(self.asker.holder))
        try:
            return await workers.do(place, work, gone(request), do)
        finally:
            workers.leave(place, work)

    def _begin(self) -> None:
        self._cited = self._ask(MOMENT, {}, self.moment)
        columns = [column for column, _ in self.sheet.columns]
        self._writer: SheetWriter = (
            XlsxSheet(self.file, self.sheet.title, columns) if self.format == "xlsx" else CsvSheet(self.file, columns)
        )

    def _page(self) -> bool:
        """Whether there is another one."""
        self.asker.require_unchanged()
        found = self._ask(self.sheet.document, {**self._at, **self.narrowed, "after": self.after})["register"]
        for name in self.sheet.within:
            found = found[name] if found is not None else None
        if found is None:
            raise PageProblem(404, "This is not there", "There is nothing of this kind that you may see.")
        page = found.get("page")
        rows = found["rows"] if page is None else page["nodes"]
        self._writer.add([read(row) for _, read in self.sheet.columns] for row in rows)
        self.rows += len(rows)
        if page is None or not page["pageInfo"]["hasNextPage"]:
            return False
        self.after = page["pageInfo"]["endCursor"]
        return True

    def _finish(self) -> None:
        self._writer.finish(Cover(self.sheet.title, self.known_at, self._lines()))

    def _ask(self, document: Document, variables: Mapping[str, Any], moment: AskedMoment | None = None) -> Fields:
        holder = self.asker.holder
        served = self.site.served(holder.partnership)
        with Context(holder.caller, served) as context:
            context.ration(None, READ_FOR_ONE_ANSWERED * self.site.edge.limits.answer_bytes)
            asked = moment.variables(lambda: context.head.now, served.zone) if moment else {}
            return self.site.executor.answer(document, context, {**asked, **variables})

    @property
    def _at(self) -> dict[str, Any]:
        register = self._cited["register"]
        return {"knownAt": register["knownAt"], "effectiveOn": register["effectiveOn"]}

    @property
    def known_at(self) -> datetime:
        return datetime.fromisoformat(self._at["knownAt"])

    @property
    def file_name(self) -> str:
        """Says what a CSV file has no room for."""
        key, known_at = self._cited["viewer"]["partnership"]["key"], f"{self.known_at:%Y-%m-%dT%H%M%SZ}"
        name = "-".join([self.sheet.name, *([self.narrowed["key"]] if "key" in self.narrowed else [])])
        return f"{name}-{key}-known-{known_at}-on-{self._at['effectiveOn']}.{self.format}"

    def _lines(self) -> list[tuple[str, Cell]]:
        viewer, register = self._cited["viewer"], self._cited["register"]
        bodies = [each["name"] for each in viewer["monitoringBodies"]]
        by = ", ".join([in_words(viewer["role"]), *([viewer["agency"]["name"]] if viewer["agency"] else []), *bodies])
        return [
            ("Partnership", viewer["partnership"]["name"]),
            ("Filters", "; ".join(f"{name}: {value}" for name, value in self.filters) or "None: the whole list"),
            ("Known at (knownAt)", register["knownAt"]),
            ("Judged on (effectiveOn)", self._day),
            ("Position", register["position"]),
            ("Rows", self.rows),
            ("Read as", f"{by}: what others may see is not in it"),
        ]

    @property
    def _day(self) -> Cell:
        return datetime.fromisoformat(self._at["effectiveOn"]).date()
