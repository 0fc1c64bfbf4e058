#include "config/demo.hpp"

#include <string>

#include "config/jwt_secret_file.hpp"

namespace guildhall::config {

void apply_demo(Environment& environment, const std::filesystem::path& data, std::string_view simulator) {
  // The application of discord-sim's own world: no secrets, it exists nowhere else.
  environment.offer("DISCORD_CLIENT_ID", "1150000000000000000", "--demo");
  environment.offer("DISCORD_CLIENT_SECRET", "demo-client-secret", "--demo");
  environment.offer("DISCORD_BOT_TOKEN", "MTE1MDAwMDAwMDAwMDAwMDAwMA.demo.bot-token", "--demo");
  environment.offer("DISCORD_API_URL", std::string(simulator) + "/api/v10", "--demo");
  if (environment.find("JWT_SECRET") == nullptr) {
    const std::filesystem::path file = data / "jwt_secret";
    environment.offer("JWT_SECRET", read_or_create_jwt_secret(file), file.string());
  }
}

}  // namespace guildhall::config
