#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/dry_run.hpp"
#include "discord/interaction/interaction_response.hpp"
#include "server/dry_run_interaction.hpp"
#include "vm/script.hpp"

namespace guildhall::server {

/// The host of a script in a dry run: answers as Discord would, sends nothing, and records the calls. For one event
/// loop.
class DryRunHost final : public vm::HostCalls {
 public:
  /// `used` is the message whose component is used.
  DryRunHost(DryRunInteraction interaction, boost::json::object used);

  [[nodiscard]] net::Task<base::Result<boost::json::value>> call(vm::Call call) override;
  void console(vm::ConsoleLevel level, std::string text) override;

  /// What was recorded so far; moved out.
  [[nodiscard]] std::vector<api::DryRunCall> take_calls() { return std::exchange(calls_, {}); }
  [[nodiscard]] std::vector<api::DryRunLine> take_console() { return std::exchange(console_, {}); }

 private:
  using Answer = base::Result<boost::json::value>;
  using Request = discord::InteractionResponse::Request;

  void record(const vm::Call& call);
  /// The message that a call sends, which is recorded as Discord would get it.
  [[nodiscard]] base::Result<boost::json::object> message_of(const vm::Call& call);
  [[nodiscard]] Answer answer(const vm::Call& call);

  // What Discord would do.
  [[nodiscard]] Answer execute(const Request& request);
  [[nodiscard]] Answer first_response(discord::CallbackType type, boost::json::object data);
  [[nodiscard]] Answer follow_up(const boost::json::object& data);
  const boost::json::object& add(const boost::json::object& data);
  const boost::json::object& edit(boost::json::object& message, const boost::json::object& data);
  /// Nullopt: the first response.
  [[nodiscard]] boost::json::object* find(std::optional<discord::MessageId> message);

  DryRunInteraction interaction_;
  discord::InteractionResponse response_;
  const std::string used_;                               ///< Its id.
  std::map<std::string, boost::json::object> messages_;  ///< By id.
  std::string original_;  ///< The first response, once there is one; maybe deleted since.
  std::vector<api::DryRunCall> calls_;
  std::size_t recorded_ = 0;  ///< Bytes of data in `calls_`.
  std::vector<api::DryRunLine> console_;
};

}  // namespace guildhall::server
