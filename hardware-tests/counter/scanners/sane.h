/* What a SANE driver and its caller agree on (SANE Standard 1.06, 4.2 and 4.3), as far as the tests' drivers go. */

typedef struct { const char *name, *vendor, *model, *type; } Device;
typedef struct { int min, max, quant; } Range;
typedef struct { const char *name, *title, *description; int type, unit, size, capabilities, kind; const void *constraint; } Option;
typedef struct { int format, last, bytes_per_line, pixels_per_line, lines, depth; } Parameters;

enum { GOOD, UNSUPPORTED, CANCELLED, BUSY, INVAL, END, JAMMED, NO_DOCS, COVER_OPEN, IO_ERROR };
