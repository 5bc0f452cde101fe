/* A SANE driver of one scanner that can be unplugged: it is there as long as the file that SANE_PLUGGABLE names.
 * That file says in its first line by which name, as a USB scanner has another one each time, and in its second what
 * goes wrong: `lists` and `reads` where these calls spin and never come back, `dies` where listing takes the process
 * along, `fails` where nothing can be read, `lid-open` until it is closed, `forks` where each call that lists or starts
 * leaves a process behind, `looks` where no page is made if the device that SANE_PLUGGABLE_LOOKS names can be opened. The
 * page on the glass is the binary PPM file that SANE_PLUGGABLE_PAGE names. Compiled with -DDRIVER=name. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct { const char *name, *vendor, *model, *type; } Device;
typedef struct { const char *name, *title, *description; int type, unit, size, capabilities, kind; const void *constraint; } Option;
typedef struct { int format, last, bytes_per_line, pixels_per_line, lines, depth; } Parameters;

enum { GOOD, UNSUPPORTED, CANCELLED, BUSY, INVAL, END, JAMMED, NO_DOCS, COVER_OPEN, IO_ERROR };

#define JOIN(a, b, c) a##b##c
#define NAMED(driver, operation) JOIN(sane_, driver, _##operation)
#define OPERATION(operation) NAMED(DRIVER, operation)

static char name[64], trouble[64];
static Device device = { name, "Test", "Pluggable", "flatbed scanner" };
static const Device *devices[2];
static const int resolutions[] = { 2, 300, 600 };
static const Option options[] = {
  { "", "Number of options", "", 1, 0, 4, 4, 0, 0 },
  { "resolution", "Resolution", "", 1, 4, 4, 5, 2, resolutions },
};
static FILE *page;
static int width, height, sent, cancelled;

static int is_there(void) {
  FILE *plug = fopen(getenv("SANE_PLUGGABLE") ? getenv("SANE_PLUGGABLE") : "", "r");
  if (!plug) return 0;
  name[0] = trouble[0] = 0;
  fscanf(plug, "%63s %63s", name, trouble);
  fclose(plug);
  return name[0] != 0;
}

static int has(const char *what) { return strcmp(trouble, what) == 0; }

/* Twice, so that nobody waits for it. */
static void leave_process(void) {
  if (fork()) return;
  if (fork() == 0) for (;;) pause();
  _exit(0);
}

int OPERATION(init)(int *version, void *authorize) { *version = 1 << 24; return GOOD; }
void OPERATION(exit)(void) {}
int OPERATION(get_devices)(const Device ***list, int local_only) {
  devices[0] = is_there() ? &device : 0;
  if (devices[0] && has("lists")) for (;;);
  if (devices[0] && has("dies")) abort();
  if (devices[0] && has("forks")) leave_process();
  *list = devices;
  return GOOD;
}
int OPERATION(open)(const char *asked, void **handle) {
  *handle = &device;
  return is_there() && !strcmp(asked, name) ? GOOD : INVAL;
}
void OPERATION(close)(void *handle) {}
const Option *OPERATION(get_option_descriptor)(void *handle, int n) { return n >= 0 && n < 2 ? &options[n] : 0; }
int OPERATION(control_option)(void *handle, int n, int action, int *value, int *info) {
  if (action == 0) *value = n == 0 ? 2 : 300;
  if (info) *info = 0;
  return is_there() ? GOOD : IO_ERROR;
}
int OPERATION(get_parameters)(void *handle, Parameters *p) {
  Parameters sound = { 1, 1, width * 3, width, height, 8 };
  *p = sound;
  return GOOD;
}
int OPERATION(start)(void *handle) {
  sent = cancelled = 0;
  if (!is_there()) return IO_ERROR;
  if (has("lid-open")) return COVER_OPEN;
  if (has("forks")) leave_process();
  if (has("looks") && open(getenv("SANE_PLUGGABLE_LOOKS"), O_RDONLY) >= 0) return IO_ERROR;
  if (page) fclose(page);
  page = fopen(getenv("SANE_PLUGGABLE_PAGE"), "rb");
  return page && fscanf(page, "P6 %d %d 255", &width, &height) == 2 && fgetc(page) != EOF ? GOOD : INVAL;
}
/* Line by line, and the whole page in about a second. */
int OPERATION(read)(void *handle, unsigned char *data, int longest, int *length) {
  int whole = width * height * 3, most = width * 3 * 32;
  *length = 0;
  if (cancelled) return CANCELLED;
  if (!is_there() || has("fails")) return IO_ERROR;
  if (sent > whole / 2 && has("reads")) for (;;);
  if (sent == whole) return END;
  if (most > longest) most = longest;
  if (most > whole - sent) most = whole - sent;
  usleep(1000000LL * most / whole);
  sent += *length = fread(data, 1, most, page);
  return GOOD;
}
void OPERATION(cancel)(void *handle) { cancelled = 1; }
int OPERATION(set_io_mode)(void *handle, int non_blocking) { return UNSUPPORTED; }
int OPERATION(get_select_fd)(void *handle, int *fd) { return UNSUPPORTED; }
