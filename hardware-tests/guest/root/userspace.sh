#!/bin/sh
# Runs beside the guest's root ($1) once its packages are installed, and leaves it as a disk image in /tmp/root.ext4.
set -eu

root=$1
# What a test that nobody logs in to does not need; each takes the emulated machine seconds.
chroot "$root" systemctl --quiet mask \
  dbus.service dbus.socket getty.target systemd-logind.service systemd-user-sessions.service \
  systemd-hostnamed.socket systemd-sysext.socket systemd-sysusers.service systemd-random-seed.service \
  dpkg-db-backup.timer fstrim.timer systemd-tmpfiles-clean.timer \
  ldconfig.service systemd-hwdb-update.service systemd-journal-catalog-update.service systemd-update-done.service
ln -s /opt/sane/libsane-flatbed.so.1 "$root"/usr/lib/x86_64-linux-gnu/sane/
# A vault has no home to keep GStreamer's list of plugins in, and to make it anew takes seconds.
chroot "$root" env GST_REGISTRY=/var/cache/gstreamer.registry gst-inspect-1.0 > /dev/null

# Links to what the root holds, in a folder of their own: the image cannot hold itself.
mkdir "$root/tmp/root"
for entry in bin etc lib lib64 sbin usr var; do cp -al "$root/$entry" "$root/tmp/root/"; done
rm -rf "$root"/tmp/root/var/cache/apt "$root"/tmp/root/var/lib/apt
mkdir -p "$root"/tmp/root/dev "$root"/tmp/root/opt "$root"/tmp/root/proc "$root"/tmp/root/root "$root"/tmp/root/run "$root"/tmp/root/sys "$root"/tmp/root/tmp
size=$(du -sk "$root/tmp/root" | cut -f 1)
mke2fs -q -t ext4 -O ^has_journal -m 0 -d "$root/tmp/root" "$root/tmp/root.ext4" $((size * 5 / 4))k
