#include "api/live_event.hpp"

#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;

std::string encode(const base::BotReady& ready) {
  std::string out;
  ObjectWriter object(out);
  object.json("user", ready.user)
      .json("guilds", std::to_string(ready.guilds))
      .json("shards", std::to_string(ready.shards));
  object.close();
  return out;
}

std::string encode(const base::GatewayDispatch& dispatch) {
  std::string out;
  out.reserve(dispatch.data.size() + 128);
  ObjectWriter object(out);
  object.text("name", dispatch.name).json("shard", std::to_string(dispatch.shard));
  if (dispatch.guild) {
    object.id("guildId", *dispatch.guild);
  } else {
    object.json("guildId", "null");
  }
  object.json("data", dispatch.data);
  object.close();
  return out;
}

}  // namespace guildhall::api
