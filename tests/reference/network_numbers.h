#pragma once

#include "engine/network/network_options.h"
#include "engine/network/safetensors.h"

#include <QString>
#include <QStringList>
#include <filesystem>
#include <string>
#include <vector>

/// The numbers of network_numbers.py.
namespace continuo::reference {

/// One file: a net of x-transformers, what it was given and what it answered.
struct NetworkNumbers {
    network::NetworkOptions options;
    bool isMidiLm = true; // x-transformers 1.26.0; else 0.25.9, of official MMT
    network::SafetensorsFile file;

    std::span<const float> values(const std::string& name) const { return file.find(name)->values; }
};

inline std::vector<std::string> networkCases() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(CONTINUO_SOURCE_DIR "/tests/reference/network"))
        names.push_back(entry.path().stem());
    return names;
}

inline NetworkNumbers networkNumbers(const std::string& name) {
    const auto path = CONTINUO_SOURCE_DIR "/tests/reference/network/" + name + ".safetensors";
    NetworkNumbers numbers{.options = {}, .file = network::SafetensorsFile::open(path).value()};
    const auto text = [&](const char* key) { return QString::fromStdString(numbers.file.metadata().at(key)); };
    numbers.isMidiLm = text("x-transformers") == "1.26.0";
    auto& options = numbers.options;
    options.name = name;
    options.family = text("family") == "mmt"            ? network::Family::Mmt
                     : text("family") == "multi-stream" ? network::Family::MultiStream
                                                        : network::Family::Structured;
    for (const auto& stream : text("streams").split(' ')) {
        const auto parts = stream.split(':');
        options.streams.push_back({parts[0].toStdString(), parts[1].toLongLong()});
    }
    options.width = text("width").toLongLong();
    options.layers = text("layers").toLongLong();
    options.heads = text("heads").toLongLong();
    options.maxLength = text("max_length").toLongLong();
    options.positions = network::positionsNamed(text("positions").toStdString()).value();
    options.normAfterEmbedding = text("norm_after_embedding") == "true";
    options.embeddingWidth = text("embedding_width").toLongLong();
    options.normInStack = numbers.isMidiLm;
    options.attentionBias = !numbers.isMidiLm;
    return numbers;
}

} // namespace continuo::reference
