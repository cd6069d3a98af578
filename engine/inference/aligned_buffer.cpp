#include "engine/inference/aligned_buffer.h"

#include <cstdint>
#include <new>
#include <sys/mman.h>
#include <utility>

namespace continuo::inference {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kHugePage = std::size_t{2} << 20;

bool isLarge(std::size_t floats) { return floats * sizeof(float) >= kHugePage / 2; }

std::size_t mappedBytes(std::size_t floats) {
    const auto unit = isLarge(floats) ? kHugePage : kPage;
    return (floats * sizeof(float) + unit - 1) / unit * unit;
}

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

AlignedBuffer::AlignedBuffer(std::size_t floats) : size_(floats) {
    if (floats == 0) return;
    const auto bytes = mappedBytes(floats);
    data_ = reinterpret_cast<float*>(isLarge(floats) ? mapHugePages(bytes) : mapPages(bytes));
}

AlignedBuffer::~AlignedBuffer() {
    if (data_) ::munmap(data_, mappedBytes(size_));
}

AlignedBuffer::AlignedBuffer(AlignedBuffer&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

AlignedBuffer& AlignedBuffer::operator=(AlignedBuffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

} // namespace continuo::inference
