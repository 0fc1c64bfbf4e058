#include "net/websocket_deflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>

#include "base/text.hpp"
#include "net/http.hpp"

namespace guildhall::net {
namespace {

/// The end of a flush, which is removed when sending and added when receiving (RFC 7692 section 7.2).
constexpr std::string_view tail{"\0\0\xFF\xFF", 4};
/// A raw deflate stream with the window of the protocol's default, 32 KiB.
constexpr int raw_window_bits = -15;
constexpr int memory_level = 8;
constexpr std::size_t step = 16 * 1024;

Bytef* bytes_of(std::string_view text) { return reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); }

/// All connections of a thread share one of each.
class Deflater {
 public:
  Deflater() {
    if (::deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, raw_window_bits, memory_level,
                       Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~Deflater() { ::deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::string run(std::string_view message) {
    ::deflateReset(&stream_);
    std::string out;
    std::array<char, step> space;
    stream_.next_in = bytes_of(message);
    stream_.avail_in = static_cast<uInt>(message.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(space.data());
      stream_.avail_out = static_cast<uInt>(space.size());
      ::deflate(&stream_, Z_SYNC_FLUSH);
      out.append(space.data(), space.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
    out.resize(out.size() - tail.size());
    return out;
  }

 private:
  z_stream stream_{};
};

class Inflater {
 public:
  Inflater() {
    if (::inflateInit2(&stream_, raw_window_bits) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { ::inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  Inflated run(std::string_view payload, std::size_t limit) {
    ::inflateReset(&stream_);
    Inflated result;
    for (const std::string_view part : {payload, tail}) {
      result.outcome = feed(part, limit, result.message);
      if (result.outcome != Inflated::Outcome::done) break;
    }
    return result;
  }

 private:
  Inflated::Outcome feed(std::string_view part, std::size_t limit, std::string& out) {
    std::array<char, step> space;
    stream_.next_in = bytes_of(part);
    stream_.avail_in = static_cast<uInt>(part.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(space.data());
      stream_.avail_out = static_cast<uInt>(space.size());
      const int result = ::inflate(&stream_, Z_SYNC_FLUSH);
      if (result != Z_OK && result != Z_BUF_ERROR && result != Z_STREAM_END) return Inflated::Outcome::malformed;
      const std::size_t made = space.size() - stream_.avail_out;
      if (made > limit - out.size()) return Inflated::Outcome::too_big;
      out.append(space.data(), made);
      // A final block ends the message (section 7.2.3.4); bytes after it are invalid.
      if (result == Z_STREAM_END) ::inflateReset(&stream_);
    } while (stream_.avail_in > 0 || stream_.avail_out == 0);
    return Inflated::Outcome::done;
  }

  z_stream stream_{};
};

bool is_window_bits(std::string_view value) {
  return value == "8" || value == "9" || (value.size() == 2 && value[0] == '1' && value[1] >= '0' && value[1] <= '5');
}

/// Whether an offer is acceptable: it allows compression with a full window.
bool acceptable(std::string_view offer) {
  bool seen_server_takeover = false;
  bool seen_client_takeover = false;
  bool seen_client_bits = false;
  bool first = true;
  while (!offer.empty()) {
    auto parameter = take_item(offer, ';');
    if (std::exchange(first, false)) {
      if (!equal_ignoring_case(parameter, "permessage-deflate")) return false;
      continue;
    }
    const auto equals = std::min(parameter.find('='), parameter.size());
    const auto name = base::trim(parameter.substr(0, equals));
    auto value = equals < parameter.size() ? base::trim(parameter.substr(equals + 1)) : std::string_view();
    if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) value = value.substr(1, value.size() - 2);
    const bool bare = equals == parameter.size();
    if (name == "server_no_context_takeover" && bare && !std::exchange(seen_server_takeover, true)) continue;
    if (name == "client_no_context_takeover" && bare && !std::exchange(seen_client_takeover, true)) continue;
    if (name == "client_max_window_bits" && (bare || is_window_bits(value)) && !std::exchange(seen_client_bits, true)) {
      continue;
    }
    // This includes server_max_window_bits: shared frames all use the same window.
    return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> accept_deflate(std::string_view offers) {
  while (!offers.empty()) {
    if (acceptable(take_item(offers, ','))) {
      return "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
    }
  }
  return std::nullopt;
}

std::string deflate_message(std::string_view message) {
  thread_local Deflater deflater;
  return deflater.run(message);
}

Inflated inflate_message(std::string_view payload, std::size_t limit) {
  thread_local Inflater inflater;
  return inflater.run(payload, limit);
}

}  // namespace guildhall::net
