#include "server/dry_run_host.hpp"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>

#include "net/async/future.hpp"

namespace guildhall::server {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using testing::HasSubstr;
using vm::Method;

class DryRunHostTest : public testing::Test {
 protected:
  DryRunHostTest() {
    DryRunInteraction interaction("100", base::GuildId{3},
                                  base::Timestamp(std::chrono::milliseconds(1'700'000'000'000)));
    auto used = interaction.message(json::parse(R"({"content": "Choose"})").as_object());
    used_ = std::string(used.at("id").as_string());
    host_ = std::make_unique<DryRunHost>(std::move(interaction), std::move(used));
  }

  base::Result<json::value> call(Method method, std::string_view arguments = "{}") {
    asio::io_context loop;
    vm::Call made{method, json::parse(arguments).as_object()};
    auto answer = net::start(loop.get_executor(), host_->call(std::move(made)));
    loop.run();
    return answer.get();
  }

  std::string id_of(const base::Result<json::value>& message) {
    return std::string(message.value().at("id").as_string());
  }

  std::unique_ptr<DryRunHost> host_;
  std::string used_;
};

constexpr std::string_view hello = R"({"data": {"content": "Hello", "flags": 64}})";

TEST_F(DryRunHostTest, AReplyIsAMessage) {
  const auto reply = call(Method::reply, hello);
  EXPECT_EQ(reply.value().at("content"), "Hello");
  EXPECT_EQ(reply.value().at("flags"), 64);
  EXPECT_EQ(call(Method::fetch_reply).value(), reply.value());
}

TEST_F(DryRunHostTest, AnInteractionHasOneFirstResponse) {
  ASSERT_TRUE(call(Method::defer_update));
  for (const auto method : {Method::reply, Method::update, Method::defer_reply, Method::defer_update}) {
    EXPECT_EQ(call(method, hello).error().code, base::Errc::conflict);
  }
}

TEST_F(DryRunHostTest, BeforeTheFirstResponseThereIsNothingToChange) {
  for (const auto method : {Method::edit_reply, Method::follow_up, Method::delete_reply, Method::fetch_reply}) {
    EXPECT_EQ(call(method, hello).error().code, base::Errc::conflict);
  }
}

TEST_F(DryRunHostTest, AnUpdateChangesTheMessageOfTheComponent) {
  const auto updated = call(Method::update, R"({"data": {"content": "Chosen", "components": []}})");
  EXPECT_EQ(id_of(updated), used_);
  EXPECT_EQ(updated.value().at("content"), "Chosen");
  EXPECT_EQ(updated.value().at("components"), json::array{});
  EXPECT_EQ(call(Method::edit_reply, R"({"data": {"embeds": []}})").value().at("content"), "Chosen");
}

TEST_F(DryRunHostTest, ADeferredReplyIsFilledIn) {
  const auto thinking = call(Method::defer_reply, R"({"data": {"flags": 64}})");
  EXPECT_EQ(thinking.value().at("flags"), 64 | 128);
  const auto edited = call(Method::edit_reply, R"({"data": {"content": "Done"}})");
  EXPECT_EQ(id_of(edited), id_of(thinking));
  EXPECT_EQ(edited.value().at("flags"), 64);
}

TEST_F(DryRunHostTest, TheFirstFollowUpFillsADeferredReplyIn) {
  const auto thinking = call(Method::defer_reply);
  EXPECT_EQ(id_of(call(Method::follow_up, hello)), id_of(thinking));
  EXPECT_NE(id_of(call(Method::follow_up, hello)), id_of(thinking));
}

TEST_F(DryRunHostTest, FollowUpsAreChangedByTheirIds) {
  ASSERT_TRUE(call(Method::reply, hello));
  const auto id = id_of(call(Method::follow_up, hello));
  const auto edited = call(Method::edit_reply, R"({"message": ")" + id + R"(", "data": {"content": "Later"}})");
  EXPECT_EQ(edited.value().at("content"), "Later");
  EXPECT_EQ(call(Method::fetch_reply).value().at("content"), "Hello");
  EXPECT_EQ(call(Method::edit_reply, R"({"message": "1", "data": {"content": "x"}})").error().peer_code, 10008);
  EXPECT_EQ(call(Method::fetch_reply, R"({"message": ")" + used_ + "\"}").error().peer_code, 10008);
}

TEST_F(DryRunHostTest, ADeletedReplyIsGone) {
  ASSERT_TRUE(call(Method::reply, hello));
  EXPECT_TRUE(call(Method::delete_reply).value().is_null());
  EXPECT_EQ(call(Method::fetch_reply).error().peer_code, 10008);
}

TEST_F(DryRunHostTest, WhatDiscordWouldRefuseIsRefused) {
  const auto long_content = R"({"data": {"content": ")" + std::string(2001, 'x') + R"("}})";
  const auto refused = call(Method::reply, long_content);
  EXPECT_EQ(refused.error().peer_code, 50035);
  EXPECT_THAT(refused.error().message, HasSubstr("/content"));
  EXPECT_EQ(call(Method::reply, "{}").error().peer_code, 50006);
  EXPECT_EQ(call(Method::reply, R"({"data": 7})").error().peer_code, 50006);
  EXPECT_TRUE(call(Method::reply, hello)) << "what was refused is no response";
}

TEST_F(DryRunHostTest, RecordsCallsAndConsoleLines) {
  ASSERT_TRUE(call(Method::reply, hello));
  ASSERT_FALSE(call(Method::reply, hello));
  host_->console(vm::ConsoleLevel::warn, "careful");
  const auto calls = host_->take_calls();
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].method, Method::reply);
  EXPECT_EQ(json::serialize(calls[0].data), R"({"content":"Hello","flags":64,"allowed_mentions":{"parse":[]}})");
  EXPECT_FALSE(calls[0].error);
  EXPECT_EQ(calls[1].error, "The reply to this interaction has already been sent or deferred.");
  EXPECT_EQ(host_->take_console().at(0).text, "careful");
}

TEST_F(DryRunHostTest, RecordsABoundedAmount) {
  const auto much = R"({"data": {"content": ")" + std::string(300'000, 'x') + R"("}})";
  for (int i = 0; i < 5; ++i) ASSERT_FALSE(call(Method::reply, much));
  const auto calls = host_->take_calls();
  ASSERT_EQ(calls.size(), 5U);
  EXPECT_TRUE(calls[2].data.is_object());
  EXPECT_TRUE(calls[3].data.is_null());
}

}  // namespace
}  // namespace guildhall::server
