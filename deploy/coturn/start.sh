#!/bin/sh
# Starts coturn with turnserver.conf and the settings of this machine, taken from the environment:
#   TASUKI_TURN_SECRET       shared with the signaling server (required)
#   TASUKI_TURN_REALM        the relay's host name (required)
#   TASUKI_TURN_LISTEN_IP    listen and relay on this address only
#   TASUKI_TURN_EXTERNAL_IP  public address behind NAT, as PUBLIC or PUBLIC/PRIVATE
#   TASUKI_TURN_CERT, TASUKI_TURN_KEY  PEM files; without them there is no TLS
# Further arguments go to turnserver.
set -eu
umask 077

: "${TASUKI_TURN_SECRET:?set it to the same value as for the signaling server}"
: "${TASUKI_TURN_REALM:?set it to the host name of this relay}"
if [ "${#TASUKI_TURN_SECRET}" -lt 24 ]; then
  echo 'TASUKI_TURN_SECRET is too short: use at least 24 characters, for example from: openssl rand -hex 32' >&2
  exit 1
fi

# The secret goes into a file of our own, because every user can read the arguments of a process.
run="${RUNTIME_DIRECTORY:-$(mktemp -d)}"
conf="$run/turnserver.conf"
{
  cat "$(dirname "$0")/turnserver.conf"
  printf 'static-auth-secret=%s\n' "$TASUKI_TURN_SECRET"
  printf 'realm=%s\nserver-name=%s\n' "$TASUKI_TURN_REALM" "$TASUKI_TURN_REALM"
  printf 'pidfile=%s/turnserver.pid\n' "$run"
  if [ -n "${TASUKI_TURN_LISTEN_IP:-}" ]; then
    printf 'listening-ip=%s\nrelay-ip=%s\n' "$TASUKI_TURN_LISTEN_IP" "$TASUKI_TURN_LISTEN_IP"
  fi
  if [ -n "${TASUKI_TURN_EXTERNAL_IP:-}" ]; then
    printf 'external-ip=%s\n' "$TASUKI_TURN_EXTERNAL_IP"
  fi
  if [ -n "${TASUKI_TURN_CERT:-}" ]; then
    printf 'cert=%s\npkey=%s\n' "$TASUKI_TURN_CERT" "${TASUKI_TURN_KEY:?belongs to TASUKI_TURN_CERT}"
  else
    printf 'no-tls\nno-dtls\n'
  fi
} >"$conf"

unset TASUKI_TURN_SECRET
exec turnserver -c "$conf" "$@"
