#!/bin/sh
# Runs in a chroot with the headers of one kernel and its source, and builds gpio-sim, which Debian does not ship.
# gpio-sim and its simulated interrupts are part of the kernel's source. irq_to_desc is not exported to modules; a
# function with the same effect is.
set -eu
mkdir /tmp/gpio-sim /out
cd /tmp/gpio-sim
tar -xJf /usr/src/linux-source-*.tar.xz --strip-components=3 --wildcards '*/drivers/gpio/gpio-sim.c' '*/kernel/irq/irq_sim.c'
mv gpio-sim.c chip.c
sed -i 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq_safe(irqnum)/' irq_sim.c
printf 'obj-m := gpio-sim.o\ngpio-sim-y := chip.o irq_sim.o\n' > Makefile
# Headers common to all kernels of a version lie beside those of one kernel.
for headers in /usr/src/linux-headers-*; do
  case $headers in *-common*) continue ;; esac
  make -s -C "$headers" M=/tmp/gpio-sim modules
  cp gpio-sim.ko "/out/gpio-sim-${headers#/usr/src/linux-headers-}.ko"
done
