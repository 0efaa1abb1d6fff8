// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "code/breakpoints.h"
#include "code/face_text.h"
#include "code/thread_places.h"
#include "hardware/synchronisation.h"
#include "program/builtin.h"

#include <QWidget>
#include <memory>
#include <optional>

class QAction;
class QMenu;
class QStackedWidget;
class QTabBar;

namespace interleave {

class BreakpointSearch;
class CodeFoot;
class MachineHistory;
class Playback;
class ProgramDocument;
class ProgramFiles;
class Selection;
class SourceView;

// The program as Python, C++ and assembly, with the line that each thread stands at; an editor for the assembly of the
// document, and breakpoints. The playback stops at those.
class CodeView : public QWidget {
    Q_OBJECT

public:
    CodeView(Playback& playback, Selection& selection, ProgramDocument& document, QWidget* parent = nullptr);
    ~CodeView() override;

    // Shows the program that a run of the hardware corresponds to, to be read only, until a document is shown again.
    void showHardware(Synchronisation synchronisation);
    // Likewise a program that comes with Interleave, beside whatever the document is.
    void showBuiltIn(BuiltIn id);
    // Shows the document. So does a run of the machine of any program but the one that is shown, and another program in
    // the document.
    void showDocument();
    // A program is shown that is not the document's.
    [[nodiscard]] bool isReading() const { return m_reading != nullptr; }

    // The face that is shown; the one asked for, or assembly where the program lacks it.
    [[nodiscard]] ProgramFace face() const;
    void setFace(ProgramFace face);
    [[nodiscard]] bool hasFace(ProgramFace face) const;

    [[nodiscard]] ProgramFiles& files() { return *m_files; }
    [[nodiscard]] QAction* toggleBreakpointAction() const { return m_toggle; }
    [[nodiscard]] QAction* runToBreakpointAction() const { return m_runTo; }
    [[nodiscard]] QAction* clearBreakpointsAction() const { return m_clear; }
    void fillBreakpointMenu(QMenu* menu) const;

    // Of the instructions of the program that is shown; none while it has an error.
    [[nodiscard]] std::vector<std::int64_t> breakpoints() const;
    [[nodiscard]] const Breakpoints& breakpointLines() const { return m_breakpoints; }
    // The history that is looked at is a run of the program as it is shown.
    [[nodiscard]] bool isCurrent() const { return m_current; }
    [[nodiscard]] SourceView& source() const;
    [[nodiscard]] QString message() const;

public slots:
    void toggleBreakpoint();
    void clearBreakpoints();
    // To the next step at a breakpoint; or stops looking for it.
    void runToBreakpoint();

signals:
    void breakpointsChanged();

protected:
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Reading;
    void createActions();
    void connectEverything();
    [[nodiscard]] std::shared_ptr<const MachineHistory> machine() const;
    [[nodiscard]] const BuiltInProgram* builtIn() const;
    [[nodiscard]] bool edits() const;
    void takeDocument();
    void takeEdit(int position, int removed, int added);
    void showFaces();
    void showSource();
    void compare();
    void showMarks();
    void showBreakpoints();
    void showError();
    void showMessage();
    void showName();
    void follow();
    void toggleAt(int row);
    void breakpointsMoved();
    void say(const QString& sentence);
    void takeLook();
    [[nodiscard]] ThreadPlaces places() const;
    [[nodiscard]] int rowOf(std::uint32_t assemblyLine) const;
    [[nodiscard]] std::optional<Step> barrier(Step from, Step to) const;

    Playback& m_playback;
    Selection& m_selection;
    ProgramDocument& m_document;
    ProgramFiles* m_files;
    BreakpointSearch* m_search;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    SourceView* m_reader;
    SourceView* m_editor;
    CodeFoot* m_foot;
    QAction* m_toggle = nullptr;
    QAction* m_runTo = nullptr;
    QAction* m_clear = nullptr;

    void read(const BuiltInProgram& program, std::optional<Synchronisation> synchronisation);
    [[nodiscard]] std::optional<RunNumbers> runNumbers() const;

    std::unique_ptr<Reading> m_reading; // null: the document is shown
    ProgramFace m_wanted = ProgramFace::Python;
    FaceText m_face; // what the reader shows
    std::optional<RunNumbers> m_numbers; // that stand in it
    Breakpoints m_breakpoints;
    QString m_said;
    int m_lines = 1; // of the editor, before the edit that is under way
    bool m_current = false;
    bool m_taking = false;
};

} // namespace interleave
