<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>about</name>
    <message>
        <source>About Kinfolk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free software under the MIT licence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows you your photos by person. Everything happens on this computer: nothing is sent anywhere, and your photos are never changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>absence</name>
    <message>
        <source>In the cloud, from where its own program can fetch it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the cloud, not on this disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its drive or folder is not connected at the moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On a disconnected drive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder is not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} This is a small copy.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>About Kinfolk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backups…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase all face data…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for faces again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names from other programs…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New collection…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings of this collection…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stack alike photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch collection…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write names into sidecars…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} “{1}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>activity</name>
    <message>
        <source>, after {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, {0} found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, {0} skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk has paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is erasing face data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is exporting photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is grouping all faces anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is looking at photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is making a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is putting faces together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is repairing the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is restoring a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is taking in names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is writing names into sidecars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erased all face data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erased strangers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erasing face data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files skipped by this task…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forgot a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Going on where it stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grouped all faces anew: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grouped faces, none of them new: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Grouped {0} new faces: {1}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Grouping all faces anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It began at {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk did this by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looked for photos: nothing was new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looked the library over: everything is in order</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Looked the library over: {0} problems, {1} mended</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Looking at photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made a backup, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made the daily backup, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was finished in the last seven days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Putting faces together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repairing the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restored a backup with {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching for photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taking in names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took in names for {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting until another Kinfolk is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Kinfolk does with your photos and its library is listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done in the last seven days, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing names into sidecars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrote names beside {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You asked for this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under 1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} people and groups now</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} was cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} was interrupted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>activity_strip</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the work is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looked at {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The work stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Kinfolk does and did</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} in the cloud, not on this disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>·  {0} skipped</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>alerts</name>
    <message>
        <source>1.  Have your camera save its snapshots into a folder.
2.  Add that folder here.

Whom you have named in your albums is known; anybody else raises an alert. All of it stays on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stranger, seen {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the camera&apos;s folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ignore this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is whom they resemble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It&apos;s {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk looks at every photo that comes into the folders of this collection. Whom you have named in your albums is known; anybody else who is seen clearly shows here, and on the desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let Kinfolk watch the door</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most like {0}, but hardly (under 1 %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most like {0}: {1} % sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No stranger was seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody you know was seen yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seen of those you know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show older ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody you ignore, seen {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strangers who were seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photos are not there any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is {0}, seen {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who was seen of those you know, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You know nobody by name yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} times</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, seen {1}: {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1} – {2}, {3}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>application</name>
    <message>
        <source>Kinfolk was ended in the middle of its work. It goes on where it was.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>aside</name>
    <message>
        <source>Everything else is in the album. Nothing was changed in these files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the cloud ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the cloud, not on this disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at them would download them. Once your cloud drive has put them on this disk, they come into the album; the settings can let Kinfolk download them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in full ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are in the album with all who are in them. Nothing was changed in the files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is not shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it was skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} in the cloud, not on this disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} shown, but not in full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} skipped</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>backups</name>
    <message>
        <source>A backup is a copy of everything you said and of every face found, never of the photos themselves. Kinfolk makes one every day and keeps the newest fourteen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back up into a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backed up into “{1}”: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backed up: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backing up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backups of Kinfolk (*.db)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before a restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before an update of Kinfolk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the backup…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Daily</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything you said and every face found will be as it was then: {0}. What was said since will not be there any more.

Before that, Kinfolk backs up the library as it is now. It will be in this list, and restoring it takes all of this back.

The photos themselves are not touched. Kinfolk closes its window and opens it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Named people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore from a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore this backup?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no backup yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is the backup to go?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which backup is to be restored?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} named people</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>collections</name>
    <message>
        <source>A collection has photos, people and settings of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collection {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete collection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the collection “{0}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>For {0} days Undo brings it all back. After that it is erased for good.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Front door</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grandparents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many different people came into a shop, by hour and by day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its people, names, folders and all you said in it leave Kinfolk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the collection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New collection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens the menu of collections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos of family and friends, by the people in them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename collection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshots of a camera at the door: who came, and an alert for a stranger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The collection that was here has been deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photos stay on the disk, where and as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such collection any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} people</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>deeds</name>
    <message>
        <source>Add again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is not in the album any more. Its files are where they were.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>details</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every file could be looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a file or a reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a skipped file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk is looking at {0} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file is skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} selected</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>erase_dialog</name>
    <message>
        <source>Erase all face data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase all face data?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erasing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I understand that this cannot be undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk will not look for faces in these photos again until you ask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This goes, for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all backups made so far, as all of this is in them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every face found, with descriptions and small pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every person and group of alike faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>everything you said of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the list of photos and folders in Kinfolk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>your photos: Kinfolk never changes their files</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} faces found, with descriptions and small pictures</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} names</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} people and groups of alike faces</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} things you said of them</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>exporting</name>
    <message>
        <source>, {0} skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A contact sheet to print (PDF)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder for each month, such as 2019-06.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder for each year, such as 2019.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder for everybody; a photo of two people is in both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page with these photos that any browser shows, from a disk or a web server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A web album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All in one folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that is in the files goes along, also where they were taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>And also</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By person and year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a contact sheet or a web album, or let photos be copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each person’s folder has their years in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files of their own, to give away or to keep elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files with the ending .xmp, and the short films of Live Photos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hard links</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Into this folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Links</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No folders within; names that are alike are told apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photo files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of these photos can be read now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One more name for the same file: no room is taken, but who edits one edits both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the contact sheet or the web album.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages with small pictures of all photos, by year and month.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small files that lead to your photos, as long as these stay where they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sorted into folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The web album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no photos here to export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This takes {0}, and only {1} are free there. Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What lies beside the photos: sidecars and moving parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where are the photos to go?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where there could be no link, files were copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With smaller photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the original files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written anew, without place, camera and other hidden details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing to copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} are free there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} cannot be read now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} there already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: all were there already</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>folder_dialog</name>
    <message>
        <source>Add a folder with photos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Everything you said, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far this is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo up to here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back before something else was said.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back. Redo up to here brings back {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taking back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last thing you said.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo from here on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo what came after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have not said anything yet.
What you name, merge, move or hide is listed here, and can be taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} said after this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} things</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>importing</name>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Also frame {0} faces that Kinfolk did not find</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Also name {0} faces by a keyword of their photos: nobody else is in them</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contacts of Picasa (*.xml)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contacts of Picasa…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found {0} on {1} in {2}, by {3}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk reads the names that Picasa, Lightroom, digiKam, Windows and others wrote into your photos or beside them. Nothing is changed before you say so, and one Undo takes it all back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Named otherwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Named there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names from other programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neither Picasa&apos;s files nor the photos and their sidecars name anybody. Picasa writes names beside the photos as soon as a face is named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No names found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody new: what {0} says of {1} is so here already, or differs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picasa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picasa has names for people in these photos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picasa named people in these photos, but wrote beside them no name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading… {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take in names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take in {0} on {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taking in names…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is Picasa’s contacts.xml?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows Photo Gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>digiKam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>face regions in the photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has another name in another program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is nobody you know, as you said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is not a face, as you said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is not this person, as you said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is one of several of that name in the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>joins {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keywords</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} already so here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} among the keywords of photos with several faces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} faces are named otherwise there. What holds here stays, unless you tick a line:</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0} more of the same groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} names</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of Picasa’s whose names are in its contacts.xml.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} passed over, as somebody was forgotten there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} people</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0} with names not in this album.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} with names not looked at yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, where no face was found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>main_window</name>
    <message>
        <source>F11 leads back out of the full screen.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mending</name>
    <message>
        <source>A new library was begun. Your photos are looked at again; folders that are missing have to be added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk cannot open its library: the file was damaged, as by a power cut or a failing disk. Your photos are not touched by this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk cannot start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore the newest backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore what can be restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restored the backup of {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restored the library of {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The damaged file is kept: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file could be mended: everything is still there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library could not be restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library is as it was. {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library is being restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library is restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The newest good backup is of {0}, and has {1} and {2}. Restoring it keeps the damaged file, and says again what you have said since.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The {0} things that you have said since were said again.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>There is no good backup of it. Kinfolk can keep the damaged file, take over what can still be read of it, and look at your photos again; what you have said of people is said again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was there before is kept as a backup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was there before was damaged, and is set aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of them have no effect, because what they were about is not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} people with a name</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>menu_bar</name>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>notifying</name>
    <message>
        <source>Group now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} faces wait to be grouped.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} faces wait, to be grouped at {1}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>Activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unnamed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visitors</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>people</name>
    <message>
        <source>Birth year…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a cover for {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose cover…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to give a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collapse section</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does not work here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double-click to see all photos of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escape shows everyone again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expand section</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget this person…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget {0}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk erases the name, the faces and everything that was said of this person, and does not learn them from these photos again. The photos themselves stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge into…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge these people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge with {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge {0} into whom?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge {0} into {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Merge {0} people into whom?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Merge {0} people, {1}, into {2}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Most photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name them all…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody here is called “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recently changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recently seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos of this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show photos with all of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show photos with any of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Someone else…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name {0} stays; {1} go.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name {0} stays; {1} goes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The people in your photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These {0} are one person. Who is it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They appear here as they are found. Then say who they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are different people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They will be called {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is several people…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo lets the faces be found again, but it does not bring the name back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When was {0} born?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the name was written into sidecars beside the photos, it stays until names are written again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whom you hide is kept here, out of the way, and can be shown again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Works here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Year of birth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is here already, but hidden: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is here already: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>person</name>
    <message>
        <source>Choose the cover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to change the name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estimated from {0}. Most of them look this age; it may be wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estimated from {0}: {1} years on average, from {2} to {3}. Most of them look the ages in brackets; it may be wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Female</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is this {0}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks about {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks about {0} ({1})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Male</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More that can be done with this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No, not {0} (N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not {0} in these photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not {0} in this photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos with {0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the face for the cover and press C.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the faces that are somebody else&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all {0} in Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show photos together with…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the {0} with {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These look different</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use as cover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, {0} (Y)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an unnamed person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>born {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>female</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>male</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>works here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (estimated)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} more who are in the same photos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>photos</name>
    <message>
        <source>A stranger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alike faces stand together. Select some to say who they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the stack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the stack (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export {0}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face without a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hard to recognise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make this the top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More that can be said of the selected faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No date; its file is of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open with the default program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo without a date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo without a date; its file is of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos in this stack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos of this stack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the whole group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos of this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Someone else…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stack these photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out of the stack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera wrote no date; the file is of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are one person who gets a name later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is someone else…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unnamed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use as cover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, it is this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, it is {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in a video at {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>video, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>you said so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} in this stack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} with this picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} · age {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, on top of the stack</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>review</name>
    <message>
        <source>1 face in question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Almost certainly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Are all of these the same person?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Are these the same person?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Are {0} and {1} the same person?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask skipped ones again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C or Space shows the whole photo  ·  W tells why it is asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Different people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do these belong with {0}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does this face belong with {0}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Even the nearest face of {0} is not very much alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces in question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces they are held against</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many of the questions are answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is this {0}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It looks like someone else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk asks when it is not sure who somebody is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk asks you as soon as it has found people in your photos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the whole photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for what to ask…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No questions yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not likely, but worth a look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of 100 questions like this one, about {0} are answered with yes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only about {0} in 100 faces like these belong where they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or {0}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perhaps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quite likely</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Someone else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Someone else: type a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Someone else…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is all for now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The nearest face of {0} is quite alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The nearest face of {0} is very much alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next likely person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other faces, {0} in all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They look like someone else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unnamed faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unnamed person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Very likely</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You settled {0}. Kinfolk asks again when there is something new.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>about {0} faces</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>an unnamed person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}  ·  Backspace takes it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} ({1} % sure)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} ({1} %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} in question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is more alike still.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is nearly as alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is next, but clearly less alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of the nearest {1} you placed yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}, ← and → show the others</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} questions left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, it settles 1 face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, it settles {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, they settle {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ The same person</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sayings</name>
    <message>
        <source>, {0} found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--json needs a command; see `kinfolk --help`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 face and its embedding are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 face is a stranger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 face is not {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 face is {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 face is {0}, not {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 face that you placed is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 face with {0} looks like someone else. Does it belong there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 is not a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 of the faces is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 person is not staff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 person is shown again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 person is staff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 person or group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 unnamed person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 unnamed person has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; {0} skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A backup is damaged; `kinfolk backup --list` says which.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A collection needs a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A command that is run when a task ends and for every alert, with a JSON document on its standard input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A face of less quality is no stranger: it cannot be told who it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A high-definition face is larger than this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A larger picture is skipped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A later call took its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name needs at least one letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A person is founded by at least this many photos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A photo that needs more memory than this to look at is skipped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A photo that takes longer to look at is skipped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stack takes two photos or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stranger at {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stranger raises an alert once seen in so many photos, together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A task of the type {0} cannot be cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A video that takes longer to look at is skipped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A window of Kinfolk has this library open, and does not answer. Wait a moment, or end it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A year of birth lies between {0} and {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An index is damaged in {0} ({1}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>And of a quality above this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>And turned less than this in every direction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk has this library open to look at photos, and does not answer. Wait a moment or close it; listing and naming people works meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk has this library open to look at photos. Add folders there, or close it first; listing and naming people works meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk has this library open. Close it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is bringing this library up to date. Wait until it is done and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk is erasing something. Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Kinfolk makes a backup of this library. Wait until it is done and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another version of Kinfolk has this library open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Are these {0} faces {1}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Are {0} and {1} the same person?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chose a cover for {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chose the top of a stack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the window: system, light or dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contact sheet of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted the collection {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drew a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drew a face of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erased all face data: {0}. This cannot be undone; only photos that are new from now on are looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erased {0} of strangers, whom nobody has named; this cannot be undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erasing face data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything else is looked at once the library&apos;s file is sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face data erased</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces grouped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces grouped afresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces of two collections cannot be one person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forgot someone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grouping all faces afresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grouping faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hid 1 unnamed person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hid {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hid {0} unnamed people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How hard Kinfolk works: full; gentle, one photo at a time and behind everything else; or auto, which is gentle on battery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many photos to look at at once; 0 is one a core.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install Kinfolk again, or choose another model pack.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is this {0}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be read: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be written without its metadata; as an original it can be in the album.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It crashes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged: a row of the table {0} makes no sense.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged: a row points to one that is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged: it does not have its full size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged: it is no database.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is no library of Kinfolk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is no photo or video that Kinfolk can open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It sees something else than the processor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes two different people to merge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was cancelled; no name was taken in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its drive is not connected, or its folder is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk ended before this was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk goes on without {0}, which failed{1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk has this library open on another computer, {0}. Close it there first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk is looking at photos: tasks, counts, and whether faces are where the log says are checked when it is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk is open and at work on this library. Close it, then let the doctor repair it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LibRaw has not enough memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Library checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long side of the small picture kept of a photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at it needs more than {0} MB of memory; the setting photo_megabytes can allow more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at it took longer than {0} seconds, twice. The setting {1} can allow more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made {0} unnamed people one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merged {0} into {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Named {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names taken in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names written into sidecars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New faces are grouped this long after the last photo at the latest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took in the names of 1 person, on 1 face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took in the names of 1 person, on {0} faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took in the names of {0} people, on {1} faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No backup can be made in {0}: {1}. See whether you may write there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model pack is chosen. Choose compact, or a folder with models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody here has the id or the name “{0}”. `kinfolk people` lists everyone with their id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of these faces belongs to this person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not every file could be a link there; those were copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can be written into “{0}”: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is to be exported: no files, no contact sheet and no web album.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was erased, since {0} cannot be written: {1}. Is the disk full or read-only?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of a stranger&apos;s face of at least this quality one photo is enough.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of group_when interval: from one grouping to the next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of one video at most so many frames are looked at, spread over its length: fewer are quicker, more find those who are seen only for a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the model&apos;s authors; most allow non-commercial research only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of this raw file the camera’s own preview is shown: {0} of {1} pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One stranger raises no second alert sooner than this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the first of its {0} pages is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the first of its {0} views is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening it crashed the picture decoder once, and once took too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening it crashed the picture decoder, twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People of two collections are different people anyhow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People of two collections are {0} one by one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People of two collections cannot be merged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos of a cloud drive that are not on this disk: skip waits until they are; download lets looking at them download them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos of a stranger count together within so long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put a detection and a recognition model (.onnx) there, or choose the pack compact.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redone: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Renamed {0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Said again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several people are called “{0}”; give the id of the one meant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side of the small picture kept of a face.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small pictures cannot be kept in {0}: {1}. Make room there, or choose another library folder with --library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small pictures kept; the oldest go first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some checks are left out, since the library cannot be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody changed the exported file since; it was left as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody is called {0} already; merge the two instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody is called {0} already; merge them, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody is called {0} already; move the faces there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody is reading the library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody you have not named was seen {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody you have not named was seen {0}; of all you know they are most like {1} ({2}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Someone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something else was said since; Undo takes that back first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is being exported into “{0}” already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside Kinfolk while grouping.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside Kinfolk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside Kinfolk; its log says what.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong over it: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stacked {0} photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taking in names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That face does not belong to this person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That frame does not lie in the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That frame is too small for a face.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That the command may be run cannot be written to {0}: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The XMP has a document type, which XMP must not have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The XMP is damaged: it is no well-formed XML.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The XMP is nested too deep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The XMP is not written in UTF-8 or UTF-16.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The XMP is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backup was cancelled; nothing of it stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backup {0} cannot be restored. {1} Choose another one; `kinfolk backup --list` lists them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backup {0} was made by a newer Kinfolk ({1}). Install the newest version to restore it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The collection {0} is called {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The contact sheet cannot be written: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The copy is not what the file is; the disk may be damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The copy of the library is not good, so it was not kept: {0} `kinfolk doctor` tells whether the library is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The detection model in {0} tells no landmarks. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full. What was exported until now stays; make room, and export again: it goes on there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full. What was written until now is whole, and so is all that was there before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full; this sidecar stays as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk with the library {0} does not do as it is told: {1}. See whether it is connected, full or failing, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk with the library {0} is full. Make room on it and try again; nothing half-written stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The faces of this alert are not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read or written; the disk may be damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read: its name is not usable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file holds no XMP.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is in the cloud, not on this disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is too large for that disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is too large to be a photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was being changed while it was read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The film is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder cannot be read: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of the library {0} cannot be written: {1}. Is the disk read-only?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder to export into needs its whole path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {0} cannot be read ({1}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {0} cannot be used for the library: {1}. Choose another one with --library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {0} has no models. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {0} has no {1} model. {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {0} of the library is not there. Connect its drive or make the folder, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder “{0}” cannot be made: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keywords there ({0}) are written in a way Kinfolk does not change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language of the window; system is that of the desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library could not be brought back: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library {0} cannot be opened or written: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library {0} cannot be opened. It must be a file, in a folder that you may read and write; or choose another folder with --library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library {0} cannot be written: the file or its disk is read-only. Make it writable, or choose another folder with --library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library {0} is damaged ({1}). Closing the window of Kinfolk and opening it again, or `kinfolk doctor --repair`, sets it aside, restores the newest good backup and says again what you have said since; your photos are not touched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library {0} is held by another program for too long. Close it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library {0} is not there any more: it was moved or deleted, or its drive was disconnected. Put it back, and start Kinfolk again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library {0} was written by a newer Kinfolk ({1}). Install the newest version to open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library {0} was written by an older Kinfolk, and is only brought up to date once there is a backup. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model pack in {0} has no manifest.json. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model pack in {0} is of format {1}, and this Kinfolk reads format {2}. {3}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model pack that looks at photos: compact, or a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model {0} cannot be read ({1}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model {0} cannot be read ({1}). {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model {0} cannot be used: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model {0} is damaged: its contents have changed. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model {0} was changed while it was loaded. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The models cannot be measured: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The models of the pack {0} are not those that Kinfolk used first: {1}. Nothing is looked at with them. Put the old files back, or say `kinfolk models accept {2}` if you changed them yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The models run on the processor, not on {0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name does not come back; the next indexing looks at the photos again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name of a collection cannot have characters that are not seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The newest good backup is more than a day old; `kinfolk backup` makes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notify command cannot be started: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notify command cannot be understood: it has a zero character.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notify command cannot be understood: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notify command failed: its exit status was {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notify command in the settings was not set on this computer, so it is not run. If it is yours, set it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notify command is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notify command is ended when it takes longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notify command is too slow: not every notice reaches it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notify command took longer than {0} s, and was ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notify command was ended by signal {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pack {0} is part of Kinfolk and never changes. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photo is not there now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture carries more text than a photo can need.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is damaged and cannot be decoded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is damaged, or stored in a rare way that Kinfolk cannot decode.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is damaged: its size is not what it says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is damaged: the file ends too early.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is damaged: there is nothing in the file but zeros.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is too large: {0} x {1} pixels, and the limit is {2} megapixels; the setting photo_megapixels can allow more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture moves; it is shown as it begins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The processes that look at photos cannot be started: {0}. Close other programs and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The processes that look at photos cannot begin: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The processes that look at photos do not get ready. Close other programs and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The processes that look at photos end as soon as they are started. Close other programs and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The regions there are for an image of another shape than the photo has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The regions there are written in a way Kinfolk does not change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting {0} cannot be {1}: it is {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting {0} is one of the library; a collection may set {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings in {0} cannot be used ({1}); mend or delete it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings in {0} cannot be written: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar cannot be written: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar could not be changed without harm; it stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar is damaged: it is no well-formed XML.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar is damaged: it is not written in UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar is nested too deep, or damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar is written in a way that Kinfolk cannot keep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar is written in a way that Kinfolk does not change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar is written in {0}, which Kinfolk does not change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar was being changed by another program; nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system ended the work on it {0} times, perhaps for want of memory. Close other programs and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The task {0} has ended already: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video is damaged and cannot be decoded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video is damaged: no picture of it can be decoded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video is damaged: there is nothing at its start but zeros.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video is damaged: there is nothing to be seen in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video is damaged: this moment of it cannot be decoded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video is too large: {0} x {1} pixels, and the limit is {2} megapixels; the setting photo_megapixels can allow more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window that is open is of another version of Kinfolk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The work stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are characters in it that XML cannot hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no such photos any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {0} people and groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There can be no {0} there ({1}). Use --as copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is 1 person or group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a collection “{0}” already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a face here already; say who it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is another file of that name, which Kinfolk did not write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is more than one picture in the file; the main one is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no alert {0} here; `kinfolk alerts --all` lists them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no collection “{0}”; `kinfolk collection create` makes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no collection “{0}”; name those whose people are known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no collection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no good backup of the library yet; `kinfolk backup` makes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no library in {0}; `kinfolk index` makes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model pack {0}: {1} is not a folder. Put the pack&apos;s .onnx files there, or choose the pack compact.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture in the film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture in this video, only sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture of it at hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no place for a photo to measure with: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no room for a backup in {0}. Make room and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no setting {0}; `kinfolk settings` lists them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such collection any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such folder any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such person any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such photo any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such photo in the album any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no task {0}; tasks are kept for 7 days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory to open this picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory to open this video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These faces are not in the library any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These faces are of another collection than the person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These photos are in no stack.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These photos are not of one collection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are one person already, {0}; select the faces that are somebody else and split them off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This counts as no face; say who it is to have it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a JPEG XL picture; the package pylibjxl that opens those is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a device or a pipe, not a photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a folder, not a photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a link to a file that is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a raw file of a kind that Kinfolk cannot open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a video and no photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a kind of picture that Kinfolk can open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a kind of video that Kinfolk can open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the only collection; a library has at least one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is {0}, which Kinfolk cannot open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This onnxruntime does not come with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This onnxruntime does not come with {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This photo is in no stack.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This raw file is shown at half its size: {0} of {1} pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This takes {0}, and “{1}” has {2} left. Make room there, or choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took back when {0} was born</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took {0} out of a stack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Traces of it stay in {0}: {1}. See whether the disk is full or read-only, and do it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Traces of it stay on the disk for now: Kinfolk erases them when it is closed or opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undone: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What runs the models: cpu is the processor, auto is what was measured to be the fastest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What shows on the desktop: off is nothing, long is alerts and work of over a minute, all is alerts and every end of a task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When new faces are grouped: settled is after the last photo, interval is every group_minutes, asked is only when the user says so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the window has exported photos to last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether a stranger before a camera raises an alert.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether different people are counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether faces are looked for in videos, too; off leaves new ones alone, and those that are in the album stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether photos that show the same are shown as one, with the best on top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is not seen for longer than this comes again, as another visit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever is here was forgotten; undo that first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever nobody has named so many days after the photo was found is erased for good, with face and embedding; 0 keeps everybody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whom a camera knows: those who have a name in these collections, and in its own; all is every album, none is only its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing names into sidecars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You drew face-{0} by hand; it is compared with nobody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You had given different years of birth; {0} holds now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You had said that they are different people; that no longer holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You had said that {0} not the same person; that no longer holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You had said {0}; that no longer holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not read the folder {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not read this file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not use the library {0}. Give yourself the right to read and write it and its folder, or choose another folder with --library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not write into this folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not write into “{0}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You said that face-{0} is nobody you know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You said that face-{0} is not a face; `undo` takes that back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You said who this is; take that back first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a 7-Zip archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a BPG picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a DjVu document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a FLIF picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a JPEG 2000 picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a JPEG XR picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a PNM picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a Photoshop picture (PSD)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a PostScript drawing (EPS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a RAR archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a Radiance picture (HDR)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a ZIP archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a drawing (SVG)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a drawing (WMF)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a picture of GIMP (XCF)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a stranger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a web page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an OpenEXR picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an archive (gzip)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an icon (ICNS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an icon (ICO)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an unnamed person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>face-{0} is not a face here that can be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hard links</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hid 1 unnamed person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hid {0} unnamed people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden or shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is not staff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is shown again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is staff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not a table of options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing to read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>page of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>said to be staff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>somebody else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>someone else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>that 1 of them is {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>that is no name of a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>that it is {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>that {0} of them are {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the disk refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the person of {0} photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no folder for a socket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this system has none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} and {1} are different people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} are not faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} are shown again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} cannot be read ({1}). {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} cannot be written ({1}), so that the models could not be checked later. Is the disk full or read-only?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} cannot load the model {1}: {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} does not start: a driver or library of it is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} erased. Undo only lets Kinfolk learn them anew, without a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} faces and their embeddings are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} faces are not {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} faces are strangers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} faces are {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} faces are {1}, not {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} faces that you placed are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} faces with {1} look like someone else. Do they belong there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} from {1} on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} from {1} to {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} grouped. {1} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} has a name already; answer with yes or no.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} in photos taken before {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} in photos taken before {1} will leave at the next grouping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is neither a command nor a file; see `kinfolk --help`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is no folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is not a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is not in the library; `kinfolk index` adds it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is shown again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} no faces any more; the next grouping drops them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of the faces are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} people and groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} people are not staff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} people are shown again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} people are staff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} says nothing of: {1}. {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} unnamed people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} unnamed people have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} was born in {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} was cancelled; what it did until then stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, which says what the models were, cannot be read. Delete it, and the models that there are now count as yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” cannot be written: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is a folder of Kinfolk&apos;s own; choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is no name of a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is not asked any more; `kinfolk suggestions` lists what is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is on another drive than “{1}”, and no file has a name on two drives. Use --as copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” lies in a folder that Kinfolk watches: what is exported there comes back as copies. Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>search</name>
    <message>
        <source>All of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to where the search began</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dates of the photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dates…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find people by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example: anna ben -carl, anna or ben, only anna, 2019</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out {0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photo shows {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody here is called “{0}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only these people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos of this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder “{0}” here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is one choice with “or” already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unnamed person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“only”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“without {0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” could be {1}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>A cloud drive lists files that are not on this disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A photo on every core. What you do on the computer still goes first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AMD graphics card (MIGraphX)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AMD graphics card (ROCm)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts for strangers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts, and all work that ends while you look elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts, and work of over a minute that ends while you look elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apple’s graphics and neural engine (Core ML)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As photos come in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the library ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At full speed, and gently while the computer runs on its battery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At intervals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bursts and versions of a picture are shown as one, the best on top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count different people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase those without a name after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every so many minutes, and not in between.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces in videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From one time to the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gentle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graphics card (DirectML)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graphics card (WebGPU)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far a clear face may be turned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How hard Kinfolk works</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Intel’s graphics and processors (OpenVINO)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is run when work ends and for every alert, with a JSON document on its standard input. It has {0} seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk looks at a few frames of each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave them there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave videos alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of a visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at them fetches them, over whatever connection there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MORE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured on this computer: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring takes about a minute, in which Kinfolk looks at no photos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring. Meanwhile no photos are looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NVIDIA graphics card (TensorRT)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New ones stay outside the album; those that are in it stay there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now and then while there are many, and shortly after the last one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now: at full speed, one photo at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now: at full speed, {0} photos at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now: gently, one photo at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One on every core</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One photo at a time on one core, after everything else on the computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only clear faces make a person: larger than this…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos at a time, at full speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos in the cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos of a stranger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos that make a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Putting faces together makes people of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qualcomm’s neural processor (QNN)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality at which one photo is enough</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality of a clear face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality of a stranger’s face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings of “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of a clear face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody unknown before the camera is told of at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stack alike photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The People page says how many faces wait, and has a button.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fastest. It is found out before the next photo is looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fastest: {0} on {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fastest: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page Visitors shows how many came, by hour and by day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They come into the album once they are on this disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time for the command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time until the same stranger alerts again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait after the last photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Kinfolk says while its window is not in front.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What looks for faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What matters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When I ask for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When new faces are put together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where faces are put together at fixed times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where photos were exported last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose people are known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Within this time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} photos/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>…and of a quality above this, from 0 to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>…turned less than this in every direction…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>shortcuts</name>
    <message>
        <source>Find a shortcut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find what to do, or a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No shortcut fits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sidebar</name>
    <message>
        <source>Add folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FOLDERS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIBRARY</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from Kinfolk (files stay)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is “{0}” now?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on a disconnected drive</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sidecars</name>
    <message>
        <source>All other names stand beside the photos already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everyone’s names, beside all photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everyone’s names, beside the photos found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces with another name there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at sidecars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at the sidecars that are there…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at the sidecars that are there… {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names were written beside {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sidecar had to be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the name of {0}, beside the photos of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the names known here in their place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sidecars: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The names leave the library that way: whoever gets these files can read them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The names stand beside {0} already: nothing is to be done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nobody with a name in these photos: nothing is to be done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is where goes into small .xmp files beside your photos, where digiKam, Lightroom, Immich and many other programs find it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write names into sidecars?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your photos are never changed, and what other programs wrote into such files stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} are right as they are.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0} cannot be reached now: a drive is not connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} could not be done; the Activity page has the reasons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} faces have other names there, which stay:</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0} kept another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} left out: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} removed, as nothing but old names is in them</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>skipped_files</name>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it was skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} for other reasons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>top_bar</name>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>viewer</name>
    <message>
        <source>A face that is alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stranger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the file’s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the file’s own time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By what a program wrote in the file or beside it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera raw, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the coordinates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download and show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a frame round the face, or move it with the arrow keys and size it with Shift. Enter goes on, Esc leaves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a face…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawn by hand; not used to recognise others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duration {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter saves; the name may stay empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everyone else here is a stranger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face without a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fair quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File date {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit in the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the year of birth, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Information</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk’s guess</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make this the top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moment of the video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names all {0} of this person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names both photos of this person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next comes somebody without a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next comes {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next moment with a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody was found here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody was found in this video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not with anybody yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On top of the stack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other files with exactly the same picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo in full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo {0} of {1} in this stack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos in this stack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play the moving part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play with sound in your player</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Poor quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous moment with a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality {0} · sharpness {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos of this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show on a map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show {0} in file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Someone else…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the moving part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stranger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out of the stack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is too small for a face. Draw the frame a little larger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The map opens in your browser, on openstreetmap.org: this place then leaves your computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The others keep no name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nobody to compare this face with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use as cover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Very good quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who could this be?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why is this face here?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You said so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You said so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You said: a stranger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your player begins at the start: what you saw is at {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>eyes closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>facing the camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>female</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>head tilted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in profile to the {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looks about {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>male</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mouth open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turned to the {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} % sure that this is one person with these faces:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} % sure that this is {1}, by these faces:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} or {1} years old here, born {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} · {1} megapixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, drawn by hand; not used to recognise others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}° E</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}° N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}° S</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}° W</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>visitors</name>
    <message>
        <source>30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Been here before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody came today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unclear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visitors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visitors as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visitors by day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visitors by hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whom the camera of this counter sees is counted here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>different people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>returning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>visitors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} cannot be written: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} people</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0} too unclear to say who, and not counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1} new, {2} returning</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>widgets</name>
    <message>
        <source>Add a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All face data was erased</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a folder with photos here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop to add to your album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk shows you who is in them. Everything stays on this computer, and your photos are never changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinfolk will not look for faces in these photos again until you ask.
Faces in new photos are found as ever.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New name “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Years</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1}, collapsed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>No date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unnamed person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>about {0} hours left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about {0} minutes left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>in the year of birth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} faces</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} files</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} photos</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} videos</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} years old</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, {1} in stacks</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
