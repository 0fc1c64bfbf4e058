#pragma once

#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::database {

/// A row of table `calls`: somebody called a command, with arguments.
struct Call {
  discord::MessageId id;  ///< The message that called it.
  base::CommandId command_id;
  base::UserId user_id;
  std::string args;  ///< JSON: a list of texts.
  base::Timestamp created_at;
  base::Timestamp expires_at;  ///< From then on nobody asks for it.
};

}  // namespace guildhall::database
