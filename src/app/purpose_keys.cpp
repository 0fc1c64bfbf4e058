#include "app/purpose_keys.hpp"

#include "jwt/jwe.hpp"

namespace guildhall::app {

std::vector<base::Secret> keys_for(const config::Jwt& config, std::string_view purpose) {
  std::vector<base::Secret> keys;
  keys.reserve(config.keys.size());
  for (const auto& key : config.keys) keys.push_back(jwt::derive_key(key, purpose));
  return keys;
}

}  // namespace guildhall::app
