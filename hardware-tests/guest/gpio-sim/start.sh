#!/bin/sh
# Creates a simulated GPIO chip with the lines of a Raspberry Pi's header.
set -eu
modprobe configfs
insmod /usr/lib/terashi-test/gpio-sim.ko
mountpoint -q /sys/kernel/config || mount -t configfs configfs /sys/kernel/config
chip=/sys/kernel/config/gpio-sim/counter
mkdir -p "$chip/bank"
echo 32 > "$chip/bank/num_lines"
echo terashi-sim > "$chip/bank/label"
echo 1 > "$chip/live"
# Each button is open; a press would pull its line to ground.
for line in 16 20 21; do
  for pull in /sys/devices/platform/gpio-sim.0/gpiochip*/sim_gpio$line/pull; do echo pull-up > "$pull"; done
done
# At first a kernel as some are now, which has the character device alone.
mount -t tmpfs tmpfs /sys/class/gpio
