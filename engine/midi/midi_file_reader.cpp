#include "engine/midi/midi_file_reader.h"

#include "engine/base/text.h"
#include "engine/midi/importer.h"

namespace continuo::midi {

base::Result<ReadScore> read(std::shared_ptr<const base::Bytes> bytes) {
    return importBytes(std::move(bytes), /*detailed=*/false).map([](DetailedRead&& read) {
        return std::move(read.result);
    });
}

base::Result<ReadScore> read(base::ByteSpan bytes) {
    return read(std::make_shared<const base::Bytes>(bytes.begin(), bytes.end()));
}

base::Result<ReadScore> readFile(const std::filesystem::path& path) {
    auto bytes = base::readFile(path, kLimits.fileBytes);
    if (!bytes) return base::failure(bytes.error());
    auto result = read(std::make_shared<const base::Bytes>(std::move(*bytes)));
    if (!result) return base::failure(result.error().in("'" + base::shown(path.native()) + "'"));
    return result;
}

} // namespace continuo::midi
