"""The files of a backup: what has come with evidence, each content once, under `files/KEY/SHA-256`."""

from collections.abc import Iterator, Sequence
from typing import Any

from psycopg import Connection, sql

from storage.backup.format import Part, Reader, Writer
from storage.files.store import FileStore
from storage.migrate import partnership_of, schema_of
from storage.sql import statements

SQL = statements("storage.backup", "backup.sql")
FOLDER = "files"


def write_files(
    conn: Connection[Any], writer: Writer, schemas: Sequence[str], files: FileStore
) -> tuple[list[Part], list[str]]:
    """The parts that were written, and the names of those whose content is not there or not what it was."""
    written, missing = list[Part](), list[str]()
    for schema in schemas:
        statement = sql.SQL(SQL["files"]).format(upload=sql.Identifier(schema, "upload"))
        for (digest,) in conn.execute(statement).fetchall():
            name = f"{FOLDER}/{partnership_of(schema)}/{digest}"
            if not files.is_whole(schema, digest):
                missing.append(name)
                continue
            with writer.part(name, compressed=False) as part:
                for piece in files.read(schema, digest):
                    part.write(piece)
            written.append(Part(name=name, bytes=part.bytes, sha256=part.sha256))
    return written, missing


def restore_files(reader: Reader, saved_as: Sequence[tuple[str, str]], files: FileStore) -> Iterator[int]:
    """Put the content of every file of some partnerships in its place, each under its new key; gives the bytes of each.

    Content that is there already under the same digest is what it was, and is put there once more.
    """
    for saved, key in saved_as:
        for part in reader.manifest.attachments:
            folder, of, digest = part.name.split("/")
            if (folder, of) == (FOLDER, saved):
                files.put(schema_of(key), digest, reader.pieces(part))
                yield part.bytes
