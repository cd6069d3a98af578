#pragma once

#include <cstddef>

namespace continuo::inference {

enum class Pages { Huge, Small };

/// Zeroed memory, counted in floats. A large one begins at a multiple of 2 MiB, on huge pages where the system grants
/// them: streaming weights from 4 KiB pages costs a quarter of the bandwidth. One that is small, or filled here and
/// there, begins a page. Pages are taken when first touched.
class AlignedBuffer {
public:
    AlignedBuffer() = default;
    explicit AlignedBuffer(std::size_t floats, Pages pages = Pages::Huge);
    ~AlignedBuffer();
    AlignedBuffer(AlignedBuffer&& other) noexcept;
    AlignedBuffer& operator=(AlignedBuffer&& other) noexcept;

    float* data() { return data_; }
    const float* data() const { return data_; }
    std::size_t size() const { return size_; }
    std::byte* bytes() { return reinterpret_cast<std::byte*>(data_); }
    const std::byte* bytes() const { return reinterpret_cast<const std::byte*>(data_); }

private:
    float* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t mapped_ = 0; // bytes
};

} // namespace continuo::inference
