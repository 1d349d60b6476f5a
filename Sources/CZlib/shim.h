#include <string.h>
#include <zlib.h>

// inflateInit2 is a macro that Swift does not import. `windowBits` as in zlib.h: 31 for gzip, -15 for bare deflate.
static inline int spiegel_inflate_init(z_stream *stream, int windowBits) {
  memset(stream, 0, sizeof *stream);
  return inflateInit2(stream, windowBits);
}
