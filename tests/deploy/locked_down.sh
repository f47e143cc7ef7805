#!/bin/sh
# Run a command as a container would: locked_down.sh ENVIRONMENT TOKEN_FILE COMMAND...
#
# Read-only root, an empty /tmp, no capabilities, user 10001, nothing of the caller's variables.
# Python's own folder may lie in a home that only its owner can enter, so both it and the
# environment are mounted again at their places. Runs inside `unshare --mount`, as root.
set -eu

environment=$1 token=$2
shift 2
prefix=$("$environment/bin/python" -c 'import sys; print(sys.base_prefix)')

mount --make-rprivate /
mount -t tmpfs -o mode=0755 none /mnt
mkdir /mnt/python /mnt/environment
mount --bind "$prefix" /mnt/python
mount --bind "$environment" /mnt/environment
cp "$token" /mnt/token
mount -t tmpfs -o mode=0755 none /run
mkdir /run/secrets
install -o root -g root -m 0444 /mnt/token /run/secrets/hrm_token
mount -t tmpfs -o mode=0755 none /root
mount -t tmpfs -o mode=1777,size=64m none /tmp
mkdir -p "$prefix" "$environment"
mount --bind /mnt/python "$prefix"
mount --bind /mnt/environment "$environment"
mount -o remount,ro,bind /
cd /
exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs \
    --bounding-set=-all --inh-caps=-all "$@"
