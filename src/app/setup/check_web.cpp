#include "app/setup/checks.hpp"
#include "app/setup/judge_machine.hpp"
#include "app/setup/listening.hpp"
#include "app/version.hpp"
#include "net/websocket.hpp"
#include "net/websocket_client.hpp"

namespace guildhall::app {
namespace {

constexpr std::string_view url_check = "url";

/// Why an answer of PUBLIC_URL is not ours.
Finding judge_other_server(const net::ClientResponse& response, Listener::Kind kind) {
  const std::string status = std::to_string(response.status);
  if (response.status >= 300 && response.status < 400) {
    return failed(url_check,
                  "PUBLIC_URL redirects (HTTP " + status + ") to " +
                      std::string(response.headers.find("Location").value_or("nowhere")) + ".",
                  "Set PUBLIC_URL to the address at which guildhall itself answers.");
  }
  if (response.status >= 502 && response.status <= 504) {
    return failed(url_check, "The reverse proxy of PUBLIC_URL does not reach guildhall (HTTP " + status + ").",
                  "Start guildhall, and let the proxy connect to HOST and PORT.");
  }
  if (kind == Listener::Kind::other_guildhall) {
    return warning(url_check, "A guildhall answers at PUBLIC_URL, but not with this JWT_SECRET.",
                   "Restart it if the key has changed. If several share the address, give all the same key; and the "
                   "proxy must pass on the field X-Guildhall-Check.");
  }
  return failed(url_check, "Something else answers at PUBLIC_URL (HTTP " + status + ").",
                "Correct PUBLIC_URL or its path, or let the reverse proxy pass requests on to guildhall.");
}

net::Task<Finding> check_websocket(const std::string& public_url) {
  constexpr std::string_view check = "websocket";
  const auto executor = co_await boost::asio::this_coro::executor;
  net::WebSocketClientOptions options;
  options.connect_timeout = std::chrono::seconds(5);
  // http becomes ws, https wss.
  const std::string url = "ws" + public_url.substr(4) + "/socket.io/?EIO=4&transport=websocket";
  const auto socket = co_await net::connect_websocket(std::make_shared<net::WebSocketLoop>(executor), url, options);
  if (socket) {
    (*socket)->abort();
    co_return ok(check, "A WebSocket reaches guildhall through PUBLIC_URL.");
  }
  co_return warning(check, "No WebSocket passes through PUBLIC_URL: " + socket.error().message,
                    "Let the proxy pass on Upgrade and Connection, as docs/operations.md shows; until then dashboards "
                    "poll.");
}

}  // namespace

net::Task<Findings> check_port(std::shared_ptr<const Installation> installation) {
  std::function<Findings()> work = [installation] {
    const auto& server = installation->config.server;
    return Findings{judge_listening(try_to_listen(server), server)};
  };
  auto findings = co_await on_thread(std::move(work));
  if (findings.front().verdict == Verdict::ok) co_return findings;
  // Perhaps it is guildhall itself that listens there.
  auto config = installation->config.server;
  config.public_url.reset();
  net::HttpClient http(co_await boost::asio::this_coro::executor, probe_options());
  const auto& jwt = installation->config.jwt;
  const auto response = co_await http.send(identifying_request(config.url(config.port), jwt));
  if (!response) co_return findings;
  const auto listener = identify(*response, jwt);
  if (listener.kind == Listener::Kind::ours) {
    findings.front() = ok("port", "This guildhall runs (version " + listener.received.version +
                                      ") and listens on PORT " + std::to_string(config.port) + ".");
  } else if (listener.kind == Listener::Kind::other_guildhall) {
    findings.front().text =
        "Another guildhall, with another JWT_SECRET, listens on PORT " + std::to_string(config.port) + ".";
    findings.front().remedy = "Restart it if the key has changed, or choose another PORT.";
  }
  co_return findings;
}

net::Task<Findings> check_public_url(std::shared_ptr<const Installation> installation) {
  const auto& config = installation->config;
  if (!config.server.public_url) {
    co_return Findings(1, ok(url_check, "PUBLIC_URL is not set: guildhall serves whatever address a browser uses."));
  }
  const std::string url = *config.server.public_url;
  Findings findings(1, judge_public_url(url));
  net::HttpClient http(co_await boost::asio::this_coro::executor, probe_options());
  const auto response = co_await http.send(identifying_request(url, config.jwt));
  if (!response) {
    findings.push_back(failed(url_check, "PUBLIC_URL does not answer from here: " + response.error().message,
                              "Check its name, port, certificate and proxy. Some networks do not let a machine reach "
                              "its own public address: then try it from elsewhere."));
    co_return findings;
  }
  const auto listener = identify(*response, config.jwt);
  if (listener.kind != Listener::Kind::ours) {
    findings.push_back(judge_other_server(*response, listener.kind));
    co_return findings;
  }
  for (auto& finding : judge_received_request(listener.received, url, version)) findings.push_back(std::move(finding));
  findings.push_back(co_await check_websocket(url));
  co_return findings;
}

}  // namespace guildhall::app
