#pragma once

#include <QList>
#include <QSplitter>

namespace continuo::ui {

/// One arrangement of panels: a left dock, a centre, a right dock where there is one. Docks start at the widths of the
/// tokens (268 and 316; 212 and 258 in small windows) and keep what the user drags them to.
class Workspace : public QSplitter {
    Q_OBJECT

public:
    explicit Workspace(const QString& name, QWidget* parent = nullptr);

    void setPanels(QWidget* left, QWidget* centre, QWidget* right);
    /// `remembered`: sizes of an earlier session, or empty.
    void applyWidths(bool small, const QList<int>& remembered);
    /// The user moved a splitter since the last applyWidths.
    bool isArranged() const { return arranged_; }

private:
    bool arranged_ = false;
};

/// Two panels above each other, with the same gap between them.
QSplitter* stackedPanels(QWidget* upper, QWidget* lower, int upperShare, int lowerShare);

} // namespace continuo::ui
