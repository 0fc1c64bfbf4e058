#pragma once

#include <memory>

#include "base/result.hpp"
#include "database/models/command.hpp"
#include "net/task.hpp"
#include "server/route.hpp"

namespace guildhall::server {

/// The command that the path names by `:commandId`, of the guild that it names. Errc::not_found.
[[nodiscard]] net::Task<base::Result<std::shared_ptr<const database::Command>>> find_command(Context& context);

}  // namespace guildhall::server
