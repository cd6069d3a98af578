#include "engine/network/safetensors.h"

#include "engine/base/json.h"
#include "engine/base/text.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace continuo::network {
namespace {

constexpr std::size_t kDataAlignment = 64;

std::string shownPath(const std::filesystem::path& path) { return "'" + base::shown(path.native()) + "'"; }

std::string headerText(std::span<const NamedTensor> tensors, const std::map<std::string, std::string>& metadata) {
    auto header = base::Json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    std::uint64_t offset = 0;
    for (const auto& tensor : tensors) {
        assert(static_cast<std::size_t>(elementCount(tensor.shape)) == tensor.values.size());
        const auto end = offset + tensor.values.size_bytes();
        header[tensor.name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
        offset = end;
    }
    auto text = header.dump();
    while ((sizeof(std::uint64_t) + text.size()) % kDataAlignment != 0) text += ' ';
    return text;
}

} // namespace

/// Read-only pages of a file. Checkpoints are never changed in place, only replaced by a rename.
class SafetensorsFile::Mapping {
public:
    static base::Result<std::shared_ptr<const Mapping>> of(const std::filesystem::path& path) {
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (fd < 0) {
            const auto code = errno == ENOENT ? base::ErrorCode::FileMissing : base::ErrorCode::FileUnreadable;
            return base::failure(code, std::strerror(errno)); // NOLINT(concurrency-mt-unsafe)
        }
        struct stat facts {};
        const bool ordinary = ::fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode);
        const auto size = static_cast<std::size_t>(ordinary ? facts.st_size : 0);
        void* start = size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0) : nullptr;
        ::close(fd);
        if (size > 0 && start != MAP_FAILED) ::madvise(start, size, MADV_SEQUENTIAL);
        if (!ordinary) return base::failure(base::ErrorCode::FileUnreadable, "it is not an ordinary file");
        if (start == MAP_FAILED)
            return base::failure(base::ErrorCode::FileUnreadable, "it could not be mapped into memory");
        return std::make_shared<const Mapping>(start, size);
    }

    Mapping(void* start, std::size_t size) : start_(start), size_(size) {}
    ~Mapping() {
        if (size_ > 0) ::munmap(start_, size_);
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    base::ByteSpan bytes() const { return {static_cast<const std::byte*>(start_), size_}; }

private:
    void* start_;
    std::size_t size_;
};

base::Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path) {
    SafetensorsFile file;
    auto mapping = Mapping::of(path);
    if (!mapping) return base::failure(mapping.error().in("cannot read " + shownPath(path)));
    file.mapping_ = std::move(*mapping);
    auto list = parseSafetensors(file.bytes());
    if (!list) return base::failure(list.error().in("cannot use " + shownPath(path)));
    file.list_ = std::move(*list);
    return file;
}

const NamedTensor* SafetensorsFile::find(std::string_view name) const {
    const auto found = std::ranges::find(list_.tensors, name, &NamedTensor::name);
    return found == list_.tensors.end() ? nullptr : &*found;
}

base::ByteSpan SafetensorsFile::bytes() const { return mapping_->bytes(); }

void SafetensorsFile::letGo(std::span<const float> values) const { letGo(std::as_bytes(values)); }

/// Whole pages only: those at the ends belong to neighbours, too.
void SafetensorsFile::letGo(base::ByteSpan part) const {
    constexpr std::uintptr_t kPage = 4096;
    const auto first = (reinterpret_cast<std::uintptr_t>(part.data()) + kPage - 1) / kPage * kPage;
    const auto end = reinterpret_cast<std::uintptr_t>(part.data() + part.size()) / kPage * kPage;
    if (first < end) ::madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED);
}

base::Status writeSafetensors(base::FileSink& sink, std::span<const NamedTensor> tensors,
                              const std::map<std::string, std::string>& metadata) {
    const auto header = headerText(tensors, metadata);
    const std::uint64_t length = header.size();
    if (auto done = sink.write(std::as_bytes(std::span(&length, 1))); !done) return done;
    if (auto done = sink.write(base::bytesOf(header)); !done) return done;
    for (const auto& tensor : tensors)
        if (auto done = sink.write(std::as_bytes(tensor.values)); !done) return done;
    return {};
}

base::Status saveSafetensors(const std::filesystem::path& path, std::span<const NamedTensor> tensors,
                             const std::map<std::string, std::string>& metadata) {
    return base::saveFileStreaming(path,
                                   [&](base::FileSink& sink) { return writeSafetensors(sink, tensors, metadata); });
}

} // namespace continuo::network
