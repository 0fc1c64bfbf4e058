#pragma once

#include <boost/json/value.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/gateway/close_code.hpp"
#include "sim/gateway/intents.hpp"
#include "sim/world/ids.hpp"

namespace guildhall::sim {

/// Gateway opcodes (Discord: Opcodes and Status Codes).
enum class GatewayOp : std::uint8_t {
  dispatch = 0,
  heartbeat = 1,
  identify = 2,
  update_presence = 3,
  update_voice_state = 4,
  resume = 6,
  reconnect = 7,
  request_guild_members = 8,
  invalid_session = 9,
  hello = 10,
  heartbeat_ack = 11,
  request_soundboard_sounds = 31,
};

/// A shard id and the number of shards (Discord: Gateway, "Sharding").
struct Shard {
  unsigned id = 0;
  unsigned count = 1;

  /// Whether it receives events of that guild; events without a guild go to shard 0.
  [[nodiscard]] bool covers(std::optional<GuildId> guild) const;
  friend bool operator==(Shard, Shard) = default;
};

struct Identify {
  std::string token;
  Intents intents;
  Shard shard;
  bool compress = false;
  boost::json::value presence;  ///< Null if there is none.
  boost::json::value properties;
};

struct Resume {
  std::string token;
  std::string session_id;
  std::uint64_t sequence = 0;
};

/// A payload that a client sent.
struct ClientPayload {
  GatewayOp op{};
  boost::json::value data;
};

/// A decoded payload, or the close code.
template <class T>
using Read = boost::system::result<T, GatewayClose>;

/// The largest payload a client may send.
inline constexpr std::size_t max_client_payload = 4096;

[[nodiscard]] Read<ClientPayload> read_payload(std::string_view text);
[[nodiscard]] Read<Identify> read_identify(const boost::json::value& data);
[[nodiscard]] Read<Resume> read_resume(const boost::json::value& data);

/// A payload other than a dispatch; `data` is JSON.
[[nodiscard]] std::string write_payload(GatewayOp op, std::string_view data);
[[nodiscard]] std::string write_dispatch(std::string_view name, std::uint64_t sequence, std::string_view data);

}  // namespace guildhall::sim
