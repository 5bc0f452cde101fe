/* A SANE driver whose options are those of another one: the file NAME in the folder that SANE_DESCRIBED names describes
 * device NAME, a line a thing, its words divided by tabs:
 *
 *   text    NAME CAP VALUE...          an option with a list of texts
 *   list    NAME CAP VALUE...          of whole numbers
 *   range   NAME CAP MIN MAX QUANT     of whole numbers
 *   fixed   NAME CAP MIN MAX QUANT     of fixed-point numbers
 *   frame   MODE FORMAT DEPTH          what a scan in that mode delivers; "*" is any mode
 *   size    WIDTH LINES                of the page, in dots
 *   must    NAME VALUE                 what has to be set, or the scan does not start
 *
 * CAP is "-", or a letter for each thing that is unusual: i inactive, r read-only, p in pixels. An option begins with
 * its first value. Sample n of the page is n modulo 251, in the upper half of 16 bits. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sane.h"

enum { OPTIONS = 20, VALUES = 30, LENGTH = 60, SOFT_SELECT = 1, SOFT_DETECT = 4, INACTIVE = 32 };

typedef struct { char name[LENGTH], texts[VALUES][LENGTH], text[LENGTH]; const char *list[VALUES + 1]; int words[VALUES + 1], word; } Offer;

static const Device *devices[] = { 0 };
static Option options[OPTIONS];
static Offer offers[OPTIONS];
static struct { char mode[LENGTH]; int format, depth; } frames[OPTIONS];
static struct { char name[LENGTH], value[LENGTH]; } musts[OPTIONS];
static int optionCount, frameCount, mustCount, width, lines, sent, depth;

static int whole(const char *text) { return atoi(text); }
static int fixed(const char *text) { double n = atof(text) * 65536; return (int)(n < 0 ? n - 0.5 : n + 0.5); }

static void offer(char **words, int count) {
  Offer *to = &offers[optionCount];
  Option *option = &options[optionCount++];
  int (*number)(const char *) = strcmp(words[0], "fixed") ? whole : fixed, i;
  memset(to, 0, sizeof *to);
  strcpy(to->name, words[1]);
  for (i = 3; i < count; i++) {
    strcpy(to->texts[i - 3], words[i]);
    to->list[i - 3] = to->texts[i - 3];
    to->words[i - 2] = number(words[i]);
  }
  to->words[0] = count - 3;
  strcpy(to->text, to->texts[0]);
  to->word = to->words[1];
  option->name = option->title = option->description = to->name;
  option->type = words[0][0] == 't' ? 3 : words[0][0] == 'f' ? 2 : 1;
  option->unit = to->name[2] == '-' ? (strchr(words[2], 'p') ? 1 : 3) : strstr(to->name, "resolution") ? 4 : 0;
  option->size = option->type == 3 ? LENGTH : 4;
  option->capabilities = SOFT_DETECT | (strchr(words[2], 'r') ? 0 : SOFT_SELECT) | (strchr(words[2], 'i') ? INACTIVE : 0);
  option->kind = option->type == 3 ? 3 : words[0][0] == 'l' ? 2 : 1;
  option->constraint = option->kind == 3 ? (void *)to->list : option->kind == 2 ? to->words : to->words + 1;
}

static int find(const char *name) {
  int n;
  for (n = 1; n < optionCount; n++) if (!strcmp(offers[n].name, name)) return n;
  return 0;
}

static int isSet(const char *name, const char *value) {
  int n = find(name);
  return n && (options[n].type == 3 ? !strcmp(offers[n].text, value) : offers[n].word == (options[n].type == 2 ? fixed : whole)(value));
}

int sane_described_init(int *version, void *authorize) { *version = 1 << 24; return GOOD; }
void sane_described_exit(void) {}
int sane_described_get_devices(const Device ***list, int local_only) { *list = devices; return GOOD; }
int sane_described_open(const char *name, void **handle) {
  char path[500], line[1000], *words[VALUES + 3];
  FILE *file;
  snprintf(path, sizeof path, "%s/%s", getenv("SANE_DESCRIBED"), name);
  file = fopen(path, "r");
  if (!file) return INVAL;
  optionCount = 1;
  options[0].name = options[0].title = options[0].description = "";
  options[0].type = 1, options[0].size = 4, options[0].capabilities = SOFT_DETECT;
  frameCount = mustCount = 0;
  while (fgets(line, sizeof line, file)) {
    int count = 0;
    char *word;
    for (word = strtok(line, "\t\n"); word; word = strtok(0, "\t\n")) words[count++] = word;
    if (!strcmp(words[0], "frame")) {
      strcpy(frames[frameCount].mode, words[1]);
      frames[frameCount].format = atoi(words[2]), frames[frameCount++].depth = atoi(words[3]);
    } else if (!strcmp(words[0], "size")) width = atoi(words[1]), lines = atoi(words[2]);
    else if (!strcmp(words[0], "must")) strcpy(musts[mustCount].name, words[1]), strcpy(musts[mustCount++].value, words[2]);
    else offer(words, count);
  }
  fclose(file);
  *handle = offers;
  return GOOD;
}
void sane_described_close(void *handle) {}
const Option *sane_described_get_option_descriptor(void *handle, int n) { return n >= 0 && n < optionCount ? &options[n] : 0; }
int sane_described_control_option(void *handle, int n, int action, void *value, int *info) {
  Offer *of = &offers[n];
  if (info) *info = 0;
  if (n == 0) *(int *)value = optionCount;
  else if (options[n].type == 3) strcpy(action ? of->text : value, action ? value : of->text);
  else if (action) of->word = *(int *)value;
  else *(int *)value = of->word;
  return GOOD;
}
int sane_described_get_parameters(void *handle, Parameters *p) {
  int mode = find("mode"), bits = find("depth"), n = 0, channels;
  while (n < frameCount - 1 && strcmp(frames[n].mode, "*") && !(mode && !strcmp(frames[n].mode, offers[mode].text))) n++;
  depth = frames[n].depth;
  if (bits && !(options[bits].capabilities & INACTIVE) && depth > 1)
    depth = options[bits].type == 3 ? atoi(offers[bits].text) : offers[bits].word;
  if (depth > 8) depth = 16;
  channels = frames[n].format ? 3 : 1;
  Parameters is = { frames[n].format, 1, (width * channels * depth + 7) / 8, width, lines, depth };
  *p = is;
  return GOOD;
}
int sane_described_start(void *handle) {
  int n;
  sent = 0;
  for (n = 0; n < mustCount; n++) if (!isSet(musts[n].name, musts[n].value)) return INVAL;
  return GOOD;
}
int sane_described_read(void *handle, unsigned char *data, int longest, int *length) {
  Parameters p;
  sane_described_get_parameters(handle, &p);
  int all = p.bytes_per_line * (lines < 0 ? 20 : lines);
  if (sent == all) return END;
  for (*length = 0; *length < longest && sent < all; sent++, (*length)++)
    data[*length] = depth == 8 ? sent % 251 : sent % 2 ? sent / 2 % 251 : 90;
  return GOOD;
}
void sane_described_cancel(void *handle) {}
int sane_described_set_io_mode(void *handle, int non_blocking) { return UNSUPPORTED; }
int sane_described_get_select_fd(void *handle, int *fd) { return UNSUPPORTED; }
