#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Swift has no operation that makes a number of a vector's comparison, one bit per byte. With it sixty-four bytes are
// looked at in some thirty instructions.
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/// Which of sixty-four bytes are which; bit 0 is the first byte.
typedef struct {
  uint64_t delimiters;
  uint64_t ends;
  uint64_t quotes;
  uint64_t returns;
} spiegel_marks;

#ifdef __SSE2__

static inline uint64_t spiegel_equal(const __m128i *bytes, uint8_t byte) {
  const __m128i wanted = _mm_set1_epi8((char)byte);
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++) {
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes[i], wanted)) << (16 * i);
  }
  return bits;
}

static inline spiegel_marks spiegel_find(
    const void *start, uint8_t delimiter, uint8_t end, uint8_t quote, uint8_t other) {
  __m128i bytes[4];
  for (int i = 0; i < 4; i++) bytes[i] = _mm_loadu_si128((const __m128i *)start + i);
  const spiegel_marks marks = {
    spiegel_equal(bytes, delimiter), spiegel_equal(bytes, end), spiegel_equal(bytes, quote),
    spiegel_equal(bytes, other)};
  return marks;
}

/// How many bytes from the start on have neither a NUL nor a quote, in whole steps of sixty-four, and how many line ends
/// are among them.
static inline size_t spiegel_quiet(
    const uint8_t *start, size_t count, uint8_t end, uint8_t quote, size_t *ends) {
  const __m128i wanted = _mm_set1_epi8((char)end), quotes = _mm_set1_epi8((char)quote), zero = _mm_setzero_si128();
  size_t done = 0;
  *ends = 0;
  while (done + 64 <= count) {
    __m128i found = zero, lines = zero;
    for (int i = 0; i < 4; i++) {
      const __m128i bytes = _mm_loadu_si128((const __m128i *)(start + done) + i);
      found = _mm_or_si128(found, _mm_or_si128(_mm_cmpeq_epi8(bytes, zero), _mm_cmpeq_epi8(bytes, quotes)));
      lines = _mm_sub_epi8(lines, _mm_cmpeq_epi8(bytes, wanted));
    }
    if (_mm_movemask_epi8(found)) break;
    const __m128i sums = _mm_sad_epu8(lines, zero);
    *ends += (size_t)_mm_cvtsi128_si64(sums) + (size_t)_mm_extract_epi16(sums, 4);
    done += 64;
  }
  return done;
}

#else

// Without vectors the bytes are looked at one kind after the other.
static inline size_t spiegel_quiet(
    const uint8_t *start, size_t count, uint8_t end, uint8_t quote, size_t *ends) {
  *ends = 0;
  return 0;
}

static inline uint64_t spiegel_equal(const uint64_t *words, uint8_t byte) {
  const uint64_t low7 = 0x7F7F7F7F7F7F7F7F;
  uint64_t bits = 0;
  for (int i = 0; i < 8; i++) {
    const uint64_t word = words[i] ^ 0x0101010101010101 * byte;
    // A zero byte gets its high bit, then all high bits are moved together by one multiplication.
    const uint64_t hits = ~(((word & low7) + low7) | word | low7) >> 7;
    bits |= (hits * 0x0102040810204080 >> 56) << (8 * i);
  }
  return bits;
}

// For little-endian machines, as all of Spiegel.
static inline spiegel_marks spiegel_find(
    const void *start, uint8_t delimiter, uint8_t end, uint8_t quote, uint8_t other) {
  uint64_t words[8];
  memcpy(words, start, sizeof words);
  const spiegel_marks marks = {
    spiegel_equal(words, delimiter), spiegel_equal(words, end), spiegel_equal(words, quote),
    spiegel_equal(words, other)};
  return marks;
}

#endif
