#include "bench/instructions/hall.hpp"

#include <boost/asio/co_spawn.hpp>
#include <exception>

namespace guildhall::bench {
namespace {

config::Config make_config() {
  config::Environment environment;
  environment.offer("JWT_SECRET", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "here");
  environment.offer("DISCORD_CLIENT_ID", "1100000000000000001", "here");
  environment.offer("DISCORD_CLIENT_SECRET", "secret", "here");
  environment.offer("DB_DIALECT", "sqlite", "here");
  environment.offer("DB_STORAGE", ":memory:", "here");
  return config::load(environment);
}

}  // namespace

Hall::Hall()
    : config(make_config()),
      logger(clock, config.log.level),
      database(config.db, clock, base::Log(logger, "db")),
      discord(config.discord, loops, base::Log(logger, "discord")),
      scripts(config.scripts, loops.home(), logger),
      server({config,
              clock,
              base::Log(logger, "web"),
              loops,
              database,
              discord,
              events,
              log_feed,
              base::Log(logger, "socket"),
              [] { return api::PartHealth{}; },
              {},
              scripts}) {
  server.services.origins.own = "http://127.0.0.1:8080";
}

void Hall::run(net::Task<> work) {
  std::exception_ptr failure;
  boost::asio::co_spawn(loops.home(), std::move(work), [&](std::exception_ptr thrown) {
    failure = std::move(thrown);
    loops.stop();
  });
  loops.run();
  if (failure) std::rethrow_exception(failure);
}

net::Task<std::string> Hall::log_in() {
  database::DiscordProfile ada{base::UserId{2'000'000'000'000'000'001}, "ada", "Ada",
                               "8342729096ea3675442027381ff50dfe", "ada@example.com"};
  jwt::Claims claims;
  claims.id = ada.id;
  auto saving = database.users.save_login(std::move(ada), "sealed", database::AdminGrant::grant);
  co_await std::move(saving);
  claims.access_token = base::Secret("6qrZcUqja7812RVdnEKjpzOL4CvHBF");
  claims.refresh_token = base::Secret("D43f5y0ahjqew82jZ4NViEr2YafMKhue");
  claims.scope = "identify email guilds";
  claims.issued_at = std::chrono::floor<std::chrono::seconds>(clock.now());
  claims.expires_at = claims.issued_at + std::chrono::days(7);
  claims.token_id = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  claims.session_id = "00112233445566778899aabbccddeeff";
  co_return server.tokens.encode(claims);
}

}  // namespace guildhall::bench
