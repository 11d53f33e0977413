#!/bin/bash
set -euo pipefail
umask 077
# The password in words: with scram PgBouncer needs it to sign in at the server.
printf '"carat" "%s"\n' "${POSTGRES_PASSWORD//\"/\"\"}" > /run/pgbouncer/users
exec pgbouncer /etc/pgbouncer/pgbouncer.ini
