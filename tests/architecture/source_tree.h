#pragma once

#include "engine/base/files.h"

#include <filesystem>
#include <string>
#include <vector>

/// The product's own source files, read once, for tests that look at text.
namespace continuo::architecture {

struct SourceFile {
    std::string path; // from the root of the tree, with forward slashes
    std::string text;
};

inline std::vector<SourceFile> sourceFiles(const std::vector<std::string>& folders) {
    std::vector<SourceFile> files;
    const std::filesystem::path root = CONTINUO_SOURCE_DIR;
    for (const auto& folder : folders)
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".h" && extension != ".cu" && extension != ".cuh") continue;
            files.push_back({std::filesystem::relative(entry.path(), root).generic_string(),
                             base::readTextFile(entry.path()).value_or("")});
        }
    return files;
}

} // namespace continuo::architecture
