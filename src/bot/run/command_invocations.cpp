#include "bot/run/command_invocations.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

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
  if (list == nullptr) return args;  // Edited by hand.
  for (const auto& arg : *list) {
    if (const auto* const string = arg.if_string()) args.emplace_back(*string);
  }
  return args;
}

}  // namespace

void CommandInvocations::keep(Kept invocation) {
  if (latest_.find(invocation.id) != nullptr) return;
  const auto now = clock_.now();
  rows_.start_insert({discord::MessageId{invocation.id.value()}, invocation.command, invocation.user,
                      to_json(invocation.args), now, now + invocation.lifetime},
                     [log = log_, command = invocation.command](const std::exception_ptr& failure) {
                       if (!failure) return;
                       log.warn("Cannot save the arguments of a command for its components",
                                {{"command", command}, {"reason", base::describe(failure)}});
                     });
  latest_.put(invocation.id, std::move(invocation));
}

net::Task<std::vector<std::string>> CommandInvocations::args(base::CommandId command, InvocationId id) {
  if (const auto* const known = latest_.find(id)) {
    co_return known->command == command ? known->args : std::vector<std::string>();
  }
  try {
    const auto row = co_await rows_.find(command, discord::MessageId(id.value()));
    if (row) co_return from_json(row->args);
  } catch (const database::Unavailable& error) {
    log_.warn("A script runs without its command's arguments: the database is not available",
              {{"command", command}, {"reason", error.what()}});
  }
  co_return std::vector<std::string>();
}

}  // namespace guildhall::bot
