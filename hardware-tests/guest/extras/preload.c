/* Loaded into the guest's vaults (LD_PRELOAD): slows libcamera's virtual camera down. */

#include <dlfcn.h>
#include <stdint.h>
#include <unistd.h>

/* In microseconds: the exposure of a sensor with five frames a second. */
enum { EXPOSURE = 200000 };

/* libyuv's function with which the virtual camera fills a buffer (libyuv/planar_functions.h). */
typedef int Copy(const uint8_t *y, int y_stride, const uint8_t *uv, int uv_stride, uint8_t *to_y, int to_y_stride,
                 uint8_t *to_uv, int to_uv_stride, int width, int height);

/*
 * Takes as long as a sensor does. libcamerasrc 0.4.0 registers a request only after it has queued it; a request that
 * completes before that makes the program abort.
 */
int NV12Copy(const uint8_t *y, int y_stride, const uint8_t *uv, int uv_stride, uint8_t *to_y, int to_y_stride,
             uint8_t *to_uv, int to_uv_stride, int width, int height) {
  static Copy *copy;
  if (!copy) copy = (Copy *) dlsym(dlopen("libyuv.so.0", RTLD_LAZY), "NV12Copy");
  usleep(EXPOSURE);
  return copy(y, y_stride, uv, uv_stride, to_y, to_y_stride, to_uv, to_uv_stride, width, height);
}
