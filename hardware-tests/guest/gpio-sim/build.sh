#!/bin/sh
# Runs in a chroot that has the headers of one kernel ($1) and its source: builds gpio-sim, which Debian leaves out.
# Its source and that of its simulated interrupts lie in the kernel's; what a module may not call (irq_to_desc) has a
# sibling that it may.
set -eu
mkdir /tmp/gpio-sim /out
cd /tmp/gpio-sim
tar -xJf /usr/src/linux-source-*.tar.xz --strip-components=3 --wildcards '*/drivers/gpio/gpio-sim.c' '*/kernel/irq/irq_sim.c'
mv gpio-sim.c chip.c
sed -i 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq_safe(irqnum)/' irq_sim.c
printf 'obj-m := gpio-sim.o\ngpio-sim-y := chip.o irq_sim.o\n' > Makefile
make -s -C "/usr/src/linux-headers-$1" M=/tmp/gpio-sim modules
cp gpio-sim.ko /out/
