#pragma once

// The Discord of this folder's tests.

#include <boost/json/serialize.hpp>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "discord/rest/discord_api.hpp"
#include "discord/rest/errors.hpp"
#include "net/async/event.hpp"

namespace guildhall::bot::test_support {

/// An error as discord::RestClient returns it.
inline base::Error discord_error(base::Errc errc, int code) {
  base::Error error{errc, "Discord said no."};
  error.peer_code = code;
  return error;
}

/// Accepts and records all requests.
class FakeDiscord final : public discord::DiscordApi {
 public:
  FakeDiscord() { released_.set(); }

  struct Sent {
    discord::ChannelId channel;
    boost::json::object message;
  };
  std::vector<Sent> messages;                ///< Created or refused.
  std::deque<base::Error> refusals;          ///< Errors for the next messages.
  discord::RefusedParts refused_parts;       ///< What is left out of the next messages and responses.
  boost::json::array commands;               ///< The global commands.
  int overwrites = 0;                        ///< Of them.
  std::deque<base::Error> command_refusals;  ///< Errors for the next of these.
  /// `<id> <token> <callback>`, `edit <token> <message>`, `follow-up <token> <message>`
  std::vector<std::string> interactions;
  boost::json::object created;                   ///< What `create_message` answers.
  std::deque<base::Error> interaction_refusals;  ///< Errors for the next of these.

  /// Requests wait until `release`.
  void hold() { released_.reset(); }
  void release() { released_.set(); }

  net::Task<base::Result<discord::User>> current_user() override {
    co_return discord::User{base::UserId{1}, "Workshop Bot", {}, {}, {}};
  }

  net::Task<base::Result<boost::json::object>> create_message(discord::ChannelId channel, boost::json::object message,
                                                              discord::RefusedParts* left_out = nullptr) override {
    messages.push_back({channel, std::move(message)});
    co_await released_.wait();
    if (left_out != nullptr) *left_out = refused_parts;
    if (refusals.empty()) co_return created;
    auto refusal = std::move(refusals.front());
    refusals.pop_front();
    co_return refusal;
  }

  net::Task<base::Result<boost::json::array>> global_commands(discord::ApplicationId) override { co_return commands; }
  net::Task<base::Result<void>> overwrite_global_commands(discord::ApplicationId, boost::json::array wanted) override {
    ++overwrites;
    if (!command_refusals.empty()) {
      auto refusal = std::move(command_refusals.front());
      command_refusals.pop_front();
      co_return refusal;
    }
    commands = std::move(wanted);
    co_return base::Result<void>{};
  }

  net::Task<base::Result<void>> respond_to_interaction(discord::InteractionId interaction, base::Secret token,
                                                       boost::json::object response,
                                                       discord::RefusedParts* left_out = nullptr) override {
    if (left_out != nullptr) *left_out = refused_parts;
    const auto taken = co_await take(interaction.to_string() + " " + std::string(token.reveal()), std::move(response));
    if (!taken) co_return taken.error();
    co_return base::Result<void>{};
  }
  net::Task<base::Result<boost::json::object>> respond_with_message(discord::InteractionId interaction,
                                                                    base::Secret token, boost::json::object response,
                                                                    discord::RefusedParts* = nullptr) override {
    return take("with-message " + interaction.to_string() + " " + std::string(token.reveal()), std::move(response));
  }
  net::Task<base::Result<boost::json::object>> follow_up(discord::ApplicationId, base::Secret token,
                                                         boost::json::object message,
                                                         discord::RefusedParts* = nullptr) override {
    return take("follow-up " + std::string(token.reveal()), std::move(message));
  }
  net::Task<base::Result<boost::json::object>> interaction_message(discord::ApplicationId, base::Secret token,
                                                                   std::optional<discord::MessageId> id) override {
    return take("get " + named(id) + std::string(token.reveal()), {});
  }
  net::Task<base::Result<boost::json::object>> edit_interaction_response(
      discord::ApplicationId, base::Secret token, boost::json::object message, std::optional<discord::MessageId> id,
      discord::RefusedParts* left_out = nullptr) override {
    if (left_out != nullptr) *left_out = refused_parts;
    return take("edit " + named(id) + std::string(token.reveal()), std::move(message));
  }
  net::Task<base::Result<void>> delete_interaction_response(discord::ApplicationId, base::Secret token,
                                                            std::optional<discord::MessageId> id) override {
    auto taking = take("delete " + named(id) + std::string(token.reveal()), {});
    const auto taken = co_await std::move(taking);
    if (!taken) co_return taken.error();
    co_return base::Result<void>{};
  }

 private:
  static std::string named(std::optional<discord::MessageId> id) { return id ? id->to_string() + " " : ""; }

  /// Records a request and returns its message with the id 901, 902 and so on.
  net::Task<base::Result<boost::json::object>> take(std::string what, boost::json::object body) {
    interactions.push_back(what + " " + boost::json::serialize(body));
    const auto id = std::to_string(900 + interactions.size());
    co_await released_.wait();
    if (!interaction_refusals.empty()) {
      auto refusal = std::move(interaction_refusals.front());
      interaction_refusals.pop_front();
      co_return refusal;
    }
    body["id"] = id;
    co_return body;
  }

  net::Event released_;
};

}  // namespace guildhall::bot::test_support
