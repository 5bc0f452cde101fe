/* Loaded into the vaults of the guest (LD_PRELOAD): what an emulated machine needs beside a real one. */

#include <dlfcn.h>
#include <stdint.h>
#include <unistd.h>

/* Microseconds: a sensor that takes five pictures a second. */
enum { EXPOSURE = 200000 };

/* libyuv's, by which libcamera's virtual camera fills a buffer (libyuv/planar_functions.h). */
typedef int Copy(const uint8_t *y, int y_stride, const uint8_t *uv, int uv_stride, uint8_t *to_y, int to_y_stride,
                 uint8_t *to_uv, int to_uv_stride, int width, int height);

/*
 * The virtual camera takes the time that a sensor takes. Without it a request is complete before libcamerasrc 0.4.0,
 * which notes it only after it has queued it, has done so, and the program aborts.
 */
int NV12Copy(const uint8_t *y, int y_stride, const uint8_t *uv, int uv_stride, uint8_t *to_y, int to_y_stride,
             uint8_t *to_uv, int to_uv_stride, int width, int height) {
  static Copy *copy;
  if (!copy) copy = (Copy *) dlsym(dlopen("libyuv.so.0", RTLD_LAZY), "NV12Copy");
  usleep(EXPOSURE);
  return copy(y, y_stride, uv, uv_stride, to_y, to_y_stride, to_uv, to_uv_stride, width, height);
}
