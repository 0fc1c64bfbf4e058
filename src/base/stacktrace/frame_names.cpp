#include "base/stacktrace/frame_names.hpp"

// By its path, since the other headers in its directory are only for GCC.
#include GUILDHALL_BACKTRACE_HEADER

// Prevents libiberty from declaring its own basename.
#define HAVE_DECL_BASENAME 1
#include <libiberty/demangle.h>

#include <array>
#include <charconv>

namespace guildhall::base {
namespace {

void ignore_error(void*, const char*, int) {}

/// Created before anything can crash; reads debug information later.
backtrace_state* const state = backtrace_create_state(nullptr, 1, ignore_error, nullptr);

struct Reader {
  void (*take)(std::string_view piece, void* to);
  void* to;

  void operator()(std::string_view piece) const { take(piece, to); }
};

/// A function's name without its template arguments, which can be a page long, and cut to a readable length.
class ShortName {
 public:
  void append(std::string_view text) {
    for (const char c : text) append(c);
  }
  [[nodiscard]] std::string_view text() const { return {text_.data(), size_}; }

 private:
  void append(char c) {
    if (c == '<' && !names_operator()) ++depth_;
    if (depth_ == 0 && size_ < text_.size()) text_[size_++] = c;
    if (c == '>' && depth_ > 0) --depth_;
  }

  /// Whether a `<` is a part of `operator<` or `operator<<`.
  [[nodiscard]] bool names_operator() const {
    return depth_ == 0 && (text().ends_with("operator") || text().ends_with("operator<"));
  }

  std::array<char, 200> text_{};
  std::size_t size_ = 0;
  std::size_t depth_ = 0;  // of angle brackets
};

/// `name` is the mangled name, or the name in the source if there is no other.
void write_name(const Reader& reader, const char* name) {
  ShortName shortened;
  const auto append = [](const char* text, std::size_t size, void* to) {
    static_cast<ShortName*>(to)->append({text, size});
  };
  if (cplus_demangle_v3_callback(name, DMGL_ANSI, append, &shortened) == 0) shortened.append(name);
  reader(shortened.text());
}

void write_number(const Reader& reader, std::uintptr_t number, int base) {
  std::array<char, 24> digits{};
  const auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
  reader({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

/// The path of one of the project's files from the project's root; other paths as they are.
std::string_view short_path(std::string_view path) {
  constexpr std::string_view root = GUILDHALL_SOURCE_ROOT "/";
  return path.starts_with(root) ? path.substr(root.size()) : path;
}

/// Whether the function only throws an exception, as in every trace of one.
bool is_machinery(const char* function) {
  constexpr std::array<std::string_view, 3> names{"__cxa_init_primary_exception", "__cxa_throw", "_ZSt9terminatev"};
  for (const auto name : names) {
    if (name == function) return true;
  }
  return false;
}

struct Function {
  const char* name = nullptr;
  const char* file = nullptr;
  int line = 0;
};

void write_function(const Reader& reader, const Function& function) {
  if (is_machinery(function.name)) return;
  reader("at ");
  write_name(reader, function.name);
  if (function.file != nullptr) {
    reader(" (");
    reader(short_path(function.file));
    reader(":");
    write_number(reader, static_cast<std::uintptr_t>(function.line), 10);
    reader(")");
  }
  reader("\n");
}

/// The symbols of an address.
struct Frame {
  const Reader& reader;
  Function function{};  // the outermost so far

  /// DWARF lists inlined functions first, then the function that contains them.
  static int take_function(void* frame, std::uintptr_t, const char* file, int line, const char* name) {
    auto& self = *static_cast<Frame*>(frame);
    if (name == nullptr) return 0;
    if (self.function.name != nullptr) write_function(self.reader, self.function);
    self.function = {name, file, line};
    return 0;
  }

  /// The symbol has the qualified name; DWARF may have only its last part.
  static void take_symbol(void* frame, std::uintptr_t, const char* symbol, std::uintptr_t, std::uintptr_t) {
    if (symbol != nullptr) static_cast<Frame*>(frame)->function.name = symbol;
  }
};

}  // namespace

void name_frames(std::span<const std::uintptr_t> frames, void (*take)(std::string_view piece, void* to), void* to) {
  const Reader reader{take, to};
  for (const std::uintptr_t address : frames) {
    Frame frame{reader};
    backtrace_pcinfo(state, address, Frame::take_function, ignore_error, &frame);
    backtrace_syminfo(state, address, Frame::take_symbol, ignore_error, &frame);
    if (frame.function.name != nullptr) {
      write_function(reader, frame.function);
    } else {
      reader("at 0x");
      write_number(reader, address, 16);
      reader("\n");
    }
  }
}

}  // namespace guildhall::base
