#include "bot/run/command_invocations.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iterator>

#include "base/failure.hpp"
#include "database/errors.hpp"
#include "database/models/command_invocation_repository.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

std::string to_json(const std::vector<std::string>& args) {
  json::array list;
  for (const auto& arg : args) list.emplace_back(arg);
  return json::serialize(list);
}

std::vector<std::string> from_json(std::string_view text) {
  boost::system::error_code malformed;
  const auto parsed = json::parse(text, malformed);
  std::vector<std::string> args;
  const auto* const list = malformed ? nullptr : parsed.if_array();
  if (list == nullptr) return args;  // somebody edited it
  for (const auto& arg : *list) {
    if (const auto* const string = arg.if_string()) args.emplace_back(*string);
  }
  return args;
}

}  // namespace

void CommandInvocations::keep(Call call) {
  if (places_.contains(call.id)) return;
  const auto now = clock_.now();
  calls_.start_insert({call.id, call.command, call.user, to_json(call.args), now, now + call.lifetime},
                      [log = log_, command = call.command](const std::exception_ptr& failure) {
                        if (!failure) return;
                        log.warn("The arguments of a command could not be kept for its components",
                                 {{"command", command}, {"reason", base::describe(failure)}});
                      });
  const auto id = call.id;
  latest_.push_front(std::move(call));
  places_.emplace(id, latest_.begin());
  if (latest_.size() <= capacity) return;
  places_.erase(latest_.back().id);
  latest_.pop_back();
}

net::Task<std::vector<std::string>> CommandInvocations::args(base::CommandId command, discord::MessageId id) {
  if (const auto known = places_.find(id); known != places_.end()) {
    const auto& call = *known->second;
    co_return call.command == command ? call.args : std::vector<std::string>();
  }
  std::vector<std::string> args;
  try {
    auto finding = calls_.find(command, id);
    const auto call = co_await std::move(finding);
    if (call) args = from_json(call->args);
  } catch (const database::Unavailable& error) {
    log_.warn("A script runs without the arguments of its command, the database is away",
              {{"command", command}, {"reason", error.what()}});
  }
  co_return args;
}

}  // namespace guildhall::bot
