#!/bin/bash
# Backups by pgBackRest for ever: a full one when the last is a week old, else a differential one, every night at BACKUP_HOUR (UTC).
# `schedule once` does what is due now and ends; it fails where the backup fails.
set -euo pipefail
stanza=${PGBACKREST_STANZA:-carat} hour=${BACKUP_HOUR:-17}

due() {
  # A full backup is told by its label, which ends in F: 20261128-170001F.
  local last
  last=$(pgbackrest --stanza="$stanza" --output=json info | grep -o '"label":"[0-9]\{8\}-[0-9]\{6\}F"' | tail -1 \
    | sed 's/.*"\(.\{8\}\)-\(..\)\(..\)\(..\)F"/\1 \2:\3:\4/' || true)
  if [ -z "$last" ] || [ $(($(date +%s) - $(date -d "$last" +%s))) -gt $((7 * 86400 - 3600)) ]; then echo full; else echo diff; fi
}

once() {
  pgbackrest --stanza="$stanza" stanza-create
  # A server that could not archive before there was a stanza tries again after a minute.
  pgbackrest --stanza="$stanza" --archive-timeout=180 check
  pgbackrest --stanza="$stanza" --type="$(due)" backup
}

if [ "${1:-}" = once ]; then once; exit; fi
until once; do
  echo "the first backup failed; tried again in ten minutes" >&2
  sleep 600
done
while true; do
  sleep $(((86400 + hour * 3600 - $(date -u +%s) % 86400) % 86400 + 1))
  once || echo "the backup failed" >&2
done
