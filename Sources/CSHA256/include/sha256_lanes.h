#ifndef SPIEGEL_SHA256_LANES_H
#define SPIEGEL_SHA256_LANES_H

#include <stdbool.h>
#include <stdint.h>

// HMAC-SHA-256 of sixteen numbers side by side, for processors with vectors of sixteen words (AVX-512): libraries make one
// after the other, which takes three times as long. Only what differs between numbers is computed here: the states behind
// both keys are those of a library, and tests hold the results equal to it.

enum { spiegel_lanes = 16 };

/// Whether this processor has such vectors.
bool spiegel_has_lanes(void);

/// The first sixteen bytes of the HMAC of each number, as two words, the first byte highest.
///
/// - inner, outer: the states behind the block of either key (RFC 2104).
/// - block: the message's only block, padded (FIPS 180-4): what stands before the number, nine bytes for it, 0x80, zeros
///   and the length in bits of the key's block and the message.
/// - place: where in the block the nine digits of the number go.
/// - numbers: 0 to 999,999,999.
void spiegel_hmac_numbers(
    const uint32_t inner[8], const uint32_t outer[8], const uint8_t block[64], unsigned place,
    const uint32_t numbers[16], uint64_t results[32]);

#endif
