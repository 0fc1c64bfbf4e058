#include "config/demo.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/encoding.hpp"
#include "base/random.hpp"

namespace guildhall::config {
namespace {

constexpr std::size_t key_bytes = 32;

[[noreturn]] void fail(const std::filesystem::path& file, std::string_view what) {
  throw Error(file.string() + ": " + std::string(what));
}

[[noreturn]] void fail_with_errno(const std::filesystem::path& file, std::string_view what) {
  fail(file, std::string(what) + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

std::string read_secret(const Descriptor& opened, const std::filesystem::path& file) {
  struct stat status {};
  if (::fstat(opened.get(), &status) != 0) fail_with_errno(file, "cannot be read");
  if (!S_ISREG(status.st_mode)) fail(file, "is not a regular file");
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    fail(file, "others can read it; run `chmod 600 " + file.string() + "`");
  }
  std::array<char, 2 * key_bytes + 2> buffer{};
  const ssize_t size = ::read(opened.get(), buffer.data(), buffer.size());
  if (size < 0) fail_with_errno(file, "cannot be read");
  std::string secret(buffer.data(), static_cast<std::size_t>(size));
  if (secret.ends_with('\n')) secret.pop_back();
  if (secret.size() != 2 * key_bytes || !base::from_hex(secret)) {
    fail(file, "expected 64 hex digits; restore the secret, or delete the file, which logs everybody out");
  }
  return secret;
}

void make_directory(const std::filesystem::path& directory) {
  if (directory.empty()) return;
  if (directory.has_parent_path()) {
    std::error_code error;
    std::filesystem::create_directories(directory.parent_path(), error);
  }
  if (::mkdir(directory.c_str(), S_IRWXU) != 0 && errno != EEXIST) fail_with_errno(directory, "cannot be created");
}

/// Creates the file atomically and never replaces one of another program: writes a draft and links it to its name.
void create(const std::filesystem::path& file) {
  make_directory(file.parent_path());
  const std::filesystem::path draft = file.string() + "." + base::random_hex(8);
  const std::string line = base::random_hex(key_bytes) + "\n";
  const Descriptor created(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!created.is_open()) fail_with_errno(file, "cannot be created");
  const bool written = ::write(created.get(), line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       ::fsync(created.get()) == 0;
  const bool placed = written && (::link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST);
  const int reason = errno;
  ::unlink(draft.c_str());
  errno = reason;
  if (!placed) fail_with_errno(file, "cannot be created");
}

}  // namespace

void apply_demo(Environment& environment, const std::filesystem::path& data, std::string_view simulator) {
  // Credentials of discord-sim's built-in application; they are no secrets.
  environment.offer("DISCORD_CLIENT_ID", "1150000000000000000", "--demo");
  environment.offer("DISCORD_CLIENT_SECRET", "demo-client-secret", "--demo");
  environment.offer("DISCORD_BOT_TOKEN", "MTE1MDAwMDAwMDAwMDAwMDAwMA.demo.bot-token", "--demo");
  environment.offer("DISCORD_API_URL", std::string(simulator) + "/api/v10", "--demo");
  if (environment.find("JWT_SECRET") == nullptr) {
    const std::filesystem::path file = data / "jwt_secret";
    environment.offer("JWT_SECRET", read_or_create_jwt_secret(file), file.string());
  }
}

std::string read_or_create_jwt_secret(const std::filesystem::path& file) {
  for (const bool may_create : {true, false}) {
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (opened.is_open()) return read_secret(opened, file);
    if (errno != ENOENT || !may_create) fail_with_errno(file, "cannot be read");
    create(file);
  }
  fail(file, "cannot be created");
}

}  // namespace guildhall::config
