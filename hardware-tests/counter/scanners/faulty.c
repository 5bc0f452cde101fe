/* A SANE driver of scanners that go wrong. What goes wrong is the device's name: see `trouble` below. */

#include <string.h>
#include <unistd.h>

#include "sane.h"

enum { WIDTH = 30, LINES = 400, PADDING = 7 };

static const Device device = { "spin", "Trouble\x1b[31m", " Maker \n 3000", "flatbed scanner" };
static const Device *devices[] = { &device, 0 };
static const int resolutions[] = { 3, 75, 300, 600 };
static const Option options[] = {
  { "", "Number of options", "", 1, 0, 4, 4, 0, 0 },
  { "resolution", "Resolution", "", 1, 4, 4, 5, 2, resolutions },
};
static char trouble[32], passed[32];
static int left;
static int resolution = 75, sent, cancelled;

static int is(const char *name) { return strcmp(trouble, name) == 0; }

/* The status of a state that passes: `passes-start-d-3` is the fourth status of the standard from three sane_start. */
static int passing(const char *call) {
  size_t length = strlen(call);
  if (strncmp(trouble, "passes-", 7) || strncmp(trouble + 7, call, length) || trouble[7 + length] != '-') return GOOD;
  if (strcmp(trouble, passed)) strcpy(passed, trouble), left = trouble[10 + length] - '0';
  return left-- > 0 ? trouble[8 + length] - 'a' : GOOD;
}

int sane_faulty_init(int *version, void *authorize) { *version = 1 << 24; return GOOD; }
void sane_faulty_exit(void) {}
int sane_faulty_get_devices(const Device ***list, int local_only) { *list = devices; return GOOD; }
int sane_faulty_open(const char *name, void **handle) {
  strncpy(trouble, name, sizeof trouble - 1);
  *handle = trouble;
  if (is("slow-open")) usleep(300000);
  return is("busy") ? BUSY : is("nobody") ? INVAL : is("denied") ? 11 : passing("open");
}
void sane_faulty_close(void *handle) { trouble[0] = 0; }
const Option *sane_faulty_get_option_descriptor(void *handle, int n) { return n >= 0 && n < 2 ? &options[n] : 0; }
int sane_faulty_control_option(void *handle, int n, int action, int *value, int *info) {
  int status = action == 1 ? passing("set") : GOOD;
  if (status) return status;
  if (n == 1 && action == 1 && !is("coarse")) resolution = *value;
  if (action == 0) *value = n == 0 ? 2 : is("coarse") ? 75 : resolution;
  if (info) *info = 0;
  return GOOD;
}
int sane_faulty_get_parameters(void *handle, Parameters *p) {
  Parameters sound = { 1, 1, WIDTH * 3, WIDTH, LINES, 8 };
  *p = sound;
  if (is("padded")) p->bytes_per_line += PADDING;
  if (is("lines-unknown") || is("endless")) p->lines = -1;
  if (is("sixteen-bit")) p->depth = 16, p->bytes_per_line *= 2;
  if (is("one-bit")) p->format = 0, p->depth = 1, p->bytes_per_line = (WIDTH + 7) / 8;
  if (is("three-pass")) p->format = 2, p->last = 0, p->bytes_per_line = WIDTH;
  if (is("unknown-format")) p->format = 99;
  if (is("negative")) p->pixels_per_line = -30;
  if (is("narrow")) p->bytes_per_line = 10;
  if (is("gigabytes")) p->lines = 100000000;
  return GOOD;
}
int sane_faulty_start(void *handle) {
  sent = cancelled = 0;
  if (is("slow-start")) usleep(300000);
  if (is("start-spins")) for (;;) usleep(1000);
  return is("start-jammed") ? JAMMED : is("start-cover") ? COVER_OPEN : passing("start");
}
/* Byte n of the lines is n modulo 251; of a padded line the padding is 255. */
int sane_faulty_read(void *handle, unsigned char *data, int longest, int *length) {
  int line = WIDTH * 3, full = line + (is("padded") ? PADDING : 0), whole = full * LINES;
  *length = 0;
  if (cancelled) return CANCELLED;
  if (sent == 0) {
    int status = passing("read");
    if (status) return status;
  }
  if (is("empty")) return END;
  if (sent >= whole / 2) {
    if (is("short")) return END;
    if (is("spin")) for (;;) usleep(1000);
    if (is("silent")) return GOOD;
    if (is("liar")) { *length = longest + 1; return GOOD; }
    if (is("waits")) { while (!cancelled) usleep(1000); return CANCELLED; }
    if (!strncmp(trouble, "status-", 7)) return trouble[7] - 'a';
  }
  if (is("endless")) { *length = longest; return GOOD; }
  if (sent >= whole) return END;
  for (; *length < longest && *length < 1000 && sent < whole; sent++, (*length)++) {
    int column = sent % full;
    data[*length] = column < line ? (sent / full * line + column) % 251 : 255;
  }
  return GOOD;
}
void sane_faulty_cancel(void *handle) { cancelled = 1; }
int sane_faulty_set_io_mode(void *handle, int non_blocking) { return UNSUPPORTED; }
int sane_faulty_get_select_fd(void *handle, int *fd) { return UNSUPPORTED; }
