#!/bin/sh
# Runs beside a board's root ($1) once its packages are installed: takes from it what a sealed box does not have, and
# tells it which board ($2) it is made for.
set -eu
root=$1
board=$2

# Nobody logs in, nothing is fetched, and what a box is made of does not change.
chroot "$root" systemctl --quiet mask \
  getty.target getty@tty1.service serial-getty@.service console-getty.service \
  systemd-user-sessions.service systemd-networkd.service systemd-resolved.service systemd-timesyncd.service \
  apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer \
  ldconfig.service systemd-hwdb-update.service systemd-journal-catalog-update.service systemd-update-done.service \
  systemd-sysusers.service systemd-firstboot.service systemd-random-seed.service systemd-timedated.service
sed -i "s/^compatible=.*/&-$board/" "$root/etc/rauc/system.conf"
chroot "$root" systemctl --quiet enable terashi-first-start.service terashi-good.service
chroot "$root" systemctl --quiet set-default multi-user.target
chroot "$root" passwd --quiet --lock root

# A machine's name for itself is made at each start, in memory.
: > "$root/etc/machine-id"
rm -f "$root/etc/apt/sources.list.d/raspberry-pi.list" "$root/var/lib/dbus/machine-id" "$root/etc/resolv.conf" "$root"/etc/ssh/ssh_host_*

cp "$root"/boot/vmlinuz-* "$root/terashi-linux"
cp "$root"/boot/initrd.img-* "$root/terashi-initrd"
