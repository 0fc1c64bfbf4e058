# embed_file(<target> <file> <symbol>): links the bytes of <file> into <target>, as
#   extern "C" const char <symbol>_begin[]; extern "C" const char <symbol>_end[];
function(embed_file target file symbol)
  set(assembly ${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.S)
  file(CONFIGURE OUTPUT ${assembly} CONTENT [[
    .section .rodata
    .balign 16
    .global @symbol@_begin
    .global @symbol@_end
@symbol@_begin:
    .incbin "@file@"
@symbol@_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits
]] @ONLY)
  set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS ${file})
  target_sources(${target} PRIVATE ${assembly})
endfunction()

# embed_gzip(<target> <file> <symbol>): the same, compressed with gzip, for files that are served over HTTP.
function(embed_gzip target file symbol)
  set(packed ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.gz)
  add_custom_command(OUTPUT ${packed} COMMAND gzip -9nc ${file} > ${packed} DEPENDS ${file} VERBATIM)
  target_sources(${target} PRIVATE ${packed})
  embed_file(${target} ${packed} ${symbol})
endfunction()
