#include "database/adoption/conversion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/log_ids.hpp"
#include "database/adoption/legacy_values.hpp"
#include "database/adoption/test_rules.hpp"

namespace guildhall::database::adoption {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

LegacyRow row(std::initializer_list<std::pair<Field, std::string>> values) {
  LegacyRow made;
  for (const auto& [field, value] : values) made[field] = value;
  return made;
}

const LegacyRow ada =
    row({{Field::id, "2000000000000000001"}, {Field::username, "ada"}, {Field::created_at, "2024-01-31 12:34:56"}});
const LegacyRow workshop =
    row({{Field::id, "3000000000000000001"}, {Field::name, "Workshop"}, {Field::created_at, "2024-01-31 12:34:56"}});

class ConversionTest : public ::testing::Test {
 protected:
  LegacyRow command(const std::string& id, const std::string& trigger) {
    auto made = row({{Field::id, id},
                     {Field::guild_id, "3000000000000000001"},
                     {Field::trigger, trigger},
                     {Field::response, "{}"},
                     {Field::created_at, "2024-01-31 12:34:56"}});
    return made;
  }
  template <class Row>
  static std::string reason(const base::Result<Row>& outcome) {
    return outcome ? "taken" : outcome.error().message;
  }

  const base::Timestamp now_ = *read_time("2026-01-31 00:00:00");
  const Rules rules_ = test_rules();
  Conversion conversion_{rules_, now_};
};

TEST_F(ConversionTest, AUserKeepsWhatIsKnownAndItsTokenIsSealed) {
  auto full = ada;
  full[Field::global_name] = "Ada \U0001F98A";
  full[Field::avatar] = "https://cdn.discordapp.com/avatars/2000000000000000001/a_12.png";
  full[Field::refresh_token] = "secret";
  full[Field::updated_at] = "2024-02-01 00:00:00.5 +00:00";
  const auto adopted = conversion_.user(full).value();
  EXPECT_EQ(adopted.user.id, base::UserId{2000000000000000001});
  EXPECT_EQ(adopted.user.global_name, "Ada \U0001F98A");
  EXPECT_EQ(adopted.user.avatar, "a_12");
  EXPECT_EQ(adopted.user.email, std::nullopt);
  EXPECT_EQ(adopted.sealed_refresh_token, "[secret]");
  EXPECT_EQ(base::to_iso8601(adopted.user.created_at), "2024-01-31T12:34:56.000Z");
  EXPECT_EQ(base::to_iso8601(adopted.user.updated_at), "2024-02-01T00:00:00.500Z");
  EXPECT_THAT(conversion_.changed(), IsEmpty());
}

TEST_F(ConversionTest, AUserWhoIsNoneStaysBehind) {
  auto nobody = ada;
  nobody[Field::id] = "1.8446744073709552e+19";
  EXPECT_EQ(reason(conversion_.user(nobody)), "its id is none of Discord's");
  auto nameless = ada;
  nameless[Field::username].reset();
  EXPECT_EQ(reason(conversion_.user(nameless)), "its username is not a text of 1 to 100 characters");
  EXPECT_EQ(reason(conversion_.user(ada)), "taken");
  EXPECT_EQ(reason(conversion_.user(ada)), "another row has its id");
}

TEST_F(ConversionTest, WhatIsTooLongForItsColumnIsLeftOutAndTold) {
  auto wordy = ada;
  wordy[Field::global_name] = std::string(101, 'x');
  EXPECT_EQ(conversion_.user(wordy)->user.global_name, std::nullopt);
  EXPECT_THAT(conversion_.changed(),
              ElementsAre("its global_name is longer than 100 characters, or not UTF-8, and is left out"));
}

TEST_F(ConversionTest, TheAdminsOfAnyCaseAreOurs) {
  EXPECT_EQ(conversion_.role(row({{Field::id, "7"}, {Field::name, "Admin"}}))->name, "ADMIN");
  EXPECT_EQ(conversion_.role(row({{Field::id, "8"}, {Field::name, "helper"}}))->name, "helper");
  EXPECT_EQ(reason(conversion_.role(row({{Field::id, "9"}, {Field::name, "ADMIN"}}))),
            "it is the same as role 7, which those who had it have now");
  ASSERT_TRUE(conversion_.user(ada));
  const auto held = [](const char* role) {
    return row({{Field::user_id, "2000000000000000001"}, {Field::role_id, role}});
  };
  EXPECT_EQ(conversion_.user_role(held("9"))->role, base::RoleId{7});
  EXPECT_EQ(reason(conversion_.user_role(held("7"))), "the user has the role already");
  EXPECT_EQ(reason(conversion_.user_role(held("6"))), "there is no such role, or it stays behind as well");
  EXPECT_EQ(reason(conversion_.user_role(row({{Field::user_id, "5"}, {Field::role_id, "7"}}))),
            "there is no such user, or it stays behind as well");
}

TEST_F(ConversionTest, AGuildsSettingsAreMadeToFit) {
  auto guild = workshop;
  guild[Field::prefix] = "?";
  guild[Field::language] = "pt_BR";
  EXPECT_EQ(conversion_.guild(guild)->prefix, "?");
  guild[Field::id] = "3000000000000000002";
  EXPECT_EQ(conversion_.guild(guild)->language, "pt-BR");
  guild[Field::id] = "3000000000000000003";
  guild[Field::prefix] = "too long";
  EXPECT_EQ(conversion_.guild(guild)->prefix, "!");
  EXPECT_THAT(conversion_.changed(), ElementsAre("its prefix is not allowed and is ! now"));
}

TEST_F(ConversionTest, CommandsThatBreakOurRulesStayBehind) {
  EXPECT_EQ(reason(conversion_.command(command("1", "hi"))), "there is no such guild, or it stays behind as well");
  ASSERT_TRUE(conversion_.guild(workshop));
  EXPECT_EQ(reason(conversion_.command(command("1", "hi"))), "taken");
  EXPECT_EQ(reason(conversion_.command(command("1", "ho"))), "another row has its id");
  EXPECT_EQ(reason(conversion_.command(command("2", "hi"))), "the guild has a command with its trigger already");
  EXPECT_EQ(reason(conversion_.command(command("3", "Hi"))), "taken") << "case matters";
  EXPECT_EQ(reason(conversion_.command(command("4", "!hi"))), "its trigger begins with the guild's prefix");
  auto broken = command("5", "broken");
  broken[Field::response] = "not JSON";
  EXPECT_EQ(reason(conversion_.command(broken)), "its response is not JSON");
  EXPECT_EQ(reason(conversion_.command(command("7", "caf\xE9"))), "its text is not UTF-8");
  auto orphan = command("6", "orphan");
  orphan[Field::guild_id].reset();
  EXPECT_EQ(reason(conversion_.command(orphan)), "there is no such guild, or it stays behind as well");
}

TEST_F(ConversionTest, AGuildGetsNoMoreCommandsThanItMayHave) {
  ASSERT_TRUE(conversion_.guild(workshop));
  for (int i = 1; i <= 1000; ++i) ASSERT_TRUE(conversion_.command(command(std::to_string(i), "c" + std::to_string(i))));
  EXPECT_EQ(reason(conversion_.command(command("1001", "more"))), "the guild has 1000 commands already");
}

TEST_F(ConversionTest, LogsGetIdsThatRiseWithTheirTime) {
  const auto log = [this](const char* date) {
    return conversion_.log(row({{Field::level, "WARN"}, {Field::message, "m"}, {Field::date, date}}))
        .value()
        .id.value();
  };
  EXPECT_EQ(log("2020-01-01 00:00:00"), 1U) << "before the numbers begin";
  EXPECT_EQ(log("2020-01-01 00:00:01"), 2U);
  const auto first = base::LogIds::first(*read_time("2025-06-01 00:00:00"));
  EXPECT_EQ(log("2025-06-01 00:00:00"), first);
  EXPECT_EQ(log("2025-06-01 00:00:00"), first + 1);
  EXPECT_EQ(log("2031-01-01 00:00:00"), base::LogIds::first(now_)) << "not above what is logged from now on";
}

TEST_F(ConversionTest, ALogWithoutADateStaysBehindAndOneOfAnUnknownLevelIsInfo) {
  EXPECT_EQ(reason(conversion_.log(row({{Field::level, "info"}, {Field::message, "m"}}))), "its date cannot be read");
  const auto odd = row({{Field::level, "loud"}, {Field::message, "m"}, {Field::date, "2025-06-01 00:00:00"}});
  EXPECT_EQ(conversion_.log(odd)->level, base::LogLevel::info);
  EXPECT_THAT(conversion_.changed(), ElementsAre("its level is not known and is info now"));
}

}  // namespace
}  // namespace guildhall::database::adoption
