#include "engine/base/sha256.h"

#include <array>
#include <openssl/evp.h>

namespace continuo::base {

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
};

Sha256::Sha256() : state_(std::make_unique<State>()) { EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr); }
Sha256::~Sha256() { EVP_MD_CTX_free(state_->context); }

void Sha256::add(ByteSpan bytes) { EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()); }

std::string Sha256::hex() {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(state_->context, digest.data(), nullptr);
    std::string text;
    for (const auto byte : digest) text += {kHex[byte >> 4], kHex[byte & 15]};
    return text;
}

std::string sha256(ByteSpan bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

} // namespace continuo::base
