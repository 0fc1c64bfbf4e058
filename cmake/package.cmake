# What is installed where, and the Debian package that ./package.sh makes with CPack.
install(TARGETS guildhall discord-sim RUNTIME DESTINATION bin)
install(TARGETS guildhall-vm RUNTIME DESTINATION lib/guildhall)
install(FILES packaging/guildhall.service DESTINATION lib/systemd/system)
install(FILES packaging/guildhall.env DESTINATION /etc/guildhall PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)
install(FILES .env.example DESTINATION share/doc/guildhall RENAME guildhall.env.example)
install(FILES packaging/copyright DESTINATION share/doc/guildhall)

# The man pages are what --help prints. Only ./package.sh makes them.
set(package_files ${CMAKE_BINARY_DIR}/package)
function(guildhall_manual program summary)
  set(manual ${package_files}/${program}.1.gz)
  add_custom_command(OUTPUT ${manual}
    COMMAND help2man --no-info --name=${summary} --version-string=${PROJECT_VERSION} $<TARGET_FILE:${program}>
      | gzip -9n > ${manual}
    DEPENDS ${program} VERBATIM)
  add_custom_target(${program}-manual DEPENDS ${manual})
  install(FILES ${manual} DESTINATION share/man/man1 OPTIONAL)
endfunction()
guildhall_manual(guildhall "self-hosted Discord bot with its dashboard")
guildhall_manual(discord-sim "stand-in for Discord, to try and test bots")

string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The guildhall authors <guildhall@users.noreply.github.com>")
file(WRITE ${package_files}/changelog
  "guildhall (${PROJECT_VERSION}) unstable; urgency=medium\n\n  * Version ${PROJECT_VERSION}.\n\n"
  " -- ${CPACK_DEBIAN_PACKAGE_MAINTAINER}  ${now}\n")
execute_process(COMMAND gzip -9nf ${package_files}/changelog COMMAND_ERROR_IS_FATAL ANY)
install(FILES ${package_files}/changelog.gz DESTINATION share/doc/guildhall)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CHECKSUM)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Each Discord server defines its own commands, with buttons, menus and scripts
that run in a sandbox. Users log in through Discord and manage their servers
on a dashboard that is part of the program, or over a REST API; the bot can be
followed over Socket.IO. SQLite is built in, MariaDB can be used. discord-sim
takes Discord's place to try and test bots.")
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The programs are stripped; guildhall-dbgsym has the line numbers for stack traces.
set(CPACK_DEBIAN_DEBUGINFO_PACKAGE ON)
file(WRITE ${package_files}/conffiles "/etc/guildhall/guildhall.env\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${CMAKE_SOURCE_DIR}/packaging/postinst ${CMAKE_SOURCE_DIR}/packaging/prerm ${CMAKE_SOURCE_DIR}/packaging/postrm
  ${package_files}/conffiles)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
