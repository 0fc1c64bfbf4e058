#pragma once

// For tests.

#include <zstd.h>

#include <boost/json.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "discord/gateway/payload.hpp"
#include "net/http_server.hpp"
#include "net/websocket.hpp"
#include "net/websocket_handshake.hpp"

namespace guildhall::discord::test_support {

/// A gateway on a real socket, with one session at a time for each shard. Members are called on its event loop.
class FakeGateway {
 public:
  FakeGateway(net::EventLoops& loops, base::Log log) : loop_(std::make_shared<net::WebSocketLoop>(loops.home())) {
    net::HttpServerOptions options;
    options.reject = [](unsigned status, std::string_view) {
      net::Response response;
      response.status = status;
      return response;
    };
    server_.emplace(
        loops, options, [this](net::Request& request) { return answer(request); }, std::move(log));
    server_->start();
  }

  [[nodiscard]] std::string url() const { return "ws://127.0.0.1:" + std::to_string(server_->port()); }

  /// Sends an event to a shard, now or when it resumes.
  void emit(unsigned shard, const std::string& name, const std::string& data) {
    auto& events = events_[shard];
    events.push_back(R"({"t":")" + name + R"(","s":)" + std::to_string(events.size() + 1) + R"(,"op":0,"d":)" + data +
                     "}");
    for (const auto& connection : connections_) {
      if (connection->identified && connection->shard == shard) connection->send(events.back());
    }
  }
  void drop_all() {
    for (const auto& connection : std::exchange(connections_, {})) connection->socket->abort();
  }
  void close_all(std::uint16_t code) {
    for (const auto& connection : std::exchange(connections_, {})) {
      connection->socket->close(static_cast<net::CloseCode>(code));
    }
  }
  void send_all(const std::string& text) {
    for (const auto& connection : connections_) connection->send(text);
  }

  std::vector<std::string> targets;             ///< Of the HTTP requests.
  std::vector<boost::json::object> identifies;  ///< `d` of each.
  std::vector<boost::json::object> resumes;
  std::vector<boost::json::object> others;  ///< Other payloads, without heartbeats.
  std::size_t heartbeats = 0;
  std::uint16_t refuse_with = 0;  ///< The close code sent in place of READY; 0 for none.
  bool acknowledge = true;
  int interval = 45'000;

 private:
  struct Connection final : public net::Upgrade, public net::WebSocketListener {
    explicit Connection(FakeGateway& of, bool zstd) : owner(of), compress(zstd) {}

    void take(net::UpgradedConnection upgraded) override {
      socket = std::make_shared<net::WebSocket>(owner.loop_, std::move(upgraded), net::WebSocketRules{});
      socket->start(*this);
      send(R"({"t":null,"s":null,"op":10,"d":{"heartbeat_interval":)" + std::to_string(owner.interval) + "}}");
    }

    void send(const std::string& text) {
      auto frame = std::make_shared<std::string>();
      if (compress) {
        std::string out(::ZSTD_compressBound(text.size()) + 64, '\0');
        ZSTD_inBuffer from{text.data(), text.size(), 0};
        ZSTD_outBuffer to{out.data(), out.size(), 0};
        ::ZSTD_compressStream2(stream.get(), &to, &from, ZSTD_e_flush);
        net::append_frame(*frame, net::Opcode::binary, std::string_view(out).substr(0, to.pos));
      } else {
        net::append_frame(*frame, net::Opcode::text, text);
      }
      const std::string_view bytes = *frame;
      socket->send(frame, bytes);
    }

    void on_message(net::WebSocket&, net::Opcode, std::string_view message) override {
      const auto payload = boost::json::parse(message).as_object();
      switch (static_cast<GatewayOpcode>(payload.at("op").to_number<int>())) {
        case GatewayOpcode::heartbeat:
          ++owner.heartbeats;
          if (owner.acknowledge) send(R"({"op":11})");
          break;
        case GatewayOpcode::identify: owner.identify(*this, payload.at("d").as_object()); break;
        case GatewayOpcode::resume: owner.resume(*this, payload.at("d").as_object()); break;
        default: owner.others.push_back(payload);
      }
    }
    void on_close(net::WebSocket&, net::CloseCode) override {
      std::erase_if(owner.connections_, [this](const auto& each) { return each.get() == this; });
    }

    FakeGateway& owner;
    bool compress;
    std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> stream{::ZSTD_createCCtx(), ::ZSTD_freeCCtx};
    std::shared_ptr<net::WebSocket> socket;
    unsigned shard = 0;
    bool identified = false;
  };

  net::Task<net::Response> answer(net::Request& request) {
    targets.push_back(request.target);
    auto answer = net::answer_websocket(request, net::DeflateOffer::no);
    if (answer.response.status == 101) {
      const bool zstd = request.target.find("compress=zstd-stream") != std::string::npos;
      auto connection = std::make_shared<Connection>(*this, zstd);
      kept_.push_back(connection);
      connections_.push_back(connection);
      answer.response.upgrade = std::move(connection);
    }
    co_return std::move(answer.response);
  }

  void identify(Connection& connection, const boost::json::object& data) {
    identifies.push_back(data);
    if (refuse_with != 0) return connection.socket->close(static_cast<net::CloseCode>(refuse_with));
    connection.shard = data.at("shard").at(0).to_number<unsigned>();
    connection.identified = true;
    events_[connection.shard].clear();
    emit(connection.shard, "READY",
         R"({"session_id":"session-)" + std::to_string(connection.shard) + R"(","resume_gateway_url":")" + url() +
             "/resume\"}");
  }

  void resume(Connection& connection, const boost::json::object& data) {
    resumes.push_back(data);
    const std::string id(data.at("session_id").as_string());
    connection.shard = static_cast<unsigned>(std::stoul(id.substr(id.rfind('-') + 1)));
    connection.identified = true;
    const auto& events = events_[connection.shard];
    for (auto at = data.at("seq").to_number<std::size_t>(); at < events.size(); ++at) connection.send(events[at]);
    emit(connection.shard, "RESUMED", "null");
  }

  std::shared_ptr<net::WebSocketLoop> loop_;
  std::optional<net::HttpServer> server_;
  std::map<unsigned, std::vector<std::string>> events_;
  std::vector<std::shared_ptr<Connection>> connections_;
  std::vector<std::shared_ptr<Connection>> kept_;  ///< Listeners outlive their WebSockets.
};

}  // namespace guildhall::discord::test_support
