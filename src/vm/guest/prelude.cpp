#include "vm/guest/prelude.hpp"

extern "C" {
extern const char guildhall_prelude_begin[];
extern const char guildhall_prelude_end[];
extern const char guildhall_warm_up_script_begin[];
extern const char guildhall_warm_up_script_end[];
extern const char guildhall_warm_up_frame_begin[];
extern const char guildhall_warm_up_frame_end[];
}

namespace guildhall::vm::guest {
namespace {

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

std::string_view prelude() { return between(guildhall_prelude_begin, guildhall_prelude_end); }

std::string_view warm_up_script() { return between(guildhall_warm_up_script_begin, guildhall_warm_up_script_end); }

std::string_view warm_up_frame() { return between(guildhall_warm_up_frame_begin, guildhall_warm_up_frame_end); }

}  // namespace guildhall::vm::guest
