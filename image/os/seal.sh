#!/bin/sh
# Runs outside a board's root ($1) after its packages are installed: removes what a sealed box must not have,
# and records the board's name ($2).
set -eu
root=$1
board=$2

# No logins, no restart by Ctrl-Alt-Del, no downloads, no changes to the system.
chroot "$root" systemctl --quiet mask \
  getty.target getty@.service getty@tty1.service autovt@.service serial-getty@.service console-getty.service \
  ctrl-alt-del.target debug-shell.service \
  systemd-user-sessions.service systemd-networkd.service systemd-resolved.service systemd-timesyncd.service \
  apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer \
  ldconfig.service systemd-hwdb-update.service systemd-journal-catalog-update.service systemd-update-done.service \
  systemd-sysusers.service systemd-firstboot.service systemd-random-seed.service systemd-timedated.service
sed -i "s/^compatible=.*/&-$board/" "$root/etc/rauc/system.conf"
chroot "$root" systemctl --quiet enable terashi-first-start.service terashi-good.service terashi-no-keyboard.service
chroot "$root" systemctl --quiet set-default multi-user.target
chroot "$root" passwd --quiet --lock root

# The machine ID is created at each start, in memory.
: > "$root/etc/machine-id"
rm -f "$root/etc/apt/sources.list.d/raspberry-pi.list" "$root/etc/apt/preferences.d/raspberry-pi.pref"
rm -f "$root/var/lib/dbus/machine-id" "$root/etc/resolv.conf" "$root"/etc/ssh/ssh_host_*

# Made here and not by the kernel's package, because not every kernel's makes one.
rm -f "$root"/boot/initrd.img-*
chroot "$root" update-initramfs -c -k all
cp "$root"/boot/vmlinuz-* "$root/terashi-linux"
cp "$root"/boot/initrd.img-* "$root/terashi-initrd"
