#include "sha256_lanes.h"

#if defined(__x86_64__)

typedef uint32_t lanes __attribute__((vector_size(64)));

#define WITH_VECTORS __attribute__((target("avx512f")))
#define INLINE static inline __attribute__((always_inline)) WITH_VECTORS

// FIPS 180-4, section 4.2.2.
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

INLINE lanes all(uint32_t value) { return (lanes){} + value; }

#define ROTATED(x, n) ((x) >> (n) | (x) << (32 - (n)))

/// FIPS 180-4, section 6.2.2, with its names.
INLINE void compress(lanes state[8], lanes w[16]) {
  lanes a = state[0], b = state[1], c = state[2], d = state[3];
  lanes e = state[4], f = state[5], g = state[6], h = state[7];
#pragma unroll
  for (int t = 0; t < 64; t++) {
    if (t >= 16) {
      const lanes x = w[(t + 1) & 15], y = w[(t + 14) & 15];
      w[t & 15] += (ROTATED(x, 7) ^ ROTATED(x, 18) ^ x >> 3) + w[(t + 9) & 15] +
                   (ROTATED(y, 17) ^ ROTATED(y, 19) ^ y >> 10);
    }
    const lanes t1 = h + (ROTATED(e, 6) ^ ROTATED(e, 11) ^ ROTATED(e, 25)) + ((e & f) ^ (~e & g)) +
                     constants[t] + w[t & 15];
    const lanes t2 = (ROTATED(a, 2) ^ ROTATED(a, 13) ^ ROTATED(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

bool spiegel_has_lanes(void) { return __builtin_cpu_supports("avx512f"); }

WITH_VECTORS void spiegel_hmac_numbers(
    const uint32_t inner[8], const uint32_t outer[8], const uint8_t block[64], unsigned place,
    const uint32_t numbers[16], uint64_t results[32]) {
  lanes w[16], state[8], rest;
  for (int i = 0; i < 16; i++) {
    const uint8_t *bytes = block + 4 * i;
    w[i] = all((uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3]);
  }
  __builtin_memcpy(&rest, numbers, sizeof rest);
  for (unsigned i = 9; i-- > 0;) {
    const unsigned at = (place + i) & 63;
    w[at / 4] |= (rest % 10 + '0') << (24 - 8 * (at % 4));
    rest /= 10;
  }
  for (int i = 0; i < 8; i++) state[i] = all(inner[i]);
  compress(state, w);
  // The message of the outer hash is the inner one: 32 bytes behind the 64 of the key.
  for (int i = 0; i < 8; i++) {
    w[i] = state[i];
    w[i + 8] = all(i == 0 ? 0x80000000 : i == 7 ? (64 + 32) * 8 : 0);
    state[i] = all(outer[i]);
  }
  compress(state, w);
  for (int i = 0; i < spiegel_lanes; i++) {
    results[2 * i] = (uint64_t)state[0][i] << 32 | state[1][i];
    results[2 * i + 1] = (uint64_t)state[2][i] << 32 | state[3][i];
  }
}

#else

bool spiegel_has_lanes(void) { return false; }

void spiegel_hmac_numbers(
    const uint32_t inner[8], const uint32_t outer[8], const uint8_t block[64], unsigned place,
    const uint32_t numbers[16], uint64_t results[32]) {}

#endif
