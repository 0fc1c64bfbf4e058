#include "app/setup/judge_machine.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <optional>
#include <set>

#include "base/text.hpp"
#include "config/parse.hpp"
#include "net/http.hpp"
#include "net/ip_network.hpp"
#include "net/url.hpp"

namespace guildhall::app {
namespace {

constexpr std::uint64_t megabyte = 1024UL * 1024;

/// Whether a name matches a pattern of GRANT: `%` is any text, `_` any character, a backslash takes the next as it is.
bool matches_pattern(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern.front() == '%') {
    return matches_pattern(pattern.substr(1), name) || (!name.empty() && matches_pattern(pattern, name.substr(1)));
  }
  if (name.empty()) return false;
  const bool escaped = pattern.front() == '\\' && pattern.size() > 1;
  if (escaped) pattern.remove_prefix(1);
  if (!escaped && pattern.front() == '_') return matches_pattern(pattern.substr(1), name.substr(1));
  return pattern.front() == name.front() && matches_pattern(pattern.substr(1), name.substr(1));
}

/// The database pattern of `... ON `name`.* TO ...`; nothing if the grant is not for a whole database.
std::optional<std::string> database_of(std::string_view grant) {
  const auto on = grant.find(" ON ");
  const auto to = grant.find(" TO ", on == std::string_view::npos ? 0 : on);
  if (on == std::string_view::npos || to == std::string_view::npos) return std::nullopt;
  auto target = grant.substr(on + 4, to - on - 4);
  if (!target.ends_with(".*")) return std::nullopt;
  target.remove_suffix(2);
  if (target == "*") return "%";
  std::string name;
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (target[i] != '`') {
      name += target[i];
    } else if (i > 0 && i + 2 < target.size() && target[i + 1] == '`') {
      name += target[i++];
    }
  }
  return name;
}

/// Whether a host of a URL is this machine or a private address.
bool is_local(std::string_view http_url) {
  const auto url = net::Url::parse(http_url);
  if (!url) return false;
  if (url->host == "localhost" || url->host.ends_with(".localhost")) return true;
  boost::system::error_code no_address;
  const auto address = boost::asio::ip::make_address(url->host, no_address);
  if (no_address) return false;
  static constexpr std::array ranges{"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
                                     "::1",         "fc00::/7",   "fe80::/10"};
  return std::ranges::any_of(ranges,
                             [&](const char* range) { return net::IpNetwork::parse(range)->contains(address); });
}

}  // namespace

Finding judge_rights(std::string_view what, const std::string& path, mode_t mode) {
  constexpr std::string_view check = "files";
  if ((mode & S_IRWXO) == 0) return ok(check, std::string(what) + " " + path + " is not for others to read.");
  return warning(check, "Every user of the machine can read " + path + ", which has secrets.",
                 "Run `chmod o-rwx " + path + "`.");
}

Finding judge_space(const std::string& path, std::uint64_t free, std::uint64_t total) {
  const std::string text = std::to_string(free / megabyte) + " MB of " + std::to_string(total / megabyte) +
                           " MB are free where " + path + " is.";
  if (free < 50 * megabyte) return failed("disk", text, "Free some space: without it nothing can be saved.");
  if (free < 500 * megabyte) return warning("disk", text, "Free some space, or lower LOG_RETENTION_DAYS.");
  return ok("disk", text);
}

Finding judge_grants(std::span<const std::string> grants, std::string_view database) {
  constexpr std::string_view check = "database.grants";
  std::set<std::string, std::less<>> held;
  for (const std::string_view grant : grants) {
    const auto pattern = database_of(grant);
    if (!grant.starts_with("GRANT ") || !pattern || !matches_pattern(*pattern, database)) continue;
    const auto privileges = grant.substr(6, grant.find(" ON ") - 6);
    for (const auto privilege : config::split_list(privileges)) held.emplace(privilege);
  }
  const auto missing_of = [&](std::initializer_list<const char*> needed) {
    std::set<std::string, std::less<>> missing;
    if (held.contains("ALL PRIVILEGES")) return missing;
    for (const char* privilege : needed) {
      if (!held.contains(privilege)) missing.emplace(privilege);
    }
    return missing;
  };
  const auto to_run = missing_of({"SELECT", "INSERT", "UPDATE", "DELETE"});
  if (!to_run.empty()) {
    return failed(check, "DB_USER lacks " + base::join(to_run) + " on the database " + std::string(database) + ".",
                  "GRANT " + base::join(to_run) + " ON `" + std::string(database) + "`.* to that user.");
  }
  const auto to_migrate = missing_of({"CREATE", "ALTER", "DROP", "INDEX", "REFERENCES"});
  if (!to_migrate.empty()) {
    return warning(check, "DB_USER may run guildhall but not migrate: it lacks " + base::join(to_migrate) + ".",
                   "Grant these too, or run `guildhall migrate` as another user before each new version.");
  }
  return ok(check, "DB_USER has the privileges to run and to migrate.");
}

Findings judge_server(const database::ServerFacts& facts, const config::Db& config) {
  constexpr std::uint64_t packet = 16 * megabyte;  // A batch of log rows, or the longest scripts, with room to spare.
  Findings findings;
  if (facts.max_allowed_packet < packet) {
    findings.push_back(warning("database.packet",
                               "The server's max_allowed_packet is " + std::to_string(facts.max_allowed_packet) +
                                   " bytes, so large writes may fail.",
                               "Set max_allowed_packet=16M in the server's configuration."));
  }
  if (facts.max_connections < 2UL * config.pool) {
    findings.push_back(warning("database.connections",
                               "The server allows " + std::to_string(facts.max_connections) +
                                   " connections, and DB_POOL takes " + std::to_string(config.pool) + " of them.",
                               "Raise max_connections, or lower DB_POOL."));
  }
  if (!facts.unsuitable_tables.empty()) {
    findings.push_back(warning("database.tables",
                               "These tables are not InnoDB with utf8mb4: " + base::join(facts.unsuitable_tables) + ".",
                               "Restore them from a backup, or convert them: ALTER TABLE ... ENGINE=InnoDB, CONVERT TO "
                               "CHARACTER SET utf8mb4."));
  }
  return findings;
}

Findings judge_received_request(const server::ReceivedRequest& received, std::string_view public_url,
                                std::string_view our_version) {
  constexpr std::string_view check = "proxy";
  const auto url = net::Url::parse(public_url);
  Findings findings;
  if (received.version != our_version) {
    findings.push_back(warning(
        "running",
        "The guildhall that runs is version " + received.version + ", this one is " + std::string(our_version) + ".",
        "Restart guildhall."));
  }
  if (url && !net::equal_ignoring_case(received.host, url->host_field())) {
    findings.push_back(
        warning(check, "The proxy passes on the Host `" + received.host + "` instead of `" + url->host_field() + "`.",
                "Let the proxy keep the Host: `proxy_set_header Host $host;` in nginx."));
  }
  if (received.forwarded_for.empty()) {
    if (url && url->tls) {
      findings.push_back(warning(check, "The proxy does not say for whom it asks: X-Forwarded-For does not arrive.",
                                 "Set it: `proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;` in nginx."));
    }
  } else if (received.forwarded_for.find(received.client) == std::string::npos) {
    findings.push_back(warning(
        check, "The proxy at " + received.client + " is not trusted, so all people share its address and its limits.",
        "Set TRUSTED_PROXIES=" + received.client + "."));
  }
  if (!received.forwarded_proto.empty() && url && (received.forwarded_proto == "https") != url->tls) {
    findings.push_back(warning(check,
                               "The proxy says that people use " + received.forwarded_proto + ", but PUBLIC_URL is " +
                                   std::string(public_url) + ".",
                               "Correct the proxy's X-Forwarded-Proto, or PUBLIC_URL."));
  }
  if (findings.empty()) findings.push_back(ok(check, "Requests to PUBLIC_URL arrive as they should."));
  return findings;
}

Finding judge_public_url(std::string_view public_url) {
  constexpr std::string_view check = "url";
  const std::string url(public_url);
  if (url.starts_with("https://") || is_local(url)) return ok(check, "PUBLIC_URL is " + url + ".");
  return warning(check, "PUBLIC_URL " + url + " is not https: sessions cross the network in the clear.",
                 "Put a reverse proxy with TLS in front of guildhall, and set PUBLIC_URL to its https address.");
}

}  // namespace guildhall::app
