#!/bin/sh
# The password comes from the environment; when either box dies the container ends and is started anew.
set -eu
envsubst '${KANNEL_PASSWORD}' </etc/kannel/kannel.conf.template >/etc/kannel/kannel.conf
/usr/sbin/bearerbox /etc/kannel/kannel.conf &
box=$!
sleep 2
/usr/sbin/smsbox /etc/kannel/kannel.conf &
sms=$!
trap 'kill $box $sms 2>/dev/null' TERM INT
while kill -0 $box 2>/dev/null && kill -0 $sms 2>/dev/null; do sleep 2; done
kill $box $sms 2>/dev/null || true
exit 1
