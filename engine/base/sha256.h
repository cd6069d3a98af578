#pragma once

#include "engine/base/files.h"

#include <memory>
#include <string>

namespace continuo::base {

/// SHA-256 (FIPS 180-4) of bytes fed piece by piece, by OpenSSL.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(ByteSpan bytes);
    /// 64 lowercase hexadecimal digits. The object is used up.
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string sha256(ByteSpan bytes);

} // namespace continuo::base
