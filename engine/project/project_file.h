#pragma once

#include "engine/base/files.h"
#include "engine/project/project.h"

/// The .continuo file: an SQLite database of sealed parts (project_file.md).
namespace continuo::project {

inline constexpr int kProjectVersion = 1;

/// Whether the bytes begin as a .continuo file does, whatever their version.
bool looksLikeProject(base::ByteSpan file);

/// FileMalformed for anything that writeProject cannot have written, down to one flipped bit of what counts;
/// Unsupported for files of a newer version, which stay as they are.
base::Result<Project> readProject(base::ByteSpan file);
base::Result<base::Bytes> writeProject(const Project& project);

base::Result<Project> openProject(const std::filesystem::path& file);
/// By the durable saver: written beside, read back, compared and parsed before the old file is replaced.
base::Status saveProject(const std::filesystem::path& file, const Project& project);

} // namespace continuo::project
