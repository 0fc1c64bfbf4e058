#include "sim/gateway/payload.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>

#include "sim/world/object_reader.hpp"

namespace guildhall::sim {
namespace {

constexpr std::array client_ops{
    GatewayOp::heartbeat,
    GatewayOp::identify,
    GatewayOp::update_presence,
    GatewayOp::update_voice_state,
    GatewayOp::resume,
    GatewayOp::request_guild_members,
    GatewayOp::request_soundboard_sounds,
};

constexpr std::size_t max_token = 512;

/// Calls `read` and turns what it throws about a field into 4002: Discord says no more either.
template <class T, class Reading>
Read<T> decoded_payload(Reading read) {
  try {
    return read();
  } catch (const base::ErrorException&) {
    return GatewayClose::decode_error;
  }
}

Read<Shard> read_shard(const boost::json::value& value) {
  const auto* pair = value.if_array();
  if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_int64() || !(*pair)[1].is_int64()) {
    return GatewayClose::decode_error;
  }
  const auto id = (*pair)[0].as_int64();
  const auto count = (*pair)[1].as_int64();
  if (count < 1 || count > 65'536 || id < 0 || id >= count) return GatewayClose::invalid_shard;
  return Shard{static_cast<unsigned>(id), static_cast<unsigned>(count)};
}

/// Eris and Oceanic.js send a token as in REST's header, with `Bot `, which Discord takes.
std::string bare_token(std::string token) {
  constexpr std::string_view scheme = "Bot ";
  return token.starts_with(scheme) ? token.substr(scheme.size()) : token;
}

}  // namespace

bool Shard::covers(std::optional<GuildId> guild) const {
  return guild ? (guild->value() >> 22) % count == id : id == 0;
}

Read<ClientPayload> read_payload(std::string_view text) {
  if (text.size() > max_client_payload) return GatewayClose::decode_error;
  const auto document = parse_json(text);
  if (!document || !document->is_object()) return GatewayClose::decode_error;
  const auto& fields = document->get_object();
  const auto* number = fields.if_contains("op");
  if (number == nullptr || !number->is_int64()) return GatewayClose::decode_error;
  const auto op = std::find_if(client_ops.begin(), client_ops.end(),
                               [&](GatewayOp one) { return static_cast<std::int64_t>(one) == number->get_int64(); });
  if (op == client_ops.end()) return GatewayClose::unknown_opcode;
  const auto* data = fields.if_contains("d");
  return ClientPayload{*op, data == nullptr ? boost::json::value(nullptr) : *data};
}

Read<Identify> read_identify(const boost::json::value& data) {
  Shard shard;
  if (const auto* fields = data.if_object(); fields != nullptr && fields->contains("shard")) {
    const auto read = read_shard(fields->at("shard"));
    if (!read) return read.error();
    shard = *read;
  }
  return decoded_payload<Identify>([&]() -> Read<Identify> {
    ObjectReader reader(data, "");
    Identify identify;
    identify.shard = shard;
    identify.token = bare_token(reader.text("token", 1, max_token));
    identify.properties = reader.value("properties");
    if (!identify.properties.is_object()) return GatewayClose::decode_error;
    const auto bits = reader.integer("intents", INT64_MIN, INT64_MAX);
    if (bits < 0 || bits > UINT32_MAX) return GatewayClose::invalid_intents;
    identify.intents = Intents{static_cast<std::uint32_t>(bits)};
    if (!(identify.intents - intent::all).empty()) return GatewayClose::invalid_intents;
    // Oceanic.js says `zlib-stream` here, which Discord takes.
    if (reader.has("compress")) identify.compress = reader.value("compress") == boost::json::value(true);
    if (reader.has("presence")) identify.presence = reader.value("presence");
    if (reader.has("large_threshold")) (void)reader.integer("large_threshold", 50, 250);
    return identify;
  });
}

Read<Resume> read_resume(const boost::json::value& data) {
  return decoded_payload<Resume>([&]() -> Read<Resume> {
    ObjectReader reader(data, "");
    return Resume{bare_token(reader.text("token", 1, max_token)), reader.text("session_id", 1, max_token),
                  static_cast<std::uint64_t>(reader.integer("seq", 0, INT64_MAX))};
  });
}

std::string write_payload(GatewayOp op, std::string_view data) {
  std::string text = R"({"t":null,"s":null,"op":)" + std::to_string(static_cast<int>(op)) + R"(,"d":)";
  return text.append(data).append("}");
}

std::string write_dispatch(std::string_view name, std::uint64_t sequence, std::string_view data) {
  std::string text;
  text.reserve(data.size() + name.size() + 48);
  text.append(R"({"t":")").append(name).append(R"(","s":)").append(std::to_string(sequence));
  return text.append(R"(,"op":0,"d":)").append(data).append("}");
}

}  // namespace guildhall::sim
