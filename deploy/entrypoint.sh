#!/bin/sh
# Start `hrm`, with the token of a mounted secret when HRM_TOKEN_FILE names its file.
set -eu

if [ -n "${HRM_TOKEN_FILE:-}" ]; then
    HRM_TOKEN=$(cat "$HRM_TOKEN_FILE")
    export HRM_TOKEN
    unset HRM_TOKEN_FILE
fi
exec hrm "$@"
