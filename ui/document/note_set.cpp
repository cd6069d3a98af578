#include "ui/document/note_set.h"

namespace continuo::ui {

bool NoteSet::mayHold(score::NoteId first, score::NoteId last) const {
    const auto page = pages_.lower_bound(static_cast<std::uint64_t>(first) / kPageBits);
    if (page == pages_.end() || page->first > static_cast<std::uint64_t>(last) / kPageBits) return false;
    const auto from = static_cast<std::uint64_t>(first), to = static_cast<std::uint64_t>(last);
    if (from / kPageBits != to / kPageBits) return true;
    for (auto word = from % kPageBits / 64; word <= to % kPageBits / 64; ++word)
        if (page->second.words[word] != 0) return true;
    return false;
}

void NoteSet::list(std::uint64_t number, Page* page) {
    if (number >= kListedPages) return;
    if (number >= directory_.size()) directory_.resize(number + 1);
    directory_[number] = page;
}

void NoteSet::listAll() {
    directory_.clear();
    for (auto& [number, page] : pages_) list(number, &page);
}

bool NoteSet::insert(score::NoteId note) {
    const auto number = static_cast<std::uint64_t>(note) / kPageBits;
    auto* page = number < directory_.size() ? directory_[number] : nullptr;
    if (!page) {
        page = &pages_[number];
        list(number, page);
    }
    auto& word = page->words[static_cast<std::uint64_t>(note) % kPageBits / 64];
    if ((word & bitOf(note)) != 0) return false;
    word |= bitOf(note);
    ++page->count;
    ++size_;
    return true;
}

bool NoteSet::erase(score::NoteId note) {
    if (!contains(note)) return false;
    const auto page = pages_.find(static_cast<std::uint64_t>(note) / kPageBits);
    page->second.words[static_cast<std::uint64_t>(note) % kPageBits / 64] &= ~bitOf(note);
    --size_;
    if (--page->second.count == 0) {
        list(page->first, nullptr);
        pages_.erase(page);
    }
    return true;
}

void NoteSet::clear() {
    pages_.clear();
    directory_.clear();
    size_ = 0;
}

} // namespace continuo::ui
