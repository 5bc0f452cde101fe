/* The SANE driver of the test's scanner, a small flatbed: there while its USB device is, and gone when that is. */

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../test/scanner/sane.h"

/* The first device that has these numbers (usb/scanner.ts). */
static const char vendor[] = "1209\n", product[] = "0001\n";
/* What lies on the glass, as PPM, its width and height on a line; and a word that says what is otherwise than it was. */
static const char page[] = "/usr/lib/terashi-test/page.ppm", test_card[] = "/usr/lib/terashi-test/test-card.ppm", mood[] = "/run/scanner-mood";
/* Lines in one read, and how long the carriage takes for them, in microseconds. */
enum { STRIP = 50, TRAVEL = 60000 };

/* Named as SANE's drivers name a USB device, by its bus and its number on it. */
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

/* The first line of a file, which stays until the next call. */
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

static int holds(const char *folder, const char *file_name, const char *wanted) {
  return strcmp(line_of(folder, file_name), wanted) == 0;
}

static int is(const char *wanted) { return holds(mood, "", wanted); }

static int is_there(void) {
  glob_t all;
  int found = 0;
  if (glob("/sys/bus/usb/devices/*", 0, 0, &all)) return 0;
  for (size_t i = 0; i < all.gl_pathc && !found; i++) {
    const char *folder = all.gl_pathv[i];
    found = holds(folder, "/idVendor", vendor) && holds(folder, "/idProduct", product);
    int bus = atoi(line_of(folder, "/busnum")), number = atoi(line_of(folder, "/devnum"));
    if (found) snprintf(name, sizeof name, "libusb:%03d:%03d", bus, number);
  }
  globfree(&all);
  return found;
}

int sane_flatbed_init(int *version, void *authorize) { *version = 1 << 24; return GOOD; }
void sane_flatbed_exit(void) {}
int sane_flatbed_get_devices(const Device ***list, int local_only) {
  if (is("hangs-when-found\n")) for (;;) pause();
  *list = is_there() ? devices : devices + 1;
  return GOOD;
}
int sane_flatbed_open(const char *wanted, void **handle) {
  *handle = devices;
  return is_there() && !strcmp(wanted, name) ? GOOD : INVAL;
}
void sane_flatbed_close(void *handle) {}
const Option *sane_flatbed_get_option_descriptor(void *handle, int n) { return n >= 0 && n < 2 ? &options[n] : 0; }
int sane_flatbed_control_option(void *handle, int n, int action, int *value, int *info) {
  if (action == 0) *value = n == 0 ? 2 : 300;
  if (info) *info = 0;
  return is_there() ? GOOD : IO_ERROR;
}
int sane_flatbed_get_parameters(void *handle, Parameters *p) {
  Parameters colour = { 1, 1, width * 3, width, height, 8 };
  *p = colour;
  return GOOD;
}
int sane_flatbed_start(void *handle) {
  if (!is_there()) return IO_ERROR;
  glass = fopen(is("test-card\n") ? test_card : page, "r");
  cancelled = 0;
  return glass && fscanf(glass, "P6\n%d %d\n255%*c", &width, &height) == 2 ? GOOD : NO_DOCS;
}
int sane_flatbed_read(void *handle, unsigned char *data, int longest, int *length) {
  int most = STRIP * width * 3;
  *length = 0;
  if (is("hangs\n")) for (;;) pause();
  if (is("spins\n")) for (;;);
  usleep((long) TRAVEL * (longest < most ? longest : most) / most);
  if (cancelled) return CANCELLED;
  if (!is_there()) return IO_ERROR;
  *length = fread(data, 1, longest < most ? longest : most, glass);
  if (is("blank\n")) memset(data, 255, *length);
  return *length > 0 ? GOOD : END;
}
void sane_flatbed_cancel(void *handle) {
  cancelled = 1;
  if (glass) fclose(glass);
  glass = 0;
}
int sane_flatbed_set_io_mode(void *handle, int non_blocking) { return UNSUPPORTED; }
int sane_flatbed_get_select_fd(void *handle, int *fd) { return UNSUPPORTED; }
