#include "engine/notation/musicxml_archive.h"

#include "engine/base/text.h"
#include "engine/notation/notation_limits.h"
#include "engine/notation/xml_reader.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <memory>

namespace continuo::notation {
namespace {

using base::Bytes;
using base::ByteSpan;
using base::ErrorCode;

constexpr std::string_view kContainer = "META-INF/container.xml";

tl::unexpected<base::Error> refused(const std::string& why) {
    return base::failure(ErrorCode::FileMalformed, "the compressed MusicXML file is refused: " + why + " (byte 0)");
}

/// A relative path of plain names.
bool isPlainName(std::string_view name) {
    if (name.empty() || name.size() > kLimits.archivedName || name.front() == '/' ||
        name.find('\\') != std::string_view::npos || name.find('\0') != std::string_view::npos)
        return false;
    const auto parts = base::split(name, '/');
    return parts.size() <= kLimits.archivedDepth && std::ranges::none_of(parts, [](std::string_view part) {
               return part.empty() || part == "." || part == "..";
           });
}

class Archive {
public:
    explicit Archive(ByteSpan bytes) : size_(bytes.size()), archive_(archive_read_new(), archive_read_free) {
        archive_read_support_format_zip_seekable(archive_.get());
        open_ = archive_read_open_memory(archive_.get(), bytes.data(), bytes.size()) == ARCHIVE_OK;
    }

    base::Result<Bytes> entry(std::string_view wanted) {
        if (!open_) return refused("its ZIP directory cannot be read");
        archive_entry* header = nullptr;
        for (std::size_t count = 0; nextHeader(header); ++count) {
            if (count == kLimits.archiveEntries) return refused("it holds more than 1,024 files");
            if (!isNamed(header, wanted)) continue;
            if (archive_entry_filetype(header) != AE_IFREG || archive_entry_is_encrypted(header))
                return refused("'" + base::shown(wanted, 80) + "' in it is no plain file");
            return content(wanted);
        }
        return refused("it holds no file '" + base::shown(wanted, 80) + "'");
    }

private:
    /// A name that the locale cannot spell is a warning only.
    bool nextHeader(archive_entry*& header) {
        const auto status = archive_read_next_header(archive_.get(), &header);
        return status == ARCHIVE_OK || status == ARCHIVE_WARN;
    }

    static bool isNamed(archive_entry* header, std::string_view wanted) {
        const auto* unicode = archive_entry_pathname_utf8(header);
        const auto* raw = archive_entry_pathname(header);
        return (unicode && unicode == wanted) || (raw && raw == wanted);
    }

    base::Result<Bytes> content(std::string_view name) {
        const auto limit =
            std::min(kLimits.unpackedBytes, std::max<std::uint64_t>(size_ * kLimits.packedRatio, 64 << 10));
        Bytes bytes;
        std::array<std::byte, 64 << 10> buffer;
        while (true) {
            const auto got = archive_read_data(archive_.get(), buffer.data(), buffer.size());
            if (got == 0) return bytes;
            if (got < 0) return refused("'" + base::shown(name, 80) + "' in it is damaged");
            if (bytes.size() + static_cast<std::uint64_t>(got) > limit)
                return refused("it unpacks to far more than it holds");
            bytes.insert(bytes.end(), buffer.begin(), buffer.begin() + got);
        }
    }

    std::uint64_t size_;
    std::unique_ptr<archive, int (*)(archive*)> archive_;
    bool open_ = false;
};

/// Finds the first root file of a container description.
class ContainerListener : public XmlListener {
public:
    Want open(const XmlElement& tag, std::size_t depth) override {
        if (depth == 0) return tag.name == "container" ? Want::Enter : Want::Skip;
        if (tag.name == "rootfiles") return Want::Enter;
        if (tag.name == "rootfile" && path_.empty()) path_ = tag.attribute("full-path");
        return Want::Skip;
    }
    base::Status close(std::string_view, std::size_t) override { return {}; }
    base::Status element(const XmlElement&) override { return {}; }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

} // namespace

bool isZip(ByteSpan bytes) { return base::textOf(bytes).starts_with("PK\x03\x04"); }

base::Result<Bytes> unpackMusicXml(ByteSpan archive) {
    const auto container = Archive(archive).entry(kContainer);
    if (!container) return base::failure(container.error());
    ContainerListener listener;
    if (const auto read = readXml(*container, listener); !read) return base::failure(read.error().in(kContainer));
    if (listener.path().empty()) return refused("its container names no score");
    if (!isPlainName(listener.path())) return refused("its container names a score outside of it");
    return Archive(archive).entry(listener.path());
}

} // namespace continuo::notation
