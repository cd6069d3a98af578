#pragma once

#include "engine/base/files.h"
#include "engine/notation/xml_element.h"

namespace continuo::notation {

/// Who listens to an XML file being read.
class XmlListener {
public:
    enum class Want {
        Enter,   // its children are opened one by one
        Collect, // it comes whole to element()
        Skip,
    };

    virtual ~XmlListener() = default;
    /// A start tag, with its attributes. `depth` is 0 for the root; only children of entered elements are opened.
    virtual Want open(const XmlElement& tag, std::size_t depth) = 0;
    /// The end of an entered element.
    virtual base::Status close(std::string_view name, std::size_t depth) = 0;
    virtual base::Status element(const XmlElement& whole) = 0;
};

/// Reads XML in one pass with Expat. A document type may be named but not defined: internal subsets and entities are
/// refused, nothing outside the bytes is ever opened. Depth and size of what is collected are bounded. A refusal says
/// the line and ends in the byte; one that the listener gives gets them too.
base::Status readXml(base::ByteSpan bytes, XmlListener& listener);

} // namespace continuo::notation
