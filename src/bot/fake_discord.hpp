#pragma once

// Discord as the tests of this folder want it.

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "bot/base/discord_api.hpp"
#include "discord/rest/error_code.hpp"

namespace guildhall::bot::testing {

/// An error as discord::RestClient returns it.
inline base::Error discord_error(base::Errc errc, int code) {
  base::Error error{errc, "Discord said no."};
  error.peer_code = code;
  return error;
}

/// Takes whatever it is told and keeps it.
class FakeDiscord final : public DiscordApi {
 public:
  explicit FakeDiscord(net::Executor home) : released_(home, boost::asio::steady_timer::time_point::max()) {}

  struct Sent {
    discord::ChannelId channel;
    boost::json::object message;
  };
  std::vector<Sent> messages;             ///< Made, or tried to be.
  std::deque<base::Error> refusals;       ///< What the next messages get for an answer.
  boost::json::array commands;            ///< The global ones.
  int overwrites = 0;                     ///< Of them.
  std::vector<std::string> interactions;  ///< `<id> <token> <callback>`, `edit <token> <message>`

  /// Lets requests wait until `release`.
  void hold() { held_ = true; }
  void release() {
    held_ = false;
    released_.cancel();
  }

  net::Task<base::Result<discord::User>> current_user() override {
    co_return discord::User{base::UserId{1}, "Workshop Bot", {}, {}, {}};
  }

  net::Task<base::Result<void>> create_message(discord::ChannelId channel, boost::json::object message) override {
    messages.push_back({channel, std::move(message)});
    while (held_) {
      boost::system::error_code cancelled;
      co_await released_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
    }
    if (refusals.empty()) co_return base::Result<void>{};
    auto refusal = std::move(refusals.front());
    refusals.pop_front();
    co_return refusal;
  }

  net::Task<base::Result<boost::json::array>> global_commands(discord::ApplicationId) override { co_return commands; }
  net::Task<base::Result<void>> overwrite_global_commands(discord::ApplicationId, boost::json::array wanted) override {
    ++overwrites;
    commands = std::move(wanted);
    co_return base::Result<void>{};
  }

  net::Task<base::Result<void>> respond_to_interaction(discord::InteractionId interaction, base::Secret token,
                                                       boost::json::object response) override {
    interactions.push_back(interaction.to_string() + " " + std::string(token.reveal()) + " " +
                           boost::json::serialize(response));
    co_return base::Result<void>{};
  }
  net::Task<base::Result<void>> edit_interaction_response(discord::ApplicationId, base::Secret token,
                                                          boost::json::object message) override {
    interactions.push_back("edit " + std::string(token.reveal()) + " " + boost::json::serialize(message));
    co_return base::Result<void>{};
  }

 private:
  bool held_ = false;
  boost::asio::steady_timer released_;
};

}  // namespace guildhall::bot::testing
