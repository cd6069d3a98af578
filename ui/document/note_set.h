#pragma once

#include "engine/score/ids.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

namespace continuo::ui {

/// A set of note ids that grows and shrinks: one bit an id in pages of 4096, since a mint gives ids one after the
/// other. A million notes are selected, compared and asked for in a few milliseconds. Walks in the order of ids.
class NoteSet {
    static constexpr std::uint64_t kPageBits = 4096;
    static constexpr std::uint64_t kListedPages = 65'536; // a quarter of a milliard ids
    struct Page {
        std::array<std::uint64_t, kPageBits / 64> words{};
        std::uint32_t count = 0;
        friend bool operator==(const Page&, const Page&) = default;
    };
    using Pages = std::map<std::uint64_t, Page>;

public:
    NoteSet() = default;
    NoteSet(const NoteSet& other) : pages_(other.pages_), size_(other.size_) { listAll(); }
    NoteSet(NoteSet&& other) noexcept { swap(other); }
    NoteSet& operator=(NoteSet other) noexcept {
        swap(other);
        return *this;
    }
    ~NoteSet() = default;
    void swap(NoteSet& other) noexcept {
        pages_.swap(other.pages_);
        std::swap(size_, other.size_);
        directory_.swap(other.directory_);
    }
    explicit NoteSet(const std::vector<score::NoteId>& notes) {
        for (const auto note : notes) insert(note);
    }

    bool contains(score::NoteId note) const {
        const auto* page = pageOf(static_cast<std::uint64_t>(note) / kPageBits);
        return page && (wordOf(*page, note) & bitOf(note)) != 0;
    }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    /// Whether it holds any id of first..last; may say so of one that lies just beside them.
    bool mayHold(score::NoteId first, score::NoteId last) const;

    /// Whether it was not there (was there) before.
    bool insert(score::NoteId note);
    bool erase(score::NoteId note);
    void clear();

    class Iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = score::NoteId;
        using difference_type = std::ptrdiff_t;
        using pointer = const score::NoteId*;
        using reference = score::NoteId;

        Iterator() = default;
        score::NoteId operator*() const {
            return score::NoteId{at_->first * kPageBits + word_ * 64 +
                                 static_cast<std::uint64_t>(std::countr_zero(rest_))};
        }
        Iterator& operator++() {
            rest_ &= rest_ - 1;
            settle();
            return *this;
        }
        Iterator operator++(int) {
            auto before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const Iterator& a, const Iterator& b) {
            return a.at_ == b.at_ && a.word_ == b.word_ && a.rest_ == b.rest_;
        }

    private:
        friend class NoteSet;
        Iterator(Pages::const_iterator at, Pages::const_iterator end) : at_(at), end_(end) {
            if (at_ == end_) return;
            rest_ = at_->second.words[0];
            settle();
        }
        /// On to the next word that holds a bit.
        void settle() {
            while (rest_ == 0 && at_ != end_) {
                if (++word_ == kPageBits / 64) {
                    word_ = 0;
                    if (++at_ == end_) return;
                }
                rest_ = at_->second.words[word_];
            }
        }

        Pages::const_iterator at_, end_;
        std::uint64_t word_ = 0;
        std::uint64_t rest_ = 0;
    };
    Iterator begin() const { return {pages_.begin(), pages_.end()}; }
    Iterator end() const { return {pages_.end(), pages_.end()}; }
    std::vector<score::NoteId> toVector() const { return {begin(), end()}; }

    friend bool operator==(const NoteSet& a, const NoteSet& b) { return a.size_ == b.size_ && a.pages_ == b.pages_; }

private:
    static std::uint64_t bitOf(score::NoteId note) {
        return std::uint64_t{1} << (static_cast<std::uint64_t>(note) % 64);
    }
    static std::uint64_t wordOf(const Page& page, score::NoteId note) {
        return page.words[static_cast<std::uint64_t>(note) % kPageBits / 64];
    }
    const Page* pageOf(std::uint64_t number) const {
        if (number < directory_.size()) return directory_[number];
        if (number < kListedPages) return nullptr;
        const auto found = pages_.find(number);
        return found == pages_.end() ? nullptr : &found->second;
    }
    void list(std::uint64_t number, Page* page);
    void listAll();

    Pages pages_; // none of them empty
    std::size_t size_ = 0;
    std::vector<Page*> directory_; // of the pages below kListedPages, by number: asking costs two looks
};

} // namespace continuo::ui
