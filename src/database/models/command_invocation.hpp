#pragma once

#include <boost/describe/class.hpp>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::database {

/// A row of table `calls`: somebody called a command with arguments, which the scripts of its components read later.
struct CommandInvocation {
  static constexpr const char* table = "calls";

  discord::MessageId id;  ///< The message that called it.
  base::CommandId command_id;
  base::UserId user_id;
  std::string args;  ///< JSON: a list of texts.
  base::Timestamp created_at;
  base::Timestamp expires_at;
};
BOOST_DESCRIBE_STRUCT(CommandInvocation, (), (id, command_id, user_id, args, created_at, expires_at))

}  // namespace guildhall::database
