#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <chrono>

#include "app/setup/judge_discord.hpp"
#include "app/setup/judge_machine.hpp"

namespace guildhall::app {
namespace {

using discord::Intents;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

boost::json::value json(std::string_view text) { return boost::json::parse(text); }

TEST(JudgeDiscord, AClientIsRightWhenDiscordGivesAToken) {
  EXPECT_EQ(judge_client(200, json(R"({"access_token": "t"})"), "1").verdict, Verdict::ok);
  const auto wrong = judge_client(401, json(R"({"error": "invalid_client"})"), "1");
  EXPECT_EQ(wrong.verdict, Verdict::failed);
  EXPECT_THAT(wrong.remedy, HasSubstr("/applications/1/oauth2"));
  EXPECT_THAT(judge_client(200, json("{}"), "1").remedy, HasSubstr("DISCORD_API_URL"));
  EXPECT_THAT(judge_client(503, nullptr, "1").remedy, HasSubstr("discordstatus"));
}

TEST(JudgeDiscord, ATokenBelongsToTheApplication) {
  EXPECT_EQ(judge_token(200, json(R"({"id": "1", "name": "Hall"})"), "1").verdict, Verdict::ok);
  EXPECT_THAT(judge_token(200, json(R"({"id": "2", "name": "Hall"})"), "1").text, HasSubstr("with the id 2"));
  EXPECT_THAT(judge_token(401, json(R"({"message": "401: Unauthorized"})"), "1").remedy, HasSubstr("Reset the token"));
  EXPECT_EQ(judge_token(429, json("{}"), "1").verdict, Verdict::failed);
}

TEST(JudgeDiscord, PrivilegedIntentsAreThoseOfTheFlags) {
  constexpr auto content = Intents::message_content;
  constexpr auto members = Intents::guild_members;
  EXPECT_EQ(verdict_of(judge_intents(0, Intents::guilds, "1")), Verdict::ok) << "none is wanted";
  EXPECT_EQ(verdict_of(judge_intents(1U << 19, content, "1")), Verdict::ok) << "a small application";
  EXPECT_EQ(verdict_of(judge_intents(1U << 18, content, "1")), Verdict::ok) << "an approved one";
  const auto findings = judge_intents(1U << 19, content | members, "1");
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_THAT(findings[0].text, HasSubstr("Server Members Intent is off"));
  EXPECT_THAT(judge_intents(0, content, "1")[0].remedy, HasSubstr("MESSAGE_COMMANDS=mentions"));
}

TEST(JudgeDiscord, RedirectsAreComparedLetterByLetter) {
  const std::vector<std::string> registered{"https://a.example/api/auth/callback"};
  EXPECT_EQ(judge_redirects(registered, registered, "1").verdict, Verdict::ok);
  const std::vector<std::string> other{"https://a.example/api/auth/callback/"};
  EXPECT_THAT(judge_redirects(registered, other, "1").text, HasSubstr(other[0]));
  EXPECT_EQ(judge_redirects(registered, {}, "1").verdict, Verdict::ok);
  EXPECT_EQ(judge_redirects({}, {}, "1").verdict, Verdict::warning);
}

TEST(JudgeDiscord, SessionStartsRunOut) {
  const auto left = [](int remaining) {
    const boost::json::object limit{{"total", 1000}, {"remaining", remaining}, {"reset_after", 3'600'000}};
    return judge_session_starts({{"session_start_limit", limit}});
  };
  EXPECT_EQ(left(1000).verdict, Verdict::ok);
  EXPECT_EQ(left(99).verdict, Verdict::warning);
  EXPECT_EQ(left(0).verdict, Verdict::failed);
  EXPECT_THAT(left(0).remedy, HasSubstr("60 minutes"));
  EXPECT_EQ(judge_session_starts({}).verdict, Verdict::warning);
}

TEST(JudgeDiscord, TheClockMayDifferByTheAnswersWay) {
  const base::Timestamp now{784111777s};  // RFC 9110's example
  constexpr std::string_view date = "Sun, 06 Nov 1994 08:49:37 GMT";
  EXPECT_EQ(judge_clock(date, now + 9s).verdict, Verdict::ok);
  EXPECT_THAT(judge_clock(date, now + 60s).text, HasSubstr("60 s ahead of Discord's"));
  EXPECT_THAT(judge_clock(date, now - 60s).text, HasSubstr("60 s behind Discord's"));
  EXPECT_EQ(judge_clock("yesterday", now).verdict, Verdict::warning);
}

TEST(JudgeMachine, SecretsAreNotForOthers) {
  EXPECT_EQ(judge_rights("The file", "/x", 0640).verdict, Verdict::ok);
  EXPECT_THAT(judge_rights("The file", "/x", 0644).remedy, HasSubstr("chmod o-rwx /x"));
}

TEST(JudgeMachine, SpaceRunsOut) {
  EXPECT_EQ(judge_space("/x", 1UL << 32, 1UL << 33).verdict, Verdict::ok);
  EXPECT_EQ(judge_space("/x", 100UL << 20, 1UL << 33).verdict, Verdict::warning);
  EXPECT_EQ(judge_space("/x", 1UL << 20, 1UL << 33).verdict, Verdict::failed);
}

TEST(JudgeMachine, GrantsMayBeForAPatternOfNames) {
  const std::string usage = "GRANT USAGE ON *.* TO `hall`@`127.0.0.1` IDENTIFIED BY PASSWORD '*AB'";
  const auto judge = [&](std::string grant, std::string_view name = "my_hall") {
    return judge_grants(std::vector{usage, std::move(grant)}, name);
  };
  EXPECT_EQ(judge("GRANT ALL PRIVILEGES ON `my\\_hall`.* TO `hall`@`%`").verdict, Verdict::ok);
  EXPECT_EQ(judge("GRANT ALL PRIVILEGES ON *.* TO `hall`@`%`").verdict, Verdict::ok);
  EXPECT_EQ(judge("GRANT ALL PRIVILEGES ON `other`.* TO `hall`@`%`").verdict, Verdict::failed);
  EXPECT_EQ(judge("GRANT ALL PRIVILEGES ON `my\\_hall`.* TO `hall`@`%`", "my-hall").verdict, Verdict::failed);
  const auto run = judge("GRANT SELECT, INSERT, UPDATE, DELETE ON `my%`.* TO `hall`@`%`");
  EXPECT_EQ(run.verdict, Verdict::warning);
  EXPECT_THAT(run.text, HasSubstr("ALTER, CREATE, DROP, INDEX, REFERENCES"));
  EXPECT_THAT(judge("GRANT SELECT, INSERT ON `my_hall`.* TO `hall`@`%`").text, HasSubstr("DELETE, UPDATE"));
  EXPECT_EQ(judge("GRANT SELECT, INSERT, UPDATE, DELETE ON `my_hall`.`users` TO `hall`@`%`").verdict, Verdict::failed);
}

TEST(JudgeMachine, AServerHasRoom) {
  database::ServerFacts facts{"10.11", {}, 16UL << 20, 151, {}};
  config::Db config;
  config.pool = 6;
  EXPECT_THAT(judge_server(facts, config), IsEmpty());
  facts.max_allowed_packet = 1UL << 20;
  facts.max_connections = 10;
  facts.unsuitable_tables = {"users"};
  EXPECT_THAT(judge_server(facts, config), SizeIs(3));
}

TEST(JudgeMachine, AProxyPassesOnWhoAsks) {
  const std::string url = "https://bot.example";
  const server::ReceivedRequest good{"203.0.113.5", "bot.example", "203.0.113.5", "https", "1.0"};
  EXPECT_EQ(verdict_of(judge_received_request(good, url, "1.0")), Verdict::ok);
  auto untrusted = good;
  untrusted.client = "192.0.2.1";
  EXPECT_EQ(judge_received_request(untrusted, url, "1.0")[0].remedy, "Set TRUSTED_PROXIES=192.0.2.1.");
  auto silent = good;
  silent.forwarded_for = silent.forwarded_proto = "";
  EXPECT_THAT(judge_received_request(silent, url, "1.0")[0].text, HasSubstr("X-Forwarded-For does not arrive"));
  auto renamed = good;
  renamed.host = "127.0.0.1:8080";
  renamed.forwarded_proto = "http";
  EXPECT_THAT(judge_received_request(renamed, url, "1.0"), SizeIs(2));
  EXPECT_THAT(judge_received_request(good, url, "1.1")[0].text, HasSubstr("version 1.0"));
}

TEST(JudgeMachine, PublicUrlsAreHttpsUnlessLocal) {
  EXPECT_EQ(judge_public_url("https://bot.example").verdict, Verdict::ok);
  EXPECT_EQ(judge_public_url("http://bot.example").verdict, Verdict::warning);
  for (const auto* local :
       {"http://localhost:8080", "http://127.0.0.1", "http://192.168.1.2:8080", "http://[::1]:80"}) {
    EXPECT_EQ(judge_public_url(local).verdict, Verdict::ok) << local;
  }
  EXPECT_EQ(judge_public_url("http://8.8.8.8").verdict, Verdict::warning);
}

}  // namespace
}  // namespace guildhall::app
