#include "vm/guest/confinement.hpp"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "vm/protocol.hpp"

namespace guildhall::vm::guest {
namespace {

constexpr unsigned nobody = 65534;
constexpr int namespaces = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;

bool write_file(const char* path, const std::string& text) {
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(file);
  return written;
}

/// `nobody` inside maps to our own user outside. Nothing that it owns is reachable.
bool map_user(unsigned user, unsigned group) {
  write_file("/proc/self/setgroups", "deny");
  return write_file("/proc/self/uid_map", std::to_string(nobody) + " " + std::to_string(user) + " 1") &&
         write_file("/proc/self/gid_map", std::to_string(nobody) + " " + std::to_string(group) + " 1");
}

bool unshare_namespaces() {
  const unsigned user = geteuid();
  const unsigned group = getegid();
  // Root needs no user namespace. Without one, `nobody` is the same user inside and outside.
  if (user == 0 && unshare(namespaces) == 0) return true;
  return unshare(namespaces | CLONE_NEWUSER) == 0 && map_user(user, group);
}

/// Exits with the child's status.
[[noreturn]] void wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

/// A directory that exists on every machine, to mount the empty file system on.
const char* mount_point() {
  for (const char* path : {"/tmp", "/proc", "/dev", "/etc"}) {
    struct stat about {};
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) return path;
  }
  return nullptr;
}

}  // namespace

std::uint64_t enter_namespaces() {
  if (!unshare_namespaces()) return protocol::missing_namespaces;
  const pid_t child = fork();
  if (child < 0) return protocol::missing_namespaces;
  if (child > 0) {
    close_descriptors(0, -1);
    wait_for(child);
  }
  end_with_parent();
  return 0;
}

void leave_threads() {
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("No process can be forked.");
  if (child > 0) {
    // The other threads keep their descriptors: one that polls a closed descriptor would take a processor for itself.
    close_range(0, protocol::control_descriptor, 0);
    wait_for(child);
  }
  end_with_parent();
}

void end_with_parent() { prctl(PR_SET_PDEATHSIG, SIGKILL); }

std::uint64_t leave_file_system() {
  const char* root = mount_point();
  const bool left =
      root != nullptr && mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
      mount("none", root, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k,nr_inodes=2") == 0 && chdir(root) == 0 &&
      syscall(SYS_pivot_root, ".", ".") == 0 && umount2(".", MNT_DETACH) == 0 &&
      mount(nullptr, "/", nullptr, MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) == 0 &&
      chdir("/") == 0;
  if (!left) return protocol::missing_empty_root;
  return 0;
}

void drop_privileges() {
  // Each fails if the process does not have the capability.
  for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
    prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  }
  if (geteuid() == 0) {
    if (setgroups(0, nullptr) != 0 || setresgid(nobody, nobody, nobody) != 0 ||
        setresuid(nobody, nobody, nobody) != 0) {
      std::fputs("guildhall-vm cannot change its user\n", stderr);
      _exit(EXIT_FAILURE);
    }
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const std::array<__user_cap_data_struct, 2> none{};
  syscall(SYS_capset, &header, none.data());
  // Other processes of the same user cannot read its memory or attach a debugger.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void close_descriptors(int first, int kept) {
  if (kept > first) close_range(static_cast<unsigned>(first), static_cast<unsigned>(kept) - 1, 0);
  close_range(static_cast<unsigned>(std::max(first, kept + 1)), ~0U, 0);
}

}  // namespace guildhall::vm::guest
