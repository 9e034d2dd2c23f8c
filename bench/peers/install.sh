#!/usr/bin/env bash
# QuickFIX C++ and a compiler, for `make bench`; as root, on Debian or Ubuntu.
set -euo pipefail
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends g++ libquickfix-dev
