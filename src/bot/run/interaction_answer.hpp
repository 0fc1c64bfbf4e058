#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "discord/model/ids.hpp"
#include "vm/script.hpp"

namespace guildhall::bot {

/// What a script says to a component's interaction, turned into requests (Discord:
/// interactions/receiving-and-responding). Discord wants a first response within three seconds, so where the script has
/// not given one in time, we do: DEFERRED_UPDATE_MESSAGE, which shows nothing. From then on what the script calls its
/// first response is something else towards Discord, and the script does not notice. No clock, no socket.
class InteractionAnswer {
 public:
  struct Request {
    enum class Kind : std::uint8_t {
      none,       ///< Nothing need be sent.
      callback,   ///< The first response: `type` and `data`.
      edit,       ///< A message of the interaction.
      follow_up,  ///< A message of its own.
      remove,
      fetch,
    };
    Kind kind = Kind::none;
    int type = 0;                                 ///< Interaction Callback Type
    boost::json::object data{};                   ///< Of the callback; the message.
    std::optional<discord::MessageId> message{};  ///< Nothing: the first response, `@original`.
    bool with_message = false;                    ///< Whether the callback is to show the message that it made.

    bool first = false;             ///< The script's first response: without it the script has said nothing.
    bool stands_for_reply = false;  ///< The message that it makes is, to the script, its reply.
  };

  /// A call of the script.
  struct Said {
    vm::Method method{};
    boost::json::object data{};  ///< As a schema of api/script_message leaves it.
    std::optional<discord::MessageId> message{};
    bool with_message = false;
  };

  /// What is to be sent for it. Errc::conflict where discord.js would not have asked Discord at all. What is returned
  /// is taken for sent; `succeeded` or `failed` follows.
  [[nodiscard]] base::Result<Request> say(Said said);

  /// What Discord made of it, where it shows that.
  void succeeded(const Request& request, const boost::json::value& message);
  void failed(const Request& request);

  /// The script takes long: what is to be sent, if anything.
  [[nodiscard]] std::optional<Request> defer();
  /// The script has ended: the same, so that nobody sees that the interaction failed.
  [[nodiscard]] std::optional<Request> acknowledge() { return defer(); }
  /// Tells the person alone something, in place of the answer where there is none.
  [[nodiscard]] std::vector<Request> tell(std::string_view sentence);

  /// Whether Discord has been sent a first response.
  [[nodiscard]] bool responded() const { return deferred_ || first_ != First::none; }

 private:
  enum class First : std::uint8_t { none, reply, update, deferred_reply, deferred_update };

  [[nodiscard]] Request first_response(Said said);
  [[nodiscard]] Request first_response_after_deferral(Said said);
  [[nodiscard]] base::Result<Request> about_reply(Request::Kind kind, Said said);

  First first_ = First::none;                  ///< Of the script.
  bool deferred_ = false;                      ///< By us.
  bool thinking_ = false;                      ///< Discord shows that a message is being made,
  std::int64_t deferred_flags_ = 0;            ///< with these flags.
  std::optional<discord::MessageId> reply_{};  ///< Where it is no first response: the script's reply.
};

}  // namespace guildhall::bot
