#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/setup/finding.hpp"
#include "config/config.hpp"
#include "database/inspection.hpp"
#include "server/self_check.hpp"

// What files, disk, database server and reverse proxy say about an installation. Without I/O.
namespace guildhall::app {

/// Whether users other than a file's owner and group may read it. `what` says in the finding what the file is.
[[nodiscard]] Finding judge_rights(std::string_view what, const std::string& path, mode_t mode);

/// The bytes that are free to us where the database is.
[[nodiscard]] Finding judge_space(const std::string& path, std::uint64_t free, std::uint64_t total);

/// Whether the grants allow guildhall to run in the database, and to migrate its schema.
[[nodiscard]] Finding judge_grants(std::span<const std::string> grants, std::string_view database);

/// Limits and tables of a database server, but for the grants.
[[nodiscard]] Findings judge_server(const database::ServerFacts& facts, const config::Db& config);

/// What arrived of a request that was sent to `public_url`.
[[nodiscard]] Findings judge_received_request(const server::ReceivedRequest& received, std::string_view public_url,
                                              std::string_view our_version);

/// Whether people may be told to use this address. `judge_received_request` and others look at whether it works.
[[nodiscard]] Finding judge_public_url(std::string_view public_url);

}  // namespace guildhall::app
