#!/bin/sh
# Turns a bare Debian (or Ubuntu) into Drydock's base image. Runs as root inside the image being built.
# `machine/`, where there is one, holds what this machine needs to reach its registries: extra
# certificate authorities and the address of its npm registry. Never a credential.
set -eu
here=/tmp/drydock-base
export DEBIAN_FRONTEND=noninteractive

trust() {
	if [ -d "$here/machine/certificates" ] && command -v update-ca-certificates >/dev/null; then
		cp "$here"/machine/certificates/*.crt /usr/local/share/ca-certificates/
		update-ca-certificates
	fi
}

# Before, for a package mirror that needs it; after, for an image that came without certificates.
trust
apt-get update -q
xargs apt-get install -q -y --no-install-recommends <"$here/packages"

# Uid 1000 is what the container spec and the collector count on; some images already give it to somebody.
if holder=$(getent passwd 1000 | cut -d: -f1) && [ -n "$holder" ]; then userdel --remove "$holder"; fi
if holder=$(getent group 1000 | cut -d: -f1) && [ -n "$holder" ]; then groupdel "$holder"; fi
groupadd --gid 1000 agent
useradd --uid 1000 --gid 1000 --create-home --home-dir /home/agent --shell /bin/bash agent
install -d -o agent -g agent -m 0755 /workspace

trust
if [ -f "$here/machine/npmrc" ]; then cp "$here/machine/npmrc" /etc/npmrc; fi

# Package lists go stale and are fetched again when needed; a setuid program is a way up that nobody needs.
apt-get clean
rm -rf /var/lib/apt/lists/* /var/cache/debconf/*-old /var/log/apt /var/log/dpkg.log "$here"
find / -xdev -type f -perm /6000 -exec chmod ug-s {} +
