#include "engine/project/score_codec.h"

#include "engine/project/score_check.h"
#include "engine/project/score_fields.h"

namespace continuo::project {
namespace {

template <typename T>
base::Bytes encode(const T& value) {
    BinaryWriter writer;
    writer(kScoreFormat, value);
    std::apply(writer, fieldsSince2(value));
    return writer.take();
}

template <typename T>
base::Result<T> decode(base::ByteSpan bytes, const char* what) {
    using base::ErrorCode;
    BinaryReader reader(bytes);
    std::uint32_t format = 0;
    T value;
    reader(format);
    if (!reader.failed() && format > kScoreFormat)
        return base::failure(ErrorCode::Unsupported,
                             std::string(what) + " was written by a newer version of Continuo.");
    reader(value);
    if (format >= 2) std::apply(reader, fieldsSince2(value));
    if (!reader.isComplete() || format == 0)
        return base::failure(ErrorCode::FileMalformed, std::string(what) + " is damaged.");
    return value;
}

} // namespace

base::Bytes encodeScore(const score::Score& score) { return encode(score); }

base::Result<score::Score> decodeScore(base::ByteSpan bytes) {
    auto score = decode<score::Score>(bytes, "The score");
    if (!score) return score;
    if (const auto sound = checkScore(*score); !sound) return base::failure(sound.error());
    return score;
}

base::Bytes encodeEdit(const score::ScoreEdit& edit) { return encode(edit); }

base::Result<score::ScoreEdit> decodeEdit(base::ByteSpan bytes) { return decode<score::ScoreEdit>(bytes, "An edit"); }

} // namespace continuo::project
