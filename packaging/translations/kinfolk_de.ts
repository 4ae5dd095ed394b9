<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>about</name>
        <message>
            <source>About Kinfolk</source>
            <translation>Über Kinfolk</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Copied. There is no name and no path in it.</source>
            <translation>Kopiert. Darin steht kein Name und kein Pfad.</translation>
        </message>
        <message>
            <source>Copy details for a bug report</source>
            <translation>Angaben für einen Fehlerbericht kopieren</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Details</translation>
        </message>
        <message>
            <source>Free software under the MIT licence.</source>
            <translation>Freie Software unter der MIT-Lizenz.</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Lizenzen</translation>
        </message>
        <message>
            <source>One moment.</source>
            <translation>Einen Moment.</translation>
        </message>
        <message>
            <source>Other software</source>
            <translation>Andere Software</translation>
        </message>
        <message>
            <source>Shows you your photos by person. Everything happens on this computer: nothing is sent anywhere, and your photos are never changed.</source>
            <translation>Zeigt Ihnen Ihre Fotos nach Personen. Alles geschieht auf diesem Computer: Nichts wird gesendet, und Ihre Fotos werden nie verändert.</translation>
        </message>
        <message>
            <source>Version {0}</source>
            <translation>Version {0}</translation>
        </message>
    </context>
    <context>
        <name>absence</name>
        <message>
            <source>In the cloud, from where its own program can fetch it.</source>
            <translation>In der Cloud; das Programm des Cloud-Speichers kann es herunterladen.</translation>
        </message>
        <message>
            <source>In the cloud, not on this disk.</source>
            <translation>In der Cloud, nicht auf diesem Computer.</translation>
        </message>
        <message>
            <source>Its drive or folder is not connected at the moment</source>
            <translation>Laufwerk oder Ordner ist im Moment nicht verbunden</translation>
        </message>
        <message>
            <source>On a disconnected drive.</source>
            <translation>Auf einem nicht verbundenen Laufwerk.</translation>
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation>Die Datei ist nicht mehr da.</translation>
        </message>
        <message>
            <source>The folder is not there any more.</source>
            <translation>Der Ordner ist nicht mehr da.</translation>
        </message>
        <message>
            <source>{0} This is a small copy.</source>
            <translation>{0} Dies ist eine kleine Kopie.</translation>
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>About Kinfolk</source>
            <translation>Über Kinfolk</translation>
        </message>
        <message>
            <source>Add folder…</source>
            <translation>Ordner hinzufügen …</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Backups…</source>
            <translation>Sicherungen …</translation>
        </message>
        <message>
            <source>Delete…</source>
            <translation>Löschen …</translation>
        </message>
        <message>
            <source>Erase all face data…</source>
            <translation>Alle Gesichtsdaten löschen …</translation>
        </message>
        <message>
            <source>Find people</source>
            <translation>Personen suchen</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>Vorwärts</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Larger pictures</source>
            <translation>Größere Bilder</translation>
        </message>
        <message>
            <source>Look for faces again</source>
            <translation>Erneut nach Gesichtern suchen</translation>
        </message>
        <message>
            <source>Models…</source>
            <translation>Modelle …</translation>
        </message>
        <message>
            <source>Names from other programs…</source>
            <translation>Namen aus anderen Programmen …</translation>
        </message>
        <message>
            <source>New collection…</source>
            <translation>Neue Sammlung …</translation>
        </message>
        <message>
            <source>Next part of the window</source>
            <translation>Nächster Fensterbereich</translation>
        </message>
        <message>
            <source>Previous part of the window</source>
            <translation>Vorheriger Fensterbereich</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Umbenennen …</translation>
        </message>
        <message>
            <source>Settings of this collection…</source>
            <translation>Einstellungen dieser Sammlung …</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>Einstellungen …</translation>
        </message>
        <message>
            <source>Show me around</source>
            <translation>Kurzer Rundgang</translation>
        </message>
        <message>
            <source>Skipped files…</source>
            <translation>Übersprungene Dateien …</translation>
        </message>
        <message>
            <source>Smaller pictures</source>
            <translation>Kleinere Bilder</translation>
        </message>
        <message>
            <source>Stack alike photos</source>
            <translation>Ähnliche Fotos stapeln</translation>
        </message>
        <message>
            <source>Switch collection…</source>
            <translation>Sammlung wechseln …</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>User guide</source>
            <translation>Benutzerhandbuch</translation>
        </message>
        <message>
            <source>Write names into sidecars…</source>
            <translation>Namen in Begleitdateien schreiben …</translation>
        </message>
        <message>
            <source>{0} “{1}”</source>
            <translation>{0}: „{1}“</translation>
        </message>
    </context>
    <context>
        <name>activity</name>
        <message>
            <source>, after {0}</source>
            <translation>, nach {0}</translation>
        </message>
        <message>
            <source>, {0} found</source>
            <translation>, {0} gefunden</translation>
        </message>
        <message numerus="yes">
            <source>, {0} skipped</source>
            <translation>
                <numerusform>, {0} übersprungen</numerusform>
                <numerusform>, {0} übersprungen</numerusform>
            </translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Aktivität</translation>
        </message>
        <message>
            <source>Another Kinfolk has paused</source>
            <translation>Ein anderes Kinfolk macht gerade Pause</translation>
        </message>
        <message>
            <source>Another Kinfolk is downloading models</source>
            <translation>Ein anderes Kinfolk lädt Modelle herunter</translation>
        </message>
        <message>
            <source>Another Kinfolk is erasing face data</source>
            <translation>Ein anderes Kinfolk löscht Gesichtsdaten</translation>
        </message>
        <message>
            <source>Another Kinfolk is exporting photos</source>
            <translation>Ein anderes Kinfolk exportiert Fotos</translation>
        </message>
        <message>
            <source>Another Kinfolk is grouping all faces anew</source>
            <translation>Ein anderes Kinfolk gruppiert alle Gesichter neu</translation>
        </message>
        <message>
            <source>Another Kinfolk is looking at photos</source>
            <translation>Ein anderes Kinfolk sieht Fotos durch</translation>
        </message>
        <message>
            <source>Another Kinfolk is looking at photos with another model pack</source>
            <translation>Ein anderes Kinfolk sieht Fotos mit einem anderen Modellpaket durch</translation>
        </message>
        <message>
            <source>Another Kinfolk is making a backup</source>
            <translation>Ein anderes Kinfolk legt eine Sicherung an</translation>
        </message>
        <message>
            <source>Another Kinfolk is putting faces together</source>
            <translation>Ein anderes Kinfolk gruppiert Gesichter</translation>
        </message>
        <message>
            <source>Another Kinfolk is repairing the library</source>
            <translation>Ein anderes Kinfolk repariert die Bibliothek</translation>
        </message>
        <message>
            <source>Another Kinfolk is restoring a backup</source>
            <translation>Ein anderes Kinfolk stellt eine Sicherung wieder her</translation>
        </message>
        <message>
            <source>Another Kinfolk is taking in names</source>
            <translation>Ein anderes Kinfolk übernimmt Namen</translation>
        </message>
        <message>
            <source>Another Kinfolk is writing names into sidecars</source>
            <translation>Ein anderes Kinfolk schreibt Namen in Begleitdateien</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Abgebrochen</translation>
        </message>
        <message>
            <source>Downloaded the models {0}, {1}</source>
            <translation>Modelle {0} heruntergeladen, {1}</translation>
        </message>
        <message>
            <source>Downloading models</source>
            <translation>Modelle herunterladen</translation>
        </message>
        <message>
            <source>Erased all face data</source>
            <translation>Alle Gesichtsdaten gelöscht</translation>
        </message>
        <message>
            <source>Erased strangers</source>
            <translation>Fremde Personen gelöscht</translation>
        </message>
        <message>
            <source>Erasing face data</source>
            <translation>Gesichtsdaten löschen</translation>
        </message>
        <message>
            <source>Exported {0}</source>
            <translation>{0} exportiert</translation>
        </message>
        <message>
            <source>Exporting photos</source>
            <translation>Fotos exportieren</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Fehlgeschlagen</translation>
        </message>
        <message>
            <source>Files skipped by this task…</source>
            <translation>Dabei übersprungene Dateien …</translation>
        </message>
        <message>
            <source>Forgot a person</source>
            <translation>Eine Person vergessen</translation>
        </message>
        <message>
            <source>Going on where it stopped</source>
            <translation>Es geht weiter, wo es aufgehört hat</translation>
        </message>
        <message>
            <source>Grouped all faces anew: {0}</source>
            <translation>Alle Gesichter neu gruppiert: {0}</translation>
        </message>
        <message>
            <source>Grouped faces, none of them new: {0}</source>
            <translation>Gesichter gruppiert, keine neuen dabei: {0}</translation>
        </message>
        <message numerus="yes">
            <source>Grouped {0} new faces: {1}</source>
            <translation>
                <numerusform>{0} neues Gesicht gruppiert: {1}</numerusform>
                <numerusform>{0} neue Gesichter gruppiert: {1}</numerusform>
            </translation>
        </message>
        <message>
            <source>Grouping all faces anew</source>
            <translation>Alle Gesichter neu gruppieren</translation>
        </message>
        <message>
            <source>Interrupted</source>
            <translation>Unterbrochen</translation>
        </message>
        <message>
            <source>It began at {0}.</source>
            <translation>Beginn: {0}.</translation>
        </message>
        <message>
            <source>Kinfolk did this by itself.</source>
            <translation>Das hat Kinfolk von selbst getan.</translation>
        </message>
        <message>
            <source>Looked for photos: nothing was new</source>
            <translation>Nach Fotos gesucht: nichts Neues</translation>
        </message>
        <message>
            <source>Looked the library over: everything is in order</source>
            <translation>Bibliothek geprüft: alles in Ordnung</translation>
        </message>
        <message numerus="yes">
            <source>Looked the library over: {0} problems, {1} mended</source>
            <translation>
                <numerusform>Bibliothek geprüft: {0} Problem, {1} behoben</numerusform>
                <numerusform>Bibliothek geprüft: {0} Probleme, {1} behoben</numerusform>
            </translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>Fotos durchsehen</translation>
        </message>
        <message>
            <source>Looking at photos with another model pack</source>
            <translation>Fotos mit einem anderen Modellpaket durchsehen</translation>
        </message>
        <message>
            <source>Made a backup, {0}</source>
            <translation>Sicherung angelegt, {0}</translation>
        </message>
        <message>
            <source>Made the daily backup, {0}</source>
            <translation>Tägliche Sicherung angelegt, {0}</translation>
        </message>
        <message>
            <source>Making a backup</source>
            <translation>Sicherung anlegen</translation>
        </message>
        <message>
            <source>Nothing was finished in the last seven days</source>
            <translation>In den letzten sieben Tagen wurde nichts abgeschlossen</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Jetzt</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Putting faces together</source>
            <translation>Gesichter gruppieren</translation>
        </message>
        <message>
            <source>Repairing the library</source>
            <translation>Bibliothek reparieren</translation>
        </message>
        <message>
            <source>Restored a backup with {0}</source>
            <translation>Sicherung mit {0} wiederhergestellt</translation>
        </message>
        <message>
            <source>Restoring a backup</source>
            <translation>Sicherung wiederherstellen</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Searching for photos</source>
            <translation>Fotos suchen</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Anzeigen</translation>
        </message>
        <message>
            <source>Switched to the model pack {0}: {1}</source>
            <translation>Zum Modellpaket {0} gewechselt: {1}</translation>
        </message>
        <message>
            <source>Taking in names</source>
            <translation>Namen übernehmen</translation>
        </message>
        <message>
            <source>Took in names for {0}</source>
            <translation>Namen für {0} übernommen</translation>
        </message>
        <message>
            <source>Waiting until another Kinfolk is done</source>
            <translation>Warten, bis ein anderes Kinfolk fertig ist</translation>
        </message>
        <message>
            <source>Went back to the model pack {0}: {1}</source>
            <translation>Zum Modellpaket {0} zurückgekehrt: {1}</translation>
        </message>
        <message>
            <source>What Kinfolk does with your photos and its library is listed here.</source>
            <translation>Hier steht, was Kinfolk mit Ihren Fotos und der Bibliothek tut.</translation>
        </message>
        <message>
            <source>What was done in the last seven days, newest first</source>
            <translation>Was in den letzten sieben Tagen getan wurde, Neuestes zuerst</translation>
        </message>
        <message>
            <source>Writing names into sidecars</source>
            <translation>Namen in Begleitdateien schreiben</translation>
        </message>
        <message>
            <source>Wrote names beside {0}</source>
            <translation>Namen neben {0} geschrieben</translation>
        </message>
        <message>
            <source>You asked for this.</source>
            <translation>Von Ihnen veranlasst.</translation>
        </message>
        <message>
            <source>under 1 s</source>
            <translation>unter 1 s</translation>
        </message>
        <message>
            <source>{0} %</source>
            <translation>{0} %</translation>
        </message>
        <message>
            <source>{0} a minute</source>
            <translation>{0} pro Minute</translation>
        </message>
        <message>
            <source>{0} a second</source>
            <translation>{0} pro Sekunde</translation>
        </message>
        <message>
            <source>{0} failed</source>
            <translation>{0} fehlgeschlagen</translation>
        </message>
        <message>
            <source>{0} failed: {1}</source>
            <translation>{0} fehlgeschlagen: {1}</translation>
        </message>
        <message>
            <source>{0} h {1} min</source>
            <translation>{0} h {1} min</translation>
        </message>
        <message>
            <source>{0} looked at</source>
            <translation>{0} durchgesehen</translation>
        </message>
        <message>
            <source>{0} min</source>
            <translation>{0} min</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} von {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} people and groups now</source>
            <translation>
                <numerusform>jetzt {0} Person oder Gruppe</numerusform>
                <numerusform>jetzt {0} Personen und Gruppen</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} s</source>
            <translation>{0} s</translation>
        </message>
        <message numerus="yes">
            <source>{0} skipped</source>
            <translation>
                <numerusform>{0} übersprungen</numerusform>
                <numerusform>{0} übersprungen</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} was cancelled</source>
            <translation>{0}: abgebrochen</translation>
        </message>
        <message>
            <source>{0} was interrupted</source>
            <translation>{0}: unterbrochen</translation>
        </message>
    </context>
    <context>
        <name>activity_strip</name>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Abgebrochen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Details</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>How far the work is</source>
            <translation>Fortschritt der Arbeit</translation>
        </message>
        <message>
            <source>Looked at {0}</source>
            <translation>{0} durchgesehen</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>The work stopped</source>
            <translation>Die Arbeit wurde unterbrochen</translation>
        </message>
        <message>
            <source>What Kinfolk does and did</source>
            <translation>Was Kinfolk tut und getan hat</translation>
        </message>
        <message>
            <source>{0} in the cloud, not on this disk</source>
            <translation>{0} in der Cloud, nicht auf diesem Computer</translation>
        </message>
        <message numerus="yes">
            <source>·  {0} skipped</source>
            <translation>
                <numerusform>·  {0} übersprungen</numerusform>
                <numerusform>·  {0} übersprungen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>alerts</name>
        <message>
            <source>1.  Have your camera save its snapshots into a folder.
2.  Add that folder here.

Whom you have named in your albums is known; anybody else raises an alert. All of it stays on this computer.</source>
            <translation>1.  Lassen Sie Ihre Kamera ihre Schnappschüsse in einem Ordner speichern.
2.  Fügen Sie diesen Ordner hier hinzu.

Wen Sie in Ihren Alben benannt haben, ist bekannt; alle anderen lösen einen Alarm aus. Alles bleibt auf diesem Computer.</translation>
        </message>
        <message>
            <source>A stranger, seen {0}</source>
            <translation>Eine fremde Person, {0} gesehen</translation>
        </message>
        <message>
            <source>Add as…</source>
            <translation>Hinzufügen als …</translation>
        </message>
        <message>
            <source>Add the camera's folder…</source>
            <translation>Ordner der Kamera hinzufügen …</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Alarme</translation>
        </message>
        <message>
            <source>Ignore this person</source>
            <translation>Diese Person ignorieren</translation>
        </message>
        <message>
            <source>It is whom they resemble</source>
            <translation>Ja, die Ähnlichkeit stimmt</translation>
        </message>
        <message>
            <source>It's {0}</source>
            <translation>Es ist {0}</translation>
        </message>
        <message>
            <source>Kinfolk looks at every photo that comes into the folders of this collection. Whom you have named in your albums is known; anybody else who is seen clearly shows here, and on the desktop.</source>
            <translation>Kinfolk sieht sich jedes Foto an, das in die Ordner dieser Sammlung kommt. Wen Sie in Ihren Alben benannt haben, ist bekannt; wer sonst deutlich zu sehen ist, erscheint hier und auf dem Desktop.</translation>
        </message>
        <message>
            <source>Let Kinfolk watch the door</source>
            <translation>Lassen Sie Kinfolk auf die Tür achten</translation>
        </message>
        <message>
            <source>Most like {0}, but hardly (under 1 %)</source>
            <translation>Am ähnlichsten {0}, aber kaum (unter 1 %)</translation>
        </message>
        <message>
            <source>Most like {0}: {1} % sure</source>
            <translation>Am ähnlichsten {0}: zu {1} % sicher</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Neu</translation>
        </message>
        <message>
            <source>No stranger was seen</source>
            <translation>Keine fremde Person gesehen</translation>
        </message>
        <message>
            <source>Nobody you know was seen yet.</source>
            <translation>Von denen, die Sie kennen, wurde noch niemand gesehen.</translation>
        </message>
        <message>
            <source>Seen of those you know</source>
            <translation>Bekannte, die gesehen wurden</translation>
        </message>
        <message>
            <source>Show older ones</source>
            <translation>Ältere anzeigen</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>Foto anzeigen</translation>
        </message>
        <message>
            <source>Somebody you ignore, seen {0}</source>
            <translation>Jemand, den Sie ignorieren, {0} gesehen</translation>
        </message>
        <message>
            <source>Strangers who were seen</source>
            <translation>Fremde, die gesehen wurden</translation>
        </message>
        <message>
            <source>The photos are not there any more</source>
            <translation>Die Fotos sind nicht mehr da</translation>
        </message>
        <message>
            <source>This is {0}, seen {1}</source>
            <translation>Das ist {0}, {1} gesehen</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>Wer ist das?</translation>
        </message>
        <message>
            <source>Who was seen of those you know, newest first</source>
            <translation>Wer von Ihren Bekannten gesehen wurde, Neuestes zuerst</translation>
        </message>
        <message>
            <source>You know nobody by name yet</source>
            <translation>Sie kennen noch niemanden mit Namen</translation>
        </message>
        <message numerus="yes">
            <source>{0} times</source>
            <translation>
                <numerusform>{0}-mal</numerusform>
                <numerusform>{0}-mal</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, seen {1}: {2}</source>
            <translation>{0}, {1} gesehen: {2}</translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}, {1}</translation>
        </message>
        <message>
            <source>{0}, {1} – {2}, {3}</source>
            <translation>{0}, {1} – {2}, {3}</translation>
        </message>
    </context>
    <context>
        <name>application</name>
        <message>
            <source>Kinfolk was ended in the middle of its work. It goes on where it was.</source>
            <translation>Kinfolk wurde mitten in der Arbeit beendet. Es macht weiter, wo es war.</translation>
        </message>
    </context>
    <context>
        <name>aside</name>
        <message>
            <source>Everything else is in the album. Nothing was changed in these files.</source>
            <translation>Alles andere ist im Album. An diesen Dateien wurde nichts verändert.</translation>
        </message>
        <message>
            <source>In the cloud ({0})</source>
            <translation>In der Cloud ({0})</translation>
        </message>
        <message>
            <source>In the cloud, not on this disk.</source>
            <translation>In der Cloud, nicht auf diesem Computer.</translation>
        </message>
        <message>
            <source>Looking at them would download them. Once your cloud drive has put them on this disk, they come into the album; the settings can let Kinfolk download them.</source>
            <translation>Beim Durchsehen würden sie heruntergeladen. Sobald Ihr Cloud-Speicher sie auf diesen Computer gelegt hat, kommen sie ins Album; in den Einstellungen können Sie Kinfolk das Herunterladen erlauben.</translation>
        </message>
        <message>
            <source>Not in full ({0})</source>
            <translation>Nicht vollständig ({0})</translation>
        </message>
        <message>
            <source>Skipped ({0})</source>
            <translation>Übersprungen ({0})</translation>
        </message>
        <message>
            <source>They are in the album with all who are in them. Nothing was changed in the files.</source>
            <translation>Sie sind im Album, mit allen, die darauf zu sehen sind. An den Dateien wurde nichts verändert.</translation>
        </message>
        <message>
            <source>What is not shown</source>
            <translation>Was nicht gezeigt wird</translation>
        </message>
        <message>
            <source>Why it waits</source>
            <translation>Worauf sie wartet</translation>
        </message>
        <message>
            <source>Why it was skipped</source>
            <translation>Warum sie übersprungen wurde</translation>
        </message>
        <message numerus="yes">
            <source>{0} files shown, but not in full</source>
            <translation>
                <numerusform>{0} Datei gezeigt, aber nicht vollständig</numerusform>
                <numerusform>{0} Dateien gezeigt, aber nicht vollständig</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} files skipped</source>
            <translation>
                <numerusform>{0} Datei übersprungen</numerusform>
                <numerusform>{0} Dateien übersprungen</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} in the cloud, not on this disk</source>
            <translation>{0} in der Cloud, nicht auf diesem Computer</translation>
        </message>
    </context>
    <context>
        <name>backups</name>
        <message>
            <source>A backup is a copy of everything you said and of every face found, never of the photos themselves. Kinfolk makes one every day and keeps the newest fourteen.</source>
            <translation>Eine Sicherung ist eine Kopie all Ihrer Angaben und aller gefundenen Gesichter, nie der Fotos selbst. Kinfolk legt jeden Tag eine an und behält die neuesten vierzehn.</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>At work</source>
            <translation>Wird ausgeführt</translation>
        </message>
        <message>
            <source>Back up into a folder…</source>
            <translation>In einen Ordner sichern …</translation>
        </message>
        <message>
            <source>Back up now</source>
            <translation>Jetzt sichern</translation>
        </message>
        <message>
            <source>Backed up into “{1}”: {0}.</source>
            <translation>In „{1}“ gesichert: {0}.</translation>
        </message>
        <message>
            <source>Backed up: {0}.</source>
            <translation>Gesichert: {0}.</translation>
        </message>
        <message>
            <source>Backing up…</source>
            <translation>Wird gesichert …</translation>
        </message>
        <message>
            <source>Backups</source>
            <translation>Sicherungen</translation>
        </message>
        <message>
            <source>Backups of Kinfolk (*.db)</source>
            <translation>Sicherungen von Kinfolk (*.db)</translation>
        </message>
        <message>
            <source>Before a restore</source>
            <translation>Vor einer Wiederherstellung</translation>
        </message>
        <message>
            <source>Before an update of Kinfolk</source>
            <translation>Vor einer Aktualisierung von Kinfolk</translation>
        </message>
        <message>
            <source>By hand</source>
            <translation>Von Hand</translation>
        </message>
        <message>
            <source>Checking the backup…</source>
            <translation>Sicherung wird geprüft …</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Daily</source>
            <translation>Täglich</translation>
        </message>
        <message>
            <source>Everything you said and every face found will be as it was then: {0}. What was said since will not be there any more.

Before that, Kinfolk backs up the library as it is now. It will be in this list, and restoring it takes all of this back.

The photos themselves are not touched. Kinfolk closes its window and opens it again.</source>
            <translation>Alle Ihre Angaben und alle gefundenen Gesichter werden wieder wie damals sein: {0}. Was Sie seitdem angegeben haben, ist dann nicht mehr da.

Vorher sichert Kinfolk die Bibliothek, wie sie jetzt ist. Diese Sicherung steht dann in der Liste; wird sie wiederhergestellt, ist alles wieder wie jetzt.

Die Fotos selbst werden nicht angerührt. Kinfolk schließt sein Fenster und öffnet es wieder.</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>Angelegt</translation>
        </message>
        <message>
            <source>Named people</source>
            <translation>Mit Namen</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Restore from a file…</source>
            <translation>Aus Datei wiederherstellen …</translation>
        </message>
        <message>
            <source>Restore this backup?</source>
            <translation>Diese Sicherung wiederherstellen?</translation>
        </message>
        <message>
            <source>Restore…</source>
            <translation>Wiederherstellen …</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>In Dateiverwaltung anzeigen</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>There is no backup yet.</source>
            <translation>Es gibt noch keine Sicherung.</translation>
        </message>
        <message>
            <source>Where is the backup to go?</source>
            <translation>Wohin soll die Sicherung?</translation>
        </message>
        <message>
            <source>Which backup is to be restored?</source>
            <translation>Welche Sicherung soll wiederhergestellt werden?</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Anlass</translation>
        </message>
        <message numerus="yes">
            <source>{0} named people</source>
            <translation>
                <numerusform>{0} benannte Person</numerusform>
                <numerusform>{0} benannte Personen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>collections</name>
        <message>
            <source>A collection has photos, people and settings of its own.</source>
            <translation>Eine Sammlung hat eigene Fotos, Personen und Einstellungen.</translation>
        </message>
        <message>
            <source>Album</source>
            <translation>Album</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Collection {0}</source>
            <translation>Sammlung {0}</translation>
        </message>
        <message>
            <source>Counter</source>
            <translation>Zähler</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>Anlegen</translation>
        </message>
        <message>
            <source>Delete collection</source>
            <translation>Sammlung löschen</translation>
        </message>
        <message>
            <source>Delete the collection “{0}”?</source>
            <translation>Sammlung „{0}“ löschen?</translation>
        </message>
        <message numerus="yes">
            <source>For {0} days Undo brings it all back. After that it is erased for good.</source>
            <translation>
                <numerusform>{0} Tag lang holt „Rückgängig“ alles zurück. Danach wird es endgültig gelöscht.</numerusform>
                <numerusform>{0} Tage lang holt „Rückgängig“ alles zurück. Danach wird es endgültig gelöscht.</numerusform>
            </translation>
        </message>
        <message>
            <source>Front door</source>
            <translation>Haustür</translation>
        </message>
        <message>
            <source>Grandparents</source>
            <translation>Großeltern</translation>
        </message>
        <message>
            <source>How many different people came into a shop, by hour and by day.</source>
            <translation>Wie viele verschiedene Personen in ein Geschäft kamen, nach Stunde und Tag.</translation>
        </message>
        <message>
            <source>Its people, names, folders and all you said in it leave Kinfolk.</source>
            <translation>Ihre Personen, Namen, Ordner und alle Ihre Angaben darin verschwinden aus Kinfolk.</translation>
        </message>
        <message>
            <source>Name of the collection</source>
            <translation>Name der Sammlung</translation>
        </message>
        <message>
            <source>New collection</source>
            <translation>Neue Sammlung</translation>
        </message>
        <message>
            <source>Opens the menu of collections</source>
            <translation>Öffnet das Menü der Sammlungen</translation>
        </message>
        <message>
            <source>Photos of family and friends, by the people in them.</source>
            <translation>Fotos von Familie und Freunden, nach den Personen darauf.</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <source>Rename collection</source>
            <translation>Sammlung umbenennen</translation>
        </message>
        <message>
            <source>Shop</source>
            <translation>Geschäft</translation>
        </message>
        <message>
            <source>Snapshots of a camera at the door: who came, and an alert for a stranger.</source>
            <translation>Schnappschüsse einer Kamera an der Tür: wer kam, und ein Alarm bei Fremden.</translation>
        </message>
        <message>
            <source>The collection that was here has been deleted.</source>
            <translation>Die Sammlung, die hier war, wurde gelöscht.</translation>
        </message>
        <message>
            <source>The photos stay on the disk, where and as they are.</source>
            <translation>Die Fotos bleiben, wo und wie sie sind.</translation>
        </message>
        <message>
            <source>There is no such collection any more.</source>
            <translation>Diese Sammlung gibt es nicht mehr.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>empty</source>
            <translation>leer</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} Person</numerusform>
                <numerusform>{0} Personen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>deeds</name>
        <message>
            <source>Add again</source>
            <translation>Wieder hinzufügen</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>“{0}” is not in the album any more. Its files are where they were.</source>
            <translation>„{0}“ ist nicht mehr im Album. Die Dateien sind, wo sie waren.</translation>
        </message>
    </context>
    <context>
        <name>details</name>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Copy as text</source>
            <translation>Als Text kopieren</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Pfad kopieren</translation>
        </message>
        <message>
            <source>Every file could be looked at.</source>
            <translation>Alle Dateien konnten durchgesehen werden.</translation>
        </message>
        <message>
            <source>Find a file or a reason</source>
            <translation>Datei oder Grund suchen</translation>
        </message>
        <message>
            <source>Find a skipped file</source>
            <translation>Übersprungene Datei suchen</translation>
        </message>
        <message>
            <source>Kinfolk is looking at {0} now.</source>
            <translation>Kinfolk sieht gerade {0} durch.</translation>
        </message>
        <message>
            <source>No file is skipped</source>
            <translation>Keine Datei ist übersprungen</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Einen Moment</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>In Dateiverwaltung anzeigen</translation>
        </message>
        <message>
            <source>Skipped files</source>
            <translation>Übersprungene Dateien</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <source>Try all again</source>
            <translation>Alle erneut versuchen</translation>
        </message>
        <message numerus="yes">
            <source>{0} files selected</source>
            <translation>
                <numerusform>{0} Datei ausgewählt</numerusform>
                <numerusform>{0} Dateien ausgewählt</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>erase_dialog</name>
        <message>
            <source>Erase all face data</source>
            <translation>Alle Gesichtsdaten löschen</translation>
        </message>
        <message>
            <source>Erase all face data?</source>
            <translation>Alle Gesichtsdaten löschen?</translation>
        </message>
        <message>
            <source>Erasing…</source>
            <translation>Wird gelöscht …</translation>
        </message>
        <message>
            <source>I understand that this cannot be undone</source>
            <translation>Mir ist klar, dass sich das nicht rückgängig machen lässt</translation>
        </message>
        <message>
            <source>Kinfolk will not look for faces in these photos again until you ask.</source>
            <translation>Kinfolk sucht in diesen Fotos erst wieder nach Gesichtern, wenn Sie darum bitten.</translation>
        </message>
        <message>
            <source>This goes, for good</source>
            <translation>Das wird endgültig gelöscht</translation>
        </message>
        <message>
            <source>This stays</source>
            <translation>Das bleibt</translation>
        </message>
        <message>
            <source>all backups made so far, as all of this is in them</source>
            <translation>alle bisherigen Sicherungen, denn all dies ist darin</translation>
        </message>
        <message>
            <source>every face found, with descriptions and small pictures</source>
            <translation>alle gefundenen Gesichter, mit Beschreibungen und kleinen Bildern</translation>
        </message>
        <message>
            <source>every name</source>
            <translation>alle Namen</translation>
        </message>
        <message>
            <source>every person and group of alike faces</source>
            <translation>alle Personen und Gruppen ähnlicher Gesichter</translation>
        </message>
        <message>
            <source>everything you said of them</source>
            <translation>alle Ihre Angaben dazu</translation>
        </message>
        <message>
            <source>the list of photos and folders in Kinfolk</source>
            <translation>die Liste der Fotos und Ordner in Kinfolk</translation>
        </message>
        <message>
            <source>your photos: Kinfolk never changes their files</source>
            <translation>Ihre Fotos: Kinfolk verändert die Dateien nie</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces found, with descriptions and small pictures</source>
            <translation>
                <numerusform>{0} gefundenes Gesicht, mit Beschreibung und kleinem Bild</numerusform>
                <numerusform>{0} gefundene Gesichter, mit Beschreibungen und kleinen Bildern</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} names</source>
            <translation>
                <numerusform>{0} Name</numerusform>
                <numerusform>{0} Namen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} people and groups of alike faces</source>
            <translation>
                <numerusform>{0} Person oder Gruppe ähnlicher Gesichter</numerusform>
                <numerusform>{0} Personen und Gruppen ähnlicher Gesichter</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} things you said of them</source>
            <translation>
                <numerusform>{0} Ihrer Angaben dazu</numerusform>
                <numerusform>{0} Ihrer Angaben dazu</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>exporting</name>
        <message numerus="yes">
            <source>, {0} skipped</source>
            <translation>
                <numerusform>, {0} übersprungen</numerusform>
                <numerusform>, {0} übersprungen</numerusform>
            </translation>
        </message>
        <message>
            <source>A contact sheet to print (PDF)</source>
            <translation>Kontaktbogen zum Drucken (PDF)</translation>
        </message>
        <message>
            <source>A folder for each month, such as 2019-06.</source>
            <translation>Ein Ordner je Monat, etwa 2019-06.</translation>
        </message>
        <message>
            <source>A folder for each year, such as 2019.</source>
            <translation>Ein Ordner je Jahr, etwa 2019.</translation>
        </message>
        <message>
            <source>A folder for everybody; a photo of two people is in both.</source>
            <translation>Ein Ordner je Person; ein Foto von zweien ist in beiden.</translation>
        </message>
        <message>
            <source>A page with these photos that any browser shows, from a disk or a web server.</source>
            <translation>Eine Seite mit diesen Fotos, die jeder Browser zeigt, von einem Datenträger oder einem Webserver.</translation>
        </message>
        <message>
            <source>A web album</source>
            <translation>Webalbum</translation>
        </message>
        <message>
            <source>All in one folder</source>
            <translation>Alle in einem Ordner</translation>
        </message>
        <message>
            <source>All that is in the files goes along, also where they were taken.</source>
            <translation>Alles, was in den Dateien steht, geht mit, auch der Aufnahmeort.</translation>
        </message>
        <message>
            <source>And also</source>
            <translation>Außerdem</translation>
        </message>
        <message>
            <source>By month</source>
            <translation>Nach Monat</translation>
        </message>
        <message>
            <source>By person</source>
            <translation>Nach Person</translation>
        </message>
        <message>
            <source>By person and year</source>
            <translation>Nach Person und Jahr</translation>
        </message>
        <message>
            <source>By year</source>
            <translation>Nach Jahr</translation>
        </message>
        <message>
            <source>Choose a contact sheet or a web album, or let photos be copied.</source>
            <translation>Wählen Sie einen Kontaktbogen oder ein Webalbum, oder lassen Sie die Fotos kopieren.</translation>
        </message>
        <message>
            <source>Choose folder…</source>
            <translation>Ordner wählen …</translation>
        </message>
        <message>
            <source>Copy them</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Counting…</source>
            <translation>Wird gezählt …</translation>
        </message>
        <message>
            <source>Each person’s folder has their years in it.</source>
            <translation>Im Ordner jeder Person sind deren Jahre.</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Export {0}</source>
            <translation>{0} exportieren</translation>
        </message>
        <message>
            <source>Export {0} of {1}</source>
            <translation>{0} von {1} exportieren</translation>
        </message>
        <message>
            <source>Exported {0}</source>
            <translation>{0} exportiert</translation>
        </message>
        <message>
            <source>Files of their own, to give away or to keep elsewhere.</source>
            <translation>Eigene Dateien, zum Weitergeben oder um sie anderswo aufzubewahren.</translation>
        </message>
        <message>
            <source>Files with the ending .xmp, and the short films of Live Photos.</source>
            <translation>Dateien mit der Endung .xmp und die kurzen Filme von Live Photos.</translation>
        </message>
        <message>
            <source>Hard links</source>
            <translation>Hardlinks</translation>
        </message>
        <message>
            <source>Into this folder</source>
            <translation>In diesen Ordner</translation>
        </message>
        <message>
            <source>Links</source>
            <translation>Verknüpfungen</translation>
        </message>
        <message>
            <source>No folders within; names that are alike are told apart.</source>
            <translation>Keine Unterordner; gleiche Namen werden unterschieden.</translation>
        </message>
        <message>
            <source>No photo files</source>
            <translation>Keine Fotodateien</translation>
        </message>
        <message>
            <source>None of these photos can be read now.</source>
            <translation>Keines dieser Fotos kann gerade gelesen werden.</translation>
        </message>
        <message>
            <source>One more name for the same file: no room is taken, but who edits one edits both.</source>
            <translation>Ein weiterer Name für dieselbe Datei: braucht keinen Platz, aber wer eine bearbeitet, bearbeitet beide.</translation>
        </message>
        <message>
            <source>Only the contact sheet or the web album.</source>
            <translation>Nur der Kontaktbogen oder das Webalbum.</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <source>Pages with small pictures of all photos, by year and month.</source>
            <translation>Seiten mit kleinen Bildern aller Fotos, nach Jahr und Monat.</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Small files that lead to your photos, as long as these stay where they are.</source>
            <translation>Kleine Dateien, die zu Ihren Fotos führen, solange diese an ihrem Ort bleiben.</translation>
        </message>
        <message>
            <source>Sorted into folders</source>
            <translation>In Ordner sortiert</translation>
        </message>
        <message>
            <source>The photos</source>
            <translation>Die Fotos</translation>
        </message>
        <message>
            <source>The web album</source>
            <translation>Das Webalbum</translation>
        </message>
        <message>
            <source>There are no photos here to export.</source>
            <translation>Hier sind keine Fotos zum Exportieren.</translation>
        </message>
        <message>
            <source>This takes {0}, and only {1} are free there. Choose another folder.</source>
            <translation>Dafür braucht es {0}, und dort sind nur {1} frei. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>What lies beside the photos: sidecars and moving parts</source>
            <translation>Was neben den Fotos liegt: Begleitdateien und bewegte Teile</translation>
        </message>
        <message>
            <source>Where are the photos to go?</source>
            <translation>Wohin sollen die Fotos?</translation>
        </message>
        <message>
            <source>Where there could be no link, files were copied</source>
            <translation>Wo keine Verknüpfung möglich war, wurden Dateien kopiert</translation>
        </message>
        <message>
            <source>With smaller photos</source>
            <translation>Mit verkleinerten Fotos</translation>
        </message>
        <message>
            <source>With the original files</source>
            <translation>Mit den Originaldateien</translation>
        </message>
        <message>
            <source>Written anew, without place, camera and other hidden details.</source>
            <translation>Neu geschrieben, ohne Ort, Kamera und andere verborgene Angaben.</translation>
        </message>
        <message>
            <source>nothing to copy</source>
            <translation>nichts zu kopieren</translation>
        </message>
        <message>
            <source>photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} und {1}</translation>
        </message>
        <message>
            <source>{0} and {1} more</source>
            <translation>{0} und {1} weitere</translation>
        </message>
        <message numerus="yes">
            <source>{0} cannot be read now</source>
            <translation>
                <numerusform>{0} gerade nicht lesbar</numerusform>
                <numerusform>{0} gerade nicht lesbar</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} there already</source>
            <translation>{0} schon dort</translation>
        </message>
        <message>
            <source>{0}.</source>
            <translation>{0}.</translation>
        </message>
        <message>
            <source>{0}. {1} are free there.</source>
            <translation>{0}. Dort sind {1} frei.</translation>
        </message>
        <message>
            <source>{0}: all were there already</source>
            <translation>{0}: alle waren schon dort</translation>
        </message>
    </context>
    <context>
        <name>folder_dialog</name>
        <message>
            <source>Add a folder with photos</source>
            <translation>Ordner mit Fotos hinzufügen</translation>
        </message>
    </context>
    <context>
        <name>guide</name>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>Vorwärts</translation>
        </message>
        <message>
            <source>Guide: {0}</source>
            <translation>Handbuch: {0}</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>How does this work?</source>
            <translation>Wie funktioniert das?</translation>
        </message>
        <message>
            <source>No page has these words.</source>
            <translation>Keine Seite enthält diese Wörter.</translation>
        </message>
        <message>
            <source>Pages of the guide</source>
            <translation>Seiten des Handbuchs</translation>
        </message>
        <message>
            <source>Search the guide</source>
            <translation>Im Handbuch suchen</translation>
        </message>
        <message>
            <source>What is this page for?</source>
            <translation>Wozu ist diese Seite da?</translation>
        </message>
        <message>
            <source>{0} · Guide</source>
            <translation>{0} · Handbuch</translation>
        </message>
    </context>
    <context>
        <name>history</name>
        <message>
            <source>Everything you said, newest first</source>
            <translation>Alle Ihre Angaben, Neuestes zuerst</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>How far this is</source>
            <translation>Wie weit dies ist</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Jetzt</translation>
        </message>
        <message>
            <source>Redo up to here</source>
            <translation>Bis hier wiederholen</translation>
        </message>
        <message>
            <source>Saying again</source>
            <translation>Wird wiederholt</translation>
        </message>
        <message>
            <source>Stop here</source>
            <translation>Hier anhalten</translation>
        </message>
        <message>
            <source>Taken back before something else was said.</source>
            <translation>Zurückgenommen, bevor etwas anderes angegeben wurde.</translation>
        </message>
        <message>
            <source>Taken back. Redo up to here brings back {0}.</source>
            <translation>Zurückgenommen. „Bis hier wiederholen“ holt {0} zurück.</translation>
        </message>
        <message>
            <source>Taking back</source>
            <translation>Wird zurückgenommen</translation>
        </message>
        <message>
            <source>The last thing you said.</source>
            <translation>Ihre letzte Angabe.</translation>
        </message>
        <message>
            <source>Undo from here on</source>
            <translation>Ab hier rückgängig machen</translation>
        </message>
        <message>
            <source>Undo what came after</source>
            <translation>Rückgängig machen, was danach kam</translation>
        </message>
        <message>
            <source>You have not said anything yet.
What you name, merge, move or hide is listed here, and can be taken back.</source>
            <translation>Sie haben noch nichts angegeben.
Was Sie benennen, zusammenführen, verschieben oder ausblenden, steht dann hier und lässt sich zurücknehmen.</translation>
        </message>
        <message>
            <source>taken back</source>
            <translation>zurückgenommen</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} von {1}</translation>
        </message>
        <message>
            <source>{0} said after this.</source>
            <translation>Danach: {0}.</translation>
        </message>
        <message numerus="yes">
            <source>{0} things</source>
            <translation>
                <numerusform>{0} Angabe</numerusform>
                <numerusform>{0} Angaben</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>importing</name>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message numerus="yes">
            <source>Also frame {0} faces that Kinfolk did not find</source>
            <translation>
                <numerusform>Auch {0} Gesicht einrahmen, das Kinfolk nicht gefunden hat</numerusform>
                <numerusform>Auch {0} Gesichter einrahmen, die Kinfolk nicht gefunden hat</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Also name {0} faces by a keyword of their photos: nobody else is in them</source>
            <translation>
                <numerusform>Auch {0} Gesicht nach einem Stichwort seines Fotos benennen: sonst ist niemand darauf</numerusform>
                <numerusform>Auch {0} Gesichter nach einem Stichwort ihrer Fotos benennen: sonst ist niemand darauf</numerusform>
            </translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Contacts of Picasa (*.xml)</source>
            <translation>Kontakte von Picasa (*.xml)</translation>
        </message>
        <message>
            <source>Contacts of Picasa…</source>
            <translation>Kontakte von Picasa …</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Gesichter</translation>
        </message>
        <message>
            <source>Found {0} on {1} in {2}, by {3}.</source>
            <translation>{0} gefunden: {1} auf {2}, durch {3}.</translation>
        </message>
        <message>
            <source>Google Photos</source>
            <translation>Google Fotos</translation>
        </message>
        <message>
            <source>Here</source>
            <translation>Hier</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>Insgesamt</translation>
        </message>
        <message>
            <source>Kinfolk reads the names that Picasa, Lightroom, digiKam, Windows and others wrote into your photos or beside them. Nothing is changed before you say so, and one Undo takes it all back.</source>
            <translation>Kinfolk liest die Namen, die Picasa, Lightroom, digiKam, Windows und andere in Ihre Fotos oder daneben geschrieben haben. Nichts wird geändert, bevor Sie es sagen, und ein einziges „Rückgängig“ nimmt alles zurück.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Name there</source>
            <translation>Name dort</translation>
        </message>
        <message>
            <source>Named otherwise</source>
            <translation>Anders benannt</translation>
        </message>
        <message>
            <source>Named there</source>
            <translation>Dort benannt</translation>
        </message>
        <message>
            <source>Names from other programs</source>
            <translation>Namen aus anderen Programmen</translation>
        </message>
        <message>
            <source>Neither Picasa's files nor the photos and their sidecars name anybody. Picasa writes names beside the photos as soon as a face is named.</source>
            <translation>Weder die Dateien von Picasa noch die Fotos und ihre Begleitdateien nennen Namen. Picasa schreibt Namen neben die Fotos, sobald ein Gesicht benannt wird.</translation>
        </message>
        <message>
            <source>No names found</source>
            <translation>Keine Namen gefunden</translation>
        </message>
        <message>
            <source>Nobody new: what {0} says of {1} is so here already, or differs.</source>
            <translation>Niemand Neues: Was {0} zu {1} angibt, ist hier schon so oder weicht ab.</translation>
        </message>
        <message>
            <source>People found</source>
            <translation>Gefundene Personen</translation>
        </message>
        <message>
            <source>Picasa</source>
            <translation>Picasa</translation>
        </message>
        <message>
            <source>Picasa has names for people in these photos.</source>
            <translation>Picasa hat Namen für Personen auf diesen Fotos.</translation>
        </message>
        <message>
            <source>Picasa named people in these photos, but wrote beside them no name.</source>
            <translation>Picasa hat Personen auf diesen Fotos benannt, aber keinen Namen daneben geschrieben.</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Lesen</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>Wird gelesen …</translation>
        </message>
        <message>
            <source>Reading… {0} of {1}</source>
            <translation>Wird gelesen … {0} von {1}</translation>
        </message>
        <message>
            <source>Show names</source>
            <translation>Namen anzeigen</translation>
        </message>
        <message>
            <source>Take in names</source>
            <translation>Namen übernehmen</translation>
        </message>
        <message>
            <source>Take in {0} on {1}</source>
            <translation>Übernehmen: {0} ({1})</translation>
        </message>
        <message>
            <source>Taking in names…</source>
            <translation>Namen werden übernommen …</translation>
        </message>
        <message>
            <source>Where is Picasa’s contacts.xml?</source>
            <translation>Wo ist die contacts.xml von Picasa?</translation>
        </message>
        <message>
            <source>Windows Photo Gallery</source>
            <translation>Windows-Fotogalerie</translation>
        </message>
        <message>
            <source>digiKam</source>
            <translation>digiKam</translation>
        </message>
        <message>
            <source>face regions in the photos</source>
            <translation>Gesichtsbereiche in den Fotos</translation>
        </message>
        <message>
            <source>has another name in another program</source>
            <translation>hat in einem anderen Programm einen anderen Namen</translation>
        </message>
        <message>
            <source>is nobody you know, as you said</source>
            <translation>ist nach Ihrer Angabe niemand, den Sie kennen</translation>
        </message>
        <message>
            <source>is not a face, as you said</source>
            <translation>ist nach Ihrer Angabe kein Gesicht</translation>
        </message>
        <message>
            <source>is not this person, as you said</source>
            <translation>ist nach Ihrer Angabe nicht diese Person</translation>
        </message>
        <message>
            <source>is one of several of that name in the photo</source>
            <translation>ist eines von mehreren dieses Namens auf dem Foto</translation>
        </message>
        <message>
            <source>joins {0}</source>
            <translation>kommt zu {0}</translation>
        </message>
        <message>
            <source>keywords</source>
            <translation>Stichwörter</translation>
        </message>
        <message>
            <source>new</source>
            <translation>neu</translation>
        </message>
        <message>
            <source>{0} already so here.</source>
            <translation>{0} schon ebenso hier.</translation>
        </message>
        <message>
            <source>{0} among the keywords of photos with several faces.</source>
            <translation>{0} unter den Stichwörtern von Fotos mit mehreren Gesichtern.</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} und {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces are named otherwise there. What holds here stays, unless you tick a line:</source>
            <translation>
                <numerusform>{0} Gesicht ist dort anders benannt. Es bleibt, was hier gilt, außer Sie haken es an:</numerusform>
                <numerusform>{0} Gesichter sind dort anders benannt. Es bleibt, was hier gilt, außer Sie haken eine Zeile an:</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} more of the same groups</source>
            <translation>{0} mehr aus denselben Gruppen</translation>
        </message>
        <message numerus="yes">
            <source>{0} names</source>
            <translation>
                <numerusform>{0} Name</numerusform>
                <numerusform>{0} Namen</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} of Picasa’s whose names are in its contacts.xml.</source>
            <translation>{0} von Picasa, deren Namen in dessen contacts.xml stehen.</translation>
        </message>
        <message>
            <source>{0} passed over, as somebody was forgotten there.</source>
            <translation>{0} übergangen, weil dort jemand vergessen wurde.</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} Person</numerusform>
                <numerusform>{0} Personen</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} with names not in this album.</source>
            <translation>{0} mit Namen, aber nicht in diesem Album.</translation>
        </message>
        <message>
            <source>{0} with names not looked at yet.</source>
            <translation>{0} mit Namen, aber noch nicht durchgesehen.</translation>
        </message>
        <message>
            <source>{0}, where no face was found</source>
            <translation>{0}, wo kein Gesicht gefunden wurde</translation>
        </message>
    </context>
    <context>
        <name>main_window</name>
        <message>
            <source>F11 leads back out of the full screen.</source>
            <translation>F11 führt aus dem Vollbild zurück.</translation>
        </message>
    </context>
    <context>
        <name>mending</name>
        <message>
            <source>A new library was begun. Your photos are looked at again; folders that are missing have to be added.</source>
            <translation>Eine neue Bibliothek wurde begonnen. Ihre Fotos werden erneut durchgesehen; fehlende Ordner müssen Sie wieder hinzufügen.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Kinfolk cannot open its library: the file was damaged, as by a power cut or a failing disk. Your photos are not touched by this.</source>
            <translation>Kinfolk kann seine Bibliothek nicht öffnen: Die Datei wurde beschädigt, etwa durch einen Stromausfall oder einen defekten Datenträger. Ihre Fotos sind davon nicht betroffen.</translation>
        </message>
        <message>
            <source>Kinfolk cannot start</source>
            <translation>Kinfolk kann nicht starten</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>Restore the newest backup</source>
            <translation>Neueste Sicherung wiederherstellen</translation>
        </message>
        <message>
            <source>Restore what can be restored</source>
            <translation>Wiederherstellen, was möglich ist</translation>
        </message>
        <message>
            <source>Restored the backup of {0}.</source>
            <translation>Sicherung vom {0} wiederhergestellt.</translation>
        </message>
        <message>
            <source>Restored the library of {0}.</source>
            <translation>Bibliothek vom {0} wiederhergestellt.</translation>
        </message>
        <message>
            <source>The damaged file is kept: {0}</source>
            <translation>Die beschädigte Datei bleibt erhalten: {0}</translation>
        </message>
        <message>
            <source>The file could be mended: everything is still there.</source>
            <translation>Die Datei konnte repariert werden: Alles ist noch da.</translation>
        </message>
        <message>
            <source>The library could not be restored</source>
            <translation>Die Bibliothek konnte nicht wiederhergestellt werden</translation>
        </message>
        <message>
            <source>The library is as it was. {0}</source>
            <translation>Die Bibliothek ist, wie sie war. {0}</translation>
        </message>
        <message>
            <source>The library is being restored</source>
            <translation>Die Bibliothek wird wiederhergestellt</translation>
        </message>
        <message>
            <source>The library is damaged</source>
            <translation>Die Bibliothek ist beschädigt</translation>
        </message>
        <message>
            <source>The library is restored</source>
            <translation>Die Bibliothek ist wiederhergestellt</translation>
        </message>
        <message>
            <source>The newest good backup is of {0}, and has {1} and {2}. Restoring it keeps the damaged file, and says again what you have said since.</source>
            <translation>Die neueste gute Sicherung ist vom {0} und enthält {1} und {2}. Beim Wiederherstellen bleibt die beschädigte Datei erhalten, und Ihre Angaben seit damals werden wiederholt.</translation>
        </message>
        <message numerus="yes">
            <source>The {0} things that you have said since were said again.</source>
            <translation>
                <numerusform>Ihre {0} Angabe seit damals wurde wiederholt.</numerusform>
                <numerusform>Ihre {0} Angaben seit damals wurden wiederholt.</numerusform>
            </translation>
        </message>
        <message>
            <source>There is no good backup of it. Kinfolk can keep the damaged file, take over what can still be read of it, and look at your photos again; what you have said of people is said again.</source>
            <translation>Es gibt keine gute Sicherung davon. Kinfolk kann die beschädigte Datei aufheben, übernehmen, was sich noch lesen lässt, und Ihre Fotos erneut durchsehen; Ihre Angaben zu Personen werden wiederholt.</translation>
        </message>
        <message>
            <source>What was there before is kept as a backup.</source>
            <translation>Was vorher da war, bleibt als Sicherung erhalten.</translation>
        </message>
        <message>
            <source>What was there before was damaged, and is set aside.</source>
            <translation>Was vorher da war, war beschädigt und liegt nun beiseite.</translation>
        </message>
        <message>
            <source>{0} of them have no effect, because what they were about is not there any more.</source>
            <translation>{0} davon haben keine Wirkung, weil es nicht mehr gibt, worum es dabei ging.</translation>
        </message>
        <message numerus="yes">
            <source>{0} people with a name</source>
            <translation>
                <numerusform>{0} benannte Person</numerusform>
                <numerusform>{0} benannte Personen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>menu_bar</name>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Go</source>
            <translation>&amp;Gehe zu</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>Collections</source>
            <translation>Sammlungen</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Sortieren nach</translation>
        </message>
    </context>
    <context>
        <name>models</name>
        <message numerus="yes">
            <source>About {0} photos a minute</source>
            <translation>
                <numerusform>Etwa {0} Foto pro Minute</numerusform>
                <numerusform>Etwa {0} Fotos pro Minute</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>About {0} photos a second</source>
            <translation>
                <numerusform>Etwa {0} Foto pro Sekunde</numerusform>
                <numerusform>Etwa {0} Fotos pro Sekunde</numerusform>
            </translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Annehmen</translation>
        </message>
        <message>
            <source>Accept changed files…</source>
            <translation>Geänderte Dateien annehmen …</translation>
        </message>
        <message>
            <source>Accept the files of {0}?</source>
            <translation>Dateien von {0} annehmen?</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
        <message>
            <source>Add a file…</source>
            <translation>Datei hinzufügen …</translation>
        </message>
        <message>
            <source>Add a folder…</source>
            <translation>Ordner hinzufügen …</translation>
        </message>
        <message>
            <source>Add these models as “{0}”?</source>
            <translation>Diese Modelle als „{0}“ hinzufügen?</translation>
        </message>
        <message>
            <source>Adding…</source>
            <translation>Wird hinzugefügt …</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Archives (*.zip)</source>
            <translation>Archive (*.zip)</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Checking and unpacking…</source>
            <translation>Wird geprüft und entpackt …</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Comes from {0}, {1}</source>
            <translation>Kommt von {0}, {1}</translation>
        </message>
        <message>
            <source>Comes with Kinfolk: small and quick, and all of it is free to use.</source>
            <translation>Bei Kinfolk dabei: klein und schnell, und alles daran ist frei verwendbar.</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Herunterladen</translation>
        </message>
        <message>
            <source>Download again…</source>
            <translation>Erneut herunterladen …</translation>
        </message>
        <message>
            <source>Downloading: {0}</source>
            <translation>Wird heruntergeladen: {0}</translation>
        </message>
        <message>
            <source>Download…</source>
            <translation>Herunterladen …</translation>
        </message>
        <message>
            <source>For every use</source>
            <translation>Für jeden Zweck</translation>
        </message>
        <message>
            <source>Go back to {0}</source>
            <translation>Zurück zu {0}</translation>
        </message>
        <message>
            <source>Go on downloading…</source>
            <translation>Weiter herunterladen …</translation>
        </message>
        <message>
            <source>How far the download is</source>
            <translation>Fortschritt des Downloads</translation>
        </message>
        <message>
            <source>How far the switch is</source>
            <translation>Fortschritt des Wechsels</translation>
        </message>
        <message>
            <source>I have read this, and use the models
for non-commercial research only</source>
            <translation>Ich habe dies gelesen und verwende die Modelle
nur für nichtkommerzielle Forschung</translation>
        </message>
        <message>
            <source>In use</source>
            <translation>In Verwendung</translation>
        </message>
        <message>
            <source>It has to have the SHA-256 {0}.</source>
            <translation>Es muss die SHA-256-Prüfsumme {0} haben.</translation>
        </message>
        <message>
            <source>Its authors say what for</source>
            <translation>Wofür, sagen die Urheber</translation>
        </message>
        <message>
            <source>Kinfolk does not know these models. Whether they are good, and what their licence allows, is for you to know.

Models: {0}</source>
            <translation>Kinfolk kennt diese Modelle nicht. Ob sie gut sind und was ihre Lizenz erlaubt, müssen Sie selbst wissen.

Modelle: {0}</translation>
        </message>
        <message>
            <source>Large, and the most accurate of its family: for faces that are hard to recognise.</source>
            <translation>Groß und die genauesten ihrer Familie: für Gesichter, die schwer zu erkennen sind.</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Looking at the models…</source>
            <translation>Modelle werden geprüft …</translation>
        </message>
        <message>
            <source>Looking at what it holds…</source>
            <translation>Inhalt wird geprüft …</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Messen</translation>
        </message>
        <message>
            <source>Measuring: Kinfolk looks at a drawn photo…</source>
            <translation>Wird gemessen: Kinfolk sieht ein gezeichnetes Foto durch …</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Models find faces and tell people apart. The ones that come with Kinfolk do that without any others. Others come from their authors, over the internet, only when you ask for them here; read what they may be used for.</source>
            <translation>Modelle finden Gesichter und halten Personen auseinander. Die mitgelieferten können das allein. Andere kommen von ihren Urhebern, über das Internet und nur, wenn Sie hier darum bitten; lesen Sie, wofür sie verwendet werden dürfen.</translation>
        </message>
        <message>
            <source>Models of your own.</source>
            <translation>Eigene Modelle.</translation>
        </message>
        <message>
            <source>Nobody has published its sum: the first download is trusted, and held to later.</source>
            <translation>Niemand hat die Prüfsumme veröffentlicht: Dem ersten Download wird vertraut, jeder spätere muss ihm gleichen.</translation>
        </message>
        <message>
            <source>Non-commercial research only</source>
            <translation>Nur nichtkommerzielle Forschung</translation>
        </message>
        <message>
            <source>Not on this computer</source>
            <translation>Nicht auf diesem Computer</translation>
        </message>
        <message>
            <source>Published at {0}</source>
            <translation>Veröffentlicht unter {0}</translation>
        </message>
        <message>
            <source>Quick, and less sure of people than buffalo_l; tells age and gender.</source>
            <translation>Schnell, bei Personen weniger sicher als buffalo_l; nennt Alter und Geschlecht.</translation>
        </message>
        <message>
            <source>Recognises people as buffalo_l does, and looks for faces more quickly.</source>
            <translation>Erkennen Personen wie buffalo_l und finden Gesichter schneller.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Remove {0}?</source>
            <translation>{0} entfernen?</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Entfernen …</translation>
        </message>
        <message>
            <source>SHA-256 of the archive, to be compared: {0}</source>
            <translation>SHA-256-Prüfsumme des Archivs, zum Vergleichen: {0}</translation>
        </message>
        <message>
            <source>Speed not measured yet</source>
            <translation>Geschwindigkeit noch nicht gemessen</translation>
        </message>
        <message>
            <source>Switching to {0}: people are being put together.</source>
            <translation>Wechsel zu {0}: Personen werden gruppiert.</translation>
        </message>
        <message>
            <source>Switching to {0}: {1} of {2} photos looked at. Your album works with {3} until then.</source>
            <translation>Wechsel zu {0}: {1} von {2} Fotos durchgesehen. Bis dahin arbeitet Ihr Album mit {3}.</translation>
        </message>
        <message>
            <source>The connection was lost; trying again in a moment. {0} came.</source>
            <translation>Die Verbindung ist abgebrochen; gleich folgt ein neuer Versuch. Angekommen: {0}.</translation>
        </message>
        <message>
            <source>The files are not what they were. Accept them only if you changed them yourself: models of somebody else see what somebody else wants.</source>
            <translation>Die Dateien sind nicht mehr dieselben. Nehmen Sie sie nur an, wenn Sie sie selbst geändert haben: Modelle von jemand anderem sehen, was jemand anderes will.</translation>
        </message>
        <message>
            <source>The largest, and the slowest: trained on more people than the others.</source>
            <translation>Die größten und langsamsten: mit mehr Personen trainiert als die anderen.</translation>
        </message>
        <message>
            <source>The licence of {0}</source>
            <translation>Lizenz von {0}</translation>
        </message>
        <message>
            <source>The models are deleted from this computer. Your photos, your people and everything you said stay as they are.</source>
            <translation>Die Modelle werden von diesem Computer gelöscht. Ihre Fotos, Ihre Personen und alle Ihre Angaben bleiben, wie sie sind.</translation>
        </message>
        <message>
            <source>The models {0} are here, and are what they have to be.</source>
            <translation>Die Modelle {0} sind da, und sie sind, was sie sein müssen.</translation>
        </message>
        <message>
            <source>The models {0} are here.</source>
            <translation>Die Modelle {0} sind da.</translation>
        </message>
        <message>
            <source>The smallest of its family: as buffalo_s, without age and gender.</source>
            <translation>Die kleinsten ihrer Familie: wie buffalo_s, ohne Alter und Geschlecht.</translation>
        </message>
        <message>
            <source>The switch to {0} was stopped: {1} of {2} photos looked at, and kept for a while.</source>
            <translation>Der Wechsel zu {0} wurde angehalten: {1} von {2} Fotos angesehen; das bleibt eine Weile erhalten.</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Verwenden</translation>
        </message>
        <message>
            <source>Which archive holds the models?</source>
            <translation>Welches Archiv enthält die Modelle?</translation>
        </message>
        <message>
            <source>Which folder holds the models?</source>
            <translation>Welcher Ordner enthält die Modelle?</translation>
        </message>
        <message>
            <source>Your album works with {0}. Until {1} you can go back to {2} at once.</source>
            <translation>Ihr Album arbeitet mit {0}. Sie können sofort zu {2} zurück (bis {1}).</translation>
        </message>
        <message>
            <source>Your album works with {0}. You can go back to {1} at once.</source>
            <translation>Ihr Album arbeitet mit {0}. Sie können sofort zu {1} zurück.</translation>
        </message>
        <message>
            <source>as fast as {0}</source>
            <translation>so schnell wie {0}</translation>
        </message>
        <message>
            <source>takes {0} times as long as {1}</source>
            <translation>braucht {0}-mal so lange wie {1}</translation>
        </message>
        <message>
            <source>{0} came before.</source>
            <translation>Schon heruntergeladen: {0}.</translation>
        </message>
        <message>
            <source>{0} ms for a photo, and {1} ms for each face in it, one photo at a time.</source>
            <translation>{0} ms für ein Foto und {1} ms für jedes Gesicht darauf, ein Foto nach dem anderen.</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} von {1}</translation>
        </message>
        <message>
            <source>{0} times as fast as {1}</source>
            <translation>{0}-mal so schnell wie {1}</translation>
        </message>
        <message>
            <source>{0} to download</source>
            <translation>{0} herunterzuladen</translation>
        </message>
    </context>
    <context>
        <name>notifying</name>
        <message>
            <source>Group now</source>
            <translation>Jetzt gruppieren</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Anzeigen</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces wait to be grouped.</source>
            <translation>
                <numerusform>{0} Gesicht wartet darauf, gruppiert zu werden.</numerusform>
                <numerusform>{0} Gesichter warten darauf, gruppiert zu werden.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} faces wait, to be grouped at {1}.</source>
            <translation>
                <numerusform>{0} Gesicht wartet und wird um {1} gruppiert.</numerusform>
                <numerusform>{0} Gesichter warten und werden um {1} gruppiert.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>pages</name>
        <message>
            <source>Activity</source>
            <translation>Aktivität</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Alarme</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Ausgeblendet</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>One person</source>
            <translation>Eine Person</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suche</translation>
        </message>
        <message>
            <source>Unnamed</source>
            <translation>Unbenannt</translation>
        </message>
        <message>
            <source>Visitors</source>
            <translation>Besucher</translation>
        </message>
    </context>
    <context>
        <name>people</name>
        <message>
            <source>Birth year…</source>
            <translation>Geburtsjahr …</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Choose a cover for {0}</source>
            <translation>Titelbild für {0} wählen</translation>
        </message>
        <message>
            <source>Choose cover…</source>
            <translation>Titelbild wählen …</translation>
        </message>
        <message>
            <source>Click to give a name</source>
            <translation>Zum Benennen klicken</translation>
        </message>
        <message>
            <source>Click to rename</source>
            <translation>Zum Umbenennen klicken</translation>
        </message>
        <message>
            <source>Collapse section</source>
            <translation>Abschnitt einklappen</translation>
        </message>
        <message>
            <source>Does not work here</source>
            <translation>Arbeitet nicht hier</translation>
        </message>
        <message>
            <source>Double-click to see all photos of {0}</source>
            <translation>Doppelklicken, um alle Fotos zu sehen: {0}</translation>
        </message>
        <message>
            <source>Escape shows everyone again.</source>
            <translation>Esc zeigt wieder alle.</translation>
        </message>
        <message>
            <source>Expand section</source>
            <translation>Abschnitt ausklappen</translation>
        </message>
        <message>
            <source>Export photos…</source>
            <translation>Fotos exportieren …</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>Vergessen</translation>
        </message>
        <message>
            <source>Forget this person…</source>
            <translation>Diese Person vergessen …</translation>
        </message>
        <message>
            <source>Forget {0}?</source>
            <translation>{0} vergessen?</translation>
        </message>
        <message>
            <source>Give a name</source>
            <translation>Benennen</translation>
        </message>
        <message>
            <source>Groups</source>
            <translation>Gruppen</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Ausgeblendet</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <source>Kinfolk erases the name, the faces and everything that was said of this person, and does not learn them from these photos again. The photos themselves stay.</source>
            <translation>Kinfolk löscht den Namen, die Gesichter und alle Angaben zu dieser Person und lernt sie aus diesen Fotos nicht wieder. Die Fotos selbst bleiben.</translation>
        </message>
        <message>
            <source>Merge</source>
            <translation>Zusammenführen</translation>
        </message>
        <message>
            <source>Merge into…</source>
            <translation>Zusammenführen mit …</translation>
        </message>
        <message>
            <source>Merge these people</source>
            <translation>Diese Personen zusammenführen</translation>
        </message>
        <message>
            <source>Merge with {0}</source>
            <translation>Mit {0} zusammenführen</translation>
        </message>
        <message>
            <source>Merge {0} into whom?</source>
            <translation>{0}: mit wem zusammenführen?</translation>
        </message>
        <message>
            <source>Merge {0} into {1}</source>
            <translation>Zusammenführen: {0} → {1}</translation>
        </message>
        <message numerus="yes">
            <source>Merge {0} people into whom?</source>
            <translation>
                <numerusform>{0} Person mit wem zusammenführen?</numerusform>
                <numerusform>{0} Personen mit wem zusammenführen?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Merge {0} people, {1}, into {2}</source>
            <translation>
                <numerusform>{0} Person zusammenführen: {1} → {2}</numerusform>
                <numerusform>{0} Personen zusammenführen: {1} → {2}</numerusform>
            </translation>
        </message>
        <message>
            <source>Most photos</source>
            <translation>Meiste Fotos</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Name them all…</source>
            <translation>Alle benennen …</translation>
        </message>
        <message>
            <source>Named</source>
            <translation>Benannt</translation>
        </message>
        <message>
            <source>Nobody here is called “{0}”</source>
            <translation>Niemand hier heißt „{0}“</translation>
        </message>
        <message>
            <source>Nobody is hidden</source>
            <translation>Niemand ist ausgeblendet</translation>
        </message>
        <message>
            <source>Not known</source>
            <translation>Nicht bekannt</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>Recently changed</source>
            <translation>Zuletzt geändert</translation>
        </message>
        <message>
            <source>Recently seen</source>
            <translation>Zuletzt gesehen</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>Alles auswählen</translation>
        </message>
        <message>
            <source>Show again</source>
            <translation>Wieder anzeigen</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Alle Fotos dieser Person anzeigen</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Alle Fotos anzeigen: {0}</translation>
        </message>
        <message>
            <source>Show photos with all of them</source>
            <translation>Fotos mit ihnen allen anzeigen</translation>
        </message>
        <message>
            <source>Show photos with any of them</source>
            <translation>Fotos mit einer von ihnen anzeigen</translation>
        </message>
        <message>
            <source>Small groups</source>
            <translation>Kleine Gruppen</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Jemand anderes …</translation>
        </message>
        <message>
            <source>The name {0} stays; {1} go.</source>
            <translation>Der Name {0} bleibt; {1} entfallen.</translation>
        </message>
        <message>
            <source>The name {0} stays; {1} goes.</source>
            <translation>Der Name {0} bleibt; {1} entfällt.</translation>
        </message>
        <message>
            <source>The people in your photos</source>
            <translation>Die Personen auf Ihren Fotos</translation>
        </message>
        <message>
            <source>These {0} are one person. Who is it?</source>
            <translation>Diese {0} sind eine Person. Wer ist es?</translation>
        </message>
        <message>
            <source>They appear here as they are found. Then say who they are.</source>
            <translation>Sie erscheinen hier, sobald sie gefunden sind. Dann sagen Sie, wer sie sind.</translation>
        </message>
        <message>
            <source>They are different people</source>
            <translation>Es sind verschiedene Personen</translation>
        </message>
        <message>
            <source>They will be called {0}.</source>
            <translation>Der Name wird {0}.</translation>
        </message>
        <message>
            <source>This is several people…</source>
            <translation>Das sind mehrere Personen …</translation>
        </message>
        <message>
            <source>Undo lets the faces be found again, but it does not bring the name back.</source>
            <translation>Mit „Rückgängig“ können die Gesichter wieder gefunden werden, aber der Name kommt nicht zurück.</translation>
        </message>
        <message>
            <source>When was {0} born?</source>
            <translation>Wann ist {0} geboren?</translation>
        </message>
        <message>
            <source>Where the name was written into sidecars beside the photos, it stays until names are written again.</source>
            <translation>Wo der Name in Begleitdateien neben den Fotos geschrieben wurde, bleibt er, bis wieder Namen geschrieben werden.</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>Wer ist das?</translation>
        </message>
        <message>
            <source>Whom you hide is kept here, out of the way, and can be shown again.</source>
            <translation>Wen Sie ausblenden, wird hier aufgehoben, aus dem Weg, und kann wieder angezeigt werden.</translation>
        </message>
        <message>
            <source>Works here</source>
            <translation>Arbeitet hier</translation>
        </message>
        <message>
            <source>Year of birth</source>
            <translation>Geburtsjahr</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>diese Person</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} und {1}</translation>
        </message>
        <message>
            <source>{0} is here already, but hidden: {1}.</source>
            <translation>{0} gibt es hier schon, aber ausgeblendet: {1}.</translation>
        </message>
        <message>
            <source>{0} is here already: {1}.</source>
            <translation>{0} gibt es hier schon: {1}.</translation>
        </message>
    </context>
    <context>
        <name>person</name>
        <message>
            <source>Choose the cover</source>
            <translation>Titelbild wählen</translation>
        </message>
        <message>
            <source>Click to change the name</source>
            <translation>Zum Ändern des Namens klicken</translation>
        </message>
        <message>
            <source>Cover</source>
            <translation>Titelbild</translation>
        </message>
        <message>
            <source>Estimated from {0}. Most of them look this age; it may be wrong.</source>
            <translation>Geschätzt ({0}). Auf den meisten ist dieses Alter zu sehen; es kann falsch sein.</translation>
        </message>
        <message>
            <source>Estimated from {0}: {1} years on average, from {2} to {3}. Most of them look the ages in brackets; it may be wrong.</source>
            <translation>Geschätzt ({0}): im Mittel {1} Jahre, von {2} bis {3}. In Klammern steht das Alter, nach dem die meisten aussehen; es kann falsch sein.</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Gesichter</translation>
        </message>
        <message>
            <source>Female</source>
            <translation>Weiblich</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>Ist das {0}?</translation>
        </message>
        <message>
            <source>Looks about {0}</source>
            <translation>Wirkt wie etwa {0}</translation>
        </message>
        <message>
            <source>Looks about {0} ({1})</source>
            <translation>Wirkt wie etwa {0} ({1})</translation>
        </message>
        <message>
            <source>Looks {0}</source>
            <translation>Wirkt wie {0}</translation>
        </message>
        <message>
            <source>Male</source>
            <translation>Männlich</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>More that can be done with this person</source>
            <translation>Was sich mit dieser Person noch tun lässt</translation>
        </message>
        <message>
            <source>No, not {0} (N)</source>
            <translation>Nein, nicht {0} (N)</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>Nicht diese Person</translation>
        </message>
        <message>
            <source>Not {0} in these photos</source>
            <translation>Nicht {0} auf diesen Fotos</translation>
        </message>
        <message>
            <source>Not {0} in this photo</source>
            <translation>Nicht {0} auf diesem Foto</translation>
        </message>
        <message>
            <source>Open photo</source>
            <translation>Foto öffnen</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Photos with {0}: {1}</source>
            <translation>Fotos mit {0}: {1}</translation>
        </message>
        <message>
            <source>Select the face for the cover and press C.</source>
            <translation>Wählen Sie das Gesicht für das Titelbild aus und drücken Sie C.</translation>
        </message>
        <message>
            <source>Select the faces that are somebody else's.</source>
            <translation>Wählen Sie die Gesichter aus, die jemand anderem gehören.</translation>
        </message>
        <message>
            <source>Show all {0} in Review</source>
            <translation>Alle {0} unter „Prüfen“ anzeigen</translation>
        </message>
        <message>
            <source>Show in Review</source>
            <translation>Unter „Prüfen“ anzeigen</translation>
        </message>
        <message>
            <source>Show photos together with…</source>
            <translation>Fotos zusammen mit … anzeigen</translation>
        </message>
        <message>
            <source>Show the {0} with {1}</source>
            <translation>Anzeigen: {0} mit {1}</translation>
        </message>
        <message>
            <source>The rest</source>
            <translation>Die übrigen</translation>
        </message>
        <message>
            <source>These look different</source>
            <translation>Diese sehen anders aus</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>Als Titelbild verwenden</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>Wer ist das?</translation>
        </message>
        <message>
            <source>Yes, {0} (Y)</source>
            <translation>Ja, {0} (Y)</translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>unbenannter Person</translation>
        </message>
        <message>
            <source>born {0}</source>
            <translation>geboren {0}</translation>
        </message>
        <message>
            <source>female</source>
            <translation>weiblich</translation>
        </message>
        <message>
            <source>male</source>
            <translation>männlich</translation>
        </message>
        <message>
            <source>the same person</source>
            <translation>dieselbe Person</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>diese Person</translation>
        </message>
        <message>
            <source>with</source>
            <translation>mit</translation>
        </message>
        <message>
            <source>works here</source>
            <translation>arbeitet hier</translation>
        </message>
        <message>
            <source>{0} (estimated)</source>
            <translation>{0} (geschätzt)</translation>
        </message>
        <message>
            <source>{0} more</source>
            <translation>{0} weitere</translation>
        </message>
        <message>
            <source>{0} more who are in the same photos</source>
            <translation>{0} weitere, die auf denselben Fotos sind</translation>
        </message>
    </context>
    <context>
        <name>photos</name>
        <message>
            <source>A stranger</source>
            <translation>Eine fremde Person</translation>
        </message>
        <message>
            <source>Alike faces stand together. Select some to say who they are.</source>
            <translation>Ähnliche Gesichter stehen beieinander. Wählen Sie einige aus, um zu sagen, wer sie sind.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Close the stack</source>
            <translation>Stapel schließen</translation>
        </message>
        <message>
            <source>Close the stack (Esc)</source>
            <translation>Stapel schließen (Esc)</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Copy file</source>
            <translation>Datei kopieren</translation>
        </message>
        <message>
            <source>Copy image</source>
            <translation>Bild kopieren</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Pfad kopieren</translation>
        </message>
        <message>
            <source>Export photos…</source>
            <translation>Fotos exportieren …</translation>
        </message>
        <message>
            <source>Export {0}…</source>
            <translation>{0} exportieren …</translation>
        </message>
        <message>
            <source>Face of {0}</source>
            <translation>Gesicht von {0}</translation>
        </message>
        <message>
            <source>Face without a name</source>
            <translation>Gesicht ohne Namen</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Gesichter</translation>
        </message>
        <message>
            <source>Hard to recognise</source>
            <translation>Schwer zu erkennen</translation>
        </message>
        <message>
            <source>Make this the top</source>
            <translation>Nach oben legen</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>More that can be said of the selected faces</source>
            <translation>Was sich zu den ausgewählten Gesichtern noch sagen lässt</translation>
        </message>
        <message>
            <source>Move to…</source>
            <translation>Verschieben nach …</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Ohne Datum</translation>
        </message>
        <message>
            <source>No date; its file is of {0}</source>
            <translation>Ohne Datum; die Datei ist vom {0}</translation>
        </message>
        <message numerus="yes">
            <source>None of these {0} photos is on this disk, so they cannot be dragged.</source>
            <translation>
                <numerusform>Dieses Foto ist nicht auf diesem Computer und lässt sich deshalb nicht ziehen.</numerusform>
                <numerusform>Keines dieser {0} Fotos ist auf diesem Computer; deshalb lassen sie sich nicht ziehen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>Kein Gesicht</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>Nicht diese Person</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>Nicht {0}</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Open with the default program</source>
            <translation>Mit Standardprogramm öffnen</translation>
        </message>
        <message>
            <source>Photo of {0}</source>
            <translation>Foto vom {0}</translation>
        </message>
        <message>
            <source>Photo without a date</source>
            <translation>Foto ohne Datum</translation>
        </message>
        <message>
            <source>Photo without a date; its file is of {0}</source>
            <translation>Foto ohne Datum; die Datei ist vom {0}</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Photos in this stack</source>
            <translation>Fotos in diesem Stapel</translation>
        </message>
        <message>
            <source>Photos of this stack</source>
            <translation>Fotos dieses Stapels</translation>
        </message>
        <message>
            <source>Select the whole group</source>
            <translation>Ganze Gruppe auswählen</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Alle Fotos dieser Person anzeigen</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Alle Fotos von {0} anzeigen</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>In Dateiverwaltung anzeigen</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>Foto anzeigen</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Jemand anderes …</translation>
        </message>
        <message>
            <source>Stack these photos</source>
            <translation>Diese Fotos stapeln</translation>
        </message>
        <message>
            <source>Take out of the stack</source>
            <translation>Aus dem Stapel nehmen</translation>
        </message>
        <message>
            <source>The camera wrote no date; the file is of {0}</source>
            <translation>Die Kamera hat kein Datum geschrieben; die Datei ist vom {0}</translation>
        </message>
        <message>
            <source>They are one person who gets a name later</source>
            <translation>Sie sind eine Person, die später einen Namen bekommt</translation>
        </message>
        <message>
            <source>This is someone else…</source>
            <translation>Das ist jemand anderes …</translation>
        </message>
        <message>
            <source>Top</source>
            <translation>Oben</translation>
        </message>
        <message>
            <source>Unnamed</source>
            <translation>Unbenannt</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>Als Titelbild verwenden</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>Wer ist das?</translation>
        </message>
        <message>
            <source>Without a name</source>
            <translation>Ohne Namen</translation>
        </message>
        <message>
            <source>Yes, it is this person</source>
            <translation>Ja, es ist diese Person</translation>
        </message>
        <message>
            <source>Yes, it is {0}</source>
            <translation>Ja, es ist {0}</translation>
        </message>
        <message>
            <source>in a video at {0}</source>
            <translation>in einem Video bei {0}</translation>
        </message>
        <message>
            <source>not sure</source>
            <translation>nicht sicher</translation>
        </message>
        <message>
            <source>video, {0}</source>
            <translation>Video, {0}</translation>
        </message>
        <message>
            <source>you said so</source>
            <translation>Ihre Angabe</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces selected</source>
            <translation>
                <numerusform>{0} Gesicht ausgewählt</numerusform>
                <numerusform>{0} Gesichter ausgewählt</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} in this stack</source>
            <translation>{0} in diesem Stapel</translation>
        </message>
        <message numerus="yes">
            <source>{0} photos are not on this disk and are left out.</source>
            <translation>
                <numerusform>{0} Foto ist nicht auf diesem Computer und wird ausgelassen.</numerusform>
                <numerusform>{0} Fotos sind nicht auf diesem Computer und werden ausgelassen.</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} with this picture</source>
            <translation>{0} mit diesem Bild</translation>
        </message>
        <message>
            <source>{0} · age {1}</source>
            <translation>{0} · {1} Jahre</translation>
        </message>
        <message>
            <source>{0}, on top of the stack</source>
            <translation>{0}, oben auf dem Stapel</translation>
        </message>
    </context>
    <context>
        <name>review</name>
        <message>
            <source>1 face in question</source>
            <translation>1 fragliches Gesicht</translation>
        </message>
        <message>
            <source>Almost certainly</source>
            <translation>So gut wie sicher</translation>
        </message>
        <message>
            <source>Are all of these the same person?</source>
            <translation>Sind diese alle dieselbe Person?</translation>
        </message>
        <message>
            <source>Are these the same person?</source>
            <translation>Sind diese dieselbe Person?</translation>
        </message>
        <message>
            <source>Are {0} and {1} the same person?</source>
            <translation>Sind {0} und {1} dieselbe Person?</translation>
        </message>
        <message>
            <source>Ask skipped ones again</source>
            <translation>Übersprungene noch einmal fragen</translation>
        </message>
        <message>
            <source>C or Space shows the whole photo  ·  W tells why it is asked</source>
            <translation>C oder Leertaste zeigt das ganze Foto  ·  W sagt, warum gefragt wird</translation>
        </message>
        <message>
            <source>Different people</source>
            <translation>Verschiedene Personen</translation>
        </message>
        <message>
            <source>Do these belong with {0}?</source>
            <translation>Gehören diese zu {0}?</translation>
        </message>
        <message>
            <source>Does this face belong with {0}?</source>
            <translation>Gehört dieses Gesicht zu {0}?</translation>
        </message>
        <message>
            <source>Even the nearest face of {0} is not very much alike.</source>
            <translation>Selbst das ähnlichste Gesicht von {0} ist nicht sehr ähnlich.</translation>
        </message>
        <message>
            <source>Face {0} of {1}</source>
            <translation>Gesicht {0} von {1}</translation>
        </message>
        <message>
            <source>Faces in question</source>
            <translation>Fragliche Gesichter</translation>
        </message>
        <message>
            <source>Faces they are held against</source>
            <translation>Gesichter zum Vergleich</translation>
        </message>
        <message>
            <source>How many of the questions are answered</source>
            <translation>Wie viele der Fragen beantwortet sind</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>Ist das {0}?</translation>
        </message>
        <message>
            <source>It looks like someone else</source>
            <translation>Es sieht nach jemand anderem aus</translation>
        </message>
        <message>
            <source>Kinfolk asks when it is not sure who somebody is.</source>
            <translation>Kinfolk fragt, wenn es nicht sicher ist, wer jemand ist.</translation>
        </message>
        <message>
            <source>Kinfolk asks you as soon as it has found people in your photos.</source>
            <translation>Kinfolk fragt Sie, sobald es Personen auf Ihren Fotos gefunden hat.</translation>
        </message>
        <message>
            <source>Look at the whole photo</source>
            <translation>Ganzes Foto ansehen</translation>
        </message>
        <message>
            <source>Looking for what to ask…</source>
            <translation>Fragen werden gesucht …</translation>
        </message>
        <message>
            <source>No</source>
            <translation>Nein</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Ohne Datum</translation>
        </message>
        <message>
            <source>No questions yet</source>
            <translation>Noch keine Fragen</translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>Kein Gesicht</translation>
        </message>
        <message>
            <source>Not faces</source>
            <translation>Keine Gesichter</translation>
        </message>
        <message>
            <source>Not likely, but worth a look</source>
            <translation>Nicht wahrscheinlich, aber einen Blick wert</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>Nicht {0}</translation>
        </message>
        <message>
            <source>Nothing to ask</source>
            <translation>Nichts zu fragen</translation>
        </message>
        <message>
            <source>Of 100 questions like this one, about {0} are answered with yes.</source>
            <translation>Von 100 Fragen wie dieser werden etwa {0} mit Ja beantwortet.</translation>
        </message>
        <message>
            <source>One moment.</source>
            <translation>Einen Moment.</translation>
        </message>
        <message>
            <source>Only about {0} in 100 faces like these belong where they are.</source>
            <translation>Nur etwa {0} von 100 Gesichtern wie diesen gehören dorthin, wo sie sind.</translation>
        </message>
        <message>
            <source>Or an unnamed person?</source>
            <translation>Oder eine unbenannte Person?</translation>
        </message>
        <message>
            <source>Or {0}?</source>
            <translation>Oder {0}?</translation>
        </message>
        <message>
            <source>Perhaps</source>
            <translation>Vielleicht</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Frage</translation>
        </message>
        <message>
            <source>Quite likely</source>
            <translation>Ziemlich wahrscheinlich</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Show all photos</source>
            <translation>Alle Fotos anzeigen</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Alle Fotos von {0} anzeigen</translation>
        </message>
        <message>
            <source>Show people</source>
            <translation>Personen anzeigen</translation>
        </message>
        <message>
            <source>Show photo</source>
            <translation>Foto anzeigen</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Überspringen</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>Übersprungen</translation>
        </message>
        <message>
            <source>Someone else</source>
            <translation>Jemand anderes</translation>
        </message>
        <message>
            <source>Someone else: type a name</source>
            <translation>Jemand anderes: Namen eingeben</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Jemand anderes …</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>Zurücknehmen</translation>
        </message>
        <message>
            <source>That is all for now</source>
            <translation>Das ist alles fürs Erste</translation>
        </message>
        <message>
            <source>The nearest face of {0} is quite alike.</source>
            <translation>Das ähnlichste Gesicht von {0} ist recht ähnlich.</translation>
        </message>
        <message>
            <source>The nearest face of {0} is very much alike.</source>
            <translation>Das ähnlichste Gesicht von {0} ist sehr ähnlich.</translation>
        </message>
        <message>
            <source>The next likely person</source>
            <translation>Die nächstwahrscheinliche Person</translation>
        </message>
        <message>
            <source>The other faces, {0} in all</source>
            <translation>Die übrigen Gesichter, {0} insgesamt</translation>
        </message>
        <message>
            <source>They look like someone else</source>
            <translation>Sie sehen nach jemand anderem aus</translation>
        </message>
        <message>
            <source>Unnamed faces</source>
            <translation>Unbenannte Gesichter</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>Unbenannte Person</translation>
        </message>
        <message>
            <source>Very likely</source>
            <translation>Sehr wahrscheinlich</translation>
        </message>
        <message>
            <source>Why?</source>
            <translation>Warum?</translation>
        </message>
        <message>
            <source>Yes</source>
            <translation>Ja</translation>
        </message>
        <message>
            <source>You settled {0}. Kinfolk asks again when there is something new.</source>
            <translation>Geklärt: {0}. Kinfolk fragt wieder, wenn es etwas Neues gibt.</translation>
        </message>
        <message numerus="yes">
            <source>about {0} faces</source>
            <translation>
                <numerusform>etwa {0} Gesicht</numerusform>
                <numerusform>etwa {0} Gesichter</numerusform>
            </translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>Eine unbenannte Person</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>dieser Person</translation>
        </message>
        <message>
            <source>{0}  ·  Backspace takes it back</source>
            <translation>{0}  ·  Rücktaste nimmt es zurück</translation>
        </message>
        <message>
            <source>{0} ({1} % sure)</source>
            <translation>{0} (zu {1} % sicher)</translation>
        </message>
        <message>
            <source>{0} ({1} %)</source>
            <translation>{0} ({1} %)</translation>
        </message>
        <message>
            <source>{0} in question</source>
            <translation>Fraglich: {0}</translation>
        </message>
        <message>
            <source>{0} is more alike still.</source>
            <translation>{0} ist noch ähnlicher.</translation>
        </message>
        <message>
            <source>{0} is nearly as alike.</source>
            <translation>{0} ist fast ebenso ähnlich.</translation>
        </message>
        <message>
            <source>{0} is next, but clearly less alike.</source>
            <translation>{0} kommt als Nächstes, ist aber deutlich weniger ähnlich.</translation>
        </message>
        <message>
            <source>{0} of the nearest {1} you placed yourself.</source>
            <translation>{0} der ähnlichsten {1} haben Sie selbst zugeordnet.</translation>
        </message>
        <message>
            <source>{0} of {1}, ← and → show the others</source>
            <translation>{0} von {1}, ← und → zeigen die anderen</translation>
        </message>
        <message numerus="yes">
            <source>{0} questions left</source>
            <translation>
                <numerusform>noch {0} Frage</numerusform>
                <numerusform>noch {0} Fragen</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, it settles 1 face</source>
            <translation>{0}, klärt 1 Gesicht</translation>
        </message>
        <message>
            <source>{0}, it settles {1}</source>
            <translation>{0}, klärt {1}</translation>
        </message>
        <message>
            <source>{0}, they settle {1}</source>
            <translation>{0}, klären {1}</translation>
        </message>
        <message>
            <source>✓ The same person</source>
            <translation>✓ Dieselbe Person</translation>
        </message>
    </context>
    <context>
        <name>sayings</name>
        <message>
            <source>, {0} found</source>
            <translation>, {0} gefunden</translation>
        </message>
        <message>
            <source>--json needs a command; see `kinfolk --help`.</source>
            <translation>--json braucht einen Befehl; siehe `kinfolk --help`.</translation>
        </message>
        <message>
            <source>1 face</source>
            <translation>1 Gesicht</translation>
        </message>
        <message>
            <source>1 face and its embedding are</source>
            <translation>1 Gesicht und seine Merkmale sind</translation>
        </message>
        <message>
            <source>1 face is a stranger</source>
            <translation>1 Gesicht ist eine fremde Person</translation>
        </message>
        <message>
            <source>1 face is not {0}</source>
            <translation>1 Gesicht ist nicht {0}</translation>
        </message>
        <message>
            <source>1 face is {0}</source>
            <translation>1 Gesicht ist {0}</translation>
        </message>
        <message>
            <source>1 face is {0}, not {1}</source>
            <translation>1 Gesicht ist {0}, nicht {1}</translation>
        </message>
        <message>
            <source>1 face that you placed is</source>
            <translation>1 Gesicht, das Sie zugeordnet haben, ist</translation>
        </message>
        <message>
            <source>1 face with {0} looks like someone else. Does it belong there?</source>
            <translation>1 Gesicht ({0}) sieht nach jemand anderem aus. Gehört es dorthin?</translation>
        </message>
        <message>
            <source>1 is not a face</source>
            <translation>1 ist kein Gesicht</translation>
        </message>
        <message>
            <source>1 of the faces is</source>
            <translation>1 der Gesichter ist</translation>
        </message>
        <message>
            <source>1 person</source>
            <translation>1 Person</translation>
        </message>
        <message>
            <source>1 person is not staff</source>
            <translation>1 Person gehört nicht zum Personal</translation>
        </message>
        <message>
            <source>1 person is shown again</source>
            <translation>1 Person wird wieder angezeigt</translation>
        </message>
        <message>
            <source>1 person is staff</source>
            <translation>1 Person gehört zum Personal</translation>
        </message>
        <message>
            <source>1 person or group</source>
            <translation>1 Person oder Gruppe</translation>
        </message>
        <message>
            <source>1 photo</source>
            <translation>1 Foto</translation>
        </message>
        <message>
            <source>1 place</source>
            <translation>1 Ort</translation>
        </message>
        <message>
            <source>1 unnamed person</source>
            <translation>1 unbenannte Person</translation>
        </message>
        <message>
            <source>1 unnamed person has</source>
            <translation>1 unbenannte Person hat</translation>
        </message>
        <message>
            <source>; {0} skipped</source>
            <translation>; {0} übersprungen</translation>
        </message>
        <message>
            <source>A backup is damaged; `kinfolk backup --list` says which.</source>
            <translation>Eine Sicherung ist beschädigt; `kinfolk backup --list` sagt, welche.</translation>
        </message>
        <message>
            <source>A collection needs a name.</source>
            <translation>Eine Sammlung braucht einen Namen.</translation>
        </message>
        <message>
            <source>A command that is run when a task ends and for every alert, with a JSON document on its standard input.</source>
            <translation>Ein Befehl, der beim Ende einer Aufgabe und bei jedem Alarm ausgeführt wird, mit einem JSON-Dokument auf der Standardeingabe.</translation>
        </message>
        <message>
            <source>A face of less quality is no stranger: it cannot be told who it is.</source>
            <translation>Ein Gesicht geringerer Qualität gilt nicht als fremd: Es lässt sich nicht sagen, wer es ist.</translation>
        </message>
        <message>
            <source>A high-definition face is larger than this.</source>
            <translation>Ein hochauflösendes Gesicht ist größer als dies.</translation>
        </message>
        <message>
            <source>A larger picture is skipped.</source>
            <translation>Ein größeres Bild wird übersprungen.</translation>
        </message>
        <message>
            <source>A later call took its place.</source>
            <translation>Ein späterer Aufruf trat an seine Stelle.</translation>
        </message>
        <message>
            <source>A name needs at least one letter.</source>
            <translation>Ein Name braucht mindestens einen Buchstaben.</translation>
        </message>
        <message>
            <source>A person is founded by at least this many photos.</source>
            <translation>Eine Person wird durch mindestens so viele Fotos begründet.</translation>
        </message>
        <message>
            <source>A photo that needs more memory than this to look at is skipped.</source>
            <translation>Ein Foto, das beim Durchsehen mehr Speicher braucht, wird übersprungen.</translation>
        </message>
        <message>
            <source>A photo that takes longer to look at is skipped.</source>
            <translation>Ein Foto, dessen Durchsehen länger dauert, wird übersprungen.</translation>
        </message>
        <message>
            <source>A stack takes two photos or more.</source>
            <translation>Ein Stapel braucht mindestens zwei Fotos.</translation>
        </message>
        <message>
            <source>A stranger at {0}</source>
            <translation>Eine fremde Person: {0}</translation>
        </message>
        <message>
            <source>A stranger raises an alert once seen in so many photos, together.</source>
            <translation>Eine fremde Person löst einen Alarm aus, sobald sie auf insgesamt so vielen Fotos zu sehen war.</translation>
        </message>
        <message>
            <source>A task of the type {0} cannot be cancelled.</source>
            <translation>Eine Aufgabe der Art {0} lässt sich nicht abbrechen.</translation>
        </message>
        <message>
            <source>A video that takes longer to look at is skipped.</source>
            <translation>Ein Video, dessen Durchsehen länger dauert, wird übersprungen.</translation>
        </message>
        <message>
            <source>A window of Kinfolk has this library open, and does not answer. Wait a moment, or end it and try again.</source>
            <translation>Ein Fenster von Kinfolk hat diese Bibliothek geöffnet und antwortet nicht. Warten Sie einen Moment, oder beenden Sie es und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>A year of birth lies between {0} and {1}.</source>
            <translation>Ein Geburtsjahr liegt zwischen {0} und {1}.</translation>
        </message>
        <message>
            <source>An index is damaged in {0} ({1}).</source>
            <translation>Ein Index in {0} ist beschädigt ({1}).</translation>
        </message>
        <message>
            <source>And of a quality above this.</source>
            <translation>Und von einer Qualität darüber.</translation>
        </message>
        <message>
            <source>And turned less than this in every direction.</source>
            <translation>Und in jeder Richtung weniger gedreht als dies.</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open to look at photos, and does not answer. Wait a moment or close it; listing and naming people works meanwhile.</source>
            <translation>Ein anderes Kinfolk hat diese Bibliothek geöffnet, um Fotos durchzusehen, und antwortet nicht. Warten Sie einen Moment, oder schließen Sie es; Auflisten und Benennen von Personen geht inzwischen.</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open to look at photos. Add folders there, or close it first; listing and naming people works meanwhile.</source>
            <translation>Ein anderes Kinfolk hat diese Bibliothek geöffnet, um Fotos durchzusehen. Fügen Sie Ordner dort hinzu, oder schließen Sie es zuerst; Auflisten und Benennen von Personen geht inzwischen.</translation>
        </message>
        <message>
            <source>Another Kinfolk has this library open. Close it and try again.</source>
            <translation>Ein anderes Kinfolk hat diese Bibliothek geöffnet. Schließen Sie es und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>Another Kinfolk is bringing this library up to date. Wait until it is done and try again.</source>
            <translation>Ein anderes Kinfolk bringt diese Bibliothek auf den neuesten Stand. Warten Sie, bis es fertig ist, und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>Another Kinfolk is erasing something. Try again later.</source>
            <translation>Ein anderes Kinfolk löscht gerade etwas. Versuchen Sie es später erneut.</translation>
        </message>
        <message>
            <source>Another Kinfolk makes a backup of this library. Wait until it is done and try again.</source>
            <translation>Ein anderes Kinfolk legt eine Sicherung dieser Bibliothek an. Warten Sie, bis es fertig ist, und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>Another version of Kinfolk has this library open.</source>
            <translation>Eine andere Version von Kinfolk hat diese Bibliothek geöffnet.</translation>
        </message>
        <message>
            <source>Are these {0} faces {1}?</source>
            <translation>Sind diese {0} Gesichter {1}?</translation>
        </message>
        <message>
            <source>Are {0} and {1} the same person?</source>
            <translation>Sind {0} und {1} dieselbe Person?</translation>
        </message>
        <message>
            <source>Backup made</source>
            <translation>Sicherung angelegt</translation>
        </message>
        <message>
            <source>Backup restored</source>
            <translation>Sicherung wiederhergestellt</translation>
        </message>
        <message>
            <source>Checking the library</source>
            <translation>Bibliothek prüfen</translation>
        </message>
        <message>
            <source>Chose a cover for {0}</source>
            <translation>Titelbild für {0} gewählt</translation>
        </message>
        <message>
            <source>Chose the top of a stack</source>
            <translation>Oberstes Foto eines Stapels gewählt</translation>
        </message>
        <message>
            <source>Colours of the window: system, light or dark.</source>
            <translation>Farben des Fensters: system, light (hell) oder dark (dunkel).</translation>
        </message>
        <message>
            <source>Confirmed {0} of {1}</source>
            <translation>{0} bestätigt ({1})</translation>
        </message>
        <message>
            <source>Contact sheet of {0}</source>
            <translation>Kontaktbogen von {0}</translation>
        </message>
        <message>
            <source>Deleted the collection {0}</source>
            <translation>Sammlung {0} gelöscht</translation>
        </message>
        <message>
            <source>Drew a face</source>
            <translation>Ein Gesicht eingezeichnet</translation>
        </message>
        <message>
            <source>Drew a face of {0}</source>
            <translation>Ein Gesicht von {0} eingezeichnet</translation>
        </message>
        <message>
            <source>Erased all face data: {0}. This cannot be undone; only photos that are new from now on are looked at</source>
            <translation>Alle Gesichtsdaten gelöscht: {0}. Das lässt sich nicht rückgängig machen; nur Fotos, die ab jetzt neu sind, werden durchgesehen</translation>
        </message>
        <message>
            <source>Erased {0} of strangers, whom nobody has named; this cannot be undone</source>
            <translation>{0} von Fremden gelöscht, die niemand benannt hat; das lässt sich nicht rückgängig machen</translation>
        </message>
        <message>
            <source>Erasing face data</source>
            <translation>Gesichtsdaten löschen</translation>
        </message>
        <message>
            <source>Everything else is looked at once the library's file is sound.</source>
            <translation>Alles andere wird geprüft, sobald die Datei der Bibliothek in Ordnung ist.</translation>
        </message>
        <message>
            <source>Exporting photos</source>
            <translation>Fotos exportieren</translation>
        </message>
        <message>
            <source>Face data erased</source>
            <translation>Gesichtsdaten gelöscht</translation>
        </message>
        <message>
            <source>Faces grouped</source>
            <translation>Gesichter gruppiert</translation>
        </message>
        <message>
            <source>Faces grouped afresh</source>
            <translation>Gesichter neu gruppiert</translation>
        </message>
        <message>
            <source>Faces of two collections cannot be one person.</source>
            <translation>Gesichter zweier Sammlungen können nicht eine Person sein.</translation>
        </message>
        <message>
            <source>Forgot someone</source>
            <translation>Jemanden vergessen</translation>
        </message>
        <message>
            <source>Grouping all faces afresh</source>
            <translation>Alle Gesichter neu gruppieren</translation>
        </message>
        <message>
            <source>Grouping faces</source>
            <translation>Gesichter gruppieren</translation>
        </message>
        <message>
            <source>Hid 1 unnamed person</source>
            <translation>1 unbenannte Person ausgeblendet</translation>
        </message>
        <message>
            <source>Hid {0}</source>
            <translation>{0} ausgeblendet</translation>
        </message>
        <message>
            <source>Hid {0} unnamed people</source>
            <translation>{0} unbenannte Personen ausgeblendet</translation>
        </message>
        <message>
            <source>How hard Kinfolk works: full; gentle, one photo at a time and behind everything else; or auto, which is gentle on battery.</source>
            <translation>Wie eifrig Kinfolk arbeitet: full (voll); gentle (behutsam), ein Foto nach dem anderen und hinter allem anderen; oder auto, im Akkubetrieb behutsam.</translation>
        </message>
        <message>
            <source>How many photos to look at at once; 0 is one a core.</source>
            <translation>Wie viele Fotos zugleich durchgesehen werden; 0 heißt eines je Kern.</translation>
        </message>
        <message>
            <source>Install Kinfolk again, or choose another model pack.</source>
            <translation>Installieren Sie Kinfolk neu, oder wählen Sie ein anderes Modellpaket.</translation>
        </message>
        <message>
            <source>Is this {0}?</source>
            <translation>Ist das {0}?</translation>
        </message>
        <message>
            <source>It cannot be read: {0}.</source>
            <translation>Nicht lesbar: {0}.</translation>
        </message>
        <message>
            <source>It cannot be written without its metadata; as an original it can be in the album.</source>
            <translation>Es kann nicht ohne seine Metadaten geschrieben werden; als Original kann es im Album sein.</translation>
        </message>
        <message>
            <source>It crashes.</source>
            <translation>Es stürzt ab.</translation>
        </message>
        <message>
            <source>It does not answer.</source>
            <translation>Es antwortet nicht.</translation>
        </message>
        <message>
            <source>It is damaged: a row of the table {0} makes no sense.</source>
            <translation>Beschädigt: Eine Zeile der Tabelle {0} ergibt keinen Sinn.</translation>
        </message>
        <message>
            <source>It is damaged: a row points to one that is missing.</source>
            <translation>Beschädigt: Eine Zeile verweist auf eine, die fehlt.</translation>
        </message>
        <message>
            <source>It is damaged: it does not have its full size.</source>
            <translation>Beschädigt: Die Datei hat nicht ihre volle Größe.</translation>
        </message>
        <message>
            <source>It is damaged: it is no database.</source>
            <translation>Beschädigt: Die Datei ist keine Datenbank.</translation>
        </message>
        <message>
            <source>It is damaged: {0}.</source>
            <translation>Beschädigt: {0}.</translation>
        </message>
        <message>
            <source>It is no library of Kinfolk.</source>
            <translation>Das ist keine Bibliothek von Kinfolk.</translation>
        </message>
        <message>
            <source>It is no photo or video that Kinfolk can open.</source>
            <translation>Es ist kein Foto oder Video, das Kinfolk öffnen kann.</translation>
        </message>
        <message>
            <source>It sees something else than the processor.</source>
            <translation>Damit kommt etwas anderes heraus als mit dem Prozessor.</translation>
        </message>
        <message>
            <source>It takes two different people to merge.</source>
            <translation>Zum Zusammenführen braucht es zwei verschiedene Personen.</translation>
        </message>
        <message>
            <source>It was cancelled; no name was taken in.</source>
            <translation>Es wurde abgebrochen; kein Name wurde übernommen.</translation>
        </message>
        <message>
            <source>Its drive is not connected, or its folder is not there.</source>
            <translation>Das Laufwerk ist nicht verbunden, oder der Ordner ist nicht da.</translation>
        </message>
        <message>
            <source>Kinfolk ended before this was done.</source>
            <translation>Kinfolk wurde beendet, bevor dies fertig war.</translation>
        </message>
        <message>
            <source>Kinfolk goes on without {0}, which failed{1}.</source>
            <translation>Kinfolk macht ohne {0} weiter; es ist ausgefallen{1}.</translation>
        </message>
        <message>
            <source>Kinfolk has this library open on another computer, {0}. Close it there first.</source>
            <translation>Kinfolk hat diese Bibliothek auf einem anderen Computer geöffnet, {0}. Schließen Sie sie dort zuerst.</translation>
        </message>
        <message>
            <source>Kinfolk is looking at photos: tasks, counts, and whether faces are where the log says are checked when it is closed.</source>
            <translation>Kinfolk sieht gerade Fotos durch: Aufgaben, Zahlen und ob Gesichter sind, wo sie laut Protokoll sein sollen, wird geprüft, wenn es geschlossen ist.</translation>
        </message>
        <message>
            <source>Kinfolk is open and at work on this library. Close it, then let the doctor repair it.</source>
            <translation>Kinfolk ist geöffnet und arbeitet an dieser Bibliothek. Schließen Sie es, dann kann der Doktor sie reparieren.</translation>
        </message>
        <message>
            <source>LibRaw has not enough memory</source>
            <translation>LibRaw hat nicht genug Speicher</translation>
        </message>
        <message>
            <source>Library checked</source>
            <translation>Bibliothek geprüft</translation>
        </message>
        <message>
            <source>Long side of the small picture kept of a photo.</source>
            <translation>Lange Seite des kleinen Bildes, das von einem Foto aufgehoben wird.</translation>
        </message>
        <message>
            <source>Looking at it needs more than {0} MB of memory; the setting photo_megabytes can allow more.</source>
            <translation>Das Durchsehen braucht mehr als {0} MB Speicher; die Einstellung photo_megabytes kann mehr erlauben.</translation>
        </message>
        <message>
            <source>Looking at it took longer than {0} seconds, twice. The setting {1} can allow more.</source>
            <translation>Das Durchsehen dauerte zweimal länger als {0} Sekunden. Die Einstellung {1} kann mehr erlauben.</translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>Fotos durchsehen</translation>
        </message>
        <message>
            <source>Made {0} unnamed people one</source>
            <translation>{0} unbenannte Personen zu einer zusammengeführt</translation>
        </message>
        <message>
            <source>Making a backup</source>
            <translation>Sicherung anlegen</translation>
        </message>
        <message>
            <source>Merged {0} into {1}</source>
            <translation>{0} mit {1} zusammengeführt</translation>
        </message>
        <message>
            <source>Named {0}</source>
            <translation>{0} benannt</translation>
        </message>
        <message>
            <source>Names taken in</source>
            <translation>Namen übernommen</translation>
        </message>
        <message>
            <source>Names written into sidecars</source>
            <translation>Namen in Begleitdateien geschrieben</translation>
        </message>
        <message>
            <source>New faces are grouped this long after the last photo at the latest.</source>
            <translation>Neue Gesichter werden spätestens so lange nach dem letzten Foto gruppiert.</translation>
        </message>
        <message>
            <source>Took in the names of 1 person, on 1 face</source>
            <translation>Namen von 1 Person auf 1 Gesicht übernommen</translation>
        </message>
        <message>
            <source>Took in the names of 1 person, on {0} faces</source>
            <translation>Namen von 1 Person auf {0} Gesichter übernommen</translation>
        </message>
        <message>
            <source>Took in the names of {0} people, on {1} faces</source>
            <translation>Namen von {0} Personen auf {1} Gesichter übernommen</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Ohne Datum</translation>
        </message>
        <message>
            <source>1 file</source>
            <translation>1 Datei</translation>
        </message>
        <message>
            <source>1 new face</source>
            <translation>1 neues Gesicht</translation>
        </message>
        <message>
            <source>A pack cannot be called {0}: letters, digits, _ and - can be.</source>
            <translation>Ein Paket kann nicht {0} heißen: Möglich sind Buchstaben, Ziffern, _ und -.</translation>
        </message>
        <message>
            <source>Another Kinfolk is busy with the pack {0}.</source>
            <translation>Ein anderes Kinfolk ist mit dem Paket {0} beschäftigt.</translation>
        </message>
        <message>
            <source>Another pack was set meanwhile.</source>
            <translation>Inzwischen wurde ein anderes Paket eingestellt.</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Abgebrochen</translation>
        </message>
        <message>
            <source>Connection timed out</source>
            <translation>Zeitüberschreitung der Verbindung</translation>
        </message>
        <message>
            <source>Device or resource busy</source>
            <translation>Das Gerät oder die Datei wird gerade benutzt</translation>
        </message>
        <message>
            <source>Disk quota exceeded</source>
            <translation>Ihr Speicherkontingent ist erschöpft</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Downloading a model pack</source>
            <translation>Modellpaket herunterladen</translation>
        </message>
        <message>
            <source>File exists</source>
            <translation>Die Datei gibt es schon</translation>
        </message>
        <message>
            <source>File name too long</source>
            <translation>Der Dateiname ist zu lang</translation>
        </message>
        <message>
            <source>Host is down</source>
            <translation>Der andere Rechner ist nicht erreichbar</translation>
        </message>
        <message>
            <source>How alike faces must be to be put together, from looser (-5) to stricter (5); 0 is what was measured for the model pack in use. Each pack has its own.</source>
            <translation>Wie ähnlich Gesichter sein müssen, um gruppiert zu werden, von lockerer (-5) bis strenger (5); 0 ist, was für das verwendete Modellpaket gemessen wurde. Jedes Paket hat seinen eigenen Wert.</translation>
        </message>
        <message>
            <source>Input/output error</source>
            <translation>Ein-/Ausgabefehler</translation>
        </message>
        <message>
            <source>Is a directory</source>
            <translation>Das ist ein Ordner</translation>
        </message>
        <message>
            <source>It cannot be shown in a web album: there is no picture of it at hand.</source>
            <translation>Sie kann im Webalbum nicht gezeigt werden: Es liegt kein Bild davon vor.</translation>
        </message>
        <message>
            <source>It holds more, or larger, files than any model pack.</source>
            <translation>Es enthält mehr oder größere Dateien als jedes Modellpaket.</translation>
        </message>
        <message>
            <source>Looking at photos with another model pack</source>
            <translation>Fotos mit einem anderen Modellpaket durchsehen</translation>
        </message>
        <message>
            <source>Model pack downloaded</source>
            <translation>Modellpaket heruntergeladen</translation>
        </message>
        <message>
            <source>No backup can be made in {0}: {1}. See whether you may write there.</source>
            <translation>In {0} kann keine Sicherung angelegt werden: {1}. Prüfen Sie, ob Sie dort schreiben dürfen.</translation>
        </message>
        <message>
            <source>No model pack is chosen. Choose compact, or a folder with models.</source>
            <translation>Kein Modellpaket ist gewählt. Wählen Sie compact oder einen Ordner mit Modellen.</translation>
        </message>
        <message>
            <source>No space left on device</source>
            <translation>kein Platz mehr auf dem Datenträger</translation>
        </message>
        <message>
            <source>No such device</source>
            <translation>Das Gerät gibt es nicht</translation>
        </message>
        <message>
            <source>No such file or directory</source>
            <translation>Datei oder Ordner nicht gefunden</translation>
        </message>
        <message>
            <source>Nobody here has the id or the name “{0}”. `kinfolk people` lists everyone with their id.</source>
            <translation>Niemand hier hat die ID oder den Namen „{0}“. `kinfolk people` listet alle mit ihrer ID auf.</translation>
        </message>
        <message>
            <source>None of these faces belongs to this person.</source>
            <translation>Keines dieser Gesichter gehört zu dieser Person.</translation>
        </message>
        <message>
            <source>Not a directory</source>
            <translation>Das ist kein Ordner</translation>
        </message>
        <message>
            <source>Not every file could be a link there; those were copied.</source>
            <translation>Nicht jede Datei konnte dort eine Verknüpfung sein; diese wurden kopiert.</translation>
        </message>
        <message>
            <source>Nothing can be written into “{0}”: {1}.</source>
            <translation>In „{0}“ kann nichts geschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>Nothing is to be exported: no files, no contact sheet and no web album.</source>
            <translation>Es ist nichts zu exportieren: keine Dateien, kein Kontaktbogen und kein Webalbum.</translation>
        </message>
        <message>
            <source>Nothing was erased, since {0} cannot be written: {1}. Is the disk full or read-only?</source>
            <translation>Nichts wurde gelöscht, weil {0} nicht geschrieben werden kann: {1}. Ist der Datenträger voll oder schreibgeschützt?</translation>
        </message>
        <message>
            <source>Of a stranger's face of at least this quality one photo is enough.</source>
            <translation>Von einer fremden Person genügt ein Foto, wenn das Gesicht mindestens diese Qualität hat.</translation>
        </message>
        <message>
            <source>Of group_when interval: from one grouping to the next.</source>
            <translation>Zu group_when interval: von einem Gruppieren zum nächsten.</translation>
        </message>
        <message>
            <source>Of one video at most so many frames are looked at, spread over its length: fewer are quicker, more find those who are seen only for a moment.</source>
            <translation>Von einem Video werden höchstens so viele Einzelbilder durchgesehen, über seine Länge verteilt: weniger gehen schneller, mehr finden auch die, die nur einen Moment zu sehen sind.</translation>
        </message>
        <message>
            <source>Of the model's authors; most allow non-commercial research only.</source>
            <translation>Von den Urhebern des Modells; die meisten erlauben nur nichtkommerzielle Forschung.</translation>
        </message>
        <message>
            <source>Of this raw file the camera’s own preview is shown: {0} of {1} pixels.</source>
            <translation>Von dieser Rohdatei wird die Vorschau der Kamera gezeigt: {0} von {1} Pixeln.</translation>
        </message>
        <message>
            <source>One stranger raises no second alert sooner than this.</source>
            <translation>Dieselbe fremde Person löst frühestens nach dieser Zeit erneut einen Alarm aus.</translation>
        </message>
        <message>
            <source>Only the first of its {0} pages is shown.</source>
            <translation>Nur die erste von {0} Seiten wird gezeigt.</translation>
        </message>
        <message>
            <source>Only the first of its {0} views is shown.</source>
            <translation>Nur die erste von {0} Ansichten wird gezeigt.</translation>
        </message>
        <message>
            <source>Opening it crashed the picture decoder once, and once took too long.</source>
            <translation>Beim Öffnen ist der Bilddecoder einmal abgestürzt, und einmal dauerte es zu lange.</translation>
        </message>
        <message>
            <source>Opening it crashed the picture decoder, twice.</source>
            <translation>Beim Öffnen ist der Bilddecoder zweimal abgestürzt.</translation>
        </message>
        <message>
            <source>Operation not permitted</source>
            <translation>Das ist nicht erlaubt</translation>
        </message>
        <message>
            <source>People of two collections are different people anyhow.</source>
            <translation>Personen zweier Sammlungen sind ohnehin verschiedene Personen.</translation>
        </message>
        <message>
            <source>People of two collections are {0} one by one.</source>
            <translation>Personen zweier Sammlungen werden einzeln {0}.</translation>
        </message>
        <message>
            <source>People of two collections cannot be merged.</source>
            <translation>Personen zweier Sammlungen können nicht zusammengeführt werden.</translation>
        </message>
        <message>
            <source>Permission denied</source>
            <translation>keine Berechtigung</translation>
        </message>
        <message>
            <source>Person {0}</source>
            <translation>Person {0}</translation>
        </message>
        <message>
            <source>Photos exported</source>
            <translation>Fotos exportiert</translation>
        </message>
        <message>
            <source>Photos looked at</source>
            <translation>Fotos durchgesehen</translation>
        </message>
        <message>
            <source>Photos of a cloud drive that are not on this disk: skip waits until they are; download lets looking at them download them.</source>
            <translation>Fotos eines Cloud-Speichers, die nicht auf diesem Computer sind: skip wartet, bis sie es sind; download lädt sie beim Durchsehen herunter.</translation>
        </message>
        <message>
            <source>Photos of a stranger count together within so long.</source>
            <translation>Fotos einer fremden Person zählen innerhalb dieser Zeit zusammen.</translation>
        </message>
        <message>
            <source>Put a detection and a recognition model (.onnx) there, or choose the pack compact.</source>
            <translation>Legen Sie ein Erkennungs- und ein Wiedererkennungsmodell (.onnx) dorthin, oder wählen Sie das Paket compact.</translation>
        </message>
        <message>
            <source>Read-only file system</source>
            <translation>Der Datenträger ist schreibgeschützt</translation>
        </message>
        <message>
            <source>Redone: {0}</source>
            <translation>Wiederholt: {0}</translation>
        </message>
        <message>
            <source>Renamed {0} to {1}</source>
            <translation>{0} in {1} umbenannt</translation>
        </message>
        <message>
            <source>Restoring a backup</source>
            <translation>Sicherung wiederherstellen</translation>
        </message>
        <message>
            <source>Said again</source>
            <translation>Wiederholt</translation>
        </message>
        <message>
            <source>Several people are called “{0}”; give the id of the one meant.</source>
            <translation>Mehrere Personen heißen „{0}“; geben Sie die ID der gemeinten an.</translation>
        </message>
        <message>
            <source>Side of the small picture kept of a face.</source>
            <translation>Seite des kleinen Bildes, das von einem Gesicht aufgehoben wird.</translation>
        </message>
        <message>
            <source>Small pictures cannot be kept in {0}: {1}. Make room there, or choose another library folder with --library.</source>
            <translation>Kleine Bilder können in {0} nicht aufgehoben werden: {1}. Schaffen Sie dort Platz, oder wählen Sie mit --library einen anderen Ordner für die Bibliothek.</translation>
        </message>
        <message>
            <source>Small pictures kept; the oldest go first.</source>
            <translation>Aufgehobene kleine Bilder; die ältesten gehen zuerst.</translation>
        </message>
        <message>
            <source>Some checks are left out, since the library cannot be written.</source>
            <translation>Einige Prüfungen entfallen, da die Bibliothek nicht geschrieben werden kann.</translation>
        </message>
        <message>
            <source>Somebody changed the exported file since; it was left as it is.</source>
            <translation>Die exportierte Datei wurde seitdem geändert; sie blieb, wie sie ist.</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; merge the two instead.</source>
            <translation>Jemand heißt schon {0}; führen Sie stattdessen die beiden zusammen.</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; merge them, too.</source>
            <translation>Jemand heißt schon {0}; führen Sie auch diese zusammen.</translation>
        </message>
        <message>
            <source>Somebody is called {0} already; move the faces there.</source>
            <translation>Jemand heißt schon {0}; verschieben Sie die Gesichter dorthin.</translation>
        </message>
        <message>
            <source>Somebody is reading the library.</source>
            <translation>Jemand liest gerade die Bibliothek.</translation>
        </message>
        <message>
            <source>Somebody you have not named was seen {0}.</source>
            <translation>Jemand, den Sie nicht benannt haben, wurde {0} gesehen.</translation>
        </message>
        <message>
            <source>Somebody you have not named was seen {0}; of all you know they are most like {1} ({2}).</source>
            <translation>Jemand, den Sie nicht benannt haben, wurde {0} gesehen; von allen, die Sie kennen, am ähnlichsten ist {1} ({2}).</translation>
        </message>
        <message>
            <source>Someone</source>
            <translation>Jemand</translation>
        </message>
        <message>
            <source>Something else was said since; Undo takes that back first.</source>
            <translation>Inzwischen wurde etwas anderes angegeben; „Rückgängig“ nimmt das zuerst zurück.</translation>
        </message>
        <message>
            <source>Something is being exported into “{0}” already.</source>
            <translation>In „{0}“ wird schon etwas exportiert.</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk while grouping.</source>
            <translation>Beim Gruppieren ging in Kinfolk etwas schief.</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk.</source>
            <translation>In Kinfolk ging etwas schief.</translation>
        </message>
        <message>
            <source>Something went wrong inside Kinfolk; its log says what.</source>
            <translation>In Kinfolk ging etwas schief; das Protokoll sagt, was.</translation>
        </message>
        <message>
            <source>Something went wrong over it: {0}.</source>
            <translation>Dabei ging etwas schief: {0}.</translation>
        </message>
        <message>
            <source>Stacked {0} photos</source>
            <translation>{0} Fotos gestapelt</translation>
        </message>
        <message>
            <source>Stale file handle</source>
            <translation>Die Datei auf dem Netzlaufwerk ist nicht mehr da</translation>
        </message>
        <message>
            <source>Switched to another model pack</source>
            <translation>Zu einem anderen Modellpaket gewechselt</translation>
        </message>
        <message>
            <source>Taking in names</source>
            <translation>Namen übernehmen</translation>
        </message>
        <message>
            <source>That face does not belong to this person.</source>
            <translation>Dieses Gesicht gehört nicht zu dieser Person.</translation>
        </message>
        <message>
            <source>That frame does not lie in the photo.</source>
            <translation>Dieser Rahmen liegt nicht auf dem Foto.</translation>
        </message>
        <message>
            <source>That frame is too small for a face.</source>
            <translation>Dieser Rahmen ist zu klein für ein Gesicht.</translation>
        </message>
        <message>
            <source>That the command may be run cannot be written to {0}: {1}.</source>
            <translation>Dass der Befehl ausgeführt werden darf, kann nicht in {0} geschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>That you agreed cannot be written to {0}: {1}.</source>
            <translation>Dass Sie zugestimmt haben, kann nicht in {0} geschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>The XMP has a document type, which XMP must not have.</source>
            <translation>Das XMP hat einen Dokumenttyp, was XMP nicht haben darf.</translation>
        </message>
        <message>
            <source>The XMP is damaged: it is no well-formed XML.</source>
            <translation>Das XMP ist beschädigt: Es ist kein wohlgeformtes XML.</translation>
        </message>
        <message>
            <source>The XMP is nested too deep.</source>
            <translation>Das XMP ist zu tief verschachtelt.</translation>
        </message>
        <message>
            <source>The XMP is not written in UTF-8 or UTF-16.</source>
            <translation>Das XMP ist nicht in UTF-8 oder UTF-16 geschrieben.</translation>
        </message>
        <message>
            <source>The XMP is too large.</source>
            <translation>Das XMP ist zu groß.</translation>
        </message>
        <message>
            <source>The archive cannot be written to {0}: {1}. Is the disk full?</source>
            <translation>Das Archiv kann nicht in {0} geschrieben werden: {1}. Ist der Datenträger voll?</translation>
        </message>
        <message>
            <source>The archive holds a link in place of a model; nothing is unpacked.</source>
            <translation>Das Archiv enthält eine Verknüpfung anstelle eines Modells; nichts wird entpackt.</translation>
        </message>
        <message>
            <source>The archive holds far more than models; it is not unpacked.</source>
            <translation>Das Archiv enthält weit mehr als Modelle; es wird nicht entpackt.</translation>
        </message>
        <message>
            <source>The archive holds more than it says; nothing of it is used.</source>
            <translation>Das Archiv enthält mehr, als es angibt; nichts davon wird verwendet.</translation>
        </message>
        <message>
            <source>The archive holds several packs; unpack it, and add the folder of one.</source>
            <translation>Das Archiv enthält mehrere Pakete; entpacken Sie es, und fügen Sie den Ordner von einem hinzu.</translation>
        </message>
        <message>
            <source>The archive holds something that is no model; nothing is unpacked.</source>
            <translation>Das Archiv enthält etwas, das kein Modell ist; nichts wird entpackt.</translation>
        </message>
        <message>
            <source>The archive is damaged: {0} cannot be unpacked.</source>
            <translation>Das Archiv ist beschädigt: {0} kann nicht entpackt werden.</translation>
        </message>
        <message>
            <source>The archive is locked with a password; unpack it, and add the folder.</source>
            <translation>Das Archiv ist mit einem Passwort geschützt; entpacken Sie es, und fügen Sie den Ordner hinzu.</translation>
        </message>
        <message>
            <source>The archive lacks what belongs into it: {0}.</source>
            <translation>Im Archiv fehlt, was hineingehört: {0}.</translation>
        </message>
        <message>
            <source>The archive names places outside itself; nothing of it is unpacked.</source>
            <translation>Das Archiv nennt Orte außerhalb seiner selbst; nichts davon wird entpackt.</translation>
        </message>
        <message>
            <source>The backup was cancelled; nothing of it stays.</source>
            <translation>Die Sicherung wurde abgebrochen; nichts davon bleibt.</translation>
        </message>
        <message>
            <source>The backup {0} cannot be restored. {1} Choose another one; `kinfolk backup --list` lists them.</source>
            <translation>Die Sicherung {0} kann nicht wiederhergestellt werden. {1} Wählen Sie eine andere; `kinfolk backup --list` listet sie auf.</translation>
        </message>
        <message>
            <source>The backup {0} was made by a newer Kinfolk ({1}). Install the newest version to restore it.</source>
            <translation>Die Sicherung {0} wurde von einem neueren Kinfolk angelegt ({1}). Installieren Sie die neueste Version, um sie wiederherzustellen.</translation>
        </message>
        <message>
            <source>The collection {0} is called {1}</source>
            <translation>Die Sammlung {0} heißt jetzt {1}</translation>
        </message>
        <message>
            <source>The contact sheet cannot be written: {0}.</source>
            <translation>Der Kontaktbogen kann nicht geschrieben werden: {0}.</translation>
        </message>
        <message>
            <source>The copy is not what the file is; the disk may be damaged.</source>
            <translation>Die Kopie stimmt nicht mit der Datei überein; der Datenträger ist vielleicht beschädigt.</translation>
        </message>
        <message>
            <source>The copy of the library is not good, so it was not kept: {0} `kinfolk doctor` tells whether the library is.</source>
            <translation>Die Kopie der Bibliothek ist nicht gut und wurde deshalb nicht behalten: {0} `kinfolk doctor` sagt, ob die Bibliothek es ist.</translation>
        </message>
        <message>
            <source>The detection model in {0} tells no landmarks. {1}</source>
            <translation>Das Erkennungsmodell in {0} liefert keine Gesichtspunkte. {1}</translation>
        </message>
        <message>
            <source>The disk is full. What was exported until now stays; make room, and export again: it goes on there.</source>
            <translation>Der Datenträger ist voll. Was bis jetzt exportiert wurde, bleibt; schaffen Sie Platz und exportieren Sie erneut: Es geht dort weiter.</translation>
        </message>
        <message>
            <source>The disk is full. What was written until now is whole, and so is all that was there before.</source>
            <translation>Der Datenträger ist voll. Was bis jetzt geschrieben wurde, ist ganz, ebenso alles, was vorher da war.</translation>
        </message>
        <message>
            <source>The disk is full; this sidecar stays as it was.</source>
            <translation>Der Datenträger ist voll; diese Begleitdatei bleibt, wie sie war.</translation>
        </message>
        <message>
            <source>The disk with the library {0} does not do as it is told: {1}. See whether it is connected, full or failing, and try again.</source>
            <translation>Der Datenträger mit der Bibliothek {0} tut nicht, was er soll: {1}. Prüfen Sie, ob er verbunden, voll oder defekt ist, und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>The disk with the library {0} is full. Make room on it and try again; nothing half-written stays.</source>
            <translation>Der Datenträger mit der Bibliothek {0} ist voll. Schaffen Sie Platz und versuchen Sie es erneut; nichts Halbfertiges bleibt zurück.</translation>
        </message>
        <message>
            <source>The disk with {0} gives back something else than came.</source>
            <translation>Der Datenträger mit {0} gibt etwas anderes zurück, als angekommen ist.</translation>
        </message>
        <message>
            <source>The disk with {0} has no room: {1} MB are needed for the archive and what is in it, and {2} MB are free.</source>
            <translation>Auf dem Datenträger mit {0} ist kein Platz: {1} MB werden für das Archiv und seinen Inhalt gebraucht, {2} MB sind frei.</translation>
        </message>
        <message>
            <source>The disk with {0} has no room: {1} MB are needed, and {2} MB are free.</source>
            <translation>Auf dem Datenträger mit {0} ist kein Platz: {1} MB werden gebraucht, {2} MB sind frei.</translation>
        </message>
        <message>
            <source>The faces of this alert are not there any more.</source>
            <translation>Die Gesichter dieses Alarms sind nicht mehr da.</translation>
        </message>
        <message>
            <source>The file cannot be read or written; the disk may be damaged.</source>
            <translation>Die Datei kann nicht gelesen oder geschrieben werden; der Datenträger ist vielleicht beschädigt.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>Die Datei kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The file cannot be read: its name is not usable.</source>
            <translation>Die Datei kann nicht gelesen werden: Ihr Name ist nicht verwendbar.</translation>
        </message>
        <message>
            <source>The file cannot be read: {0}.</source>
            <translation>Die Datei kann nicht gelesen werden: {0}.</translation>
        </message>
        <message>
            <source>The file holds no XMP.</source>
            <translation>Die Datei enthält kein XMP.</translation>
        </message>
        <message>
            <source>The file is empty.</source>
            <translation>Die Datei ist leer.</translation>
        </message>
        <message>
            <source>The file is in the cloud, not on this disk.</source>
            <translation>Die Datei ist in der Cloud, nicht auf diesem Computer.</translation>
        </message>
        <message>
            <source>The file is no longer there.</source>
            <translation>Die Datei ist nicht mehr da.</translation>
        </message>
        <message>
            <source>The file is too large for that disk.</source>
            <translation>Die Datei ist zu groß für diesen Datenträger.</translation>
        </message>
        <message>
            <source>The file is too large to be a photo.</source>
            <translation>Die Datei ist zu groß für ein Foto.</translation>
        </message>
        <message>
            <source>The file was being changed while it was read.</source>
            <translation>Die Datei wurde geändert, während sie gelesen wurde.</translation>
        </message>
        <message>
            <source>The film is damaged.</source>
            <translation>Der Film ist beschädigt.</translation>
        </message>
        <message>
            <source>The folder cannot be read: {0}.</source>
            <translation>Der Ordner kann nicht gelesen werden: {0}.</translation>
        </message>
        <message>
            <source>The folder lacks what belongs into it: {0}.</source>
            <translation>Im Ordner fehlt, was hineingehört: {0}.</translation>
        </message>
        <message>
            <source>The folder of the library {0} cannot be written: {1}. Is the disk read-only?</source>
            <translation>Der Ordner der Bibliothek {0} kann nicht beschrieben werden: {1}. Ist der Datenträger schreibgeschützt?</translation>
        </message>
        <message>
            <source>The folder to export into needs its whole path.</source>
            <translation>Vom Ordner, in den exportiert wird, braucht es den vollständigen Pfad.</translation>
        </message>
        <message>
            <source>The folder {0} cannot be read ({1}).</source>
            <translation>Der Ordner {0} kann nicht gelesen werden ({1}).</translation>
        </message>
        <message>
            <source>The folder {0} cannot be used for the library: {1}. Choose another one with --library.</source>
            <translation>Der Ordner {0} ist für die Bibliothek nicht verwendbar: {1}. Wählen Sie mit --library einen anderen.</translation>
        </message>
        <message>
            <source>The folder {0} cannot be written: {1}.</source>
            <translation>Der Ordner {0} kann nicht beschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>The folder {0} has no models. {1}</source>
            <translation>Der Ordner {0} enthält keine Modelle. {1}</translation>
        </message>
        <message>
            <source>The folder {0} has no {1} model. {2}</source>
            <translation>Im Ordner {0} fehlt ein Modell: {1}. {2}</translation>
        </message>
        <message>
            <source>The folder {0} of the library is not there. Connect its drive or make the folder, and try again.</source>
            <translation>Der Ordner {0} der Bibliothek ist nicht da. Verbinden Sie das Laufwerk oder legen Sie den Ordner an, und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>The folder “{0}” cannot be made: {1}.</source>
            <translation>Der Ordner „{0}“ kann nicht angelegt werden: {1}.</translation>
        </message>
        <message>
            <source>The keywords there ({0}) are written in a way Kinfolk does not change.</source>
            <translation>Die Stichwörter dort ({0}) sind auf eine Art geschrieben, die Kinfolk nicht ändert.</translation>
        </message>
        <message>
            <source>The language of the window; system is that of the desktop.</source>
            <translation>Die Sprache des Fensters; system ist die des Desktops.</translation>
        </message>
        <message>
            <source>The library could not be brought back: {0}</source>
            <translation>Die Bibliothek konnte nicht zurückgeholt werden: {0}</translation>
        </message>
        <message>
            <source>The library {0} cannot be opened or written: {1}.</source>
            <translation>Die Bibliothek {0} kann nicht geöffnet oder geschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>The library {0} cannot be opened. It must be a file, in a folder that you may read and write; or choose another folder with --library.</source>
            <translation>Die Bibliothek {0} kann nicht geöffnet werden. Sie muss eine Datei sein, in einem Ordner, den Sie lesen und beschreiben dürfen; oder wählen Sie mit --library einen anderen Ordner.</translation>
        </message>
        <message>
            <source>The library {0} cannot be written: the file or its disk is read-only. Make it writable, or choose another folder with --library.</source>
            <translation>Die Bibliothek {0} kann nicht geschrieben werden: Die Datei oder ihr Datenträger ist schreibgeschützt. Heben Sie den Schreibschutz auf, oder wählen Sie mit --library einen anderen Ordner.</translation>
        </message>
        <message>
            <source>The library {0} is damaged ({1}). Closing the window of Kinfolk and opening it again, or `kinfolk doctor --repair`, sets it aside, restores the newest good backup and says again what you have said since; your photos are not touched.</source>
            <translation>Die Bibliothek {0} ist beschädigt ({1}). Wenn Sie das Fenster von Kinfolk schließen und wieder öffnen oder `kinfolk doctor --repair` ausführen, wird sie beiseitegelegt, die neueste gute Sicherung wiederhergestellt und wiederholt, was Sie seitdem angegeben haben; Ihre Fotos werden nicht angerührt.</translation>
        </message>
        <message>
            <source>The library {0} is held by another program for too long. Close it and try again.</source>
            <translation>Die Bibliothek {0} wird zu lange von einem anderen Programm festgehalten. Schließen Sie es und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>The library {0} is not there any more: it was moved or deleted, or its drive was disconnected. Put it back, and start Kinfolk again.</source>
            <translation>Die Bibliothek {0} ist nicht mehr da: Sie wurde verschoben oder gelöscht, oder ihr Laufwerk wurde getrennt. Legen Sie sie zurück, und starten Sie Kinfolk neu.</translation>
        </message>
        <message>
            <source>The library {0} was written by a newer Kinfolk ({1}). Install the newest version to open it.</source>
            <translation>Die Bibliothek {0} wurde von einem neueren Kinfolk geschrieben ({1}). Installieren Sie die neueste Version, um sie zu öffnen.</translation>
        </message>
        <message>
            <source>The library {0} was written by an older Kinfolk, and is only brought up to date once there is a backup. {1}</source>
            <translation>Die Bibliothek {0} wurde von einem älteren Kinfolk geschrieben und wird erst auf den neuesten Stand gebracht, wenn es eine Sicherung gibt. {1}</translation>
        </message>
        <message>
            <source>The model pack in {0} has no manifest.json. {1}</source>
            <translation>Das Modellpaket in {0} hat keine manifest.json. {1}</translation>
        </message>
        <message>
            <source>The model pack in {0} is of format {1}, and this Kinfolk reads format {2}. {3}</source>
            <translation>Das Modellpaket in {0} hat Format {1}, und dieses Kinfolk liest Format {2}. {3}</translation>
        </message>
        <message>
            <source>The model pack that looks at photos: compact, or a folder.</source>
            <translation>Das Modellpaket, das Fotos durchsieht: compact oder ein Ordner.</translation>
        </message>
        <message>
            <source>The model {0} cannot be read ({1}).</source>
            <translation>Das Modell {0} kann nicht gelesen werden ({1}).</translation>
        </message>
        <message>
            <source>The model {0} cannot be read ({1}). {2}</source>
            <translation>Das Modell {0} kann nicht gelesen werden ({1}). {2}</translation>
        </message>
        <message>
            <source>The model {0} cannot be used: {1}</source>
            <translation>Das Modell {0} ist nicht verwendbar: {1}</translation>
        </message>
        <message>
            <source>The model {0} is damaged: its contents have changed. {1}</source>
            <translation>Das Modell {0} ist beschädigt: Sein Inhalt hat sich geändert. {1}</translation>
        </message>
        <message>
            <source>The model {0} is not the one that Kinfolk knows by this name. Nothing was changed; fetch the pack again.</source>
            <translation>Das Modell {0} ist nicht das, das Kinfolk unter diesem Namen kennt. Nichts wurde geändert; laden Sie das Paket noch einmal herunter.</translation>
        </message>
        <message>
            <source>The model {0} was changed while it was loaded. Try again.</source>
            <translation>Das Modell {0} wurde geändert, während es geladen wurde. Versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>The models cannot be measured: {0}</source>
            <translation>Die Modelle können nicht gemessen werden: {0}</translation>
        </message>
        <message>
            <source>The models of the pack {0} are not those that Kinfolk used first: {1}. Nothing is looked at with them. Put the old files back, or say `kinfolk models accept {2}` if you changed them yourself.</source>
            <translation>Die Modelle des Pakets {0} sind nicht die, die Kinfolk zuerst verwendet hat: {1}. Mit ihnen wird nichts durchgesehen. Legen Sie die alten Dateien zurück, oder führen Sie `kinfolk models accept {2}` aus, wenn Sie sie selbst geändert haben.</translation>
        </message>
        <message>
            <source>The models run on the processor, not on {0}: {1}</source>
            <translation>Die Modelle laufen auf dem Prozessor, nicht auf {0}: {1}</translation>
        </message>
        <message>
            <source>The name does not come back; the next indexing looks at the photos again.</source>
            <translation>Der Name kommt nicht zurück; beim nächsten Indizieren werden die Fotos erneut durchgesehen.</translation>
        </message>
        <message>
            <source>The name of a collection cannot have characters that are not seen.</source>
            <translation>Der Name einer Sammlung darf keine unsichtbaren Zeichen enthalten.</translation>
        </message>
        <message>
            <source>The newest good backup is more than a day old; `kinfolk backup` makes one.</source>
            <translation>Die neueste gute Sicherung ist über einen Tag alt; `kinfolk backup` legt eine an.</translation>
        </message>
        <message>
            <source>The notify command cannot be started: {0}.</source>
            <translation>Der Benachrichtigungsbefehl kann nicht gestartet werden: {0}.</translation>
        </message>
        <message>
            <source>The notify command cannot be understood: it has a zero character.</source>
            <translation>Der Benachrichtigungsbefehl ist nicht zu verstehen: Er enthält ein Nullzeichen.</translation>
        </message>
        <message>
            <source>The notify command cannot be understood: {0}.</source>
            <translation>Der Benachrichtigungsbefehl ist nicht zu verstehen: {0}.</translation>
        </message>
        <message>
            <source>The notify command failed: its exit status was {0}.</source>
            <translation>Der Benachrichtigungsbefehl ist fehlgeschlagen: Sein Rückgabewert war {0}.</translation>
        </message>
        <message>
            <source>The notify command in the settings was not set on this computer, so it is not run. If it is yours, set it again.</source>
            <translation>Der Benachrichtigungsbefehl in den Einstellungen wurde nicht auf diesem Computer gesetzt und wird deshalb nicht ausgeführt. Wenn er von Ihnen ist, setzen Sie ihn erneut.</translation>
        </message>
        <message>
            <source>The notify command is empty.</source>
            <translation>Der Benachrichtigungsbefehl ist leer.</translation>
        </message>
        <message>
            <source>The notify command is ended when it takes longer.</source>
            <translation>Dauert der Benachrichtigungsbefehl länger, wird er beendet.</translation>
        </message>
        <message>
            <source>The notify command is too slow: not every notice reaches it.</source>
            <translation>Der Benachrichtigungsbefehl ist zu langsam: Nicht jede Benachrichtigung erreicht ihn.</translation>
        </message>
        <message>
            <source>The notify command took longer than {0} s, and was ended.</source>
            <translation>Der Benachrichtigungsbefehl brauchte länger als {0} s und wurde beendet.</translation>
        </message>
        <message>
            <source>The notify command was ended by signal {0}.</source>
            <translation>Der Benachrichtigungsbefehl wurde durch Signal {0} beendet.</translation>
        </message>
        <message>
            <source>The pack compact is part of Kinfolk and stays.</source>
            <translation>Das Paket compact ist Teil von Kinfolk und bleibt.</translation>
        </message>
        <message>
            <source>The pack {0} cannot be measured: it crashes or hangs on this computer.</source>
            <translation>Das Paket {0} kann nicht gemessen werden: Auf diesem Computer stürzt es ab oder hängt.</translation>
        </message>
        <message>
            <source>The pack {0} cannot be put into {1}: {2}. Is the disk full?</source>
            <translation>Das Paket {0} kann nicht in {1} gelegt werden: {2}. Ist der Datenträger voll?</translation>
        </message>
        <message>
            <source>The pack {0} cannot be removed: {1}.</source>
            <translation>Das Paket {0} kann nicht entfernt werden: {1}.</translation>
        </message>
        <message>
            <source>The pack {0} could look at no photo, so all stays as it is.</source>
            <translation>Das Paket {0} konnte kein Foto durchsehen; es bleibt also alles, wie es ist.</translation>
        </message>
        <message>
            <source>The pack {0} could not be fetched: {1}. Is this computer connected to the internet? An archive that was fetched by other means can be added as a file.</source>
            <translation>Das Paket {0} konnte nicht heruntergeladen werden: {1}. Ist dieser Computer mit dem Internet verbunden? Ein Archiv, das auf anderem Weg geholt wurde, kann als Datei hinzugefügt werden.</translation>
        </message>
        <message>
            <source>The pack {0} could not be fetched: {1}. What has come until now is kept, and the next try goes on from there.</source>
            <translation>Das Paket {0} konnte nicht heruntergeladen werden: {1}. Was bisher angekommen ist, bleibt; beim nächsten Versuch geht es dort weiter.</translation>
        </message>
        <message>
            <source>The pack {0} is being downloaded already.</source>
            <translation>Das Paket {0} wird schon heruntergeladen.</translation>
        </message>
        <message>
            <source>The pack {0} is in use already.</source>
            <translation>Das Paket {0} wird schon verwendet.</translation>
        </message>
        <message>
            <source>The pack {0} is in use: use another one first.</source>
            <translation>Das Paket {0} wird verwendet: Verwenden Sie zuerst ein anderes.</translation>
        </message>
        <message>
            <source>The pack {0} is not for every use: {1}. Read its licence and agree to it first, on the Models page or with `kinfolk models licence {2} --accept-licence`.</source>
            <translation>Das Paket {0} ist nicht für jeden Zweck: {1}. Lesen Sie zuerst seine Lizenz und stimmen Sie ihr zu, auf der Seite „Modelle“ oder mit `kinfolk models licence {2} --accept-licence`.</translation>
        </message>
        <message>
            <source>The pack {0} is not where it was ({1}). Look for the archive {2}.zip on the page of its project, and add the file; a newer Kinfolk may know where it is.</source>
            <translation>Das Paket {0} ist nicht mehr, wo es war ({1}). Suchen Sie das Archiv {2}.zip auf der Seite seines Projekts, und fügen Sie die Datei hinzu; ein neueres Kinfolk weiß vielleicht, wo es ist.</translation>
        </message>
        <message>
            <source>The pack {0} is part of Kinfolk and never changes. {1}</source>
            <translation>Das Paket {0} ist Teil von Kinfolk und ändert sich nie. {1}</translation>
        </message>
        <message>
            <source>The photo is not there now.</source>
            <translation>Das Foto ist gerade nicht da.</translation>
        </message>
        <message>
            <source>The picture carries more text than a photo can need.</source>
            <translation>Das Bild enthält mehr Text, als ein Foto brauchen kann.</translation>
        </message>
        <message>
            <source>The picture is damaged and cannot be decoded.</source>
            <translation>Das Bild ist beschädigt und kann nicht decodiert werden.</translation>
        </message>
        <message>
            <source>The picture is damaged, or stored in a rare way that Kinfolk cannot decode.</source>
            <translation>Das Bild ist beschädigt oder auf eine seltene Art gespeichert, die Kinfolk nicht decodieren kann.</translation>
        </message>
        <message>
            <source>The picture is damaged: its size is not what it says.</source>
            <translation>Das Bild ist beschädigt: Seine Größe ist nicht die angegebene.</translation>
        </message>
        <message>
            <source>The picture is damaged: the file ends too early.</source>
            <translation>Das Bild ist beschädigt: Die Datei endet zu früh.</translation>
        </message>
        <message>
            <source>The picture is damaged: there is nothing in the file but zeros.</source>
            <translation>Das Bild ist beschädigt: Die Datei enthält nur Nullen.</translation>
        </message>
        <message>
            <source>The picture is too large.</source>
            <translation>Das Bild ist zu groß.</translation>
        </message>
        <message>
            <source>The picture is too large: {0} x {1} pixels, and the limit is {2} megapixels; the setting photo_megapixels can allow more.</source>
            <translation>Das Bild ist zu groß: {0} x {1} Pixel, und die Grenze ist {2} Megapixel; die Einstellung photo_megapixels kann mehr erlauben.</translation>
        </message>
        <message>
            <source>The picture moves; it is shown as it begins.</source>
            <translation>Das Bild bewegt sich; gezeigt wird sein Anfang.</translation>
        </message>
        <message>
            <source>The processes that look at photos cannot be started: {0}. Close other programs and try again.</source>
            <translation>Die Prozesse, die Fotos durchsehen, können nicht gestartet werden: {0}. Schließen Sie andere Programme und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>The processes that look at photos cannot begin: {0}.</source>
            <translation>Die Prozesse, die Fotos durchsehen, können nicht beginnen: {0}.</translation>
        </message>
        <message>
            <source>The processes that look at photos do not get ready. Close other programs and try again.</source>
            <translation>Die Prozesse, die Fotos durchsehen, werden nicht bereit. Schließen Sie andere Programme und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>The processes that look at photos end as soon as they are started. Close other programs and try again.</source>
            <translation>Die Prozesse, die Fotos durchsehen, enden, sobald sie gestartet sind. Schließen Sie andere Programme und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>The proxy wants to know who asks (407). Write that into its address, in the setting proxy: http://NAME:PASSWORD@HOST:PORT.</source>
            <translation>Der Proxy will wissen, wer fragt (407). Schreiben Sie das in seine Adresse, in der Einstellung proxy: http://NAME:PASSWORT@HOST:PORT.</translation>
        </message>
        <message>
            <source>The regions there are for an image of another shape than the photo has.</source>
            <translation>Die Bereiche dort gehören zu einem Bild von anderer Form als das Foto.</translation>
        </message>
        <message>
            <source>The regions there are written in a way Kinfolk does not change.</source>
            <translation>Die Bereiche dort sind auf eine Art geschrieben, die Kinfolk nicht ändert.</translation>
        </message>
        <message>
            <source>The server could not prove who it is, so nothing was taken from it: is the clock of this computer right, or does something read along on the way?</source>
            <translation>Der Server konnte nicht beweisen, wer er ist; deshalb wurde nichts von ihm angenommen. Stimmt die Uhr dieses Computers, oder liest unterwegs etwas mit?</translation>
        </message>
        <message>
            <source>The server does not give the pack {0} away ({1}). Try again later.</source>
            <translation>Der Server gibt das Paket {0} nicht heraus ({1}). Versuchen Sie es später erneut.</translation>
        </message>
        <message>
            <source>The server packs the archive once more on its way: it is of no use.</source>
            <translation>Der Server packt das Archiv unterwegs noch einmal: So ist es nicht verwendbar.</translation>
        </message>
        <message>
            <source>The server sends in a circle: its answer is no file. Try again later.</source>
            <translation>Der Server schickt im Kreis: Seine Antwort ist keine Datei. Versuchen Sie es später erneut.</translation>
        </message>
        <message>
            <source>The server sends on to an address that is not safe (only https is), so nothing was taken from there. Fetch the archive by other means, and add the file.</source>
            <translation>Der Server verweist auf eine Adresse, die nicht sicher ist (das ist nur https); deshalb wurde von dort nichts angenommen. Laden Sie das Archiv auf andere Weise herunter, und fügen Sie die Datei hinzu.</translation>
        </message>
        <message>
            <source>The setting proxy cannot be used: it is an address such as http://proxy.home:3128, none, or empty for what the system says.</source>
            <translation>Die Einstellung proxy ist nicht verwendbar: Sie ist eine Adresse wie http://proxy.home:3128, none oder leer für das, was das System sagt.</translation>
        </message>
        <message>
            <source>The setting {0} cannot be {1}: it is {2}.</source>
            <translation>Die Einstellung {0} kann nicht {1} sein: Sie ist {2}.</translation>
        </message>
        <message>
            <source>The setting {0} changes no groups, so there is no preview of it; those that have one are {1}.</source>
            <translation>Die Einstellung {0} ändert keine Gruppen, deshalb gibt es keine Vorschau davon; eine haben {1}.</translation>
        </message>
        <message>
            <source>The setting {0} is one of the library; a collection may set {1}.</source>
            <translation>Die Einstellung {0} gilt für die Bibliothek; eine Sammlung kann {1} setzen.</translation>
        </message>
        <message>
            <source>The settings in {0} cannot be used ({1}); mend or delete it.</source>
            <translation>Die Einstellungen in {0} sind nicht verwendbar ({1}); reparieren oder löschen Sie sie.</translation>
        </message>
        <message>
            <source>The settings in {0} cannot be written: {1}.</source>
            <translation>Die Einstellungen in {0} können nicht geschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>The sidecar cannot be read.</source>
            <translation>Die Begleitdatei kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The sidecar cannot be written: {0}.</source>
            <translation>Die Begleitdatei kann nicht geschrieben werden: {0}.</translation>
        </message>
        <message>
            <source>The sidecar could not be changed without harm; it stays as it is.</source>
            <translation>Die Begleitdatei ließ sich nicht ohne Schaden ändern; sie bleibt, wie sie ist.</translation>
        </message>
        <message>
            <source>The sidecar is damaged: it is no well-formed XML.</source>
            <translation>Die Begleitdatei ist beschädigt: Sie ist kein wohlgeformtes XML.</translation>
        </message>
        <message>
            <source>The sidecar is damaged: it is not written in UTF-8.</source>
            <translation>Die Begleitdatei ist beschädigt: Sie ist nicht in UTF-8 geschrieben.</translation>
        </message>
        <message>
            <source>The sidecar is nested too deep, or damaged.</source>
            <translation>Die Begleitdatei ist zu tief verschachtelt oder beschädigt.</translation>
        </message>
        <message>
            <source>The sidecar is too large.</source>
            <translation>Die Begleitdatei ist zu groß.</translation>
        </message>
        <message>
            <source>The sidecar is written in a way that Kinfolk cannot keep.</source>
            <translation>Die Begleitdatei ist auf eine Art geschrieben, die Kinfolk nicht erhalten kann.</translation>
        </message>
        <message>
            <source>The sidecar is written in a way that Kinfolk does not change.</source>
            <translation>Die Begleitdatei ist auf eine Art geschrieben, die Kinfolk nicht ändert.</translation>
        </message>
        <message>
            <source>The sidecar is written in {0}, which Kinfolk does not change.</source>
            <translation>Die Begleitdatei ist in {0} geschrieben, was Kinfolk nicht ändert.</translation>
        </message>
        <message>
            <source>The sidecar was being changed by another program; nothing was written.</source>
            <translation>Die Begleitdatei wurde gerade von einem anderen Programm geändert; nichts wurde geschrieben.</translation>
        </message>
        <message>
            <source>The system ended the work on it {0} times, perhaps for want of memory. Close other programs and try again.</source>
            <translation>Das System hat die Arbeit daran {0}-mal beendet, vielleicht aus Mangel an Speicher. Schließen Sie andere Programme und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>The task {0} has ended already: {1}.</source>
            <translation>Die Aufgabe {0} ist schon beendet: {1}.</translation>
        </message>
        <message>
            <source>The video is damaged and cannot be decoded.</source>
            <translation>Das Video ist beschädigt und kann nicht decodiert werden.</translation>
        </message>
        <message>
            <source>The video is damaged: no picture of it can be decoded.</source>
            <translation>Das Video ist beschädigt: Kein Bild daraus kann decodiert werden.</translation>
        </message>
        <message>
            <source>The video is damaged: there is nothing at its start but zeros.</source>
            <translation>Das Video ist beschädigt: An seinem Anfang stehen nur Nullen.</translation>
        </message>
        <message>
            <source>The video is damaged: there is nothing to be seen in it.</source>
            <translation>Das Video ist beschädigt: Es ist nichts darin zu sehen.</translation>
        </message>
        <message>
            <source>The video is damaged: this moment of it cannot be decoded.</source>
            <translation>Das Video ist beschädigt: Dieser Moment daraus kann nicht decodiert werden.</translation>
        </message>
        <message>
            <source>The video is too large: {0} x {1} pixels, and the limit is {2} megapixels; the setting photo_megapixels can allow more.</source>
            <translation>Das Video ist zu groß: {0} x {1} Pixel, und die Grenze ist {2} Megapixel; die Einstellung photo_megapixels kann mehr erlauben.</translation>
        </message>
        <message>
            <source>The window that is open is of another version of Kinfolk.</source>
            <translation>Das geöffnete Fenster gehört zu einer anderen Version von Kinfolk.</translation>
        </message>
        <message>
            <source>The work</source>
            <translation>Die Arbeit</translation>
        </message>
        <message>
            <source>The work stopped</source>
            <translation>Die Arbeit wurde unterbrochen</translation>
        </message>
        <message>
            <source>There are characters in it that XML cannot hold.</source>
            <translation>Es enthält Zeichen, die XML nicht aufnehmen kann.</translation>
        </message>
        <message>
            <source>There are no such photos any more.</source>
            <translation>Diese Fotos gibt es nicht mehr.</translation>
        </message>
        <message>
            <source>There are {0} people and groups</source>
            <translation>gibt es {0} Personen und Gruppen</translation>
        </message>
        <message>
            <source>There can be no {0} there ({1}). Use --as copy.</source>
            <translation>Dort sind keine {0} möglich ({1}). Verwenden Sie --as copy.</translation>
        </message>
        <message>
            <source>There is 1 person or group</source>
            <translation>gibt es 1 Person oder Gruppe</translation>
        </message>
        <message>
            <source>There is a collection “{0}” already.</source>
            <translation>Eine Sammlung „{0}“ gibt es schon.</translation>
        </message>
        <message>
            <source>There is a face here already; say who it is.</source>
            <translation>Hier ist schon ein Gesicht; sagen Sie, wer es ist.</translation>
        </message>
        <message>
            <source>There is another file of that name, which Kinfolk did not write.</source>
            <translation>Es gibt eine andere Datei dieses Namens, die Kinfolk nicht geschrieben hat.</translation>
        </message>
        <message>
            <source>There is more than one picture in the file; the main one is shown.</source>
            <translation>Die Datei enthält mehr als ein Bild; das wichtigste wird gezeigt.</translation>
        </message>
        <message>
            <source>There is no alert {0} here; `kinfolk alerts --all` lists them.</source>
            <translation>Einen Alarm {0} gibt es hier nicht; `kinfolk alerts --all` listet sie auf.</translation>
        </message>
        <message>
            <source>There is no collection “{0}”; `kinfolk collection create` makes one.</source>
            <translation>Eine Sammlung „{0}“ gibt es nicht; `kinfolk collection create` legt eine an.</translation>
        </message>
        <message>
            <source>There is no collection “{0}”; name those whose people are known.</source>
            <translation>Eine Sammlung „{0}“ gibt es nicht; nennen Sie die, deren Personen bekannt sind.</translation>
        </message>
        <message>
            <source>There is no collection.</source>
            <translation>Es gibt keine Sammlung.</translation>
        </message>
        <message>
            <source>There is no good backup of the library yet; `kinfolk backup` makes one.</source>
            <translation>Es gibt noch keine gute Sicherung der Bibliothek; `kinfolk backup` legt eine an.</translation>
        </message>
        <message>
            <source>There is no library in {0}; `kinfolk index` makes one.</source>
            <translation>In {0} gibt es keine Bibliothek; `kinfolk index` legt eine an.</translation>
        </message>
        <message>
            <source>There is no model (.onnx) in it.</source>
            <translation>Es enthält kein Modell (.onnx).</translation>
        </message>
        <message>
            <source>There is no model pack {0}: {1} is not a folder. Put the pack's .onnx files there, or choose the pack compact.</source>
            <translation>Ein Modellpaket {0} gibt es nicht: {1} ist kein Ordner. Legen Sie die .onnx-Dateien des Pakets dorthin, oder wählen Sie das Paket compact.</translation>
        </message>
        <message>
            <source>There is no pack {0} to be fetched; there are: {1}.</source>
            <translation>Ein Paket {0} zum Herunterladen gibt es nicht; es gibt: {1}.</translation>
        </message>
        <message>
            <source>There is no pack {0} to be removed.</source>
            <translation>Ein Paket {0} zum Entfernen gibt es nicht.</translation>
        </message>
        <message>
            <source>There is no picture in the film.</source>
            <translation>Der Film enthält kein Bild.</translation>
        </message>
        <message>
            <source>There is no picture in this video, only sound.</source>
            <translation>Dieses Video enthält kein Bild, nur Ton.</translation>
        </message>
        <message>
            <source>There is no picture of it at hand.</source>
            <translation>Davon ist kein Bild zur Hand.</translation>
        </message>
        <message>
            <source>There is no place for a photo to measure with: {0}.</source>
            <translation>Es gibt keinen Platz für ein Foto zum Messen: {0}.</translation>
        </message>
        <message>
            <source>There is no room for a backup in {0}. Make room and try again.</source>
            <translation>In {0} ist kein Platz für eine Sicherung. Schaffen Sie Platz und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <source>There is no setting {0}; `kinfolk settings` lists them.</source>
            <translation>Eine Einstellung {0} gibt es nicht; `kinfolk settings` listet sie auf.</translation>
        </message>
        <message>
            <source>There is no such collection any more.</source>
            <translation>Diese Sammlung gibt es nicht mehr.</translation>
        </message>
        <message>
            <source>There is no such folder any more.</source>
            <translation>Diesen Ordner gibt es nicht mehr.</translation>
        </message>
        <message>
            <source>There is no such person any more.</source>
            <translation>Diese Person gibt es nicht mehr.</translation>
        </message>
        <message>
            <source>There is no such photo any more.</source>
            <translation>Dieses Foto gibt es nicht mehr.</translation>
        </message>
        <message>
            <source>There is no such photo in the album any more.</source>
            <translation>Dieses Foto gibt es im Album nicht mehr.</translation>
        </message>
        <message>
            <source>There is no switch to another pack that could be taken back.</source>
            <translation>Es gibt keinen Wechsel zu einem anderen Paket, der zurückgenommen werden könnte.</translation>
        </message>
        <message>
            <source>There is no task {0}; tasks are kept for 7 days.</source>
            <translation>Eine Aufgabe {0} gibt es nicht; Aufgaben werden 7 Tage aufgehoben.</translation>
        </message>
        <message>
            <source>There is not enough memory to open this picture.</source>
            <translation>Der Speicher reicht nicht, um dieses Bild zu öffnen.</translation>
        </message>
        <message>
            <source>There is not enough memory to open this video.</source>
            <translation>Der Speicher reicht nicht, um dieses Video zu öffnen.</translation>
        </message>
        <message>
            <source>There is nothing to redo.</source>
            <translation>Es gibt nichts zu wiederholen.</translation>
        </message>
        <message>
            <source>There is nothing to undo.</source>
            <translation>Es gibt nichts rückgängig zu machen.</translation>
        </message>
        <message>
            <source>These faces are not in the library any more.</source>
            <translation>Diese Gesichter sind nicht mehr in der Bibliothek.</translation>
        </message>
        <message>
            <source>These faces are of another collection than the person.</source>
            <translation>Diese Gesichter gehören zu einer anderen Sammlung als die Person.</translation>
        </message>
        <message>
            <source>These photos are in no stack.</source>
            <translation>Diese Fotos sind in keinem Stapel.</translation>
        </message>
        <message>
            <source>These photos are not of one collection.</source>
            <translation>Diese Fotos gehören nicht zu einer Sammlung.</translation>
        </message>
        <message>
            <source>They are one person already, {0}; select the faces that are somebody else and split them off.</source>
            <translation>Sie sind schon eine Person, {0}; wählen Sie die Gesichter aus, die jemand anderem gehören, und trennen Sie sie ab.</translation>
        </message>
        <message>
            <source>This counts as no face; say who it is to have it back.</source>
            <translation>Dies gilt als kein Gesicht; sagen Sie, wer es ist, um es zurückzuholen.</translation>
        </message>
        <message>
            <source>This is a JPEG XL picture; the package pylibjxl that opens those is not installed.</source>
            <translation>Dies ist ein JPEG-XL-Bild; das Paket pylibjxl, das solche öffnet, ist nicht installiert.</translation>
        </message>
        <message>
            <source>This is a device or a pipe, not a photo.</source>
            <translation>Dies ist ein Gerät oder eine Pipe, kein Foto.</translation>
        </message>
        <message>
            <source>This is a folder, not a photo.</source>
            <translation>Dies ist ein Ordner, kein Foto.</translation>
        </message>
        <message>
            <source>This is a link to a file that is not there.</source>
            <translation>Dies ist eine Verknüpfung zu einer Datei, die nicht da ist.</translation>
        </message>
        <message>
            <source>This is a raw file of a kind that Kinfolk cannot open.</source>
            <translation>Dies ist eine Rohdatei von einer Art, die Kinfolk nicht öffnen kann.</translation>
        </message>
        <message>
            <source>This is a video and no photo.</source>
            <translation>Dies ist ein Video und kein Foto.</translation>
        </message>
        <message>
            <source>This is not a kind of picture that Kinfolk can open.</source>
            <translation>Diese Art von Bild kann Kinfolk nicht öffnen.</translation>
        </message>
        <message>
            <source>This is not a kind of video that Kinfolk can open.</source>
            <translation>Diese Art von Video kann Kinfolk nicht öffnen.</translation>
        </message>
        <message>
            <source>This is the only collection; a library has at least one.</source>
            <translation>Dies ist die einzige Sammlung; eine Bibliothek hat mindestens eine.</translation>
        </message>
        <message>
            <source>This is {0}, which Kinfolk cannot open.</source>
            <translation>Dies ist {0}; das kann Kinfolk nicht öffnen.</translation>
        </message>
        <message>
            <source>This onnxruntime does not come with it.</source>
            <translation>Dieses onnxruntime bringt es nicht mit.</translation>
        </message>
        <message>
            <source>This onnxruntime does not come with {0}.</source>
            <translation>Dieses onnxruntime bringt {0} nicht mit.</translation>
        </message>
        <message>
            <source>This photo is in no stack.</source>
            <translation>Dieses Foto ist in keinem Stapel.</translation>
        </message>
        <message>
            <source>This raw file is shown at half its size: {0} of {1} pixels.</source>
            <translation>Diese Rohdatei wird in halber Größe gezeigt: {0} von {1} Pixeln.</translation>
        </message>
        <message>
            <source>This takes {0}, and “{1}” has {2} left. Make room there, or choose another folder.</source>
            <translation>Dafür braucht es {0}, und in „{1}“ sind noch {2} frei. Schaffen Sie dort Platz, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Took back</source>
            <translation>Zurückgenommen</translation>
        </message>
        <message>
            <source>Took back when {0} was born</source>
            <translation>Geburtsjahr zurückgenommen: {0}</translation>
        </message>
        <message>
            <source>Took {0} out of a stack</source>
            <translation>{0} aus einem Stapel genommen</translation>
        </message>
        <message>
            <source>Traces of it stay in {0}: {1}. See whether the disk is full or read-only, and do it again.</source>
            <translation>Spuren davon bleiben in {0}: {1}. Prüfen Sie, ob der Datenträger voll oder schreibgeschützt ist, und tun Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Traces of it stay on the disk for now: Kinfolk erases them when it is closed or opened.</source>
            <translation>Spuren davon bleiben vorerst auf dem Datenträger: Kinfolk löscht sie, wenn es geschlossen oder geöffnet wird.</translation>
        </message>
        <message>
            <source>Transport endpoint is not connected</source>
            <translation>Das Netzlaufwerk ist nicht verbunden</translation>
        </message>
        <message>
            <source>Undone: {0}</source>
            <translation>Rückgängig gemacht: {0}</translation>
        </message>
        <message>
            <source>What came is not the archive that Kinfolk knows: its SHA-256 is {0}, not {1}. Nothing of it was kept. Try again later, or fetch the archive by other means and add the file.</source>
            <translation>Was ankam, ist nicht das Archiv, das Kinfolk kennt: Seine SHA-256-Prüfsumme ist {0}, nicht {1}. Nichts davon wurde behalten. Versuchen Sie es später erneut, oder laden Sie das Archiv auf andere Weise herunter, und fügen Sie die Datei hinzu.</translation>
        </message>
        <message>
            <source>What downloads of models go through: an address such as http://proxy.home:3128, none, or nothing for what the system says.</source>
            <translation>Worüber Modelle heruntergeladen werden: eine Adresse wie http://proxy.home:3128, none oder nichts für das, was das System sagt.</translation>
        </message>
        <message>
            <source>What runs the models: cpu is the processor, auto is what was measured to be the fastest.</source>
            <translation>Womit die Modelle laufen: cpu ist der Prozessor, auto ist, was nach der Messung am schnellsten war.</translation>
        </message>
        <message>
            <source>What shows on the desktop: off is nothing, long is alerts and work of over a minute, all is alerts and every end of a task.</source>
            <translation>Was auf dem Desktop erscheint: off ist nichts, long sind Alarme und Arbeiten von über einer Minute, all sind Alarme und jedes Ende einer Aufgabe.</translation>
        </message>
        <message>
            <source>What the server has is not the archive that Kinfolk knows: it has {0} bytes, not {1}. Nothing was taken. Does this computer have to sign in to its network first? Else fetch the archive by other means and add the file.</source>
            <translation>Was der Server hat, ist nicht das Archiv, das Kinfolk kennt: Es hat {0} Byte, nicht {1}. Nichts wurde angenommen. Muss sich dieser Computer zuerst in seinem Netz anmelden? Sonst laden Sie das Archiv auf andere Weise herunter, und fügen Sie die Datei hinzu.</translation>
        </message>
        <message>
            <source>What the server has is too large to be a model pack.</source>
            <translation>Was der Server hat, ist zu groß für ein Modellpaket.</translation>
        </message>
        <message>
            <source>When new faces are grouped: settled is after the last photo, interval is every group_minutes, asked is only when the user says so.</source>
            <translation>Wann neue Gesichter gruppiert werden: settled ist nach dem letzten Foto, interval alle group_minutes, asked nur auf Wunsch.</translation>
        </message>
        <message>
            <source>Where the window has exported photos to last.</source>
            <translation>Wohin das Fenster zuletzt Fotos exportiert hat.</translation>
        </message>
        <message>
            <source>Whether Kinfolk stays in the tray when its window is closed while a collection has alerts on.</source>
            <translation>Ob Kinfolk im Infobereich bleibt, wenn sein Fenster geschlossen wird, während in einer Sammlung Alarme eingeschaltet sind.</translation>
        </message>
        <message>
            <source>Whether a stranger before a camera raises an alert.</source>
            <translation>Ob eine fremde Person vor einer Kamera einen Alarm auslöst.</translation>
        </message>
        <message>
            <source>Whether different people are counted.</source>
            <translation>Ob verschiedene Personen gezählt werden.</translation>
        </message>
        <message>
            <source>Whether faces are looked for in videos, too; off leaves new ones alone, and those that are in the album stay.</source>
            <translation>Ob auch in Videos nach Gesichtern gesucht wird; off lässt neue aus, und die im Album bleiben.</translation>
        </message>
        <message>
            <source>Whether photos that show the same are shown as one, with the best on top.</source>
            <translation>Ob Fotos, die dasselbe zeigen, als eines gezeigt werden, mit dem besten obenauf.</translation>
        </message>
        <message>
            <source>Who is not seen for longer than this comes again, as another visit.</source>
            <translation>Wer länger als dies nicht zu sehen ist, kommt erneut, als weiterer Besuch.</translation>
        </message>
        <message>
            <source>Whoever is here was forgotten; undo that first.</source>
            <translation>Wer hier ist, wurde vergessen; machen Sie zuerst das rückgängig.</translation>
        </message>
        <message>
            <source>Whoever nobody has named so many days after the photo was found is erased for good, with face and embedding; 0 keeps everybody.</source>
            <translation>Wer so viele Tage nach dem Fund des Fotos nicht benannt ist, wird endgültig gelöscht, mit Gesicht und Merkmalen; 0 behält alle.</translation>
        </message>
        <message>
            <source>Whom a camera knows: those who have a name in these collections, and in its own; all is every album, none is only its own.</source>
            <translation>Wen eine Kamera kennt: alle mit Namen in diesen Sammlungen und in ihrer eigenen; all heißt in jedem Album, none nur in ihrer eigenen.</translation>
        </message>
        <message>
            <source>Writing names into sidecars</source>
            <translation>Namen in Begleitdateien schreiben</translation>
        </message>
        <message>
            <source>You drew face-{0} by hand; it is compared with nobody.</source>
            <translation>Sie haben face-{0} von Hand eingezeichnet; es wird mit niemandem verglichen.</translation>
        </message>
        <message>
            <source>You had given different years of birth; {0} holds now</source>
            <translation>Sie hatten verschiedene Geburtsjahre angegeben; jetzt gilt {0}</translation>
        </message>
        <message>
            <source>You had said that they are different people; that no longer holds</source>
            <translation>Ihre frühere Angabe, dass es verschiedene Personen sind, gilt nicht mehr</translation>
        </message>
        <message>
            <source>You had said that {0} not the same person; that no longer holds</source>
            <translation>Ihre frühere Angabe gilt nicht mehr: {0} nicht dieselbe Person</translation>
        </message>
        <message>
            <source>You had said {0}; that no longer holds</source>
            <translation>Ihre frühere Angabe gilt nicht mehr: {0}</translation>
        </message>
        <message>
            <source>You may not read the folder {0}.</source>
            <translation>Sie dürfen den Ordner {0} nicht lesen.</translation>
        </message>
        <message>
            <source>You may not read this file.</source>
            <translation>Sie dürfen diese Datei nicht lesen.</translation>
        </message>
        <message>
            <source>You may not use the library {0}. Give yourself the right to read and write it and its folder, or choose another folder with --library.</source>
            <translation>Sie dürfen die Bibliothek {0} nicht verwenden. Geben Sie sich das Recht, sie und ihren Ordner zu lesen und zu schreiben, oder wählen Sie mit --library einen anderen Ordner.</translation>
        </message>
        <message>
            <source>You may not write into this folder.</source>
            <translation>Sie dürfen nicht in diesen Ordner schreiben.</translation>
        </message>
        <message>
            <source>You may not write into “{0}”.</source>
            <translation>Sie dürfen nicht in „{0}“ schreiben.</translation>
        </message>
        <message>
            <source>You said that face-{0} is nobody you know.</source>
            <translation>Sie haben angegeben, dass face-{0} niemand ist, den Sie kennen.</translation>
        </message>
        <message>
            <source>You said that face-{0} is not a face; `undo` takes that back.</source>
            <translation>Sie haben angegeben, dass face-{0} kein Gesicht ist; `undo` nimmt das zurück.</translation>
        </message>
        <message>
            <source>You said who this is; take that back first.</source>
            <translation>Sie haben angegeben, wer das ist; nehmen Sie das zuerst zurück.</translation>
        </message>
        <message>
            <source>a 7-Zip archive</source>
            <translation>ein 7-Zip-Archiv</translation>
        </message>
        <message>
            <source>a BPG picture</source>
            <translation>ein BPG-Bild</translation>
        </message>
        <message>
            <source>a DjVu document</source>
            <translation>ein DjVu-Dokument</translation>
        </message>
        <message>
            <source>a FLIF picture</source>
            <translation>ein FLIF-Bild</translation>
        </message>
        <message>
            <source>a JPEG 2000 picture</source>
            <translation>ein JPEG-2000-Bild</translation>
        </message>
        <message>
            <source>a JPEG XR picture</source>
            <translation>ein JPEG-XR-Bild</translation>
        </message>
        <message>
            <source>a PDF document</source>
            <translation>ein PDF-Dokument</translation>
        </message>
        <message>
            <source>a PNM picture</source>
            <translation>ein PNM-Bild</translation>
        </message>
        <message>
            <source>a Photoshop picture (PSD)</source>
            <translation>ein Photoshop-Bild (PSD)</translation>
        </message>
        <message>
            <source>a PostScript drawing (EPS)</source>
            <translation>eine PostScript-Zeichnung (EPS)</translation>
        </message>
        <message>
            <source>a RAR archive</source>
            <translation>ein RAR-Archiv</translation>
        </message>
        <message>
            <source>a Radiance picture (HDR)</source>
            <translation>ein Radiance-Bild (HDR)</translation>
        </message>
        <message>
            <source>a ZIP archive</source>
            <translation>ein ZIP-Archiv</translation>
        </message>
        <message>
            <source>a drawing (SVG)</source>
            <translation>eine Zeichnung (SVG)</translation>
        </message>
        <message>
            <source>a drawing (WMF)</source>
            <translation>eine Zeichnung (WMF)</translation>
        </message>
        <message>
            <source>attempt to write a readonly database</source>
            <translation>Die Datenbank ist schreibgeschützt</translation>
        </message>
        <message>
            <source>database disk image is malformed</source>
            <translation>Die Datenbankdatei ist fehlerhaft</translation>
        </message>
        <message>
            <source>database is locked</source>
            <translation>Die Datenbank ist gesperrt</translation>
        </message>
        <message>
            <source>disk I/O error</source>
            <translation>Ein-/Ausgabefehler des Datenträgers</translation>
        </message>
        <message>
            <source>file is not a database</source>
            <translation>Die Datei ist keine Datenbank</translation>
        </message>
        <message>
            <source>it ended before its end</source>
            <translation>Sie brach vor dem Ende ab</translation>
        </message>
        <message>
            <source>it has lost something that you said</source>
            <translation>Einige Ihrer Angaben fehlen darin</translation>
        </message>
        <message>
            <source>more came than was told</source>
            <translation>Es kam mehr als angekündigt</translation>
        </message>
        <message>
            <source>nothing came any more</source>
            <translation>Es kam nichts mehr</translation>
        </message>
        <message>
            <source>once</source>
            <translation>einmal</translation>
        </message>
        <message>
            <source>the connection was cut</source>
            <translation>Die Verbindung wurde unterbrochen</translation>
        </message>
        <message>
            <source>the file is missing or empty</source>
            <translation>Die Datei fehlt oder ist leer</translation>
        </message>
        <message>
            <source>the proxy cannot be reached</source>
            <translation>Der Proxy ist nicht erreichbar</translation>
        </message>
        <message>
            <source>the server answers something else than was asked</source>
            <translation>Der Server antwortet auf etwas anderes als gefragt</translation>
        </message>
        <message>
            <source>the server cannot be reached</source>
            <translation>Der Server ist nicht erreichbar</translation>
        </message>
        <message>
            <source>the server is busy ({0})</source>
            <translation>Der Server ist überlastet ({0})</translation>
        </message>
        <message>
            <source>unable to open database file</source>
            <translation>Die Datenbankdatei kann nicht geöffnet werden</translation>
        </message>
        <message>
            <source>{0} What was seen of it before is kept.</source>
            <translation>{0} Was Kinfolk vorher darauf gesehen hat, bleibt erhalten.</translation>
        </message>
        <message>
            <source>{0} failed.</source>
            <translation>{0} fehlgeschlagen.</translation>
        </message>
        <message>
            <source>{0} files</source>
            <translation>{0} Dateien</translation>
        </message>
        <message>
            <source>a picture of GIMP (XCF)</source>
            <translation>ein GIMP-Bild (XCF)</translation>
        </message>
        <message>
            <source>a stranger</source>
            <translation>eine fremde Person</translation>
        </message>
        <message>
            <source>a web page</source>
            <translation>eine Webseite</translation>
        </message>
        <message>
            <source>an OpenEXR picture</source>
            <translation>ein OpenEXR-Bild</translation>
        </message>
        <message>
            <source>an archive (gzip)</source>
            <translation>ein Archiv (gzip)</translation>
        </message>
        <message>
            <source>an icon (ICNS)</source>
            <translation>ein Symbol (ICNS)</translation>
        </message>
        <message>
            <source>an icon (ICO)</source>
            <translation>ein Symbol (ICO)</translation>
        </message>
        <message>
            <source>an unnamed person</source>
            <translation>eine unbenannte Person</translation>
        </message>
        <message>
            <source>and no</source>
            <translation>und kein</translation>
        </message>
        <message>
            <source>face-{0} is not a face here that can be compared.</source>
            <translation>face-{0} ist kein Gesicht von hier, das sich vergleichen lässt.</translation>
        </message>
        <message>
            <source>hard links</source>
            <translation>Hardlinks</translation>
        </message>
        <message>
            <source>has changed</source>
            <translation>wurde geändert</translation>
        </message>
        <message>
            <source>hid 1 unnamed person</source>
            <translation>1 unbenannte Person ausgeblendet</translation>
        </message>
        <message>
            <source>hid {0} unnamed people</source>
            <translation>{0} unbenannte Personen ausgeblendet</translation>
        </message>
        <message>
            <source>hidden or shown</source>
            <translation>ausgeblendet oder angezeigt</translation>
        </message>
        <message>
            <source>is full</source>
            <translation>ist voll</translation>
        </message>
        <message>
            <source>is new</source>
            <translation>ist neu</translation>
        </message>
        <message>
            <source>is not staff</source>
            <translation>gehört nicht zum Personal</translation>
        </message>
        <message>
            <source>is shown again</source>
            <translation>wird wieder angezeigt</translation>
        </message>
        <message>
            <source>is staff</source>
            <translation>gehört zum Personal</translation>
        </message>
        <message>
            <source>it is not a table of options</source>
            <translation>es ist keine Tabelle von Optionen</translation>
        </message>
        <message>
            <source>new face</source>
            <translation>neues Gesicht</translation>
        </message>
        <message>
            <source>no pictures</source>
            <translation>keine Bilder</translation>
        </message>
        <message>
            <source>nobody answers</source>
            <translation>niemand antwortet</translation>
        </message>
        <message>
            <source>not</source>
            <translation>nicht diese Person</translation>
        </message>
        <message>
            <source>not a face</source>
            <translation>kein Gesicht</translation>
        </message>
        <message>
            <source>nothing to read</source>
            <translation>nichts zu lesen</translation>
        </message>
        <message>
            <source>page of {0}</source>
            <translation>Seite von {0}</translation>
        </message>
        <message>
            <source>said to be staff</source>
            <translation>als Personal angegeben</translation>
        </message>
        <message>
            <source>somebody else</source>
            <translation>jemand anderes</translation>
        </message>
        <message>
            <source>someone else</source>
            <translation>jemand anderes</translation>
        </message>
        <message>
            <source>strangers</source>
            <translation>fremde Personen</translation>
        </message>
        <message>
            <source>that 1 of them is {0}</source>
            <translation>1 davon ist {0}</translation>
        </message>
        <message>
            <source>that is no name of a folder</source>
            <translation>das ist kein Name für einen Ordner</translation>
        </message>
        <message>
            <source>that it is {0}</source>
            <translation>es ist {0}</translation>
        </message>
        <message>
            <source>that {0} of them are {1}</source>
            <translation>{0} davon sind {1}</translation>
        </message>
        <message>
            <source>the disk refused</source>
            <translation>der Datenträger hat abgelehnt</translation>
        </message>
        <message>
            <source>the person of {0} photos</source>
            <translation>die Person mit {0} Fotos</translation>
        </message>
        <message>
            <source>there is no folder for a socket</source>
            <translation>es gibt keinen Ordner für einen Socket</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>diese Person</translation>
        </message>
        <message>
            <source>this system has none</source>
            <translation>dieses System hat keine</translation>
        </message>
        <message>
            <source>{0} and {1}</source>
            <translation>{0} und {1}</translation>
        </message>
        <message>
            <source>{0} and {1} are different people</source>
            <translation>{0} und {1} sind verschiedene Personen</translation>
        </message>
        <message>
            <source>{0} are not faces</source>
            <translation>{0} sind keine Gesichter</translation>
        </message>
        <message>
            <source>{0} are shown again</source>
            <translation>{0} werden wieder angezeigt</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}).</source>
            <translation>{0} kann nicht gelesen werden ({1}).</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}). Install Kinfolk again.</source>
            <translation>{0} kann nicht gelesen werden ({1}). Installieren Sie Kinfolk neu.</translation>
        </message>
        <message>
            <source>{0} cannot be read ({1}). {2}</source>
            <translation>{0} kann nicht gelesen werden ({1}). {2}</translation>
        </message>
        <message>
            <source>{0} cannot be written ({1}), so that the models could not be checked later. Is the disk full or read-only?</source>
            <translation>{0} kann nicht geschrieben werden ({1}), sodass die Modelle später nicht geprüft werden könnten. Ist der Datenträger voll oder schreibgeschützt?</translation>
        </message>
        <message>
            <source>{0} cannot load the model {1}: {2}</source>
            <translation>{0} kann das Modell {1} nicht laden: {2}</translation>
        </message>
        <message>
            <source>{0} does not exist.</source>
            <translation>{0} gibt es nicht.</translation>
        </message>
        <message>
            <source>{0} does not start: a driver or library of it is missing.</source>
            <translation>{0} startet nicht: Ein Treiber oder eine Bibliothek dafür fehlt.</translation>
        </message>
        <message>
            <source>{0} erased. Undo only lets Kinfolk learn them anew, without a name</source>
            <translation>{0} gelöscht. „Rückgängig“ lässt Kinfolk sie nur neu lernen, ohne Namen</translation>
        </message>
        <message>
            <source>{0} faces</source>
            <translation>{0} Gesichter</translation>
        </message>
        <message>
            <source>{0} faces and their embeddings are</source>
            <translation>{0} Gesichter und ihre Merkmale sind</translation>
        </message>
        <message>
            <source>{0} faces are not {1}</source>
            <translation>{0} Gesichter sind nicht {1}</translation>
        </message>
        <message>
            <source>{0} faces are strangers</source>
            <translation>{0} Gesichter sind fremde Personen</translation>
        </message>
        <message>
            <source>{0} faces are {1}</source>
            <translation>{0} Gesichter sind {1}</translation>
        </message>
        <message>
            <source>{0} faces are {1}, not {2}</source>
            <translation>{0} Gesichter sind {1}, nicht {2}</translation>
        </message>
        <message>
            <source>{0} faces that you placed are</source>
            <translation>{0} Gesichter, die Sie zugeordnet haben, sind</translation>
        </message>
        <message>
            <source>{0} faces with {1} look like someone else. Do they belong there?</source>
            <translation>{0} Gesichter ({1}) sehen nach jemand anderem aus. Gehören sie dorthin?</translation>
        </message>
        <message>
            <source>{0} grouped. {1} now.</source>
            <translation>{0} gruppiert. Jetzt {1}.</translation>
        </message>
        <message>
            <source>{0} has a name already; answer with yes or no.</source>
            <translation>{0} hat schon einen Namen; antworten Sie mit yes oder no.</translation>
        </message>
        <message>
            <source>{0} in photos taken before {1}</source>
            <translation>{0} auf Fotos von vor {1}</translation>
        </message>
        <message>
            <source>{0} in photos taken before {1} will leave at the next grouping</source>
            <translation>Beim nächsten Gruppieren entfällt: {0} auf Fotos von vor {1}</translation>
        </message>
        <message>
            <source>{0} is done.</source>
            <translation>{0}: fertig.</translation>
        </message>
        <message>
            <source>{0} is missing</source>
            <translation>{0} fehlt</translation>
        </message>
        <message>
            <source>{0} is neither a command nor a file; see `kinfolk --help`.</source>
            <translation>{0} ist weder ein Befehl noch eine Datei; siehe `kinfolk --help`.</translation>
        </message>
        <message>
            <source>{0} is no folder.</source>
            <translation>{0} ist kein Ordner.</translation>
        </message>
        <message>
            <source>{0} is no zip archive, or a damaged one.</source>
            <translation>{0} ist kein ZIP-Archiv oder ein beschädigtes.</translation>
        </message>
        <message>
            <source>{0} is not a folder.</source>
            <translation>{0} ist kein Ordner.</translation>
        </message>
        <message>
            <source>{0} is not in the library; `kinfolk index` adds it.</source>
            <translation>{0} ist nicht in der Bibliothek; `kinfolk index` fügt es hinzu.</translation>
        </message>
        <message>
            <source>{0} is not staff</source>
            <translation>{0} gehört nicht zum Personal</translation>
        </message>
        <message>
            <source>{0} is of another version of Kinfolk. Install Kinfolk again.</source>
            <translation>{0} gehört zu einer anderen Version von Kinfolk. Installieren Sie Kinfolk neu.</translation>
        </message>
        <message>
            <source>{0} is shown again</source>
            <translation>{0} wird wieder angezeigt</translation>
        </message>
        <message>
            <source>{0} is staff</source>
            <translation>{0} gehört zum Personal</translation>
        </message>
        <message>
            <source>{0} looked at</source>
            <translation>{0} durchgesehen</translation>
        </message>
        <message>
            <source>{0} looked at, {1} found</source>
            <translation>{0} durchgesehen, {1} gefunden</translation>
        </message>
        <message>
            <source>{0} looked at, {1} found; {2} skipped</source>
            <translation>{0} durchgesehen, {1} gefunden; {2} übersprungen</translation>
        </message>
        <message>
            <source>{0} looked at; {1} skipped</source>
            <translation>{0} durchgesehen; {1} übersprungen</translation>
        </message>
        <message>
            <source>{0} new faces</source>
            <translation>{0} neue Gesichter</translation>
        </message>
        <message>
            <source>{0} no faces any more; the next grouping drops them.</source>
            <translation>{0} keine Gesichter mehr; das nächste Gruppieren räumt auf.</translation>
        </message>
        <message>
            <source>{0} of the faces are</source>
            <translation>{0} der Gesichter sind</translation>
        </message>
        <message>
            <source>{0} people</source>
            <translation>{0} Personen</translation>
        </message>
        <message>
            <source>{0} people and groups</source>
            <translation>{0} Personen und Gruppen</translation>
        </message>
        <message>
            <source>{0} people are not staff</source>
            <translation>{0} Personen gehören nicht zum Personal</translation>
        </message>
        <message>
            <source>{0} people are shown again</source>
            <translation>{0} Personen werden wieder angezeigt</translation>
        </message>
        <message>
            <source>{0} people are staff</source>
            <translation>{0} Personen gehören zum Personal</translation>
        </message>
        <message>
            <source>{0} photos</source>
            <translation>{0} Fotos</translation>
        </message>
        <message>
            <source>{0} says nothing of: {1}. {2}</source>
            <translation>{0} sagt nichts über: {1}. {2}</translation>
        </message>
        <message>
            <source>{0} times</source>
            <translation>{0}-mal</translation>
        </message>
        <message>
            <source>{0} unnamed people</source>
            <translation>{0} unbenannte Personen</translation>
        </message>
        <message>
            <source>{0} unnamed people have</source>
            <translation>{0} unbenannte Personen haben</translation>
        </message>
        <message>
            <source>{0} was born in {1}</source>
            <translation>{0} ist {1} geboren</translation>
        </message>
        <message>
            <source>{0} was cancelled; what it did until then stays.</source>
            <translation>{0}: abgebrochen; was bis dahin getan war, bleibt.</translation>
        </message>
        <message>
            <source>{0}, which says what the models were, cannot be read. Delete it, and the models that there are now count as yours.</source>
            <translation>{0} hält fest, welche Modelle es waren, und kann nicht gelesen werden. Löschen Sie es, dann gelten die jetzigen Modelle als Ihre.</translation>
        </message>
        <message>
            <source>“{0}” cannot be written: {1}.</source>
            <translation>„{0}“ kann nicht geschrieben werden: {1}.</translation>
        </message>
        <message>
            <source>“{0}” is a folder of Kinfolk's own; choose another.</source>
            <translation>„{0}“ ist ein Ordner von Kinfolk selbst; wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>“{0}” is no name of a file.</source>
            <translation>„{0}“ ist kein Dateiname.</translation>
        </message>
        <message>
            <source>“{0}” is not asked any more; `kinfolk suggestions` lists what is.</source>
            <translation>„{0}“ wird nicht mehr gefragt; `kinfolk suggestions` listet die Fragen auf.</translation>
        </message>
        <message>
            <source>“{0}” is on another drive than “{1}”, and no file has a name on two drives. Use --as copy.</source>
            <translation>„{0}“ ist auf einem anderen Laufwerk als „{1}“, und keine Datei hat einen Namen auf zwei Laufwerken. Verwenden Sie --as copy.</translation>
        </message>
        <message>
            <source>“{0}” lies in a folder that Kinfolk watches: what is exported there comes back as copies. Choose another folder.</source>
            <translation>„{0}“ liegt in einem Ordner, den Kinfolk beobachtet: Was dorthin exportiert wird, kommt als Kopien zurück. Wählen Sie einen anderen Ordner.</translation>
        </message>
    </context>
    <context>
        <name>search</name>
        <message>
            <source>All of {0}</source>
            <translation>Alles in {0}</translation>
        </message>
        <message>
            <source>Any date</source>
            <translation>Beliebiges Datum</translation>
        </message>
        <message>
            <source>Any folder</source>
            <translation>Beliebiger Ordner</translation>
        </message>
        <message>
            <source>Back to where the search began</source>
            <translation>Zurück zum Anfang der Suche</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Ändern</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Leeren</translation>
        </message>
        <message>
            <source>Clear the search</source>
            <translation>Suche leeren</translation>
        </message>
        <message>
            <source>Dates of the photos</source>
            <translation>Datum der Fotos</translation>
        </message>
        <message>
            <source>Dates…</source>
            <translation>Datum …</translation>
        </message>
        <message>
            <source>Find people</source>
            <translation>Personen suchen</translation>
        </message>
        <message>
            <source>Find people by name</source>
            <translation>Personen nach Namen suchen</translation>
        </message>
        <message>
            <source>Folder of the photos</source>
            <translation>Ordner der Fotos</translation>
        </message>
        <message>
            <source>Folder…</source>
            <translation>Ordner …</translation>
        </message>
        <message>
            <source>For example: anna ben -carl, anna or ben, only anna, 2019</source>
            <translation>Zum Beispiel: anna ben -carl, anna oder ben, nur anna, 2019</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Leave out {0}: {1}</source>
            <translation>{0} weglassen: {1}</translation>
        </message>
        <message>
            <source>No photo shows {0}</source>
            <translation>Kein Foto zeigt {0}</translation>
        </message>
        <message>
            <source>No photos</source>
            <translation>Keine Fotos</translation>
        </message>
        <message>
            <source>Nobody here is called “{0}”.</source>
            <translation>Niemand hier heißt „{0}“.</translation>
        </message>
        <message>
            <source>One of</source>
            <translation>Eine von mehreren</translation>
        </message>
        <message>
            <source>Only these people</source>
            <translation>Nur diese Personen</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suche</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Alle Fotos dieser Person anzeigen</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Alle Fotos von {0} anzeigen</translation>
        </message>
        <message>
            <source>The whole of {0}</source>
            <translation>Ganz {0}</translation>
        </message>
        <message>
            <source>There is no folder “{0}” here.</source>
            <translation>Einen Ordner „{0}“ gibt es hier nicht.</translation>
        </message>
        <message>
            <source>There is no photo</source>
            <translation>Es gibt kein Foto</translation>
        </message>
        <message>
            <source>There is one choice with “or” already.</source>
            <translation>Es gibt schon eine Auswahl mit „oder“.</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>Unbenannte Person</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>Bis</translation>
        </message>
        <message>
            <source>With</source>
            <translation>Mit</translation>
        </message>
        <message>
            <source>Without</source>
            <translation>Ohne</translation>
        </message>
        <message>
            <source>after</source>
            <translation>nach</translation>
        </message>
        <message>
            <source>and</source>
            <translation>und</translation>
        </message>
        <message>
            <source>and…</source>
            <translation>und …</translation>
        </message>
        <message>
            <source>before</source>
            <translation>vor</translation>
        </message>
        <message>
            <source>from</source>
            <translation>von</translation>
        </message>
        <message>
            <source>in</source>
            <translation>in</translation>
        </message>
        <message>
            <source>in {0}</source>
            <translation>in {0}</translation>
        </message>
        <message>
            <source>nobody</source>
            <translation>niemand</translation>
        </message>
        <message>
            <source>not</source>
            <translation>nicht</translation>
        </message>
        <message>
            <source>one of</source>
            <translation>jemand von</translation>
        </message>
        <message>
            <source>only</source>
            <translation>nur</translation>
        </message>
        <message>
            <source>or</source>
            <translation>oder</translation>
        </message>
        <message>
            <source>since</source>
            <translation>seit</translation>
        </message>
        <message>
            <source>the dates</source>
            <translation>das Datum</translation>
        </message>
        <message>
            <source>the folder</source>
            <translation>den Ordner</translation>
        </message>
        <message>
            <source>to</source>
            <translation>bis</translation>
        </message>
        <message>
            <source>until</source>
            <translation>bis</translation>
        </message>
        <message>
            <source>with</source>
            <translation>mit</translation>
        </message>
        <message>
            <source>without</source>
            <translation>ohne</translation>
        </message>
        <message>
            <source>{0} together</source>
            <translation>{0} zusammen</translation>
        </message>
        <message>
            <source>“only”</source>
            <translation>„nur“</translation>
        </message>
        <message>
            <source>“without {0}”</source>
            <translation>„ohne {0}“</translation>
        </message>
        <message>
            <source>“{0}” could be {1}.</source>
            <translation>„{0}“ könnte {1} sein.</translation>
        </message>
    </context>
    <context>
        <name>settings</name>
        <message>
            <source>A cloud drive lists files that are not on this disk.</source>
            <translation>Ein Cloud-Speicher führt Dateien auf, die nicht auf diesem Computer sind.</translation>
        </message>
        <message>
            <source>A face of less quality is no stranger: it cannot be told who it is. From 0 to 1.</source>
            <translation>Ein Gesicht geringerer Qualität gilt nicht als fremd: Es lässt sich nicht sagen, wer es ist. Von 0 bis 1.</translation>
        </message>
        <message>
            <source>A face of {0} that would be with nobody</source>
            <translation>Ein Gesicht von {0}, das dann bei niemandem wäre</translation>
        </message>
        <message>
            <source>A face that would come to {0}</source>
            <translation>Ein Gesicht, das zu {0} käme</translation>
        </message>
        <message>
            <source>A face that would go from {0} to {1}</source>
            <translation>Ein Gesicht, das von {0} zu {1} käme</translation>
        </message>
        <message>
            <source>A larger picture is skipped.</source>
            <translation>Ein größeres Bild wird übersprungen.</translation>
        </message>
        <message>
            <source>A photo on every core. What you do on the computer still goes first.</source>
            <translation>Ein Foto auf jedem Kern. Was Sie am Computer tun, hat trotzdem Vorrang.</translation>
        </message>
        <message>
            <source>A photo that needs more memory than this to look at is skipped.</source>
            <translation>Ein Foto, das beim Durchsehen mehr Speicher braucht, wird übersprungen.</translation>
        </message>
        <message>
            <source>A photo that takes longer to look at is skipped.</source>
            <translation>Ein Foto, dessen Durchsehen länger dauert, wird übersprungen.</translation>
        </message>
        <message>
            <source>A program of your own can be told of everything, too.</source>
            <translation>Auch einem eigenen Programm kann alles gemeldet werden.</translation>
        </message>
        <message>
            <source>A stranger raises an alert once seen in so many photos, together.</source>
            <translation>Eine fremde Person löst einen Alarm aus, sobald sie auf insgesamt so vielen Fotos zu sehen war.</translation>
        </message>
        <message>
            <source>A video that takes longer to look at is skipped.</source>
            <translation>Ein Video, dessen Durchsehen länger dauert, wird übersprungen.</translation>
        </message>
        <message>
            <source>AMD graphics card (MIGraphX)</source>
            <translation>AMD-Grafikkarte (MIGraphX)</translation>
        </message>
        <message>
            <source>AMD graphics card (ROCm)</source>
            <translation>AMD-Grafikkarte (ROCm)</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>Erweitert</translation>
        </message>
        <message>
            <source>Alerts for strangers</source>
            <translation>Alarme bei Fremden</translation>
        </message>
        <message numerus="yes">
            <source>Alerts in {0} days</source>
            <translation>
                <numerusform>Alarme an {0} Tag</numerusform>
                <numerusform>Alarme in {0} Tagen</numerusform>
            </translation>
        </message>
        <message>
            <source>Alerts, and all work that ends while you look elsewhere.</source>
            <translation>Alarme und alle Arbeiten, die enden, während Sie woanders hinsehen.</translation>
        </message>
        <message>
            <source>Alerts, and work of over a minute that ends while you look elsewhere.</source>
            <translation>Alarme und Arbeiten von über einer Minute, die enden, während Sie woanders hinsehen.</translation>
        </message>
        <message>
            <source>All groups are made anew. Names and everything else that you said stay as they are.</source>
            <translation>Alle Gruppen werden neu gebildet. Namen und alle Ihre anderen Angaben bleiben, wie sie sind.</translation>
        </message>
        <message>
            <source>All settings are as by default.</source>
            <translation>Alle Einstellungen haben ihren Standardwert.</translation>
        </message>
        <message>
            <source>Apple’s graphics and neural engine (Core ML)</source>
            <translation>Apples Grafik- und KI-Einheit (Core ML)</translation>
        </message>
        <message>
            <source>Applied.</source>
            <translation>Angewendet.</translation>
        </message>
        <message>
            <source>Applied. All groups are made anew; the strip at the bottom shows it.</source>
            <translation>Angewendet. Alle Gruppen werden neu gebildet; die Leiste unten zeigt es.</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>Anwenden</translation>
        </message>
        <message>
            <source>Are left with nobody</source>
            <translation>Sind dann bei niemandem</translation>
        </message>
        <message>
            <source>As a cloud service has it: large, straight, clear</source>
            <translation>Wie bei einem Cloud-Dienst: groß, gerade, klar</translation>
        </message>
        <message>
            <source>As measured for the models in use</source>
            <translation>Wie für die verwendeten Modelle gemessen</translation>
        </message>
        <message>
            <source>As measured on albums of families</source>
            <translation>Wie an Familienalben gemessen</translation>
        </message>
        <message>
            <source>As photos come in</source>
            <translation>Während Fotos hereinkommen</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>Wie der Desktop</translation>
        </message>
        <message>
            <source>As the library</source>
            <translation>Wie die Bibliothek</translation>
        </message>
        <message>
            <source>As the library ({0})</source>
            <translation>Wie die Bibliothek ({0})</translation>
        </message>
        <message>
            <source>As the system says</source>
            <translation>Wie im System</translation>
        </message>
        <message>
            <source>At full speed, and gently while the computer runs on its battery.</source>
            <translation>Mit voller Kraft, und behutsam, während der Computer im Akkubetrieb läuft.</translation>
        </message>
        <message>
            <source>At intervals</source>
            <translation>In Abständen</translation>
        </message>
        <message>
            <source>At most so many of one video are looked at, spread over its length: fewer are quicker, more find those who are seen only for a moment.</source>
            <translation>Von einem Video werden höchstens so viele durchgesehen, über seine Länge verteilt: weniger gehen schneller, mehr finden auch die, die nur einen Moment zu sehen sind.</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <source>Bursts and versions of a picture are shown as one, the best on top.</source>
            <translation>Serien und Fassungen eines Bildes werden als eines gezeigt, das beste obenauf.</translation>
        </message>
        <message>
            <source>Cameras and visitors</source>
            <translation>Kameras und Besucher</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Cards that come: {0}. Cards that go: {1}; these stay among those seen only a few times.</source>
            <translation>Neue Karten: {0}. Wegfallende Karten: {1}; diese bleiben unter denen, die nur wenige Male zu sehen sind.</translation>
        </message>
        <message>
            <source>Categories</source>
            <translation>Kategorien</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Geändert</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen …</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Come to a group</source>
            <translation>Kommen in eine Gruppe</translation>
        </message>
        <message>
            <source>Count different people</source>
            <translation>Verschiedene Personen zählen</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Default: {0}</source>
            <translation>Standard: {0}</translation>
        </message>
        <message>
            <source>Download them</source>
            <translation>Herunterladen</translation>
        </message>
        <message>
            <source>End Kinfolk</source>
            <translation>Kinfolk beenden</translation>
        </message>
        <message>
            <source>Erase those without a name after</source>
            <translation>Unbenannte löschen nach</translation>
        </message>
        <message>
            <source>Every album</source>
            <translation>Jedes Album</translation>
        </message>
        <message>
            <source>Every so many minutes, and not in between.</source>
            <translation>Immer nach so vielen Minuten, und dazwischen nicht.</translation>
        </message>
        <message>
            <source>Everybody is kept</source>
            <translation>Alle werden behalten</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>Everything is as the library has it.</source>
            <translation>Alles ist wie in der Bibliothek.</translation>
        </message>
        <message>
            <source>Faces erased for good</source>
            <translation>Endgültig gelöschte Gesichter</translation>
        </message>
        <message>
            <source>Faces in videos</source>
            <translation>Gesichter in Videos</translation>
        </message>
        <message>
            <source>Faces that move</source>
            <translation>Gesichter, die wechseln</translation>
        </message>
        <message>
            <source>Frames of a video</source>
            <translation>Einzelbilder eines Videos</translation>
        </message>
        <message>
            <source>From one time to the next</source>
            <translation>Abstand zwischen zwei Malen</translation>
        </message>
        <message>
            <source>From {0} on.</source>
            <translation>Ab {0}.</translation>
        </message>
        <message>
            <source>From {0} to {1}.</source>
            <translation>Von {0} bis {1}.</translation>
        </message>
        <message>
            <source>Full speed</source>
            <translation>Volle Kraft</translation>
        </message>
        <message>
            <source>Gentle</source>
            <translation>Behutsam</translation>
        </message>
        <message>
            <source>Get a card</source>
            <translation>Bekommen eine Karte</translation>
        </message>
        <message>
            <source>Go to another group</source>
            <translation>Wechseln die Gruppe</translation>
        </message>
        <message>
            <source>Graphics card (DirectML)</source>
            <translation>Grafikkarte (DirectML)</translation>
        </message>
        <message>
            <source>Graphics card (WebGPU)</source>
            <translation>Grafikkarte (WebGPU)</translation>
        </message>
        <message>
            <source>Groups in all</source>
            <translation>Gruppen insgesamt</translation>
        </message>
        <message>
            <source>Holds for videos that are looked at from now on.</source>
            <translation>Gilt für Videos, die ab jetzt durchgesehen werden.</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on, for pictures that are made then.</source>
            <translation>Gilt ab dem nächsten Start von Kinfolk, für Bilder, die dann entstehen.</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on.</source>
            <translation>Gilt ab dem nächsten Start von Kinfolk.</translation>
        </message>
        <message>
            <source>Holds from the next start of Kinfolk on: then every photo is looked at again. What you said stays.</source>
            <translation>Gilt ab dem nächsten Start von Kinfolk: Dann wird jedes Foto erneut durchgesehen. Ihre Angaben bleiben.</translation>
        </message>
        <message>
            <source>How alike faces must be</source>
            <translation>Wie ähnlich Gesichter sein müssen</translation>
        </message>
        <message>
            <source>How far a clear face may be turned</source>
            <translation>Größte Drehung eines klaren Gesichts</translation>
        </message>
        <message>
            <source>How hard Kinfolk works</source>
            <translation>Wie eifrig Kinfolk arbeitet</translation>
        </message>
        <message>
            <source>Intel’s graphics and processors (OpenVINO)</source>
            <translation>Intels Grafik und Prozessoren (OpenVINO)</translation>
        </message>
        <message>
            <source>It is ended when it takes longer.</source>
            <translation>Dauert er länger, wird er beendet.</translation>
        </message>
        <message>
            <source>It is run when work ends and for every alert, with a JSON document on its standard input. It has {0} seconds.</source>
            <translation>Er wird beim Ende von Arbeiten und bei jedem Alarm ausgeführt, mit einem JSON-Dokument auf der Standardeingabe. Er hat {0} Sekunden.</translation>
        </message>
        <message>
            <source>Its own</source>
            <translation>Eigene</translation>
        </message>
        <message>
            <source>Keep watching</source>
            <translation>Weiter beobachten</translation>
        </message>
        <message>
            <source>Keeping and disk</source>
            <translation>Aufbewahren und Speicherplatz</translation>
        </message>
        <message>
            <source>Kinfolk looks at a few frames of each.</source>
            <translation>Kinfolk sieht einige Einzelbilder aus jedem durch.</translation>
        </message>
        <message>
            <source>Kinfolk stays in the tray, and tells of strangers.</source>
            <translation>Kinfolk bleibt im Infobereich und meldet Fremde.</translation>
        </message>
        <message>
            <source>Kinfolk’s own</source>
            <translation>Werte von Kinfolk</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Leave everything as it is</source>
            <translation>Lässt alles, wie es ist</translation>
        </message>
        <message>
            <source>Leave them there</source>
            <translation>Dort lassen</translation>
        </message>
        <message>
            <source>Leave videos alone</source>
            <translation>Videos auslassen</translation>
        </message>
        <message>
            <source>Length of a visit</source>
            <translation>Dauer eines Besuchs</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Light or dark, or as the rest of the desktop.</source>
            <translation>Hell oder dunkel, oder wie der übrige Desktop.</translation>
        </message>
        <message>
            <source>Look for them</source>
            <translation>Danach suchen</translation>
        </message>
        <message>
            <source>Looking at photos</source>
            <translation>Fotos durchsehen</translation>
        </message>
        <message>
            <source>Looking at photos takes a while, and the computer is needed for other things.</source>
            <translation>Das Durchsehen der Fotos dauert eine Weile, und der Computer wird auch für anderes gebraucht.</translation>
        </message>
        <message>
            <source>Looking at them fetches them, over whatever connection there is.</source>
            <translation>Beim Durchsehen werden sie heruntergeladen, über jede Verbindung, die es gibt.</translation>
        </message>
        <message>
            <source>Looks and language</source>
            <translation>Aussehen und Sprache</translation>
        </message>
        <message>
            <source>Looser</source>
            <translation>Lockerer</translation>
        </message>
        <message>
            <source>Lose their card</source>
            <translation>Verlieren ihre Karte</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Messen</translation>
        </message>
        <message>
            <source>Measure again</source>
            <translation>Erneut messen</translation>
        </message>
        <message>
            <source>Measured on this computer: {0}.</source>
            <translation>Auf diesem Computer gemessen: {0}.</translation>
        </message>
        <message>
            <source>Measuring</source>
            <translation>Wird gemessen</translation>
        </message>
        <message>
            <source>Measuring takes about a minute, in which Kinfolk looks at no photos.</source>
            <translation>Das Messen dauert etwa eine Minute, in der Kinfolk keine Fotos durchsieht.</translation>
        </message>
        <message>
            <source>Measuring. Meanwhile no photos are looked at.</source>
            <translation>Wird gemessen. Währenddessen werden keine Fotos durchgesehen.</translation>
        </message>
        <message>
            <source>Memory for a photo</source>
            <translation>Speicher für ein Foto</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Models that look at photos</source>
            <translation>Modelle, die Fotos durchsehen</translation>
        </message>
        <message>
            <source>More need more memory, and are quicker only where there are as many cores.</source>
            <translation>Mehr brauchen mehr Speicher und sind nur schneller, wo es ebenso viele Kerne gibt.</translation>
        </message>
        <message>
            <source>NVIDIA graphics card (CUDA)</source>
            <translation>NVIDIA-Grafikkarte (CUDA)</translation>
        </message>
        <message>
            <source>NVIDIA graphics card (TensorRT)</source>
            <translation>NVIDIA-Grafikkarte (TensorRT)</translation>
        </message>
        <message>
            <source>New faces are put together this long after the last photo at the latest.</source>
            <translation>Neue Gesichter werden spätestens so lange nach dem letzten Foto gruppiert.</translation>
        </message>
        <message>
            <source>New ones stay outside the album; those that are in it stay there.</source>
            <translation>Neue bleiben außerhalb des Albums; die darin sind, bleiben dort.</translation>
        </message>
        <message>
            <source>No collection makes use of this now, so nothing would change.</source>
            <translation>Keine Sammlung macht derzeit davon Gebrauch; es würde sich also nichts ändern.</translation>
        </message>
        <message>
            <source>No setting is about “{0}”.</source>
            <translation>Keine Einstellung handelt von „{0}“.</translation>
        </message>
        <message>
            <source>Nobody is told of until it is open.</source>
            <translation>Niemand wird gemeldet, bis es wieder geöffnet ist.</translation>
        </message>
        <message>
            <source>Nobody with a name gains or loses a face.</source>
            <translation>Wer einen Namen hat, bekommt und verliert kein Gesicht.</translation>
        </message>
        <message>
            <source>Nobody would be erased at once.</source>
            <translation>Niemand würde sofort gelöscht.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keine</translation>
        </message>
        <message>
            <source>Not applied yet</source>
            <translation>Noch nicht angewendet</translation>
        </message>
        <message>
            <source>Not measured yet.</source>
            <translation>Noch nicht gemessen.</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>Nichts</translation>
        </message>
        <message numerus="yes">
            <source>Nothing would change: all {0} faces stay where they are.</source>
            <translation>
                <numerusform>Nichts würde sich ändern: Das eine Gesicht bleibt, wo es ist.</numerusform>
                <numerusform>Nichts würde sich ändern: Alle {0} Gesichter bleiben, wo sie sind.</numerusform>
            </translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Benachrichtigungen</translation>
        </message>
        <message>
            <source>Now and then while there are many, and shortly after the last one.</source>
            <translation>Hin und wieder, solange es viele sind, und kurz nach dem letzten.</translation>
        </message>
        <message>
            <source>Now: at full speed, one photo at a time.</source>
            <translation>Jetzt: mit voller Kraft, ein Foto nach dem anderen.</translation>
        </message>
        <message>
            <source>Now: at full speed, {0} photos at a time.</source>
            <translation>Jetzt: mit voller Kraft, {0} Fotos zugleich.</translation>
        </message>
        <message>
            <source>Now: gently, one photo at a time.</source>
            <translation>Jetzt: behutsam, ein Foto nach dem anderen.</translation>
        </message>
        <message>
            <source>Of a stranger’s face of at least this quality one photo is enough. From 0 to 1.</source>
            <translation>Von einer fremden Person genügt ein Foto, wenn das Gesicht mindestens diese Qualität hat. Von 0 bis 1.</translation>
        </message>
        <message>
            <source>Of the window; the command line speaks English.</source>
            <translation>Die des Fensters; die Befehlszeile spricht Englisch.</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>On</source>
            <translation>Ein</translation>
        </message>
        <message>
            <source>On the desktop</source>
            <translation>Auf dem Desktop</translation>
        </message>
        <message>
            <source>One on every core</source>
            <translation>Eines auf jedem Kern</translation>
        </message>
        <message>
            <source>One photo at a time on one core, after everything else on the computer.</source>
            <translation>Ein Foto nach dem anderen auf einem Kern, nach allem anderen am Computer.</translation>
        </message>
        <message>
            <source>One stranger raises no second alert sooner than this.</source>
            <translation>Dieselbe fremde Person löst frühestens nach dieser Zeit erneut einen Alarm aus.</translation>
        </message>
        <message>
            <source>Only clear faces make a person: larger than this…</source>
            <translation>Nur klare Gesichter begründen eine Person: größer als dies …</translation>
        </message>
        <message>
            <source>Only downloads of models that you ask for use a network.</source>
            <translation>Nur wenn Sie Modelle herunterladen lassen, wird das Netz benutzt.</translation>
        </message>
        <message>
            <source>Only its own</source>
            <translation>Nur die eigenen</translation>
        </message>
        <message>
            <source>People with a card</source>
            <translation>Personen mit Karte</translation>
        </message>
        <message>
            <source>Photos at a time, at full speed</source>
            <translation>Fotos zugleich, mit voller Kraft</translation>
        </message>
        <message>
            <source>Photos in the cloud</source>
            <translation>Fotos in der Cloud</translation>
        </message>
        <message>
            <source>Photos of a stranger</source>
            <translation>Fotos einer fremden Person</translation>
        </message>
        <message>
            <source>Photos of a stranger count together within so long.</source>
            <translation>Fotos einer fremden Person zählen innerhalb dieser Zeit zusammen.</translation>
        </message>
        <message>
            <source>Photos that make a person</source>
            <translation>Fotos, die eine Person begründen</translation>
        </message>
        <message>
            <source>Proxy for downloads</source>
            <translation>Proxy für Downloads</translation>
        </message>
        <message>
            <source>Putting faces together</source>
            <translation>Gesichter gruppieren</translation>
        </message>
        <message>
            <source>Putting faces together makes people of them.</source>
            <translation>Das Gruppieren macht aus Gesichtern Personen.</translation>
        </message>
        <message>
            <source>Qualcomm’s neural processor (QNN)</source>
            <translation>Qualcomms KI-Prozessor (QNN)</translation>
        </message>
        <message>
            <source>Quality at which one photo is enough</source>
            <translation>Qualität, bei der ein Foto genügt</translation>
        </message>
        <message>
            <source>Quality of a clear face</source>
            <translation>Qualität eines klaren Gesichts</translation>
        </message>
        <message>
            <source>Quality of a stranger’s face</source>
            <translation>Qualität eines fremden Gesichts</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>Alle zurücksetzen</translation>
        </message>
        <message>
            <source>Reset to default</source>
            <translation>Auf Standard zurücksetzen</translation>
        </message>
        <message>
            <source>Room for small pictures</source>
            <translation>Platz für kleine Bilder</translation>
        </message>
        <message>
            <source>Run a command</source>
            <translation>Befehl ausführen</translation>
        </message>
        <message>
            <source>Saved.</source>
            <translation>Gespeichert.</translation>
        </message>
        <message>
            <source>Search settings</source>
            <translation>Einstellungen suchen</translation>
        </message>
        <message>
            <source>Set what was tried out</source>
            <translation>Übernimmt, was ausprobiert wurde</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Settings of “{0}”</source>
            <translation>Einstellungen von „{0}“</translation>
        </message>
        <message>
            <source>Size of a clear face</source>
            <translation>Größe eines klaren Gesichts</translation>
        </message>
        <message>
            <source>Size of a picture</source>
            <translation>Größe eines Bildes</translation>
        </message>
        <message>
            <source>Small pictures of faces</source>
            <translation>Kleine Bilder von Gesichtern</translation>
        </message>
        <message>
            <source>Small pictures of photos</source>
            <translation>Kleine Bilder von Fotos</translation>
        </message>
        <message>
            <source>Somebody unknown before the camera is told of at once.</source>
            <translation>Unbekannte vor der Kamera werden sofort gemeldet.</translation>
        </message>
        <message>
            <source>Somebody who would be among those seen only a few times</source>
            <translation>Jemand, der dann unter denen wäre, die nur wenige Male zu sehen sind</translation>
        </message>
        <message>
            <source>Somebody who would get a card</source>
            <translation>Jemand, der eine Karte bekäme</translation>
        </message>
        <message>
            <source>Somebody without a name gets a card among the people once so many photos show a clear face of them.</source>
            <translation>Wer keinen Namen hat, bekommt eine Karte unter den Personen, sobald auf so vielen Fotos sein Gesicht klar zu sehen ist.</translation>
        </message>
        <message>
            <source>Stack alike photos</source>
            <translation>Ähnliche Fotos stapeln</translation>
        </message>
        <message>
            <source>Strict</source>
            <translation>Streng</translation>
        </message>
        <message>
            <source>Stricter</source>
            <translation>Strenger</translation>
        </message>
        <message>
            <source>Stricter keeps people apart who look alike, and leaves more faces alone. Looser puts more faces together, and now and then two people.</source>
            <translation>Strenger hält Personen auseinander, die sich ähnlich sehen, und lässt mehr Gesichter allein. Lockerer gruppiert mehr Gesichter, hin und wieder auch die von zwei Personen.</translation>
        </message>
        <message>
            <source>Taken back.</source>
            <translation>Rückgängig gemacht.</translation>
        </message>
        <message>
            <source>The People page says how many faces wait, and has a button.</source>
            <translation>Die Seite „Personen“ sagt, wie viele Gesichter warten, und hat eine Schaltfläche dafür.</translation>
        </message>
        <message>
            <source>The fastest. It is found out before the next photo is looked at.</source>
            <translation>Was am schnellsten ist. Das wird ermittelt, bevor das nächste Foto durchgesehen wird.</translation>
        </message>
        <message>
            <source>The fastest: {0} on {1}.</source>
            <translation>Am schnellsten: {0} auf {1}.</translation>
        </message>
        <message>
            <source>The fastest: {0}.</source>
            <translation>Am schnellsten: {0}.</translation>
        </message>
        <message>
            <source>The folder that is offered when photos are exported.</source>
            <translation>Der Ordner, der beim Exportieren von Fotos angeboten wird.</translation>
        </message>
        <message>
            <source>The models that find faces run on the processor or a graphics card.</source>
            <translation>Die Modelle, die Gesichter finden, laufen auf dem Prozessor oder einer Grafikkarte.</translation>
        </message>
        <message>
            <source>The name of a model pack, or the folder in which it lies.</source>
            <translation>Der Name eines Modellpakets oder der Ordner, in dem es liegt.</translation>
        </message>
        <message>
            <source>The page Visitors shows how many came, by hour and by day.</source>
            <translation>Die Seite „Besucher“ zeigt, wie viele kamen, nach Stunde und Tag.</translation>
        </message>
        <message>
            <source>The processor</source>
            <translation>Prozessor</translation>
        </message>
        <message numerus="yes">
            <source>The {0} photos of that time are judged again, with whom the cameras know today.</source>
            <translation>
                <numerusform>Das Foto aus dieser Zeit wird neu beurteilt, mit denen, die die Kamera heute kennt.</numerusform>
                <numerusform>Die {0} Fotos aus dieser Zeit werden neu beurteilt, mit denen, die die Kameras heute kennen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Their long side. Larger ones are sharper, and take more room.</source>
            <translation>Ihre lange Seite. Größere sind schärfer und brauchen mehr Platz.</translation>
        </message>
        <message>
            <source>Their side. Larger ones are sharper, and take more room.</source>
            <translation>Ihre Seite. Größere sind schärfer und brauchen mehr Platz.</translation>
        </message>
        <message>
            <source>There is no such folder.</source>
            <translation>Diesen Ordner gibt es nicht.</translation>
        </message>
        <message numerus="yes">
            <source>They are in {0} photos, which stay. This cannot be undone.</source>
            <translation>
                <numerusform>Sie sind auf {0} Foto, das bleibt. Das lässt sich nicht rückgängig machen.</numerusform>
                <numerusform>Sie sind auf {0} Fotos, die bleiben. Das lässt sich nicht rückgängig machen.</numerusform>
            </translation>
        </message>
        <message>
            <source>They come into the album once they are on this disk.</source>
            <translation>Sie kommen ins Album, sobald sie auf diesem Computer sind.</translation>
        </message>
        <message>
            <source>Those who have a name in these collections, and in its own. “all” means every album, “none” only its own.</source>
            <translation>Alle, die in diesen Sammlungen und in ihrer eigenen einen Namen haben. „all“ heißt in jedem Album, „none“ nur in ihrer eigenen.</translation>
        </message>
        <message>
            <source>Time for a photo</source>
            <translation>Zeit für ein Foto</translation>
        </message>
        <message>
            <source>Time for a video</source>
            <translation>Zeit für ein Video</translation>
        </message>
        <message>
            <source>Time for the command</source>
            <translation>Zeit für den Befehl</translation>
        </message>
        <message>
            <source>Time until the same stranger alerts again</source>
            <translation>Zeit, bis dieselbe fremde Person wieder einen Alarm auslöst</translation>
        </message>
        <message>
            <source>Try another word, or press Escape to see them all.</source>
            <translation>Versuchen Sie ein anderes Wort, oder drücken Sie Esc, um alle zu sehen.</translation>
        </message>
        <message>
            <source>Two groups become one when their faces are alike by {0} on average, from 0 to 1. Measured for these models: {1}.</source>
            <translation>Zwei Gruppen werden eine, wenn ihre Gesichter einander im Mittel zu {0} ähnlich sind, von 0 bis 1. Für diese Modelle gemessen: {1}.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Values that go together:</source>
            <translation>Zusammengehörige Werte:</translation>
        </message>
        <message numerus="yes">
            <source>Visits in {0} days</source>
            <translation>
                <numerusform>Besuche an {0} Tag</numerusform>
                <numerusform>Besuche in {0} Tagen</numerusform>
            </translation>
        </message>
        <message>
            <source>Wait after the last photo</source>
            <translation>Wartezeit nach dem letzten Foto</translation>
        </message>
        <message>
            <source>What Kinfolk says while its window is not in front.</source>
            <translation>Was Kinfolk meldet, während sein Fenster nicht im Vordergrund ist.</translation>
        </message>
        <message>
            <source>What looks for faces</source>
            <translation>Womit Gesichter gesucht werden</translation>
        </message>
        <message>
            <source>What matters</source>
            <translation>Das Wichtige</translation>
        </message>
        <message>
            <source>What this would change</source>
            <translation>Was sich damit ändern würde</translation>
        </message>
        <message>
            <source>When I ask for it</source>
            <translation>Auf meinen Wunsch</translation>
        </message>
        <message>
            <source>When new faces are put together</source>
            <translation>Wann neue Gesichter gruppiert werden</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>Wenn das Fenster geschlossen wird</translation>
        </message>
        <message>
            <source>When there are more, the oldest go, and are made again if needed.</source>
            <translation>Wenn es mehr sind, gehen die ältesten; bei Bedarf entstehen sie neu.</translation>
        </message>
        <message>
            <source>Where faces are put together at fixed times.</source>
            <translation>Wenn Gesichter zu festen Zeiten gruppiert werden.</translation>
        </message>
        <message>
            <source>Where photos were exported last</source>
            <translation>Wohin zuletzt Fotos exportiert wurden</translation>
        </message>
        <message>
            <source>Where this is switched on, photos are compared with one another first.</source>
            <translation>Wo dies eingeschaltet wird, werden die Fotos zuerst miteinander verglichen.</translation>
        </message>
        <message>
            <source>While a collection has alerts on, and the desktop has a tray.</source>
            <translation>Solange in einer Sammlung Alarme eingeschaltet sind und der Desktop einen Infobereich hat.</translation>
        </message>
        <message>
            <source>Who is a person</source>
            <translation>Wer eine Person ist</translation>
        </message>
        <message>
            <source>Who is not seen for longer than this comes again, as another visit.</source>
            <translation>Wer länger als dies nicht zu sehen ist, kommt erneut, als weiterer Besuch.</translation>
        </message>
        <message>
            <source>Whoever nobody has named so many days after the photo was found is erased for good, with face and embedding; 0 keeps everybody.</source>
            <translation>Wer so viele Tage nach dem Fund des Fotos nicht benannt ist, wird endgültig gelöscht, mit Gesicht und Merkmalen; 0 behält alle.</translation>
        </message>
        <message>
            <source>Whose people are known</source>
            <translation>Wessen Personen bekannt sind</translation>
        </message>
        <message>
            <source>Within this time</source>
            <translation>Innerhalb dieser Zeit</translation>
        </message>
        <message>
            <source>Working it out</source>
            <translation>Wird berechnet</translation>
        </message>
        <message>
            <source>Working it out. Nothing is changed yet.</source>
            <translation>Wird berechnet. Noch ist nichts geändert.</translation>
        </message>
        <message>
            <source>a group without a name</source>
            <translation>einer Gruppe ohne Namen</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>the processor</source>
            <translation>Prozessor</translation>
        </message>
        <message>
            <source>{0} MB</source>
            <translation>{0} MB</translation>
        </message>
        <message>
            <source>{0} come to a group, {1} are left with nobody, {2} go to another group.</source>
            <translation>Kommen in eine Gruppe: {0}; sind dann bei niemandem: {1}; wechseln die Gruppe: {2}.</translation>
        </message>
        <message numerus="yes">
            <source>{0} days</source>
            <translation>
                <numerusform>{0} Tag</numerusform>
                <numerusform>{0} Tage</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} frames</source>
            <translation>
                <numerusform>{0} Einzelbild</numerusform>
                <numerusform>{0} Einzelbilder</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} is not possible.</source>
            <translation>{0} ist nicht möglich.</translation>
        </message>
        <message numerus="yes">
            <source>{0} megapixels</source>
            <translation>
                <numerusform>{0} Megapixel</numerusform>
                <numerusform>{0} Megapixel</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} min</source>
            <translation>{0} min</translation>
        </message>
        <message numerus="yes">
            <source>{0} people came in that time.</source>
            <translation>
                <numerusform>In dieser Zeit kam {0} Person.</numerusform>
                <numerusform>In dieser Zeit kamen {0} Personen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} people with a name gain or lose faces; those that you confirmed stay.</source>
            <translation>
                <numerusform>{0} Person mit Namen bekommt oder verliert Gesichter; die von Ihnen bestätigten bleiben.</numerusform>
                <numerusform>{0} Personen mit Namen bekommen oder verlieren Gesichter; die von Ihnen bestätigten bleiben.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} photos</source>
            <translation>
                <numerusform>{0} Foto</numerusform>
                <numerusform>{0} Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} photos/s</source>
            <translation>{0} Fotos/s</translation>
        </message>
        <message numerus="yes">
            <source>{0} processes</source>
            <translation>
                <numerusform>{0} Prozess</numerusform>
                <numerusform>{0} Prozesse</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} px</source>
            <translation>{0} px</translation>
        </message>
        <message>
            <source>{0} s</source>
            <translation>{0} s</translation>
        </message>
        <message numerus="yes">
            <source>{0} settings found</source>
            <translation>
                <numerusform>{0} Einstellung gefunden</numerusform>
                <numerusform>{0} Einstellungen gefunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps</source>
            <translation>
                <numerusform>{0} Stufe</numerusform>
                <numerusform>{0} Stufen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps looser than measured</source>
            <translation>
                <numerusform>{0} Stufe lockerer als gemessen</numerusform>
                <numerusform>{0} Stufen lockerer als gemessen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} steps stricter than measured</source>
            <translation>
                <numerusform>{0} Stufe strenger als gemessen</numerusform>
                <numerusform>{0} Stufen strenger als gemessen</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} {1}</source>
            <translation>{0} {1}</translation>
        </message>
        <message>
            <source>{0} · {1}</source>
            <translation>{0} · {1}</translation>
        </message>
        <message>
            <source>{0} → {1}</source>
            <translation>{0} → {1}</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0}: {1}</translation>
        </message>
        <message>
            <source>{0}°</source>
            <translation>{0}°</translation>
        </message>
        <message>
            <source>…and of a quality above this, from 0 to 1.</source>
            <translation>… und von höherer Qualität als dies, von 0 bis 1.</translation>
        </message>
        <message>
            <source>…turned less than this in every direction…</source>
            <translation>… in jeder Richtung weniger gedreht als dies …</translation>
        </message>
    </context>
    <context>
        <name>shortcuts</name>
        <message>
            <source>Find a shortcut</source>
            <translation>Tastenkürzel suchen</translation>
        </message>
        <message>
            <source>Find what to do, or a key</source>
            <translation>Aktion oder Taste suchen</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>No shortcut fits.</source>
            <translation>Kein Tastenkürzel passt.</translation>
        </message>
        <message>
            <source>One photo</source>
            <translation>Ein Foto</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
    </context>
    <context>
        <name>sidebar</name>
        <message>
            <source>Add folder…</source>
            <translation>Ordner hinzufügen …</translation>
        </message>
        <message>
            <source>FOLDERS</source>
            <translation>ORDNER</translation>
        </message>
        <message>
            <source>Find it…</source>
            <translation>Suchen …</translation>
        </message>
        <message>
            <source>LIBRARY</source>
            <translation>BIBLIOTHEK</translation>
        </message>
        <message>
            <source>Look for it again</source>
            <translation>Erneut danach suchen</translation>
        </message>
        <message>
            <source>Look for new photos</source>
            <translation>Nach neuen Fotos suchen</translation>
        </message>
        <message>
            <source>Remove from Kinfolk (files stay)</source>
            <translation>Aus Kinfolk entfernen (Dateien bleiben)</translation>
        </message>
        <message>
            <source>Show in file manager</source>
            <translation>In Dateiverwaltung anzeigen</translation>
        </message>
        <message>
            <source>Where is “{0}” now?</source>
            <translation>Wo ist „{0}“ jetzt?</translation>
        </message>
        <message>
            <source>being looked through</source>
            <translation>wird durchsucht</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>nicht gefunden</translation>
        </message>
        <message>
            <source>on a disconnected drive</source>
            <translation>Laufwerk nicht verbunden</translation>
        </message>
        <message>
            <source>watched</source>
            <translation>wird beobachtet</translation>
        </message>
    </context>
    <context>
        <name>sidecars</name>
        <message>
            <source>All other names stand beside the photos already.</source>
            <translation>Alle anderen Namen stehen schon neben den Fotos.</translation>
        </message>
        <message>
            <source>Everyone’s names, beside all photos</source>
            <translation>Die Namen aller, neben allen Fotos</translation>
        </message>
        <message>
            <source>Everyone’s names, beside the photos found</source>
            <translation>Die Namen aller, neben den gefundenen Fotos</translation>
        </message>
        <message>
            <source>Faces with another name there</source>
            <translation>Gesichter, die dort anders heißen</translation>
        </message>
        <message>
            <source>Looking at sidecars</source>
            <translation>Begleitdateien durchsehen</translation>
        </message>
        <message>
            <source>Looking at the sidecars that are there…</source>
            <translation>Vorhandene Begleitdateien werden durchgesehen …</translation>
        </message>
        <message>
            <source>Looking at the sidecars that are there… {0} of {1}</source>
            <translation>Vorhandene Begleitdateien werden durchgesehen … {0} von {1}</translation>
        </message>
        <message>
            <source>Name here</source>
            <translation>Name hier</translation>
        </message>
        <message>
            <source>Name there</source>
            <translation>Name dort</translation>
        </message>
        <message>
            <source>Names were written beside {0}.</source>
            <translation>Namen wurden neben {0} geschrieben.</translation>
        </message>
        <message>
            <source>No sidecar had to be written.</source>
            <translation>Keine Begleitdatei musste geschrieben werden.</translation>
        </message>
        <message>
            <source>Only the name of {0}, beside the photos of {0}</source>
            <translation>Nur der Name von {0}, neben den Fotos von {0}</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Put the names known here in their place</source>
            <translation>Durch die hier bekannten Namen ersetzen</translation>
        </message>
        <message>
            <source>Sidecars: {0}.</source>
            <translation>Begleitdateien: {0}.</translation>
        </message>
        <message>
            <source>The names leave the library that way: whoever gets these files can read them.</source>
            <translation>Die Namen verlassen so die Bibliothek: Wer diese Dateien bekommt, kann sie lesen.</translation>
        </message>
        <message>
            <source>The names stand beside {0} already: nothing is to be done.</source>
            <translation>Die Namen stehen schon neben {0}: Es ist nichts zu tun.</translation>
        </message>
        <message>
            <source>There is nobody with a name in these photos: nothing is to be done.</source>
            <translation>Auf diesen Fotos ist niemand mit Namen: Es ist nichts zu tun.</translation>
        </message>
        <message>
            <source>Who is where goes into small .xmp files beside your photos, where digiKam, Lightroom, Immich and many other programs find it.</source>
            <translation>Wer wo ist, kommt in kleine .xmp-Dateien neben Ihren Fotos, wo digiKam, Lightroom, Immich und viele andere Programme es finden.</translation>
        </message>
        <message>
            <source>Write names</source>
            <translation>Namen schreiben</translation>
        </message>
        <message>
            <source>Write names into sidecars?</source>
            <translation>Namen in Begleitdateien schreiben?</translation>
        </message>
        <message>
            <source>Your photos are never changed, and what other programs wrote into such files stays.</source>
            <translation>Ihre Fotos werden nie verändert, und was andere Programme in solche Dateien geschrieben haben, bleibt.</translation>
        </message>
        <message numerus="yes">
            <source>{0} are right as they are.</source>
            <translation>
                <numerusform>{0} ist schon richtig.</numerusform>
                <numerusform>{0} sind schon richtig.</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} cannot be reached now: a drive is not connected.</source>
            <translation>Gerade nicht erreichbar, weil ein Laufwerk nicht verbunden ist: {0}.</translation>
        </message>
        <message numerus="yes">
            <source>{0} changed</source>
            <translation>
                <numerusform>{0} geändert</numerusform>
                <numerusform>{0} geändert</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} could not be done; the Activity page has the reasons.</source>
            <translation>Nicht möglich: {0}; die Gründe stehen auf der Seite „Aktivität“.</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces have other names there, which stay:</source>
            <translation>
                <numerusform>{0} Gesicht hat dort einen anderen Namen, der bleibt:</numerusform>
                <numerusform>{0} Gesichter haben dort andere Namen, die bleiben:</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} kept another name.</source>
            <translation>Den anderen Namen behalten: {0}.</translation>
        </message>
        <message>
            <source>{0} left out: {1}</source>
            <translation>{0} ausgelassen: {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} new</source>
            <translation>
                <numerusform>{0} neu</numerusform>
                <numerusform>{0} neu</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} removed, as nothing but old names is in them</source>
            <translation>
                <numerusform>{0} entfernt, da nur noch alte Namen darin sind</numerusform>
                <numerusform>{0} entfernt, da nur noch alte Namen darin sind</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>skipped_files</name>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Why it was skipped</source>
            <translation>Warum sie übersprungen wurde</translation>
        </message>
        <message>
            <source>{0} for other reasons</source>
            <translation>{0} aus anderen Gründen</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0}: {1}</translation>
        </message>
    </context>
    <context>
        <name>top_bar</name>
        <message>
            <source>Order</source>
            <translation>Reihenfolge</translation>
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation>Größe der Bilder</translation>
        </message>
    </context>
    <context>
        <name>tour</name>
        <message>
            <source>Activity tells how far it is and can pause it. History, below, takes back anything you said.</source>
            <translation>„Aktivität“ sagt, wie weit die Arbeit ist, und kann sie anhalten. „Verlauf“ darunter nimmt jede Ihrer Angaben zurück.</translation>
        </message>
        <message>
            <source>Ask for photos in words</source>
            <translation>Fotos in Worten suchen</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Click the line under a face and type who it is. Drag one card onto another when both are the same person.</source>
            <translation>Klicken Sie auf die Zeile unter einem Gesicht und geben Sie ein, wer es ist. Ziehen Sie eine Karte auf eine andere, wenn beide dieselbe Person sind.</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Drop a folder with photos here. People appear while Kinfolk looks at them, and you can begin to name them at once.</source>
            <translation>Legen Sie hier einen Ordner mit Fotos ab. Personen erscheinen, während Kinfolk die Fotos durchsieht, und Sie können sie sofort benennen.</translation>
        </message>
        <message>
            <source>End the tour</source>
            <translation>Rundgang beenden</translation>
        </message>
        <message>
            <source>Everything has its page</source>
            <translation>Alles hat seine Seite</translation>
        </message>
        <message>
            <source>Kinfolk asks when it is not sure</source>
            <translation>Kinfolk fragt, wenn es nicht sicher ist</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>One card for each person</source>
            <translation>Eine Karte für jede Person</translation>
        </message>
        <message>
            <source>People shows who is in your photos, Photos shows all of them by month. The folders of your album stand below.</source>
            <translation>„Personen“ zeigt, wer auf Ihren Fotos ist, „Fotos“ zeigt sie alle nach Monat. Darunter stehen die Ordner Ihres Albums.</translation>
        </message>
        <message>
            <source>What Kinfolk is doing</source>
            <translation>Was Kinfolk gerade tut</translation>
        </message>
        <message>
            <source>Yes or no is enough, and each answer makes the groups better.</source>
            <translation>Ja oder Nein genügt, und jede Antwort macht die Gruppen besser.</translation>
        </message>
        <message>
            <source>Your people will be here</source>
            <translation>Hier werden Ihre Personen sein</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} von {1}</translation>
        </message>
        <message>
            <source>“anna ben 2019” finds photos with Anna and Ben of that year.</source>
            <translation>„anna ben 2019“ findet Fotos mit Anna und Ben aus diesem Jahr.</translation>
        </message>
    </context>
    <context>
        <name>tray</name>
        <message>
            <source>A collection has alerts on, so Kinfolk goes on without its window. Its icon in the tray opens the window again, and has Quit.</source>
            <translation>In einer Sammlung sind Alarme eingeschaltet, deshalb macht Kinfolk ohne sein Fenster weiter. Sein Symbol im Infobereich öffnet das Fenster wieder; dort können Sie es auch beenden.</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Alarme</translation>
        </message>
        <message>
            <source>Keep watching</source>
            <translation>Weiter beobachten</translation>
        </message>
        <message>
            <source>Kinfolk keeps watching for strangers</source>
            <translation>Kinfolk achtet weiter auf Fremde</translation>
        </message>
        <message>
            <source>Kinfolk: {0}</source>
            <translation>Kinfolk: {0}</translation>
        </message>
        <message>
            <source>Open Kinfolk</source>
            <translation>Kinfolk öffnen</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>The settings can let closing the window end Kinfolk instead.</source>
            <translation>In den Einstellungen lässt sich wählen, dass Kinfolk stattdessen mit dem Fenster endet.</translation>
        </message>
        <message numerus="yes">
            <source>{0} alerts not read</source>
            <translation>
                <numerusform>{0} ungelesener Alarm</numerusform>
                <numerusform>{0} ungelesene Alarme</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}+</source>
            <translation>{0}+</translation>
        </message>
    </context>
    <context>
        <name>viewer</name>
        <message>
            <source>A face that is alike</source>
            <translation>Ein ähnliches Gesicht</translation>
        </message>
        <message>
            <source>A stranger</source>
            <translation>Eine fremde Person</translation>
        </message>
        <message>
            <source>Actual size</source>
            <translation>Originalgröße</translation>
        </message>
        <message>
            <source>At {0}</source>
            <translation>Bei {0}</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>By the camera</source>
            <translation>Von der Kamera</translation>
        </message>
        <message>
            <source>By the file’s name</source>
            <translation>Nach dem Namen der Datei</translation>
        </message>
        <message>
            <source>By the file’s own time</source>
            <translation>Nach der Zeit der Datei selbst</translation>
        </message>
        <message>
            <source>By what a program wrote in the file or beside it</source>
            <translation>Nach dem, was ein Programm in die Datei oder daneben geschrieben hat</translation>
        </message>
        <message>
            <source>Camera raw, {0}</source>
            <translation>Kamera-Rohdatei, {0}</translation>
        </message>
        <message>
            <source>Comparing…</source>
            <translation>Wird verglichen …</translation>
        </message>
        <message>
            <source>Copies</source>
            <translation>Kopien</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy the coordinates</source>
            <translation>Koordinaten kopieren</translation>
        </message>
        <message>
            <source>Download and show</source>
            <translation>Herunterladen und anzeigen</translation>
        </message>
        <message>
            <source>Drag a frame round the face, or move it with the arrow keys and size it with Shift. Enter goes on, Esc leaves.</source>
            <translation>Ziehen Sie einen Rahmen um das Gesicht, oder bewegen Sie ihn mit den Pfeiltasten und ändern Sie seine Größe mit Umschalt. Weiter mit Eingabe, verlassen mit Esc.</translation>
        </message>
        <message>
            <source>Draw a face…</source>
            <translation>Gesicht einzeichnen …</translation>
        </message>
        <message>
            <source>Drawn by hand; not used to recognise others</source>
            <translation>Von Hand eingezeichnet; dient nicht dazu, andere zu erkennen</translation>
        </message>
        <message>
            <source>Duration {0}</source>
            <translation>Dauer {0}</translation>
        </message>
        <message>
            <source>Enter saves; the name may stay empty.</source>
            <translation>Eingabe speichert; der Name darf leer bleiben.</translation>
        </message>
        <message>
            <source>Everyone else here is a stranger</source>
            <translation>Alle anderen hier sind Fremde</translation>
        </message>
        <message>
            <source>Face of {0}</source>
            <translation>Gesicht von {0}</translation>
        </message>
        <message>
            <source>Face without a name</source>
            <translation>Gesicht ohne Namen</translation>
        </message>
        <message>
            <source>Fair quality</source>
            <translation>Mittlere Qualität</translation>
        </message>
        <message>
            <source>File date {0}</source>
            <translation>Dateidatum {0}</translation>
        </message>
        <message>
            <source>First photo</source>
            <translation>Erstes Foto</translation>
        </message>
        <message>
            <source>Fit in the window</source>
            <translation>An Fenster anpassen</translation>
        </message>
        <message>
            <source>Good quality</source>
            <translation>Gute Qualität</translation>
        </message>
        <message>
            <source>In the year of birth, {0}</source>
            <translation>Im Geburtsjahr, {0}</translation>
        </message>
        <message>
            <source>Information</source>
            <translation>Informationen</translation>
        </message>
        <message>
            <source>Kinfolk’s guess</source>
            <translation>Vermutung von Kinfolk</translation>
        </message>
        <message>
            <source>Last photo</source>
            <translation>Letztes Foto</translation>
        </message>
        <message>
            <source>Make this the top</source>
            <translation>Nach oben legen</translation>
        </message>
        <message>
            <source>Moment of the video</source>
            <translation>Moment des Videos</translation>
        </message>
        <message>
            <source>More…</source>
            <translation>Mehr …</translation>
        </message>
        <message>
            <source>Moving</source>
            <translation>Bewegt</translation>
        </message>
        <message>
            <source>Names</source>
            <translation>Namen</translation>
        </message>
        <message>
            <source>Names all {0} of this person.</source>
            <translation>Benennt alle {0} dieser Person.</translation>
        </message>
        <message>
            <source>Names both photos of this person.</source>
            <translation>Benennt beide Fotos dieser Person.</translation>
        </message>
        <message>
            <source>Next comes somebody without a name.</source>
            <translation>Als Nächstes kommt jemand ohne Namen.</translation>
        </message>
        <message>
            <source>Next comes {0}.</source>
            <translation>Als Nächstes kommt {0}.</translation>
        </message>
        <message>
            <source>Next face</source>
            <translation>Nächstes Gesicht</translation>
        </message>
        <message>
            <source>Next moment with a face</source>
            <translation>Nächster Moment mit Gesicht</translation>
        </message>
        <message>
            <source>Next photo</source>
            <translation>Nächstes Foto</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Ohne Datum</translation>
        </message>
        <message>
            <source>Nobody was found here</source>
            <translation>Hier wurde niemand gefunden</translation>
        </message>
        <message>
            <source>Nobody was found in this video</source>
            <translation>In diesem Video wurde niemand gefunden</translation>
        </message>
        <message>
            <source>Not a face</source>
            <translation>Kein Gesicht</translation>
        </message>
        <message>
            <source>Not this person</source>
            <translation>Nicht diese Person</translation>
        </message>
        <message>
            <source>Not with anybody yet</source>
            <translation>Noch bei niemandem</translation>
        </message>
        <message>
            <source>Not {0}</source>
            <translation>Nicht {0}</translation>
        </message>
        <message>
            <source>On top of the stack</source>
            <translation>Oben auf dem Stapel</translation>
        </message>
        <message>
            <source>Only this face</source>
            <translation>Nur dieses Gesicht</translation>
        </message>
        <message>
            <source>Other files with exactly the same picture</source>
            <translation>Andere Dateien mit genau demselben Bild</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Photo in full screen</source>
            <translation>Foto im Vollbild</translation>
        </message>
        <message>
            <source>Photo {0} of {1} in this stack</source>
            <translation>Foto {0} von {1} in diesem Stapel</translation>
        </message>
        <message>
            <source>Photos in this stack</source>
            <translation>Fotos in diesem Stapel</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <source>Play the moving part</source>
            <translation>Bewegten Teil abspielen</translation>
        </message>
        <message>
            <source>Play with sound in your player</source>
            <translation>Mit Ton im Player abspielen</translation>
        </message>
        <message>
            <source>Poor quality</source>
            <translation>Schlechte Qualität</translation>
        </message>
        <message>
            <source>Previous face</source>
            <translation>Vorheriges Gesicht</translation>
        </message>
        <message>
            <source>Previous moment with a face</source>
            <translation>Vorheriger Moment mit Gesicht</translation>
        </message>
        <message>
            <source>Previous photo</source>
            <translation>Vorheriges Foto</translation>
        </message>
        <message>
            <source>Quality {0} · sharpness {1}</source>
            <translation>Qualität {0} · Schärfe {1}</translation>
        </message>
        <message>
            <source>Show all photos of this person</source>
            <translation>Alle Fotos dieser Person anzeigen</translation>
        </message>
        <message>
            <source>Show all photos of {0}</source>
            <translation>Alle Fotos von {0} anzeigen</translation>
        </message>
        <message>
            <source>Show on a map</source>
            <translation>Auf Karte anzeigen</translation>
        </message>
        <message>
            <source>Show {0} in file manager</source>
            <translation>{0} in Dateiverwaltung anzeigen</translation>
        </message>
        <message>
            <source>Someone else…</source>
            <translation>Jemand anderes …</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Stop the moving part</source>
            <translation>Bewegten Teil anhalten</translation>
        </message>
        <message>
            <source>Stranger</source>
            <translation>Fremde Person</translation>
        </message>
        <message>
            <source>Take out of the stack</source>
            <translation>Aus dem Stapel nehmen</translation>
        </message>
        <message>
            <source>Taken {0}</source>
            <translation>Aufgenommen {0}</translation>
        </message>
        <message>
            <source>That is too small for a face. Draw the frame a little larger.</source>
            <translation>Das ist zu klein für ein Gesicht. Ziehen Sie den Rahmen etwas größer.</translation>
        </message>
        <message>
            <source>The map opens in your browser, on openstreetmap.org: this place then leaves your computer.</source>
            <translation>Die Karte öffnet sich in Ihrem Browser, auf openstreetmap.org: Dieser Ort verlässt dann Ihren Computer.</translation>
        </message>
        <message>
            <source>The others keep no name.</source>
            <translation>Die anderen behalten keinen Namen.</translation>
        </message>
        <message>
            <source>There is nobody to compare this face with.</source>
            <translation>Es gibt niemanden, mit dem dieses Gesicht verglichen werden kann.</translation>
        </message>
        <message>
            <source>Unknown kind</source>
            <translation>Unbekannte Art</translation>
        </message>
        <message>
            <source>Use as cover</source>
            <translation>Als Titelbild verwenden</translation>
        </message>
        <message>
            <source>Very good quality</source>
            <translation>Sehr gute Qualität</translation>
        </message>
        <message>
            <source>Who could this be?</source>
            <translation>Wer könnte das sein?</translation>
        </message>
        <message>
            <source>Who is this?</source>
            <translation>Wer ist das?</translation>
        </message>
        <message>
            <source>Why is this face here?</source>
            <translation>Warum ist dieses Gesicht hier?</translation>
        </message>
        <message>
            <source>You said so</source>
            <translation>Ihre Angabe</translation>
        </message>
        <message>
            <source>You said so.</source>
            <translation>So haben Sie es angegeben.</translation>
        </message>
        <message>
            <source>You said: a stranger</source>
            <translation>Ihre Angabe: eine fremde Person</translation>
        </message>
        <message>
            <source>Your player begins at the start: what you saw is at {0}.</source>
            <translation>Ihr Player beginnt am Anfang: Was Sie gesehen haben, ist bei {0}.</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Vergrößern</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Verkleinern</translation>
        </message>
        <message>
            <source>eyes closed</source>
            <translation>Augen geschlossen</translation>
        </message>
        <message>
            <source>facing the camera</source>
            <translation>zur Kamera gewandt</translation>
        </message>
        <message>
            <source>female</source>
            <translation>weiblich</translation>
        </message>
        <message>
            <source>head tilted</source>
            <translation>Kopf geneigt</translation>
        </message>
        <message>
            <source>in profile to the {0}</source>
            <translation>im Profil nach {0}</translation>
        </message>
        <message>
            <source>left</source>
            <translation>links</translation>
        </message>
        <message>
            <source>looking down</source>
            <translation>blickt nach unten</translation>
        </message>
        <message>
            <source>looking up</source>
            <translation>blickt nach oben</translation>
        </message>
        <message>
            <source>looks about {0}</source>
            <translation>wirkt wie etwa {0}</translation>
        </message>
        <message>
            <source>male</source>
            <translation>männlich</translation>
        </message>
        <message>
            <source>mouth open</source>
            <translation>Mund offen</translation>
        </message>
        <message>
            <source>right</source>
            <translation>rechts</translation>
        </message>
        <message>
            <source>this person</source>
            <translation>dieser Person</translation>
        </message>
        <message>
            <source>turned to the {0}</source>
            <translation>nach {0} gedreht</translation>
        </message>
        <message>
            <source>{0} % sure that this is one person with these faces:</source>
            <translation>Zu {0} % sicher, dass dies mit diesen Gesichtern eine Person ist:</translation>
        </message>
        <message>
            <source>{0} % sure that this is {1}, by these faces:</source>
            <translation>Zu {0} % sicher, dass dies {1} ist, nach diesen Gesichtern:</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} von {1}</translation>
        </message>
        <message>
            <source>{0} or {1} years old here, born {2}</source>
            <translation>hier {0} oder {1} Jahre alt, geboren {2}</translation>
        </message>
        <message>
            <source>{0} pixels</source>
            <translation>{0} Pixel</translation>
        </message>
        <message>
            <source>{0} to {1}</source>
            <translation>{0} bis {1}</translation>
        </message>
        <message>
            <source>{0} · {1} megapixels</source>
            <translation>{0} · {1} Megapixel</translation>
        </message>
        <message>
            <source>{0}, drawn by hand; not used to recognise others</source>
            <translation>{0}, von Hand eingezeichnet; dient nicht dazu, andere zu erkennen</translation>
        </message>
        <message>
            <source>{0}° E</source>
            <translation>{0}° O</translation>
        </message>
        <message>
            <source>{0}° N</source>
            <translation>{0}° N</translation>
        </message>
        <message>
            <source>{0}° S</source>
            <translation>{0}° S</translation>
        </message>
        <message>
            <source>{0}° W</source>
            <translation>{0}° W</translation>
        </message>
    </context>
    <context>
        <name>visitors</name>
        <message>
            <source>30 days</source>
            <translation>30 Tage</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 Tage</translation>
        </message>
        <message>
            <source>All days</source>
            <translation>Alle Tage</translation>
        </message>
        <message>
            <source>Been here before</source>
            <translation>Schon hier gewesen</translation>
        </message>
        <message>
            <source>Comma-separated values (*.csv)</source>
            <translation>Kommagetrennte Werte (*.csv)</translation>
        </message>
        <message>
            <source>Counting…</source>
            <translation>Wird gezählt …</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Tag</translation>
        </message>
        <message>
            <source>Earlier</source>
            <translation>Früher</translation>
        </message>
        <message>
            <source>Export CSV…</source>
            <translation>CSV exportieren …</translation>
        </message>
        <message>
            <source>Export the numbers</source>
            <translation>Zahlen exportieren</translation>
        </message>
        <message>
            <source>Exported to {0}</source>
            <translation>Exportiert nach {0}</translation>
        </message>
        <message>
            <source>Hour</source>
            <translation>Stunde</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Später</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Neu</translation>
        </message>
        <message>
            <source>Nobody came</source>
            <translation>Niemand kam</translation>
        </message>
        <message>
            <source>Nobody came today</source>
            <translation>Heute kam niemand</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>Returning</source>
            <translation>Wiederkehrend</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Unclear</source>
            <translation>Unklar</translation>
        </message>
        <message>
            <source>Visitors</source>
            <translation>Besucher</translation>
        </message>
        <message>
            <source>Visitors as a table</source>
            <translation>Besucher als Tabelle</translation>
        </message>
        <message>
            <source>Visitors by day</source>
            <translation>Besucher nach Tag</translation>
        </message>
        <message>
            <source>Visitors by hour</source>
            <translation>Besucher nach Stunde</translation>
        </message>
        <message>
            <source>Visits</source>
            <translation>Besuche</translation>
        </message>
        <message>
            <source>Who came</source>
            <translation>Wer kam</translation>
        </message>
        <message>
            <source>Whom the camera of this counter sees is counted here.</source>
            <translation>Wen die Kamera dieses Zählers sieht, wird hier gezählt.</translation>
        </message>
        <message>
            <source>d MMM</source>
            <translation>d. MMM</translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <translation>d. MMM yyyy</translation>
        </message>
        <message>
            <source>different people</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>new</source>
            <translation>neu</translation>
        </message>
        <message>
            <source>returning</source>
            <translation>wiederkehrend</translation>
        </message>
        <message>
            <source>visitors</source>
            <translation>Besucher</translation>
        </message>
        <message>
            <source>visits</source>
            <translation>Besuche</translation>
        </message>
        <message>
            <source>{0} cannot be written: {1}</source>
            <translation>{0} kann nicht geschrieben werden: {1}</translation>
        </message>
        <message numerus="yes">
            <source>{0} people</source>
            <translation>
                <numerusform>{0} Person</numerusform>
                <numerusform>{0} Personen</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} too unclear to say who, and not counted</source>
            <translation>{0} zu unklar, um zu sagen, wer es ist, und nicht gezählt</translation>
        </message>
        <message>
            <source>{0}, {1} new, {2} returning</source>
            <translation>{0}, {1} neu, {2} wiederkehrend</translation>
        </message>
    </context>
    <context>
        <name>welcome</name>
        <message>
            <source>Add a folder…</source>
            <translation>Ordner hinzufügen …</translation>
        </message>
        <message>
            <source>Add “{0}”</source>
            <translation>„{0}“ hinzufügen</translation>
        </message>
        <message>
            <source>Drop a folder with photos here</source>
            <translation>Ordner mit Fotos hier ablegen</translation>
        </message>
        <message>
            <source>Everything happens on this computer: nothing is sent anywhere.</source>
            <translation>Alles geschieht auf diesem Computer: Nichts wird gesendet.</translation>
        </message>
        <message>
            <source>Kinfolk finds out who is in them, and shows you your photos by person.</source>
            <translation>Kinfolk findet heraus, wer darauf ist, und zeigt Ihnen Ihre Fotos nach Personen.</translation>
        </message>
        <message>
            <source>Show me around</source>
            <translation>Kurzer Rundgang</translation>
        </message>
        <message>
            <source>User guide</source>
            <translation>Benutzerhandbuch</translation>
        </message>
        <message>
            <source>What Kinfolk learns of faces is yours, to be erased at any time.</source>
            <translation>Was Kinfolk über Gesichter lernt, gehört Ihnen und lässt sich jederzeit löschen.</translation>
        </message>
        <message>
            <source>Your photos are only read, and never changed or moved.</source>
            <translation>Ihre Fotos werden nur gelesen, nie verändert oder verschoben.</translation>
        </message>
        <message numerus="yes">
            <source>“{1}” holds about {0} photos.</source>
            <translation>
                <numerusform>„{1}“ enthält {0} Foto.</numerusform>
                <numerusform>„{1}“ enthält etwa {0} Fotos.</numerusform>
            </translation>
        </message>
        <message>
            <source>“{1}” holds more than {0} photos.</source>
            <translation>„{1}“ enthält mehr als {0} Fotos.</translation>
        </message>
    </context>
    <context>
        <name>widgets</name>
        <message>
            <source>All face data was erased</source>
            <translation>Alle Gesichtsdaten wurden gelöscht</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Drop to add to your album</source>
            <translation>Ablegen, um sie Ihrem Album hinzuzufügen</translation>
        </message>
        <message>
            <source>Kinfolk will not look for faces in these photos again until you ask.
Faces in new photos are found as ever.</source>
            <translation>Kinfolk sucht in diesen Fotos erst wieder nach Gesichtern, wenn Sie darum bitten.
Gesichter in neuen Fotos werden wie immer gefunden.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Name of this person</source>
            <translation>Name dieser Person</translation>
        </message>
        <message>
            <source>Names in use</source>
            <translation>Vergebene Namen</translation>
        </message>
        <message>
            <source>New name “{0}”</source>
            <translation>Neuer Name „{0}“</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Years</source>
            <translation>Jahre</translation>
        </message>
        <message>
            <source>{0}, {1}, collapsed</source>
            <translation>{0}, {1}, eingeklappt</translation>
        </message>
    </context>
    <context>
        <name>words</name>
        <message>
            <source>MMMM yyyy</source>
            <translation>MMMM yyyy</translation>
        </message>
        <message>
            <source>No date</source>
            <translation>Ohne Datum</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Unnamed person</source>
            <translation>Unbenannte Person</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Gestern</translation>
        </message>
        <message>
            <source>about a minute left</source>
            <translation>noch etwa eine Minute</translation>
        </message>
        <message numerus="yes">
            <source>about {0} hours left</source>
            <translation>
                <numerusform>noch etwa {0} Stunde</numerusform>
                <numerusform>noch etwa {0} Stunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>about {0} minutes left</source>
            <translation>
                <numerusform>noch etwa {0} Minute</numerusform>
                <numerusform>noch etwa {0} Minuten</numerusform>
            </translation>
        </message>
        <message>
            <source>in the year of birth</source>
            <translation>im Geburtsjahr</translation>
        </message>
        <message>
            <source>less than a minute left</source>
            <translation>noch weniger als eine Minute</translation>
        </message>
        <message numerus="yes">
            <source>{0} faces</source>
            <translation>
                <numerusform>{0} Gesicht</numerusform>
                <numerusform>{0} Gesichter</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} files</source>
            <translation>
                <numerusform>{0} Datei</numerusform>
                <numerusform>{0} Dateien</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} photos</source>
            <translation>
                <numerusform>{0} Foto</numerusform>
                <numerusform>{0} Fotos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} videos</source>
            <translation>
                <numerusform>{0} Video</numerusform>
                <numerusform>{0} Videos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{0} years old</source>
            <translation>
                <numerusform>{0} Jahr alt</numerusform>
                <numerusform>{0} Jahre alt</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}, {1}</translation>
        </message>
        <message>
            <source>{0}, {1} in stacks</source>
            <translation>{0}, {1} in Stapeln</translation>
        </message>
    </context>
</TS>
