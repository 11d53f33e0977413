#!/bin/bash
# A streaming replica: copied from the primary when its folder is empty, then it follows by itself.
set -euo pipefail
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  install -d -m 700 -o postgres -g postgres "$PGDATA"
  # The slot keeps the log for a replica that is away, as far as max_slot_wal_keep_size lets it.
  PGPASSWORD=$POSTGRES_PASSWORD gosu postgres pg_basebackup -h postgres -U carat -D "$PGDATA" -X stream -c fast -C -S replica \
    || PGPASSWORD=$POSTGRES_PASSWORD gosu postgres pg_basebackup -h postgres -U carat -D "$PGDATA" -X stream -c fast -S replica
  {
    printf "primary_conninfo = 'host=postgres user=carat password=%s'\n" "$(sed "s/[\\\\']/\\\\&/g" <<< "$POSTGRES_PASSWORD")"
    echo "primary_slot_name = 'replica'"
  } >> "$PGDATA/postgresql.auto.conf"
  touch "$PGDATA/standby.signal"
fi
# What a page reads there may take so long before the replica goes on without it; then the page is read on the primary.
exec gosu postgres postgres -c hot_standby_feedback=on -c max_standby_streaming_delay=8s -c listen_addresses='*'
