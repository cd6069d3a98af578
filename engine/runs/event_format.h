#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// Protocol buffer fields and TFRecord frames, as far as TensorBoard's event files need them.
namespace continuo::runs {

/// CRC-32C (Castagnoli polynomial, RFC 3720 appendix B.4).
std::uint32_t crc32c(std::string_view bytes);

// Fields of a message: key = number << 3 | wire type.
std::string doubleField(int number, double value);
std::string floatField(int number, float value);
std::string integerField(int number, std::int64_t value);
std::string bytesField(int number, std::string_view value);
/// A repeated double, packed.
std::string doublesField(int number, std::span<const double> values);

/// A message as one record of the file.
std::string eventRecord(const std::string& message);

} // namespace continuo::runs
