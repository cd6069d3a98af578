#include "engine/notation/xml_reader.h"

#include "engine/base/text.h"
#include "engine/notation/notation_limits.h"

#include <algorithm>
#include <expat.h>
#include <memory>
#include <optional>

namespace continuo::notation {
namespace {

using base::ErrorCode;
using Want = XmlListener::Want;

constexpr std::size_t kSlice = 256 << 10; // bytes handed to Expat at a time

class Reading {
public:
    explicit Reading(XmlListener& listener) : listener_(listener), parser_(XML_ParserCreate(nullptr), XML_ParserFree) {
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), onStart, onEnd);
        XML_SetCharacterDataHandler(parser_.get(), onText);
        XML_SetStartDoctypeDeclHandler(parser_.get(), onDoctype);
        XML_SetEntityDeclHandler(parser_.get(), onEntity);
    }

    base::Status run(base::ByteSpan bytes) {
        for (std::size_t at = 0; at <= bytes.size() && !refusal_; at += kSlice) {
            const auto slice = base::textOf(bytes.subspan(at, std::min(kSlice, bytes.size() - at)));
            const bool isLast = at + kSlice > bytes.size();
            if (XML_Parse(parser_.get(), slice.data(), static_cast<int>(slice.size()), isLast) == XML_STATUS_OK)
                continue;
            if (!refusal_) refuse(ErrorCode::FileMalformed, sentenceOf(XML_GetErrorCode(parser_.get())));
        }
        if (refusal_) return base::failure(*refusal_);
        return {};
    }

private:
    // ---- Expat's callbacks; C code calls them, nothing may be thrown through it

    static Reading& self(void* user) { return *static_cast<Reading*>(user); }
    static void onStart(void* user, const XML_Char* name, const XML_Char** attributes) {
        self(user).start(name, attributes);
    }
    static void onEnd(void* user, const XML_Char* name) { self(user).end(name); }
    static void onText(void* user, const XML_Char* text, int size) {
        self(user).addText({text, static_cast<std::size_t>(size)});
    }
    static void onDoctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int hasInternalSubset) {
        if (hasInternalSubset)
            self(user).refuse(ErrorCode::Unsupported,
                              "the file defines a document type of its own, which is never needed and can do harm");
    }
    static void onEntity(void* user, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*,
                         const XML_Char*, const XML_Char*) {
        self(user).refuse(ErrorCode::Unsupported, "the file defines entities, which are never needed and can do harm");
    }

    // ---- elements

    void start(const XML_Char* name, const XML_Char** attributes) {
        if (refusal_) return;
        if (++depth_ > kLimits.xmlDepth) return refuse(ErrorCode::Unsupported, "elements are nested too deeply");
        if (skipped_ > 0) return void(++skipped_);
        auto element = elementOf(name, attributes);
        if (!collecting_.empty()) return collect(std::move(element));
        switch (listener_.open(element, depth_ - 1)) {
        case Want::Enter:
            return;
        case Want::Skip:
            skipped_ = 1;
            return;
        case Want::Collect:
            unitElements_ = unitText_ = 0;
            collect(std::move(element));
        }
    }

    void end(std::string_view name) {
        if (refusal_) return;
        --depth_;
        if (skipped_ > 0) return void(--skipped_);
        if (collecting_.empty()) return check(listener_.close(name, depth_));
        auto element = std::move(collecting_.back());
        collecting_.pop_back();
        element.text = std::string(base::trimmed(element.text));
        if (collecting_.empty())
            check(listener_.element(element));
        else
            collecting_.back().children.push_back(std::move(element));
    }

    void addText(std::string_view text) {
        if (refusal_ || skipped_ > 0 || collecting_.empty()) return;
        unitText_ += text.size();
        if (unitText_ > kLimits.xmlTextBytes) return refuse(ErrorCode::Unsupported, "an element holds too much text");
        collecting_.back().text += text;
    }

    void collect(XmlElement element) {
        if (++unitElements_ > kLimits.xmlElementsAUnit)
            return refuse(ErrorCode::Unsupported,
                          "'" + base::shown(element.name, 40) + "' is inside an element that holds too much");
        collecting_.push_back(std::move(element));
    }

    XmlElement elementOf(const XML_Char* name, const XML_Char** attributes) const {
        XmlElement element;
        element.name = name;
        element.offset = offset();
        for (; attributes[0] != nullptr; attributes += 2) element.attributes.emplace_back(attributes[0], attributes[1]);
        return element;
    }

    // ---- refusals

    std::uint64_t offset() const {
        return static_cast<std::uint64_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser_.get())));
    }

    static std::string sentenceOf(XML_Error error) {
        if (error == XML_ERROR_NO_ELEMENTS) return "the XML ends too early";
        if (error == XML_ERROR_UNKNOWN_ENCODING) return "the XML is in an encoding that is not read; save it as UTF-8";
        const auto* text = XML_ErrorString(error);
        return std::string("the XML is damaged: ") + (text ? text : "unknown fault");
    }

    void check(const base::Status& status) {
        if (!status) refuse(status.error().code, status.error().message);
    }

    void refuse(ErrorCode code, const std::string& why) {
        if (refusal_) return;
        const auto line = XML_GetCurrentLineNumber(parser_.get());
        refusal_ =
            base::Error{code, "line " + std::to_string(line) + ": " + why + " (byte " + std::to_string(offset()) + ")"};
        XML_StopParser(parser_.get(), XML_FALSE);
    }

    XmlListener& listener_;
    std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser_;
    std::vector<XmlElement> collecting_; // open elements of the unit
    std::size_t unitElements_ = 0;
    std::size_t unitText_ = 0;
    std::size_t depth_ = 0;
    std::size_t skipped_ = 0; // open elements of a skipped one
    std::optional<base::Error> refusal_;
};

} // namespace

base::Status readXml(base::ByteSpan bytes, XmlListener& listener) {
    if (bytes.size() > kLimits.unpackedBytes)
        return base::failure(ErrorCode::Unsupported,
                             "the XML is larger than 64 MiB (byte " + std::to_string(kLimits.unpackedBytes) + ")");
    return Reading(listener).run(bytes);
}

} // namespace continuo::notation
