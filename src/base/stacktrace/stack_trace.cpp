#include "base/stacktrace/stack_trace.hpp"

#include <dlfcn.h>
#include <unwind.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <typeinfo>

#include "base/stacktrace/frame_names.hpp"

namespace guildhall::base {
namespace {

struct Walk {
  std::span<std::uintptr_t> frames;
  std::size_t skip;
  std::size_t taken = 0;
};

_Unwind_Reason_Code take_frame(_Unwind_Context* context, void* data) {
  auto& walk = *static_cast<Walk*>(data);
  int before_instruction = 0;
  const auto address = _Unwind_GetIPInfo(context, &before_instruction);
  if (address == 0) return _URC_END_OF_STACK;
  if (walk.skip > 0) {
    --walk.skip;
    return _URC_NO_REASON;
  }
  if (walk.taken == walk.frames.size()) return _URC_END_OF_STACK;
  // A return address may be after the last instruction of the calling function.
  walk.frames[walk.taken++] = before_instruction != 0 ? address : address - 1;
  return _URC_NO_REASON;
}

/// The stacks of the newest exceptions, by the address of the exception object.
class Origins {
 public:
  void remember(const void* exception) noexcept {
    Origin origin;
    origin.exception = exception;
    origin.size = take_frames(origin.frames, 2);
    const std::lock_guard lock(mutex_);
    origins_[next_++ % origins_.size()] = origin;
  }

  [[nodiscard]] StackTrace find(const void* exception) const {
    const std::lock_guard lock(mutex_);
    // The newest first, since addresses of exception objects are reused.
    for (std::size_t age = 1; age <= origins_.size(); ++age) {
      const auto& origin = origins_[(next_ - age) % origins_.size()];
      if (origin.exception == exception) return StackTrace({origin.frames.data(), origin.size});
    }
    return {};
  }

 private:
  struct Origin {
    const void* exception = nullptr;
    std::size_t size = 0;
    std::array<std::uintptr_t, StackTrace::max_frames> frames;
  };

  mutable std::mutex mutex_;
  std::array<Origin, 64> origins_{};
  std::size_t next_ = 64;
};

constinit Origins origins;

/// The address of the exception object, as passed to __cxa_init_primary_exception.
const void* object_of(const std::exception_ptr& exception) {
  const void* object = nullptr;
  static_assert(sizeof exception == sizeof object);
  std::memcpy(&object, &exception, sizeof object);
  return object;
}

}  // namespace

std::size_t take_frames(std::span<std::uintptr_t> frames, std::size_t skip) {
  Walk walk{frames, skip + 1};
  _Unwind_Backtrace(take_frame, &walk);
  return walk.taken;
}

StackTrace::StackTrace(std::span<const std::uintptr_t> frames) : size_(std::min(frames.size(), frames_.size())) {
  std::copy_n(frames.begin(), size_, frames_.begin());
}

StackTrace StackTrace::here() {
  StackTrace trace;
  trace.size_ = take_frames(trace.frames_, 1);
  return trace;
}

StackTrace StackTrace::of(const std::exception_ptr& exception) {
  return exception ? origins.find(object_of(exception)) : StackTrace();
}

std::string StackTrace::to_text() const {
  std::string text;
  name_frames(
      frames(), [](std::string_view piece, void* to) { static_cast<std::string*>(to)->append(piece); }, &text);
  return text;
}

/// The C++ runtime calls this for each new exception, from `throw` and std::make_exception_ptr (Itanium C++ ABI, in
/// libstdc++ since GCC 7). This definition takes precedence over the library's: it records the stack, which is unwound
/// by the time the exception is caught, and calls the library's.
extern "C" void* __cxa_init_primary_exception(void* object, std::type_info* type, void (*destructor)(void*)) noexcept {
  using Function = void* (*)(void*, std::type_info*, void (*)(void*)) noexcept;
  static const auto next = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "__cxa_init_primary_exception"));
  origins.remember(object);
  return next(object, type, destructor);
}

}  // namespace guildhall::base
