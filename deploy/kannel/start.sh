#!/bin/sh
# Passwords and addresses come from the environment; when a box dies the container ends and is started anew.
set -eu
: "${KANNEL_PASSWORD:?}" "${CARAT_REPLIES:?where incoming SMS go, СТОП among them}"
envsubst '${KANNEL_PASSWORD} ${CARAT_REPLIES}' </etc/kannel/kannel.conf.template >/etc/kannel/kannel.conf
/usr/sbin/bearerbox /etc/kannel/kannel.conf &
box=$!
sleep 2
/usr/sbin/smsbox /etc/kannel/kannel.conf &
sms=$!
if grep -q '^smsc = fake' /etc/kannel/kannel.conf; then
  # The fake operator's phone. It reads what to send from its input, which stays open and silent.
  sleep infinity | /usr/lib/kannel/test/fakesmsc -H 127.0.0.1 -r 10000 &
fi
trap 'kill $box $sms 2>/dev/null' TERM INT
while kill -0 $box 2>/dev/null && kill -0 $sms 2>/dev/null; do sleep 2; done
kill $box $sms 2>/dev/null || true
exit 1
