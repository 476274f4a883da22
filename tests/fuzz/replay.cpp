// fuzz_replay TARGET FOLDER...: runs a fuzz target over every file of the folders, in the order of their names.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "replay_targets.hpp"

namespace {

using Target = int(const std::uint8_t* data, std::size_t size);

Target* target_named(std::string_view name) {
  for (const auto& [known, target] : kReplayTargets) {
    if (known == name) return target;
  }
  return nullptr;
}

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void replay(Target* target, const std::filesystem::path& file) {
  std::printf("%s\n", file.c_str());
  std::fflush(stdout);  // the last line tells the file of a crash
  std::ifstream stream(file, std::ios::binary);
  std::string bytes(std::filesystem::file_size(file), '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  target(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments, arguments + count);
  Target* const target = words.size() < 2 ? nullptr : target_named(words[1]);
  if (target == nullptr) {
    std::fprintf(stderr, "usage: fuzz_replay TARGET FOLDER...\n");
    return 2;
  }
  std::size_t replayed = 0;
  for (std::size_t i = 2; i < words.size(); ++i) {
    for (const auto& file : files_below(words[i])) {
      replay(target, file);
      ++replayed;
    }
  }
  if (replayed == 0) std::fprintf(stderr, "no file to replay\n");
  return replayed == 0 ? 2 : 0;
}
