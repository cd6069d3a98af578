#include "engine/inference/aligned_buffer.h"

#include <cstdint>
#include <new>
#include <sys/mman.h>
#include <utility>

namespace continuo::inference {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kHugePage = std::size_t{2} << 20;

std::size_t roundedUp(std::size_t bytes, std::size_t unit) { return (bytes + unit - 1) / unit * unit; }

std::byte* mapPages(std::size_t bytes) {
    void* start = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) throw std::bad_alloc();
    return static_cast<std::byte*>(start);
}

/// Pages at a multiple of 2 MiB: maps one huge page more and gives both ends back.
std::byte* mapHugePages(std::size_t bytes) {
    auto* first = mapPages(bytes + kHugePage);
    const auto skip = (kHugePage - reinterpret_cast<std::uintptr_t>(first) % kHugePage) % kHugePage;
    if (skip > 0) ::munmap(first, skip);
    ::munmap(first + skip + bytes, kHugePage - skip);
    ::madvise(first + skip, bytes, MADV_HUGEPAGE);
    return first + skip;
}

} // namespace

AlignedBuffer::AlignedBuffer(std::size_t floats, Pages pages) : size_(floats) {
    const auto bytes = floats * sizeof(float);
    if (bytes == 0) return;
    const bool isHuge = pages == Pages::Huge && bytes >= kHugePage / 2;
    mapped_ = roundedUp(bytes, isHuge ? kHugePage : kPage);
    auto* memory = isHuge ? mapHugePages(mapped_) : mapPages(mapped_);
    if (pages == Pages::Small) ::madvise(memory, mapped_, MADV_NOHUGEPAGE);
    data_ = reinterpret_cast<float*>(memory);
}

AlignedBuffer::~AlignedBuffer() {
    if (data_) ::munmap(data_, mapped_);
}

AlignedBuffer::AlignedBuffer(AlignedBuffer&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)),
      mapped_(std::exchange(other.mapped_, 0)) {}

AlignedBuffer& AlignedBuffer::operator=(AlignedBuffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(mapped_, other.mapped_);
    return *this;
}

} // namespace continuo::inference
