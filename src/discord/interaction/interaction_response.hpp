#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "discord/interaction/callback.hpp"
#include "discord/interaction/interaction_method.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::discord {

/// Turns discord.js's calls on a component's interaction into requests (Discord:
/// interactions/receiving-and-responding). Discord wants the first response within three seconds. If the caller is
/// late, `defer` sends DEFERRED_UPDATE_MESSAGE, which shows nothing; the caller's first response then becomes a
/// different request without the caller noticing. No clock, no socket.
class InteractionResponse {
 public:
  struct Request {
    enum class Kind : std::uint8_t {
      none,       ///< Nothing needs to be sent.
      callback,   ///< The first response: `type` and `data`.
      edit,       ///< Edits `message`.
      follow_up,  ///< Sends another message.
      remove,     ///< Deletes `message`.
      fetch,      ///< Gets `message`.
    };
    Kind kind = Kind::none;
    CallbackType type{};
    boost::json::object data{};          ///< The callback's data, or the message.
    std::optional<MessageId> message{};  ///< Nullopt: the first response, `@original`.
    bool with_message = false;           ///< Whether Discord shall return the message that the callback makes.

    bool is_first_response = false;  ///< If it fails, the caller has not responded.
    bool makes_reply = false;        ///< The message that it makes is the caller's reply.
  };

  struct Call {
    InteractionMethod method{};
    boost::json::object data{};  ///< A valid message or edit; for defer_reply, `flags` at most.
    std::optional<MessageId> message{};
    bool with_message = false;
  };

  /// The request for a call. Errc::conflict where discord.js throws without asking Discord. The request counts as sent;
  /// `succeeded` or `failed` follows.
  [[nodiscard]] base::Result<Request> call(Call call);

  /// Discord has accepted the request and returned `message`, or null.
  void succeeded(const Request& request, const boost::json::value& message);
  void failed(const Request& request);

  /// The deferral to send, unless there is a first response already.
  [[nodiscard]] std::optional<Request> defer();

  /// The requests that show the user alone a sentence, in place of a reply that is still missing.
  [[nodiscard]] std::vector<Request> notify_user(std::string_view sentence);

  /// Whether a first response has been sent.
  [[nodiscard]] bool responded() const { return deferred_ || first_ != First::none; }

 private:
  enum class First : std::uint8_t { none, reply, update, deferred_reply, deferred_update };

  [[nodiscard]] Request first_response(Call call);
  [[nodiscard]] Request first_response_after_deferral(Call call);
  [[nodiscard]] base::Result<Request> on_reply(Request::Kind kind, Call call);

  First first_ = First::none;         ///< The caller's.
  bool deferred_ = false;             ///< By `defer` or `notify_user`.
  bool thinking_ = false;             ///< Discord shows "thinking",
  std::int64_t deferred_flags_ = 0;   ///< with these flags.
  std::optional<MessageId> reply_{};  ///< The caller's reply, where it is not the first response.
};

}  // namespace guildhall::discord
