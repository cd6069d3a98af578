#include "engine/notation/musicxml_reader.h"

#include "engine/base/text.h"
#include "engine/notation/musicxml_archive.h"
#include "engine/notation/musicxml_part.h"
#include "engine/notation/notation_limits.h"
#include "engine/notation/piece_builder.h"
#include "engine/notation/xml_reader.h"

#include <map>
#include <memory>

namespace continuo::notation {
namespace {

using base::ErrorCode;

class ScoreListener : public XmlListener {
public:
    Want open(const XmlElement& tag, std::size_t depth) override {
        if (depth == 0) return openRoot(tag);
        const auto& name = tag.name;
        if (name == (timewise_ ? "measure" : "part") && depth == 1) return timewise_ ? openMeasure() : openPart(tag);
        if (name == (timewise_ ? "part" : "measure") && depth == 2) return timewise_ ? openPart(tag) : openMeasure();
        if (depth == 1 && name == "part-list") return Want::Enter;
        if (depth == 1 && (name == "work" || name == "movement-title")) return Want::Collect;
        if (depth == 2 && name == "score-part") return Want::Collect;
        return depth == 3 ? Want::Collect : Want::Skip;
    }

    base::Status close(std::string_view name, std::size_t depth) override {
        if (stopped_) return base::failure(*stopped_);
        if (depth == 2 && part_) return part_->endMeasure(); // a measure of a part, or a part of a measure
        if (depth == 1 && name == "measure") ++measure_;
        return {};
    }

    base::Status element(const XmlElement& whole) override {
        if (stopped_) return base::failure(*stopped_);
        if (whole.name == "score-part") return declare(whole);
        if (whole.name == "work") return setTitle(whole.childText("work-title"));
        if (whole.name == "movement-title") return setTitle(whole.text);
        return part_ ? part_->take(whole) : base::Status{};
    }

    base::Result<NotationRead> finish(const NotationOptions& options) {
        if (!isMusicXml_)
            return base::failure(ErrorCode::Unsupported, "the XML is no MusicXML score: its outermost element is '" +
                                                             base::shown(root_, 40) + "' (byte 0)");
        auto& piece = shared_.piece;
        for (const auto& id : partIds_) piece.parts.push_back(parts_.at(id)->finish());
        if (piece.parts.empty())
            return base::failure(ErrorCode::FileMalformed, "the MusicXML score has no part (byte 0)");
        for (auto& measure : piece.measures)
            if (measure.length == Fraction(0)) measure.length = measure.nominal();
        auto read = buildPiece(piece, options, shared_.left);
        if (!read) return base::failure(read.error());
        shared_.left.addTo(read->report);
        return NotationRead{"musicxml", piece.title, 0, std::move(*read)};
    }

private:
    Want openRoot(const XmlElement& tag) {
        root_ = tag.name;
        timewise_ = root_ == "score-timewise";
        isMusicXml_ = timewise_ || root_ == "score-partwise";
        return isMusicXml_ ? Want::Enter : Want::Skip;
    }

    Want openPart(const XmlElement& tag) {
        const std::string id(tag.attribute("id"));
        if (!parts_.contains(id)) {
            shared_.left.repair(tag.offset, "parts are missing in the part list; a piano plays them");
            add(unknownPart(id));
        }
        if (stopped_) return Want::Skip;
        part_ = parts_.at(id).get();
        if (timewise_)
            part_->beginMeasure(measure_);
        else
            measure_ = 0;
        return Want::Enter;
    }

    Want openMeasure() {
        if (measure_ >= kLimits.measures)
            stopped_ = base::Error{ErrorCode::Unsupported, "the piece has more than 32,768 measures"};
        if (stopped_) return Want::Enter; // close() says why
        if (!timewise_ && part_) part_->beginMeasure(measure_++);
        return Want::Enter;
    }

    base::Status declare(const XmlElement& scorePart) {
        auto declaration = readScorePart(scorePart, shared_.left);
        instruments_ += declaration.instruments.size();
        if (instruments_ > kLimits.instruments)
            return base::failure(ErrorCode::Unsupported, "the piece has more than 512 instruments");
        if (!parts_.contains(declaration.id)) add(std::move(declaration));
        return stopped_ ? base::failure(*stopped_) : base::Status{};
    }

    void add(PartDeclaration declaration) {
        if (parts_.size() >= kLimits.parts) {
            stopped_ = base::Error{ErrorCode::Unsupported, "the piece has more than 256 parts"};
            return;
        }
        const auto id = declaration.id;
        partIds_.push_back(id);
        parts_[id] = std::make_unique<MusicXmlPart>(std::move(declaration), shared_);
    }

    base::Status setTitle(std::string_view title) {
        if (shared_.piece.title.empty()) shared_.piece.title = title.substr(0, 200);
        return {};
    }

    MusicXmlShared shared_;
    std::map<std::string, std::unique_ptr<MusicXmlPart>, std::less<>> parts_;
    std::vector<std::string> partIds_; // in the order of the list
    MusicXmlPart* part_ = nullptr;     // the one that is fed
    std::uint32_t measure_ = 0;
    std::size_t instruments_ = 0;
    std::string root_;
    bool timewise_ = false;
    bool isMusicXml_ = false;
    std::optional<base::Error> stopped_;
};

} // namespace

bool looksLikeXml(base::ByteSpan bytes) {
    auto text = base::textOf(bytes.first(std::min<std::size_t>(bytes.size(), 64)));
    if (text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE")) return true; // UTF-16
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return base::trimmed(text).starts_with('<');
}

base::Result<NotationRead> readMusicXml(base::ByteSpan bytes, const NotationOptions& options) {
    base::Bytes unpacked;
    if (isZip(bytes)) {
        auto inner = unpackMusicXml(bytes);
        if (!inner) return base::failure(inner.error());
        unpacked = std::move(*inner);
        bytes = unpacked;
    }
    ScoreListener listener;
    if (const auto read = readXml(bytes, listener); !read) return base::failure(read.error());
    return listener.finish(options);
}

} // namespace continuo::notation
