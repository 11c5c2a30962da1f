-- name: archiving
SELECT current_setting('archive_mode'), current_setting('basic_archive.archive_directory', true),
  (SELECT system_identifier FROM pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
