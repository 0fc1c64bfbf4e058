#include "net/websocket_reader.hpp"

#include <gmock/gmock.h>

#include <vector>

#include "net/websocket_deflate.hpp"

namespace guildhall::net {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;

constexpr MaskingKey key{'\x12', '\x34', '\x56', '\x78'};
constexpr WebSocketRules server_rules{WebSocketRole::server, 1000, false};
constexpr WebSocketRules deflating_rules{WebSocketRole::server, 1000, true};

std::string frame_of(Opcode opcode, std::string_view payload, Compression compression = Compression::none) {
  std::string frame;
  append_masked_frame(frame, opcode, payload, key, compression);
  return frame;
}

/// A fragment that another follows: a frame without FIN.
std::string fragment(Opcode opcode, std::string_view payload, Compression compression = Compression::none) {
  std::string frame = frame_of(opcode, payload, compression);
  frame[0] = static_cast<char>(frame[0] & 0x7F);
  return frame;
}

std::string name(Opcode opcode) {
  switch (opcode) {
    case Opcode::text: return "text ";
    case Opcode::binary: return "binary ";
    case Opcode::ping: return "ping ";
    case Opcode::pong: return "pong ";
    case Opcode::close: return "close ";
    case Opcode::continuation: break;
  }
  return "?";
}

/// What `bytes` amount to when they arrive in pieces of `step`: each message, and at the end the close code of a
/// failure.
std::vector<std::string> read(const WebSocketRules& rules, std::string bytes, std::size_t step = 1'000'000) {
  std::vector<std::string> events;
  WebSocketReader reader(rules);
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    std::span<char> piece(bytes.data() + at, std::min(step, bytes.size() - at));
    for (;;) {
      const auto outcome = reader.next(piece);
      if (outcome == WebSocketReader::Outcome::need_more) break;
      if (outcome == WebSocketReader::Outcome::failed) {
        events.push_back("failed " + std::to_string(static_cast<int>(reader.failure())));
        return events;
      }
      events.push_back(name(reader.kind()) + std::string(reader.payload()));
    }
    EXPECT_TRUE(piece.empty());
  }
  return events;
}

TEST(WebSocketReader, ReadsMessagesSplitAtEveryByte) {
  const std::string bytes = frame_of(Opcode::text, "hello") + frame_of(Opcode::binary, "\0\1\2"s) +
                            fragment(Opcode::text, "Gr\xC3") + frame_of(Opcode::ping, "are you there") +
                            fragment(Opcode::continuation, "\xBC\xC3") + frame_of(Opcode::pong, "") +
                            frame_of(Opcode::continuation, "\x9F"s + "e") +
                            frame_of(Opcode::text, std::string(126, 'x')) + fragment(Opcode::binary, "") +
                            frame_of(Opcode::continuation, "") +
                            frame_of(Opcode::close,
                                     "\x03\xE8"
                                     "bye");
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    EXPECT_THAT(read(server_rules, bytes, step),
                ElementsAre("text hello", "binary \0\1\2"s, "ping are you there", "pong ",
                            "text Gr\xC3\xBC\xC3\x9F"
                            "e",
                            "text " + std::string(126, 'x'), "binary ",
                            "close \x03\xE8"
                            "bye"))
        << step;
  }
}

TEST(WebSocketReader, ReadsTheThreeFormsOfASize) {
  const WebSocketRules rules{WebSocketRole::client, 100'000, false};
  for (const std::size_t size : {0U, 125U, 126U, 65535U, 65536U, 100'000U}) {
    std::string frame;
    append_frame(frame, Opcode::binary, std::string(size, 'x'));
    EXPECT_EQ(frame.size(), frame_size(size));
    EXPECT_THAT(read(rules, frame), ElementsAre("binary " + std::string(size, 'x')));
  }
}

TEST(WebSocketReader, RequiresMaskingOfClientsOnly) {
  std::string plain;
  append_frame(plain, Opcode::text, "hello");
  EXPECT_THAT(read(server_rules, plain), ElementsAre("failed 1002"));
  const WebSocketRules client_rules{WebSocketRole::client, 1000, false};
  EXPECT_THAT(read(client_rules, frame_of(Opcode::text, "hello")), ElementsAre("failed 1002"));
}

TEST(WebSocketReader, RefusesProtocolViolations) {
  const std::string bytes_65535(65535, 'x');
  struct Case {
    const char* what;
    std::string bytes;
  };
  const Case cases[] = {
      {"RSV1 without an extension",
       "\xC1\x80"
       "\1\2\3\4"},
      {"RSV2",
       "\xA1\x80"
       "\1\2\3\4"},
      {"RSV3",
       "\x91\x80"
       "\1\2\3\4"},
      {"an unknown opcode",
       "\x83\x80"
       "\1\2\3\4"},
      {"an unknown control opcode",
       "\x8B\x80"
       "\1\2\3\4"},
      {"a fragmented ping", fragment(Opcode::ping, "")},
      {"a long ping", frame_of(Opcode::ping, std::string(126, 'x'))},
      {"a continuation of nothing", frame_of(Opcode::continuation, "x")},
      {"a message within a message", fragment(Opcode::text, "x") + frame_of(Opcode::text, "y")},
      {"16 bits for a small size",
       "\x81\xFE\0\x05"
       "\1\2\3\4hello"s},
      {"64 bits for a small size",
       "\x81\xFF\0\0\0\0\0\0\0\x05"
       "\1\2\3\4hello"s},
      {"a size with its highest bit",
       "\x81\xFF\x80\0\0\0\0\0\0\x05"
       "\1\2\3\4hello"s},
      {"a close frame with half a code", frame_of(Opcode::close, "\x03")},
      {"a close frame with a code that is never sent", frame_of(Opcode::close, "\x03\xED")},
      {"a close frame with a code of nobody", frame_of(Opcode::close, "\x0B\xB7")},
      {"a close frame with a reason that is no text", frame_of(Opcode::close, "\x03\xE8\xFF")},
  };
  for (const auto& [what, bytes] : cases) {
    for (const std::size_t step : {std::size_t{1}, bytes.size()}) {
      const auto events = read(server_rules, bytes, step);
      ASSERT_FALSE(events.empty()) << what;
      EXPECT_EQ(events.back(), "failed 1002") << what;
    }
  }
}

TEST(WebSocketReader, RefusesTextThatIsNotUtf8) {
  EXPECT_THAT(read(server_rules, frame_of(Opcode::text, "caf\xE9")), ElementsAre("failed 1007"));
  EXPECT_THAT(read(server_rules, fragment(Opcode::text, "\xC3") + frame_of(Opcode::continuation, "")),
              ElementsAre("failed 1007"));
}

TEST(WebSocketReader, RefusesTooLargeMessagesBeforeTheyArrive) {
  EXPECT_THAT(read(server_rules, frame_of(Opcode::text, std::string(1000, 'x'))),
              ElementsAre("text " + std::string(1000, 'x')));
  EXPECT_THAT(read(server_rules, frame_of(Opcode::text, std::string(1001, 'x')).substr(0, 8)),
              ElementsAre("failed 1009"));
  EXPECT_THAT(read(server_rules, fragment(Opcode::text, std::string(600, 'x')) +
                                     frame_of(Opcode::continuation, std::string(401, 'x')).substr(0, 8)),
              ElementsAre("failed 1009"));
  EXPECT_THAT(read(server_rules, "\x82\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\1\2\3\4"), ElementsAre("failed 1009"));
}

TEST(WebSocketReader, InflatesIfNegotiated) {
  const std::string text = "hello, hello, hello, hello";
  const std::string deflated = deflate_message(text);
  ASSERT_LT(deflated.size(), text.size());
  const std::string whole = frame_of(Opcode::text, deflated, Compression::deflate);
  const std::string cut = fragment(Opcode::text, deflated.substr(0, 3), Compression::deflate) +
                          frame_of(Opcode::ping, "") + frame_of(Opcode::continuation, deflated.substr(3));
  EXPECT_THAT(read(deflating_rules, whole + frame_of(Opcode::text, "plain") + whole),
              ElementsAre("text " + text, "text plain", "text " + text));
  for (std::size_t step = 1; step <= cut.size(); ++step) {
    EXPECT_THAT(read(deflating_rules, cut, step), ElementsAre("ping ", "text " + text));
  }
}

TEST(WebSocketReader, LimitsTheInflatedSize) {
  const std::string bomb = deflate_message(std::string(100'000, '\0'));
  ASSERT_LT(bomb.size(), 1000U);
  EXPECT_THAT(read(deflating_rules, frame_of(Opcode::binary, bomb, Compression::deflate)), ElementsAre("failed 1009"));
}

TEST(WebSocketReader, RefusesInvalidDeflateData) {
  EXPECT_THAT(read(deflating_rules, frame_of(Opcode::text, "\xFF\xFF\xFF", Compression::deflate)),
              ElementsAre("failed 1007"));
  EXPECT_THAT(read(deflating_rules, frame_of(Opcode::text, deflate_message("caf\xE9"), Compression::deflate)),
              ElementsAre("failed 1007"));
  EXPECT_THAT(
      read(deflating_rules, fragment(Opcode::text, "a") + frame_of(Opcode::continuation, "", Compression::deflate)),
      ElementsAre("failed 1002"));
}

}  // namespace
}  // namespace guildhall::net
