#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/dry_run.hpp"
#include "server/dry_run_interaction.hpp"
#include "vm/script.hpp"

namespace guildhall::server {

/// What a script meets that is tried out: answers what Discord would, sends nothing, and writes down what was asked
/// for. For one event loop.
class DryRunHost final : public vm::HostCalls {
 public:
  /// `used` is the message whose component is used.
  DryRunHost(DryRunInteraction scene, boost::json::object used);

  [[nodiscard]] net::Task<base::Result<boost::json::value>> call(vm::Call call) override;
  void console(vm::ConsoleLevel level, std::string text) override;

  /// What was written down so far; nothing of it stays here.
  [[nodiscard]] std::vector<api::ScriptTrialCall> take_calls() { return std::exchange(calls_, {}); }
  [[nodiscard]] std::vector<api::ScriptTrialLine> take_console() { return std::exchange(console_, {}); }

 private:
  using Answer = base::Result<boost::json::value>;

  void write_down(const vm::Call& call);
  /// The message that a call brings, which is written down as Discord would get it.
  [[nodiscard]] base::Result<boost::json::object> said(const vm::Call& call);
  [[nodiscard]] Answer answer(const vm::Call& call);
  [[nodiscard]] Answer first_answer(const vm::Call& call);
  [[nodiscard]] Answer later_answer(const vm::Call& call);
  [[nodiscard]] Answer follow_up(const boost::json::object& parts);
  [[nodiscard]] boost::json::object* find(const vm::Call& call);

  DryRunInteraction scene_;
  const std::string used_;                               ///< Its id.
  std::map<std::string, boost::json::object> messages_;  ///< Those there are, by id.
  std::optional<std::string> original_;                  ///< The first answer, once there is one; maybe deleted since.
  bool acknowledged_ = false;
  std::vector<api::ScriptTrialCall> calls_;
  std::size_t written_ = 0;  ///< Bytes of data in `calls_`.
  std::vector<api::ScriptTrialLine> console_;
};

}  // namespace guildhall::server
