#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <utility>

#include "net/async/future.hpp"
#include "sim/demo_world_ids.hpp"
#include "sim/rest/api.hpp"
#include "sim/world/world_json.hpp"
#include "testing/fake_clock.hpp"

namespace guildhall::sim {

/// For tests: requests of the bot to the API of the demo world. Ada owns the workshop; there are no rate limits.
class BotTest : public testing::Test {
 protected:
  BotTest() {
    sim.world.rate_limits.lifted = true;
    const Guild& guild = *sim.world.find_guild(workshop);
    channel = guild.channels.begin()->second;
    messages_path = "/channels/" + channel.id.to_string() + "/messages";
  }

  net::Response ask(net::Method method, const std::string& path, const boost::json::value& body = nullptr) {
    net::Request request;
    request.method = method;
    request.target = "/api/v10" + path;
    request.client = boost::asio::ip::make_address("127.0.0.1");
    request.headers.add("Authorization", "Bot " + sim.world.application.bot_token);
    request.headers.add("Content-Type", "application/json");
    if (!body.is_null()) request.body = boost::json::serialize(body);
    boost::asio::io_context loop;
    auto answer = net::start(loop.get_executor(), api.handle(request));
    loop.run();
    return answer.get();
  }
  net::Response get(const std::string& path) { return ask(net::Method::get, path); }
  net::Response post(const std::string& path, const boost::json::value& body) {
    return ask(net::Method::post, path, body);
  }
  net::Response patch(const std::string& path, const boost::json::value& body) {
    return ask(net::Method::patch, path, body);
  }

  static boost::json::value json(const net::Response& response) { return boost::json::parse(response.payload()); }
  static int code(const net::Response& response) { return static_cast<int>(json(response).at("code").as_int64()); }
  static std::string id_of(const net::Response& response) { return std::string(json(response).at("id").as_string()); }

  /// Adds a user's message to the channel.
  const Message& say(UserId user, std::string content) {
    Message message;
    message.id = MessageId{sim.new_snowflake()};
    message.channel = channel.id;
    message.guild = channel.guild;
    message.author = user;
    message.content = std::move(content);
    message.created = clock.now();
    return sim.messages.add(std::move(message));
  }

  /// Gives the bot's own role `permissions`, and @everyone none.
  void allow_bot(Permissions permissions) {
    Guild guild = *sim.world.find_guild(workshop);
    for (auto& [id, role] : guild.roles) role.permissions = role.of_bot ? permissions : Permissions{};
    ASSERT_TRUE(sim.world.change_guild(guild));
  }

  static constexpr UserId ada = demo::ada;
  static constexpr UserId grace = demo::grace;
  static constexpr GuildId workshop = demo::workshop;
  static constexpr GuildId quiet_corner = demo::quiet_corner;

  test::FakeClock clock;
  Simulation sim{demo_world(), clock};
  Api api{sim};
  Channel channel;
  std::string messages_path;
};

}  // namespace guildhall::sim
