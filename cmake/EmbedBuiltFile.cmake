# Run by the build: writes SOURCE, which defines the function migplan::embedded::NAME() of HEADER with the bytes of FILE.
file(READ "${FILE}" hex HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
file(WRITE "${SOURCE}"
     "#include \"${HEADER}\"\n\nnamespace migplan::embedded {\n\nstd::string_view ${NAME}() noexcept {\n"
     "  static constexpr unsigned char kBytes[] = {${bytes}0x00};\n"
     "  return {reinterpret_cast<const char*>(kBytes), sizeof(kBytes) - 1};\n}\n\n}  // namespace migplan::embedded\n")
