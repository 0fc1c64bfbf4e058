#pragma once

#include "config/config.hpp"
#include "database/adoption/rules.hpp"

namespace guildhall::app {

/// What the API allows, for rows that come from elsewhere; refresh tokens are sealed with the keys of `config`.
[[nodiscard]] database::adoption::Rules adoption_rules(const config::Jwt& config);

}  // namespace guildhall::app
