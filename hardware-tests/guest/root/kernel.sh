#!/bin/sh
# Runs in the kernel's chroot: Debian's kernel with the modules that the guest needs, gpio-sim among them, and the
# small initrd that finds the root. All of it comes to lie in /out.
set -eu

modules="virtio_blk ext4 xhci_pci uvcvideo configfs gpio-sim softdog"

release=$(ls /usr/lib/modules)
headers=/usr/src/linux-headers-$release
mkdir /out

# Debian builds no gpio-sim. Its source and that of its simulated interrupts lie in the kernel's; what a module may
# not call (irq_to_desc) has a sibling that it may.
mkdir /tmp/gpio-sim
cd /tmp/gpio-sim
tar -xJf /usr/src/linux-source-*.tar.xz --strip-components=3 --wildcards '*/drivers/gpio/gpio-sim.c' '*/kernel/irq/irq_sim.c'
mv gpio-sim.c chip.c
sed -i 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq_safe(irqnum)/' irq_sim.c
printf 'obj-m := gpio-sim.o\ngpio-sim-y := chip.o irq_sim.o\n' > Makefile
make -s -C "$headers" M=/tmp/gpio-sim modules
cp gpio-sim.ko "/usr/lib/modules/$release/kernel/drivers/gpio/"
depmod "$release"

files_of() {
  for module in "$@"; do modprobe --set-version "$release" --show-depends "$module"; done |
    sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++'
}

# The initrd carries all modules, unpacked once here instead of at each boot there.
kept=/initrd/modules/$release
mkdir -p "$kept" /initrd/dev /initrd/root
cp "/usr/lib/modules/$release"/modules.builtin* "/usr/lib/modules/$release/modules.order" "$kept"
for file in $(files_of $modules); do cp "$file" "$kept"; done
unxz "$kept"/*.xz
mkdir -p /initrd/lib
ln -s ../modules /initrd/lib/modules
depmod --basedir /initrd "$release"

cp /usr/bin/busybox /initrd/busybox
cp /init /initrd/init
for file in $(files_of virtio_blk ext4); do
  echo "/modules/$release/$(basename "$file" .xz)" >> /initrd/first-modules
done
(cd /initrd && find . | cpio --quiet -o -H newc > /out/initrd)
cp "/boot/vmlinuz-$release" /out/vmlinuz
