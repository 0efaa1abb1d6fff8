// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/export_actions.h"
#include "playback/selection.h"
#include "timeline/timeline_builder.h"
#include "timeline/timeline_marks.h"
#include "timeline/timeline_scene.h"

#include <QPixmap>
#include <QWidget>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

class QScrollBar;

namespace interleave {

class Playback;

// The strip that shows the whole run: threads, cores or locks against time. It follows the playback and moves it.
class TimelineView : public QWidget {
    Q_OBJECT

public:
    TimelineView(Playback& playback, Selection& selection, QWidget* parent = nullptr);
    ~TimelineView() override;

    // Of the history that is set; none until it has been built.
    [[nodiscard]] const std::shared_ptr<const TimelineIndex>& index() const { return m_index; }
    [[nodiscard]] TimelineBuilder& builder() { return m_builder; }

    // What is seen.
    [[nodiscard]] const VisibleTime& visible() const { return m_visible; }
    void showTimes(double begin, double end);
    [[nodiscard]] const TimelineLayout& layoutOfTracks() const { return m_layout; }
    [[nodiscard]] double playheadTime() const { return m_playhead; }
    // Of the axis: the end of the run, unless that is to be later for another run above or below.
    [[nodiscard]] double whole() const;
    void setAxisEnd(double end);

    // Tracks, named by their place from the top; none without an index.
    [[nodiscard]] int trackCount() const { return m_index ? static_cast<int>(order().size()) : 0; }
    [[nodiscard]] TrackName trackAt(int place) const { return order()[static_cast<std::size_t>(place)]; }
    [[nodiscard]] TrackName::Kind tracksShown() const { return m_kind; }
    [[nodiscard]] int currentTrack() const; // -1: none
    void setCurrentTrack(int place);
    [[nodiscard]] std::size_t pinned() const { return m_pinned[static_cast<std::size_t>(m_kind)]; }
    void moveTrack(int from, int to);
    [[nodiscard]] QRect trackRect(int place) const;
    [[nodiscard]] QString trackDescription(int place) const;

    // Locks, by what each is called. One of them may be lit: what the mouse is over, else what was chosen by keys or by
    // its row.
    [[nodiscard]] const QStringList& locks() const { return m_locks; }
    [[nodiscard]] std::optional<LockIndex> litLock() const { return m_lockUnderMouse ? m_lockUnderMouse : m_lock; }
    void chooseLock(std::optional<LockIndex> lock);
    // Who holds the lock that was chosen and who waits for it, where the playhead is.
    [[nodiscard]] QString chosenLockText() const;

    // The marks of a track in what is seen, the first `mostMarks` of them at most.
    static constexpr std::size_t mostMarks = 1000;
    [[nodiscard]] const TimelineMarks& marks(int place) const;
    [[nodiscard]] QString markText(int place, int mark) const;
    [[nodiscard]] QRect markRect(int place, int mark) const;
    // The playback moves there, and what is marked is selected.
    void goToMark(int place, int mark);
    // "12 marks are seen: 3 switches, 9 lost updates".
    [[nodiscard]] QString marksText(int place) const;
    // What a key went to last, in words that are a part of description(), and the mark of it, if it has one.
    struct MarkPlace {
        int place = 0;
        int mark = 0;

        friend bool operator==(const MarkPlace&, const MarkPlace&) = default;
    };
    [[nodiscard]] const QString& reached() const { return m_reached; }
    [[nodiscard]] const std::optional<MarkPlace>& reachedMark() const { return m_reachedMark; }

    // What painting has cost so far.
    [[nodiscard]] const TimelineWork& work() const { return m_work; }

    // The stretch that was measured; text() of it is on screen and in description().
    // It is the range of the selection.
    using Measured = TimeRange;
    [[nodiscard]] const std::optional<Measured>& measured() const { return m_selection.range(); }
    void setMeasured(std::optional<Measured> measured);
    [[nodiscard]] QString measuredText() const;
    [[nodiscard]] QString description() const;
    [[nodiscard]] QString tooltipAt(QPointF point) const;

    // Everything that keys do here, for menus and the sheet of keys. Their shortcuts work while the timeline has focus;
    // whoever holds the only one of a window, or the one that is meant, widens their context.
    [[nodiscard]] QList<QAction*> keyActions() const { return m_keyActions; }
    // As it is on screen.
    [[nodiscard]] Picture picture() const;
    [[nodiscard]] ExportActions& exportActions() { return *m_exportActions; }

    // For a timeline that is one of several: what its menu offers beside its own keys, and what is exported instead of
    // it alone; whether it has a minimap; and which entries of the legend are shown elsewhere.
    void setShared(const QList<QAction*>& actions, std::function<Picture()> picture);
    void setMinimapShown(bool shown);
    void setLegendWithout(const std::vector<LegendEntry>& elsewhere);
    // The entries of its legend that there is room for.
    [[nodiscard]] std::vector<LegendEntry> shownLegend() const;
    // Low, without whatever is not needed to see where in the run the playback is.
    void setStrip(bool strip);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

public slots:
    void fit();
    // To the measured stretch, the selected update, or what the selected thread is at; once there, all is shown.
    void focusSelection();
    void zoomBy(double factor);
    void panBy(double part); // of what is seen, to the right
    void nextEvent();
    void previousEvent();
    // Threads, then cores, then locks, as far as there are any.
    void flipTracks();
    // One lock after the other is lit, then none.
    void nextLock();
    void pinCurrent();
    // From the playhead; then to the playhead; then none.
    void measureAtPlayhead();

signals:
    void visibleChanged();
    void laidOut(); // of another size, or with other tracks

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    enum class Hand { None, Press, Pan, Measure, Minimap, Label };

    void createActions();
    void takeHistory();
    void takeIndex(const std::shared_ptr<const TimelineIndex>& index);
    void takeStep();
    void takeRange();
    void layOut();
    void setForm(TimelineForm form);
    void listLegend();
    void show(const VisibleTime& visible);
    void scrollTo(double scroll);
    void askForClose();
    void changed(); // something at rest looks different
    void select(int place);
    void toEvent(bool forward);
    void announceLost();
    void announce(const QString& what, int place, int mark);
    [[nodiscard]] std::pair<int, int> markAt(Time time) const;
    [[nodiscard]] int lostMarkOf(int place, Position update) const;
    [[nodiscard]] std::optional<LockIndex> lockAt(QPointF point) const;
    void setLockUnderMouse(std::optional<LockIndex> lock);
    void click(QPointF point);
    [[nodiscard]] std::optional<Update> lostUnder(int place, QPointF point) const;
    void moveMinimapTo(double x);
    void dragLabelTo(double y);
    [[nodiscard]] TimeUnit unit() const;
    [[nodiscard]] std::vector<TrackName>& order() { return m_orders[static_cast<std::size_t>(m_kind)]; }
    [[nodiscard]] const std::vector<TrackName>& order() const { return m_orders[static_cast<std::size_t>(m_kind)]; }
    [[nodiscard]] int placeOf(TrackName track) const;
    [[nodiscard]] TimelineScene sceneIn(const TimelineLayout& layout, const VisibleTime& visible) const;
    [[nodiscard]] double timeAt(double x) const;
    [[nodiscard]] QString emptyText() const;
    void paintMinimapTo(QPainter& painter, const QRectF& box) const;
    void paintMoving(QPainter& painter, const TimelineScene& scene) const;
    void paintMeasured(QPainter& painter, const TimelineScene& scene) const;
    void paintFates(QPainter& painter, const TimelineScene& scene) const;
    void paintLitLock(QPainter& painter, const TimelineScene& scene) const;
    void paintChosenLock(QPainter& painter, const TimelineScene& scene) const;

    Playback& m_playback;
    Selection& m_selection;
    TimelineBuilder m_builder;
    TimelineBuilder m_closeBuilder;
    QTimer m_closeTimer;
    std::shared_ptr<const TimelineIndex> m_index;
    std::shared_ptr<const TimelineIndex> m_close; // of a short stretch, update by update
    double m_progress = 0;

    TimelineLayout m_layout;
    VisibleTime m_visible;
    double m_axisEnd = 0;
    bool m_hasMinimap = true;
    TimelineForm m_form = TimelineForm::Whole;
    std::vector<LegendEntry> m_legend; // what occurs, and is not explained elsewhere
    std::vector<LegendEntry> m_legendElsewhere;
    bool m_fits = true; // all is seen, and shall be when the run or the size changes
    TrackName::Kind m_kind = TrackName::Kind::Thread;
    std::vector<TrackName> m_orders[3];
    std::size_t m_pinned[3] = {0, 0, 0};
    std::optional<CoreIndex> m_core; // the current track where cores are shown
    QStringList m_locks;
    std::optional<LockIndex> m_lock; // chosen; the current track where locks are shown
    std::optional<LockIndex> m_lockUnderMouse;
    mutable std::map<int, TimelineMarks> m_marks; // of what is seen, by place, as they were asked for
    QString m_reached;
    std::optional<MarkPlace> m_reachedMark; // until the marks are others
    double m_playhead = 0;
    struct Jump { // where nextEvent() was last, which the step there need not meet to the unit
        Step step = 0;
        Time time = 0;
    };
    std::optional<Jump> m_jump;
    std::optional<double> m_measuresFrom; // by keys

    Hand m_hand = Hand::None;
    QPointF m_pressedAt;
    VisibleTime m_pressedVisible;
    double m_pressedScroll = 0;
    int m_draggedTrack = -1;
    bool m_dragged = false;
    std::optional<QPointF> m_hover;

    QPixmap m_layer;
    bool m_layerValid = false;
    mutable QPixmap m_lit;                    // over the layer
    mutable std::optional<LockIndex> m_litIs; // in m_lit; none: to be painted
    QPixmap m_minimap;                        // null: to be painted
    mutable TimelineWork m_work;
    QScrollBar* m_scrollBar;
    QList<QAction*> m_keyActions;
    QList<QAction*> m_sharedActions;
    std::function<Picture()> m_sharedPicture;
    std::unique_ptr<ExportActions> m_exportActions;
};

} // namespace interleave
