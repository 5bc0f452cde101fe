/* The SANE driver of the test's scanner, a small flatbed: it lists the scanner while its USB device is plugged in. */

#include <fcntl.h>
#include <glob.h>
#include <linux/usbdevice_fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../../counter/scanners/sane.h"

/* The numbers of usb/scanner.ts. */
static const char vendor[] = "1209\n", product[] = "0001\n";
/* Pictures of the glass, as PPM with width and height on one line; and a file with one word, the driver's mode. */
static const char page[] = "/usr/lib/terashi-test/page.ppm", test_card[] = "/usr/lib/terashi-test/test-card.ppm";
static const char mode[] = "/run/scanner-mode";
/* Lines in one read, and the carriage's time for them in microseconds. */
enum { STRIP = 50, TRAVEL = 60000 };

/* Named as SANE's drivers name a USB device: by its bus and its number there. */
static char name[32];
static const Device device = { name, "Terashi", "Test scanner", "flatbed scanner" };
static const Device *devices[] = { &device, 0 };
static const int resolutions[] = { 1, 300 };
static const Option options[] = {
  { "", "Number of options", "", 1, 0, 4, 4, 0, 0 },
  { "resolution", "Resolution", "", 1, 4, 4, 5, 2, resolutions },
};
static FILE *glass;
static int width, height, cancelled;

/* With the mode "usb" the page comes over the cable, as usb/scanner.ts sends it, and no file has it. */
enum { USB_WIDTH = 1240, USB_HEIGHT = 1748, BULK_IN = 0x81, LONGEST_TRANSFER = 16384, PATIENCE = 60000 };
static int cable = -1;

/* Reads the first line of a file into a buffer that the next call overwrites. */
static const char *line_of(const char *folder, const char *file_name) {
  static char line[64];
  char path[512];
  line[0] = 0;
  snprintf(path, sizeof path, "%s%s", folder, file_name);
  FILE *file = fopen(path, "r");
  if (file && !fgets(line, sizeof line, file)) line[0] = 0;
  if (file) fclose(file);
  return line;
}

static int first_line_is(const char *folder, const char *file_name, const char *wanted) {
  return strcmp(line_of(folder, file_name), wanted) == 0;
}

static int is_mode(const char *wanted) { return first_line_is(mode, "", wanted); }

static int is_plugged_in(void) {
  glob_t all;
  int found = 0;
  if (glob("/sys/bus/usb/devices/*", 0, 0, &all)) return 0;
  for (size_t i = 0; i < all.gl_pathc && !found; i++) {
    const char *folder = all.gl_pathv[i];
    found = first_line_is(folder, "/idVendor", vendor) && first_line_is(folder, "/idProduct", product);
    int bus = atoi(line_of(folder, "/busnum")), number = atoi(line_of(folder, "/devnum"));
    if (found) snprintf(name, sizeof name, "libusb:%03d:%03d", bus, number);
  }
  globfree(&all);
  return found;
}

static int rewind_cable(void) {
  char node[64];
  int bus, number, interface = 0;
  struct usbdevfs_ctrltransfer rewind = { 0x40, 1, 0, 0, 0, PATIENCE, 0 };
  sscanf(name, "libusb:%d:%d", &bus, &number);
  snprintf(node, sizeof node, "/dev/bus/usb/%03d/%03d", bus, number);
  cable = open(node, O_RDWR | O_CLOEXEC);
  width = USB_WIDTH;
  height = USB_HEIGHT;
  return cable >= 0 && ioctl(cable, USBDEVFS_CLAIMINTERFACE, &interface) == 0 &&
         ioctl(cable, USBDEVFS_CONTROL, &rewind) >= 0;
}

static int read_cable(unsigned char *data, int longest) {
  struct usbdevfs_bulktransfer transfer = { BULK_IN, longest < LONGEST_TRANSFER ? longest : LONGEST_TRANSFER, PATIENCE, data };
  return ioctl(cable, USBDEVFS_BULK, &transfer);
}

int sane_flatbed_init(int *version, void *authorize) { *version = 1 << 24; return GOOD; }
void sane_flatbed_exit(void) {}
int sane_flatbed_get_devices(const Device ***list, int local_only) {
  if (is_mode("hangs-when-found\n")) for (;;) pause();
  *list = is_plugged_in() ? devices : devices + 1;
  return GOOD;
}
int sane_flatbed_open(const char *wanted, void **handle) {
  *handle = devices;
  return is_plugged_in() && !strcmp(wanted, name) ? GOOD : INVAL;
}
void sane_flatbed_close(void *handle) {}
const Option *sane_flatbed_get_option_descriptor(void *handle, int n) { return n >= 0 && n < 2 ? &options[n] : 0; }
int sane_flatbed_control_option(void *handle, int n, int action, int *value, int *info) {
  if (action == 0) *value = n == 0 ? 2 : 300;
  if (info) *info = 0;
  return is_plugged_in() ? GOOD : IO_ERROR;
}
int sane_flatbed_get_parameters(void *handle, Parameters *p) {
  Parameters colour = { 1, 1, width * 3, width, height, 8 };
  *p = colour;
  return GOOD;
}
int sane_flatbed_start(void *handle) {
  if (!is_plugged_in()) return IO_ERROR;
  cancelled = 0;
  if (is_mode("usb\n")) return rewind_cable() ? GOOD : IO_ERROR;
  glass = fopen(is_mode("test-card\n") ? test_card : page, "r");
  return glass && fscanf(glass, "P6\n%d %d\n255%*c", &width, &height) == 2 ? GOOD : NO_DOCS;
}
int sane_flatbed_read(void *handle, unsigned char *data, int longest, int *length) {
  int most = STRIP * width * 3;
  *length = 0;
  if (is_mode("hangs\n")) for (;;) pause();
  if (is_mode("spins\n")) for (;;);
  usleep((long) TRAVEL * (longest < most ? longest : most) / most);
  if (cancelled) return CANCELLED;
  if (!is_plugged_in()) return IO_ERROR;
  if (cable >= 0) {
    int read = read_cable(data, longest);
    if (read < 0) return IO_ERROR;
    *length = read;
    return read > 0 ? GOOD : END;
  }
  *length = fread(data, 1, longest < most ? longest : most, glass);
  if (is_mode("blank\n")) memset(data, 255, *length);
  return *length > 0 ? GOOD : END;
}
void sane_flatbed_cancel(void *handle) {
  cancelled = 1;
  if (glass) fclose(glass);
  glass = 0;
  if (cable >= 0) close(cable);
  cable = -1;
}
int sane_flatbed_set_io_mode(void *handle, int non_blocking) { return UNSUPPORTED; }
int sane_flatbed_get_select_fd(void *handle, int *fd) { return UNSUPPORTED; }
