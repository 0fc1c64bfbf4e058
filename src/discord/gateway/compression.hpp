#pragma once

#include <cstdint>
#include <string_view>

namespace guildhall::discord {

/// How Discord compresses what it sends (Discord: Gateway, Transport Compression).
enum class GatewayCompression : std::uint8_t { zstd_stream, zlib_stream, none };

/// As the query of the gateway's URL has it; empty for `none`.
[[nodiscard]] constexpr std::string_view to_string(GatewayCompression compression) {
  switch (compression) {
    case GatewayCompression::zstd_stream: return "zstd-stream";
    case GatewayCompression::zlib_stream: return "zlib-stream";
    case GatewayCompression::none: break;
  }
  return "";
}

}  // namespace guildhall::discord
