# Libraries from the distribution. Their Debian packages are listed in packages.txt.
find_package(Threads REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS json url)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(OpenSSL 3 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(simdjson REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(cjose REQUIRED IMPORTED_TARGET cjose)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(mariadb REQUIRED IMPORTED_TARGET libmariadb)
# Readiness, watchdog and the journal.
pkg_check_modules(systemd REQUIRED IMPORTED_TARGET libsystemd)
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core)
# Only for guildhall-vm, the program that runs the scripts of guild owners.
pkg_check_modules(javascriptcore REQUIRED IMPORTED_TARGET javascriptcoregtk-4.1)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
# Debian's SOCI has neither CMake nor pkg-config files. Static libraries are used because the shared ones hide the type
# information that the sanitizers need.
find_library(SOCI_SQLITE3 libsoci_sqlite3.a REQUIRED)
find_library(SOCI_MYSQL libsoci_mysql.a REQUIRED)
find_library(SOCI_CORE libsoci_core.a REQUIRED)

# Asio and Beast are compiled once, in cmake/asio.cpp and src/net/beast.cpp; other files see only declarations.
add_compile_definitions(
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_BEAST_SEPARATE_COMPILATION)
