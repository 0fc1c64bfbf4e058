#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::discord {

/// Gateway opcodes (Discord: Opcodes and Status Codes).
enum class GatewayOpcode : std::uint8_t {
  dispatch = 0,
  heartbeat = 1,
  identify = 2,
  presence_update = 3,
  resume = 6,
  reconnect = 7,
  request_guild_members = 8,
  invalid_session = 9,
  hello = 10,
  heartbeat_ack = 11,
};

/// The envelope of a payload (Discord: Gateway Events, Payload Structure).
struct Payload {
  std::uint64_t opcode = 0;
  std::optional<std::uint64_t> sequence{};
  std::string_view name{};        ///< `t`; empty if it is null or not a valid event name.
  std::string_view data{"null"};  ///< `d` as JSON text, its inside not checked.
};

/// The fields of READY that the connection needs.
struct ReadyData {
  std::string session_id;
  std::string resume_url;  ///< May be empty.
};

/// Parses payloads in place and only as far as needed.
class PayloadReader {
 public:
  PayloadReader();
  ~PayloadReader();
  PayloadReader(const PayloadReader&) = delete;
  PayloadReader& operator=(const PayloadReader&) = delete;

  // PayloadBuffer::padding readable bytes must follow the texts. The result is empty for malformed texts.

  [[nodiscard]] std::optional<Payload> read(std::string_view text);
  /// `d` of Hello.
  [[nodiscard]] std::optional<std::chrono::milliseconds> read_hello(std::string_view data);
  /// `d` of READY.
  [[nodiscard]] std::optional<ReadyData> read_ready(std::string_view data);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::discord
